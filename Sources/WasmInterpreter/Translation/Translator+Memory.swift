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
            return emitResult(operation.fastHandler) { Layout.Access(offset, $0, address) }
        }
        let memory = memory(argument.memory)
        emitResult(operation.generalHandler) {
            Layout.GeneralAccess(Layout.Slots($0, address), argument.offset, memory)
        }
    }

    mutating func translateStore(_ operation: StoreOperation, _ argument: MemArg) {
        let value = operands.pop()
        if let offset = fastOffset(argument), case .constant(let bits) = value.source {
            let address = popSource(0)
            emit(operation.constantHandler)
            code.append(Layout.ConstantStore(access: Layout.Access(offset, address), value: bits))
            return
        }
        let valueSlot = source(value, 1), address = popSource(0)
        if let offset = fastOffset(argument) {
            emit(operation.fastHandler)
            code.append(Layout.Access(offset, address, valueSlot))
        } else {
            emit(operation.generalHandler)
            code.append(
                Layout.GeneralAccess(
                    Layout.Slots(address, valueSlot), argument.offset, memory(argument.memory)))
        }
    }

    // MARK: Whole memories

    mutating func translateMemorySize(_ index: MemoryIndex) {
        let memory = memory(index)
        emitResult(MemoryHandlers.size) { Layout.Object(memory, $0) }
    }

    mutating func translateMemoryGrow(_ index: MemoryIndex) {
        let pages = popSource(0)
        let memory = memory(index)
        emitResult(MemoryHandlers.grow) { Layout.Object(memory, $0, pages) }
    }

    mutating func translateMemoryFill(_ index: MemoryIndex) {
        emitFill(MemoryHandlers.fill, memory(index))
    }

    mutating func translateMemoryCopy(_ destination: MemoryIndex, _ source: MemoryIndex) {
        emitTransfer(MemoryHandlers.copy, memory(destination), memory(source))
    }

    mutating func translateMemoryInit(_ data: DataIndex, _ index: MemoryIndex) {
        emitTransfer(MemoryHandlers.`init`, memory(index), instance.dataRecords + data.position)
    }

    mutating func translateDataDrop(_ data: DataIndex) {
        emit(MemoryHandlers.dropData)
        code.append(Layout.Reference(object: instance.dataRecords + data.position))
    }

    func word<Pointee>(_ pointer: UnsafeMutablePointer<Pointee>) -> UInt64 { UInt64(UInt(bitPattern: pointer)) }

    /// Fills what its topmost three operands, a place, a value and a count, say of `object`.
    private mutating func emitFill<Object>(_ handler: Handler, _ object: UnsafeMutablePointer<Object>) {
        let count = popSource(2), value = popSource(1), place = popSource(0)
        emit(handler)
        code.append(
            Layout.Fill(
                place: NarrowSlot(place), value: NarrowSlot(value), count: NarrowSlot(count), object: object))
    }

    /// Copies what its topmost three operands, two places and a count, say of `destination` and `source`.
    private mutating func emitTransfer<Destination, Source>(
        _ handler: Handler, _ destination: UnsafeMutablePointer<Destination>, _ source: UnsafeMutablePointer<Source>
    ) {
        let count = popSource(2), from = popSource(1), to = popSource(0)
        emit(handler)
        code.append(
            Layout.Transfer(
                destination: NarrowSlot(to), source: NarrowSlot(from), count: NarrowSlot(count),
                destinationObject: destination, sourceObject: source))
    }
}

// MARK: Tables

extension Translator {
    mutating func translateTableGet(_ index: TableIndex) {
        let element = popSource(0)
        let table = table(index)
        emitResult(TableHandlers.get) { Layout.Object(table, $0, element) }
    }

    mutating func translateTableSet(_ index: TableIndex) {
        let value = popSource(1), element = popSource(0)
        emit(TableHandlers.set)
        code.append(Layout.Object(table(index), element, value))
    }

    mutating func translateTableSize(_ index: TableIndex) {
        let table = table(index)
        emitResult(TableHandlers.size) { Layout.Object(table, $0) }
    }

    mutating func translateTableGrow(_ index: TableIndex) {
        let count = popSource(1), value = popSource(0)
        let table = table(index)
        emitResult(TableHandlers.grow) { Layout.Object(table, $0, value, count) }
    }

    mutating func translateTableFill(_ index: TableIndex) { emitFill(TableHandlers.fill, table(index)) }

    mutating func translateTableCopy(_ destination: TableIndex, _ source: TableIndex) {
        emitTransfer(TableHandlers.copy, table(destination), table(source))
    }

    mutating func translateTableInit(_ element: ElementIndex, _ index: TableIndex) {
        emitTransfer(TableHandlers.`init`, table(index), instance.elementRecords + element.position)
    }

    mutating func translateElemDrop(_ element: ElementIndex) {
        emit(TableHandlers.dropElements)
        code.append(Layout.Reference(object: instance.elementRecords + element.position))
    }

    private func table(_ index: TableIndex) -> UnsafeMutablePointer<TableRecord> {
        instance.tables[index.position].record
    }
}
