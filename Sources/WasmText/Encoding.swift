// The binary format's building blocks, appended to byte arrays.
// Spec: https://webassembly.github.io/spec/core/binary/values.html

import WasmSpec

extension Array<UInt8> {
    /// Unsigned LEB128 in as few bytes as possible.
    mutating func appendUnsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    mutating func appendUnsigned(_ value: UInt32) { appendUnsigned(UInt64(value)) }
    mutating func appendCount(_ count: Int) { appendUnsigned(UInt64(count)) }

    /// Signed LEB128 in as few bytes as possible.
    mutating func appendSigned(_ value: Int64) {
        var rest = value
        while true {
            let low = UInt8(truncatingIfNeeded: rest & 0x7F)
            rest >>= 7
            // Done when the sign bit of the last byte says the rest.
            if (rest == 0 && low & 0x40 == 0) || (rest == -1 && low & 0x40 != 0) { return append(low) }
            append(low | 0x80)
        }
    }

    /// Little endian, as many bytes as the type has.
    mutating func appendFixed<Value: FixedWidthInteger>(_ value: Value) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// A length and bytes.
    mutating func appendVector(_ bytes: some Collection<UInt8>) {
        appendCount(bytes.count)
        append(contentsOf: bytes)
    }

    // MARK: - Types

    mutating func append(_ type: ValueType) {
        switch type {
        case .i32: append(0x7F)
        case .i64: append(0x7E)
        case .f32: append(0x7D)
        case .f64: append(0x7C)
        case .v128: append(0x7B)
        case .reference(let type): append(type)
        }
    }

    mutating func append(_ type: ReferenceType) {
        // The abbreviation of one byte where there is one.
        if type.isNullable, case .abstract = type.heapType { return append(type.heapType) }
        append(type.isNullable ? 0x63 : 0x64)
        append(type.heapType)
    }

    mutating func append(_ type: HeapType) {
        switch type {
        case .abstract(let type): append(type.rawValue)
        case .concrete(let index): appendSigned(Int64(index.rawValue))
        }
    }

    mutating func append(_ type: FieldType) {
        switch type.storage {
        case .value(let type): append(type)
        case .i8: append(0x78)
        case .i16: append(0x77)
        }
        append(type.isMutable ? 1 : 0)
    }

    mutating func append(_ type: SubType) {
        if !type.isFinal || !type.supertypes.isEmpty {
            append(type.isFinal ? 0x4F : 0x50)
            appendCount(type.supertypes.count)
            for index in type.supertypes { appendUnsigned(index.rawValue) }
        }
        switch type.composite {
        case .function(let type):
            append(0x60)
            append(type.parameters)
            append(type.results)
        case .structure(let fields):
            append(0x5F)
            appendCount(fields.count)
            for field in fields { append(field) }
        case .array(let field):
            append(0x5E)
            append(field)
        }
    }

    mutating func append(_ types: [ValueType]) {
        appendCount(types.count)
        for type in types { append(type) }
    }

    mutating func append(_ type: GlobalType) {
        append(type.value)
        append(type.isMutable ? 1 : 0)
    }

    mutating func append(_ type: TableType) {
        append(type.element)
        append(type.limits, type.addressType)
    }

    mutating func append(_ type: MemoryType) {
        let hasPageSize = type.pageSizeLog2 != 16
        append(type.limits, type.addressType, flags: (type.isShared ? 2 : 0) | (hasPageSize ? 8 : 0))
        if hasPageSize { appendUnsigned(type.pageSizeLog2) }
    }

    private mutating func append(_ limits: Limits, _ addressType: AddressType, flags: UInt8 = 0) {
        append(flags | (limits.maximum != nil ? 1 : 0) | (addressType == .i64 ? 4 : 0))
        appendUnsigned(limits.minimum)
        if let maximum = limits.maximum { appendUnsigned(maximum) }
    }
}
