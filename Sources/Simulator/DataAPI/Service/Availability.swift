import Records
import NIOCore
import StrictJSON

/// The free half hours of a calendar, which no record holds: 9:00 to 17:00 UTC on weekdays.
enum Availability {
    private static let slot = 1800 * Int64.second
    /// At most a year of them.
    private static let longest = 366 * Int64.day

    /// - Throws: an ``APIRefusal`` if `start` and `end` span nothing, or more than a year
    static func body(_ query: [FindQuery.Filter], in state: APIState) throws -> [UInt8] {
        func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
        func instant(_ name: String) throws -> Int64 {
            guard let instant = Instant(value(name) ?? "") else {
                throw APIRefusal(.parse, "\(name) is not an ISO date-time.", parameter: name)
            }
            return instant.microseconds
        }
        let (start, end) = (try instant("start"), try instant("end"))
        guard start <= end, end - start <= longest else {
            throw APIRefusal(.badRequest, "end is before start, or more than a year after it.", parameter: "end")
        }
        let (calendar, worker) = try calendar(value("calendar_id"), worker: value("worker_id"), in: state)
        var json = JSONWriter()
        json.object { json in
            json.member(
                "data",
                array: { json in
                    json.object { json in
                        json.member("calendar_id", calendar)
                        json.member("worker_id", worker)
                        json.member("available_times", array: { times(start, end, &$0) })
                    }
                })
        }
        return json.bytes
    }

    private static func times(_ start: Int64, _ end: Int64, _ json: inout JSONWriter) {
        var time = (start + slot - 1) / slot * slot
        while time + slot <= end {
            // 1 January 1970 was a Thursday.
            let isWeekday = (time / .day + 3) % 7 < 5
            if isWeekday, (18..<34).contains(time % .day / slot) {
                json.object { json in
                    json.member("start", Instant(microseconds: time).description)
                    json.member("end", Instant(microseconds: time + slot).description)
                }
            }
            time += slot
        }
    }

    private static func calendar(
        _ calendar: String?, worker: String?, in state: APIState
    ) throws -> (calendar: String, worker: String) {
        let table = state[table: "calendars"]
        for position in 0..<table.count {
            let ordinal = table.ordinal(at: position)
            let bytes = Array(table.bytes(ordinal).readableBytesView)
            guard let root = try? JSONDocument(parsing: bytes, mode: .tolerant).root else { continue }
            let (id, owner) = (root["id"]?.string ?? "", root["worker_id"]?.string ?? "")
            if calendar ?? id == id, worker ?? owner == owner { return (id, owner) }
        }
        throw APIRefusal(.resourceNotFound, "No calendar has this id or worker.")
    }
}
