// Floating-point instructions: plain LLVM operations without fast-math flags.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#floating-point-operations

import LLVMBridge
import WasmSpec

extension FunctionLowering {
    func lowerFloatCompare(_ operation: FloatCompareOperation) {
        let rhs = pop()
        let lhs = pop()
        pushBoolean(builder.fcmp(Self.predicate(operation), lhs, rhs))
    }

    /// All are false on NaN but `ne`.
    private static func predicate(_ operation: FloatCompareOperation) -> RealPredicate {
        switch operation {
        case .f32Eq, .f64Eq: .oeq
        case .f32Ne, .f64Ne: .une
        case .f32Lt, .f64Lt: .olt
        case .f32Gt, .f64Gt: .ogt
        case .f32Le, .f64Le: .ole
        case .f32Ge, .f64Ge: .oge
        }
    }

    func lowerFloatUnary(_ operation: FloatUnaryOperation) {
        let value = pop()
        switch operation {
        // abs, neg and copysign are operations on the sign bit: NaNs keep their payload.
        case .f32Abs, .f64Abs: push(builder.intrinsic("llvm.fabs", [value.type], [value]))
        case .f32Neg, .f64Neg: push(builder.fneg(value))
        case .f32Ceil, .f64Ceil: push(rounded(.up, value))
        case .f32Floor, .f64Floor: push(rounded(.down, value))
        case .f32Trunc, .f64Trunc: push(rounded(.towardZero, value))
        case .f32Nearest, .f64Nearest: push(rounded(.toNearestEven, value))
        case .f32Sqrt, .f64Sqrt: push(builder.intrinsic("llvm.sqrt", [value.type], [value]))
        }
    }

    func lowerFloatBinary(_ operation: FloatBinaryOperation) {
        let rhs = pop()
        let lhs = pop()
        switch operation {
        case .f32Add, .f64Add: push(sum(lhs, rhs))
        case .f32Sub, .f64Sub: push(difference(lhs, rhs))
        case .f32Mul, .f64Mul: push(product(lhs, rhs))
        case .f32Div, .f64Div: push(quotient(lhs, rhs))
        case .f32Min, .f64Min: push(extremum("llvm.minimum", lhs, rhs))
        case .f32Max, .f64Max: push(extremum("llvm.maximum", lhs, rhs))
        case .f32Copysign, .f64Copysign: push(builder.intrinsic("llvm.copysign", [lhs.type], [lhs, rhs]))
        }
    }

    // LLVM folds `x + -0`, `x - 0`, `x * 1` and `x / 1` to x, and with -1 to its negation. It keeps a signalling NaN
    // that Wasm wants quiet; so these, and no others, are quieted. For all four, scalars and vectors alike.

    func sum(_ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        let isIdentity = mayHaveLane(lhs, 0) || mayHaveLane(rhs, 0)
        return quieted(builder.fadd(lhs, rhs), if: isIdentity)
    }

    func difference(_ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        // +0 - x is no negation: of +0 it is +0.
        let isIdentity = mayHaveLane(lhs, 0, sign: .minus) || mayHaveLane(rhs, 0)
        return quieted(builder.fsub(lhs, rhs), if: isIdentity)
    }

    func product(_ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        quieted(builder.fmul(lhs, rhs), if: mayHaveLane(lhs, 1) || mayHaveLane(rhs, 1))
    }

    func quotient(_ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        quieted(builder.fdiv(lhs, rhs), if: mayHaveLane(rhs, 1))
    }

    private func quieted(_ value: IRValue, if isNeeded: Bool) -> IRValue { isNeeded ? quieted(value) : value }

    /// Whether a scalar or a lane is a constant of this magnitude, and of this sign if one is given.
    private func mayHaveLane(_ value: IRValue, _ magnitude: Double, sign: FloatingPointSign? = nil) -> Bool {
        guard value.isConstant else { return false }
        let lanes = value.type.kind == .vector ? value.type.vectorCount : 1
        return (0..<lanes).contains { index in
            guard let lane = lanes == 1 ? value : value.aggregateElement(index), let number = lane.constantFloat else {
                return true
            }
            return number.magnitude == magnitude && (sign == nil || number.sign == sign)
        }
    }

    /// A double as a float.
    ///
    /// LLVM folds this with the promotion of a float to nothing, which keeps a signalling NaN. What has just been computed
    /// is no promotion.
    func demoted(_ value: IRValue, to type: IRType) -> IRValue {
        let narrow = builder.fpTrunc(value, type)
        return value.isInstruction && value.opcode.isFloatArithmetic ? narrow : quieted(narrow)
    }

    /// The value with the quiet bit set if it is a NaN; scalar or vector.
    func quieted(_ value: IRValue) -> IRValue {
        let isVector = value.type.kind == .vector
        let element = isVector ? value.type.elementType : value.type
        let isSingle = element == context.f32
        let integer = isSingle ? context.i32 : context.i64
        let bits = isVector ? context.vector(of: integer, count: value.type.vectorCount) : integer
        let quietBit = integer.constInt(isSingle ? 1 << 22 : 1 << 51)
        let mask = isVector ? IRType.constSplat(quietBit, count: value.type.vectorCount) : quietBit
        let isNaN = builder.fcmp(.uno, value, value)
        let quiet = builder.select(isNaN, mask, bits.constNull())
        return builder.bitCast(builder.or(builder.bitCast(value, bits), quiet), value.type)
    }

    /// IEEE 754-2019 minimum or maximum: NaN wins and is quiet, -0 is below +0. Scalar or vector.
    ///
    /// LLVM's intrinsic may hand on a signalling NaN; the sum of two operands of which one is NaN is a quiet one.
    func extremum(_ intrinsic: String, _ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        let isNaN = builder.fcmp(.uno, lhs, rhs)
        let extremum = builder.intrinsic(intrinsic, [lhs.type], [lhs, rhs])
        return builder.select(isNaN, builder.fadd(lhs, rhs), extremum)
    }
}
