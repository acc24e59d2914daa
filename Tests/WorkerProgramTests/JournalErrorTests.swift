import Glibc
import Journal
import StoreFiles
import Testing
import WorkerProgram

@Suite("What is told of a journal that cannot be used") struct JournalErrorTests {
    @Test("Every refusal says what to do, and which exit code it means")
    func remedies() {
        let errors: [(JournalError, Int32)] = [
            (.file(.openToOthers(path: "p", mode: 0o100644)), 4), (.file(.ownedByOther(path: "p", owner: 1)), 4),
            (.file(.symbolicLink(path: "p")), 4), (.file(.notAFile(path: "p")), 4),
            (.file(.notAFolder(path: "p")), 4), (.file(.missing(path: "p")), 4),
            (.file(.networkFileSystem(path: "p", type: "nfs")), 4), (.file(.readOnly(path: "p")), 4),
            (.file(.system(call: "stat", path: "p", code: ENOENT)), 1),
            (.file(.system(call: "mkdir", path: "p", code: EACCES)), 4), (.corrupt(path: "p"), 1),
            (.notAJournal(path: "p"), 4), (.olderSchema(found: 1, known: 2), 4), (.newerSchema(found: 2, known: 1), 4),
            (.otherProvider(found: "a", expected: "b"), 4), (.locked(path: "p"), 1), (.diskFull(path: "p"), 1),
            (.moved(path: "p"), 1), (.closed, 1), (.database(code: 10, message: "m"), 1),
        ]
        for (error, code) in errors {
            #expect(ExitStatus.of(error) == code)
            #expect(!error.remedy.isEmpty)
        }
        #expect(Set(errors.map(\.0.description)).count == errors.count)
        let open = JournalError.file(.openToOthers(path: "/j", mode: 0o100640))
        #expect(open.remedy.hasPrefix("run `chmod 600 /j`"))
    }
}
