// Vector instructions.

import Diagnostics
import WasmSpec

extension Translator {
    mutating func translateVectorConstant(_ value: V128) {
        operands.push(.slot, isWide: true)
        emit(MoveHandlers.constantWide)
        code.append(
            Layout.WideConstant(destination: Slot(operands.top().slot), low: value.low, high: value.high))
    }

    // MARK: Arithmetic

    private mutating func emitVector(
        _ handler: Handler, _ operation: UInt8, isWide: Bool = true, _ first: Int, _ second: Int = 0, _ third: Int = 0
    ) {
        emitResult(isWide: isWide, handler) {
            Layout.SlotsAndWord(Layout.Slots($0, first, second, third), UInt64(operation))
        }
    }

    mutating func translateVectorUnary(_ operation: VectorUnaryOperation) {
        let operand = popSource(0)
        emitVector(VectorHandlers.unary, operation.rawValue, operand)
    }

    mutating func translateVectorCompare(_ operation: VectorCompareOperation) {
        let right = popSource(1), left = popSource(0)
        emitVector(VectorHandlers.compare, operation.rawValue, left, right)
    }

    mutating func translateVectorBinary(_ operation: VectorBinaryOperation) {
        let right = popSource(1), left = popSource(0)
        emitVector(VectorHandlers.binary, operation.rawValue, left, right)
    }

    mutating func translateVectorTernary(_ operation: VectorTernaryOperation) {
        let third = popSource(2), second = popSource(1), first = popSource(0)
        emitVector(VectorHandlers.ternary, operation.rawValue, first, second, third)
    }

    mutating func translateVectorShift(_ operation: VectorShiftOperation) {
        let count = popSource(1), operand = popSource(0)
        emitVector(VectorHandlers.shift, operation.rawValue, operand, count)
    }

    mutating func translateVectorTest(_ operation: VectorTestOperation) {
        let operand = popSource(0)
        emitVector(VectorHandlers.test, operation.rawValue, isWide: false, operand)
    }

    mutating func translateVectorShuffle(_ lanes: V128) {
        let right = popSource(1), left = popSource(0)
        emitResult(isWide: true, VectorHandlers.shuffle) {
            Layout.Shuffle(slots: Layout.Slots($0, left, right), low: lanes.low, high: lanes.high)
        }
    }

    // MARK: Lanes

    mutating func translateVectorSplat(_ operation: VectorSplatOperation) {
        let value = popSource(0)
        emitVector(VectorHandlers.splat, operation.rawValue, value)
    }

    mutating func translateVectorExtractLane(_ operation: VectorExtractLaneOperation, _ lane: UInt8) {
        let operand = popSource(0)
        emitVector(VectorHandlers.extractLane, operation.rawValue, isWide: false, operand, Int(lane))
    }

    mutating func translateVectorReplaceLane(_ operation: VectorReplaceLaneOperation, _ lane: UInt8) {
        let value = popSource(1), operand = popSource(0)
        emitVector(VectorHandlers.replaceLane, operation.rawValue, operand, value, Int(lane))
    }

    // MARK: Memory

    mutating func translateVectorLoad(_ operation: VectorLoadOperation, _ argument: MemArg) {
        let address = popSource(0)
        if operation == .v128Load, let offset = fastOffset(argument) {
            return emitResult(isWide: true, VectorMemoryHandlers.fastLoad) { Layout.Access(offset, $0, address) }
        }
        let memory = memory(argument.memory)
        emitResult(isWide: true, VectorMemoryHandlers.load) {
            Layout.OperationAccess(Layout.Slots($0, address), argument.offset, memory, operation.rawValue)
        }
    }

    mutating func translateVectorStore(_ argument: MemArg) {
        let value = popSource(1), address = popSource(0)
        if let offset = fastOffset(argument) {
            emit(VectorMemoryHandlers.fastStore)
            code.append(Layout.Access(offset, address, value))
            return
        }
        emit(VectorMemoryHandlers.store)
        code.append(
            Layout.OperationAccess(Layout.Slots(address, value), argument.offset, memory(argument.memory), 0))
    }

    mutating func translateVectorLoadLane(_ operation: VectorLoadLaneOperation, _ argument: MemArg, _ lane: UInt8) {
        let operand = popSource(1), address = popSource(0)
        let memory = memory(argument.memory)
        emitResult(isWide: true, VectorMemoryHandlers.loadLane) {
            Layout.OperationAccess(
                Layout.Slots($0, address, operand, Int(lane)), argument.offset, memory, operation.rawValue)
        }
    }

    mutating func translateVectorStoreLane(
        _ operation: VectorStoreLaneOperation, _ argument: MemArg, _ lane: UInt8
    ) {
        let operand = popSource(1), address = popSource(0)
        emit(VectorMemoryHandlers.storeLane)
        code.append(
            Layout.OperationAccess(
                Layout.Slots(address, operand, Int(lane)), argument.offset, memory(argument.memory),
                operation.rawValue))
    }
}
