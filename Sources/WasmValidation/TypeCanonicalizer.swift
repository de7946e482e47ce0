// Iso-recursive type equivalence: two types are equivalent when their recursive groups are equal up to the
// names of types. Each distinct group is kept once (hash-consing), so that equivalence is equality of numbers.
// Spec: https://webassembly.github.io/spec/core/valid/conventions.html#rolling-and-unrolling

import WasmSpec

/// What a canonical type is; concrete heap types below `func`, `struct` or `array`.
public enum CompositeKind: UInt8, Sendable {
    case function, structure, array
}

/// Gives equal numbers to equivalent types, also of different modules when they share one canonicalizer.
public struct TypeCanonicalizer: Sendable {
    /// No declared supertype.
    private static let noType = UInt32.max

    /// The first canonical number of each group seen, by the group's rolled-up encoding.
    private var groups: [[UInt32]: UInt32] = [:]
    /// By canonical number: the declared supertype or `noType`, its distance from the root, and the kind.
    private var parents: [UInt32] = []
    private var depths: [UInt32] = []
    private var kinds: [CompositeKind] = []

    public init() {}

    /// Canonical types known so far.
    public var count: Int { kinds.count }

    /// Canonical numbers of all types of `module`, by type index.
    public mutating func canonicalize(_ module: ValidatedModule) -> [UInt32] {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(module.module.types.count)
        for group in module.module.recursiveGroups { append(group, of: module.module.types, to: &numbers) }
        return numbers
    }

    /// The canonical number of a final function type that refers to no defined type: what a host function has.
    public mutating func canonicalize(_ type: FunctionType) -> UInt32 {
        var numbers: [UInt32] = []
        append(0..<1, of: [SubType(.function(type))], to: &numbers)
        return numbers[0]
    }

    /// Appends the canonical numbers of the group at `range`, whose types refer to types before the group's
    /// end and whose supertypes precede them. `numbers` holds those of all types before the group.
    mutating func append(_ range: Range<Int>, of types: [SubType], to numbers: inout [UInt32]) {
        var key: [UInt32] = []
        for type in types[range] { roll(type, start: range.lowerBound, numbers, into: &key) }
        let next = UInt32(kinds.count)
        let first = groups[key, default: next]
        if first == next {
            groups[key] = first
            for type in types[range] { define(type, first: first, start: range.lowerBound, numbers) }
        }
        for position in 0..<UInt32(range.count) { numbers.append(first + position) }
    }

    public func kind(_ type: UInt32) -> CompositeKind { kinds[Int(type)] }

    /// The declared supertype of a canonical type.
    public func supertype(of type: UInt32) -> UInt32? {
        let parent = parents[Int(type)]
        return parent == Self.noType ? nil : parent
    }

    /// The number of declared supertypes above `type`.
    public func depth(_ type: UInt32) -> Int { Int(depths[Int(type)]) }

    /// Whether one canonical type is declared, in any number of steps, below another.
    public func isSubtype(_ type: UInt32, of supertype: UInt32) -> Bool {
        if type == supertype { return true }
        let target = depths[Int(supertype)]
        var current = type
        while depths[Int(current)] > target { current = parents[Int(current)] }
        return current == supertype
    }

    private mutating func define(_ type: SubType, first: UInt32, start: Int, _ numbers: [UInt32]) {
        if let supertype = type.supertypes.first {
            let isInner = supertype.position >= start
            let parent = isInner ? first + UInt32(supertype.position - start) : numbers[supertype.position]
            parents.append(parent)
            depths.append(depths[Int(parent)] + 1)
        } else {
            parents.append(Self.noType)
            depths.append(0)
        }
        kinds.append(type.composite.kind)
    }

    // MARK: Rolled-up encoding

    // Words of a group: every list is preceded by its length, so that equal words mean equal groups.

    private func roll(_ type: SubType, start: Int, _ numbers: [UInt32], into key: inout [UInt32]) {
        key.append(type.isFinal ? 1 : 0)
        key.append(UInt32(type.supertypes.count))
        for supertype in type.supertypes { roll(supertype, start, numbers, into: &key) }
        switch type.composite {
        case .function(let function):
            key.append(0)
            key.append(UInt32(function.parameters.count))
            for parameter in function.parameters { roll(parameter, start, numbers, into: &key) }
            key.append(UInt32(function.results.count))
            for result in function.results { roll(result, start, numbers, into: &key) }
        case .structure(let fields):
            key.append(1)
            key.append(UInt32(fields.count))
            for field in fields { roll(field, start, numbers, into: &key) }
        case .array(let field):
            key.append(2)
            roll(field, start, numbers, into: &key)
        }
    }

    private func roll(_ field: FieldType, _ start: Int, _ numbers: [UInt32], into key: inout [UInt32]) {
        key.append(field.isMutable ? 1 : 0)
        switch field.storage {
        case .i8: key.append(0x78)
        case .i16: key.append(0x77)
        case .value(let type): roll(type, start, numbers, into: &key)
        }
    }

    private func roll(_ type: ValueType, _ start: Int, _ numbers: [UInt32], into key: inout [UInt32]) {
        switch type {
        case .i32: key.append(0x7F)
        case .i64: key.append(0x7E)
        case .f32: key.append(0x7D)
        case .f64: key.append(0x7C)
        case .v128: key.append(0x7B)
        case .reference(let reference):
            key.append(reference.isNullable ? 0x63 : 0x64)
            switch reference.heapType {
            case .abstract(let type): key.append(UInt32(type.rawValue))
            case .concrete(let index): roll(index, start, numbers, into: &key)
            }
        }
    }

    /// A type of the group itself by its place in the group, any other by its canonical number.
    private func roll(_ index: TypeIndex, _ start: Int, _ numbers: [UInt32], into key: inout [UInt32]) {
        let isInner = index.position >= start
        key.append(isInner ? 0x100 : 0x101)
        key.append(isInner ? UInt32(index.position - start) : numbers[index.position])
    }
}

extension CompositeType {
    var kind: CompositeKind {
        switch self {
        case .function: .function
        case .structure: .structure
        case .array: .array
        }
    }
}
