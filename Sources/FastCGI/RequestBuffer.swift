import Platform
import CLinux
import Glibc

/// A file in memory that passes a validated request to libfcgi, which reads only from
/// descriptors.
@safe struct RequestBuffer: ~Copyable {
    /// A whole request: variables and body, and the same again for the records' headers.
    static let capacity = 256 * 1024

    /// MFD_CLOEXEC, which needs _GNU_SOURCE.
    private static let closeOnExec: UInt32 = 1

    /// For libfcgi to read from.
    let descriptor: Int32
    private var isOpen = true
    private let memory: UnsafeMutableRawPointer
    init() throws(SocketError) {
        descriptor = unsafe memfd_create("welkin-request", Self.closeOnExec)
        guard descriptor >= 0, ftruncate(descriptor, Self.capacity) == 0 else { throw .system("memfd_create", errno) }
        let mapped = unsafe mmap(nil, Self.capacity, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw .system("mmap", errno) }
        unsafe memory = mapped
    }

    deinit {
        unsafe munmap(memory, Self.capacity)
        if isOpen { close(descriptor) }
    }

    /// Stores a request of at most ``capacity`` bytes, and rewinds the descriptor.
    func write(_ request: [UInt8]) {
        precondition(request.count <= Self.capacity)
        unsafe request.withUnsafeBytes { source in
            unsafe UnsafeMutableRawBufferPointer(start: memory, count: source.count).copyMemory(from: source)
        }
        lseek(descriptor, 0, SEEK_SET)
    }

    /// Call it when libfcgi has closed the descriptor: its number may be in use again.
    mutating func forgetDescriptor() { isOpen = false }
}
