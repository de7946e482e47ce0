// Handlers of the instructions on whole memories. Memories and data segments are operand words.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions

import Glibc
import WasmInstructionTable
import WasmSpec

enum MemoryHandlers {
    /// `result`, then the memory.
    static var size: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let memory = machine.pointer(2, to: MemoryRecord.self)
            machine.setValue(0, memory.pointee.currentSize &>> UInt64(memory.pointee.pageSizeLog2))
            machine.next(3)
        }
    }

    /// `result, pages`, then the memory.
    static var grow: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            growMemory(machine)
            machine.nextReloadingMemory(3)
        }
    }

    /// `destination, value, count`, then the memory.
    static var fill: Handler { { Machine($0, $1, $2, $3, $4).slow(3, fillMemory) } }

    /// `destination, source, count`, then the destination's and the source's memory.
    static var copy: Handler { { Machine($0, $1, $2, $3, $4).slow(4, copyMemory) } }

    /// `destination, source, count`, then the memory and the segment.
    static var `init`: Handler { { Machine($0, $1, $2, $3, $4).slow(4, initializeMemory) } }

    /// The segment.
    static var dropData: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            machine.pointer(1, to: DataRecord.self).pointee.count = 0
            machine.next(2)
        }
    }
}

@inline(never)
private func growMemory(_ machine: Machine) {
    let memory = machine.pointer(2, to: MemoryRecord.self).pointee.instance.takeUnretainedValue()
    let isWide = memory.type.addressType == .i64
    let previous = memory.grow(byPages: machine.value(1))
    machine.setValue(0, previous ?? (isWide ? UInt64.max : UInt64(UInt32.max)))
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
    let memory = machine.pointer(2, to: MemoryRecord.self)
    let count = machine.value(2)
    let destination = try memory.pointee.range(machine.value(0), count)
    memset(destination, Int32(UInt8(truncatingIfNeeded: machine.value(1))), Int(truncatingIfNeeded: count))
}

@inline(never)
private func copyMemory(_ machine: Machine) throws(TrapKind) {
    let count = machine.value(2)
    let destination = try machine.pointer(2, to: MemoryRecord.self).pointee.range(machine.value(0), count)
    let source = try machine.pointer(3, to: MemoryRecord.self).pointee.range(machine.value(1), count)
    memmove(destination, source, Int(truncatingIfNeeded: count))
}

@inline(never)
private func initializeMemory(_ machine: Machine) throws(TrapKind) {
    let count = machine.value(2)
    let destination = try machine.pointer(2, to: MemoryRecord.self).pointee.range(machine.value(0), count)
    let source = try machine.pointer(3, to: DataRecord.self).pointee.range(machine.value(1), count)
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
