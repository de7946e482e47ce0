// Types of Wasm 3.0. Spec: https://webassembly.github.io/spec/core/syntax/types.html

/// A value type.
@frozen public enum ValueType: Hashable, Sendable {
    case i32, i64, f32, f64, v128
    case reference(ReferenceType)

    public static let funcref = ValueType.reference(.funcref)
    public static let externref = ValueType.reference(.externref)

    /// Whether a local of this type has a default value: all but non-nullable references.
    @inlinable public var isDefaultable: Bool {
        if case .reference(let type) = self { return type.isNullable }
        return true
    }

    @inlinable public var isReference: Bool {
        if case .reference = self { return true }
        return false
    }

    /// i32, i64, f32 or f64.
    @inlinable public var isNumber: Bool {
        switch self {
        case .i32, .i64, .f32, .f64: true
        case .v128, .reference: false
        }
    }
}

/// A reference type: a heap type and whether null belongs to it.
@frozen public struct ReferenceType: Hashable, Sendable {
    public var isNullable: Bool
    public var heapType: HeapType

    @inlinable public init(isNullable: Bool, _ heapType: HeapType) {
        self.isNullable = isNullable
        self.heapType = heapType
    }

    public static let funcref = ReferenceType(isNullable: true, .abstract(.func))
    public static let externref = ReferenceType(isNullable: true, .abstract(.extern))
    public static let exnref = ReferenceType(isNullable: true, .abstract(.exn))
}

/// A heap type: abstract, or a type of the module.
@frozen public enum HeapType: Hashable, Sendable {
    case abstract(AbstractHeapType)
    case concrete(TypeIndex)
}

/// The abstract heap types; the raw value is the byte of the binary format.
@frozen public enum AbstractHeapType: UInt8, CaseIterable, Sendable {
    case noexn = 0x74
    case nofunc = 0x73
    case noextern = 0x72
    case none = 0x71
    case `func` = 0x70
    case extern = 0x6F
    case any = 0x6E
    case eq = 0x6D
    case i31 = 0x6C
    case `struct` = 0x6B
    case array = 0x6A
    case exn = 0x69

    /// The text format's keyword.
    public var keyword: String {
        switch self {
        case .noexn: "noexn"
        case .nofunc: "nofunc"
        case .noextern: "noextern"
        case .none: "none"
        case .func: "func"
        case .extern: "extern"
        case .any: "any"
        case .eq: "eq"
        case .i31: "i31"
        case .struct: "struct"
        case .array: "array"
        case .exn: "exn"
        }
    }
}

/// A function type.
public struct FunctionType: Hashable, Sendable {
    public var parameters: [ValueType]
    public var results: [ValueType]

    public init(parameters: [ValueType], results: [ValueType]) {
        self.parameters = parameters
        self.results = results
    }
}

/// What a field or an array element holds.
@frozen public enum StorageType: Hashable, Sendable {
    case value(ValueType)
    case i8, i16

    /// The type on the operand stack.
    @inlinable public var unpacked: ValueType {
        switch self {
        case .value(let type): type
        case .i8, .i16: .i32
        }
    }

    @inlinable public var isPacked: Bool {
        switch self {
        case .value: false
        case .i8, .i16: true
        }
    }
}

/// A field of a structure, or the element of an array.
public struct FieldType: Hashable, Sendable {
    public var storage: StorageType
    public var isMutable: Bool

    public init(storage: StorageType, isMutable: Bool) {
        self.storage = storage
        self.isMutable = isMutable
    }
}

/// A composite type.
public enum CompositeType: Hashable, Sendable {
    case function(FunctionType)
    case structure([FieldType])
    case array(FieldType)
}

/// A type with its declared supertypes.
public struct SubType: Hashable, Sendable {
    public var isFinal: Bool
    /// At most one in valid modules.
    public var supertypes: [TypeIndex]
    public var composite: CompositeType

    public init(isFinal: Bool = true, supertypes: [TypeIndex] = [], _ composite: CompositeType) {
        self.isFinal = isFinal
        self.supertypes = supertypes
        self.composite = composite
    }
}

/// Minimum and maximum: pages for a memory, elements for a table.
public struct Limits: Hashable, Sendable {
    public var minimum: UInt64
    public var maximum: UInt64?

    public init(minimum: UInt64, maximum: UInt64? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// The type of a memory's or table's addresses.
@frozen public enum AddressType: Hashable, Sendable {
    case i32, i64

    @inlinable public var valueType: ValueType { self == .i32 ? .i32 : .i64 }
}

/// A memory type.
public struct MemoryType: Hashable, Sendable {
    public var addressType: AddressType
    /// In pages of `1 << pageSizeLog2` bytes.
    public var limits: Limits
    public var isShared: Bool
    /// 16, or 0 with custom page sizes.
    public var pageSizeLog2: UInt32

    public init(addressType: AddressType, limits: Limits, isShared: Bool = false, pageSizeLog2: UInt32 = 16) {
        self.addressType = addressType
        self.limits = limits
        self.isShared = isShared
        self.pageSizeLog2 = pageSizeLog2
    }
}

/// A table type.
public struct TableType: Hashable, Sendable {
    public var addressType: AddressType
    public var limits: Limits
    public var element: ReferenceType

    public init(addressType: AddressType, limits: Limits, element: ReferenceType) {
        self.addressType = addressType
        self.limits = limits
        self.element = element
    }
}

/// A global's type.
public struct GlobalType: Hashable, Sendable {
    public var value: ValueType
    public var isMutable: Bool

    public init(value: ValueType, isMutable: Bool) {
        self.value = value
        self.isMutable = isMutable
    }
}

/// The type of a block: no parameters and at most one result, or a function type.
@frozen public enum BlockType: Hashable, Sendable {
    case empty
    case result(ValueType)
    case type(TypeIndex)
}
