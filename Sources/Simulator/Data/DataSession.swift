import FoundationEssentials
import HTTPTypes

/// The request's session, from the headers that nginx sets after asking the launch handler. Anyone who
/// reaches this listener without nginx can forge them.
struct DataSession: Sendable {
    /// In lower case, like all ids here.
    let workerID: String
    /// Nil if the App was opened outside a patient's page.
    let patientID: String?

    /// - Throws: `unauthorized` that names the missing header, `forbidden` for another provider's session.
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
            throw .unauthorized("X-Welkin-App and X-Welkin-Launch do not match the path.")
        }
        workerID = try value("X-Welkin-Worker").lowercased()
        guard try value("X-Welkin-Provider").lowercased() == providerID.lowercased() else {
            throw .forbidden(
                "The session's provider (Welkin environment) is not the simulator's --provider.")
        }
        patientID = headers[HTTPField.Name("X-Welkin-Patient")!].flatMap { $0.isEmpty ? nil : $0.lowercased() }
    }

    /// - Throws: `patient_mismatch` if the session is for another patient.
    func admit(_ patientID: String) throws(DataRefusal) {
        guard self.patientID == nil || self.patientID == patientID else { throw .patientMismatch }
    }
}
