// Floating-point instructions as pure functions over slot values: bit patterns, an f32 zero-extended to 64 bits.
// NaN results are quiet, as the spec demands; their payload and sign are the host processor's choice.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#floating-point-operations

import WasmSpec

extension UInt64 {
    @inline(__always) var f32: Float { Float(bitPattern: UInt32(truncatingIfNeeded: self)) }
    @inline(__always) var f64: Double { Double(bitPattern: self) }
    @inline(__always) init(f32 value: Float) { self = UInt64(value.bitPattern) }
    @inline(__always) init(f64 value: Double) { self = value.bitPattern }
}

@inline(__always)
func floatCompare(_ operation: FloatCompareOperation, _ lhs: UInt64, _ rhs: UInt64) -> Bool {
    switch operation {
    case .f32Eq: lhs.f32 == rhs.f32
    case .f32Ne: lhs.f32 != rhs.f32
    case .f32Lt: lhs.f32 < rhs.f32
    case .f32Gt: lhs.f32 > rhs.f32
    case .f32Le: lhs.f32 <= rhs.f32
    case .f32Ge: lhs.f32 >= rhs.f32
    case .f64Eq: lhs.f64 == rhs.f64
    case .f64Ne: lhs.f64 != rhs.f64
    case .f64Lt: lhs.f64 < rhs.f64
    case .f64Gt: lhs.f64 > rhs.f64
    case .f64Le: lhs.f64 <= rhs.f64
    case .f64Ge: lhs.f64 >= rhs.f64
    }
}

@inline(__always)
func floatUnary(_ operation: FloatUnaryOperation, _ operand: UInt64) -> UInt64 {
    switch operation {
    // abs and neg change the sign bit of NaNs too and keep their payload, so they work on bits.
    case .f32Abs: UInt64(operand.i32 & 0x7FFF_FFFF)
    case .f32Neg: UInt64(operand.i32 ^ 0x8000_0000)
    case .f32Ceil: UInt64(f32: rounded(operand.f32, .up))
    case .f32Floor: UInt64(f32: rounded(operand.f32, .down))
    case .f32Trunc: UInt64(f32: rounded(operand.f32, .towardZero))
    case .f32Nearest: UInt64(f32: rounded(operand.f32, .toNearestOrEven))
    case .f32Sqrt: UInt64(f32: operand.f32.squareRoot())
    case .f64Abs: operand & 0x7FFF_FFFF_FFFF_FFFF
    case .f64Neg: operand ^ 0x8000_0000_0000_0000
    case .f64Ceil: UInt64(f64: rounded(operand.f64, .up))
    case .f64Floor: UInt64(f64: rounded(operand.f64, .down))
    case .f64Trunc: UInt64(f64: rounded(operand.f64, .towardZero))
    case .f64Nearest: UInt64(f64: rounded(operand.f64, .toNearestOrEven))
    case .f64Sqrt: UInt64(f64: operand.f64.squareRoot())
    }
}

@inline(__always)
func floatBinary(_ operation: FloatBinaryOperation, _ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    switch operation {
    case .f32Add: UInt64(f32: lhs.f32 + rhs.f32)
    case .f32Sub: UInt64(f32: lhs.f32 - rhs.f32)
    case .f32Mul: UInt64(f32: lhs.f32 * rhs.f32)
    case .f32Div: UInt64(f32: lhs.f32 / rhs.f32)
    case .f32Min: UInt64(f32: minimum(lhs.f32, rhs.f32))
    case .f32Max: UInt64(f32: maximum(lhs.f32, rhs.f32))
    case .f32Copysign: UInt64(lhs.i32 & 0x7FFF_FFFF | rhs.i32 & 0x8000_0000)
    case .f64Add: UInt64(f64: lhs.f64 + rhs.f64)
    case .f64Sub: UInt64(f64: lhs.f64 - rhs.f64)
    case .f64Mul: UInt64(f64: lhs.f64 * rhs.f64)
    case .f64Div: UInt64(f64: lhs.f64 / rhs.f64)
    case .f64Min: UInt64(f64: minimum(lhs.f64, rhs.f64))
    case .f64Max: UInt64(f64: maximum(lhs.f64, rhs.f64))
    case .f64Copysign: lhs & 0x7FFF_FFFF_FFFF_FFFF | rhs & 0x8000_0000_0000_0000
    }
}

/// `fceil`, `ffloor`, `ftrunc` and `fnearest`; the library functions behind them need not quiet a NaN.
@inline(__always)
func rounded<Float: BinaryFloatingPoint>(_ operand: Float, _ rule: FloatingPointRoundingRule) -> Float {
    operand.isNaN ? operand + operand : operand.rounded(rule)
}

/// `fmin`: a NaN if either operand is one, and -0 is less than +0.
@inline(__always)
func minimum<Float: BinaryFloatingPoint>(_ lhs: Float, _ rhs: Float) -> Float {
    if lhs < rhs { return lhs }
    if rhs < lhs { return rhs }
    if lhs == rhs { return lhs.sign == .minus ? lhs : rhs }
    return lhs + rhs
}

/// `fmax`: a NaN if either operand is one, and +0 is greater than -0.
@inline(__always)
func maximum<Float: BinaryFloatingPoint>(_ lhs: Float, _ rhs: Float) -> Float {
    if lhs > rhs { return lhs }
    if rhs > lhs { return rhs }
    if lhs == rhs { return lhs.sign == .plus ? lhs : rhs }
    return lhs + rhs
}
