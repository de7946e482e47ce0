// Vector arithmetic. Relaxed operations have one result on every CPU, that of the specification's deterministic
// profile: the plain or saturating operation, and two roundings in a multiply-add.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#vector-operations

import Diagnostics
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    // MARK: Unary

    func lowerVectorUnary(_ operation: VectorUnaryOperation) {
        switch operation {
        case .v128Not: push(builder.not(pop()))
        case .i8x16Abs: absolute(types.i8x16)
        case .i16x8Abs: absolute(types.i16x8)
        case .i32x4Abs: absolute(types.i32x4)
        case .i64x2Abs: absolute(types.i64x2)
        case .i8x16Neg: pushVector(builder.neg(popVector(types.i8x16)))
        case .i16x8Neg: pushVector(builder.neg(popVector(types.i16x8)))
        case .i32x4Neg: pushVector(builder.neg(popVector(types.i32x4)))
        case .i64x2Neg: pushVector(builder.neg(popVector(types.i64x2)))
        case .i8x16Popcnt: apply("llvm.ctpop", types.i8x16)

        case .i16x8ExtaddPairwiseI8x16S: addPairs(types.i8x16, types.i16x8, signed: true)
        case .i16x8ExtaddPairwiseI8x16U: addPairs(types.i8x16, types.i16x8, signed: false)
        case .i32x4ExtaddPairwiseI16x8S: addPairs(types.i16x8, types.i32x4, signed: true)
        case .i32x4ExtaddPairwiseI16x8U: addPairs(types.i16x8, types.i32x4, signed: false)

        case .i16x8ExtendLowI8x16S: pushVector(extended(popVector(types.i8x16), types.i16x8, high: false, signed: true))
        case .i16x8ExtendHighI8x16S: pushVector(extended(popVector(types.i8x16), types.i16x8, high: true, signed: true))
        case .i16x8ExtendLowI8x16U:
            pushVector(extended(popVector(types.i8x16), types.i16x8, high: false, signed: false))
        case .i16x8ExtendHighI8x16U:
            pushVector(extended(popVector(types.i8x16), types.i16x8, high: true, signed: false))
        case .i32x4ExtendLowI16x8S: pushVector(extended(popVector(types.i16x8), types.i32x4, high: false, signed: true))
        case .i32x4ExtendHighI16x8S: pushVector(extended(popVector(types.i16x8), types.i32x4, high: true, signed: true))
        case .i32x4ExtendLowI16x8U:
            pushVector(extended(popVector(types.i16x8), types.i32x4, high: false, signed: false))
        case .i32x4ExtendHighI16x8U:
            pushVector(extended(popVector(types.i16x8), types.i32x4, high: true, signed: false))
        case .i64x2ExtendLowI32x4S: pushVector(extended(popVector(types.i32x4), types.i64x2, high: false, signed: true))
        case .i64x2ExtendHighI32x4S: pushVector(extended(popVector(types.i32x4), types.i64x2, high: true, signed: true))
        case .i64x2ExtendLowI32x4U:
            pushVector(extended(popVector(types.i32x4), types.i64x2, high: false, signed: false))
        case .i64x2ExtendHighI32x4U:
            pushVector(extended(popVector(types.i32x4), types.i64x2, high: true, signed: false))

        case .f32x4Abs: apply("llvm.fabs", types.f32x4)
        case .f64x2Abs: apply("llvm.fabs", types.f64x2)
        case .f32x4Neg: pushVector(builder.fneg(popVector(types.f32x4)))
        case .f64x2Neg: pushVector(builder.fneg(popVector(types.f64x2)))
        case .f32x4Sqrt: apply("llvm.sqrt", types.f32x4)
        case .f64x2Sqrt: apply("llvm.sqrt", types.f64x2)
        case .f32x4Ceil: pushVector(rounded(.up, popVector(types.f32x4)))
        case .f64x2Ceil: pushVector(rounded(.up, popVector(types.f64x2)))
        case .f32x4Floor: pushVector(rounded(.down, popVector(types.f32x4)))
        case .f64x2Floor: pushVector(rounded(.down, popVector(types.f64x2)))
        case .f32x4Trunc: pushVector(rounded(.towardZero, popVector(types.f32x4)))
        case .f64x2Trunc: pushVector(rounded(.towardZero, popVector(types.f64x2)))
        case .f32x4Nearest: pushVector(rounded(.toNearestEven, popVector(types.f32x4)))
        case .f64x2Nearest: pushVector(rounded(.toNearestEven, popVector(types.f64x2)))

        case .f32x4DemoteF64x2Zero: demote()
        case .f64x2PromoteLowF32x4: promote()
        case .i32x4TruncSatF32x4S, .i32x4RelaxedTruncF32x4S:
            pushVector(saturated(popVector(types.f32x4), to: types.i32x4, signed: true))
        case .i32x4TruncSatF32x4U, .i32x4RelaxedTruncF32x4U:
            pushVector(saturated(popVector(types.f32x4), to: types.i32x4, signed: false))
        case .i32x4TruncSatF64x2SZero, .i32x4RelaxedTruncF64x2SZero: truncateWithZeros(signed: true)
        case .i32x4TruncSatF64x2UZero, .i32x4RelaxedTruncF64x2UZero: truncateWithZeros(signed: false)
        case .f32x4ConvertI32x4S: pushVector(builder.siToFP(popVector(types.i32x4), types.f32x4))
        case .f32x4ConvertI32x4U: pushVector(builder.uiToFP(popVector(types.i32x4), types.f32x4))
        case .f64x2ConvertLowI32x4S: pushVector(builder.siToFP(lowHalf(popVector(types.i32x4)), types.f64x2))
        case .f64x2ConvertLowI32x4U: pushVector(builder.uiToFP(lowHalf(popVector(types.i32x4)), types.f64x2))
        }
    }

    /// A unary LLVM intrinsic on lanes of `type`.
    private func apply(_ intrinsic: String, _ type: IRType) {
        pushVector(builder.intrinsic(intrinsic, [type], [popVector(type)]))
    }

    /// The flag says that the minimum is not poison: it stays itself.
    private func absolute(_ type: IRType) {
        pushVector(builder.intrinsic("llvm.abs", [type], [popVector(type), context.constI1(false)]))
    }

    /// Lanes `first`, `first + step`, ... of a vector: half of them.
    private func halfOfLanes(_ vector: IRValue, first: Int, step: Int) -> IRValue {
        builder.shuffleVector(vector, mask: (0..<vector.type.vectorCount / 2).map { first + $0 * step })
    }

    private func lowHalf(_ vector: IRValue) -> IRValue { halfOfLanes(vector, first: 0, step: 1) }

    private func extended(_ vector: IRValue, _ wide: IRType, high: Bool, signed: Bool) -> IRValue {
        let half = halfOfLanes(vector, first: high ? vector.type.vectorCount / 2 : 0, step: 1)
        return signed ? builder.sext(half, wide) : builder.zext(half, wide)
    }

    private func addPairs(_ narrow: IRType, _ wide: IRType, signed: Bool) {
        let vector = popVector(narrow)
        let even = halfOfLanes(vector, first: 0, step: 2)
        let odd = halfOfLanes(vector, first: 1, step: 2)
        if signed {
            pushVector(builder.add(builder.sext(even, wide), builder.sext(odd, wide)))
        } else {
            pushVector(builder.add(builder.zext(even, wide), builder.zext(odd, wide)))
        }
    }

    /// Two lanes, followed by two zero lanes.
    private func withZeros(_ half: IRValue) -> IRValue {
        builder.shuffleVector(half, half.type.constNull(), mask: [0, 1, 2, 3])
    }

    private func demote() {
        pushVector(withZeros(demoted(popVector(types.f64x2), to: context.vector(of: context.f32, count: 2))))
    }

    private func promote() {
        pushVector(builder.fpExt(lowHalf(popVector(types.f32x4)), types.f64x2))
    }

    private func truncateWithZeros(signed: Bool) {
        let half = context.vector(of: context.i32, count: 2)
        pushVector(withZeros(saturated(popVector(types.f64x2), to: half, signed: signed)))
    }

    // MARK: Binary

    func lowerVectorBinary(_ operation: VectorBinaryOperation) {
        switch operation {
        case .i8x16Swizzle, .i8x16RelaxedSwizzle: swizzle()
        case .v128And: binary(types.v128) { $0.and($1, $2) }
        case .v128Andnot: binary(types.v128) { $0.and($1, $0.not($2)) }
        case .v128Or: binary(types.v128) { $0.or($1, $2) }
        case .v128Xor: binary(types.v128) { $0.xor($1, $2) }

        case .i8x16Add: binary(types.i8x16) { $0.add($1, $2) }
        case .i16x8Add: binary(types.i16x8) { $0.add($1, $2) }
        case .i32x4Add: binary(types.i32x4) { $0.add($1, $2) }
        case .i64x2Add: binary(types.i64x2) { $0.add($1, $2) }
        case .i8x16Sub: binary(types.i8x16) { $0.sub($1, $2) }
        case .i16x8Sub: binary(types.i16x8) { $0.sub($1, $2) }
        case .i32x4Sub: binary(types.i32x4) { $0.sub($1, $2) }
        case .i64x2Sub: binary(types.i64x2) { $0.sub($1, $2) }
        case .i16x8Mul: binary(types.i16x8) { $0.mul($1, $2) }
        case .i32x4Mul: binary(types.i32x4) { $0.mul($1, $2) }
        case .i64x2Mul: binary(types.i64x2) { $0.mul($1, $2) }

        case .i8x16AddSatS: apply2("llvm.sadd.sat", types.i8x16)
        case .i8x16AddSatU: apply2("llvm.uadd.sat", types.i8x16)
        case .i16x8AddSatS: apply2("llvm.sadd.sat", types.i16x8)
        case .i16x8AddSatU: apply2("llvm.uadd.sat", types.i16x8)
        case .i8x16SubSatS: apply2("llvm.ssub.sat", types.i8x16)
        case .i8x16SubSatU: apply2("llvm.usub.sat", types.i8x16)
        case .i16x8SubSatS: apply2("llvm.ssub.sat", types.i16x8)
        case .i16x8SubSatU: apply2("llvm.usub.sat", types.i16x8)

        case .i8x16MinS: apply2("llvm.smin", types.i8x16)
        case .i8x16MinU: apply2("llvm.umin", types.i8x16)
        case .i8x16MaxS: apply2("llvm.smax", types.i8x16)
        case .i8x16MaxU: apply2("llvm.umax", types.i8x16)
        case .i16x8MinS: apply2("llvm.smin", types.i16x8)
        case .i16x8MinU: apply2("llvm.umin", types.i16x8)
        case .i16x8MaxS: apply2("llvm.smax", types.i16x8)
        case .i16x8MaxU: apply2("llvm.umax", types.i16x8)
        case .i32x4MinS: apply2("llvm.smin", types.i32x4)
        case .i32x4MinU: apply2("llvm.umin", types.i32x4)
        case .i32x4MaxS: apply2("llvm.smax", types.i32x4)
        case .i32x4MaxU: apply2("llvm.umax", types.i32x4)

        case .i8x16AvgrU: averageRounded(types.i8x16, context.vector(of: context.i16, count: 16))
        case .i16x8AvgrU: averageRounded(types.i16x8, context.vector(of: context.i32, count: 8))
        case .i16x8Q15mulrSatS, .i16x8RelaxedQ15mulrS: multiplyQ15()
        case .i32x4DotI16x8S: dotProduct()

        case .i8x16NarrowI16x8S: narrow(types.i16x8, context.i8, signed: true)
        case .i8x16NarrowI16x8U: narrow(types.i16x8, context.i8, signed: false)
        case .i16x8NarrowI32x4S: narrow(types.i32x4, context.i16, signed: true)
        case .i16x8NarrowI32x4U: narrow(types.i32x4, context.i16, signed: false)

        case .i16x8ExtmulLowI8x16S: multiplyExtended(types.i8x16, types.i16x8, high: false, signed: true)
        case .i16x8ExtmulHighI8x16S: multiplyExtended(types.i8x16, types.i16x8, high: true, signed: true)
        case .i16x8ExtmulLowI8x16U: multiplyExtended(types.i8x16, types.i16x8, high: false, signed: false)
        case .i16x8ExtmulHighI8x16U: multiplyExtended(types.i8x16, types.i16x8, high: true, signed: false)
        case .i32x4ExtmulLowI16x8S: multiplyExtended(types.i16x8, types.i32x4, high: false, signed: true)
        case .i32x4ExtmulHighI16x8S: multiplyExtended(types.i16x8, types.i32x4, high: true, signed: true)
        case .i32x4ExtmulLowI16x8U: multiplyExtended(types.i16x8, types.i32x4, high: false, signed: false)
        case .i32x4ExtmulHighI16x8U: multiplyExtended(types.i16x8, types.i32x4, high: true, signed: false)
        case .i64x2ExtmulLowI32x4S: multiplyExtended(types.i32x4, types.i64x2, high: false, signed: true)
        case .i64x2ExtmulHighI32x4S: multiplyExtended(types.i32x4, types.i64x2, high: true, signed: true)
        case .i64x2ExtmulLowI32x4U: multiplyExtended(types.i32x4, types.i64x2, high: false, signed: false)
        case .i64x2ExtmulHighI32x4U: multiplyExtended(types.i32x4, types.i64x2, high: true, signed: false)

        case .f32x4Add: arithmetic(types.f32x4, sum)
        case .f64x2Add: arithmetic(types.f64x2, sum)
        case .f32x4Sub: arithmetic(types.f32x4, difference)
        case .f64x2Sub: arithmetic(types.f64x2, difference)
        case .f32x4Mul: arithmetic(types.f32x4, product)
        case .f64x2Mul: arithmetic(types.f64x2, product)
        case .f32x4Div: arithmetic(types.f32x4, quotient)
        case .f64x2Div: arithmetic(types.f64x2, quotient)
        case .f32x4Min, .f32x4RelaxedMin: vectorExtremum("llvm.minimum", types.f32x4)
        case .f64x2Min, .f64x2RelaxedMin: vectorExtremum("llvm.minimum", types.f64x2)
        case .f32x4Max, .f32x4RelaxedMax: vectorExtremum("llvm.maximum", types.f32x4)
        case .f64x2Max, .f64x2RelaxedMax: vectorExtremum("llvm.maximum", types.f64x2)
        // pmin is `b < a ? b : a`, pmax `a < b ? b : a`: NaNs and zeros as they fall, bit for bit.
        case .f32x4Pmin: binary(types.f32x4) { $0.select($0.fcmp(.olt, $2, $1), $2, $1) }
        case .f64x2Pmin: binary(types.f64x2) { $0.select($0.fcmp(.olt, $2, $1), $2, $1) }
        case .f32x4Pmax: binary(types.f32x4) { $0.select($0.fcmp(.olt, $1, $2), $2, $1) }
        case .f64x2Pmax: binary(types.f64x2) { $0.select($0.fcmp(.olt, $1, $2), $2, $1) }
        case .i16x8RelaxedDotI8x16I7x16S: pushVector(relaxedDot())
        }
    }

    private func binary(_ type: IRType, _ operation: (IRBuilder, IRValue, IRValue) -> IRValue) {
        let rhs = popVector(type)
        let lhs = popVector(type)
        pushVector(operation(builder, lhs, rhs))
    }

    private func arithmetic(_ type: IRType, _ operation: (IRValue, IRValue) -> IRValue) {
        let rhs = popVector(type)
        let lhs = popVector(type)
        pushVector(operation(lhs, rhs))
    }

    private func apply2(_ intrinsic: String, _ type: IRType) {
        binary(type) { $0.intrinsic(intrinsic, [type], [$1, $2]) }
    }

    private func vectorExtremum(_ intrinsic: String, _ type: IRType) {
        let rhs = popVector(type)
        let lhs = popVector(type)
        pushVector(extremum(intrinsic, lhs, rhs))
    }

    /// Lanes of the first operand by the second's; 0 for indices of 16 and more.
    ///
    /// x86's `pshufb` gives 0 only where bit 7 is set: saturating addition of 0x70 sets it for 16 and above.
    private func swizzle() {
        let indices = popVector(types.i8x16)
        let lanes = popVector(types.i8x16)
        guard owner.processor.shufflesBytes else {
            pushVector(builder.call(owner.swizzleFunction, [lanes, indices]))
            return
        }
        let bias = IRType.constSplat(context.constI8(0x70), count: 16)
        let mask = builder.intrinsic("llvm.uadd.sat", [types.i8x16], [indices, bias])
        pushVector(builder.intrinsic("llvm.x86.ssse3.pshuf.b.128", [], [lanes, mask]))
    }

    /// (a + b + 1) / 2 without overflow; LLVM recognises `pavgb` and `pavgw`.
    private func averageRounded(_ type: IRType, _ wide: IRType) {
        binary(type) { builder, lhs, rhs in
            let one = IRType.constSplat(wide.elementType.constInt(1), count: wide.vectorCount)
            let sum = builder.add(builder.add(builder.zext(lhs, wide), builder.zext(rhs, wide)), one)
            return builder.trunc(builder.lshr(sum, one), type)
        }
    }

    /// (a * b + 0x4000) >> 15, saturated: only -1 * -1 exceeds the range.
    private func multiplyQ15() {
        let wide = context.vector(of: context.i32, count: 8)
        let (i32, i16x8) = (context.i32, types.i16x8)
        binary(i16x8) { builder, lhs, rhs in
            let product = builder.mul(builder.sext(lhs, wide), builder.sext(rhs, wide))
            let rounded = builder.add(product, IRType.constSplat(i32.constInt(0x4000), count: 8))
            let shifted = builder.ashr(rounded, IRType.constSplat(i32.constInt(15), count: 8))
            let limit = IRType.constSplat(i32.constInt(0x7FFF), count: 8)
            return builder.trunc(builder.intrinsic("llvm.smin", [wide], [shifted, limit]), i16x8)
        }
    }

    /// Products of adjacent pairs, added: `pmaddwd`.
    private func dotProduct() {
        let rhs = popVector(types.i16x8)
        let lhs = popVector(types.i16x8)
        func products(_ first: Int) -> IRValue {
            let left = builder.sext(halfOfLanes(lhs, first: first, step: 2), types.i32x4)
            let right = builder.sext(halfOfLanes(rhs, first: first, step: 2), types.i32x4)
            return builder.mul(left, right)
        }
        pushVector(builder.add(products(0), products(1)))
    }

    /// Products of signed bytes, added in adjacent pairs with saturation: only the minimum squared twice exceeds 16 bits.
    func relaxedDot() -> IRValue {
        let rhs = popVector(types.i8x16)
        let lhs = popVector(types.i8x16)
        func products(_ first: Int) -> IRValue {
            let left = builder.sext(halfOfLanes(lhs, first: first, step: 2), types.i16x8)
            let right = builder.sext(halfOfLanes(rhs, first: first, step: 2), types.i16x8)
            return builder.mul(left, right)
        }
        return builder.intrinsic("llvm.sadd.sat", [types.i16x8], [products(0), products(1)])
    }

    /// Adjacent signed lanes, added with twice the width.
    func pairsAdded(_ vector: IRValue, _ wide: IRType) -> IRValue {
        builder.add(
            builder.sext(halfOfLanes(vector, first: 0, step: 2), wide),
            builder.sext(halfOfLanes(vector, first: 1, step: 2), wide))
    }

    /// Both operands' lanes, saturated to half their width; the lanes are signed, the result as said.
    private func narrow(_ type: IRType, _ element: IRType, signed: Bool) {
        let rhs = popVector(type)
        let lhs = popVector(type)
        let both = builder.shuffleVector(lhs, rhs, mask: (0..<2 * type.vectorCount).map { $0 })
        let bits = UInt64(element.integerWidth)
        let (low, high): (Int64, Int64) = signed ? (-(1 << (bits - 1)), 1 << (bits - 1) - 1) : (0, 1 << bits - 1)
        func splat(_ value: Int64) -> IRValue {
            IRType.constSplat(type.elementType.constInt(signed: value), count: both.type.vectorCount)
        }
        let above = builder.intrinsic("llvm.smax", [both.type], [both, splat(low)])
        let clamped = builder.intrinsic("llvm.smin", [both.type], [above, splat(high)])
        pushVector(builder.trunc(clamped, context.vector(of: element, count: both.type.vectorCount)))
    }

    private func multiplyExtended(_ narrow: IRType, _ wide: IRType, high: Bool, signed: Bool) {
        let rhs = popVector(narrow)
        let lhs = popVector(narrow)
        pushVector(
            builder.mul(
                extended(lhs, wide, high: high, signed: signed), extended(rhs, wide, high: high, signed: signed)))
    }
}
