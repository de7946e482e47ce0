// Memory and table instructions.

import Diagnostics
import WasmSpec

extension Translator {
    func memory(_ index: MemoryIndex) -> UnsafeMutablePointer<MemoryRecord> {
        instance.memories[index.position].record
    }

    /// The offset as an immediate of the fast handlers, which serve memory 0 with 32-bit addresses.
    func fastOffset(_ argument: MemArg) -> UInt32? {
        guard argument.memory == 0, module.memories[0].addressType == .i32 else { return nil }
        return UInt32(exactly: argument.offset)
    }

    mutating func translateLoad(_ operation: LoadOperation, _ argument: MemArg) {
        let address = popSource(0)
        if let offset = fastOffset(argument) {
            return emitResult(operation.fastHandler) { fields($0, address, immediate: offset) }
        }
        emitResult(operation.generalHandler, extra: argument.offset, memoryWord(argument)) { fields($0, address) }
    }

    func memoryWord(_ argument: MemArg) -> UInt64 { UInt64(UInt(bitPattern: memory(argument.memory))) }

    mutating func translateStore(_ operation: StoreOperation, _ argument: MemArg) {
        let value = operands.pop()
        if let offset = fastOffset(argument), case .constant(let bits) = value.source {
            let address = popSource(0)
            emit(operation.constantHandler)
            code.append(fields(address, 0, immediate: offset))
            code.append(bits)
            return
        }
        let valueSlot = source(value, 1), address = popSource(0)
        if let offset = fastOffset(argument) {
            emit(operation.fastHandler)
            code.append(fields(address, valueSlot, immediate: offset))
        } else {
            emit(operation.generalHandler)
            code.append(fields(address, valueSlot))
            code.append(argument.offset)
            code.append(memory(argument.memory))
        }
    }

    // MARK: Whole memories

    mutating func translateMemorySize(_ index: MemoryIndex) {
        emitResult(MemoryHandlers.size, extra: word(memory(index))) { fields($0) }
    }

    mutating func translateMemoryGrow(_ index: MemoryIndex) {
        let pages = popSource(0)
        emitResult(MemoryHandlers.grow, extra: word(memory(index))) { fields($0, pages) }
    }

    mutating func translateMemoryFill(_ index: MemoryIndex) {
        emitRange(MemoryHandlers.fill, word(memory(index)))
    }

    mutating func translateMemoryCopy(_ destination: MemoryIndex, _ source: MemoryIndex) {
        emitRange(MemoryHandlers.copy, word(memory(destination)), word(memory(source)))
    }

    mutating func translateMemoryInit(_ data: DataIndex, _ index: MemoryIndex) {
        emitRange(MemoryHandlers.`init`, word(memory(index)), word(instance.dataRecords + data.position))
    }

    mutating func translateDataDrop(_ data: DataIndex) {
        emit(MemoryHandlers.dropData)
        code.append(instance.dataRecords + data.position)
    }

    func word<Pointee>(_ pointer: UnsafeMutablePointer<Pointee>) -> UInt64 { UInt64(UInt(bitPattern: pointer)) }

    /// An instruction without a result on three operands: two places (or a place and a value) and a count.
    private mutating func emitRange(_ handler: Handler, _ words: UInt64...) {
        let third = popSource(2), second = popSource(1), first = popSource(0)
        emit(handler)
        code.append(fields(first, second, third))
        for word in words { code.append(word) }
    }
}

// MARK: Tables

extension Translator {
    mutating func translateTableGet(_ index: TableIndex) {
        let element = popSource(0)
        emitResult(TableHandlers.get, extra: table(index)) { fields($0, element) }
    }

    mutating func translateTableSet(_ index: TableIndex) {
        let value = popSource(1), element = popSource(0)
        emit(TableHandlers.set)
        code.append(fields(element, value))
        code.append(table(index))
    }

    mutating func translateTableSize(_ index: TableIndex) {
        emitResult(TableHandlers.size, extra: table(index)) { fields($0) }
    }

    mutating func translateTableGrow(_ index: TableIndex) {
        let count = popSource(1), value = popSource(0)
        emitResult(TableHandlers.grow, extra: table(index)) { fields($0, value, count) }
    }

    mutating func translateTableFill(_ index: TableIndex) { emitRange(TableHandlers.fill, table(index)) }

    mutating func translateTableCopy(_ destination: TableIndex, _ source: TableIndex) {
        emitRange(TableHandlers.copy, table(destination), table(source))
    }

    mutating func translateTableInit(_ element: ElementIndex, _ index: TableIndex) {
        emitRange(TableHandlers.`init`, table(index), word(instance.elementRecords + element.position))
    }

    mutating func translateElemDrop(_ element: ElementIndex) {
        emit(TableHandlers.dropElements)
        code.append(instance.elementRecords + element.position)
    }

    private func table(_ index: TableIndex) -> UInt64 { word(instance.tables[index.position].record) }
}
