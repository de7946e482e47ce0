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
        code.append(Layout.Call(frame: layout(frame, type), callee: callee, caller: record))
        pushResults(type)
    }

    mutating func translateCallIndirect(_ typeIndex: TypeIndex, _ table: TableIndex) {
        let type = functionType(typeIndex)
        let index = operands.pop()
        let indexSlot = slot(of: index)
        let frame = popArguments(type)
        countCallee(entry(typeIndex, table, indexSlot))
        emit(CallHandlers.callIndirect)
        let callee = entry(typeIndex, table, indexSlot)
        code.append(Layout.CallIndirect(frame: layout(frame, type), callee: callee, caller: record))
        pushResults(type)
    }

    private func layout(_ frame: Int, _ type: FunctionType) -> Layout.Frame {
        Layout.Frame(frame: Slot(frame), header: Slot(frame + type.headerSlot))
    }

    private func layout(_ arguments: Int, _ type: FunctionType) -> Layout.Arguments {
        Layout.Arguments(first: Slot(arguments), slots: UInt32(type.parameters.slots))
    }

    private func headers(_ type: FunctionType) -> Layout.Headers {
        Layout.Headers(old: Slot(headerSlot), new: Slot(type.headerSlot))
    }

    private func entry(_ type: TypeIndex, _ table: TableIndex, _ indexSlot: Int) -> Layout.TableEntry {
        Layout.TableEntry(
            table: instance.tables[table.position].record, type: instance.types[type.position],
            index: UInt64(indexSlot))
    }

    private func reference(_ slot: Int, _ type: TypeIndex) -> Layout.TypedReference {
        Layout.TypedReference(slot: UInt64(slot), type: instance.types[type.position])
    }

    mutating func translateCallReference(_ typeIndex: TypeIndex) {
        let type = functionType(typeIndex)
        let reference = operands.pop()
        let referenceSlot = slot(of: reference)
        let frame = popArguments(type)
        countCallee(self.reference(referenceSlot, typeIndex))
        emit(CallHandlers.callReference)
        let callee = self.reference(referenceSlot, typeIndex)
        code.append(Layout.CallReference(frame: layout(frame, type), callee: callee, caller: record))
        pushResults(type)
    }

    mutating func translateTailCall(_ function: FunctionIndex) {
        let type = module.signature(of: function)
        let arguments = popArguments(type)
        emit(CallHandlers.tailCall)
        code.append(
            Layout.TailCall(arguments: layout(arguments, type), headers: headers(type), callee: record(function)))
        markUnreachable()
    }

    mutating func translateTailCallIndirect(_ typeIndex: TypeIndex, _ table: TableIndex) {
        let type = functionType(typeIndex)
        let index = operands.pop()
        let indexSlot = slot(of: index)
        let arguments = popArguments(type)
        countCallee(entry(typeIndex, table, indexSlot))
        emit(CallHandlers.tailCallIndirect)
        let callee = entry(typeIndex, table, indexSlot)
        code.append(
            Layout.TailCallIndirect(arguments: layout(arguments, type), callee: callee, headers: headers(type)))
        markUnreachable()
    }

    mutating func translateTailCallReference(_ typeIndex: TypeIndex) {
        let type = functionType(typeIndex)
        let reference = operands.pop()
        let referenceSlot = slot(of: reference)
        let arguments = popArguments(type)
        countCallee(self.reference(referenceSlot, typeIndex))
        emit(CallHandlers.tailCallReference)
        let callee = self.reference(referenceSlot, typeIndex)
        code.append(
            Layout.TailCallReference(arguments: layout(arguments, type), headers: headers(type), callee: callee))
        markUnreachable()
    }
}
