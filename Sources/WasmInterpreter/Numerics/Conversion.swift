// Conversions as pure functions over slot values.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#conversions

import WasmInstructionTable
import WasmSpec

/// The trap that the operation ends in, if any: `invalidConversionToInteger` for a NaN, `integerOverflow` for a
/// value out of range.
@inline(__always)
func trap(_ operation: ConversionOperation, _ operand: UInt64) -> TrapKind? {
    switch operation {
    case .i32TruncF32S: truncationTrap(operand.f32, -0x1.000002p31, 0x1p31)
    case .i32TruncF32U: truncationTrap(operand.f32, -1, 0x1p32)
    case .i32TruncF64S: truncationTrap(operand.f64, -0x1.00000002p31, 0x1p31)
    case .i32TruncF64U: truncationTrap(operand.f64, -1, 0x1p32)
    case .i64TruncF32S: truncationTrap(operand.f32, -0x1.000002p63, 0x1p63)
    case .i64TruncF32U: truncationTrap(operand.f32, -1, 0x1p64)
    case .i64TruncF64S: truncationTrap(operand.f64, -0x1.0000000000001p63, 0x1p63)
    case .i64TruncF64U: truncationTrap(operand.f64, -1, 0x1p64)
    case .i32WrapI64, .i64ExtendI32S, .i64ExtendI32U, .f32ConvertI32S, .f32ConvertI32U, .f32ConvertI64S,
        .f32ConvertI64U, .f32DemoteF64, .f64ConvertI32S, .f64ConvertI32U, .f64ConvertI64S, .f64ConvertI64U,
        .f64PromoteF32, .i32ReinterpretF32, .i64ReinterpretF64, .f32ReinterpretI32, .f64ReinterpretI64,
        .i32TruncSatF32S, .i32TruncSatF32U, .i32TruncSatF64S, .i32TruncSatF64U, .i64TruncSatF32S, .i64TruncSatF32U,
        .i64TruncSatF64S, .i64TruncSatF64U:
        nil
    }
}

/// `lower` is the largest value that is too small, `upper` the smallest that is too large.
@inline(__always)
private func truncationTrap<Float: BinaryFloatingPoint>(_ value: Float, _ lower: Float, _ upper: Float) -> TrapKind? {
    if value > lower, value < upper { return nil }
    return value.isNaN ? .invalidConversionToInteger : .integerOverflow
}

/// The result for an operand that does not trap. A truncation that does not trap is a saturating one.
@inline(__always)
func conversion(_ operation: ConversionOperation, _ operand: UInt64) -> UInt64 {
    switch operation {
    case .i32WrapI64, .i64ExtendI32U: UInt64(operand.i32)
    case .i64ExtendI32S: UInt64(i64: Int64(operand.signedI32))
    case .f32ConvertI32S: UInt64(f32: Float(operand.signedI32))
    case .f32ConvertI32U: UInt64(f32: Float(operand.i32))
    case .f32ConvertI64S: UInt64(f32: Float(operand.signedI64))
    case .f32ConvertI64U: UInt64(f32: Float(operand))
    case .f32DemoteF64: UInt64(f32: Float(operand.f64))
    case .f64ConvertI32S: UInt64(f64: Double(operand.signedI32))
    case .f64ConvertI32U: UInt64(f64: Double(operand.i32))
    case .f64ConvertI64S: UInt64(f64: Double(operand.signedI64))
    case .f64ConvertI64U: UInt64(f64: Double(operand))
    case .f64PromoteF32: UInt64(f64: Double(operand.f32))
    // A slot holds bit patterns already.
    case .i32ReinterpretF32, .f32ReinterpretI32: UInt64(operand.i32)
    case .i64ReinterpretF64, .f64ReinterpretI64: operand
    case .i32TruncF32S, .i32TruncSatF32S: UInt64(i32: saturated(operand.f32))
    case .i32TruncF32U, .i32TruncSatF32U: UInt64(saturated(operand.f32) as UInt32)
    case .i32TruncF64S, .i32TruncSatF64S: UInt64(i32: saturated(operand.f64))
    case .i32TruncF64U, .i32TruncSatF64U: UInt64(saturated(operand.f64) as UInt32)
    case .i64TruncF32S, .i64TruncSatF32S: UInt64(i64: saturated(operand.f32))
    case .i64TruncF32U, .i64TruncSatF32U: saturated(operand.f32)
    case .i64TruncF64S, .i64TruncSatF64S: UInt64(i64: saturated(operand.f64))
    case .i64TruncF64U, .i64TruncSatF64U: saturated(operand.f64)
    }
}

/// The integer part, clamped to the type's range; 0 for a NaN.
@inline(__always)
func saturated<Float: BinaryFloatingPoint, Integer: FixedWidthInteger>(_ value: Float) -> Integer {
    if value.isNaN { return 0 }
    // The minimum is a power of two or 0 and thus exact; the maximum may round up to the next power of two.
    if value <= Float(Integer.min) { return Integer.min }
    if value >= Float(Integer.max) { return Integer.max }
    return Integer(value)
}
