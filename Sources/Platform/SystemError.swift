import Glibc

/// What the system says when a call fails.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    /// An `errno`.
    package let code: Int32

    package init(code: Int32) { self.code = code }

    /// That of the call that failed last in this thread.
    package static var last: SystemError { SystemError(code: errno) }

    /// The system's words, such as `No such file or directory`.
    package var description: String { unsafe String(cString: strerror(code)) }
}
