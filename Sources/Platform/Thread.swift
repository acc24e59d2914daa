import CLinux
import Glibc

/// An operating-system thread, to be joined.
package struct Thread: Sendable {
    private let handle: pthread_t

    /// Starts a thread that runs `body` and ends.
    ///
    /// - Parameter stack: the size of its stack in bytes; nil for the system's.
    package init(stack: Int? = nil, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        if let stack { _ = unsafe pthread_attr_setstacksize(&attributes, stack) }
        var handle = pthread_t()
        let box = unsafe Unmanaged.passRetained(Box(body))
        let status = unsafe pthread_create(
            &handle, &attributes,
            { argument in
                unsafe Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            unsafe box.release()
            throw SystemError(code: status)
        }
        self.handle = handle
    }

    /// Returns when it has ended.
    package func join() { _ = pthread_join(handle, nil) }

    private func detach() { _ = pthread_detach(handle) }

    /// Starts a thread that ends by itself. A program that cannot even start a thread cannot go on.
    package static func detached(_ body: @escaping @Sendable () -> Void) {
        do throws(SystemError) { try Thread(body).detach() } catch { preconditionFailure("pthread_create: \(error)") }
    }

    /// A stack for what neither recurses nor parses.
    package static let smallStack = 512 * 1024

    private final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
