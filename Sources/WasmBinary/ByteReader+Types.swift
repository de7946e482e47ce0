// Types in the binary format. Spec: https://webassembly.github.io/spec/core/binary/types.html

import Diagnostics
import WasmInstructionTable
import WasmSpec

extension ByteReader {
    /// A value type.
    public mutating func valueType() throws(Diagnostic) -> ValueType {
        let start = position
        switch peek() {
        case 0x7F: position += 1; return .i32
        case 0x7E: position += 1; return .i64
        case 0x7D: position += 1; return .f32
        case 0x7C: position += 1; return .f64
        case 0x7B: position += 1; return .v128
        case .some(let byte) where byte == 0x63 || byte == 0x64 || AbstractHeapType(rawValue: byte) != nil:
            return .reference(try referenceType())
        case .some(let byte):
            if byte & 0x80 != 0 { _ = try s33() }
            throw malformed("malformed value type", "byte 0x\(String(byte, radix: 16))", at: start)
        case nil: throw unexpectedEnd()
        }
    }

    /// A reference type: `ref null? heaptype`, or an abstract heap type that abbreviates the nullable one.
    public mutating func referenceType() throws(Diagnostic) -> ReferenceType {
        let start = position
        let byte = try self.byte()
        switch byte {
        case 0x63: return ReferenceType(isNullable: true, try heapType())
        case 0x64: return ReferenceType(isNullable: false, try heapType())
        default:
            guard let abstract = AbstractHeapType(rawValue: byte) else {
                throw malformed("malformed reference type", "byte 0x\(String(byte, radix: 16))", at: start)
            }
            return ReferenceType(isNullable: true, .abstract(abstract))
        }
    }

    /// A heap type: an abstract one (a negative number of one byte) or a type index (non-negative s33).
    public mutating func heapType() throws(Diagnostic) -> HeapType {
        let start = position
        if let byte = peek(), let abstract = AbstractHeapType(rawValue: byte) {
            position += 1
            return .abstract(abstract)
        }
        let index = try s33()
        guard index >= 0 else { throw malformed("malformed heap type", at: start) }
        return .concrete(TypeIndex(rawValue: UInt32(truncatingIfNeeded: index)))
    }

    mutating func storageType() throws(Diagnostic) -> StorageType {
        switch peek() {
        case 0x78: position += 1; return .i8
        case 0x77: position += 1; return .i16
        default: return .value(try valueType())
        }
    }

    mutating func fieldType() throws(Diagnostic) -> FieldType {
        FieldType(storage: try storageType(), isMutable: try mutability())
    }

    mutating func mutability() throws(Diagnostic) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw malformed("malformed mutability", at: position - 1)
        }
    }

    mutating func resultType() throws(Diagnostic) -> [ValueType] {
        let start = position
        let count = try length()
        guard count <= ImplementationLimits.parametersOrResults else {
            throw ImplementationLimits.exceeded(
                "parameters or results", count, ImplementationLimits.parametersOrResults, at: start)
        }
        var types: [ValueType] = []
        types.reserveCapacity(plausible(count))
        for _ in 0..<count { types.append(try valueType()) }
        return types
    }

    mutating func compositeType() throws(Diagnostic) -> CompositeType {
        let start = position
        switch try byte() {
        case 0x60: return .function(FunctionType(parameters: try resultType(), results: try resultType()))
        case 0x5F:
            let count = try length()
            guard count <= ImplementationLimits.structureFields else {
                throw ImplementationLimits.exceeded("fields", count, ImplementationLimits.structureFields, at: start)
            }
            var fields: [FieldType] = []
            fields.reserveCapacity(plausible(count, minimumBytes: 2))
            for _ in 0..<count { fields.append(try fieldType()) }
            return .structure(fields)
        case 0x5E: return .array(try fieldType())
        case let byte:
            // The forms are negative numbers of one byte.
            if byte & 0x80 != 0 { throw representationTooLong(start) }
            throw malformed("malformed type definition", "byte 0x\(String(byte, radix: 16))", at: start)
        }
    }

    mutating func subType() throws(Diagnostic) -> SubType {
        guard let byte = peek(), byte == 0x50 || byte == 0x4F else { return SubType(try compositeType()) }
        position += 1
        let count = try length()
        var supertypes: [TypeIndex] = []
        for _ in 0..<count { supertypes.append(TypeIndex(rawValue: try u32())) }
        return SubType(isFinal: byte == 0x4F, supertypes: supertypes, try compositeType())
    }

    /// Flags of limits: bit 0 maximum, bit 1 shared, bit 2 64-bit addresses, bit 3 custom page size.
    private mutating func limitsFlags(allowed: UInt8) throws(Diagnostic) -> UInt8 {
        let flags = try byte()
        guard flags & ~allowed == 0 else {
            throw malformed("malformed limits flags", "byte 0x\(String(flags, radix: 16))", at: position - 1)
        }
        return flags
    }

    private mutating func limits(flags: UInt8) throws(Diagnostic) -> Limits {
        let minimum = try u64()
        return Limits(minimum: minimum, maximum: flags & 1 != 0 ? try u64() : nil)
    }

    /// A memory type. Without custom page sizes among `features` their flag is reserved.
    mutating func memoryType(_ features: FeatureSet) throws(Diagnostic) -> MemoryType {
        let start = position
        let flags = try limitsFlags(allowed: features.contains(.customPageSizes) ? 0x0F : 0x07)
        // A lone flag was malformed before custom page sizes, and the core scripts still say so.
        if flags & 8 != 0, isAtEnd {
            throw malformed("malformed limits flags", "a page size without limits", at: start)
        }
        let limits = try limits(flags: flags)
        var pageSizeLog2: UInt32 = 16
        if flags & 8 != 0 {
            let start = position
            pageSizeLog2 = try u32()
            guard pageSizeLog2 < 64 else {
                throw malformed("invalid custom page size", "2^\(pageSizeLog2) bytes", at: start)
            }
        }
        return MemoryType(
            addressType: flags & 4 != 0 ? .i64 : .i32, limits: limits, isShared: flags & 2 != 0,
            pageSizeLog2: pageSizeLog2)
    }

    mutating func tableType() throws(Diagnostic) -> TableType {
        let element = try referenceType()
        let flags = try limitsFlags(allowed: 0x05)
        return TableType(addressType: flags & 4 != 0 ? .i64 : .i32, limits: try limits(flags: flags), element: element)
    }

    mutating func globalType() throws(Diagnostic) -> GlobalType {
        GlobalType(value: try valueType(), isMutable: try mutability())
    }

    /// A tag: a reserved attribute byte and a function type.
    mutating func tagType() throws(Diagnostic) -> TypeIndex {
        guard try byte() == 0 else { throw malformed("malformed tag attribute", at: position - 1) }
        return TypeIndex(rawValue: try u32())
    }
}
