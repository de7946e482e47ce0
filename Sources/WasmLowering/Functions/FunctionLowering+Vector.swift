// Vector instructions on lanes: moves, comparisons, tests, shifts, bit selection.
// Arithmetic is in FunctionLowering+VectorArithmetic.swift.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#vector-operations

import Diagnostics
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    // MARK: Lanes

    func lowerVectorShuffle(_ lanes: V128) {
        let second = popVector(types.i8x16)
        let first = popVector(types.i8x16)
        pushVector(builder.shuffleVector(first, second, mask: (0..<16).map { Int(lanes[$0]) }))
    }

    func lowerVectorSplat(_ operation: VectorSplatOperation) {
        let value = pop()
        switch operation {
        case .i8x16Splat: pushVector(builder.splat(builder.trunc(value, context.i8), count: 16))
        case .i16x8Splat: pushVector(builder.splat(builder.trunc(value, context.i16), count: 8))
        case .i32x4Splat, .f32x4Splat: pushVector(builder.splat(value, count: 4))
        case .i64x2Splat, .f64x2Splat: pushVector(builder.splat(value, count: 2))
        }
    }

    func lowerVectorExtractLane(_ operation: VectorExtractLaneOperation, _ lane: UInt8) {
        func extract(_ type: IRType) -> IRValue { builder.extractElement(popVector(type), lane: Int(lane)) }
        switch operation {
        case .i8x16ExtractLaneS: push(builder.sext(extract(types.i8x16), context.i32))
        case .i8x16ExtractLaneU: push(builder.zext(extract(types.i8x16), context.i32))
        case .i16x8ExtractLaneS: push(builder.sext(extract(types.i16x8), context.i32))
        case .i16x8ExtractLaneU: push(builder.zext(extract(types.i16x8), context.i32))
        case .i32x4ExtractLane: push(extract(types.i32x4))
        case .i64x2ExtractLane: push(extract(types.i64x2))
        case .f32x4ExtractLane: push(extract(types.f32x4))
        case .f64x2ExtractLane: push(extract(types.f64x2))
        }
    }

    func lowerVectorReplaceLane(_ operation: VectorReplaceLaneOperation, _ lane: UInt8) {
        let value = pop()
        let (type, element): (IRType, IRValue) =
            switch operation {
            case .i8x16ReplaceLane: (types.i8x16, builder.trunc(value, context.i8))
            case .i16x8ReplaceLane: (types.i16x8, builder.trunc(value, context.i16))
            case .i32x4ReplaceLane: (types.i32x4, value)
            case .i64x2ReplaceLane: (types.i64x2, value)
            case .f32x4ReplaceLane: (types.f32x4, value)
            case .f64x2ReplaceLane: (types.f64x2, value)
            }
        pushVector(builder.insertElement(popVector(type), element, lane: Int(lane)))
    }

    // MARK: Comparisons

    func lowerVectorCompare(_ operation: VectorCompareOperation) {
        switch operation {
        case .i8x16Eq: compare(types.i8x16, .eq)
        case .i8x16Ne: compare(types.i8x16, .ne)
        case .i8x16LtS: compare(types.i8x16, .slt)
        case .i8x16LtU: compare(types.i8x16, .ult)
        case .i8x16GtS: compare(types.i8x16, .sgt)
        case .i8x16GtU: compare(types.i8x16, .ugt)
        case .i8x16LeS: compare(types.i8x16, .sle)
        case .i8x16LeU: compare(types.i8x16, .ule)
        case .i8x16GeS: compare(types.i8x16, .sge)
        case .i8x16GeU: compare(types.i8x16, .uge)
        case .i16x8Eq: compare(types.i16x8, .eq)
        case .i16x8Ne: compare(types.i16x8, .ne)
        case .i16x8LtS: compare(types.i16x8, .slt)
        case .i16x8LtU: compare(types.i16x8, .ult)
        case .i16x8GtS: compare(types.i16x8, .sgt)
        case .i16x8GtU: compare(types.i16x8, .ugt)
        case .i16x8LeS: compare(types.i16x8, .sle)
        case .i16x8LeU: compare(types.i16x8, .ule)
        case .i16x8GeS: compare(types.i16x8, .sge)
        case .i16x8GeU: compare(types.i16x8, .uge)
        case .i32x4Eq: compare(types.i32x4, .eq)
        case .i32x4Ne: compare(types.i32x4, .ne)
        case .i32x4LtS: compare(types.i32x4, .slt)
        case .i32x4LtU: compare(types.i32x4, .ult)
        case .i32x4GtS: compare(types.i32x4, .sgt)
        case .i32x4GtU: compare(types.i32x4, .ugt)
        case .i32x4LeS: compare(types.i32x4, .sle)
        case .i32x4LeU: compare(types.i32x4, .ule)
        case .i32x4GeS: compare(types.i32x4, .sge)
        case .i32x4GeU: compare(types.i32x4, .uge)
        case .i64x2Eq: compare(types.i64x2, .eq)
        case .i64x2Ne: compare(types.i64x2, .ne)
        case .i64x2LtS: compare(types.i64x2, .slt)
        case .i64x2GtS: compare(types.i64x2, .sgt)
        case .i64x2LeS: compare(types.i64x2, .sle)
        case .i64x2GeS: compare(types.i64x2, .sge)
        case .f32x4Eq: compareFloats(types.f32x4, .oeq)
        case .f32x4Ne: compareFloats(types.f32x4, .une)
        case .f32x4Lt: compareFloats(types.f32x4, .olt)
        case .f32x4Gt: compareFloats(types.f32x4, .ogt)
        case .f32x4Le: compareFloats(types.f32x4, .ole)
        case .f32x4Ge: compareFloats(types.f32x4, .oge)
        case .f64x2Eq: compareFloats(types.f64x2, .oeq)
        case .f64x2Ne: compareFloats(types.f64x2, .une)
        case .f64x2Lt: compareFloats(types.f64x2, .olt)
        case .f64x2Gt: compareFloats(types.f64x2, .ogt)
        case .f64x2Le: compareFloats(types.f64x2, .ole)
        case .f64x2Ge: compareFloats(types.f64x2, .oge)
        }
    }

    /// Lanes of ones where the predicate holds.
    private func compare(_ type: IRType, _ predicate: IntPredicate) {
        let rhs = popVector(type)
        let lhs = popVector(type)
        pushVector(builder.sext(builder.icmp(predicate, lhs, rhs), type))
    }

    private func compareFloats(_ type: IRType, _ predicate: RealPredicate) {
        let rhs = popVector(type)
        let lhs = popVector(type)
        let mask = type == types.f32x4 ? types.i32x4 : types.i64x2
        pushVector(builder.sext(builder.fcmp(predicate, lhs, rhs), mask))
    }

    // MARK: Shifts

    func lowerVectorShift(_ operation: VectorShiftOperation) {
        switch operation {
        case .i8x16Shl: shift(types.i8x16) { $0.shl($1, $2) }
        case .i8x16ShrS: shift(types.i8x16) { $0.ashr($1, $2) }
        case .i8x16ShrU: shift(types.i8x16) { $0.lshr($1, $2) }
        case .i16x8Shl: shift(types.i16x8) { $0.shl($1, $2) }
        case .i16x8ShrS: shift(types.i16x8) { $0.ashr($1, $2) }
        case .i16x8ShrU: shift(types.i16x8) { $0.lshr($1, $2) }
        case .i32x4Shl: shift(types.i32x4) { $0.shl($1, $2) }
        case .i32x4ShrS: shift(types.i32x4) { $0.ashr($1, $2) }
        case .i32x4ShrU: shift(types.i32x4) { $0.lshr($1, $2) }
        case .i64x2Shl: shift(types.i64x2) { $0.shl($1, $2) }
        case .i64x2ShrS: shift(types.i64x2) { $0.ashr($1, $2) }
        case .i64x2ShrU: shift(types.i64x2) { $0.lshr($1, $2) }
        }
    }

    /// LLVM: a lane shifted by its width or more is poison; Wasm takes the count modulo the width.
    private func shift(_ type: IRType, _ operation: (IRBuilder, IRValue, IRValue) -> IRValue) {
        let width = type.elementType.integerWidth
        let masked = builder.and(pop(), context.constI32(UInt32(width - 1)))
        let count = builder.splat(builder.zextOrTrunc(masked, type.elementType), count: type.vectorCount)
        pushVector(operation(builder, popVector(type), count))
    }

    // MARK: Tests

    func lowerVectorTest(_ operation: VectorTestOperation) {
        switch operation {
        case .v128AnyTrue:
            let bits = builder.bitCast(pop(), context.i128)
            pushBoolean(builder.icmp(.ne, bits, context.i128.constInt(0)))
        case .i8x16AllTrue: allTrue(types.i8x16)
        case .i16x8AllTrue: allTrue(types.i16x8)
        case .i32x4AllTrue: allTrue(types.i32x4)
        case .i64x2AllTrue: allTrue(types.i64x2)
        case .i8x16Bitmask: bitmask(types.i8x16)
        case .i16x8Bitmask: bitmask(types.i16x8)
        case .i32x4Bitmask: bitmask(types.i32x4)
        case .i64x2Bitmask: bitmask(types.i64x2)
        }
    }

    private func allTrue(_ type: IRType) {
        let isTrue = builder.icmp(.ne, popVector(type), type.constNull())
        pushBoolean(builder.intrinsic("llvm.vector.reduce.and", [isTrue.type], [isTrue]))
    }

    /// The lanes' sign bits, lane 0 lowest.
    private func bitmask(_ type: IRType) {
        let isNegative = builder.icmp(.slt, popVector(type), type.constNull())
        let bits = builder.bitCast(isNegative, context.integer(width: type.vectorCount))
        push(builder.zext(bits, context.i32))
    }

    // MARK: Ternary

    func lowerVectorTernary(_ operation: VectorTernaryOperation) {
        switch operation {
        case .v128Bitselect, .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect,
            .i64x2RelaxedLaneselect:
            bitselect()
        case .f32x4RelaxedMadd: multiplyAdd(types.f32x4, negated: false)
        case .f32x4RelaxedNmadd: multiplyAdd(types.f32x4, negated: true)
        case .f64x2RelaxedMadd: multiplyAdd(types.f64x2, negated: false)
        case .f64x2RelaxedNmadd: multiplyAdd(types.f64x2, negated: true)
        case .i32x4RelaxedDotI8x16I7x16AddS:
            let addend = popVector(types.i32x4)
            pushVector(builder.add(pairsAdded(relaxedDot(), types.i32x4), addend))
        }
    }

    /// Rounds twice, as the interpreter does: one result on every CPU, with `fma` instructions or without.
    private func multiplyAdd(_ type: IRType, negated: Bool) {
        let addend = popVector(type)
        let rhs = popVector(type)
        let lhs = popVector(type)
        pushVector(builder.fadd(builder.fmul(negated ? builder.fneg(lhs) : lhs, rhs), addend))
    }

    private func bitselect() {
        let mask = pop()
        let otherwise = pop()
        let then = pop()
        push(builder.or(builder.and(then, mask), builder.and(otherwise, builder.not(mask))))
    }
}
