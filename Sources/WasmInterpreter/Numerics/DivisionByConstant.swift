// Division of an i32 by a divisor that is known at translation time: a multiplication by its reciprocal takes less
// than half the time of the processor's division, and neither trap can occur.
// The method: D. Lemire, O. Kaser, N. Kurz, "Faster remainder by direct computation", theorem 1: with 64 bits behind
// the point, which are more than twice the operands' 32, the product's integer part is exact for every dividend.

import WasmSpec

/// A divisor of magnitude 2 or more.
struct ConstantDivisor {
    enum Operation: CaseIterable {
        case i32DivU, i32RemU, i32DivS, i32RemS

        /// The division of the instruction; nil if it divides no i32.
        init?(_ operation: IntegerBinaryOperation) {
            switch operation {
            case .i32DivU: self = .i32DivU
            case .i32RemU: self = .i32RemU
            case .i32DivS: self = .i32DivS
            case .i32RemS: self = .i32RemS
            case .i32Add, .i32Sub, .i32Mul, .i32And, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr,
                .i64Add, .i64Sub, .i64Mul, .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i64And, .i64Or, .i64Xor, .i64Shl,
                .i64ShrS, .i64ShrU, .i64Rotl, .i64Rotr:
                return nil
            }
        }

        fileprivate var isSigned: Bool { self == .i32DivS || self == .i32RemS }
    }

    /// 2^64 divided by the divisor's magnitude, rounded up.
    let reciprocal: UInt64

    /// Fails for 0, 1 and -1: the first traps, as -1 may, and the reciprocal of 1 does not fit.
    init?(_ operation: Operation, divisor: UInt32) {
        let magnitude = operation.isSigned ? Int32(bitPattern: divisor).magnitude : divisor
        guard magnitude > 1 else { return nil }
        reciprocal = UInt64.max / UInt64(magnitude) + 1
    }
}

/// The result for the slot value `lhs` and the slot value of a divisor with this reciprocal.
@inline(__always)
func divide(
    _ operation: ConstantDivisor.Operation, _ lhs: UInt64, by divisor: UInt64, reciprocal: UInt64
) -> UInt64 {
    switch operation {
    case .i32DivU:
        return quotient(lhs.i32, reciprocal)
    case .i32RemU:
        return UInt64(lhs.i32 &- quotient(lhs.i32, reciprocal).i32 &* divisor.i32)
    case .i32DivS:
        return UInt64(i32: signedQuotient(lhs.signedI32, divisor.signedI32, reciprocal))
    case .i32RemS:
        let quotient = signedQuotient(lhs.signedI32, divisor.signedI32, reciprocal)
        return UInt64(i32: lhs.signedI32 &- quotient &* divisor.signedI32)
    }
}

@inline(__always)
private func quotient(_ dividend: UInt32, _ reciprocal: UInt64) -> UInt64 {
    UInt64(dividend).multipliedFullWidth(by: reciprocal).high
}

@inline(__always)
private func signedQuotient(_ dividend: Int32, _ divisor: Int32, _ reciprocal: UInt64) -> Int32 {
    let magnitude = Int32(truncatingIfNeeded: quotient(dividend.magnitude, reciprocal))
    // All ones if the signs differ: the two's complement negates.
    let sign = (dividend ^ divisor) &>> 31
    return (magnitude ^ sign) &- sign
}
