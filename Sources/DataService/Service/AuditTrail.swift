import Identifiers
import Journal
import Records
import Sessions

/// What the audit says of one request.
struct AuditTrail: Sendable {
    /// An answer or a refusal, with what the audit says of it.
    struct Outcome: Sendable {
        let result: Result<RouteAnswer, DataRefusal>
        let trace: AuditTrace
    }

    private let route: DataRoute
    private let actor: AuditActor

    /// - Parameter launch: a keyed hash of the launch's name
    init(_ route: DataRoute, _ session: Session, launch: String) {
        self.route = route
        actor = .session(app: session.app, launch: launch, worker: session.worker)
    }

    /// Runs a route. What it cannot read is an outcome, too.
    ///
    /// - Parameter onFailure: hears why the replica could not be read
    func outcome(
        onFailure: (any Error) -> Void = { _ in }, _ body: (inout AuditTrace) throws -> RouteAnswer
    ) -> Outcome {
        var trace = AuditTrace()
        do {
            return Outcome(result: .success(try body(&trace)), trace: trace)
        } catch let refusal as DataRefusal {
            return Outcome(result: .failure(refusal), trace: trace)
        } catch {
            onFailure(error)
            return Outcome(result: .failure(.unavailable("replica")), trace: trace)
        }
    }

    /// Nil for a request that is not answered yet: a wait may end without having told anything.
    func entry(_ outcome: Outcome, at time: Instant) -> AuditEntry? {
        let trace = outcome.trace
        let code: AuditOutcome
        switch outcome.result {
        case .success(.answer): code = .ok
        case .success(.missing), .success(.admitted): return nil
        case .failure(let refusal): code = .refused(refusal.reason)
        }
        return AuditEntry(
            time: time, actor: actor, patient: trace.patient, route: route.rawValue, resource: trace.resource,
            record: trace.record, count: trace.count, outcome: code)
    }
}
