import Records
import Glibc
import NIOCore
import StrictJSON

/// Tests a record's bytes against a Find's filter.
struct RecordFilter {
    /// The value as a JSON string, which a matching record must contain.
    private let quoted: [UInt8]
    private let value: String
    private let rule: Rule

    private enum Rule {
        /// One of these members has the value.
        case member([String])
        /// This member is a list that contains it.
        case list(String)
        /// A member of this member has it.
        case inner(String, String)
        /// This member's instant is not before it, or not after it.
        case notBefore(String, Int64)
        case notAfter(String, Int64)
    }

    /// - Throws: an ``APIRefusal`` if the value is invalid
    init(_ filter: FindQuery.Filter, resource: String) throws {
        var json = JSONWriter()
        json.string(filter.value)
        (quoted, value) = (json.bytes, filter.value)
        rule = try Self.rule(filter, resource)
    }

    private static func rule(_ filter: FindQuery.Filter, _ resource: String) throws -> Rule {
        switch (resource, filter.name) {
        case ("calendars", "worker"): return .member(["worker_id"])
        case ("workers", "phone"): return .member(["phone_number"])
        case ("relationship_records", "entity_id"): return .member(["entity_1_id", "entity_2_id"])
        case ("integration_tasks", "ref_id"): return .list("ref_ids")
        case ("audit_logs", "email"), ("audit_logs", "operation"), ("audit_logs", "patient_id"),
            ("audit_logs", "type_name"):
            return .inner("event", filter.name)
        case ("audit_logs", "start_time"), ("audit_logs", "end_time"):
            // A day, or a date-time.
            guard let instant = Instant(filter.value) ?? Instant(filter.value + "T00:00:00") else {
                throw APIRefusal(.parse, "\(filter.name) is not a date.", parameter: filter.name)
            }
            return filter.name == "start_time"
                ? .notBefore("event_time", instant.microseconds) : .notAfter("event_time", instant.microseconds)
        default: return .member([filter.name])
        }
    }

    func passes(_ record: ByteBuffer) -> Bool {
        switch rule {
        case .notBefore, .notAfter: break
        // Rejects nearly every record without parsing it.
        default: guard holdsQuoted(record) else { return false }
        }
        guard let root = try? JSONDocument(parsing: Array(record.readableBytesView), mode: .tolerant).root else {
            return false
        }
        switch rule {
        case .member(let names): return names.contains { root[$0]?.equals(value) ?? false }
        case .list(let name): return root[name]?.elements.contains { $0.equals(value) } ?? false
        case .inner(let outer, let name): return root[outer]?[name]?.equals(value) ?? false
        case .notBefore(let name, let instant): return Self.instant(root[name]).map { $0 >= instant } ?? false
        case .notAfter(let name, let instant): return Self.instant(root[name]).map { $0 <= instant } ?? false
        }
    }

    private static func instant(_ value: JSONValue?) -> Int64? {
        value?.string.flatMap { Instant($0)?.microseconds }
    }

    /// Moves from one quote to the next.
    private func holdsQuoted(_ record: ByteBuffer) -> Bool {
        unsafe record.withUnsafeReadableBytes { bytes in
            unsafe quoted.withUnsafeBytes { quoted in
                var rest = unsafe bytes[...]
                while unsafe rest.count >= quoted.count,
                    let found = unsafe memchr(rest.baseAddress!, Int32(UInt8(ascii: "\"")), rest.count)
                {
                    unsafe rest = rest[(rest.startIndex + (UnsafeRawPointer(found) - rest.baseAddress!))...]
                    guard unsafe rest.count >= quoted.count else { return false }
                    if unsafe memcmp(rest.baseAddress!, quoted.baseAddress!, quoted.count) == 0 { return true }
                    unsafe rest = rest.dropFirst()
                }
                return false
            }
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddress: UnsafeRawPointer? { unsafe UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
