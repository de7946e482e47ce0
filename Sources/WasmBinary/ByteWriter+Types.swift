// Types in the binary format. Spec: https://webassembly.github.io/spec/core/binary/types.html

import WasmSpec

extension ByteWriter {
    public mutating func valueType(_ type: ValueType) {
        switch type {
        case .i32: byte(0x7F)
        case .i64: byte(0x7E)
        case .f32: byte(0x7D)
        case .f64: byte(0x7C)
        case .v128: byte(0x7B)
        case .reference(let type): referenceType(type)
        }
    }

    /// Nullable abstract types have a short form of one byte.
    public mutating func referenceType(_ type: ReferenceType) {
        if type.isNullable, case .abstract(let abstract) = type.heapType {
            byte(abstract.rawValue)
        } else {
            byte(type.isNullable ? 0x63 : 0x64)
            heapType(type.heapType)
        }
    }

    public mutating func heapType(_ type: HeapType) {
        switch type {
        case .abstract(let abstract): byte(abstract.rawValue)
        case .concrete(let index): s64(Int64(index.rawValue))
        }
    }

    public mutating func blockType(_ type: BlockType) {
        switch type {
        case .empty: byte(0x40)
        case .result(let result): valueType(result)
        case .type(let index): s64(Int64(index.rawValue))
        }
    }

    public mutating func fieldType(_ field: FieldType) {
        switch field.storage {
        case .i8: byte(0x78)
        case .i16: byte(0x77)
        case .value(let type): valueType(type)
        }
        byte(field.isMutable ? 1 : 0)
    }

    public mutating func compositeType(_ type: CompositeType) {
        switch type {
        case .function(let function):
            byte(0x60)
            vector(function.parameters) { $0.valueType($1) }
            vector(function.results) { $0.valueType($1) }
        case .structure(let fields):
            byte(0x5F)
            vector(fields) { $0.fieldType($1) }
        case .array(let field):
            byte(0x5E)
            fieldType(field)
        }
    }

    /// A final type without supertypes is its composite type alone.
    public mutating func subType(_ type: SubType) {
        if !type.isFinal || !type.supertypes.isEmpty {
            byte(type.isFinal ? 0x4F : 0x50)
            vector(type.supertypes) { $0.index($1) }
        }
        compositeType(type.composite)
    }

    /// A type on its own is a group of one and needs no frame.
    public mutating func recursiveGroup(_ types: some Collection<SubType>) {
        if types.count != 1 {
            byte(0x4E)
            length(types.count)
        }
        for type in types { subType(type) }
    }

    /// Bit 0 of the flags is set for a maximum; `flags` are the others.
    private mutating func limits(_ limits: Limits, flags: UInt8) {
        byte(flags | (limits.maximum == nil ? 0 : 1))
        u64(limits.minimum)
        if let maximum = limits.maximum { u64(maximum) }
    }

    public mutating func memoryType(_ type: MemoryType) {
        var flags: UInt8 = type.isShared ? 2 : 0
        if type.addressType == .i64 { flags |= 4 }
        if type.pageSizeLog2 != 16 { flags |= 8 }
        limits(type.limits, flags: flags)
        if type.pageSizeLog2 != 16 { u32(type.pageSizeLog2) }
    }

    public mutating func tableType(_ type: TableType) {
        referenceType(type.element)
        limits(type.limits, flags: type.addressType == .i64 ? 4 : 0)
    }

    public mutating func globalType(_ type: GlobalType) {
        valueType(type.value)
        byte(type.isMutable ? 1 : 0)
    }

    public mutating func tagType(_ type: TypeIndex) {
        byte(0)
        index(type)
    }
}
