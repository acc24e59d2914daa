import Records

/// A made-up person of the seed.
struct SeedPerson: Sendable {
    let given: String
    let family: String
    let place: (city: String, county: String, state: String, zip: String, area: String)
    /// Days since 1970.
    let birthday: Int

    init(_ plan: SeedPlan, patient ordinal: Int) {
        var draw = Draw(seed: plan.seed ^ 0x9E, resource: "patients", ordinal: ordinal)
        let place = draw.of(Vocabulary.places)
        if ordinal < plan.demo.patients.count {
            let patient = plan.demo.patients[ordinal]
            (given, family) = (patient.givenName, patient.familyName)
            birthday = Int((Instant("\(patient.birthday)T00:00:00")?.microseconds ?? 0) / .day)
            self.place = Vocabulary.places.first { $0.city == patient.city } ?? place
        } else {
            (given, family) = (draw.of(Vocabulary.givenNames), draw.of(Vocabulary.familyNames))
            birthday = draw.below(27_000) - 12_000
            self.place = place
        }
    }

    init(_ plan: SeedPlan, worker ordinal: Int) {
        var draw = Draw(seed: plan.seed ^ 0x9E, resource: "workers", ordinal: ordinal)
        place = draw.of(Vocabulary.places)
        birthday = draw.below(15_000) - 3_000
        let team = plan.demo.team
        if ordinal < team.count {
            (given, family) = (team[ordinal].givenName, team[ordinal].familyName)
        } else {
            (given, family) = (draw.of(Vocabulary.givenNames), draw.of(Vocabulary.familyNames))
        }
    }

    /// Their email address; `ordinal` distinguishes people of the same name.
    func email(_ ordinal: Int) -> String { Vocabulary.email(given, family, ordinal) }
}

extension SeedSource {
    static let people: [SeedSource] = [
        SeedSource(
            "patients", \.patients, changing: ["phase", "is_active", "street", "weight", "smokes"]
        ) { plan, ordinal, text in
            let person = SeedPerson(plan, patient: ordinal)
            let demo = ordinal < plan.demo.patients.count ? plan.demo.patients[ordinal] : nil
            text.id("id", plan.patient(ordinal))
            text.text("phase", text.draw.of(Vocabulary.phases))
            text.flag("is_active", text.draw.chance(90) || demo != nil)
            text.id("primary_worker_id", plan.worker(ofPatient: ordinal))
            text.id("coach_id", plan.worker(ofPatient: ordinal))
            let zone = text.draw.of(Vocabulary.zones)
            text.text("timezone", demo.map { DemoZones.patient($0.id, now: plan.startSecond) } ?? zone)
            text.text("first_name", person.given)
            text.text("last_name", person.family)
            text.day("birthday", person.birthday)
            text.times()
            text.raw("email_addresses", "[]")
            text.text("street", "\(1 + text.draw.below(999)) \(text.draw.of(Vocabulary.streets))")
            text.text("street_line_two", nil)
            text.text("city", person.place.city)
            text.text("county", person.place.county)
            text.text("zip_code", person.place.zip)
            text.text("state", person.place.state)
            text.text("country", "US")
            text.text("primary_language", text.draw.of(Vocabulary.languages))
            text.text("gender", text.draw.of(Vocabulary.genders))
            text.text("height", String(58 + text.draw.below(20)))
            text.text("weight", String(95 + text.draw.below(160)))
            text.flag("smokes", text.draw.chance(15))
            text.text("provider_id_number", "MRN-\(100_000 + ordinal)")
        },
        SeedSource("workers", \.workers, changing: ["phone_number", "active"]) { plan, ordinal, text in
            let person = SeedPerson(plan, worker: ordinal)
            let demo = ordinal < plan.demo.team.count ? plan.demo.team[ordinal] : nil
            let drawnRole = text.draw.of(Vocabulary.roles)
            let role = demo?.roleID ?? drawnRole
            text.id("id", plan.worker(ordinal))
            text.text("email", person.email(ordinal))
            text.text("first_name", person.given)
            text.text("last_name", person.family)
            text.text("phone_number", Vocabulary.phoneNumber(&text.draw, area: person.place.area))
            let zone = text.draw.of(Vocabulary.zones)
            text.text("timezone", demo == nil ? zone : DemoZones.clinic(now: plan.startSecond))
            text.text("gender", text.draw.of(Vocabulary.genders))
            text.raw("role_ids", #"["\#(role)"]"#)
            text.raw("roles", #"["\#(role)"]"#)
            text.flag("active", text.draw.chance(95) || demo != nil)
            text.times()
        },
        SeedSource("profiles", { $0.patients / 10 }, changing: ["body"]) { plan, ordinal, text in
            let given = text.draw.of(Vocabulary.givenNames)
            let family = text.draw.of(Vocabulary.familyNames)
            text.id("id", plan.id("profiles", ordinal))
            text.text("profile_type_name", text.draw.of(["caregiver", "pharmacy", "referring_physician"]))
            text.raw("body", #"{"first_name":"\#(given)","last_name":"\#(family)","fax":null}"#)
            text.times()
        },
        SeedSource(
            "relationship_records", { $0.patients / 10 }, changing: ["end_date"]
        ) { plan, ordinal, text in
            text.id("id", plan.id("relationship_records", ordinal))
            text.instant("created_at", text.created)
            text.instant("updated_at", text.updated)
            text.day("start_date", Int(text.created / .day))
            text.day("end_date", text.draw.chance(30) ? Int(text.updated / .day) : nil)
            text.instant("archived_at", nil)
            text.id("entity_1_id", plan.patient(ordinal * 10))
            text.id("entity_2_id", plan.id("profiles", ordinal))
            text.text("relationship_type_id", text.draw.of(["patient-caregiver", "patient-physician"]))
        },
    ]
}
