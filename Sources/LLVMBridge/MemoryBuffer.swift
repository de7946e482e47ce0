import CLLVM
import Glibc

/// Owns a block of bytes that LLVM made: an object file, assembly, bitcode. Immutable, so it may go to another
/// thread.
public final class MemoryBuffer: @unchecked Sendable {
    let ref: OpaquePointer

    init(owning ref: OpaquePointer) { self.ref = ref }

    /// A buffer with a copy of `bytes`. `name` shows in messages.
    public convenience init(_ bytes: [UInt8], name: String = "") {
        self.init(
            owning: bytes.withUnsafeBytes { buffer in
                let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                return LLVMCreateMemoryBufferWithMemoryRangeCopy(start, buffer.count, name)
            })
    }

    /// A buffer with the UTF-8 bytes of `text`.
    public convenience init(_ text: String, name: String = "") { self.init(Array(text.utf8), name: name) }

    /// The contents of a file. Throws: `.file`.
    public convenience init(contentsOfFile path: String) throws(LLVMError) {
        var buffer: LLVMMemoryBufferRef?
        var message: UnsafeMutablePointer<CChar>?
        let failed = Bool(LLVMCreateMemoryBufferWithContentsOfFile(path, &buffer, &message))
        let text = takeMessage(message)
        guard !failed, let buffer else { throw LLVMError(.file, "cannot read \(path): \(text)") }
        self.init(owning: buffer)
    }

    deinit { LLVMDisposeMemoryBuffer(ref) }

    /// Number of bytes.
    public var count: Int { LLVMGetBufferSize(ref) }

    /// Calls `body` with the bytes, which are valid during the call only.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: LLVMGetBufferStart(ref), count: count))
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// The bytes as text; what is not UTF-8 is replaced.
    public var text: String { withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }

    /// Writes the bytes to `path`, replacing what is there. Throws: `.file`; the file may then be incomplete.
    public func write(toFile path: String) throws(LLVMError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw LLVMError(.file, "cannot create \(path): \(errnoText())") }
        var failure = writeAll(to: descriptor)
        if close(descriptor) != 0, failure == nil { failure = errnoText() }
        if let failure { throw LLVMError(.file, "cannot write \(path): \(failure)") }
    }

    /// Returns the reason of a failure, or nil.
    private func writeAll(to descriptor: Int32) -> String? {
        withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errnoText()
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
            return nil
        }
    }
}

private func errnoText() -> String { String(cString: strerror(errno)) }
