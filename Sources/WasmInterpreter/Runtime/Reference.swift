// References as slot values.
//
//     0                    null
//     ...1                 i31: the value in bits 1 to 31
//     ..10                 a host reference: the host's number in the bits above
//     address, aligned     a function record, or an object in the store's heap
//
// Of which hierarchy a reference is, validation knows. `any.convert_extern` and `extern.convert_any` do nothing.

import WasmSpec
import WasmValidation

enum ReferenceBits {
    static let null: UInt64 = 0

    @inline(__always) static func i31(_ value: UInt64) -> UInt64 { (value & 0x7FFF_FFFF) << 1 | 1 }
    @inline(__always) static func isI31(_ bits: UInt64) -> Bool { bits & 1 != 0 }
    @inline(__always) static func unsignedI31(_ bits: UInt64) -> UInt64 { bits >> 1 & 0x7FFF_FFFF }
    /// The slot value of the sign-extended number.
    @inline(__always) static func signedI31(_ bits: UInt64) -> UInt64 {
        UInt64(i32: Int32(truncatingIfNeeded: bits) >> 1)
    }

    @inline(__always) static func host(_ number: UInt64) -> UInt64 { number << 2 | 2 }
    @inline(__always) static func isHost(_ bits: UInt64) -> Bool { bits & 3 == 2 }
    @inline(__always) static func hostNumber(_ bits: UInt64) -> UInt64 { bits >> 2 }

    /// Neither null nor a number.
    @inline(__always) static func isAddress(_ bits: UInt64) -> Bool { bits != 0 && bits & 3 == 0 }
}

/// A reference type as instructions hold it.
struct ReferenceTest {
    /// Whether null belongs to it.
    let isNullable: Bool
    /// The heap type; a concrete one is that of `type`.
    let heapType: AbstractHeapType
    let type: UnsafeMutablePointer<RuntimeType>?

    /// Whether the reference, of a type in the same hierarchy, belongs to this type.
    func matches(_ bits: UInt64) -> Bool {
        if bits == ReferenceBits.null { return isNullable }
        if let type {
            guard ReferenceBits.isAddress(bits) else { return false }
            let actual =
                type.pointee.kind == .function
                ? UnsafePointer<FunctionRecord>(bitPattern: UInt(bits)).unsafelyUnwrapped.pointee.type
                : HeapObject(bits).type
            return actual == type || actual.pointee.isSubtype(of: type)
        }
        switch heapType {
        case .any, .func, .extern, .exn: return true
        case .none, .nofunc, .noextern, .noexn: return false
        case .i31: return ReferenceBits.isI31(bits)
        case .eq: return !ReferenceBits.isHost(bits)
        case .struct: return ReferenceBits.isAddress(bits) && HeapObject(bits).type.pointee.kind == .structure
        case .array: return ReferenceBits.isAddress(bits) && HeapObject(bits).type.pointee.kind == .array
        }
    }

    /// As a 16-bit operand.
    var flags: Int { Int(heapType.rawValue) | (isNullable ? 0x100 : 0) }

    init(flags: Int, type: UnsafeMutablePointer<RuntimeType>?) {
        isNullable = flags & 0x100 != 0
        // Only `flags` makes these numbers.
        heapType = AbstractHeapType(rawValue: UInt8(truncatingIfNeeded: flags)) ?? .none
        self.type = type
    }

    init(isNullable: Bool, _ type: RuntimeHeapType) {
        self.isNullable = isNullable
        switch type {
        case .abstract(let abstract):
            heapType = abstract
            self.type = nil
        case .defined(let defined):
            heapType = .any
            self.type = defined
        }
    }

    init(_ reference: ReferenceType, types: [UnsafeMutablePointer<RuntimeType>]) {
        isNullable = reference.isNullable
        switch reference.heapType {
        case .abstract(let abstract):
            heapType = abstract
            type = nil
        case .concrete(let index):
            heapType = .any
            type = types[index.position]
        }
    }
}

/// An object in the heap: a header of two words, then fields or elements.
struct HeapObject {
    let base: UnsafeMutablePointer<UInt64>

    static let headerBytes = 16

    @inline(__always) init(_ bits: UInt64) {
        base = UnsafeMutablePointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }

    @inline(__always) var bits: UInt64 { UInt64(UInt(bitPattern: base)) }

    @inline(__always) var type: UnsafeMutablePointer<RuntimeType> {
        UnsafeMutablePointer(bitPattern: UInt(base[0])).unsafelyUnwrapped
    }

    /// Of an array: the number of elements. Of an exception: the tag's address.
    @inline(__always) var info: UInt64 { base[1] }

    /// The first field or element.
    @inline(__always) var body: UnsafeMutableRawPointer { UnsafeMutableRawPointer(base + 2) }
}
