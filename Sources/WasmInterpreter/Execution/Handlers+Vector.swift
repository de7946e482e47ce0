// Handlers of vector instructions. A v128 takes two neighbouring slots; instructions name the first. The
// operation is an operand word: the functions in Numerics switch over it.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#vector-instructions

import WasmInstructionTable
import WasmSpec

extension Machine {
    @inline(__always) func vector(at slot: UnsafeMutablePointer<UInt64>) -> V128 { V128(low: slot[0], high: slot[1]) }

    @inline(__always) func vector(in slot: NarrowSlot) -> V128 { vector(at: fp + Int(slot)) }

    @inline(__always) func setVector(in slot: NarrowSlot, _ value: V128) { setVector(at: fp + Int(slot), value) }

    @inline(__always) private func setVector(at slot: UnsafeMutablePointer<UInt64>, _ value: V128) {
        slot[0] = value.low
        slot[1] = value.high
    }

    /// The operation, whose raw value is the word.
    @inline(__always) fileprivate func operation<Operation>(as type: Operation.Type) -> Operation {
        unsafeBitCast(UInt8(truncatingIfNeeded: read(Layout.SlotsAndWord.self).word), to: type)
    }
}

/// Operands, then the operation.
enum VectorHandlers {
    /// `result, lhs, rhs`.
    static var compare: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runCompare) } }
    /// `result, operand`.
    static var unary: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runUnary) } }
    /// `result, lhs, rhs`.
    static var binary: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runBinary) } }
    /// `result, first, second, third`.
    static var ternary: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runTernary) } }
    /// `result, operand, count`.
    static var shift: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runShift) } }
    /// `result, operand`.
    static var test: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runTest) } }
    /// `result, value`.
    static var splat: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runSplat) } }
    /// `result, operand, lane`.
    static var extractLane: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runExtractLane) } }
    /// `result, operand, value, lane`.
    static var replaceLane: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.SlotsAndWord.self, runReplaceLane) } }
    /// `result, lhs, rhs`, then two words of lanes.
    static var shuffle: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.Shuffle.self, runShuffle) } }
}

@inline(never)
private func runCompare(_ machine: Machine) {
    let operation = machine.operation(as: VectorCompareOperation.self)
    machine.setVector(
        in: machine.slots.first,
        vectorCompare(operation, machine.vector(in: machine.slots.second), machine.vector(in: machine.slots.third)))
}

@inline(never)
private func runUnary(_ machine: Machine) {
    machine.setVector(
        in: machine.slots.first,
        vectorUnary(machine.operation(as: VectorUnaryOperation.self), machine.vector(in: machine.slots.second)))
}

@inline(never)
private func runBinary(_ machine: Machine) {
    let operation = machine.operation(as: VectorBinaryOperation.self)
    machine.setVector(
        in: machine.slots.first,
        vectorBinary(operation, machine.vector(in: machine.slots.second), machine.vector(in: machine.slots.third)))
}

@inline(never)
private func runTernary(_ machine: Machine) {
    let operation = machine.operation(as: VectorTernaryOperation.self)
    machine.setVector(
        in: machine.slots.first,
        vectorTernary(
            operation, machine.vector(in: machine.slots.second), machine.vector(in: machine.slots.third),
            machine.vector(in: machine.slots.fourth)))
}

@inline(never)
private func runShift(_ machine: Machine) {
    let operation = machine.operation(as: VectorShiftOperation.self)
    machine.setVector(
        in: machine.slots.first,
        vectorShift(operation, machine.vector(in: machine.slots.second), machine.value(in: machine.slots.third).i32))
}

@inline(never)
private func runTest(_ machine: Machine) {
    machine.setValue(
        in: machine.slots.first,
        UInt64(vectorTest(machine.operation(as: VectorTestOperation.self), machine.vector(in: machine.slots.second))))
}

@inline(never)
private func runSplat(_ machine: Machine) {
    machine.setVector(
        in: machine.slots.first,
        vectorSplat(machine.operation(as: VectorSplatOperation.self), machine.value(in: machine.slots.second)))
}

@inline(never)
private func runExtractLane(_ machine: Machine) {
    let operation = machine.operation(as: VectorExtractLaneOperation.self)
    machine.setValue(
        in: machine.slots.first,
        vectorExtractLane(operation, machine.vector(in: machine.slots.second), Int(machine.slots.third)))
}

@inline(never)
private func runReplaceLane(_ machine: Machine) {
    let operation = machine.operation(as: VectorReplaceLaneOperation.self)
    machine.setVector(
        in: machine.slots.first,
        vectorReplaceLane(
            operation, machine.vector(in: machine.slots.second), Int(machine.slots.fourth),
            machine.value(in: machine.slots.third)))
}

@inline(never)
private func runShuffle(_ machine: Machine) {
    let operands = machine.read(Layout.Shuffle.self)
    let lanes = V128(low: operands.low, high: operands.high)
    machine.setVector(
        in: machine.slots.first,
        vectorShuffle(lanes, machine.vector(in: machine.slots.second), machine.vector(in: machine.slots.third)))
}

// MARK: Memory

/// Operands, then words for offset, memory and operation.
enum VectorMemoryHandlers {
    /// `result, address, offset` in memory 0: `v128.load`.
    static var fastLoad: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Access.self)
            machine.access(operands.second, operands.offset, V128.self) { address in
                machine.setVector(in: operands.first, address.loadUnaligned(as: V128.self))
                machine.next(behind: Layout.Access.self)
            }
        }
    }

    /// `address, value, offset` in memory 0: `v128.store`.
    static var fastStore: Handler {
        {
            let machine = Machine($0, $1, $2, $3, $4)
            let operands = machine.read(Layout.Access.self)
            machine.access(operands.first, operands.offset, V128.self) { address in
                address.storeBytes(of: machine.vector(in: operands.second), as: V128.self)
                machine.next(behind: Layout.Access.self)
            }
        }
    }

    /// `result, address`.
    static var load: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runLoad) } }
    /// `address, value`.
    static var store: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runStore) } }
    /// `result, address, operand, lane`.
    static var loadLane: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runLoadLane) } }
    /// `address, operand, lane`.
    static var storeLane: Handler { { Machine($0, $1, $2, $3, $4).slow(Layout.OperationAccess.self, runStoreLane) } }
}

extension Machine {
    fileprivate func accessed(_ address: NarrowSlot, bytes: UInt32) throws(TrapKind) -> UnsafeMutableRawPointer {
        let access = read(Layout.GeneralAccess.self)
        guard let result = generalAddress(address, access, bytes: UInt64(bytes)) else {
            throw .outOfBoundsMemoryAccess
        }
        return result
    }

    fileprivate func memoryOperation<Operation>(as type: Operation.Type) -> Operation {
        unsafeBitCast(UInt8(truncatingIfNeeded: read(Layout.OperationAccess.self).operation), to: type)
    }
}

/// The vector that `operation` makes of what it reads at `address`.
func vectorLoad(_ operation: VectorLoadOperation, _ address: UnsafeRawPointer) -> V128 {
    /// The 8 bytes, in the low half.
    func half() -> V128 { V128(low: address.loadUnaligned(as: UInt64.self), high: 0) }
    return switch operation {
    case .v128Load: address.loadUnaligned(as: V128.self)
    case .v128Load8x8S: vectorUnary(.i16x8ExtendLowI8x16S, half())
    case .v128Load8x8U: vectorUnary(.i16x8ExtendLowI8x16U, half())
    case .v128Load16x4S: vectorUnary(.i32x4ExtendLowI16x8S, half())
    case .v128Load16x4U: vectorUnary(.i32x4ExtendLowI16x8U, half())
    case .v128Load32x2S: vectorUnary(.i64x2ExtendLowI32x4S, half())
    case .v128Load32x2U: vectorUnary(.i64x2ExtendLowI32x4U, half())
    case .v128Load8Splat: vectorSplat(.i8x16Splat, UInt64(address.loadUnaligned(as: UInt8.self)))
    case .v128Load16Splat: vectorSplat(.i16x8Splat, UInt64(address.loadUnaligned(as: UInt16.self)))
    case .v128Load32Splat: vectorSplat(.i32x4Splat, UInt64(address.loadUnaligned(as: UInt32.self)))
    case .v128Load64Splat: vectorSplat(.i64x2Splat, address.loadUnaligned(as: UInt64.self))
    case .v128Load32Zero: V128(low: UInt64(address.loadUnaligned(as: UInt32.self)), high: 0)
    case .v128Load64Zero: half()
    }
}

@inline(never)
private func runLoad(_ machine: Machine) throws(TrapKind) {
    let operation = machine.memoryOperation(as: VectorLoadOperation.self)
    machine.setVector(
        in: machine.slots.first,
        vectorLoad(operation, try machine.accessed(machine.slots.second, bytes: operation.accessBytes)))
}

@inline(never)
private func runStore(_ machine: Machine) throws(TrapKind) {
    try machine.accessed(machine.slots.first, bytes: 16).storeBytes(
        of: machine.vector(in: machine.slots.second), as: V128.self)
}

@inline(never)
private func runLoadLane(_ machine: Machine) throws(TrapKind) {
    let operation = machine.memoryOperation(as: VectorLoadLaneOperation.self)
    let address = try machine.accessed(machine.slots.second, bytes: operation.accessBytes)
    let vector = machine.vector(in: machine.slots.third), lane = Int(machine.slots.fourth)
    let result =
        switch operation {
        case .v128Load8Lane: replacing(vector.u8x16, lane, UInt64(address.loadUnaligned(as: UInt8.self)))
        case .v128Load16Lane: replacing(vector.u16x8, lane, UInt64(address.loadUnaligned(as: UInt16.self)))
        case .v128Load32Lane: replacing(vector.u32x4, lane, UInt64(address.loadUnaligned(as: UInt32.self)))
        case .v128Load64Lane: replacing(vector.u64x2, lane, address.loadUnaligned(as: UInt64.self))
        }
    machine.setVector(in: machine.slots.first, result)
}

@inline(never)
private func runStoreLane(_ machine: Machine) throws(TrapKind) {
    let operation = machine.memoryOperation(as: VectorStoreLaneOperation.self)
    let address = try machine.accessed(machine.slots.first, bytes: operation.accessBytes)
    let vector = machine.vector(in: machine.slots.second), lane = Int(machine.slots.third)
    switch operation {
    case .v128Store8Lane: address.storeBytes(of: vector.u8x16[lane], as: UInt8.self)
    case .v128Store16Lane: address.storeBytes(of: vector.u16x8[lane], as: UInt16.self)
    case .v128Store32Lane: address.storeBytes(of: vector.u32x4[lane], as: UInt32.self)
    case .v128Store64Lane: address.storeBytes(of: vector.u64x2[lane], as: UInt64.self)
    }
}
