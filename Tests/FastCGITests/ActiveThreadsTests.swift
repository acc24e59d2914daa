import FastCGI
import Foundation
import Synchronization
import Testing

@Suite("Threads at work")
struct ActiveThreadsTests {
    @Test("Of four threads one is at work; when it waits, another takes its place, and at the end all are let go")
    func replacement() throws {
        let threads = try ActiveThreads(limit: 1)
        let entered = DispatchSemaphore(value: 0)
        let (proceed, left) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        for _ in 0..<4 {
            Thread.detachNewThread {
                threads.enter()
                entered.signal()
                // The first waits in here until the second has come in, and so on.
                threads.whileWaiting { proceed.wait() }
                left.signal()
            }
        }
        for _ in 0..<4 { #expect(entered.wait(timeout: .now() + 60) == .success) }
        for _ in 0..<4 { proceed.signal() }
        for _ in 0..<4 { #expect(left.wait(timeout: .now() + 60) == .success) }
    }

    @Test("While nobody waits, no more than the limit come in")
    func limit() throws {
        let threads = try ActiveThreads(limit: 2)
        let (come, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let counter = Counter()
        for _ in 0..<8 {
            Thread.detachNewThread {
                threads.enter()
                counter.value.add(1, ordering: .relaxed)
                come.signal()
                threads.parkIfSurplus()
                done.signal()
            }
        }
        for _ in 0..<2 { #expect(come.wait(timeout: .now() + 60) == .success) }
        #expect(counter.value.load(ordering: .relaxed) == 2)
        threads.finish()
        for _ in 0..<8 { #expect(done.wait(timeout: .now() + 60) == .success) }
        #expect(counter.value.load(ordering: .relaxed) == 8)
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }
}
