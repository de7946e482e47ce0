// How structures and arrays lie in the garbage-collected heap (abi.h, "The garbage-collected heap").

import CWasmcABI
import WasmSpec

/// The layout of a structure or array type.
struct ObjectLayout: Sendable {
    /// Of a structure, header included; of an array's element.
    let sizeBytes: UInt32
    /// Where each field of a structure lies; empty for arrays. A subtype begins with its supertype's fields and so has
    /// them at the same places.
    let fieldOffsets: [UInt32]
    /// Where the fields lie that refer to the heap.
    let referenceOffsets: [UInt32]
    let kind: wasmc_gc_kind

    private static let headerBytes: UInt32 = 4

    /// The layout of a type of a module; function types have none.
    ///
    /// - Parameter isTraced: whether a reference of that type may refer to the heap.
    init?(_ type: CompositeType, isTraced: (ReferenceType) -> Bool) {
        switch type {
        case .function: return nil
        case .array(let element): self.init(elements: element.storage, isTraced)
        case .structure(let fields): self.init(fields.map(\.storage), isTraced)
        }
    }

    private init(elements storage: StorageType, _ isTraced: (ReferenceType) -> Bool) {
        sizeBytes = storage.sizeBytes
        fieldOffsets = []
        referenceOffsets = []
        kind = Self.isTraced(storage, isTraced) ? WASMC_GC_REFERENCES : WASMC_GC_ARRAY
    }

    /// The layout of an exception with these values.
    init(values: [ValueType], isTraced: (ReferenceType) -> Bool) { self.init(values.map { .value($0) }, isTraced) }

    private init(_ fields: [StorageType], _ isTraced: (ReferenceType) -> Bool) {
        var end = Self.headerBytes
        var offsets: [UInt32] = []
        var references: [UInt32] = []
        offsets.reserveCapacity(fields.count)
        for storage in fields {
            let size = storage.sizeBytes
            let alignment = min(size, 8)
            end = (end + alignment - 1) & ~(alignment - 1)
            offsets.append(end)
            if Self.isTraced(storage, isTraced) { references.append(end) }
            end += size
        }
        sizeBytes = end
        fieldOffsets = offsets
        referenceOffsets = references
        kind = WASMC_GC_STRUCT
    }

    private static func isTraced(_ storage: StorageType, _ isTraced: (ReferenceType) -> Bool) -> Bool {
        if case .value(.reference(let type)) = storage { return isTraced(type) }
        return false
    }
}

extension StorageType {
    /// In the heap.
    var sizeBytes: UInt32 {
        switch self {
        case .i8: 1
        case .i16: 2
        case .value(.i32), .value(.f32), .value(.reference): 4
        case .value(.i64), .value(.f64): 8
        case .value(.v128): 16
        }
    }
}
