import StrictJSON

/// Records in the Data API's form: its field names, ISO dates, E.164 numbers.
extension JSONWriter {
    /// A patient's identity only.
    mutating func member(_ name: String, nameOf patient: Patient?) {
        guard let patient else { return member(name, nil as String?) }
        member(
            name,
            object: { json in
                json.member("id", patient.id)
                json.member("first_name", patient.givenName)
                json.member("last_name", patient.familyName)
            })
    }

    mutating func members(of number: Patient.PhoneNumber) {
        member("id", number.id)
        member("phone_number", number.e164)
        member("phone_number_type", number.type)
    }

    mutating func member(_ name: String, calls: [PlacedCall]) {
        member(
            name,
            array: { list in
                for call in calls {
                    list.object { json in
                        json.member("id", call.placed.id)
                        json.member("key", call.placed.key)
                        json.member("state", call.placed.phase.rawValue)
                        json.member("outcome", call.placed.outcome?.rawValue)
                        json.member("at", Int64(call.placed.at))
                        json.member("patient", nameOf: call.patient)
                        json.member("phone_number", object: { $0.members(of: call.number) })
                    }
                }
            })
    }
}
