// Vector instructions with one operand, and comparisons, tests, shifts, splats and lane access, as pure functions.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html

import WasmSpec

func vectorUnary(_ operation: VectorUnaryOperation, _ operand: V128) -> V128 {
    switch operation {
    case .v128Not: V128(low: ~operand.low, high: ~operand.high)
    case .i8x16Abs: V128(map(operand.i8x16) { $0 < 0 ? 0 &- $0 : $0 } as SIMD16<Int8>)
    case .i16x8Abs: V128(map(operand.i16x8) { $0 < 0 ? 0 &- $0 : $0 } as SIMD8<Int16>)
    case .i32x4Abs: V128(map(operand.i32x4) { $0 < 0 ? 0 &- $0 : $0 } as SIMD4<Int32>)
    case .i64x2Abs: V128(map(operand.i64x2) { $0 < 0 ? 0 &- $0 : $0 } as SIMD2<Int64>)
    case .i8x16Neg: V128(SIMD16<Int8>() &- operand.i8x16)
    case .i16x8Neg: V128(SIMD8<Int16>() &- operand.i16x8)
    case .i32x4Neg: V128(SIMD4<Int32>() &- operand.i32x4)
    case .i64x2Neg: V128(SIMD2<Int64>() &- operand.i64x2)
    case .i8x16Popcnt: V128(map(operand.u8x16) { UInt8($0.nonzeroBitCount) } as SIMD16<UInt8>)
    case .i16x8ExtaddPairwiseI8x16S: V128(addedPairwise(operand.i8x16, to: SIMD8<Int16>.self))
    case .i16x8ExtaddPairwiseI8x16U: V128(addedPairwise(operand.u8x16, to: SIMD8<UInt16>.self))
    case .i32x4ExtaddPairwiseI16x8S: V128(addedPairwise(operand.i16x8, to: SIMD4<Int32>.self))
    case .i32x4ExtaddPairwiseI16x8U: V128(addedPairwise(operand.u16x8, to: SIMD4<UInt32>.self))
    case .i16x8ExtendLowI8x16S: V128(extended(operand.i8x16, .low, to: SIMD8<Int16>.self))
    case .i16x8ExtendHighI8x16S: V128(extended(operand.i8x16, .high, to: SIMD8<Int16>.self))
    case .i16x8ExtendLowI8x16U: V128(extended(operand.u8x16, .low, to: SIMD8<UInt16>.self))
    case .i16x8ExtendHighI8x16U: V128(extended(operand.u8x16, .high, to: SIMD8<UInt16>.self))
    case .i32x4ExtendLowI16x8S: V128(extended(operand.i16x8, .low, to: SIMD4<Int32>.self))
    case .i32x4ExtendHighI16x8S: V128(extended(operand.i16x8, .high, to: SIMD4<Int32>.self))
    case .i32x4ExtendLowI16x8U: V128(extended(operand.u16x8, .low, to: SIMD4<UInt32>.self))
    case .i32x4ExtendHighI16x8U: V128(extended(operand.u16x8, .high, to: SIMD4<UInt32>.self))
    case .i64x2ExtendLowI32x4S: V128(extended(operand.i32x4, .low, to: SIMD2<Int64>.self))
    case .i64x2ExtendHighI32x4S: V128(extended(operand.i32x4, .high, to: SIMD2<Int64>.self))
    case .i64x2ExtendLowI32x4U: V128(extended(operand.u32x4, .low, to: SIMD2<UInt64>.self))
    case .i64x2ExtendHighI32x4U: V128(extended(operand.u32x4, .high, to: SIMD2<UInt64>.self))
    case .f32x4Abs: V128(operand.u32x4 & SIMD4(repeating: 0x7FFF_FFFF))
    case .f32x4Neg: V128(operand.u32x4 ^ SIMD4(repeating: 0x8000_0000))
    case .f32x4Sqrt: V128(operand.f32x4.squareRoot())
    case .f32x4Ceil: V128(map(operand.f32x4) { rounded($0, .up) } as SIMD4<Float>)
    case .f32x4Floor: V128(map(operand.f32x4) { rounded($0, .down) } as SIMD4<Float>)
    case .f32x4Trunc: V128(map(operand.f32x4) { rounded($0, .towardZero) } as SIMD4<Float>)
    case .f32x4Nearest: V128(map(operand.f32x4) { rounded($0, .toNearestOrEven) } as SIMD4<Float>)
    case .f64x2Abs: V128(operand.u64x2 & SIMD2(repeating: 0x7FFF_FFFF_FFFF_FFFF))
    case .f64x2Neg: V128(operand.u64x2 ^ SIMD2(repeating: 0x8000_0000_0000_0000))
    case .f64x2Sqrt: V128(operand.f64x2.squareRoot())
    case .f64x2Ceil: V128(map(operand.f64x2) { rounded($0, .up) } as SIMD2<Double>)
    case .f64x2Floor: V128(map(operand.f64x2) { rounded($0, .down) } as SIMD2<Double>)
    case .f64x2Trunc: V128(map(operand.f64x2) { rounded($0, .towardZero) } as SIMD2<Double>)
    case .f64x2Nearest: V128(map(operand.f64x2) { rounded($0, .toNearestOrEven) } as SIMD2<Double>)
    // A relaxed truncation is the saturating one, as in the deterministic profile.
    case .i32x4TruncSatF32x4S, .i32x4RelaxedTruncF32x4S:
        V128(map(operand.f32x4) { saturated($0) } as SIMD4<Int32>)
    case .i32x4TruncSatF32x4U, .i32x4RelaxedTruncF32x4U:
        V128(map(operand.f32x4) { saturated($0) } as SIMD4<UInt32>)
    case .i32x4TruncSatF64x2SZero, .i32x4RelaxedTruncF64x2SZero:
        V128(SIMD4<Int32>(saturated(operand.f64x2[0]), saturated(operand.f64x2[1]), 0, 0))
    case .i32x4TruncSatF64x2UZero, .i32x4RelaxedTruncF64x2UZero:
        V128(SIMD4<UInt32>(saturated(operand.f64x2[0]), saturated(operand.f64x2[1]), 0, 0))
    case .f32x4ConvertI32x4S: V128(map(operand.i32x4) { Float($0) } as SIMD4<Float>)
    case .f32x4ConvertI32x4U: V128(map(operand.u32x4) { Float($0) } as SIMD4<Float>)
    case .f64x2ConvertLowI32x4S: V128(SIMD2<Double>(Double(operand.i32x4[0]), Double(operand.i32x4[1])))
    case .f64x2ConvertLowI32x4U: V128(SIMD2<Double>(Double(operand.u32x4[0]), Double(operand.u32x4[1])))
    case .f32x4DemoteF64x2Zero: V128(SIMD4<Float>(Float(operand.f64x2[0]), Float(operand.f64x2[1]), 0, 0))
    case .f64x2PromoteLowF32x4: V128(SIMD2<Double>(Double(operand.f32x4[0]), Double(operand.f32x4[1])))
    }
}

func vectorCompare(_ operation: VectorCompareOperation, _ lhs: V128, _ rhs: V128) -> V128 {
    switch operation {
    case .i8x16Eq: mask(lhs.i8x16 .== rhs.i8x16)
    case .i8x16Ne: mask(lhs.i8x16 .!= rhs.i8x16)
    case .i8x16LtS: mask(lhs.i8x16 .< rhs.i8x16)
    case .i8x16LtU: mask(lhs.u8x16 .< rhs.u8x16)
    case .i8x16GtS: mask(lhs.i8x16 .> rhs.i8x16)
    case .i8x16GtU: mask(lhs.u8x16 .> rhs.u8x16)
    case .i8x16LeS: mask(lhs.i8x16 .<= rhs.i8x16)
    case .i8x16LeU: mask(lhs.u8x16 .<= rhs.u8x16)
    case .i8x16GeS: mask(lhs.i8x16 .>= rhs.i8x16)
    case .i8x16GeU: mask(lhs.u8x16 .>= rhs.u8x16)
    case .i16x8Eq: mask(lhs.i16x8 .== rhs.i16x8)
    case .i16x8Ne: mask(lhs.i16x8 .!= rhs.i16x8)
    case .i16x8LtS: mask(lhs.i16x8 .< rhs.i16x8)
    case .i16x8LtU: mask(lhs.u16x8 .< rhs.u16x8)
    case .i16x8GtS: mask(lhs.i16x8 .> rhs.i16x8)
    case .i16x8GtU: mask(lhs.u16x8 .> rhs.u16x8)
    case .i16x8LeS: mask(lhs.i16x8 .<= rhs.i16x8)
    case .i16x8LeU: mask(lhs.u16x8 .<= rhs.u16x8)
    case .i16x8GeS: mask(lhs.i16x8 .>= rhs.i16x8)
    case .i16x8GeU: mask(lhs.u16x8 .>= rhs.u16x8)
    case .i32x4Eq: mask(lhs.i32x4 .== rhs.i32x4)
    case .i32x4Ne: mask(lhs.i32x4 .!= rhs.i32x4)
    case .i32x4LtS: mask(lhs.i32x4 .< rhs.i32x4)
    case .i32x4LtU: mask(lhs.u32x4 .< rhs.u32x4)
    case .i32x4GtS: mask(lhs.i32x4 .> rhs.i32x4)
    case .i32x4GtU: mask(lhs.u32x4 .> rhs.u32x4)
    case .i32x4LeS: mask(lhs.i32x4 .<= rhs.i32x4)
    case .i32x4LeU: mask(lhs.u32x4 .<= rhs.u32x4)
    case .i32x4GeS: mask(lhs.i32x4 .>= rhs.i32x4)
    case .i32x4GeU: mask(lhs.u32x4 .>= rhs.u32x4)
    case .i64x2Eq: mask(lhs.i64x2 .== rhs.i64x2)
    case .i64x2Ne: mask(lhs.i64x2 .!= rhs.i64x2)
    case .i64x2LtS: mask(lhs.i64x2 .< rhs.i64x2)
    case .i64x2GtS: mask(lhs.i64x2 .> rhs.i64x2)
    case .i64x2LeS: mask(lhs.i64x2 .<= rhs.i64x2)
    case .i64x2GeS: mask(lhs.i64x2 .>= rhs.i64x2)
    case .f32x4Eq: mask(lhs.f32x4 .== rhs.f32x4)
    case .f32x4Ne: mask(lhs.f32x4 .!= rhs.f32x4)
    case .f32x4Lt: mask(lhs.f32x4 .< rhs.f32x4)
    case .f32x4Gt: mask(lhs.f32x4 .> rhs.f32x4)
    case .f32x4Le: mask(lhs.f32x4 .<= rhs.f32x4)
    case .f32x4Ge: mask(lhs.f32x4 .>= rhs.f32x4)
    case .f64x2Eq: mask(lhs.f64x2 .== rhs.f64x2)
    case .f64x2Ne: mask(lhs.f64x2 .!= rhs.f64x2)
    case .f64x2Lt: mask(lhs.f64x2 .< rhs.f64x2)
    case .f64x2Gt: mask(lhs.f64x2 .> rhs.f64x2)
    case .f64x2Le: mask(lhs.f64x2 .<= rhs.f64x2)
    case .f64x2Ge: mask(lhs.f64x2 .>= rhs.f64x2)
    }
}

/// The count is taken modulo the lane's width.
func vectorShift(_ operation: VectorShiftOperation, _ operand: V128, _ count: UInt32) -> V128 {
    switch operation {
    case .i8x16Shl: V128(operand.u8x16 &<< SIMD16(repeating: UInt8(truncatingIfNeeded: count)))
    case .i8x16ShrS: V128(operand.i8x16 &>> SIMD16(repeating: Int8(truncatingIfNeeded: count)))
    case .i8x16ShrU: V128(operand.u8x16 &>> SIMD16(repeating: UInt8(truncatingIfNeeded: count)))
    case .i16x8Shl: V128(operand.u16x8 &<< SIMD8(repeating: UInt16(truncatingIfNeeded: count)))
    case .i16x8ShrS: V128(operand.i16x8 &>> SIMD8(repeating: Int16(truncatingIfNeeded: count)))
    case .i16x8ShrU: V128(operand.u16x8 &>> SIMD8(repeating: UInt16(truncatingIfNeeded: count)))
    case .i32x4Shl: V128(operand.u32x4 &<< SIMD4(repeating: count))
    case .i32x4ShrS: V128(operand.i32x4 &>> SIMD4(repeating: Int32(truncatingIfNeeded: count)))
    case .i32x4ShrU: V128(operand.u32x4 &>> SIMD4(repeating: count))
    case .i64x2Shl: V128(operand.u64x2 &<< SIMD2(repeating: UInt64(count)))
    case .i64x2ShrS: V128(operand.i64x2 &>> SIMD2(repeating: Int64(count)))
    case .i64x2ShrU: V128(operand.u64x2 &>> SIMD2(repeating: UInt64(count)))
    }
}

func vectorTest(_ operation: VectorTestOperation, _ operand: V128) -> UInt32 {
    switch operation {
    case .v128AnyTrue: operand.low | operand.high != 0 ? 1 : 0
    case .i8x16AllTrue: all(operand.u8x16 .!= 0) ? 1 : 0
    case .i16x8AllTrue: all(operand.u16x8 .!= 0) ? 1 : 0
    case .i32x4AllTrue: all(operand.u32x4 .!= 0) ? 1 : 0
    case .i64x2AllTrue: all(operand.u64x2 .!= 0) ? 1 : 0
    case .i8x16Bitmask: bitmask(operand.i8x16)
    case .i16x8Bitmask: bitmask(operand.i16x8)
    case .i32x4Bitmask: bitmask(operand.i32x4)
    case .i64x2Bitmask: bitmask(operand.i64x2)
    }
}

/// The sign bits of all lanes, lane 0 lowest.
@inline(__always)
private func bitmask<Vector: SIMD>(_ lanes: Vector) -> UInt32 where Vector.Scalar: FixedWidthInteger {
    var result: UInt32 = 0
    for lane in lanes.indices where lanes[lane] < 0 { result |= 1 << UInt32(lane) }
    return result
}

func vectorSplat(_ operation: VectorSplatOperation, _ value: UInt64) -> V128 {
    switch operation {
    case .i8x16Splat: V128(SIMD16(repeating: UInt8(truncatingIfNeeded: value)))
    case .i16x8Splat: V128(SIMD8(repeating: UInt16(truncatingIfNeeded: value)))
    case .i32x4Splat, .f32x4Splat: V128(SIMD4(repeating: value.i32))
    case .i64x2Splat, .f64x2Splat: V128(low: value, high: value)
    }
}

func vectorExtractLane(_ operation: VectorExtractLaneOperation, _ operand: V128, _ lane: Int) -> UInt64 {
    switch operation {
    case .i8x16ExtractLaneS: UInt64(i32: Int32(operand.i8x16[lane]))
    case .i8x16ExtractLaneU: UInt64(operand.u8x16[lane])
    case .i16x8ExtractLaneS: UInt64(i32: Int32(operand.i16x8[lane]))
    case .i16x8ExtractLaneU: UInt64(operand.u16x8[lane])
    case .i32x4ExtractLane, .f32x4ExtractLane: UInt64(operand.u32x4[lane])
    case .i64x2ExtractLane, .f64x2ExtractLane: operand.u64x2[lane]
    }
}

func vectorReplaceLane(
    _ operation: VectorReplaceLaneOperation, _ operand: V128, _ lane: Int, _ value: UInt64
) -> V128 {
    switch operation {
    case .i8x16ReplaceLane: replacing(operand.u8x16, lane, value)
    case .i16x8ReplaceLane: replacing(operand.u16x8, lane, value)
    case .i32x4ReplaceLane, .f32x4ReplaceLane: replacing(operand.u32x4, lane, value)
    case .i64x2ReplaceLane, .f64x2ReplaceLane: replacing(operand.u64x2, lane, value)
    }
}

@inline(__always)
func replacing<Vector: SIMD>(_ lanes: Vector, _ lane: Int, _ value: UInt64) -> V128
where Vector.Scalar: FixedWidthInteger {
    var lanes = lanes
    lanes[lane] = Vector.Scalar(truncatingIfNeeded: value)
    return V128(lanes)
}
