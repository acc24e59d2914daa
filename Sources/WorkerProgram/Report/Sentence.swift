import DataAPI
import Replica
import Sync

/// What people on a terminal are told while a run works. What its end tells anyway is left out.
struct Sentence {
    let text: String
    /// What is true of the whole run is told by the first stream that finds it; nil for what is told each time.
    let once: String?

    /// Nil where nothing is to be said.
    init?(_ event: SyncEvent) {
        switch event {
        case .clockBehind(_, let time):
            self.init("This machine's clock is \(Words.span(time)) behind Welkin's; let NTP set it.", "clock")
        case .clockAhead(_, let time):
            self.init("This machine's clock is \(Words.relation(ahead: time)) Welkin's; let NTP set it.", "clock")
        case .cursorAhead(let stream, let time):
            self.init(
                "\(stream): a clock was wrong. The replica claims to be \(Words.relation(ahead: time)) Welkin's clock; "
                    + "nobody knows what was passed over, so everything is pulled again.")
        case .undated:
            self.init(
                "Welkin's answers carry no date: nothing proves how far they reach, and each run goes on from the "
                    + "newest record.", "undated")
        case .began, .unfinished, .gaveUp, .progress, .difference, .ended: return nil
        }
    }

    /// Nil where ``init(_:)-(LogEntry)`` says it well.
    init?(_ event: ClientEvent) {
        guard case .retrying(let resource, let error, let delay) = event else { return nil }
        let wait = delay < .seconds(1) ? "at once" : "in \(Words.span(delay))"
        self.init("\(resource ?? "token"): \(FailureAdvice(.api(error)).sentence) Trying again \(wait).")
    }

    /// What an entry that is no stream's says, less formally.
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
