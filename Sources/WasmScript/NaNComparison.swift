// NaNs of two engines. Which one an operation results in, the specification leaves open.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#nan-propagation

import WasmSpec
import WasmText

/// When NaNs that two engines come to are the same.
public enum NaNComparison: String, CaseIterable, Sendable {
    /// Both are arithmetic NaNs, of any sign and payload; or they are the same bits.
    case `class`
    case bits
}

extension ScriptResult {
    /// Whether another engine's result is the same. A vector does not say what its lanes are: they are compared as floats of
    /// either width.
    func isSame(as other: ScriptResult, _ nans: NaNComparison) -> Bool {
        if self == other { return true }
        guard nans == .class else { return false }
        return switch (self, other) {
        case (.f32(let own), .f32(let other)): Self.isSame(UInt64(own), UInt64(other), width: 32)
        case (.f64(let own), .f64(let other)): Self.isSame(own, other, width: 64)
        case (.v128(let own), .v128(let other)):
            [32, 64].contains { width in
                Self.isSame(own.low, other.low, width: width) && Self.isSame(own.high, other.high, width: width)
            }
        case (.i32, _), (.i64, _), (.f32, _), (.f64, _), (.v128, _), (.null, _), (.function, _), (.extern, _),
            (.host, _),
            (.reference, _):
            false
        }
    }

    /// Compares the floats of `width` bits in two words.
    private static func isSame(_ own: UInt64, _ other: UInt64, width: Int) -> Bool {
        stride(from: 0, to: 64, by: width).allSatisfy { start in
            let (own, other) = (own >> UInt64(start), other >> UInt64(start))
            let mask = UInt64.max >> UInt64(64 - width)
            let isNaN = [own, other].allSatisfy { FloatPattern.arithmeticNaN.matches($0 & mask, width: width) }
            return isNaN || own & mask == other & mask
        }
    }
}
