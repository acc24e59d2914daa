import Glibc

/// Complete reads and writes on a descriptor, despite signals and full pipes.
package enum Descriptor {
    /// Enough to read most files in one call.
    private static let chunkSize = 16_384

    /// Reads to the end, or until there are `limit` bytes.
    package static func read(_ descriptor: Int32, limit: Int = .max) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let wanted = min(limit - bytes.count, chunkSize)
            var code: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                var received = 0
                repeat {
                    received = unsafe Glibc.read(descriptor, buffer.baseAddress!, wanted)
                } while received < 0
                    && errno == EINTR
                if received < 0 { code = errno }
                count = max(0, received)
            }
            guard code == 0 else { throw SystemError(code: code) }
            guard !chunk.isEmpty else { break }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        }
        return bytes
    }

    /// Reads a small file that the system or one of our programs wrote.
    package static func readFile(_ path: String) throws(SystemError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        return try read(descriptor)
    }

    /// Writes all bytes.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            written += count
        }
    }

    /// Writes all bytes.
    ///
    /// - Parameter path: the file's path or the stream's name.
    package static func write(
        _ bytes: [UInt8], to descriptor: Int32, called path: String
    ) throws(FileFailure) {
        do throws(SystemError) {
            try write(bytes, to: descriptor)
        } catch {
            throw FileFailure(call: "write", path: path, error)
        }
    }
}
