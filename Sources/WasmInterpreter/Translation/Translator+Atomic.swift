// Atomic memory instructions.

import Diagnostics
import WasmSpec

extension Translator {
    mutating func translateAtomicNotify(_ argument: MemArg) {
        let count = popSource(1), address = popSource(0)
        emitAtomicResult(AtomicHandlers.notify, argument, 0, address, count)
    }

    mutating func translateAtomicWait(_ operation: AtomicWaitOperation, _ argument: MemArg) {
        let timeout = popSource(2), expected = popSource(1), address = popSource(0)
        emitAtomicResult(AtomicHandlers.wait, argument, operation.rawValue, address, expected, timeout)
    }

    mutating func translateAtomicLoad(_ operation: AtomicLoadOperation, _ argument: MemArg) {
        let address = popSource(0)
        emitAtomicResult(AtomicHandlers.load, argument, operation.rawValue, address)
    }

    mutating func translateAtomicStore(_ operation: AtomicStoreOperation, _ argument: MemArg) {
        let value = popSource(1), address = popSource(0)
        emit(AtomicHandlers.store)
        code.append(
            Layout.OperationAccess(
                Layout.Slots(address, value), argument.offset, memory(argument.memory), operation.rawValue))
    }

    mutating func translateAtomic(_ operation: AtomicReadModifyWriteOperation, _ argument: MemArg) {
        let value = popSource(1), address = popSource(0)
        emitAtomicResult(AtomicHandlers.readModifyWrite, argument, operation.rawValue, address, value)
    }

    mutating func translateAtomic(_ operation: AtomicCompareExchangeOperation, _ argument: MemArg) {
        let replacement = popSource(2), expected = popSource(1), address = popSource(0)
        emitAtomicResult(AtomicHandlers.compareExchange, argument, operation.rawValue, address, expected, replacement)
    }

    private mutating func emitAtomicResult(
        _ handler: Handler, _ argument: MemArg, _ operation: UInt8, _ first: Int, _ second: Int = 0, _ third: Int = 0
    ) {
        let memory = memory(argument.memory)
        emitResult(handler) {
            Layout.OperationAccess(Layout.Slots($0, first, second, third), argument.offset, memory, operation)
        }
    }
}
