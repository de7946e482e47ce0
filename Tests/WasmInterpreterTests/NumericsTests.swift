import Testing
import WasmInstructionTable
import WasmSpec

@testable import WasmInterpreter

/// Numeric instructions as pure functions, at the edges.
@Suite struct NumericsTests {
    private static func i32(_ value: Int32) -> UInt64 { UInt64(i32: value) }
    private static func f32(_ value: Float) -> UInt64 { UInt64(f32: value) }
    private static func f64(_ value: Double) -> UInt64 { UInt64(f64: value) }

    @Test func signedDivisionTrapsOnZeroAndOnOverflow() {
        #expect(trap(.i32DivS, Self.i32(1), 0) == .integerDivideByZero)
        #expect(trap(.i32DivS, Self.i32(.min), Self.i32(-1)) == .integerOverflow)
        #expect(trap(.i64DivS, UInt64(i64: .min), UInt64(i64: -1)) == .integerOverflow)
        #expect(trap(.i32DivS, Self.i32(-7), Self.i32(2)) == nil)
        #expect(integerBinary(.i32DivS, Self.i32(-7), Self.i32(2)) == Self.i32(-3))
    }

    @Test func remainderOfMinimumByMinusOneIsZero() {
        #expect(trap(.i32RemS, Self.i32(.min), Self.i32(-1)) == nil)
        #expect(integerBinary(.i32RemS, Self.i32(.min), Self.i32(-1)) == 0)
        #expect(integerBinary(.i64RemS, UInt64(i64: .min), UInt64(i64: -1)) == 0)
    }

    @Test(arguments: [
        (IntegerBinaryOperation.i32DivU, ConstantDivisor.Operation.i32DivU), (.i32RemU, .i32RemU),
        (.i32DivS, .i32DivS), (.i32RemS, .i32RemS),
    ]) func divisionByConstantsIsDivision(_ operation: IntegerBinaryOperation, _ byConstant: ConstantDivisor.Operation)
    {
        #expect(ConstantDivisor.Operation(operation) == byConstant)
        var edges: [UInt32] = [7, 10, 641, 139_968, 1_000_000_007]
        // Around the powers of two the reciprocal's rounding shows first.
        for shift in UInt32(0)..<32 {
            let power = UInt32(1) << shift
            edges += [power &- 1, power, power &+ 1, 0 &- power, ~power]
        }
        for divisor in edges {
            guard let constant = ConstantDivisor(byConstant, divisor: divisor) else { continue }
            let slot = UInt64(i64: Int64(Int32(bitPattern: divisor)))
            let multiples = edges.map { $0 / divisor &* divisor }
            for dividend in edges + multiples + multiples.map({ $0 &- 1 }) {
                let expected = integerBinary(operation, UInt64(dividend), UInt64(divisor))
                let actual = divide(byConstant, UInt64(dividend), by: slot, reciprocal: constant.reciprocal)
                #expect(actual == expected, "\(operation) \(dividend) \(divisor)")
            }
        }
    }

    @Test func divisorsThatMayTrapAreNotConstants() {
        for operation in ConstantDivisor.Operation.allCases {
            #expect(ConstantDivisor(operation, divisor: 0) == nil)
            #expect(ConstantDivisor(operation, divisor: 1) == nil)
        }
        #expect(ConstantDivisor(.i32DivS, divisor: .max) == nil)
        #expect(ConstantDivisor(.i32DivU, divisor: .max) != nil)
    }

    @Test func shiftCountsAreTakenModuloTheWidth() {
        #expect(integerBinary(.i32Shl, 1, 33) == 2)
        #expect(integerBinary(.i64ShrU, 4, 65) == 2)
        #expect(integerBinary(.i32Rotl, 0x8000_0001, 1) == 3)
        #expect(integerBinary(.i64Rotr, 1, 1) == 1 << 63)
        #expect(integerBinary(.i32Rotl, 5, 0) == 5)
    }

    @Test func slotsOfI32AreZeroExtended() {
        #expect(integerBinary(.i32Sub, 0, 1) == 0xFFFF_FFFF)
        #expect(integerUnary(.i32Extend8S, 0x80) == 0xFFFF_FF80)
        #expect(conversion(.i32WrapI64, .max) == 0xFFFF_FFFF)
    }

    @Test(arguments: [
        (ConversionOperation.i32TruncF32S, f32(2_147_483_648), TrapKind.integerOverflow),
        (.i32TruncF32S, f32(.nan), .invalidConversionToInteger),
        (.i32TruncF64S, f64(-2_147_483_649), .integerOverflow),
        (.i32TruncF64U, f64(-1), .integerOverflow),
        (.i64TruncF64U, f64(18_446_744_073_709_551_616), .integerOverflow),
        (.i64TruncF32S, f32(.infinity), .integerOverflow),
    ]) func truncationTraps(_ operation: ConversionOperation, _ operand: UInt64, _ expected: TrapKind) {
        #expect(trap(operation, operand) == expected)
    }

    @Test func truncationAtTheLimits() {
        #expect(trap(.i32TruncF64S, Self.f64(-2_147_483_648.9)) == nil)
        #expect(conversion(.i32TruncF64S, Self.f64(-2_147_483_648.9)) == Self.i32(.min))
        #expect(conversion(.i32TruncF64U, Self.f64(-0.9)) == 0)
        #expect(conversion(.i32TruncSatF32S, Self.f32(.nan)) == 0)
        #expect(conversion(.i64TruncSatF64U, Self.f64(1e30)) == .max)
        #expect(conversion(.i32TruncSatF64S, Self.f64(-1e30)) == Self.i32(.min))
    }

    @Test func minimumAndMaximumOrderZerosAndPropagateNaN() {
        #expect(floatBinary(.f32Min, Self.f32(0), Self.f32(-0.0)) == Self.f32(-0.0))
        #expect(floatBinary(.f64Max, Self.f64(-0.0), Self.f64(0)) == Self.f64(0))
        #expect(floatBinary(.f64Min, Self.f64(1), Self.f64(.nan)).f64.isNaN)
        // A signaling NaN becomes a quiet one.
        #expect(floatBinary(.f32Max, 0x7FA0_0000, Self.f32(1)) & 0x0040_0000 != 0)
        #expect(floatUnary(.f32Ceil, 0x7FA0_0000) & 0x0040_0000 != 0)
    }

    @Test func nearestRoundsHalvesToEven() {
        #expect(floatUnary(.f64Nearest, Self.f64(2.5)) == Self.f64(2))
        #expect(floatUnary(.f64Nearest, Self.f64(-0.5)) == Self.f64(-0.0))
        #expect(floatUnary(.f32Nearest, Self.f32(3.5)) == Self.f32(4))
    }

    @Test func wideArithmeticCarriesAndWidens() {
        #expect(wideArithmetic(.i64Add128, (.max, 0), (1, 0)) == (0, 1))
        #expect(wideArithmetic(.i64Sub128, (0, 1), (1, 0)) == (.max, 0))
        #expect(wideArithmetic(.i64MulWideS, (UInt64(i64: -1), 0), (2, 0)) == (UInt64(i64: -2), .max))
        #expect(wideArithmetic(.i64MulWideU, (.max, 0), (2, 0)) == (UInt64.max - 1, 1))
    }

    @Test func relaxedInstructionsAreThoseOfTheDeterministicProfile() {
        let lowest = V128(SIMD16<Int8>(repeating: .min))
        // Both products are 16384; their sum saturates.
        #expect(vectorBinary(.i16x8RelaxedDotI8x16I7x16S, lowest, lowest) == V128(SIMD8<Int16>(repeating: .max)))
        let indices = V128(SIMD16<UInt8>(repeating: 16))
        #expect(vectorBinary(.i8x16RelaxedSwizzle, lowest, indices) == V128(low: 0, high: 0))
        // (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 exactly, and 0 when the product is rounded first.
        let factor = V128(SIMD4<Float>(repeating: 1 + 0x1p-12))
        let summand = V128(SIMD4<Float>(repeating: -(1 + 0x1p-11)))
        #expect(vectorTernary(.f32x4RelaxedMadd, factor, factor, summand).f32x4 == SIMD4(repeating: 0))
        #expect(vectorUnary(.i32x4RelaxedTruncF32x4S, V128(SIMD4<Float>(repeating: .nan))) == V128(low: 0, high: 0))
    }

    @Test func lanesNarrowWithSaturation() {
        let high = V128(SIMD8<Int16>(repeating: 300)), low = V128(SIMD8<Int16>(repeating: -300))
        let signed = vectorBinary(.i8x16NarrowI16x8S, low, high)
        #expect(signed.i8x16[0] == -128 && signed.i8x16[15] == 127)
        let unsigned = vectorBinary(.i8x16NarrowI16x8U, low, high)
        #expect(unsigned.u8x16[0] == 0 && unsigned.u8x16[15] == 255)
    }

    @Test func shuffleTakesLanesOfBothOperands() {
        let lhs = V128(SIMD16<UInt8>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
        let rhs = V128(SIMD16<UInt8>(repeating: 99))
        let lanes = V128(SIMD16<UInt8>(15, 16, 0, 31, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
        let result = vectorShuffle(lanes, lhs, rhs).u8x16
        #expect(result[0] == 15 && result[1] == 99 && result[2] == 0 && result[3] == 99 && result[4] == 1)
    }
}
