// Integer instructions as pure functions over slot values: an i32 is zero-extended to 64 bits.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#integer-operations

import WasmInstructionTable
import WasmSpec

extension UInt64 {
    /// The i32 in a slot.
    @inline(__always) var i32: UInt32 { UInt32(truncatingIfNeeded: self) }
    @inline(__always) var signedI32: Int32 { Int32(truncatingIfNeeded: self) }
    @inline(__always) var signedI64: Int64 { Int64(bitPattern: self) }

    /// The slot value of an i32.
    @inline(__always) init(i32 value: Int32) { self = UInt64(UInt32(bitPattern: value)) }
    @inline(__always) init(i64 value: Int64) { self = UInt64(bitPattern: value) }
    @inline(__always) init(bool value: Bool) { self = value ? 1 : 0 }
}

@inline(__always)
func integerTest(_ operation: IntegerTestOperation, _ operand: UInt64) -> Bool {
    switch operation {
    case .i32Eqz: operand.i32 == 0
    case .i64Eqz: operand == 0
    }
}

@inline(__always)
func integerCompare(_ operation: IntegerCompareOperation, _ lhs: UInt64, _ rhs: UInt64) -> Bool {
    switch operation {
    case .i32Eq: lhs.i32 == rhs.i32
    case .i32Ne: lhs.i32 != rhs.i32
    case .i32LtS: lhs.signedI32 < rhs.signedI32
    case .i32LtU: lhs.i32 < rhs.i32
    case .i32GtS: lhs.signedI32 > rhs.signedI32
    case .i32GtU: lhs.i32 > rhs.i32
    case .i32LeS: lhs.signedI32 <= rhs.signedI32
    case .i32LeU: lhs.i32 <= rhs.i32
    case .i32GeS: lhs.signedI32 >= rhs.signedI32
    case .i32GeU: lhs.i32 >= rhs.i32
    case .i64Eq: lhs == rhs
    case .i64Ne: lhs != rhs
    case .i64LtS: lhs.signedI64 < rhs.signedI64
    case .i64LtU: lhs < rhs
    case .i64GtS: lhs.signedI64 > rhs.signedI64
    case .i64GtU: lhs > rhs
    case .i64LeS: lhs.signedI64 <= rhs.signedI64
    case .i64LeU: lhs <= rhs
    case .i64GeS: lhs.signedI64 >= rhs.signedI64
    case .i64GeU: lhs >= rhs
    }
}

extension IntegerCompareOperation {
    /// The comparison that holds exactly when this one does not.
    var negated: IntegerCompareOperation {
        switch self {
        case .i32Eq: .i32Ne
        case .i32Ne: .i32Eq
        case .i32LtS: .i32GeS
        case .i32LtU: .i32GeU
        case .i32GtS: .i32LeS
        case .i32GtU: .i32LeU
        case .i32LeS: .i32GtS
        case .i32LeU: .i32GtU
        case .i32GeS: .i32LtS
        case .i32GeU: .i32LtU
        case .i64Eq: .i64Ne
        case .i64Ne: .i64Eq
        case .i64LtS: .i64GeS
        case .i64LtU: .i64GeU
        case .i64GtS: .i64LeS
        case .i64GtU: .i64LeU
        case .i64LeS: .i64GtS
        case .i64LeU: .i64GtU
        case .i64GeS: .i64LtS
        case .i64GeU: .i64LtU
        }
    }
}

@inline(__always)
func integerUnary(_ operation: IntegerUnaryOperation, _ operand: UInt64) -> UInt64 {
    switch operation {
    case .i32Clz: UInt64(truncatingIfNeeded: operand.i32.leadingZeroBitCount)
    case .i32Ctz: UInt64(truncatingIfNeeded: operand.i32.trailingZeroBitCount)
    case .i32Popcnt: UInt64(truncatingIfNeeded: operand.i32.nonzeroBitCount)
    case .i64Clz: UInt64(truncatingIfNeeded: operand.leadingZeroBitCount)
    case .i64Ctz: UInt64(truncatingIfNeeded: operand.trailingZeroBitCount)
    case .i64Popcnt: UInt64(truncatingIfNeeded: operand.nonzeroBitCount)
    case .i32Extend8S: UInt64(i32: Int32(Int8(truncatingIfNeeded: operand)))
    case .i32Extend16S: UInt64(i32: Int32(Int16(truncatingIfNeeded: operand)))
    case .i64Extend8S: UInt64(i64: Int64(Int8(truncatingIfNeeded: operand)))
    case .i64Extend16S: UInt64(i64: Int64(Int16(truncatingIfNeeded: operand)))
    case .i64Extend32S: UInt64(i64: Int64(Int32(truncatingIfNeeded: operand)))
    }
}

/// The trap that the operation ends in, if any: `integerDivideByZero` for a divisor of 0, `integerOverflow` for the
/// minimum divided by -1.
@inline(__always)
func trap(_ operation: IntegerBinaryOperation, _ lhs: UInt64, _ rhs: UInt64) -> TrapKind? {
    switch operation {
    case .i32DivS: divisionTrap(lhs.signedI32, rhs.signedI32)
    case .i64DivS: divisionTrap(lhs.signedI64, rhs.signedI64)
    case .i32DivU, .i32RemS, .i32RemU: rhs.i32 == 0 ? .integerDivideByZero : nil
    case .i64DivU, .i64RemS, .i64RemU: rhs == 0 ? .integerDivideByZero : nil
    case .i32Add, .i32Sub, .i32Mul, .i32And, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr,
        .i64Add, .i64Sub, .i64Mul, .i64And, .i64Or, .i64Xor, .i64Shl, .i64ShrS, .i64ShrU, .i64Rotl, .i64Rotr:
        nil
    }
}

@inline(__always)
private func divisionTrap<Integer: FixedWidthInteger>(_ lhs: Integer, _ rhs: Integer) -> TrapKind? {
    if rhs == 0 { return .integerDivideByZero }
    return rhs == -1 && lhs == Integer.min ? .integerOverflow : nil
}

/// The result for operands that do not trap.
@inline(__always)
func integerBinary(_ operation: IntegerBinaryOperation, _ lhs: UInt64, _ rhs: UInt64) -> UInt64 {
    switch operation {
    case .i32Add: UInt64(lhs.i32 &+ rhs.i32)
    case .i32Sub: UInt64(lhs.i32 &- rhs.i32)
    case .i32Mul: UInt64(lhs.i32 &* rhs.i32)
    case .i32DivS: UInt64(i32: lhs.signedI32.dividedReportingOverflow(by: rhs.signedI32).partialValue)
    case .i32DivU: UInt64(lhs.i32.dividedReportingOverflow(by: rhs.i32).partialValue)
    case .i32RemS: UInt64(i32: remainder(lhs.signedI32, rhs.signedI32))
    case .i32RemU: UInt64(lhs.i32.remainderReportingOverflow(dividingBy: rhs.i32).partialValue)
    case .i32And: UInt64(lhs.i32 & rhs.i32)
    case .i32Or: UInt64(lhs.i32 | rhs.i32)
    case .i32Xor: UInt64(lhs.i32 ^ rhs.i32)
    case .i32Shl: UInt64(lhs.i32 &<< rhs.i32)
    case .i32ShrS: UInt64(i32: lhs.signedI32 &>> rhs.signedI32)
    case .i32ShrU: UInt64(lhs.i32 &>> rhs.i32)
    case .i32Rotl: UInt64(lhs.i32 &<< rhs.i32 | lhs.i32 &>> (0 &- rhs.i32))
    case .i32Rotr: UInt64(lhs.i32 &>> rhs.i32 | lhs.i32 &<< (0 &- rhs.i32))
    case .i64Add: lhs &+ rhs
    case .i64Sub: lhs &- rhs
    case .i64Mul: lhs &* rhs
    case .i64DivS: UInt64(i64: lhs.signedI64.dividedReportingOverflow(by: rhs.signedI64).partialValue)
    case .i64DivU: lhs.dividedReportingOverflow(by: rhs).partialValue
    case .i64RemS: UInt64(i64: remainder(lhs.signedI64, rhs.signedI64))
    case .i64RemU: lhs.remainderReportingOverflow(dividingBy: rhs).partialValue
    case .i64And: lhs & rhs
    case .i64Or: lhs | rhs
    case .i64Xor: lhs ^ rhs
    case .i64Shl: lhs &<< rhs
    case .i64ShrS: UInt64(i64: lhs.signedI64 &>> rhs.signedI64)
    case .i64ShrU: lhs &>> rhs
    case .i64Rotl: lhs &<< rhs | lhs &>> (0 &- rhs)
    case .i64Rotr: lhs &>> rhs | lhs &<< (0 &- rhs)
    }
}

/// The minimum modulo -1 is 0; the processor's division traps there.
@inline(__always)
private func remainder<Integer: FixedWidthInteger>(_ lhs: Integer, _ rhs: Integer) -> Integer {
    rhs == -1 ? 0 : lhs.remainderReportingOverflow(dividingBy: rhs).partialValue
}

/// The low and the high half of a 128-bit result. `i64.mul_wide_*` use the low halves of the operands alone.
@inline(__always)
func wideArithmetic(
    _ operation: WideArithmeticOperation, _ lhs: (low: UInt64, high: UInt64), _ rhs: (low: UInt64, high: UInt64)
) -> (low: UInt64, high: UInt64) {
    switch operation {
    case .i64Add128:
        let (low, carry) = lhs.low.addingReportingOverflow(rhs.low)
        return (low, lhs.high &+ rhs.high &+ (carry ? 1 : 0))
    case .i64Sub128:
        let (low, borrow) = lhs.low.subtractingReportingOverflow(rhs.low)
        return (low, lhs.high &- rhs.high &- (borrow ? 1 : 0))
    case .i64MulWideS:
        let (high, low) = lhs.low.signedI64.multipliedFullWidth(by: rhs.low.signedI64)
        return (low, UInt64(bitPattern: high))
    case .i64MulWideU:
        let (high, low) = lhs.low.multipliedFullWidth(by: rhs.low)
        return (low, high)
    }
}
