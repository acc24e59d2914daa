import Glibc

/// The error of a failed system call.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    /// An `errno`.
    package let code: Int32

    package init(code: Int32) { self.code = code }

    /// The error of the last failed call in this thread.
    package static var last: SystemError { SystemError(code: errno) }

    /// The system's words, such as `No such file or directory`.
    package var description: String { unsafe String(cString: strerror(code)) }
}
