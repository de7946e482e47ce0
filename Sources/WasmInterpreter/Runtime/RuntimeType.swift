// Types at run time. Types of all modules of a store that are equivalent share one `RuntimeType`, so that
// equality of addresses is equivalence.

import WasmSpec
import WasmValidation

/// A defined type as casts, indirect calls and the heap need it.
struct RuntimeType {
    /// The canonical number in the store.
    let number: UInt32
    /// The number of declared supertypes above this type.
    let depth: UInt32
    let kind: CompositeKind
    /// All supertypes from the root to this type itself, `depth + 1` of them.
    let ancestors: UnsafeMutablePointer<UnsafeMutablePointer<RuntimeType>>
    let layout: HeapLayout

    /// Whether this type is `supertype` or declared below it.
    func isSubtype(of supertype: UnsafeMutablePointer<RuntimeType>) -> Bool {
        let target = supertype.pointee.depth
        return target <= depth && ancestors[Int(target)] == supertype
    }
}

/// How objects of a type lie in the heap, behind their header.
struct HeapLayout {
    /// Of a structure: all fields. Of an array: one element, a power of two.
    let bytes: UInt32
    /// Of a structure: where its fields lie, by field index.
    let fieldOffsets: UnsafeMutablePointer<UInt32>?
    /// Which 8-byte words of a structure hold references; of an array, whether its elements are any.
    let referenceOffsets: UnsafeMutableBufferPointer<UInt32>
    let elementsAreReferences: Bool

    /// Of functions, which have none.
    static var none: HeapLayout {
        HeapLayout(
            bytes: 0, fieldOffsets: nil, referenceOffsets: UnsafeMutableBufferPointer(start: nil, count: 0),
            elementsAreReferences: false)
    }

    /// Fields of 8 bytes each, a v128 of 16.
    static func structure(_ fields: [StorageType]) -> HeapLayout {
        let offsets = UnsafeMutablePointer<UInt32>.allocate(capacity: max(fields.count, 1))
        var references: [UInt32] = []
        var bytes: UInt32 = 0
        for (index, field) in fields.enumerated() {
            offsets[index] = bytes
            if field.isReference { references.append(bytes) }
            bytes += field.unpacked == .v128 ? 16 : 8
        }
        let buffer = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: references.count)
        _ = buffer.initialize(from: references)
        return HeapLayout(
            bytes: bytes, fieldOffsets: offsets, referenceOffsets: buffer, elementsAreReferences: false)
    }

    /// Elements of their own size, side by side.
    static func array(_ element: StorageType) -> HeapLayout {
        HeapLayout(
            bytes: UInt32(element.bytes), fieldOffsets: nil,
            referenceOffsets: UnsafeMutableBufferPointer(start: nil, count: 0),
            elementsAreReferences: element.isReference)
    }

    func deallocate() {
        fieldOffsets?.deallocate()
        referenceOffsets.deallocate()
    }
}

extension StorageType {
    var isReference: Bool { unpacked.isReference }

    /// Bytes in an array and in data segments.
    var bytes: Int {
        switch self {
        case .i8: 1
        case .i16: 2
        case .value(.i32), .value(.f32): 4
        case .value(.i64), .value(.f64), .value(.reference): 8
        case .value(.v128): 16
        }
    }
}

/// The runtime types of a store.
struct RuntimeTypes: ~Copyable {
    private(set) var canonicalizer = TypeCanonicalizer()
    /// By canonical number.
    private var types: [UnsafeMutablePointer<RuntimeType>] = []

    /// The types of `module`, by type index.
    mutating func add(_ module: ValidatedModule) -> [UnsafeMutablePointer<RuntimeType>] {
        let numbers = canonicalizer.canonicalize(module)
        for (index, number) in numbers.enumerated() where Int(number) >= types.count {
            // New numbers are consecutive, and a supertype's is smaller.
            let type = module.module.types[index]
            let parent = type.supertypes.first.map { types[Int(numbers[$0.position])] }
            types.append(Self.make(number, type.composite, parent))
        }
        return numbers.map { types[Int($0)] }
    }

    /// The type of a host function.
    mutating func add(_ signature: FunctionType) -> UnsafeMutablePointer<RuntimeType> {
        let number = canonicalizer.canonicalize(signature)
        if Int(number) == types.count { types.append(Self.make(number, .function(signature), nil)) }
        return types[Int(number)]
    }

    private static func make(
        _ number: UInt32, _ composite: CompositeType, _ parent: UnsafeMutablePointer<RuntimeType>?
    ) -> UnsafeMutablePointer<RuntimeType> {
        let depth = parent.map { $0.pointee.depth + 1 } ?? 0
        let ancestors = UnsafeMutablePointer<UnsafeMutablePointer<RuntimeType>>.allocate(capacity: Int(depth) + 1)
        let result = UnsafeMutablePointer<RuntimeType>.allocate(capacity: 1)
        if let parent { ancestors.initialize(from: parent.pointee.ancestors, count: Int(depth)) }
        (ancestors + Int(depth)).initialize(to: result)
        let (kind, layout): (CompositeKind, HeapLayout) =
            switch composite {
            case .function: (.function, .none)
            case .structure(let fields): (.structure, .structure(fields.map(\.storage)))
            case .array(let field): (.array, .array(field.storage))
            }
        result.initialize(
            to: RuntimeType(number: number, depth: depth, kind: kind, ancestors: ancestors, layout: layout))
        return result
    }

    deinit {
        for type in types {
            type.pointee.layout.deallocate()
            type.pointee.ancestors.deallocate()
            type.deallocate()
        }
    }
}
