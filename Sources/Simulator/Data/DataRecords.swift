import StrictJSON

/// Records in the Data API's form: its field names, ISO dates, E.164 numbers.
extension JSONWriter {
    mutating func member(_ name: String, worker: Clinic.Worker?) {
        guard let worker else { return null(name) }
        member(
            name,
            object: { json in
                json.member("id", worker.id)
                json.member("first_name", worker.givenName)
                json.member("last_name", worker.familyName)
            })
    }

    mutating func member(_ name: String, patient: Patient?) {
        guard let patient else { return null(name) }
        member(
            name,
            object: { json in
                json.names(of: patient)
                json.member("birthday", patient.birthday)
                json.member("city", patient.city)
            })
    }

    /// A patient's identity only.
    mutating func member(_ name: String, nameOf patient: Patient?) {
        guard let patient else { return null(name) }
        member(name, object: { $0.names(of: patient) })
    }

    mutating func member(_ name: String, phoneNumbers: [Patient.PhoneNumber]) {
        member(
            name,
            array: { list in
                for number in phoneNumbers {
                    list.object { json in
                        json.members(of: number)
                        json.member("friendly_name", number.friendlyName)
                    }
                }
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

    mutating func member(_ name: String, notes: some Sequence<NoteBook.Note>) {
        member(
            name,
            array: { list in
                for note in notes {
                    list.object { json in
                        json.member("id", note.id)
                        json.member("text", note.text)
                        json.member("author", note.author)
                        json.member("created_at", Int64(note.createdAt))
                    }
                }
            })
    }

    private mutating func names(of patient: Patient) {
        member("id", patient.id)
        member("first_name", patient.givenName)
        member("last_name", patient.familyName)
    }

    private mutating func null(_ name: String) {
        member(name, nil as String?)
    }
}
