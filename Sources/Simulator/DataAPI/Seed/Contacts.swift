extension SeedSource {
    static let contacts: [SeedSource] = [
        SeedSource(
            "phone_numbers", { $0.others + $0.others / 4 },
            changing: ["friendly_name", "verified", "opted_in_to_sms", "opted_in_to_voicemail"], demo: demoNumbers
        ) { plan, ordinal, text in
            let patient = patient(ofNumber: ordinal, plan)
            text.id("id", plan.id("phone_numbers", ordinal))
            text.id("patient_id", patient)
            text.id("user_id", patient)
            text.text("phone_number", Vocabulary.phoneNumber(&text.draw))
            text.text("phone_number_type", text.draw.of(["cell", "landline", "other"]))
            consents(&text)
            text.times()
        },
        SeedSource(
            "profile_phone_numbers", { $0.patients / 10 },
            changing: ["friendly_name", "verified", "opted_in_to_sms", "opted_in_to_voicemail"]
        ) { plan, ordinal, text in
            text.id("id", plan.id("profile_phone_numbers", ordinal))
            text.id("profile_id", plan.id("profiles", ordinal))
            text.text("phone_number", Vocabulary.phoneNumber(&text.draw))
            text.text("phone_number_type", text.draw.of(["cell", "landline", "other"]))
            text.flag("archived", text.draw.chance(5))
            consents(&text)
            text.times()
        },
        SeedSource(
            "email_addresses", { $0.patients - $0.patients / 5 },
            changing: ["friendly_name", "verified", "opted_in_to_email"]
        ) { plan, ordinal, text in
            text.id("id", plan.id("email_addresses", ordinal))
            text.text("email", SeedPerson(plan, patient: ordinal).email(ordinal))
            text.text("friendly_name", text.draw.of([nil, "Home", "Work"]))
            text.id("patient_id", plan.patient(ordinal))
            text.id("user_id", plan.patient(ordinal))
            text.flag("verified", text.draw.chance(70))
            text.flag("opted_in_to_email", text.draw.chance(80))
            text.flag("automatic_recipient", text.draw.chance(60))
            text.times()
        },
    ]

    /// Every patient has a number, a quarter have two; the host page's patients have those shown there.
    private static func patient(ofNumber ordinal: Int, _ plan: SeedPlan) -> GUID {
        let others = plan.others
        return plan.patient(others == 0 ? ordinal % plan.patients : plan.demo.patients.count + ordinal % others)
    }

    /// The numbers of the host page's patients, in the order in which it shows them.
    private static func demoNumbers(_ plan: SeedPlan) -> [DemoRecord] {
        plan.demoPatients.enumerated().flatMap { ordinal, patient in
            let (created, updated) = plan.drawnTimes("phone_numbers", ordinal)
            return patient.phoneNumbers.enumerated().compactMap { index, number in
                let patientID = plan.patient(ordinal)
                return DemoRecord(number.id, created: created + Int64(index), updated: updated + Int64(index)) { text in
                    text.text("id", number.id)
                    text.id("patient_id", patientID)
                    text.id("user_id", patientID)
                    text.text("phone_number", number.e164)
                    text.text("phone_number_type", number.type)
                    consents(&text, friendlyName: number.friendlyName)
                    text.times()
                }
            }
        }
    }

    private static func consents(_ text: inout RecordText) {
        consents(&text, friendlyName: text.draw.of([nil, "Home", "Work", "Daughter", "Neighbor"]))
    }

    private static func consents(_ text: inout RecordText, friendlyName: String?) {
        text.text("friendly_name", friendlyName)
        text.flag("verified", text.draw.chance(70))
        text.flag("opted_in_to_sms", text.draw.chance(75))
        text.flag("opted_in_to_call_recording", text.draw.chance(40))
        text.flag("opted_in_to_voicemail", text.draw.chance(60))
        text.flag("opted_in_to_phone", text.draw.chance(90))
        text.flag("automatic_recipient", text.draw.chance(50))
    }
}
