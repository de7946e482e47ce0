// Integer instructions.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#integer-operations

import LLVMBridge
import WasmSpec

extension FunctionLowering {
    /// The i1 of a comparison as an i32.
    func pushBoolean(_ condition: IRValue) { push(builder.zext(condition, context.i32)) }

    func lowerIntegerTest(_ operation: IntegerTestOperation) {
        switch operation {
        case .i32Eqz: pushBoolean(builder.icmp(.eq, pop(), context.constI32(0)))
        case .i64Eqz: pushBoolean(builder.icmp(.eq, pop(), context.constI64(0)))
        }
    }

    func lowerIntegerCompare(_ operation: IntegerCompareOperation) {
        let rhs = pop()
        let lhs = pop()
        let predicate: IntPredicate =
            switch operation {
            case .i32Eq, .i64Eq: .eq
            case .i32Ne, .i64Ne: .ne
            case .i32LtS, .i64LtS: .slt
            case .i32LtU, .i64LtU: .ult
            case .i32GtS, .i64GtS: .sgt
            case .i32GtU, .i64GtU: .ugt
            case .i32LeS, .i64LeS: .sle
            case .i32LeU, .i64LeU: .ule
            case .i32GeS, .i64GeS: .sge
            case .i32GeU, .i64GeU: .uge
            }
        pushBoolean(builder.icmp(predicate, lhs, rhs))
    }

    func lowerIntegerUnary(_ operation: IntegerUnaryOperation) {
        let value = pop()
        switch operation {
        // The flag says that zero is not poison.
        case .i32Clz, .i64Clz: push(builder.intrinsic("llvm.ctlz", [value.type], [value, context.constI1(false)]))
        case .i32Ctz, .i64Ctz: push(builder.intrinsic("llvm.cttz", [value.type], [value, context.constI1(false)]))
        case .i32Popcnt, .i64Popcnt: push(builder.intrinsic("llvm.ctpop", [value.type], [value]))
        case .i32Extend8S, .i64Extend8S: push(signExtended(value, from: context.i8))
        case .i32Extend16S, .i64Extend16S: push(signExtended(value, from: context.i16))
        case .i64Extend32S: push(signExtended(value, from: context.i32))
        }
    }

    private func signExtended(_ value: IRValue, from narrow: IRType) -> IRValue {
        builder.sext(builder.trunc(value, narrow), value.type)
    }

    func lowerIntegerBinary(_ operation: IntegerBinaryOperation) {
        let rhs = pop()
        let lhs = pop()
        switch operation {
        case .i32Add, .i64Add: push(builder.add(lhs, rhs))
        case .i32Sub, .i64Sub: push(builder.sub(lhs, rhs))
        case .i32Mul, .i64Mul: push(builder.mul(lhs, rhs))
        case .i32DivS, .i64DivS: push(divideSigned(lhs, rhs))
        case .i32DivU, .i64DivU:
            trapIf(isZero(rhs), .integerDivideByZero)
            push(builder.udiv(lhs, rhs, name: "quotient"))
        case .i32RemS, .i64RemS: push(remainderSigned(lhs, rhs))
        case .i32RemU, .i64RemU:
            trapIf(isZero(rhs), .integerDivideByZero)
            push(builder.urem(lhs, rhs, name: "remainder"))
        case .i32And, .i64And: push(builder.and(lhs, rhs))
        case .i32Or, .i64Or: push(builder.or(lhs, rhs))
        case .i32Xor, .i64Xor: push(builder.xor(lhs, rhs))
        case .i32Shl, .i64Shl: push(builder.shl(lhs, shiftCount(rhs)))
        case .i32ShrS, .i64ShrS: push(builder.ashr(lhs, shiftCount(rhs)))
        case .i32ShrU, .i64ShrU: push(builder.lshr(lhs, shiftCount(rhs)))
        // Funnel shifts take their count modulo the width.
        case .i32Rotl, .i64Rotl: push(builder.intrinsic("llvm.fshl", [lhs.type], [lhs, lhs, rhs]))
        case .i32Rotr, .i64Rotr: push(builder.intrinsic("llvm.fshr", [lhs.type], [lhs, lhs, rhs]))
        }
    }

    private func isZero(_ value: IRValue) -> IRValue { builder.icmp(.eq, value, value.type.constInt(0)) }

    private func minimum(_ type: IRType) -> IRValue { type.constInt(1 << UInt64(type.integerWidth - 1)) }

    /// LLVM: `sdiv` by zero and of the minimum by -1 are immediate UB, so both guards dominate it.
    private func divideSigned(_ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        trapIf(isZero(rhs), .integerDivideByZero)
        let isMinimum = builder.icmp(.eq, lhs, minimum(lhs.type))
        let isMinusOne = builder.icmp(.eq, rhs, rhs.type.constAllOnes())
        trapIf(builder.and(isMinimum, isMinusOne), .integerOverflow)
        return builder.sdiv(lhs, rhs, name: "quotient")
    }

    /// LLVM: `srem` of the minimum by -1 is immediate UB, while Wasm says 0, as every remainder by 1 or -1 is.
    private func remainderSigned(_ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        trapIf(isZero(rhs), .integerDivideByZero)
        let isMinusOne = builder.icmp(.eq, rhs, rhs.type.constAllOnes())
        let divisor = builder.select(isMinusOne, rhs.type.constInt(1), rhs)
        return builder.srem(lhs, divisor, name: "remainder")
    }

    /// LLVM: a shift by the width or more is poison; Wasm takes the count modulo the width.
    private func shiftCount(_ count: IRValue) -> IRValue {
        builder.and(count, count.type.constInt(UInt64(count.type.integerWidth - 1)))
    }

    // MARK: Wide arithmetic

    /// 128-bit values are pairs of i64, the low half pushed first.
    func lowerWideArithmetic(_ operation: WideArithmeticOperation) {
        switch operation {
        case .i64Add128:
            let (lhs, rhs) = popPairs()
            pushPair(builder.add(lhs, rhs))
        case .i64Sub128:
            let (lhs, rhs) = popPairs()
            pushPair(builder.sub(lhs, rhs))
        case .i64MulWideS:
            let rhs = builder.sext(pop(), context.i128)
            pushPair(builder.mul(builder.sext(pop(), context.i128), rhs))
        case .i64MulWideU:
            let rhs = builder.zext(pop(), context.i128)
            pushPair(builder.mul(builder.zext(pop(), context.i128), rhs))
        }
    }

    private func popPairs() -> (lhs: IRValue, rhs: IRValue) {
        let rhs = popPair()
        return (popPair(), rhs)
    }

    private func popPair() -> IRValue {
        let high = builder.shl(builder.zext(pop(), context.i128), context.i128.constInt(64))
        return builder.or(high, builder.zext(pop(), context.i128))
    }

    private func pushPair(_ value: IRValue) {
        push(builder.trunc(value, context.i64))
        push(builder.trunc(builder.lshr(value, context.i128.constInt(64)), context.i64))
    }
}
