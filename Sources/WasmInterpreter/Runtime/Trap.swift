// How an execution can fail. Traps are values; nothing here crashes the process.

import Diagnostics
import WasmInstructionTable

/// A call in guest code.
public struct CodePlace: Hashable, Sendable {
    /// The number of the instance in the store, in the order of instantiation.
    public var instance: Int
    /// The function's index in its module.
    public var function: UInt32
    /// The module offset of the instruction.
    public var offset: Int
    /// How many calls more of the same place follow.
    public var repetitions = 0
    /// How many calls before this one are left out.
    public var omitted = 0

    public init(instance: Int = 0, function: UInt32, offset: Int) {
        self.instance = instance
        self.function = function
        self.offset = offset
    }

    func isSamePlace(as other: CodePlace) -> Bool {
        instance == other.instance && function == other.function && offset == other.offset
    }
}

/// A word that all stores of a program may look at.
public struct InterruptionCell: @unchecked Sendable {
    public let address: UnsafeMutablePointer<UInt64>

    public init(_ address: UnsafeMutablePointer<UInt64>) { self.address = address }
}

/// An execution that the guest's own doing has ended.
public struct Trap: Error, Hashable, Sendable {
    public var kind: TrapKind
    /// The phrase, or what makes it more precise, e.g. `uninitialized element 3`.
    public var message: String
    /// Where it happened, innermost call first. Of a deep stack, `firstPlaces` and `lastPlaces`.
    public var backtrace: [CodePlace]

    /// As many as compiled programs show (runtime-c/src/trap_place.h).
    public static let firstPlaces = 100
    public static let lastPlaces = 20

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
