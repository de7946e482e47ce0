import CLLVM

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
}
