// Handlers of table instructions. Indices of both address types are whole slots: an i32 is zero-extended there.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#table-instructions

import WasmInstructionTable

enum TableHandlers {
    /// `result, index`, then the table.
    static var get: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let table = machine.pointer(2, to: TableRecord.self)
            let index = machine.value(1)
            if index >= table.pointee.count { return machine.trap(.outOfBoundsTableAccess) }
            machine.setValue(0, table.pointee.elements[Int(truncatingIfNeeded: index)])
            machine.next(3)
        }
    }

    /// `index, value`, then the table.
    static var set: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let table = machine.pointer(2, to: TableRecord.self)
            let index = machine.value(0)
            if index >= table.pointee.count { return machine.trap(.outOfBoundsTableAccess) }
            table.pointee.elements[Int(truncatingIfNeeded: index)] = machine.value(1)
            machine.next(3)
        }
    }

    /// `result`, then the table.
    static var size: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.setValue(0, machine.pointer(2, to: TableRecord.self).pointee.count)
            machine.next(3)
        }
    }

    /// `result, value, count`, then the table.
    static var grow: Handler { { Machine($0, $1, $2, $3, $4).slow(3, growTable) } }

    /// `index, value, count`, then the table.
    static var fill: Handler { { Machine($0, $1, $2, $3, $4).slow(3, fillTable) } }

    /// `destination, source, count`, then the destination's and the source's table.
    static var copy: Handler { { Machine($0, $1, $2, $3, $4).slow(4, copyTable) } }

    /// `destination, source, count`, then the table and the segment.
    static var `init`: Handler { { Machine($0, $1, $2, $3, $4).slow(4, initializeTable) } }

    /// The segment.
    static var dropElements: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.pointer(1, to: ElementRecord.self).pointee.count = 0
            machine.next(2)
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
    let table = machine.pointer(2, to: TableRecord.self).pointee.instance.takeUnretainedValue()
    let isWide = table.type.addressType == .i64
    let previous = table.grow(by: machine.value(2), value: machine.value(1))
    machine.setValue(0, previous ?? (isWide ? UInt64.max : UInt64(UInt32.max)))
}

@inline(never)
private func fillTable(_ machine: Machine) throws(TrapKind) {
    let count = machine.value(2)
    let elements = try machine.pointer(2, to: TableRecord.self).pointee.range(machine.value(0), count)
    elements.update(repeating: machine.value(1), count: Int(truncatingIfNeeded: count))
}

@inline(never)
private func copyTable(_ machine: Machine) throws(TrapKind) {
    let count = machine.value(2)
    let destination = try machine.pointer(2, to: TableRecord.self).pointee.range(machine.value(0), count)
    let source = try machine.pointer(3, to: TableRecord.self).pointee.range(machine.value(1), count)
    destination.update(from: source, count: Int(truncatingIfNeeded: count))
}

@inline(never)
private func initializeTable(_ machine: Machine) throws(TrapKind) {
    let count = machine.value(2)
    let destination = try machine.pointer(2, to: TableRecord.self).pointee.range(machine.value(0), count)
    let source = try machine.pointer(3, to: ElementRecord.self).pointee.range(machine.value(1), count)
    destination.update(from: source, count: Int(truncatingIfNeeded: count))
}
