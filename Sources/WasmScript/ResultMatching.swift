import WasmSpec
import WasmText

extension ResultPattern {
    /// Whether a result is one that the script expects.
    func matches(_ result: ScriptResult) -> Bool {
        switch self {
        case .i32(let expected): result == .i32(expected)
        case .i64(let expected): result == .i64(expected)
        case .f32(let pattern):
            if case .f32(let bits) = result { pattern.matches(UInt64(bits), width: 32) } else { false }
        case .f64(let pattern): if case .f64(let bits) = result { pattern.matches(bits, width: 64) } else { false }
        case .v128(let shape, let lanes):
            if case .v128(let value) = result { Self.matches(value, shape, lanes) } else { false }
        case .refNull: result == .null
        case .refExtern(let number):
            switch result {
            case .extern(let actual): number == nil || number == actual
            // An internal reference made external, which has no number.
            case .reference(.extern): number == nil
            case .i32, .i64, .f32, .f64, .v128, .null, .function, .host, .reference: false
            }
        case .refHost(let number): result == .host(number)
        case .refFunc: result == .function
        case .reference(let type): Self.matches(result, type)
        case .either(let patterns): patterns.contains { $0.matches(result) }
        }
    }

    private static func matches(_ value: V128, _ shape: VectorShape, _ lanes: [FloatPattern]) -> Bool {
        let width = shape.laneBits
        for (index, pattern) in lanes.enumerated() {
            let start = index * width
            let word = start < 64 ? value.low >> UInt64(start) : value.high >> UInt64(start - 64)
            let bits = width == 64 ? word : word & ((1 << UInt64(width)) - 1)
            guard pattern.matches(bits, width: width) else { return false }
        }
        return true
    }

    private static func matches(_ result: ScriptResult, _ type: AbstractHeapType) -> Bool {
        switch result {
        case .reference(let actual): actual == type || actual.isBelow(type)
        case .host: type == .any
        case .i32, .i64, .f32, .f64, .v128, .null, .function, .extern: false
        }
    }
}

extension AbstractHeapType {
    /// The part of the hierarchy that results can have: i31, struct and array below eq below any.
    fileprivate func isBelow(_ type: AbstractHeapType) -> Bool {
        switch type {
        case .any: [.eq, .i31, .struct, .array].contains(self)
        case .eq: [.i31, .struct, .array].contains(self)
        case .noexn, .nofunc, .noextern, .none, .func, .extern, .i31, .struct, .array, .exn: false
        }
    }
}

extension FloatPattern {
    /// `width` is that of the lane or number in bits.
    func matches(_ bits: UInt64, width: Int) -> Bool {
        switch self {
        case .bits(let expected): return bits == expected
        case .canonicalNaN: return Self.withoutSign(bits, width) == Self.canonical(width)
        case .arithmeticNaN: return bits & Self.canonical(width) == Self.canonical(width)
        }
    }

    /// Exponent and quiet bit.
    private static func canonical(_ width: Int) -> UInt64 { width == 32 ? 0x7FC0_0000 : 0x7FF8_0000_0000_0000 }

    private static func withoutSign(_ bits: UInt64, _ width: Int) -> UInt64 { bits & ~(1 << UInt64(width - 1)) }
}
