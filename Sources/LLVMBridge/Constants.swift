import CLLVM

extension IRType {
    /// The zero value: 0, +0.0, null, or an aggregate of zeros.
    @inlinable
    public func constNull() -> IRValue { IRValue(LLVMConstNull(ref)) }

    /// All bits set; an integer type or a vector of integers.
    @inlinable
    public func constAllOnes() -> IRValue { IRValue(LLVMConstAllOnes(ref)) }

    @inlinable
    public func undef() -> IRValue { IRValue(LLVMGetUndef(ref)) }

    @inlinable
    public func poison() -> IRValue { IRValue(LLVMGetPoison(ref)) }

    /// An integer constant from its bit pattern; bits above the width of the type are dropped. Types wider than
    /// 64 bits are zero-extended.
    public func constInt(_ bits: UInt64) -> IRValue {
        let width = integerWidth
        let mask: UInt64 = width >= 64 ? .max : (1 << UInt64(width)) - 1
        return IRValue(LLVMConstInt(ref, bits & mask, 0))
    }

    /// An integer constant from a signed value; bits above the width are dropped, wider types sign-extended.
    public func constInt(signed value: Int64) -> IRValue {
        guard integerWidth > 64 else { return constInt(UInt64(bitPattern: value)) }
        return IRValue(LLVMConstInt(ref, UInt64(bitPattern: value), 1))
    }

    /// An integer constant of any width from 64-bit words, the least significant first.
    public func constInt(words: [UInt64]) -> IRValue {
        precondition(words.count * 64 >= integerWidth, "too few words for the integer type")
        return IRValue(LLVMConstIntOfArbitraryPrecision(ref, UInt32(words.count), words))
    }

    /// A floating-point constant of at most 64 bits from its bit pattern. Exact for every pattern: payload and
    /// the signalling bit of a NaN survive, which a conversion through `Double` would not guarantee.
    public func constFloat(bitPattern: UInt64) -> IRValue {
        var bits = bitPattern
        return IRValue(LLVMConstFPFromBits(ref, &bits))
    }

    /// An array constant; `self` is the element type.
    public func constArray(_ elements: [IRValue]) -> IRValue {
        withReferences(elements) { IRValue(LLVMConstArray2(ref, $0, UInt64($1))) }
    }

    /// An array constant of integers or floats from its bytes in the order of the target (little endian);
    /// `self` is the element type.
    public func constDataArray(_ bytes: UnsafeRawBufferPointer) -> IRValue {
        IRValue(LLVMConstDataArray(ref, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count))
    }

    /// A constant of a named structure.
    public func constNamedStructure(_ elements: [IRValue]) -> IRValue {
        withReferences(elements) { IRValue(LLVMConstNamedStruct(ref, $0, UInt32($1))) }
    }

    /// A vector constant of 128 bits from the sixteen bytes of a `v128`, the first byte in memory first.
    /// `self` is a vector of i8, i16, i32, i64, float or double.
    public func constVector(bytes: [UInt8]) -> IRValue {
        precondition(bytes.count == 16, "a v128 has sixteen bytes")
        let element = elementType
        let laneSize = 16 / vectorCount
        let lanes = stride(from: 0, to: 16, by: laneSize).map { start -> IRValue in
            let bits = bytes[start..<start + laneSize].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return element.kind == .integer ? element.constInt(bits) : element.constFloat(bitPattern: bits)
        }
        return IRValue.constVector(lanes)
    }

    /// A vector constant with the same lane `count` times.
    public static func constSplat(_ lane: IRValue, count: Int) -> IRValue {
        IRValue.constVector(Array(repeating: lane, count: count))
    }
}

extension IRValue {
    /// A constant of two i64 as a vector with other lanes; nil for any other value.
    ///
    /// LLVM's builder makes a constant expression of the cast, which hides the lanes from those who ask for them.
    public func constantVector(as type: IRType) -> IRValue? {
        guard isConstant, self.type.kind == .vector, self.type.vectorCount == 2,
            let low = aggregateElement(0)?.constantZExtValue, let high = aggregateElement(1)?.constantZExtValue
        else { return nil }
        let bytes = [low, high].flatMap { half in withUnsafeBytes(of: half.littleEndian, Array.init) }
        return type.constVector(bytes: bytes)
    }

    /// A vector constant of at least one lane.
    public static func constVector(_ lanes: [IRValue]) -> IRValue {
        withReferences(lanes) { IRValue(LLVMConstVector($0, UInt32($1))) }
    }

    /// Constant expression `inttoptr`.
    @inlinable
    public func constIntToPtr(_ type: IRType) -> IRValue { IRValue(LLVMConstIntToPtr(ref, type.ref)) }

    /// Constant expression `ptrtoint`.
    @inlinable
    public func constPtrToInt(_ type: IRType) -> IRValue { IRValue(LLVMConstPtrToInt(ref, type.ref)) }

    @inlinable
    public func constTrunc(_ type: IRType) -> IRValue { IRValue(LLVMConstTrunc(ref, type.ref)) }

    @inlinable
    public func constSub(_ other: IRValue) -> IRValue { IRValue(LLVMConstSub(ref, other.ref)) }

    /// Constant expression `getelementptr` on elements of `type`.
    public func constGEP(_ type: IRType, _ indices: [IRValue], flags: GEPNoWrapFlags = []) -> IRValue {
        withReferences(indices) {
            IRValue(LLVMConstGEPWithNoWrapFlags(type.ref, ref, $0, UInt32($1), flags.rawValue))
        }
    }
}

extension LLVMContext {
    @inlinable
    public func constI1(_ value: Bool) -> IRValue { IRValue(LLVMConstInt(i1.ref, value ? 1 : 0, 0)) }

    @inlinable
    public func constI8(_ value: UInt8) -> IRValue { IRValue(LLVMConstInt(i8.ref, UInt64(value), 0)) }

    @inlinable
    public func constI16(_ value: UInt16) -> IRValue { IRValue(LLVMConstInt(i16.ref, UInt64(value), 0)) }

    @inlinable
    public func constI32(_ value: UInt32) -> IRValue { IRValue(LLVMConstInt(i32.ref, UInt64(value), 0)) }

    @inlinable
    public func constI32(signed value: Int32) -> IRValue { constI32(UInt32(bitPattern: value)) }

    @inlinable
    public func constI64(_ value: UInt64) -> IRValue { IRValue(LLVMConstInt(i64.ref, value, 0)) }

    @inlinable
    public func constI64(signed value: Int64) -> IRValue { constI64(UInt64(bitPattern: value)) }

    /// A `float` from its bit pattern, exactly.
    public func constF32(bitPattern: UInt32) -> IRValue { f32.constFloat(bitPattern: UInt64(bitPattern)) }

    /// A `double` from its bit pattern, exactly.
    public func constF64(bitPattern: UInt64) -> IRValue { f64.constFloat(bitPattern: bitPattern) }

    /// The null pointer of address space 0.
    public func constNullPointer() -> IRValue { IRValue(LLVMConstPointerNull(ptr.ref)) }

    /// Constant expression `inttoptr (i64 address to ptr)`.
    public func constPointer(address: UInt64) -> IRValue { constI64(address).constIntToPtr(ptr) }

    /// An array of bytes, without a terminator.
    public func constBytes(_ bytes: UnsafeRawBufferPointer) -> IRValue {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return IRValue(LLVMConstStringInContext2(ref, start, bytes.count, 1))
    }

    /// An array of bytes, without a terminator.
    public func constBytes(_ bytes: [UInt8]) -> IRValue { bytes.withUnsafeBytes { constBytes($0) } }

    /// An array of the UTF-8 bytes of `text`, by default followed by a NUL.
    public func constString(_ text: String, nullTerminated: Bool = true) -> IRValue {
        withUTF8(text) { IRValue(LLVMConstStringInContext2(ref, $0, $1, LLVMBool(!nullTerminated))) }
    }

    /// A constant of a literal structure.
    public func constStructure(_ elements: [IRValue], packed: Bool = false) -> IRValue {
        withReferences(elements) {
            IRValue(LLVMConstStructInContext(ref, $0, UInt32($1), LLVMBool(packed)))
        }
    }

    /// `base + offset` bytes as a constant expression: `getelementptr i8, ptr base, i64 offset`.
    public func constPointer(_ base: IRValue, offset: Int64, flags: GEPNoWrapFlags = []) -> IRValue {
        base.constGEP(i8, [constI64(signed: offset)], flags: flags)
    }

    /// `pointer - base` in bytes as a constant of `type` (i64 or narrower): a position-independent offset between
    /// two symbols, which the linker resolves.
    public func constPointerDifference(_ pointer: IRValue, _ base: IRValue, type: IRType) -> IRValue {
        let difference = pointer.constPtrToInt(i64).constSub(base.constPtrToInt(i64))
        return type == i64 ? difference : difference.constTrunc(type)
    }

    /// Inline assembler of function type `type`, to be called through `IRBuilder.call`.
    public func inlineAsm(
        _ type: IRType, _ text: String, constraints: String, hasSideEffects: Bool, alignsStack: Bool = false,
        canThrow: Bool = false
    ) -> IRValue {
        withUTF8(text) { text, textLength in
            withUTF8(constraints) { constraints, constraintsLength in
                IRValue(
                    LLVMGetInlineAsm(
                        type.ref, text, textLength, constraints, constraintsLength, LLVMBool(hasSideEffects),
                        LLVMBool(alignsStack), LLVMInlineAsmDialectATT, LLVMBool(canThrow)))
            }
        }
    }
}
