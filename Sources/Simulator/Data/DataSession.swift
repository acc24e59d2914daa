import FoundationEssentials
import HTTPTypes

/// Whose request it is, by the headers that nginx sets after it has asked the launch handler. Whoever
/// reaches this listener past nginx can set them himself.
struct DataSession: Sendable {
    /// In lower case, as all ids here.
    let workerID: String
    /// Nil when the App was opened from outside a patient.
    let patientID: String?

    /// - Throws: `unauthorized` with what is missing, `forbidden` for another provider's session.
    init(_ headers: HTTPFields, path: DataPath, providerID: String) throws(DataRefusal) {
        func value(_ name: String) throws(DataRefusal) -> String {
            guard let value = headers[HTTPField.Name(name)!], !value.isEmpty else {
                throw .unauthorized(
                    """
                    The header \(name) is missing. This listener belongs behind nginx with \
                    nginx/snippets/data.conf, which sets it from the session.
                    """)
            }
            return value
        }
        guard try value("X-Welkin-App") == path.app, try value("X-Welkin-Launch") == path.launch else {
            throw .unauthorized("X-Welkin-App and X-Welkin-Launch are not those of the path.")
        }
        workerID = try value("X-Welkin-Worker").lowercased()
        guard try value("X-Welkin-Provider").lowercased() == providerID.lowercased() else {
            throw .forbidden(
                "The session is of another provider (Welkin environment) than the simulator's --provider.")
        }
        patientID = headers[HTTPField.Name("X-Welkin-Patient")!].flatMap { $0.isEmpty ? nil : $0.lowercased() }
    }

    /// - Throws: `patient_mismatch` when the session is of another patient.
    func admit(_ patientID: String) throws(DataRefusal) {
        guard self.patientID == nil || self.patientID == patientID else { throw .patientMismatch }
    }
}
