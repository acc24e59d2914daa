import DataAPI
import Launch
import Replica
import Settings
import Testing
import WorkerProgram

@Suite("Why a command cannot go on") struct ComplaintTests {
    private let time = Instant("2026-01-02T03:04:05Z")!

    @Test("A setting is named in words and in JSON") func setting() {
        let loaded = ReplicaSettings.load(environment: [:])
        let complaint = Complaint(loaded.problems[0])
        #expect(complaint.text == "welkin-worker: \(loaded.problems[0])\n")
        let head =
            #"{"event":"settings","time":"2026-01-02T03:04:05.000000+00:00","level":"error","setting":"WELKIN_REPLICA","#
        #expect(complaint.json(at: time).hasPrefix(head + #""problem":"it is not set","remedy":"Set it"#))
        #expect(complaint.json(at: time).hasSuffix("}\n"))
    }

    @Test("A question is no sentence twice") func question() {
        let complaint = Complaint("settings", setting: "X", problem: "there is none", remedy: "Did you mean Y?")
        #expect(complaint.text == "welkin-worker: X: there is none. Did you mean Y?\n")
    }

    @Test("Another run's lock has an event of its own") func replica() {
        let locked = Complaint(ReplicaError.runInProgress(process: 7, since: nil))
        #expect(
            locked.text
                == "welkin-worker: another run holds the lock: process 7; wait until it ends; its lock ends with its process\n"
        )
        #expect(locked.json(at: time).hasPrefix(#"{"event":"locked","#))
        #expect(Complaint(ReplicaError.diskFull(path: "r")).json(at: time).hasPrefix(#"{"event":"replica","#))
    }
}
