// Values as embedders see them.

import WasmSpec

/// A value.
public enum Value: Hashable, Sendable {
    case i32(Int32)
    case i64(Int64)
    /// The bit pattern.
    case f32(UInt32)
    case f64(UInt64)
    case v128(V128)
    case reference(Reference)
}

/// A reference.
public enum Reference: Hashable, Sendable {
    case null
    case function(FunctionInstance)
    /// The low 31 bits count.
    case i31(UInt32)
    case structure(HeapReference)
    case array(HeapReference)
    case exception(HeapReference)
    /// A number that means something to the host; 62 bits.
    case host(UInt64)
}

/// A reference to an object in a store's heap. The object lives at least as long as this.
///
/// Like everything else of the store it belongs to, it must be used by one thread at a time.
public final class HeapReference: Hashable, @unchecked Sendable {
    let store: Store
    let bits: UInt64

    init(_ bits: UInt64, in store: Store) {
        self.bits = bits
        self.store = store
        store.heapRoots[bits, default: 0] += 1
    }

    deinit {
        let count = store.heapRoots[bits, default: 1]
        store.heapRoots[bits] = count > 1 ? count - 1 : nil
    }

    public static func == (lhs: HeapReference, rhs: HeapReference) -> Bool { lhs.bits == rhs.bits }
    public func hash(into hasher: inout Hasher) { hasher.combine(bits) }
}

extension Reference {
    /// Whether values of the hierarchy below `top` look like this. Host references and all that is below `any` can
    /// be external too.
    fileprivate func belongs(below top: AbstractHeapType) -> Bool {
        switch self {
        case .null: true
        case .function: top == .func
        case .exception: top == .exn
        case .i31, .structure, .array, .host: top == .any || top == .extern
        }
    }
}

// MARK: Slots

extension Store {
    /// Whether a value that comes from the host is of a type. What it refers to must belong to this store.
    func isValue(_ value: Value, of type: RuntimeValueType) -> Bool {
        switch (value, type) {
        case (.i32, .number(.i32)), (.i64, .number(.i64)), (.f32, .number(.f32)), (.f64, .number(.f64)),
            (.v128, .number(.v128)):
            return true
        case (.reference(let reference), .reference(let isNullable, let heapType)):
            guard reference.belongs(below: type.hierarchy), owns(reference) else { return false }
            return ReferenceTest(isNullable: isNullable, heapType).matches(bits(of: reference))
        case (.i32, _), (.i64, _), (.f32, _), (.f64, _), (.v128, _), (.reference, _): return false
        }
    }

    private func owns(_ reference: Reference) -> Bool {
        switch reference {
        case .null, .i31, .host: true
        case .function(let function): function.store === self
        case .structure(let object), .array(let object), .exception(let object): object.store === self
        }
    }

    /// Writes `value` to slots from `slot`; how many is the result.
    @discardableResult
    func write(_ value: Value, to slot: UnsafeMutablePointer<UInt64>) -> Int {
        switch value {
        case .i32(let value): slot[0] = UInt64(i32: value)
        case .i64(let value): slot[0] = UInt64(i64: value)
        case .f32(let bits): slot[0] = UInt64(bits)
        case .f64(let bits): slot[0] = bits
        case .v128(let vector):
            slot[0] = vector.low
            slot[1] = vector.high
            return 2
        case .reference(let reference): slot[0] = bits(of: reference)
        }
        return 1
    }

    func bits(of reference: Reference) -> UInt64 {
        switch reference {
        case .null: ReferenceBits.null
        case .function(let function): UInt64(UInt(bitPattern: function.record))
        case .i31(let value): ReferenceBits.i31(UInt64(value))
        case .structure(let object), .array(let object), .exception(let object): object.bits
        case .host(let number): ReferenceBits.host(number)
        }
    }

    /// The value of `type` in slots from `slot`.
    func read(_ type: ValueType, from slot: UnsafeMutablePointer<UInt64>, hierarchy: AbstractHeapType) -> Value {
        switch type {
        case .i32: .i32(slot[0].signedI32)
        case .i64: .i64(slot[0].signedI64)
        case .f32: .f32(slot[0].i32)
        case .f64: .f64(slot[0])
        case .v128: .v128(V128(low: slot[0], high: slot[1]))
        case .reference: .reference(reference(slot[0], hierarchy: hierarchy))
        }
    }

    /// The reference with these bits, whose type is below `hierarchy`: `any`, `func`, `extern` or `exn`.
    func reference(_ bits: UInt64, hierarchy: AbstractHeapType) -> Reference {
        if bits == ReferenceBits.null { return .null }
        if hierarchy == .func, let record = UnsafeMutablePointer<FunctionRecord>(bitPattern: UInt(bits)) {
            return .function(FunctionInstance(store: self, record: record))
        }
        if hierarchy == .exn { return .exception(HeapReference(bits, in: self)) }
        if ReferenceBits.isI31(bits) { return .i31(UInt32(ReferenceBits.unsignedI31(bits))) }
        if ReferenceBits.isHost(bits) { return .host(ReferenceBits.hostNumber(bits)) }
        let object = HeapReference(bits, in: self)
        return HeapObject(bits).type.pointee.kind == .array ? .array(object) : .structure(object)
    }
}
