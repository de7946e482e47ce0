// How guest functions pass parameters and results: as LLVM values of their types, one each, with two exceptions,
// most of them in programs with tail calls.
//
// LLVM's tail calling convention leaves it to the callee to release the stack of its parameters, and caller and callee
// compute its size each for themselves. With a vector on the stack they disagree about padding (22.1, x86-64: the
// caller rounds up to 16 bytes before it aligns, the callee does not), and the stack pointer is wrong after the call.
// So no vector goes there: a v128 that might not find a register is passed as two doubles.
//
// What is passed on the stack stands in the way of exceptions, too (`ProgramPlan.passesInRegistersOnly`). In a program that
// has them, parameters that find no register are passed in an area of the program's (`InstanceStorage.parameterArea`).
//
// Results that do not fit registers LLVM returns through memory of the caller's frame, the address of which a tail call
// does not hand on. Here such functions take the address as their first parameter, and a tail call passes its own.
// So they do in other programs when the results are many: LLVM looks at all of a structure for each of its fields.

import CWasmcABI
import LLVMBridge
import WasmSpec

extension ModuleLowering {
    /// Registers for integers and references, on every target at least.
    private static let integerRegisterCount = 6

    /// Registers for floats and vectors, on every target at least.
    private static let vectorRegisterCount = 8

    /// Registers for results, on every target at least.
    private static let integerResultRegisterCount = 3
    private static let floatResultRegisterCount = 2
    /// So many results go through memory in every program.
    private static let manyResults = 16

    /// How a parameter is passed.
    private enum Passing: Equatable {
        case whole
        /// As two doubles.
        case halved
        /// In the parameter area, at this number of values.
        case area(Int)
    }

    /// How each parameter is passed; empty when all are as they are.
    private func passing(_ signature: FunctionType) -> [Passing] {
        guard plan.passesInRegistersOnly else {
            return halvedParameters(signature).map { $0 ? .halved : .whole }
        }
        var integers = returnsThroughMemory(signature) ? 1 : 0
        var floats = 0
        var inArea = 0
        let result = signature.parameters.map { type -> Passing in
            switch type {
            case .i32, .i64, .reference:
                integers += 1
                if integers <= Self.integerRegisterCount { return .whole }
            case .f32, .f64, .v128:
                floats += 1
                if floats <= Self.vectorRegisterCount { return .whole }
            }
            inArea += 1
            return .area(inArea - 1)
        }
        return inArea == 0 ? [] : result
    }

    private func areaAddress(_ number: Int) -> IRValue {
        let bytes = Int(WASMC_SLOTS_PER_VALUE) * MemoryLayout<UInt64>.size
        return builder.gep(storage.parameterArea, offset: Int64(bytes * number))
    }

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

    /// Whether a guest function takes the address of memory for its results as first parameter, and returns nothing.
    func returnsThroughMemory(_ signature: FunctionType) -> Bool {
        if signature.results.count >= Self.manyResults { return true }
        guard plan.callingConvention == .tail else { return false }
        let floats = signature.results.count {
            switch $0 {
            case .f32, .f64, .v128: true
            case .i32, .i64, .reference: false
            }
        }
        return floats > Self.floatResultRegisterCount
            || signature.results.count - floats > Self.integerResultRegisterCount
    }

    /// The type of a guest function.
    func guestFunctionType(_ signature: FunctionType) -> IRType {
        let passing = passing(signature)
        let parameters = signature.parameters.enumerated().flatMap { position, type -> [IRType] in
            switch passing.isEmpty ? .whole : passing[position] {
            case .whole: return [types.type(type)]
            case .halved: return [context.f64, context.f64]
            case .area: return []
            }
        }
        return returnsThroughMemory(signature)
            ? context.functionType([context.ptr] + parameters, returning: context.void)
            : context.functionType(parameters, returning: types.resultType(signature.results))
    }

    /// Bytes of the stack that a guest function pops when it returns, by its symbol: with the tail calling convention
    /// those of its parameters, which LLVM pads so that they and the return address take a multiple of 16.
    func poppedBytes(symbol: String) -> Int {
        let parts = symbol.split(separator: ".")
        guard plan.callingConvention == .tail, plan.options.architecture == .x86_64,
            let index = Self.functionIndex(ofSymbol: symbol), let instance = Int(parts[1])
        else { return 0 }
        let signature = plan.signature(of: FunctionID(instance: instance, function: FunctionIndex(rawValue: index)))
        return (8 * wordsOnStack(signature) + 8 + 15) / 16 * 16 - 8
    }

    private func wordsOnStack(_ signature: FunctionType) -> Int {
        if plan.passesInRegistersOnly { return 0 }
        var integers = returnsThroughMemory(signature) ? 1 : 0
        var vectors = 0
        let halved = halvedParameters(signature)
        for (position, type) in signature.parameters.enumerated() {
            switch type {
            case .i32, .i64, .reference: integers += 1
            case .f32, .f64: vectors += 1
            case .v128: vectors += !halved.isEmpty && halved[position] ? 2 : 1
            }
        }
        return max(0, integers - Self.integerRegisterCount) + max(0, vectors - Self.vectorRegisterCount)
    }

    // MARK: Calling

    /// Calls a guest function. Gives its results.
    ///
    /// - Parameters:
    ///   - values: one for each parameter of `signature`.
    ///   - unwind: where an exception goes that leaves the callee; nil for out of the caller.
    ///   - reserve: reserves stack for one value of a type, once for the calling function.
    func callGuest(
        _ signature: FunctionType, _ code: IRValue, _ values: [IRValue], tailCall: TailCallKind = .none,
        unwind: BasicBlock? = nil, reserve: (IRType) -> IRValue
    ) -> [IRValue] {
        guard returnsThroughMemory(signature) else {
            let result = callGuest(signature, code, guestArguments(signature, values), tailCall, unwind)
            return results(signature.results, of: result)
        }
        let type = types.resultType(signature.results)
        let slot = reserve(type)
        callGuest(signature, code, [slot] + guestArguments(signature, values), tailCall, unwind)
        return signature.results.enumerated().map { position, result in
            builder.load(types.type(result), builder.structGEP(type, slot, position))
        }
    }

    /// The values of a call's result, which is a structure of several.
    func results(_ types: [ValueType], of value: IRValue) -> [IRValue] {
        switch types.count {
        case 0: []
        case 1: [value]
        default: types.indices.map { builder.extractValue(value, $0) }
        }
    }

    /// Calls a guest function in the place of `function`, and ends it. The callee returns what `function` returns, to the
    /// same place.
    ///
    /// With the tail calling convention a `tail` call before `ret` is guaranteed.
    ///
    /// LLVM: `musttail` is not used; it lays the arguments over the caller's own without moving the return
    /// address (22.1, x86-64), so that a callee with more of them on the stack corrupts it.
    func tailCallGuest(_ signature: FunctionType, _ code: IRValue, _ values: [IRValue], from function: IRFunction) {
        let isThroughMemory = returnsThroughMemory(signature)
        let address = isThroughMemory ? [function.parameter(0)] : []
        let result = callGuest(signature, code, address + guestArguments(signature, values), .tail, nil)
        if isThroughMemory || signature.results.isEmpty { builder.retVoid() } else { builder.ret(result) }
    }

    @discardableResult
    private func callGuest(
        _ signature: FunctionType, _ code: IRValue, _ passed: [IRValue], _ tailCall: TailCallKind, _ unwind: BasicBlock?
    ) -> IRValue {
        let type = guestFunctionType(signature)
        guard let unwind, let function = builder.insertBlock?.parent else {
            return builder.call(type, code, passed, callingConvention: plan.callingConvention, tailCall: tailCall)
        }
        let next = function.appendBlock("returned")
        let result = builder.invoke(
            type, code, passed, callingConvention: plan.callingConvention, normal: next, unwind: unwind)
        builder.positionAtEnd(next)
        return result
    }

    /// What a call of a guest function passes for these values, one for each parameter.
    private func guestArguments(_ signature: FunctionType, _ values: [IRValue]) -> [IRValue] {
        let passing = passing(signature)
        guard !passing.isEmpty else { return values }
        return zip(values, passing).flatMap { value, passing in
            switch passing {
            case .whole: return [value]
            case .area(let number):
                builder.store(value, areaAddress(number), alignment: 8)
                return []
            case .halved: break
            }
            let halves = builder.bitCast(value, types.f64x2)
            return [builder.extractElement(halves, lane: 0), builder.extractElement(halves, lane: 1)]
        }
    }

    // MARK: Being called

    /// A parameter's value, at the builder's place in the function.
    func guestParameter(_ position: Int, of function: IRFunction, _ signature: FunctionType) -> IRValue {
        let passing = passing(signature)
        let first = returnsThroughMemory(signature) ? 1 : 0
        guard !passing.isEmpty else { return function.parameter(first + position) }
        let index = passing[..<position].reduce(first) { index, passing in
            switch passing {
            case .whole: index + 1
            case .halved: index + 2
            case .area: index
            }
        }
        switch passing[position] {
        case .whole: return function.parameter(index)
        case .area(let number):
            return builder.load(types.type(signature.parameters[position]), areaAddress(number), alignment: 8)
        case .halved: break
        }
        let low = builder.insertElement(types.f64x2.poison(), function.parameter(index), lane: 0)
        return builder.bitCast(builder.insertElement(low, function.parameter(index + 1), lane: 1), types.v128)
    }

    /// Ends a guest function with its results.
    func guestReturn(_ values: [IRValue], from function: IRFunction, _ signature: FunctionType) {
        if returnsThroughMemory(signature) {
            let type = types.resultType(signature.results)
            for (index, value) in values.enumerated() {
                builder.store(value, builder.structGEP(type, function.parameter(0), index))
            }
            builder.retVoid()
            return
        }
        switch values.count {
        case 0: builder.retVoid()
        case 1: builder.ret(values[0])
        default: builder.retAggregate(values)
        }
    }
}
