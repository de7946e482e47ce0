// How guest functions pass their parameters: as LLVM values of their types, one each, with an exception.
//
// LLVM's tail calling convention leaves it to the callee to release the stack of its parameters, and caller and callee
// compute its size each for themselves. With a vector on the stack they disagree about padding (22.1, x86-64: the
// caller rounds up to 16 bytes before it aligns, the callee does not), and the stack pointer is wrong after the call.
// So no vector goes there: a v128 that might not find a register is passed as two doubles.

import LLVMBridge
import WasmSpec

extension ModuleLowering {
    /// Registers for floats and vectors, on every target at least.
    private static let vectorRegisterCount = 8

    /// For each parameter whether it is passed in two halves; empty when none is.
    private func halvedParameters(_ signature: FunctionType) -> [Bool] {
        guard plan.callingConvention == .tail, signature.parameters.contains(.v128) else { return [] }
        var used = 0
        return signature.parameters.map { type in
            switch type {
            case .f32, .f64: used += 1
            case .v128:
                used += 1
                return used > Self.vectorRegisterCount
            case .i32, .i64, .reference: break
            }
            return false
        }
    }

    /// The type of a guest function.
    func guestFunctionType(_ signature: FunctionType) -> IRType {
        let halved = halvedParameters(signature)
        let parameters = signature.parameters.enumerated().flatMap { position, type in
            !halved.isEmpty && halved[position] ? [context.f64, context.f64] : [types.type(type)]
        }
        return context.functionType(parameters, returning: types.resultType(signature.results))
    }

    /// What a call of a guest function passes for these values, one for each parameter.
    func guestArguments(_ signature: FunctionType, _ values: [IRValue]) -> [IRValue] {
        let halved = halvedParameters(signature)
        guard !halved.isEmpty else { return values }
        return zip(values, halved).flatMap { value, isHalved in
            guard isHalved else { return [value] }
            let halves = builder.bitCast(value, types.f64x2)
            return [builder.extractElement(halves, lane: 0), builder.extractElement(halves, lane: 1)]
        }
    }

    /// A parameter's value, at the builder's place in the function.
    func guestParameter(_ position: Int, of function: IRFunction, _ signature: FunctionType) -> IRValue {
        let halved = halvedParameters(signature)
        guard !halved.isEmpty else { return function.parameter(position) }
        let index = position + halved[..<position].count { $0 }
        guard halved[position] else { return function.parameter(index) }
        let low = builder.insertElement(types.f64x2.poison(), function.parameter(index), lane: 0)
        return builder.bitCast(builder.insertElement(low, function.parameter(index + 1), lane: 1), types.v128)
    }
}
