// Types on the operand stack, in one word each: comparing and copying them is what the validator does most.

import WasmSpec

/// A value type, or the bottom type of unreachable code, or a reference to the bottom heap type.
///
/// Concrete types keep the index they were written with; matching looks at the canonical type.
struct StackType: Equatable, Sendable {
    let rawValue: UInt32

    private static let referenceBit: UInt32 = 1 << 31
    private static let nullableBit: UInt32 = 1 << 30
    private static let concreteBit: UInt32 = 1 << 29
    /// Type indices fit: `ImplementationLimits.types` is below.
    private static let payloadMask: UInt32 = concreteBit - 1

    private init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Matches every type.
    static let bottom = StackType(rawValue: 0)
    static let i32 = StackType(rawValue: 0x7F)
    static let i64 = StackType(rawValue: 0x7E)
    static let f32 = StackType(rawValue: 0x7D)
    static let f64 = StackType(rawValue: 0x7C)
    static let v128 = StackType(rawValue: 0x7B)
    /// A reference of which nothing is known: unreachable code has one.
    static let bottomReference = StackType(rawValue: referenceBit)

    init(_ type: ValueType) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        case .reference(let type): self.init(type)
        }
    }

    init(_ type: ReferenceType) {
        let nullable = type.isNullable ? Self.nullableBit : 0
        switch type.heapType {
        case .abstract(let abstract): rawValue = Self.referenceBit | nullable | UInt32(abstract.rawValue)
        case .concrete(let index): rawValue = Self.referenceBit | nullable | Self.concreteBit | index.rawValue
        }
    }

    /// A reference to `heapType`.
    init(isNullable: Bool, _ heapType: HeapType) { self.init(ReferenceType(isNullable: isNullable, heapType)) }

    /// A reference to an abstract heap type.
    init(isNullable: Bool, _ heapType: AbstractHeapType) { self.init(isNullable: isNullable, .abstract(heapType)) }

    /// A reference to a type of the module.
    init(isNullable: Bool, _ type: TypeIndex) { self.init(isNullable: isNullable, .concrete(type)) }

    /// An address of a memory or table.
    init(_ type: AddressType) { self = type == .i32 ? .i32 : .i64 }

    var isBottom: Bool { rawValue == 0 }
    var isReference: Bool { rawValue & Self.referenceBit != 0 }
    var isNullable: Bool { rawValue & Self.nullableBit != 0 }

    /// What `select` without a type may choose between.
    var isNumberOrVector: Bool { !isReference && !isBottom }

    /// Whether a local of this type need not be set before it is read.
    var isDefaultable: Bool { !isReference || isNullable }

    /// Of a reference; nil for the bottom heap type.
    var heapType: HeapType? {
        let payload = rawValue & Self.payloadMask
        if rawValue & Self.concreteBit != 0 { return .concrete(TypeIndex(rawValue: payload)) }
        return AbstractHeapType(rawValue: UInt8(truncatingIfNeeded: payload)).map { .abstract($0) }
    }

    /// The reference type without null.
    var nonNull: StackType { StackType(rawValue: rawValue & ~Self.nullableBit) }

    /// The reference type with null; the bottom reference stays what it is.
    var nullable: StackType { self == .bottomReference ? self : StackType(rawValue: rawValue | Self.nullableBit) }
}

extension StackType: CustomStringConvertible {
    var description: String {
        switch self {
        case .bottom: return "bot"
        case .i32: return "i32"
        case .i64: return "i64"
        case .f32: return "f32"
        case .f64: return "f64"
        case .v128: return "v128"
        default:
            guard let heapType else { return "(ref bot)" }
            return ReferenceType(isNullable: isNullable, heapType).description
        }
    }
}

extension TypeMatcher {
    /// Whether a value of `type` can be used where `supertype` is expected.
    @inline(__always) func matches(_ type: StackType, _ supertype: StackType) -> Bool {
        type == supertype || type.isBottom || matchesReference(type, supertype)
    }

    @inline(never) private func matchesReference(_ type: StackType, _ supertype: StackType) -> Bool {
        guard type.isReference, supertype.isReference, !type.isNullable || supertype.isNullable else { return false }
        guard let heapType = type.heapType else { return true }
        guard let superHeapType = supertype.heapType else { return false }
        return isSubtype(heapType, of: superHeapType)
    }
}

/// A list of types of the context's pool, or a single one, or none: a block's or a function's.
struct TypeList: Sendable {
    /// Where the list begins in the pool; unused with a single type.
    let start: UInt32
    private let countAndFlag: UInt32
    /// The type if the list does not lie in the pool.
    let single: StackType

    private static let singleFlag: UInt32 = 1 << 31

    static let empty = TypeList(start: 0, count: 0)

    init(start: UInt32, count: UInt32) {
        self.start = start
        self.countAndFlag = count
        self.single = .bottom
    }

    init(_ type: StackType) {
        start = 0
        countAndFlag = Self.singleFlag | 1
        single = type
    }

    var count: Int { Int(countAndFlag & ~Self.singleFlag) }
    var isSingle: Bool { countAndFlag & Self.singleFlag != 0 }
    var isEmpty: Bool { countAndFlag == 0 }

    /// The list without its last type. Not for empty lists.
    var dropLast: TypeList {
        isSingle ? .empty : TypeList(start: start, count: countAndFlag - 1)
    }
}
