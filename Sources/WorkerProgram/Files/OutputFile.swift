import Glibc
package import Platform

/// The target of a command's output: a file, replaced as a whole, or a device, pipe or stream.
package final class OutputFile {
    private enum Sink {
        case file(AtomicFile)
        case stream(Int32)
    }

    private let path: String
    private let sink: Sink

    /// Opens it.
    ///
    /// - Parameter mode: of a file that is created or replaced, whatever the umask.
    package init(_ target: OutputTarget, mode: UInt32) throws(FileFailure) {
        path = target.path
        switch target.kind {
        case .file(let path): sink = .file(try AtomicFile(path, mode: mode))
        case .own(let descriptor):
            // A duplicate shares the stream's position.
            sink = .stream(try Self.checked(fcntl(descriptor, F_DUPFD_CLOEXEC, 0), path))
        case .stream:
            sink = .stream(try Self.checked(unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY), path))
        }
    }

    private static func checked(_ descriptor: Int32, _ path: String) throws(FileFailure) -> Int32 {
        guard descriptor >= 0 else { throw FileFailure(call: "open", path: path, .last) }
        return descriptor
    }

    /// Appends.
    package func write(_ bytes: [UInt8]) throws(FileFailure) {
        switch sink {
        case .file(let file): try file.write(bytes)
        case .stream(let descriptor): try Descriptor.write(bytes, to: descriptor, called: path)
        }
    }

    /// Puts a file into its place; without a commit, the file is discarded.
    package func commit() throws(FileFailure) {
        if case .file(let file) = sink { try file.commit() }
    }

    deinit {
        if case .stream(let descriptor) = sink { close(descriptor) }
    }
}
