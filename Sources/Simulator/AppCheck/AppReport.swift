package import Platform

/// What the simulator saw of the App, for the developer.
package struct AppReport: Sendable {
    package let visits: [AppVisit]
    package let trouble: AppTrouble?
    /// The App URL's origin.
    package let app: Origin
    /// The origin of the page around the frame.
    package let host: Origin

    package init(visits: [AppVisit], trouble: AppTrouble?, app: Origin, host: Origin) {
        self.visits = visits
        self.trouble = trouble
        self.app = app
        self.host = host
    }

    /// `{"trouble": null or {"title", "detail", "remedy", "is_empty", "is_certain", "may_come"}, "steps": [{"request",
    /// "answer", "headers": [text]}], "seen": whether this page has shown the App before}`.
    ///
    /// Contains no token, cookie, query or fragment.
    package func json(seen: Bool) -> String {
        var object = RawJSONObject()
        object.append("trouble", trouble.map(json) ?? "null")
        object.append("steps", "[\(visits.map(json).joined(separator: ","))]")
        object.append("seen", String(seen))
        return object.text
    }

    private func json(_ trouble: AppTrouble) -> String {
        var object = RawJSONObject()
        let words = trouble.words(app: app, host: host)
        object.append("title", RawJSONObject.string(words.title))
        object.append("detail", RawJSONObject.string(words.detail))
        object.append("remedy", RawJSONObject.string(words.remedy))
        object.append("is_empty", String(trouble.leavesFrameEmpty))
        object.append("is_certain", String(trouble.isCertain))
        object.append("may_come", String(trouble == .unreachable(.silent(AppVisitor.answerTime))))
        return object.text
    }

    private func json(_ visit: AppVisit) -> String {
        var object = RawJSONObject()
        object.append("request", RawJSONObject.string("\(visit.method) \(ShownAddress.text(visit.url))"))
        object.append("answer", RawJSONObject.string("\(outcome(visit)) after \(Self.seconds(visit.time)) s"))
        let headers = (visit.answer.map { shown($0, from: visit.url) } ?? []).map(RawJSONObject.string)
        object.append("headers", "[\(headers.joined(separator: ","))]")
        return object.text
    }

    private func outcome(_ visit: AppVisit) -> String {
        switch visit.outcome {
        case .answer(let answer): "\(answer.status)"
        case .failure: "no answer"
        }
    }

    /// The headers that decide what a browser shows.
    private func shown(_ answer: AppAnswer, from url: String) -> [String] {
        var lines: [String] = []
        if 300..<400 ~= answer.status, let next = Redirect.target(of: answer, from: url) {
            lines.append("Location: \(ShownAddress.text(next))")
        }
        let framing =
            FramingRules.frameAncestors(of: answer).map(FramingHeader.init(sources:))
            + answer.values(of: "x-frame-options").map(FramingHeader.xFrameOptions)
        return lines + framing.map(\.text)
    }

    /// With two decimals.
    private static func seconds(_ time: Duration) -> String {
        let hundredths = Int((time / .milliseconds(10)).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
