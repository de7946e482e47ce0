// Objects of the garbage-collected heap: the one place where a reference becomes an address.
// How they lie is said in abi.h, "The garbage-collected heap".

import CWasmcABI
import LLVMBridge
import WasmSpec

/// What a field or element holds, as far as it matters to loads and stores.
enum HeapStorage: String {
    case i8, i16, i32, i64, f32, f64, v128, reference

    init(_ type: StorageType) {
        switch type {
        case .i8: self = .i8
        case .i16: self = .i16
        case .value(.i32): self = .i32
        case .value(.i64): self = .i64
        case .value(.f32): self = .f32
        case .value(.f64): self = .f64
        case .value(.v128): self = .v128
        case .value(.reference): self = .reference
        }
    }
}

extension FunctionLowering {
    /// The host address of an object. The heap lies below 4 GiB with nothing else there, and so much behind it is
    /// unmapped as an index of any array reaches: a damaged reference or length reaches only the heap.
    func objectAddress(_ reference: IRValue) -> IRValue {
        builder.intToPtr(builder.zext(reference, context.i64), context.ptr)
    }

    /// The type of an object, which is not null.
    func loadHeader(_ reference: IRValue) -> IRValue {
        let header = builder.load(context.i32, objectAddress(reference), alignment: 4, name: "header")
        tag(header, owner.aliasTags.header)
        return header
    }

    /// The length of an array, which is not null.
    func loadLength(_ reference: IRValue) -> IRValue {
        let address = builder.gep(objectAddress(reference), offset: Int64(WASMC_GC_LENGTH_OFFSET))
        let length = builder.load(context.i32, address, alignment: 4, name: "length")
        tag(length, owner.aliasTags.length)
        return length
    }

    /// The address of a field of a structure, which is not null.
    func fieldAddress(_ reference: IRValue, _ type: TypeIndex, _ field: Int) -> IRValue {
        let offset = layout(type).fieldOffsets[field]
        return builder.gep(objectAddress(reference), offset: Int64(offset))
    }

    /// The address of an element of an array, which has one there (i64).
    func elementAddress(_ reference: IRValue, _ type: TypeIndex, _ index: IRValue) -> IRValue {
        let bytes = UInt64(layout(type).sizeBytes)
        let first: Int64 = bytes == 16 ? 16 : 8
        let elements = builder.gep(objectAddress(reference), offset: first)
        return builder.gep(elements, offset: builder.mul(index, context.constI64(bytes), flags: [.nuw, .nsw]))
    }

    /// How objects of a structure or array type lie; validation guarantees that it is one.
    func layout(_ type: TypeIndex) -> ObjectLayout {
        guard let layout = instance.layouts[type.position] else {
            preconditionFailure("internal error: type \(type) has no layout")
        }
        return layout
    }

    func fieldTypes(_ type: TypeIndex) -> [FieldType] {
        switch module.module.types[type.position].composite {
        case .structure(let fields): fields
        case .array(let element): [element]
        case .function: []
        }
    }

    /// The type of what lies in the heap.
    func storedType(_ storage: StorageType) -> IRType {
        switch storage {
        case .i8: context.i8
        case .i16: context.i16
        case .value(let type): types.type(type)
        }
    }

    /// Reads a field or element; `isSigned` says how a packed one is extended.
    func loadStored(
        _ storage: StorageType, _ address: IRValue, _ contents: AliasTags.Contents, isSigned: Bool
    ) -> IRValue {
        let value = builder.load(storedType(storage), address, alignment: Int(min(storage.sizeBytes, 8)))
        tag(value, owner.aliasTags.contents(contents))
        guard storage.isPacked else { return value }
        return isSigned ? builder.sext(value, context.i32) : builder.zext(value, context.i32)
    }

    /// Writes a field or element; of a packed one, the low bits of the operand.
    func storeStored(
        _ value: IRValue, _ storage: StorageType, _ address: IRValue, _ contents: AliasTags.Contents
    ) {
        let stored = storage.isPacked ? builder.trunc(value, storedType(storage)) : value
        let store = builder.store(
            stored, address, alignment: Int(min(storage.sizeBytes, 8)), isVolatile: owner.isStateExact)
        tag(store, owner.aliasTags.contents(contents))
    }

    // MARK: References to functions

    /// The `wasmc_func_ref` of a reference. One that is none, from a heap that was damaged, is taken for null, which has
    /// no type and no code.
    func functionEntry(_ reference: IRValue) -> IRValue {
        let count = context.constI32(UInt32(owner.plan.referenceNumbers.count + 1))
        let isOne = builder.icmp(.ult, reference, count)
        let number = builder.select(isOne, reference, context.constI32(0))
        return builder.gep(
            types.functionReference, owner.storage.functionReferences(), [builder.zext(number, context.i64)])
    }

    /// Whether a type's number, i32 or i64, is that of a type or of one below it.
    func isBelow(_ number: IRValue, _ range: ClosedRange<UInt32>) -> IRValue {
        let first = number.type.constInt(UInt64(range.lowerBound))
        guard range.count > 1 else { return builder.icmp(.eq, number, first) }
        return builder.icmp(
            .ule, builder.sub(number, first), number.type.constInt(UInt64(range.upperBound - range.lowerBound)))
    }
}
