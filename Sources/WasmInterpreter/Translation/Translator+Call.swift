// Calls: the arguments go to their own slots, where the callee's frame begins.

import Diagnostics
import WasmSpec

extension Translator {
    func functionType(_ type: TypeIndex) -> FunctionType { module.functionType(type) }

    private func record(_ function: FunctionIndex) -> UnsafeMutablePointer<FunctionRecord> {
        instance.functions[function.position]
    }

    /// Puts the arguments in place, pops them and returns where they begin.
    private mutating func popArguments(_ type: FunctionType) -> Int {
        settle(type.parameters.count)
        operands.truncate(to: operands.count - type.parameters.count)
        return operands.height
    }

    private mutating func pushResults(_ type: FunctionType) {
        for result in type.results { push(result) }
        last = nil
    }

    mutating func translateCall(_ function: FunctionIndex) {
        let type = module.signature(of: function)
        let callee = record(function)
        let frame = popArguments(type)
        let isForeign = callee.pointee.memory != nil && callee.pointee.memory != record.pointee.memory
        emit(isForeign ? CallHandlers.callForeign : CallHandlers.call)
        code.append(frame, frame + type.headerSlot)
        code.append(callee)
        code.append(record)
        pushResults(type)
    }

    mutating func translateCallIndirect(_ typeIndex: TypeIndex, _ table: TableIndex) {
        let type = functionType(typeIndex)
        let index = operands.pop()
        let indexSlot = slot(of: index)
        let frame = popArguments(type)
        emit(CallHandlers.callIndirect)
        code.append(frame, frame + type.headerSlot)
        appendCallee(typeIndex, table, indexSlot)
        code.append(record)
        pushResults(type)
    }

    private mutating func appendCallee(_ type: TypeIndex, _ table: TableIndex, _ indexSlot: Int) {
        code.append(instance.tables[table.position].record)
        code.append(instance.types[type.position])
        code.append(UInt64(indexSlot))
    }

    mutating func translateCallReference(_ typeIndex: TypeIndex) {
        let type = functionType(typeIndex)
        let reference = operands.pop()
        let referenceSlot = slot(of: reference)
        let frame = popArguments(type)
        emit(CallHandlers.callReference)
        code.append(frame, frame + type.headerSlot)
        code.append(UInt64(referenceSlot))
        code.append(instance.types[typeIndex.position])
        code.append(record)
        pushResults(type)
    }

    mutating func translateTailCall(_ function: FunctionIndex) {
        let type = module.signature(of: function)
        let arguments = popArguments(type)
        emit(CallHandlers.tailCall)
        code.append(arguments, type.parameters.slots)
        code.append(headerSlot, type.headerSlot)
        code.append(record(function))
        markUnreachable()
    }

    mutating func translateTailCallIndirect(_ typeIndex: TypeIndex, _ table: TableIndex) {
        let type = functionType(typeIndex)
        let index = operands.pop()
        let indexSlot = slot(of: index)
        let arguments = popArguments(type)
        emit(CallHandlers.tailCallIndirect)
        code.append(arguments, type.parameters.slots)
        appendCallee(typeIndex, table, indexSlot)
        code.append(headerSlot, type.headerSlot)
        markUnreachable()
    }

    mutating func translateTailCallReference(_ typeIndex: TypeIndex) {
        let type = functionType(typeIndex)
        let reference = operands.pop()
        let referenceSlot = slot(of: reference)
        let arguments = popArguments(type)
        emit(CallHandlers.tailCallReference)
        code.append(arguments, type.parameters.slots)
        code.append(headerSlot, type.headerSlot)
        code.append(UInt64(referenceSlot))
        code.append(instance.types[typeIndex.position])
        markUnreachable()
    }
}
