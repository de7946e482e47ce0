// Handlers of loads and stores, and of the instructions on whole memories.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions

import WasmInstructionTable
import WasmSpec

// MARK: Addresses

extension Machine {
    /// Calls `body` with the host address of `Access`, or traps. Memory 0 with 32-bit addresses.
    @inline(__always)
    func access<Access>(
        _ slot: NarrowSlot, _ offset: UInt32, _ type: Access.Type, _ body: (UnsafeMutableRawPointer) -> Void
    ) {
        let address = UInt64(value(in: slot).i32) &+ UInt64(offset)
        if address &+ UInt64(MemoryLayout<Access>.size) > memorySize { return outOfBounds() }
        body(memory + Int(truncatingIfNeeded: address))
    }

    /// The host address of `bytes` bytes in any memory, or nil if they do not lie in it. `slot` holds the address.
    ///
    /// A 32-bit address is zero-extended in its slot, so both address types are treated alike.
    @inline(__always)
    func generalAddress(
        _ slot: NarrowSlot, _ access: Layout.GeneralAccess, bytes: UInt64
    ) -> UnsafeMutableRawPointer? {
        let memory = access.memory
        let (address, overflow) = value(in: slot).addingReportingOverflow(access.offset)
        let (end, endOverflow) = address.addingReportingOverflow(bytes)
        if overflow || endOverflow || end > memory.pointee.currentSize { return nil }
        return memory.pointee.base + Int(truncatingIfNeeded: address)
    }

    @inline(__always)
    func outOfBounds() { outOfKnownBounds(pc, fp, memory, memorySize, context) }
}

/// An access beyond the size that the registers hold: traps, unless a shared memory has grown meanwhile. With a
/// handler's parameters, so that it can jump here.
@inline(never)
private func outOfKnownBounds(
    _ pc: UnsafePointer<UInt64>, _ fp: UnsafeMutablePointer<UInt64>, _ memory: UnsafeMutableRawPointer,
    _ memorySize: UInt64, _ context: UnsafeMutablePointer<ExecutionContext>
) {
    let machine = Machine(pc, fp, memory, memorySize, UnsafeMutableRawPointer(context))
    if context.pointee.memory.pointee.currentSize > memorySize { return machine.dispatchReloadingMemory(pc, fp) }
    machine.trap(.outOfBoundsMemoryAccess)
}

// MARK: Loads and stores

/// The slot value of what `operation` reads at `address`.
@inline(__always)
func load(_ operation: LoadOperation, _ address: UnsafeRawPointer) -> UInt64 {
    switch operation {
    case .i32Load, .f32Load, .i64Load32U: UInt64(address.loadUnaligned(as: UInt32.self))
    case .i64Load, .f64Load: address.loadUnaligned(as: UInt64.self)
    case .i32Load8S: UInt64(i32: Int32(address.loadUnaligned(as: Int8.self)))
    case .i32Load8U, .i64Load8U: UInt64(address.loadUnaligned(as: UInt8.self))
    case .i32Load16S: UInt64(i32: Int32(address.loadUnaligned(as: Int16.self)))
    case .i32Load16U, .i64Load16U: UInt64(address.loadUnaligned(as: UInt16.self))
    case .i64Load8S: UInt64(i64: Int64(address.loadUnaligned(as: Int8.self)))
    case .i64Load16S: UInt64(i64: Int64(address.loadUnaligned(as: Int16.self)))
    case .i64Load32S: UInt64(i64: Int64(address.loadUnaligned(as: Int32.self)))
    }
}

/// Writes the low bytes of a slot value.
@inline(__always)
func store(_ operation: StoreOperation, _ value: UInt64, _ address: UnsafeMutableRawPointer) {
    switch operation {
    case .i32Store, .f32Store, .i64Store32:
        address.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
    case .i64Store, .f64Store: address.storeBytes(of: value, as: UInt64.self)
    case .i32Store8, .i64Store8: address.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
    case .i32Store16, .i64Store16: address.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
    }
}

@inline(__always)
private func fast<Access: FixedWidthInteger>(_ machine: Machine, _ operation: LoadOperation, _ type: Access.Type) {
    let operands = machine.read(Layout.Access.self)
    machine.access(operands.second, operands.offset, type) { address in
        machine.setValue(in: operands.first, load(operation, address))
        machine.next(behind: Layout.Access.self)
    }
}

@inline(__always)
private func general<Access: FixedWidthInteger>(_ machine: Machine, _ operation: LoadOperation, _ type: Access.Type) {
    let operands = machine.read(Layout.GeneralAccess.self)
    guard let address = machine.generalAddress(operands.second, operands, bytes: UInt64(MemoryLayout<Access>.size))
    else { return machine.trap(.outOfBoundsMemoryAccess) }
    machine.setValue(in: operands.first, load(operation, address))
    machine.next(behind: Layout.GeneralAccess.self)
}

@inline(__always)
private func fast<Access: FixedWidthInteger>(_ machine: Machine, _ operation: StoreOperation, _ type: Access.Type) {
    let operands = machine.read(Layout.Access.self)
    machine.access(operands.first, operands.offset, type) { address in
        store(operation, machine.value(in: operands.second), address)
        machine.next(behind: Layout.Access.self)
    }
}

@inline(__always)
private func constant<Access: FixedWidthInteger>(
    _ machine: Machine, _ operation: StoreOperation, _ type: Access.Type
) {
    let operands = machine.read(Layout.ConstantStore.self)
    machine.access(operands.access.first, operands.access.offset, type) { address in
        store(operation, operands.value, address)
        machine.next(behind: Layout.ConstantStore.self)
    }
}

@inline(__always)
private func general<Access: FixedWidthInteger>(_ machine: Machine, _ operation: StoreOperation, _ type: Access.Type) {
    let operands = machine.read(Layout.GeneralAccess.self)
    guard let address = machine.generalAddress(operands.first, operands, bytes: UInt64(MemoryLayout<Access>.size))
    else { return machine.trap(.outOfBoundsMemoryAccess) }
    store(operation, machine.value(in: operands.second), address)
    machine.next(behind: Layout.GeneralAccess.self)
}

extension LoadOperation {
    /// Result and address; on `Layout.Access`.
    var fastHandler: Handler {
        switch self {
        case .i32Load: { fast(Machine($0, $1, $2, $3, $4), .i32Load, UInt32.self) }
        case .i64Load: { fast(Machine($0, $1, $2, $3, $4), .i64Load, UInt64.self) }
        case .f32Load: { fast(Machine($0, $1, $2, $3, $4), .f32Load, UInt32.self) }
        case .f64Load: { fast(Machine($0, $1, $2, $3, $4), .f64Load, UInt64.self) }
        case .i32Load8S: { fast(Machine($0, $1, $2, $3, $4), .i32Load8S, UInt8.self) }
        case .i32Load8U: { fast(Machine($0, $1, $2, $3, $4), .i32Load8U, UInt8.self) }
        case .i32Load16S: { fast(Machine($0, $1, $2, $3, $4), .i32Load16S, UInt16.self) }
        case .i32Load16U: { fast(Machine($0, $1, $2, $3, $4), .i32Load16U, UInt16.self) }
        case .i64Load8S: { fast(Machine($0, $1, $2, $3, $4), .i64Load8S, UInt8.self) }
        case .i64Load8U: { fast(Machine($0, $1, $2, $3, $4), .i64Load8U, UInt8.self) }
        case .i64Load16S: { fast(Machine($0, $1, $2, $3, $4), .i64Load16S, UInt16.self) }
        case .i64Load16U: { fast(Machine($0, $1, $2, $3, $4), .i64Load16U, UInt16.self) }
        case .i64Load32S: { fast(Machine($0, $1, $2, $3, $4), .i64Load32S, UInt32.self) }
        case .i64Load32U: { fast(Machine($0, $1, $2, $3, $4), .i64Load32U, UInt32.self) }
        }
    }

    /// Result and address; on `Layout.GeneralAccess`.
    var generalHandler: Handler {
        switch self {
        case .i32Load: { general(Machine($0, $1, $2, $3, $4), .i32Load, UInt32.self) }
        case .i64Load: { general(Machine($0, $1, $2, $3, $4), .i64Load, UInt64.self) }
        case .f32Load: { general(Machine($0, $1, $2, $3, $4), .f32Load, UInt32.self) }
        case .f64Load: { general(Machine($0, $1, $2, $3, $4), .f64Load, UInt64.self) }
        case .i32Load8S: { general(Machine($0, $1, $2, $3, $4), .i32Load8S, UInt8.self) }
        case .i32Load8U: { general(Machine($0, $1, $2, $3, $4), .i32Load8U, UInt8.self) }
        case .i32Load16S: { general(Machine($0, $1, $2, $3, $4), .i32Load16S, UInt16.self) }
        case .i32Load16U: { general(Machine($0, $1, $2, $3, $4), .i32Load16U, UInt16.self) }
        case .i64Load8S: { general(Machine($0, $1, $2, $3, $4), .i64Load8S, UInt8.self) }
        case .i64Load8U: { general(Machine($0, $1, $2, $3, $4), .i64Load8U, UInt8.self) }
        case .i64Load16S: { general(Machine($0, $1, $2, $3, $4), .i64Load16S, UInt16.self) }
        case .i64Load16U: { general(Machine($0, $1, $2, $3, $4), .i64Load16U, UInt16.self) }
        case .i64Load32S: { general(Machine($0, $1, $2, $3, $4), .i64Load32S, UInt32.self) }
        case .i64Load32U: { general(Machine($0, $1, $2, $3, $4), .i64Load32U, UInt32.self) }
        }
    }
}

extension StoreOperation {
    /// Address and value; on `Layout.Access`.
    var fastHandler: Handler {
        switch self {
        case .i32Store: { fast(Machine($0, $1, $2, $3, $4), .i32Store, UInt32.self) }
        case .i64Store: { fast(Machine($0, $1, $2, $3, $4), .i64Store, UInt64.self) }
        case .f32Store: { fast(Machine($0, $1, $2, $3, $4), .f32Store, UInt32.self) }
        case .f64Store: { fast(Machine($0, $1, $2, $3, $4), .f64Store, UInt64.self) }
        case .i32Store8: { fast(Machine($0, $1, $2, $3, $4), .i32Store8, UInt8.self) }
        case .i32Store16: { fast(Machine($0, $1, $2, $3, $4), .i32Store16, UInt16.self) }
        case .i64Store8: { fast(Machine($0, $1, $2, $3, $4), .i64Store8, UInt8.self) }
        case .i64Store16: { fast(Machine($0, $1, $2, $3, $4), .i64Store16, UInt16.self) }
        case .i64Store32: { fast(Machine($0, $1, $2, $3, $4), .i64Store32, UInt32.self) }
        }
    }

    /// On `Layout.ConstantStore`.
    var constantHandler: Handler {
        switch self {
        case .i32Store: { constant(Machine($0, $1, $2, $3, $4), .i32Store, UInt32.self) }
        case .i64Store: { constant(Machine($0, $1, $2, $3, $4), .i64Store, UInt64.self) }
        case .f32Store: { constant(Machine($0, $1, $2, $3, $4), .f32Store, UInt32.self) }
        case .f64Store: { constant(Machine($0, $1, $2, $3, $4), .f64Store, UInt64.self) }
        case .i32Store8: { constant(Machine($0, $1, $2, $3, $4), .i32Store8, UInt8.self) }
        case .i32Store16: { constant(Machine($0, $1, $2, $3, $4), .i32Store16, UInt16.self) }
        case .i64Store8: { constant(Machine($0, $1, $2, $3, $4), .i64Store8, UInt8.self) }
        case .i64Store16: { constant(Machine($0, $1, $2, $3, $4), .i64Store16, UInt16.self) }
        case .i64Store32: { constant(Machine($0, $1, $2, $3, $4), .i64Store32, UInt32.self) }
        }
    }

    /// Address and value; on `Layout.GeneralAccess`.
    var generalHandler: Handler {
        switch self {
        case .i32Store: { general(Machine($0, $1, $2, $3, $4), .i32Store, UInt32.self) }
        case .i64Store: { general(Machine($0, $1, $2, $3, $4), .i64Store, UInt64.self) }
        case .f32Store: { general(Machine($0, $1, $2, $3, $4), .f32Store, UInt32.self) }
        case .f64Store: { general(Machine($0, $1, $2, $3, $4), .f64Store, UInt64.self) }
        case .i32Store8: { general(Machine($0, $1, $2, $3, $4), .i32Store8, UInt8.self) }
        case .i32Store16: { general(Machine($0, $1, $2, $3, $4), .i32Store16, UInt16.self) }
        case .i64Store8: { general(Machine($0, $1, $2, $3, $4), .i64Store8, UInt8.self) }
        case .i64Store16: { general(Machine($0, $1, $2, $3, $4), .i64Store16, UInt16.self) }
        case .i64Store32: { general(Machine($0, $1, $2, $3, $4), .i64Store32, UInt32.self) }
        }
    }
}
