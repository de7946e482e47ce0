// Handlers of the instructions on whole memories.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions

import Glibc
import WasmInstructionTable
import WasmSpec

enum MemoryHandlers {
    static var size: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Object<MemoryRecord>.self)
            let memory = operands.object
            machine.setValue(in: operands.first, memory.pointee.currentSize &>> UInt64(memory.pointee.pageSizeLog2))
            machine.next(behind: Layout.Object<MemoryRecord>.self)
        }
    }

    static var grow: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            growMemory(machine)
            machine.nextReloadingMemory(Layout.Object<MemoryRecord>.instructionWords)
        }
    }

    static var fill: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Fill<MemoryRecord>.self, fillMemory) } }

    static var copy: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.Transfer<MemoryRecord, MemoryRecord>.self, copyMemory) }
    }

    static var `init`: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.Transfer<MemoryRecord, DataRecord>.self, initializeMemory) }
    }

    static var dropData: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.read(Layout.Reference<DataRecord>.self).object.pointee.count = 0
            machine.next(behind: Layout.Reference<DataRecord>.self)
        }
    }
}

@inline(never)
private func growMemory(_ machine: Machine) {
    let operands = machine.read(Layout.Object<MemoryRecord>.self)
    let memory = operands.object.pointee.instance.takeUnretainedValue()
    let isWide = memory.type.addressType == .i64
    let previous = memory.grow(byPages: machine.value(in: operands.second))
    machine.setValue(in: operands.first, previous ?? (isWide ? UInt64.max : UInt64(UInt32.max)))
}

extension MemoryRecord {
    /// The host address of `count` bytes at `address`.
    ///
    /// Traps: `outOfBoundsMemoryAccess`, also for a count of 0 beyond the end.
    func range(_ address: UInt64, _ count: UInt64) throws(TrapKind) -> UnsafeMutableRawPointer {
        let (end, overflow) = address.addingReportingOverflow(count)
        if overflow || end > currentSize { throw .outOfBoundsMemoryAccess }
        return base + Int(truncatingIfNeeded: address)
    }
}

@inline(never)
private func fillMemory(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Fill<MemoryRecord>.self)
    let count = machine.value(in: operands.count)
    let destination = try operands.object.pointee.range(machine.value(in: operands.place), count)
    let value = UInt8(truncatingIfNeeded: machine.value(in: operands.value))
    memset(destination, Int32(value), Int(truncatingIfNeeded: count))
}

@inline(never)
private func copyMemory(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Transfer<MemoryRecord, MemoryRecord>.self)
    let count = machine.value(in: operands.count)
    let destination = try operands.destinationObject.pointee.range(machine.value(in: operands.destination), count)
    let source = try operands.sourceObject.pointee.range(machine.value(in: operands.source), count)
    memmove(destination, source, Int(truncatingIfNeeded: count))
}

@inline(never)
private func initializeMemory(_ machine: Machine) throws(TrapKind) {
    let operands = machine.read(Layout.Transfer<MemoryRecord, DataRecord>.self)
    let count = machine.value(in: operands.count)
    let destination = try operands.destinationObject.pointee.range(machine.value(in: operands.destination), count)
    let source = try operands.sourceObject.pointee.range(machine.value(in: operands.source), count)
    memcpy(destination, source, Int(truncatingIfNeeded: count))
}

/// A data segment at run time; `data.drop` sets the count to 0.
struct DataRecord {
    let base: UnsafeRawPointer
    var count: UInt64

    /// Traps: `outOfBoundsMemoryAccess`.
    func range(_ offset: UInt64, _ length: UInt64) throws(TrapKind) -> UnsafeRawPointer {
        let (end, overflow) = offset.addingReportingOverflow(length)
        if overflow || end > count { throw .outOfBoundsMemoryAccess }
        return base + Int(truncatingIfNeeded: offset)
    }
}
