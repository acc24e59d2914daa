import StrictJSON

extension JSONWriter {
    /// The answer of `changes`.
    ///
    /// - Parameter waits: whether the service can wait at all; a page that hears that it cannot asks now and then
    mutating func changes(_ changes: Changes, waits: Bool) throws(DataRefusal) {
        switch changes {
        case .unavailable: throw .unavailable("replica")
        case .reset(let version):
            object { json in
                json.member("version", version.text)
                json.member("reset", true)
                if !waits { json.member("wait", false) }
            }
        case .news(let news):
            object { json in
                json.member("version", news.version.text)
                json.member("patient_changed", news.patientChanged)
                json.member("schedule_changed", news.scheduleChanged)
                // Writes and calls come later.
                json.member("writes", array: { _ in })
                json.member("calls", array: { _ in })
                if !waits { json.member("wait", false) }
            }
        }
    }
}
