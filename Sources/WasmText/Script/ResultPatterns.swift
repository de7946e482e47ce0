// What a script expects an action to return.
// Spec: https://github.com/WebAssembly/spec/blob/main/interpreter/README.md#scripts

import Diagnostics
import WasmSpec

/// A pattern that a result must match.
public indirect enum ResultPattern: Hashable, Sendable {
    case i32(UInt32)
    case i64(UInt64)
    case f32(FloatPattern)
    case f64(FloatPattern)
    /// One pattern for each lane, the lowest first; integer lanes are `.bits`.
    case v128(VectorShape, [FloatPattern])
    /// Null of any type, or of the bottom type of this heap type's hierarchy.
    case refNull(AbstractHeapType?)
    /// `(ref.extern N)`, or any non-null `externref`.
    case refExtern(UInt32?)
    /// `(ref.host N)`
    case refHost(UInt32)
    /// `(ref.func)`: any function; with an index, a function of the current instance.
    case refFunc(UInt32?)
    /// `(ref.any)`, `(ref.eq)`, `(ref.i31)`, `(ref.struct)`, `(ref.array)`, `(ref.exn)`: any non-null reference
    /// of the type.
    case reference(AbstractHeapType)
    /// One of several.
    case either([ResultPattern])
}

/// A float (or a lane) that a result must match.
public enum FloatPattern: Hashable, Sendable {
    /// Exactly these bits, in the low end.
    case bits(UInt64)
    /// A NaN whose payload is the quiet bit alone, of either sign.
    case canonicalNaN
    /// A NaN with the quiet bit, of either sign.
    case arithmeticNaN
}

/// A constant of a script, before it is known whether it is passed or expected.
private enum ScriptConstant {
    case value(ScriptValue)
    case pattern(ResultPattern)
}

extension TokenCursor {
    /// An argument: `(i32.const 1)` and the like.
    mutating func scriptValue() throws(Diagnostic) -> ScriptValue {
        let start = token
        switch try scriptConstant() {
        case .value(let value): return value
        case .pattern: throw error("unexpected token", "a pattern cannot be passed", at: start)
        }
    }

    /// An expected result, which may be `(either ...)`.
    mutating func resultPattern() throws(Diagnostic) -> ResultPattern {
        guard openIf(.either) else { return try simplePattern() }
        var patterns: [ResultPattern] = []
        while isAtOpen { patterns.append(try simplePattern()) }
        try close()
        return .either(patterns)
    }

    private mutating func simplePattern() throws(Diagnostic) -> ResultPattern {
        switch try scriptConstant() {
        case .pattern(let pattern): return pattern
        case .value(.i32(let bits)): return .i32(bits)
        case .value(.i64(let bits)): return .i64(bits)
        case .value(.f32(let bits)): return .f32(.bits(UInt64(bits)))
        case .value(.f64(let bits)): return .f64(.bits(bits))
        case .value(.v128(let vector)): return .v128(.i64x2, [.bits(vector.low), .bits(vector.high)])
        case .value(.refNull(let type)): return .refNull(type)
        case .value(.refExtern(let number)): return .refExtern(number)
        case .value(.refHost(let number)): return .refHost(number)
        }
    }

    /// One constant in parentheses.
    private mutating func scriptConstant() throws(Diagnostic) -> ScriptConstant {
        guard isAtOpen else { throw unexpected("a constant") }
        index += 1
        let constant =
            if let mnemonic = token.mnemonic { try constant(mnemonic) } else { try referenceConstant() }
        try close()
        return constant
    }

    private mutating func constant(_ mnemonic: Mnemonic) throws(Diagnostic) -> ScriptConstant {
        let start = token
        index += 1
        switch mnemonic.form {
        case .i32Const: return .value(.i32(UInt32(truncatingIfNeeded: try integer(width: 32))))
        case .i64Const: return .value(.i64(try integer(width: 64)))
        case .f32Const:
            switch try floatPattern(.f32) {
            case .bits(let bits): return .value(.f32(UInt32(truncatingIfNeeded: bits)))
            case let pattern: return .pattern(.f32(pattern))
            }
        case .f64Const:
            switch try floatPattern(.f64) {
            case .bits(let bits): return .value(.f64(bits))
            case let pattern: return .pattern(.f64(pattern))
            }
        case .v128Const: return try vectorConstant()
        case .refNull: return .value(.refNull(nullType()))
        case .refFunc: return .pattern(.refFunc(token.kind == .natural ? try u32() : nil))
        case .refEq: return .pattern(.reference(.eq))
        case .refI31: return .pattern(.reference(.i31))
        default: throw source.unexpected(start, expected: "a constant")
        }
    }

    private mutating func referenceConstant() throws(Diagnostic) -> ScriptConstant {
        let start = token
        index += 1
        switch start.keyword {
        case .refExtern:
            return token.kind == .natural ? .value(.refExtern(try u32())) : .pattern(.refExtern(nil))
        case .refHost: return .value(.refHost(try u32()))
        case .refAny: return .pattern(.reference(.any))
        case .refStruct: return .pattern(.reference(.struct))
        case .refArray: return .pattern(.reference(.array))
        case .refExn: return .pattern(.reference(.exn))
        default: throw source.unexpected(start, expected: "a constant")
        }
    }

    /// The heap type behind `ref.null`; a type of a module, which has no meaning here, counts as none.
    private mutating func nullType() -> AbstractHeapType? {
        if token.kind == .identifier || token.kind == .natural {
            index += 1
            return nil
        }
        guard let type = token.keyword.flatMap(abstractHeapType) else { return nil }
        index += 1
        return type
    }

    private mutating func floatPattern(_ format: FloatFormat) throws(Diagnostic) -> FloatPattern {
        if skipIf(.nanCanonical) { return .canonicalNaN }
        if skipIf(.nanArithmetic) { return .arithmeticNaN }
        return .bits(try float(format))
    }

    /// A value if all lanes are numbers, else a pattern.
    private mutating func vectorConstant() throws(Diagnostic) -> ScriptConstant {
        let shape = try vectorShape()
        var lanes: [FloatPattern] = []
        for _ in 0..<shape.laneCount {
            if let format = shape.format {
                lanes.append(try floatPattern(format))
            } else {
                lanes.append(.bits(try lane(shape)))
            }
        }
        var bytes: [UInt8] = []
        for case .bits(let bits) in lanes { bytes.appendLittleEndian(bits, bits: shape.laneBits) }
        guard bytes.count == 16 else { return .pattern(.v128(shape, lanes)) }
        return .value(.v128(V128(low: bytes[..<8].littleEndian, high: bytes[8...].littleEndian)))
    }
}

extension ArraySlice<UInt8> {
    /// The number that up to eight bytes encode.
    fileprivate var littleEndian: UInt64 { reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
