// Rounding to integral values, scalars and vectors alike.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#op-fnearest

import LLVMBridge
import WasmSpec

/// Where `ceil`, `floor`, `trunc` and `nearest` round to.
enum RoundingDirection {
    case up, down, towardZero, toNearestEven

    /// LLVM's operation, which quiets NaNs and keeps the sign of zero as Wasm does.
    fileprivate var intrinsic: String {
        switch self {
        case .up: "llvm.ceil"
        case .down: "llvm.floor"
        case .towardZero: "llvm.trunc"
        case .toNearestEven: "llvm.roundeven"
        }
    }
}

extension FunctionLowering {
    /// Rounds a scalar or the lanes of a vector to integral values.
    ///
    /// Where the CPU has no instruction for it, LLVM calls functions of the C library, one for each lane; arithmetic
    /// stands in for them.
    func rounded(_ direction: RoundingDirection, _ value: IRValue) -> IRValue {
        if owner.processor.roundsFloats { return builder.intrinsic(direction.intrinsic, [value.type], [value]) }
        return roundedByAddition(direction, value)
    }

    /// A magnitude below 2^23 (floats; doubles: 2^52) is rounded to the nearest integral value, ties to even, when that
    /// number is added: the sum has no bits for a fraction. Subtracting it again is exact. Other magnitudes are integral.
    ///
    /// What was rounded the wrong way is 1 off. The sign is the operand's: of -0 and of what becomes it. A NaN, which
    /// compares with nothing, takes the way of the sum and comes out quiet.
    private func roundedByAddition(_ direction: RoundingDirection, _ value: IRValue) -> IRValue {
        let type = value.type
        let limit = floatSplat(elementOf(type) == context.f32 ? 0x1p23 : 0x1p52, type)
        let magnitude = builder.intrinsic("llvm.fabs", [type], [value])
        let isIntegral = builder.fcmp(.oge, magnitude, limit)
        let nearest = builder.fsub(builder.fadd(magnitude, limit), limit)
        func signed(_ magnitude: IRValue) -> IRValue {
            builder.intrinsic("llvm.copysign", [type], [magnitude, value])
        }
        let result =
            switch direction {
            case .toNearestEven: signed(nearest)
            case .towardZero: signed(moved(nearest, by: -1, if: builder.fcmp(.ogt, nearest, magnitude)))
            case .down: signed(moved(signed(nearest), by: -1, if: builder.fcmp(.ogt, signed(nearest), value)))
            case .up: signed(moved(signed(nearest), by: 1, if: builder.fcmp(.olt, signed(nearest), value)))
            }
        return builder.select(isIntegral, value, result)
    }

    private func moved(_ value: IRValue, by step: Double, if condition: IRValue) -> IRValue {
        builder.fadd(value, builder.select(condition, floatSplat(step, value.type), floatSplat(0, value.type)))
    }

    private func elementOf(_ type: IRType) -> IRType { type.kind == .vector ? type.elementType : type }

    private func floatSplat(_ value: Double, _ type: IRType) -> IRValue {
        let element = elementOf(type)
        let bits = element == context.f32 ? UInt64(Float(value).bitPattern) : value.bitPattern
        let constant = element.constFloat(bitPattern: bits)
        return type.kind == .vector ? IRType.constSplat(constant, count: type.vectorCount) : constant
    }
}
