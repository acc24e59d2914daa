import Records
import StrictJSON

/// Writes one record's JSON as Welkin does: compact, and a share of the values loosely typed.
struct RecordText {
    /// Determines the record's values; the order of its calls must stay, or a seed gives other records.
    var draw: Draw
    /// When the record was created and last changed, in microseconds since 1970.
    let created: Int64
    let updated: Int64
    /// The percentage of values in an undocumented form.
    let loose: Int
    private var json = JSONWriter(capacity: 512)
    /// Separate from ``draw``, so that the share of loose values does not change the values.
    private var shape: Draw

    /// The bytes of an object whose members `body` writes.
    static func bytes(
        draw: Draw, created: Int64, updated: Int64, loose: Int, _ body: (inout RecordText) -> Void
    ) -> [UInt8] {
        var text = RecordText(draw: draw, created: created, updated: updated, loose: loose)
        var writer = JSONWriter(capacity: 0)
        swap(&writer, &text.json)
        writer.object { inner in
            swap(&inner, &text.json)
            body(&text)
            swap(&inner, &text.json)
        }
        return writer.bytes
    }

    private init(draw: Draw, created: Int64, updated: Int64, loose: Int) {
        self.draw = draw
        self.created = created
        self.updated = updated
        self.loose = loose
        var shape = draw
        self.shape = Draw(~shape.next())
    }

    mutating func text(_ name: String, _ value: String?) { json.member(name, value) }

    mutating func id(_ name: String, _ value: GUID?) { json.member(name, value?.text) }

    /// Raw JSON.
    mutating func raw(_ name: String, _ value: String) { json.member(name, raw: value.utf8) }

    /// `true`, or loosely `"true"`.
    mutating func flag(_ name: String, _ value: Bool) {
        if shape.chance(loose) { json.member(name, value ? "true" : "false") } else { json.member(name, value) }
    }

    /// `72`, or loosely `"72"`.
    mutating func number(_ name: String, _ value: Int) {
        if shape.chance(loose) { json.member(name, String(value)) } else { json.member(name, Int64(value)) }
    }

    /// A date-time in one of the forms of Welkin's answers.
    mutating func instant(_ name: String, _ microseconds: Int64?) {
        guard let microseconds else { return json.member(name, nil) }
        let loosely = shape.chance(loose)
        json.member(name, InstantShape.text(microseconds, loosely ? shape.of(InstantShape.loose) : .documented))
    }

    /// A day without time; `days` since 1970.
    mutating func day(_ name: String, _ days: Int?) {
        json.member(name, days.map { String(Instant(microseconds: Int64($0) * .day).description.prefix(10)) })
    }

    /// `updated_at` and `created_at`, in the order of most resources.
    mutating func times() {
        instant("updated_at", updated)
        instant("created_at", created)
    }
}

extension Int64 {
    /// In microseconds.
    static let second: Int64 = 1_000_000
    static let day: Int64 = 86_400 * second
}
