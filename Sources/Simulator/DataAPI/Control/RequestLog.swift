import StrictJSON

/// Request counts by method, path and status. Contains no identifying data.
struct RequestLog: Sendable {
    struct Key: Sendable, Hashable, Comparable {
        let method: String
        /// With `:id` in place of ids.
        let path: String
        /// 0 for a connection that was reset instead of an answer.
        let status: Int

        static func < (one: Key, other: Key) -> Bool {
            (one.path, one.method, one.status) < (other.path, other.method, other.status)
        }
    }

    private(set) var counts: [Key: Int] = [:]
    /// The number of requests in progress, and its maximum so far.
    private(set) var open = 0
    private(set) var mostOpen = 0

    mutating func begin() {
        open += 1
        mostOpen = max(mostOpen, open)
    }

    mutating func end(_ key: Key) {
        open -= 1
        counts[key, default: 0] += 1
    }

    mutating func reset() {
        counts = [:]
        mostOpen = open
    }
}

extension RequestLog {
    /// The answer to `GET /_control/requests`.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("total", Int64(counts.values.reduce(0, +)))
            json.member("most_at_once", Int64(mostOpen))
            json.member(
                "requests",
                array: { json in
                    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
                        json.object { json in
                            json.member("method", key.method)
                            json.member("path", key.path)
                            json.member("status", Int64(key.status))
                            json.member("count", Int64(count))
                        }
                    }
                })
        }
        return json.bytes
    }
}
