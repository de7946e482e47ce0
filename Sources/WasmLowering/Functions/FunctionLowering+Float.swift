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
        case .f32Ceil, .f64Ceil: push(rounded("llvm.ceil", value))
        case .f32Floor, .f64Floor: push(rounded("llvm.floor", value))
        case .f32Trunc, .f64Trunc: push(rounded("llvm.trunc", value))
        case .f32Nearest, .f64Nearest: push(rounded("llvm.roundeven", value))
        case .f32Sqrt, .f64Sqrt: push(builder.intrinsic("llvm.sqrt", [value.type], [value]))
        }
    }

    /// Rounds to an integral value; a scalar or a vector.
    func rounded(_ intrinsic: String, _ value: IRValue) -> IRValue {
        builder.intrinsic(intrinsic, [value.type], [value])
    }

    func lowerFloatBinary(_ operation: FloatBinaryOperation) {
        let rhs = pop()
        let lhs = pop()
        switch operation {
        case .f32Add, .f64Add: push(quietedIfIdentity(builder.fadd(lhs, rhs), lhs, rhs))
        case .f32Sub, .f64Sub: push(quietedIfIdentity(builder.fsub(lhs, rhs), lhs, rhs))
        case .f32Mul, .f64Mul: push(quietedIfIdentity(builder.fmul(lhs, rhs), lhs, rhs))
        case .f32Div, .f64Div: push(quietedIfIdentity(builder.fdiv(lhs, rhs), lhs, rhs))
        case .f32Min, .f64Min: push(extremum("llvm.minimum", lhs, rhs))
        case .f32Max, .f64Max: push(extremum("llvm.maximum", lhs, rhs))
        case .f32Copysign, .f64Copysign: push(builder.intrinsic("llvm.copysign", [lhs.type], [lhs, rhs]))
        }
    }

    /// LLVM folds `x - 0`, `x * 1` and `x / 1` to x, and with it keeps a signalling NaN that Wasm wants quiet.
    /// Only a constant operand can make an identity, so only then the result is quieted.
    func quietedIfIdentity(_ result: IRValue, _ lhs: IRValue, _ rhs: IRValue) -> IRValue {
        lhs.isConstant || rhs.isConstant ? quieted(result) : result
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
