import CLLVM

/// The kind of an enum, integer or type attribute, by LLVM's name.
public struct AttributeKind: Hashable, Sendable {
    let id: UInt32

    /// nil when LLVM has no attribute of that name.
    public init?(name: String) {
        let id = withUTF8(name) { LLVMGetEnumAttributeKindForName($0, $1) }
        guard id != 0 else { return nil }
        self.id = id
    }

    private init(known name: String) {
        guard let kind = AttributeKind(name: name) else { preconditionFailure("LLVM has no attribute \(name)") }
        self = kind
    }

    public static let align = AttributeKind(known: "align")
    public static let cold = AttributeKind(known: "cold")
    public static let memory = AttributeKind(known: "memory")
    public static let minSize = AttributeKind(known: "minsize")
    public static let noAlias = AttributeKind(known: "noalias")
    public static let noImplicitFloat = AttributeKind(known: "noimplicitfloat")
    public static let noInline = AttributeKind(known: "noinline")
    public static let noReturn = AttributeKind(known: "noreturn")
    public static let noUnwind = AttributeKind(known: "nounwind")
    public static let optNone = AttributeKind(known: "optnone")
    public static let optSize = AttributeKind(known: "optsize")
    public static let signExt = AttributeKind(known: "signext")
    public static let structReturn = AttributeKind(known: "sret")
    public static let willReturn = AttributeKind(known: "willreturn")
    public static let zeroExt = AttributeKind(known: "zeroext")
}

/// What a function may do to memory, the value of attribute `memory`: two bits (read, write) per location.
public struct MemoryEffects: OptionSet, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Memory behind pointer arguments.
    public static let readArguments = MemoryEffects(rawValue: 1 << 0)
    /// Memory that no IR of the module can reach.
    public static let readInaccessible = MemoryEffects(rawValue: 1 << 2)
    public static let writeInaccessible = MemoryEffects(rawValue: 1 << 3)
    public static let readErrno = MemoryEffects(rawValue: 1 << 4)
    /// Everything that the locations above do not name.
    public static let readOther = MemoryEffects(rawValue: 1 << 6)
    /// Target-specific state; part of "any memory".
    static let readTarget = MemoryEffects(rawValue: 1 << 8 | 1 << 10)

    /// No access at all.
    public static let none: MemoryEffects = []
    /// Reads anything, writes nothing.
    public static let readOnly: MemoryEffects = [
        .readArguments, .readInaccessible, .readErrno, .readOther, .readTarget,
    ]
}

/// A function, return or parameter attribute. Lives in its context.
@frozen
public struct Attribute: IRReference {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }
}

/// What an attribute is attached to.
public enum AttributePlace: Equatable, Sendable {
    case function
    case returnValue
    /// A parameter, counted from 0.
    case parameter(Int)

    var index: LLVMAttributeIndex {
        switch self {
        case .function: LLVMAttributeIndex.max
        case .returnValue: 0
        case .parameter(let index): LLVMAttributeIndex(index) + 1
        }
    }
}

extension LLVMContext {
    /// An enum attribute, or an integer attribute with its value.
    public func attribute(_ kind: AttributeKind, _ value: UInt64 = 0) -> Attribute {
        Attribute(LLVMCreateEnumAttribute(ref, kind.id, value))
    }

    /// An attribute that carries a type, such as `sret`.
    public func attribute(_ kind: AttributeKind, type: IRType) -> Attribute {
        Attribute(LLVMCreateTypeAttribute(ref, kind.id, type.ref))
    }

    /// Attribute `memory`.
    public func attribute(memory effects: MemoryEffects) -> Attribute {
        attribute(.memory, effects.rawValue)
    }

    /// A string attribute, such as "probe-stack"="inline-asm".
    public func attribute(_ key: String, _ value: String = "") -> Attribute {
        withUTF8(key) { key, keyLength in
            withUTF8(value) { value, valueLength in
                Attribute(LLVMCreateStringAttribute(ref, key, UInt32(keyLength), value, UInt32(valueLength)))
            }
        }
    }
}

extension IRFunction {
    public func addAttribute(_ attribute: Attribute, at place: AttributePlace = .function) {
        LLVMAddAttributeAtIndex(ref, place.index, attribute.ref)
    }

    public func hasAttribute(_ kind: AttributeKind, at place: AttributePlace = .function) -> Bool {
        LLVMGetEnumAttributeAtIndex(ref, place.index, kind.id) != nil
    }

    public func removeAttribute(_ kind: AttributeKind, at place: AttributePlace = .function) {
        LLVMRemoveEnumAttributeAtIndex(ref, place.index, kind.id)
    }
}

extension IRValue {
}
