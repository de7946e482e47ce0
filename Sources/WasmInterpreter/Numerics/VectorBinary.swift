// Vector instructions with two and three operands as pure functions.
//
// Relaxed instructions have one fixed result, that of the spec's deterministic profile: a multiply-add rounds
// twice, min and max are the strict ones, q15mulr saturates, the dot product takes both operands as signed and
// adds pairs with saturation, laneselect is bitselect, swizzle is the strict one.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#relaxed-operations

import WasmSpec

func vectorBinary(_ operation: VectorBinaryOperation, _ lhs: V128, _ rhs: V128) -> V128 {
    switch operation {
    case .v128And: V128(low: lhs.low & rhs.low, high: lhs.high & rhs.high)
    case .v128Andnot: V128(low: lhs.low & ~rhs.low, high: lhs.high & ~rhs.high)
    case .v128Or: V128(low: lhs.low | rhs.low, high: lhs.high | rhs.high)
    case .v128Xor: V128(low: lhs.low ^ rhs.low, high: lhs.high ^ rhs.high)
    case .i8x16Swizzle, .i8x16RelaxedSwizzle: swizzle(lhs.u8x16, rhs.u8x16)
    case .i8x16NarrowI16x8S: V128(narrowed(lhs.i16x8, rhs.i16x8, to: SIMD16<Int8>.self))
    case .i8x16NarrowI16x8U: V128(narrowed(lhs.i16x8, rhs.i16x8, to: SIMD16<UInt8>.self))
    case .i16x8NarrowI32x4S: V128(narrowed(lhs.i32x4, rhs.i32x4, to: SIMD8<Int16>.self))
    case .i16x8NarrowI32x4U: V128(narrowed(lhs.i32x4, rhs.i32x4, to: SIMD8<UInt16>.self))
    case .i8x16Add: V128(lhs.u8x16 &+ rhs.u8x16)
    case .i8x16AddSatS: V128(zipMap(lhs.i8x16, rhs.i8x16, addedSaturating) as SIMD16<Int8>)
    case .i8x16AddSatU: V128(zipMap(lhs.u8x16, rhs.u8x16, addedSaturating) as SIMD16<UInt8>)
    case .i8x16Sub: V128(lhs.u8x16 &- rhs.u8x16)
    case .i8x16SubSatS: V128(zipMap(lhs.i8x16, rhs.i8x16, subtractedSaturating) as SIMD16<Int8>)
    case .i8x16SubSatU: V128(zipMap(lhs.u8x16, rhs.u8x16, subtractedSaturating) as SIMD16<UInt8>)
    case .i8x16MinS: V128(zipMap(lhs.i8x16, rhs.i8x16, min) as SIMD16<Int8>)
    case .i8x16MinU: V128(zipMap(lhs.u8x16, rhs.u8x16, min) as SIMD16<UInt8>)
    case .i8x16MaxS: V128(zipMap(lhs.i8x16, rhs.i8x16, max) as SIMD16<Int8>)
    case .i8x16MaxU: V128(zipMap(lhs.u8x16, rhs.u8x16, max) as SIMD16<UInt8>)
    case .i8x16AvgrU: V128(zipMap(lhs.u8x16, rhs.u8x16, averageRoundingUp) as SIMD16<UInt8>)
    case .i16x8Add: V128(lhs.u16x8 &+ rhs.u16x8)
    case .i16x8AddSatS: V128(zipMap(lhs.i16x8, rhs.i16x8, addedSaturating) as SIMD8<Int16>)
    case .i16x8AddSatU: V128(zipMap(lhs.u16x8, rhs.u16x8, addedSaturating) as SIMD8<UInt16>)
    case .i16x8Sub: V128(lhs.u16x8 &- rhs.u16x8)
    case .i16x8SubSatS: V128(zipMap(lhs.i16x8, rhs.i16x8, subtractedSaturating) as SIMD8<Int16>)
    case .i16x8SubSatU: V128(zipMap(lhs.u16x8, rhs.u16x8, subtractedSaturating) as SIMD8<UInt16>)
    case .i16x8Mul: V128(lhs.u16x8 &* rhs.u16x8)
    case .i16x8MinS: V128(zipMap(lhs.i16x8, rhs.i16x8, min) as SIMD8<Int16>)
    case .i16x8MinU: V128(zipMap(lhs.u16x8, rhs.u16x8, min) as SIMD8<UInt16>)
    case .i16x8MaxS: V128(zipMap(lhs.i16x8, rhs.i16x8, max) as SIMD8<Int16>)
    case .i16x8MaxU: V128(zipMap(lhs.u16x8, rhs.u16x8, max) as SIMD8<UInt16>)
    case .i16x8AvgrU: V128(zipMap(lhs.u16x8, rhs.u16x8, averageRoundingUp) as SIMD8<UInt16>)
    case .i16x8Q15mulrSatS, .i16x8RelaxedQ15mulrS: V128(zipMap(lhs.i16x8, rhs.i16x8, q15Product) as SIMD8<Int16>)
    case .i16x8ExtmulLowI8x16S: V128(widened(lhs.i8x16, rhs.i8x16, .low) as SIMD8<Int16>)
    case .i16x8ExtmulHighI8x16S: V128(widened(lhs.i8x16, rhs.i8x16, .high) as SIMD8<Int16>)
    case .i16x8ExtmulLowI8x16U: V128(widened(lhs.u8x16, rhs.u8x16, .low) as SIMD8<UInt16>)
    case .i16x8ExtmulHighI8x16U: V128(widened(lhs.u8x16, rhs.u8x16, .high) as SIMD8<UInt16>)
    case .i16x8RelaxedDotI8x16I7x16S: V128(relaxedDot(lhs.i8x16, rhs.i8x16))
    case .i32x4Add: V128(lhs.u32x4 &+ rhs.u32x4)
    case .i32x4Sub: V128(lhs.u32x4 &- rhs.u32x4)
    case .i32x4Mul: V128(lhs.u32x4 &* rhs.u32x4)
    case .i32x4MinS: V128(zipMap(lhs.i32x4, rhs.i32x4, min) as SIMD4<Int32>)
    case .i32x4MinU: V128(zipMap(lhs.u32x4, rhs.u32x4, min) as SIMD4<UInt32>)
    case .i32x4MaxS: V128(zipMap(lhs.i32x4, rhs.i32x4, max) as SIMD4<Int32>)
    case .i32x4MaxU: V128(zipMap(lhs.u32x4, rhs.u32x4, max) as SIMD4<UInt32>)
    case .i32x4DotI16x8S: V128(dot(lhs.i16x8, rhs.i16x8))
    case .i32x4ExtmulLowI16x8S: V128(widened(lhs.i16x8, rhs.i16x8, .low) as SIMD4<Int32>)
    case .i32x4ExtmulHighI16x8S: V128(widened(lhs.i16x8, rhs.i16x8, .high) as SIMD4<Int32>)
    case .i32x4ExtmulLowI16x8U: V128(widened(lhs.u16x8, rhs.u16x8, .low) as SIMD4<UInt32>)
    case .i32x4ExtmulHighI16x8U: V128(widened(lhs.u16x8, rhs.u16x8, .high) as SIMD4<UInt32>)
    case .i64x2Add: V128(lhs.u64x2 &+ rhs.u64x2)
    case .i64x2Sub: V128(lhs.u64x2 &- rhs.u64x2)
    case .i64x2Mul: V128(lhs.u64x2 &* rhs.u64x2)
    case .i64x2ExtmulLowI32x4S: V128(widened(lhs.i32x4, rhs.i32x4, .low) as SIMD2<Int64>)
    case .i64x2ExtmulHighI32x4S: V128(widened(lhs.i32x4, rhs.i32x4, .high) as SIMD2<Int64>)
    case .i64x2ExtmulLowI32x4U: V128(widened(lhs.u32x4, rhs.u32x4, .low) as SIMD2<UInt64>)
    case .i64x2ExtmulHighI32x4U: V128(widened(lhs.u32x4, rhs.u32x4, .high) as SIMD2<UInt64>)
    case .f32x4Add: V128(lhs.f32x4 + rhs.f32x4)
    case .f32x4Sub: V128(lhs.f32x4 - rhs.f32x4)
    case .f32x4Mul: V128(lhs.f32x4 * rhs.f32x4)
    case .f32x4Div: V128(lhs.f32x4 / rhs.f32x4)
    case .f32x4Min, .f32x4RelaxedMin: V128(zipMap(lhs.f32x4, rhs.f32x4, minimum) as SIMD4<Float>)
    case .f32x4Max, .f32x4RelaxedMax: V128(zipMap(lhs.f32x4, rhs.f32x4, maximum) as SIMD4<Float>)
    case .f32x4Pmin: V128(zipMap(lhs.f32x4, rhs.f32x4, pseudoMinimum) as SIMD4<Float>)
    case .f32x4Pmax: V128(zipMap(lhs.f32x4, rhs.f32x4, pseudoMaximum) as SIMD4<Float>)
    case .f64x2Add: V128(lhs.f64x2 + rhs.f64x2)
    case .f64x2Sub: V128(lhs.f64x2 - rhs.f64x2)
    case .f64x2Mul: V128(lhs.f64x2 * rhs.f64x2)
    case .f64x2Div: V128(lhs.f64x2 / rhs.f64x2)
    case .f64x2Min, .f64x2RelaxedMin: V128(zipMap(lhs.f64x2, rhs.f64x2, minimum) as SIMD2<Double>)
    case .f64x2Max, .f64x2RelaxedMax: V128(zipMap(lhs.f64x2, rhs.f64x2, maximum) as SIMD2<Double>)
    case .f64x2Pmin: V128(zipMap(lhs.f64x2, rhs.f64x2, pseudoMinimum) as SIMD2<Double>)
    case .f64x2Pmax: V128(zipMap(lhs.f64x2, rhs.f64x2, pseudoMaximum) as SIMD2<Double>)
    }
}

func vectorTernary(_ operation: VectorTernaryOperation, _ first: V128, _ second: V128, _ third: V128) -> V128 {
    switch operation {
    case .v128Bitselect, .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect,
        .i64x2RelaxedLaneselect:
        V128(
            low: first.low & third.low | second.low & ~third.low,
            high: first.high & third.high | second.high & ~third.high)
    case .f32x4RelaxedMadd: V128(first.f32x4 * second.f32x4 + third.f32x4)
    case .f32x4RelaxedNmadd:
        V128(vectorUnary(.f32x4Neg, first).f32x4 * second.f32x4 + third.f32x4)
    case .f64x2RelaxedMadd: V128(first.f64x2 * second.f64x2 + third.f64x2)
    case .f64x2RelaxedNmadd:
        V128(vectorUnary(.f64x2Neg, first).f64x2 * second.f64x2 + third.f64x2)
    case .i32x4RelaxedDotI8x16I7x16AddS:
        V128(addedPairwise(relaxedDot(first.i8x16, second.i8x16), to: SIMD4<Int32>.self) &+ third.i32x4)
    }
}

/// `i8x16.shuffle`: lanes 0...15 are those of `lhs`, 16...31 those of `rhs`.
func vectorShuffle(_ lanes: V128, _ lhs: V128, _ rhs: V128) -> V128 {
    var result = SIMD16<UInt8>()
    for lane in 0..<16 {
        let source = Int(lanes[lane])
        result[lane] = source < 16 ? lhs[source] : rhs[source & 15]
    }
    return V128(result)
}

private func swizzle(_ lanes: SIMD16<UInt8>, _ indices: SIMD16<UInt8>) -> V128 {
    V128(map(indices) { $0 < 16 ? lanes[Int($0)] : 0 } as SIMD16<UInt8>)
}

/// The products of one half's lanes, in lanes of twice the width.
@inline(__always)
private func widened<Source: SIMD, Target: SIMD>(_ lhs: Source, _ rhs: Source, _ half: Half) -> Target
where Source.Scalar: FixedWidthInteger, Target.Scalar: FixedWidthInteger {
    zipMap(extended(lhs, half, to: Target.self), extended(rhs, half, to: Target.self)) { $0 &* $1 }
}

private func dot(_ lhs: SIMD8<Int16>, _ rhs: SIMD8<Int16>) -> SIMD4<Int32> {
    var result = SIMD4<Int32>()
    for lane in 0..<4 {
        result[lane] =
            Int32(lhs[2 * lane]) &* Int32(rhs[2 * lane]) &+ Int32(lhs[2 * lane + 1]) &* Int32(rhs[2 * lane + 1])
    }
    return result
}

private func relaxedDot(_ lhs: SIMD16<Int8>, _ rhs: SIMD16<Int8>) -> SIMD8<Int16> {
    var result = SIMD8<Int16>()
    for lane in 0..<8 {
        result[lane] = addedSaturating(
            Int16(lhs[2 * lane]) &* Int16(rhs[2 * lane]), Int16(lhs[2 * lane + 1]) &* Int16(rhs[2 * lane + 1]))
    }
    return result
}
