// Memory instructions. Addresses come from MemoryAccess.swift.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions

import CWasmcABI
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    /// A plain access promises no alignment to LLVM: the immediate is a hint that guests get wrong.
    func guestLoad(_ type: IRType, _ address: IRValue) -> IRValue {
        let value = located { builder.load(type, address, alignment: 1) }
        tag(value, owner.aliasTags.memory)
        return value
    }

    func guestStore(_ value: IRValue, _ address: IRValue) {
        let store = located { builder.store(value, address, alignment: 1, isVolatile: owner.isStateExact) }
        tag(store, owner.aliasTags.memory)
    }

    func lowerLoad(_ operation: LoadOperation, _ memArg: MemArg) {
        let address = popAddress(memArg, widthBytes: operation.accessBytes)
        let (i8, i16, i32, i64) = (context.i8, context.i16, context.i32, context.i64)
        switch operation {
        case .i32Load: push(guestLoad(i32, address))
        case .i64Load: push(guestLoad(i64, address))
        case .f32Load: push(guestLoad(context.f32, address))
        case .f64Load: push(guestLoad(context.f64, address))
        case .i32Load8S: push(builder.sext(guestLoad(i8, address), i32))
        case .i32Load8U: push(builder.zext(guestLoad(i8, address), i32))
        case .i32Load16S: push(builder.sext(guestLoad(i16, address), i32))
        case .i32Load16U: push(builder.zext(guestLoad(i16, address), i32))
        case .i64Load8S: push(builder.sext(guestLoad(i8, address), i64))
        case .i64Load8U: push(builder.zext(guestLoad(i8, address), i64))
        case .i64Load16S: push(builder.sext(guestLoad(i16, address), i64))
        case .i64Load16U: push(builder.zext(guestLoad(i16, address), i64))
        case .i64Load32S: push(builder.sext(guestLoad(i32, address), i64))
        case .i64Load32U: push(builder.zext(guestLoad(i32, address), i64))
        }
    }

    func lowerStore(_ operation: StoreOperation, _ memArg: MemArg) {
        let value = pop()
        let address = popAddress(memArg, widthBytes: operation.accessBytes)
        switch operation {
        case .i32Store, .i64Store, .f32Store, .f64Store: guestStore(value, address)
        case .i32Store8, .i64Store8: guestStore(builder.trunc(value, context.i8), address)
        case .i32Store16, .i64Store16: guestStore(builder.trunc(value, context.i16), address)
        case .i64Store32: guestStore(builder.trunc(value, context.i32), address)
        }
    }

    // MARK: Size

    private func addressType(_ memory: MemoryIndex) -> IRType {
        types.type(module.memories[memory.position].addressType)
    }

    func lowerMemorySize(_ memory: MemoryIndex) {
        if neverGrows(memory) {
            push(addressType(memory).constInt(definedType(memory).limits.minimum))
            return
        }
        push(builder.zextOrTrunc(memoryField(memory, \.size_pages, name: "memory.size_pages"), addressType(memory)))
    }

    /// The runtime gives the old size in pages or -1.
    func lowerMemoryGrow(_ memory: MemoryIndex) {
        let delta = builder.zextOrTrunc(pop(), context.i64)
        let old = callRuntime(owner.builtin(.wasmc_memory_grow), [memoryStructure(memory), delta])
        push(builder.zextOrTrunc(old, addressType(memory)))
    }

    // MARK: Bulk operations

    /// Operands of bulk operations as i64; those of a 32-bit memory are zero-extended.
    private func popWide() -> IRValue { builder.zextOrTrunc(pop(), context.i64) }

    func lowerMemoryFill(_ memory: MemoryIndex) {
        let count = popWide()
        let value = builder.trunc(pop(), context.i8)
        let address = popWide()
        let destination = checkedRange(memory, address, count)
        let fill = builder.memset(destination, value, size: count, isVolatile: owner.isStateExact)
        tag(fill, owner.aliasTags.memory)
    }

    func lowerMemoryCopy(_ destination: MemoryIndex, _ source: MemoryIndex) {
        let count = popWide()
        let from = popWide()
        let to = popWide()
        // The order of the checks cannot be observed: both are the same trap.
        let sourceAddress = checkedRange(source, from, count)
        let destinationAddress = checkedRange(destination, to, count)
        let copy = builder.memmove(destinationAddress, sourceAddress, size: count, isVolatile: owner.isStateExact)
        tag(copy, owner.aliasTags.memory)
    }

    func lowerMemoryInit(_ data: DataIndex, _ memory: MemoryIndex) {
        let count = popWide()
        let from = popWide()
        let to = popWide()
        let instance = owner.storage.dataSegment(instance.number, data)
        let size = builder.loadField(instance, \wasmc_data_instance.size_bytes, name: "data.size")
        let isTooLong = builder.icmp(.ugt, count, size)
        let isBeyond = builder.icmp(.ugt, from, builder.sub(size, count))
        trapIf(builder.or(isTooLong, isBeyond), .outOfBoundsMemoryAccess)
        let bytes = builder.loadField(instance, \wasmc_data_instance.bytes, name: "data.bytes")
        let destination = checkedRange(memory, to, count)
        builder.memcpy(destination, builder.gep(bytes, offset: from), size: count, isVolatile: owner.isStateExact)
    }

    func lowerDataDrop(_ data: DataIndex) {
        builder.storeField(
            0, owner.storage.dataSegment(instance.number, data), \wasmc_data_instance.size_bytes,
            isVolatile: owner.isStateExact)
    }
}
