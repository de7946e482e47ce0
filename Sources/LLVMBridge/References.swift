import CLLVM

/// A structure whose only stored property is an LLVM reference, so that an array of it has the layout of a C
/// array of references and is passed without a copy.
public protocol IRReference: Hashable {
    var ref: OpaquePointer { get }
}

/// Calls `body` with the references of `elements` as C expects them. LLVM does not write through the pointer.
@inlinable
func withReferences<Element: IRReference, Result>(
    _ elements: [Element], _ body: (UnsafeMutablePointer<OpaquePointer?>?, Int) -> Result
) -> Result {
    elements.withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: OpaquePointer?.self) { rebound in
            body(UnsafeMutablePointer(mutating: rebound.baseAddress), rebound.count)
        }
    }
}

/// Calls `body` with the UTF-8 bytes of `text` and their number; the bytes may contain NUL.
func withUTF8<Result>(_ text: String, _ body: (UnsafePointer<CChar>?, Int) -> Result) -> Result {
    var text = text
    return text.withUTF8 { buffer in
        buffer.withMemoryRebound(to: CChar.self) { body($0.baseAddress, $0.count) }
    }
}

/// The string of a `const char *` with explicit length, which LLVM keeps owning.
func borrowedString(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    guard let start else { return "" }
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    return String(decoding: bytes, as: UTF8.self)
}

extension Bool {
    @inlinable
    init(_ value: LLVMBool) { self = value != 0 }
}

extension LLVMBool {
    @inlinable
    init(_ value: Bool) { self = value ? 1 : 0 }
}
