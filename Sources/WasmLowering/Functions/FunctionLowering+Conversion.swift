// Conversions.
// Spec: https://webassembly.github.io/spec/core/exec/numerics.html#conversions

import LLVMBridge
import WasmInstructionTable
import WasmSpec

extension FunctionLowering {
    func lowerConversion(_ operation: ConversionOperation) {
        let value = pop()
        switch operation {
        case .i32WrapI64: push(builder.trunc(value, context.i32))
        case .i64ExtendI32S: push(builder.sext(value, context.i64))
        case .i64ExtendI32U: push(builder.zext(value, context.i64))

        case .i32TruncF32S, .i32TruncF64S: push(truncated(value, to: context.i32, signed: true))
        case .i32TruncF32U, .i32TruncF64U: push(truncated(value, to: context.i32, signed: false))
        case .i64TruncF32S, .i64TruncF64S: push(truncated(value, to: context.i64, signed: true))
        case .i64TruncF32U, .i64TruncF64U: push(truncated(value, to: context.i64, signed: false))

        case .i32TruncSatF32S, .i32TruncSatF64S: push(saturated(value, to: context.i32, signed: true))
        case .i32TruncSatF32U, .i32TruncSatF64U: push(saturated(value, to: context.i32, signed: false))
        case .i64TruncSatF32S, .i64TruncSatF64S: push(saturated(value, to: context.i64, signed: true))
        case .i64TruncSatF32U, .i64TruncSatF64U: push(saturated(value, to: context.i64, signed: false))

        case .f32ConvertI32S, .f32ConvertI64S: push(builder.siToFP(value, context.f32))
        case .f32ConvertI32U, .f32ConvertI64U: push(builder.uiToFP(value, context.f32))
        case .f64ConvertI32S, .f64ConvertI64S: push(builder.siToFP(value, context.f64))
        case .f64ConvertI32U, .f64ConvertI64U: push(builder.uiToFP(value, context.f64))

        case .f32DemoteF64: push(demoted(value, to: context.f32))
        case .f64PromoteF32: push(builder.fpExt(value, context.f64))

        case .i32ReinterpretF32: push(builder.bitCast(value, context.i32))
        case .i64ReinterpretF64: push(builder.bitCast(value, context.i64))
        case .f32ReinterpretI32: push(builder.bitCast(value, context.f32))
        case .f64ReinterpretI64: push(builder.bitCast(value, context.f64))
        }
    }

    /// LLVM's saturating conversions are Wasm's: NaN gives 0. Scalar or vector.
    func saturated(_ value: IRValue, to type: IRType, signed: Bool) -> IRValue {
        builder.intrinsic(signed ? "llvm.fptosi.sat" : "llvm.fptoui.sat", [type, value.type], [value])
    }

    /// A conversion that traps outside the target's range.
    ///
    /// LLVM: `fptosi` and `fptoui` outside the range are poison, so the guard dominates them. The bounds are
    /// exact in the source type: the lower one is the smallest value whose truncation fits, or its neighbour below.
    private func truncated(_ value: IRValue, to type: IRType, signed: Bool) -> IRValue {
        let bounds = TruncationBounds(
            isSingle: value.type == context.f32, targetBits: type.integerWidth, signed: signed)
        let lower = floatConstant(bounds.lower, value.type)
        let upper = floatConstant(bounds.upper, value.type)
        let isAbove = builder.fcmp(bounds.includesLower ? .oge : .ogt, value, lower)
        let isBelow = builder.fcmp(.olt, value, upper)
        let isInRange = builder.and(isAbove, isBelow)
        let trapBlock = function.appendBlock("trap")
        let next = function.appendBlock("next")
        builder.condBr(isInRange, next, trapBlock, weights: .likely)
        builder.positionAtEnd(trapBlock)
        let isNaN = builder.fcmp(.uno, value, value)
        trap(
            code: builder.select(
                isNaN, context.constI32(TrapKind.invalidConversionToInteger.rawValue),
                context.constI32(TrapKind.integerOverflow.rawValue)))
        builder.positionAtEnd(next)
        return signed ? builder.fpToSI(value, type) : builder.fpToUI(value, type)
    }

    private func floatConstant(_ value: Double, _ type: IRType) -> IRValue {
        let bits = type == context.f32 ? UInt64(Float(value).bitPattern) : value.bitPattern
        return type.constFloat(bitPattern: bits)
    }
}

/// The floats whose truncation fits an integer type: above `lower` (or equal, if included), below `upper`.
struct TruncationBounds {
    let lower: Double
    let includesLower: Bool
    let upper: Double

    init(isSingle: Bool, targetBits: Int, signed: Bool) {
        guard signed else {
            lower = -1
            includesLower = false
            upper = targetBits == 32 ? 0x1p32 : 0x1p64
            return
        }
        upper = targetBits == 32 ? 0x1p31 : 0x1p63
        // -2^31 - 1 is a double but no float; -2^63 - 1 is neither.
        includesLower = isSingle || targetBits == 64
        lower = includesLower ? -upper : -0x1p31 - 1
    }
}
