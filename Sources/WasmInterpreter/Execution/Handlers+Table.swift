// Handlers of table instructions. Indices of both address types are whole slots: an i32 is zero-extended there.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#table-instructions

import WasmInstructionTable

enum TableHandlers {
    static var get: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<TableRecord>.self)
            let table = operands.object
            let index = machine.value(in: operands.second)
            if index >= table.pointee.count { return machine.trap(.outOfBoundsTableAccess) }
            machine.setValue(in: operands.first, table.pointee.elements[Int(truncatingIfNeeded: index)])
            machine.next(behind: Layout.Object<TableRecord>.self)
        }
    }

    static var set: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<TableRecord>.self)
            let table = operands.object
            let index = machine.value(in: operands.first)
            if index >= table.pointee.count { return machine.trap(.outOfBoundsTableAccess) }
            table.pointee.elements[Int(truncatingIfNeeded: index)] = machine.value(in: operands.second)
            machine.next(behind: Layout.Object<TableRecord>.self)
        }
    }

    static var size: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<TableRecord>.self)
            machine.setValue(in: operands.first, operands.object.pointee.count)
            machine.next(behind: Layout.Object<TableRecord>.self)
        }
    }

    static var grow: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Object<TableRecord>.self, growTable) } }

    static var fill: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Fill<TableRecord>.self, fillTable) } }

    static var copy: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.Transfer<TableRecord, TableRecord>.self, copyTable) }
    }

    static var `init`: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.Transfer<TableRecord, ElementRecord>.self, initializeTable) }
    }

    static var dropElements: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.read(Layout.Reference<ElementRecord>.self).object.pointee.count = 0
            machine.next(behind: Layout.Reference<ElementRecord>.self)
        }
    }
}

extension TableRecord {
    /// The place of `length` elements at `index`.
    ///
    /// Traps: `outOfBoundsTableAccess`.
    func range(_ index: UInt64, _ length: UInt64) throws(TrapKind) -> UnsafeMutablePointer<UInt64> {
        let (end, overflow) = index.addingReportingOverflow(length)
        if overflow || end > count { throw .outOfBoundsTableAccess }
        return elements + Int(truncatingIfNeeded: index)
    }
}

extension ElementRecord {
    /// Traps: `outOfBoundsTableAccess`.
    func range(_ index: UInt64, _ length: UInt64) throws(TrapKind) -> UnsafeMutablePointer<UInt64> {
        let (end, overflow) = index.addingReportingOverflow(length)
        if overflow || end > count { throw .outOfBoundsTableAccess }
        return base + Int(truncatingIfNeeded: index)
    }
}

@inline(never)
private func growTable(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Object<TableRecord>.self)
    let table = operands.object.pointee.instance.takeUnretainedValue()
    let isWide = table.type.addressType == .i64
    let previous = table.grow(by: machine.value(in: operands.third), value: machine.value(in: operands.second))
    machine.setValue(in: operands.first, previous ?? (isWide ? UInt64.max : UInt64(UInt32.max)))
}

@inline(never)
private func fillTable(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Fill<TableRecord>.self)
    let count = machine.value(in: operands.count)
    let elements = try operands.object.pointee.range(machine.value(in: operands.place), count)
    elements.update(repeating: machine.value(in: operands.value), count: Int(truncatingIfNeeded: count))
}

@inline(never)
private func copyTable(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Transfer<TableRecord, TableRecord>.self)
    let count = machine.value(in: operands.count)
    let destination = try operands.destinationObject.pointee.range(machine.value(in: operands.destination), count)
    let source = try operands.sourceObject.pointee.range(machine.value(in: operands.source), count)
    destination.update(from: source, count: Int(truncatingIfNeeded: count))
}

@inline(never)
private func initializeTable(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Transfer<TableRecord, ElementRecord>.self)
    let count = machine.value(in: operands.count)
    let destination = try operands.destinationObject.pointee.range(machine.value(in: operands.destination), count)
    let source = try operands.sourceObject.pointee.range(machine.value(in: operands.source), count)
    destination.update(from: source, count: Int(truncatingIfNeeded: count))
}
