import StoreFiles
import Glibc
import Replica
import Testing
import WorkerProgram

@Suite("What is told of a replica that cannot be used") struct ReplicaErrorTests {
    @Test("Every refusal says what to do, and which exit code it means")
    func remedies() {
        let errors: [(ReplicaError, Int32)] = [
            (.file(.openToOthers(path: "p", mode: 0o100644)), 4), (.file(.ownedByOther(path: "p", owner: 1)), 4),
            (.file(.symbolicLink(path: "p")), 4), (.file(.notAFile(path: "p")), 4), (.file(.notAFolder(path: "p")), 4),
            (.file(.missing(path: "p")), 4), (.file(.networkFileSystem(path: "p", type: "nfs")), 4),
            (.file(.readOnly(path: "p")), 4),
            (.notAReplica(path: "p"), 4), (.newerSchema(found: 2, known: 2), 4),
            (.otherProvider(found: "a", expected: "b"), 4), (.invalidName("x"), 4), (.locked(path: "p"), 1),
            (.runInProgress(process: 1, since: nil), 75), (.corrupt(path: "p"), 1), (.diskFull(path: "p"), 1),
            (.file(.system(call: "stat", path: "p", code: ENOENT)), 1),
            (.file(.system(call: "mkdir", path: "p", code: EACCES)), 4),
            (.database(code: 10, message: "m"), 1),
        ]
        for (error, code) in errors {
            #expect(ExitStatus.of(error) == code)
            #expect(!error.remedy.isEmpty)
        }
    }

    @Test("A remedy can be pasted") func commands() {
        #expect(ReplicaError.file(.openToOthers(path: "/r", mode: 0o040750)).remedy.hasPrefix("run `chmod 700 /r`"))
        #expect(ReplicaError.file(.openToOthers(path: "/r", mode: 0o100640)).remedy.hasPrefix("run `chmod 600 /r`"))
        #expect(ReplicaError.olderSchema(found: 1, known: 3).remedy.contains("welkin-worker sync"))
        #expect(ReplicaError.otherSource(.client).remedy.contains("--accept-change"))
        let api = ReplicaError.otherSource(.api(found: "a", expected: "b"))
        #expect(api.remedy.contains("--accept-change"))
    }
}
