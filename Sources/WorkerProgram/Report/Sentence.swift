import DataAPI
import Replica
import Sync

/// A sentence for people on a terminal while a run works. Leaves out what the final report says anyway.
struct Sentence {
    let text: String
    /// A key for what is true of the whole run and shown only the first time; nil for what is shown each time.
    let once: String?

    /// Nil if there is nothing to say.
    init?(_ event: SyncEvent) {
        switch event {
        case .clockBehind(_, let time):
            self.init("This machine's clock is \(Words.span(time)) behind Welkin's; let NTP set it.", "clock")
        case .clockAhead(_, let time):
            self.init("This machine's clock is \(Words.relation(ahead: time)) Welkin's; let NTP set it.", "clock")
        case .cursorAhead(let stream, let time):
            self.init(
                "\(stream): a clock was wrong. The replica claims to be \(Words.relation(ahead: time)) Welkin's clock; "
                    + "records may have been skipped, so everything is pulled again.")
        case .undated:
            self.init(
                "Welkin's answers have no date: nothing proves how far they reach, so each run continues from the "
                    + "newest record.", "undated")
        case .began, .unfinished, .gaveUp, .progress, .difference, .ended: return nil
        }
    }

    /// Nil if ``init(_:)-(LogEntry)`` serves.
    init?(_ event: ClientEvent) {
        guard case .retrying(let resource, let error, let delay) = event else { return nil }
        let wait = delay < .seconds(1) ? "at once" : "in \(Words.span(delay))"
        self.init("\(resource ?? "token"): \(FailureAdvice(.api(error)).sentence) Retrying \(wait).")
    }

    /// An entry that belongs to no stream, in less formal words.
    init(_ entry: LogEntry) {
        var (subject, rest): (String, [String]) = ("", [])
        var (setting, problem, remedy): (String?, String?, String?)
        for (name, value) in entry.values {
            switch (name, value) {
            case ("resource", .text(let text)): subject = " " + text
            case ("setting", .text(let text)): setting = text
            case ("remedy", .text(let text)): remedy = text
            case ("problem", .text(let text)), ("detail", .text(let text)): problem = text
            case (_, .text(let text)): rest.append("\(name) \(text)")
            case (_, .number(let number)): rest.append("\(name) \(number)")
            }
        }
        let event = entry.event.split(separator: "_").joined(separator: " ") + subject
        self.init(
            "\(setting ?? event): \(problem ?? rest.joined(separator: ", "))" + (remedy.map { ". \($0)" } ?? ""))
    }

    private init(_ text: String, _ once: String? = nil) {
        self.text = text
        self.once = once
    }
}
