// Handlers of atomic memory instructions. Operands, then words for offset, memory and operation.
// Spec: https://webassembly.github.io/threads/core/exec/instructions.html#atomic-memory-instructions

import Synchronization
import WasmInstructionTable
import WasmSpec

enum AtomicHandlers {
    static var fence: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            atomicMemoryFence(ordering: .sequentiallyConsistent)
            machine.next(1)
        }
    }

    /// `result, address`.
    static var load: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runLoad) } }
    /// `address, value`.
    static var store: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runStore) } }
    /// `result, address, value`.
    static var readModifyWrite: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runReadModifyWrite) }
    }
    /// `result, address, expected, replacement`.
    static var compareExchange: Handler {
        { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runCompareExchange) }
    }
    /// `result, address, expected, timeout`.
    static var wait: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runWait) } }
    /// `result, address, count`.
    static var notify: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runNotify) } }
}

extension Machine {
    /// The address of an access of `bytes` bytes.
    ///
    /// Traps: `unalignedAtomic`, `outOfBoundsMemoryAccess`.
    fileprivate func atomicAddress(_ address: NarrowSlot, bytes: UInt32) throws(TrapKind) -> UnsafeMutableRawPointer {
        let access = read(Layout.GeneralAccess.self)
        if (value(in: address) &+ access.offset) & UInt64(bytes - 1) != 0 { throw .unalignedAtomic }
        guard let result = generalAddress(address, access, bytes: UInt64(bytes)) else {
            throw .outOfBoundsMemoryAccess
        }
        return result
    }

    fileprivate func operation<Operation>(as type: Operation.Type) -> Operation {
        unsafeBitCast(UInt8(truncatingIfNeeded: read(Layout.OperationAccess.self).operation), to: type)
    }
}

@inline(never)
private func runLoad(_ machine: Machine) throws(TrapKind) {
    let operation = machine.operation(as: AtomicLoadOperation.self)
    let address = try machine.atomicAddress(machine.slots.second, bytes: operation.accessBytes)
    let value: UInt64 =
        switch operation.accessBytes {
        case 1: UInt64(UInt8.atomicLoad(address))
        case 2: UInt64(UInt16.atomicLoad(address))
        case 4: UInt64(UInt32.atomicLoad(address))
        default: UInt64.atomicLoad(address)
        }
    machine.setValue(in: machine.slots.first, value)
}

@inline(never)
private func runStore(_ machine: Machine) throws(TrapKind) {
    let operation = machine.operation(as: AtomicStoreOperation.self)
    let address = try machine.atomicAddress(machine.slots.first, bytes: operation.accessBytes)
    let value = machine.value(in: machine.slots.second)
    switch operation.accessBytes {
    case 1: UInt8(truncatingIfNeeded: value).atomicStore(address)
    case 2: UInt16(truncatingIfNeeded: value).atomicStore(address)
    case 4: value.i32.atomicStore(address)
    default: value.atomicStore(address)
    }
}

/// How a read-modify-write instruction changes the number, without its width.
private enum Modification {
    case add, subtract, and, or, xor, exchange

    init(_ operation: AtomicReadModifyWriteOperation) {
        switch operation {
        case .i32AtomicRmwAdd, .i64AtomicRmwAdd, .i32AtomicRmw8AddU, .i32AtomicRmw16AddU, .i64AtomicRmw8AddU,
            .i64AtomicRmw16AddU, .i64AtomicRmw32AddU:
            self = .add
        case .i32AtomicRmwSub, .i64AtomicRmwSub, .i32AtomicRmw8SubU, .i32AtomicRmw16SubU, .i64AtomicRmw8SubU,
            .i64AtomicRmw16SubU, .i64AtomicRmw32SubU:
            self = .subtract
        case .i32AtomicRmwAnd, .i64AtomicRmwAnd, .i32AtomicRmw8AndU, .i32AtomicRmw16AndU, .i64AtomicRmw8AndU,
            .i64AtomicRmw16AndU, .i64AtomicRmw32AndU:
            self = .and
        case .i32AtomicRmwOr, .i64AtomicRmwOr, .i32AtomicRmw8OrU, .i32AtomicRmw16OrU, .i64AtomicRmw8OrU,
            .i64AtomicRmw16OrU, .i64AtomicRmw32OrU:
            self = .or
        case .i32AtomicRmwXor, .i64AtomicRmwXor, .i32AtomicRmw8XorU, .i32AtomicRmw16XorU, .i64AtomicRmw8XorU,
            .i64AtomicRmw16XorU, .i64AtomicRmw32XorU:
            self = .xor
        case .i32AtomicRmwXchg, .i64AtomicRmwXchg, .i32AtomicRmw8XchgU, .i32AtomicRmw16XchgU, .i64AtomicRmw8XchgU,
            .i64AtomicRmw16XchgU, .i64AtomicRmw32XchgU:
            self = .exchange
        }
    }

    func apply<Number: FixedWidthInteger>(_ old: Number, _ operand: Number) -> Number {
        switch self {
        case .add: old &+ operand
        case .subtract: old &- operand
        case .and: old & operand
        case .or: old | operand
        case .xor: old ^ operand
        case .exchange: operand
        }
    }
}

@inline(never)
private func runReadModifyWrite(_ machine: Machine) throws(TrapKind) {
    let operation = machine.operation(as: AtomicReadModifyWriteOperation.self)
    let address = try machine.atomicAddress(machine.slots.second, bytes: operation.accessBytes)
    let modification = Modification(operation)
    let operand = machine.value(in: machine.slots.third)
    let old: UInt64 =
        switch operation.accessBytes {
        case 1: UInt64(modify(address, UInt8(truncatingIfNeeded: operand), modification))
        case 2: UInt64(modify(address, UInt16(truncatingIfNeeded: operand), modification))
        case 4: UInt64(modify(address, operand.i32, modification))
        default: modify(address, operand, modification)
        }
    machine.setValue(in: machine.slots.first, old)
}

/// The number before.
private func modify<Number: AtomicNumber>(
    _ address: UnsafeMutableRawPointer, _ operand: Number, _ modification: Modification
) -> Number {
    var old = Number.atomicLoad(address)
    while true {
        let original = modification.apply(old, operand).atomicReplace(old, address)
        if original == old { return old }
        old = original
    }
}

@inline(never)
private func runCompareExchange(_ machine: Machine) throws(TrapKind) {
    let operation = machine.operation(as: AtomicCompareExchangeOperation.self)
    let address = try machine.atomicAddress(machine.slots.second, bytes: operation.accessBytes)
    let expected = machine.value(in: machine.slots.third), replacement = machine.value(in: machine.slots.fourth)
    let old: UInt64 =
        switch operation.accessBytes {
        case 1: UInt64(compareExchange(address, UInt8.self, expected, replacement))
        case 2: UInt64(compareExchange(address, UInt16.self, expected, replacement))
        case 4: UInt64(compareExchange(address, UInt32.self, expected, replacement))
        default: compareExchange(address, UInt64.self, expected, replacement)
        }
    machine.setValue(in: machine.slots.first, old)
}

/// The number before. An expected value that the width cannot hold is never there.
private func compareExchange<Number: AtomicNumber>(
    _ address: UnsafeMutableRawPointer, _ type: Number.Type, _ expected: UInt64, _ replacement: UInt64
) -> Number {
    guard let expected = Number(exactly: expected) else { return Number.atomicLoad(address) }
    return Number(truncatingIfNeeded: replacement).atomicReplace(expected, address)
}

// MARK: Waiting

@inline(never)
private func runWait(_ machine: Machine) throws(TrapKind) {
    let operation = machine.operation(as: AtomicWaitOperation.self)
    let address = try machine.atomicAddress(machine.slots.second, bytes: operation.accessBytes)
    guard machine.read(Layout.GeneralAccess.self).memory.pointee.isShared else { throw .expectedSharedMemory }
    let expected = machine.value(in: machine.slots.third)
    let outcome = WaitQueues.shared.wait(
        at: address, timeoutNanoseconds: machine.value(in: machine.slots.fourth).signedI64
    ) {
        switch operation {
        case .memoryAtomicWait32: UInt32.atomicLoad(address) == expected.i32
        case .memoryAtomicWait64: UInt64.atomicLoad(address) == expected
        }
    }
    machine.setValue(in: machine.slots.first, UInt64(outcome.rawValue))
}

@inline(never)
private func runNotify(_ machine: Machine) throws(TrapKind) {
    let address = try machine.atomicAddress(machine.slots.second, bytes: 4)
    // Nobody can wait on a memory that is not shared.
    let isShared = machine.read(Layout.GeneralAccess.self).memory.pointee.isShared
    machine.setValue(
        in: machine.slots.first,
        isShared ? UInt64(WaitQueues.shared.notify(at: address, count: machine.value(in: machine.slots.third).i32)) : 0)
}
