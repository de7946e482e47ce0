// How an execution can fail. Traps are values; nothing here crashes the process.

import Diagnostics
import WasmInstructionTable

/// A place in guest code.
public struct CodePlace: Hashable, Sendable {
    /// The function's index in its module.
    public var function: UInt32
    /// The module offset of the instruction.
    public var offset: Int

    public init(function: UInt32, offset: Int) {
        self.function = function
        self.offset = offset
    }
}

/// An execution that the guest's own doing has ended.
public struct Trap: Error, Hashable, Sendable {
    public var kind: TrapKind
    /// The phrase, or what makes it more precise, e.g. `uninitialized element 3`.
    public var message: String
    /// Where it happened, innermost call first; at most `backtraceLimit` places. Empty for a trap of a host call.
    public var backtrace: [CodePlace]

    public static let backtraceLimit = 64

    public init(_ kind: TrapKind, message: String? = nil, backtrace: [CodePlace] = []) {
        self.kind = kind
        self.message = message ?? kind.phrase
        self.backtrace = backtrace
    }
}

/// An exception that nothing in the guest caught.
public struct UncaughtException: Sendable {
    public var reference: HeapReference
    /// Where it was thrown, innermost call first, as of a trap. Empty for one of a host function.
    public var backtrace: [CodePlace]

    /// Its tag and values. They live as long as the store.
    public var contents: (tag: TagInstance, values: [Value]) { reference.store.contents(of: reference) }

    public init(_ reference: HeapReference, backtrace: [CodePlace] = []) {
        self.reference = reference
        self.backtrace = backtrace
    }
}

/// Why instantiation or an invocation did not give a result.
public enum ExecutionError: Error {
    /// A link error, or something this interpreter refuses.
    case diagnostic(Diagnostic)
    case trap(Trap)
    /// An exception that nothing in the guest caught.
    case exception(UncaughtException)
    /// The store's fuel is used up.
    case outOfFuel
    /// What a host function has thrown.
    case host(any Error)
}
