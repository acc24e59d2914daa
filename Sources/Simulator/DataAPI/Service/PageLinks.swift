import Records
import StrictJSON

/// The `links` of a page, in one of the forms in ``APISettings/Links``.
struct PageLinks {
    let shape: APISettings.Links
    /// `http://host:port`
    let origin: String
    let resource: String
    let current: FindQuery
    /// Nil on the last page.
    let next: FindQuery?
    /// The host of the next page, if it is another one.
    var foreignOrigin: String?

    var bytes: [UInt8] {
        if shape == .none { return Array("null".utf8) }
        var json = JSONWriter()
        json.object { json in
            if [.documented, .sound, .nested].contains(shape) {
                json.member("current", object: { write(current, isNext: false, &$0) })
                if let next {
                    json.member("next", object: { write(next, isNext: true, &$0) })
                } else if shape != .documented {
                    json.member("next", nil)
                }
            }
            if [.documented, .sound, .href].contains(shape) {
                json.member(
                    "href",
                    object: { json in
                        json.member("current", href(current, isNext: false))
                        if let next { json.member("next", href(next, isNext: true)) }
                    })
            }
            if [.documented, .sound, .meta].contains(shape) {
                json.member(
                    "meta",
                    object: { json in
                        json.member("current", object: { meta(current, &$0) })
                        if let next { json.member("next", object: { meta(next, &$0) }) }
                    })
            }
        }
        return json.bytes
    }

    private func write(_ query: FindQuery, isNext: Bool, _ json: inout JSONWriter) {
        json.member("href", href(query, isNext: isNext))
        json.member("meta", object: { meta(query, &$0) })
    }

    private func meta(_ query: FindQuery, _ json: inout JSONWriter) {
        json.member("page[from]", query.from.map(Self.text))
        json.member("page[to]", Self.text(query.to))
        json.member("page[size]", Int64(query.size))
        if let after = query.after { json.member("page[after]", String(after, radix: 36)) }
    }

    private func href(_ query: FindQuery, isNext: Bool) -> String {
        let base = (isNext ? foreignOrigin : nil) ?? origin
        let path = "\(base)/v1/\(resource)?"
        let filters = query.filters.map { ($0.name, $0.value) }
        if isNext, shape == .documented {
            // Exactly the errors of the documented sample.
            let from = Self.text(query.from ?? 0).prefix(19)
            return path
                + "page[%5B]from]=\(from)&page%5Bsize%5D=\(query.size)&resource_name=\(resource)"
                + filters.map { "&\($0)=\(FormText.escape($1))" }.joined()
        }
        var pairs = filters
        if let from = query.from { pairs.append(("page[from]", Self.text(from))) }
        pairs.append(("page[to]", Self.text(query.to)))
        pairs.append(("page[size]", String(query.size)))
        if let after = query.after { pairs.append(("page[after]", String(after, radix: 36))) }
        return path + pairs.map { "\(FormText.escape($0))=\(FormText.escape($1))" }.joined(separator: "&")
    }

    private static func text(_ microseconds: Int64) -> String { Instant(microseconds: microseconds).description }
}
