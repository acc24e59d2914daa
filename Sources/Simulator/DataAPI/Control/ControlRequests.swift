import Records

/// The bodies of the requests that control the API.
enum ControlRequest {
    /// `POST /_control/change`, `/add`, `/late` and `/delete`
    struct Change: Decodable {
        let resource: String
        var count: Int?
        var seed: UInt64?
        /// For `delete`: this record.
        var id: String?
        /// An ISO date-time.
        var at: String?
        var equal: Bool?
        var unknownFields: Int?
        /// For `late`: how long ago.
        var seconds: Int?

        private enum CodingKeys: String, CodingKey {
            case resource, count, seed, id, at, equal, seconds
            case unknownFields = "unknown_fields"
        }

        /// - Throws: ``ControlProblem`` if `at` is not a date-time
        func moment() throws -> APIState.Moment {
            APIState.Moment(at: try at.map(ControlRequest.instant), areEqual: equal ?? false)
        }
    }

    /// In microseconds since 1970.
    ///
    /// - Throws: ``ControlProblem`` if `at` is not a date-time
    static func instant(_ at: String) throws -> Int64 {
        guard let instant = Instant(at) else { throw ControlProblem("at is not an ISO date-time") }
        return instant.microseconds
    }

    /// `POST /_control/clock`
    struct Clock: Decodable {
        /// Seconds ahead of the system's clock.
        var offset: Double?
        /// Stops the clock at this time.
        var frozen: String?
        /// Advances a frozen clock by seconds.
        var advance: Double?
        /// Runs the clock again, with the correct time.
        var reset: Bool?
    }

    /// `POST /_control/odd`
    struct Odd: Decodable {
        let resource: String
        let kind: OddRecord
        var count: Int?
        var seed: UInt64?
    }

    /// `POST /_control/resource`
    struct NewResource: Decodable {
        let name: String
        var count: Int?
    }

    /// `POST /_control/faults`
    struct Faults: Decodable {
        let faults: [FaultRule]
        /// Keeps the existing rules.
        var add: Bool?
    }
}

/// Why a control request fails.
struct ControlProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
