extension SeedSource {
    static let contacts: [SeedSource] = [
        SeedSource(
            "phone_numbers", { $0.patients + $0.patients / 4 },
            changing: ["friendly_name", "verified", "opted_in_to_sms", "opted_in_to_voicemail"]
        ) { plan, ordinal, text in
            let (patient, number) = phoneNumber(plan, ordinal)
            text.id("id", plan.id("phone_numbers", ordinal))
            text.id("patient_id", plan.patient(patient))
            text.id("user_id", plan.patient(patient))
            text.text("phone_number", number)
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

    /// Every patient has a number, a quarter have two; the host page's patients have the numbers shown there.
    private static func phoneNumber(_ plan: SeedPlan, _ ordinal: Int) -> (patient: Int, number: String) {
        let (patient, turn) = (ordinal % plan.patients, ordinal / plan.patients)
        if patient < plan.demo.patients.count, turn < plan.demo.patients[patient].phoneNumbers.count {
            let digits = plan.demo.patients[patient].phoneNumbers[turn].number.filter(\.isNumber)
            return (patient, "+1\(digits)")
        }
        var draw = Draw(seed: plan.seed ^ 0x55, resource: "phone_numbers", ordinal: ordinal)
        return (patient, Vocabulary.phoneNumber(&draw))
    }

    private static func consents(_ text: inout RecordText) {
        text.text("friendly_name", text.draw.of([nil, "Home", "Work", "Daughter", "Neighbor"]))
        text.flag("verified", text.draw.chance(70))
        text.flag("opted_in_to_sms", text.draw.chance(75))
        text.flag("opted_in_to_call_recording", text.draw.chance(40))
        text.flag("opted_in_to_voicemail", text.draw.chance(60))
        text.flag("opted_in_to_phone", text.draw.chance(90))
        text.flag("automatic_recipient", text.draw.chance(50))
    }
}
