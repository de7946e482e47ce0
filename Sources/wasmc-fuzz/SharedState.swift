import Glibc
import Support

/// What a child is doing, in a file that both processes have mapped: it survives the child.
final class SharedState {
    private let base: UnsafeMutableRawPointer
    /// Bytes of an input, at most; longer ones are cut.
    static let inputLimit = 1 << 20
    private static let headerBytes = 16

    /// Maps the file at `path`, which is made if there is none.
    init(path: String) throws {
        let size = Self.headerBytes + Self.inputLimit
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0, ftruncate(descriptor, size) == 0,
            let address = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), address != MAP_FAILED
        else { throw systemError("cannot map", path, errno) }
        close(descriptor)
        base = address
    }

    /// Inputs that were begun.
    var iteration: UInt64 {
        get { base.load(as: UInt64.self) }
        set { base.storeBytes(of: newValue, as: UInt64.self) }
    }

    /// The input being run.
    var input: [UInt8] {
        get {
            let count = min(Int(base.load(fromByteOffset: 8, as: UInt64.self)), Self.inputLimit)
            return Array(UnsafeRawBufferPointer(start: base + Self.headerBytes, count: count))
        }
        set {
            base.storeBytes(of: UInt64(newValue.count), toByteOffset: 8, as: UInt64.self)
            newValue.withUnsafeBytes {
                (base + Self.headerBytes).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
            }
        }
    }

    deinit { munmap(base, Self.headerBytes + Self.inputLimit) }
}
