import CLLVM

/// An error that LLVM reported.
///
/// All of them but `.target` mean that the compiler handed LLVM something wrong, not that the user's module is at fault.
public struct LLVMError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What LLVM was doing.
    public enum Kind: String, Equatable, Sendable {
        /// A module or function is not well formed.
        case verification
        /// Textual or binary IR could not be read.
        case parse
        /// A pass pipeline is malformed or a pass failed.
        case passes
        /// The triple is unknown, or no code generator for it is linked in.
        case target
        /// Code generation failed, or LLVM reported an error while it ran.
        case emission
        /// An object file could not be read.
        case object
    }

    public let kind: Kind
    /// LLVM's message, without a trailing newline.
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = trimmingTrailingNewlines(message)
    }

    public var description: String { "LLVM: \(kind.rawValue): \(message)" }
}

/// Takes over a message that has to be freed with `LLVMDisposeMessage`; "" when there is none.
func takeMessage(_ message: UnsafeMutablePointer<CChar>?) -> String {
    guard let message else { return "" }
    defer { LLVMDisposeMessage(message) }
    return String(cString: message)
}

/// Consumes an `LLVMErrorRef` that is known to be a failure.
func takeError(_ error: LLVMErrorRef) -> String {
    guard let message = LLVMGetErrorMessage(error) else { return "" }
    defer { LLVMDisposeErrorMessage(message) }
    return String(cString: message)
}

private func trimmingTrailingNewlines(_ text: String) -> String {
    var slice = Substring(text)
    while let last = slice.last, last.isNewline { slice.removeLast() }
    return String(slice)
}
