// How an execution can fail. Traps are values; nothing here crashes the process.

import Diagnostics
import WasmInstructionTable

extension TrapKind {
    /// The spec's phrase, as in `traps.def`; scripts compare their expectation with its beginning.
    public var phrase: String {
        switch self {
        case .unreachable: "unreachable"
        case .integerDivideByZero: "integer divide by zero"
        case .integerOverflow: "integer overflow"
        case .invalidConversionToInteger: "invalid conversion to integer"
        case .outOfBoundsMemoryAccess: "out of bounds memory access"
        case .outOfBoundsTableAccess: "out of bounds table access"
        case .undefinedElement: "undefined element"
        case .uninitializedElement: "uninitialized element"
        case .indirectCallTypeMismatch: "indirect call type mismatch"
        case .callStackExhausted: "call stack exhausted"
        case .unalignedAtomic: "unaligned atomic"
        case .expectedSharedMemory: "expected shared memory"
        case .nullReference: "null reference"
        case .nullFunctionReference: "null function reference"
        case .nullStructureReference: "null structure reference"
        case .nullArrayReference: "null array reference"
        case .nullI31Reference: "null i31 reference"
        case .nullExceptionReference: "null exception reference"
        case .outOfBoundsArrayAccess: "out of bounds array access"
        case .castFailure: "cast failure"
        case .unhandledException: "unhandled exception"
        case .outOfMemory: "out of memory"
        }
    }
}

/// A place in guest code.
public struct CodePlace: Hashable, Sendable {
    /// The function's index in its module.
    public var function: UInt32
    /// The module offset of the instruction.
    public var offset: Int
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

/// Why instantiation or an invocation did not give a result.
public enum ExecutionError: Error {
    /// A link error, or something this interpreter refuses.
    case diagnostic(Diagnostic)
    case trap(Trap)
    /// An exception that nothing in the guest caught.
    case exception(HeapReference)
    /// The store's fuel is used up.
    case outOfFuel
    /// What a host function has thrown.
    case host(any Error)
}
