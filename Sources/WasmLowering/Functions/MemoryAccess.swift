// Address computation: the one place where a guest address becomes a host address. No other file of
// the back end computes one.

import CWasmcABI
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    /// Whether accesses to `memory` are guarded by unmapped pages: the index and the offset of a 32-bit memory
    /// reach less than the reservation (4 GiB of index, 4 GiB of offset, the widest access).
    func usesGuardPages(_ memory: MemoryIndex) -> Bool {
        owner.plan.options.usesGuardPages(module.memories[memory.position])
    }

    /// The host address of guest address 0.
    private func memoryBase(_ memory: MemoryIndex) -> IRValue {
        owner.storage.memoryBase(instance.memories[memory.position])
    }

    /// A guest address in the first memory as a number of 64 bits, and the host address of guest address 0, for debuggers; the
    /// address may lie anywhere. Nil without a memory, and for what is no address of it.
    func debuggerAddress(_ address: IRValue) -> (address: IRValue, base: UInt64)? {
        guard let memory = module.memories.first, let id = instance.memories.first else { return nil }
        let is64 = memory.addressType == .i64
        guard address.type == (is64 ? context.i64 : context.i32) else { return nil }
        return (is64 ? address : builder.zext(address, context.i64), owner.storage.fixedBase(of: id))
    }

    /// Pops the index operand and gives the host address of an access of `widthBytes`, which traps, or
    /// faults on a guard page, unless index + offset + width lies in the memory.
    ///
    /// LLVM: an i32 index is zero-extended *before* it is added; a GEP on i32 would sign-extend it and
    /// reach below the memory from 2 GiB on. The sums cannot wrap in 64 bits, which `nuw` and `nusw` say;
    /// `inbounds` would promise an allocated object and is not used.
    ///
    /// - Parameter isCompared: whether a compare says so even where guard pages would.
    func popAddress(_ memArg: MemArg, widthBytes: UInt32, isCompared: Bool = false) -> IRValue {
        let index = pop()
        let is64 = module.memories[memArg.memory.position].addressType == .i64
        let wide = is64 ? index : builder.zext(index, context.i64)
        if isCompared || !usesGuardPages(memArg.memory) {
            checkBounds(of: index, wide, memArg, UInt64(widthBytes), is64: is64)
        } else {
            // It may fault: what another memory's later accesses are compared with must not trap before that.
            boundsChecks.end()
        }
        let base = builder.gep(memoryBase(memArg.memory), offset: wide, flags: [.nuw, .nusw])
        if memArg.offset == 0 { return base }
        return builder.gep(base, offset: Int64(bitPattern: memArg.offset), flags: [.nuw, .nusw], name: "ea")
    }

    /// Pops the index operand of an atomic access, which traps unless its address is a multiple of `accessBytes`, and then
    /// as any access does. Memories begin at addresses that are.
    func popAtomicAddress(_ memArg: MemArg, accessBytes: UInt32, isCompared: Bool = false) -> IRValue {
        let index = operands[operands.count - 1]
        let mask = UInt64(accessBytes - 1)
        if mask != 0 {
            let low = memArg.offset & mask
            let address = low == 0 ? index : builder.add(index, index.type.constInt(low))
            let remainder = builder.and(address, index.type.constInt(mask))
            trapIf(builder.icmp(.ne, remainder, index.type.constInt(0)), .unalignedAtomic)
        }
        return popAddress(memArg, widthBytes: accessBytes, isCompared: isCompared)
    }

    /// Traps unless index + offset + width <= size.
    ///
    /// For 32-bit memories the sum is below 2^33 + 16: one compare. For 64-bit ones the constant part
    /// is compared with the size first, and then the index with the rest, so that nothing wraps; the first compare
    /// is left out where the constant part lies in what the memory has from the start, as it never shrinks.
    ///
    /// - Parameter operand: the index before it was extended.
    private func checkBounds(of operand: IRValue, _ index: IRValue, _ memArg: MemArg, _ width: UInt64, is64: Bool) {
        let memory = memArg.memory
        if extendCheck(of: operand, memArg, width, is64: is64) { return }
        let size = memorySizeBytes(memory)
        let (reach, overflow) = memArg.offset.addingReportingOverflow(width)
        if overflow {
            trapIf(context.constI1(true), .outOfBoundsMemoryAccess)
            return
        }
        guard is64, reach > minimumBytes(memory) else {
            let comparison = compareReach(index, reach, size, is64: is64)
            guard let trap = trapOutOfBounds(if: comparison), comparison.isInstruction, !definedType(memory).isShared
            else { return }
            boundsChecks[operand, memory] = BoundsChecks.Check(
                comparison: comparison, index: index, size: size, trap: trap, reach: reach)
            return
        }
        let reachValue = context.constI64(reach)
        let isTooSmall = builder.icmp(.ugt, reachValue, size)
        let isBeyond = builder.icmp(.ugt, index, builder.sub(size, reachValue))
        trapIf(builder.or(isTooSmall, isBeyond), .outOfBoundsMemoryAccess)
    }

    /// The current size in bytes; a constant when nothing grows the memory.
    func memorySizeBytes(_ memory: MemoryIndex) -> IRValue {
        if neverGrows(memory) { return context.constI64(minimumBytes(memory)) }
        let size = memoryField(memory, \.size_bytes, name: "memory.size_bytes")
        // Of use to nothing but compares of addresses.
        if !usesGuardPages(memory) { limitSize(size, memory) }
        return size
    }

    /// Tells LLVM that a memory never shrinks, and what it cannot grow to: what lies in its minimum is not compared.
    private func limitSize(_ size: IRValue, _ memory: MemoryIndex) {
        let type = definedType(memory)
        let greatest: UInt64 = type.addressType == .i32 ? 1 << 32 : 1 << 63
        let (most, overflow) = (type.limits.maximum ?? .max).multipliedReportingOverflow(by: 1 << type.pageSizeLog2)
        let minimum = minimumBytes(memory)
        let end = (overflow ? greatest : min(most, greatest)) + 1
        // Such a memory is refused when the program starts.
        guard size.isInstruction, minimum < end else { return }
        size.setMetadata(context.metadataKind("range"), context.range(minimum..<end))
    }

    /// The size in bytes that the memory was defined with.
    func minimumBytes(_ memory: MemoryIndex) -> UInt64 {
        let type = definedType(memory)
        return type.limits.minimum << UInt64(type.pageSizeLog2)
    }

    /// Whether no reachable instruction of the program grows the memory: its size is the minimum it was defined with.
    func neverGrows(_ memory: MemoryIndex) -> Bool {
        !owner.plan.facts.grownMemories.contains(instance.memories[memory.position])
    }

    /// The type the memory was defined with; an import may promise less.
    func definedType(_ memory: MemoryIndex) -> MemoryType {
        owner.plan.type(of: instance.memories[memory.position])
    }

    /// A field of `wasmc_memory`, which only calls change.
    ///
    /// Another thread may make the call when the memory is shared. LLVM: the load is atomic then, as the value that a race
    /// gives were undefined; what it must see follows from the atomic instructions around it, which nothing passes.
    func memoryField(_ memory: MemoryIndex, _ field: KeyPath<wasmc_memory, UInt64>, name: String) -> IRValue {
        let ordering: AtomicOrdering = definedType(memory).isShared ? .monotonic : .notAtomic
        let value = builder.loadField(memoryStructure(memory), field, ordering: ordering, name: name)
        tag(value, owner.aliasTags.sizes)
        return value
    }

    /// The address of the memory's `wasmc_memory`.
    func memoryStructure(_ memory: MemoryIndex) -> IRValue {
        owner.storage.memory(instance.memories[memory.position])
    }

    /// The host address of a range that has been checked: `memory.copy` and its kind.
    ///
    /// Traps unless address + count <= size; nothing wraps, because the count is compared first.
    func checkedRange(_ memory: MemoryIndex, _ address: IRValue, _ count: IRValue) -> IRValue {
        let size = memorySizeBytes(memory)
        let isTooLong = builder.icmp(.ugt, count, size)
        let isBeyond = builder.icmp(.ugt, address, builder.sub(size, count))
        trapIf(builder.or(isTooLong, isBeyond), .outOfBoundsMemoryAccess)
        return builder.gep(memoryBase(memory), offset: address, flags: [.nuw, .nusw])
    }
}

extension CompileOptions {
    /// Guard pages need a 32-bit memory of 64 KiB pages; anything else is compared.
    func usesGuardPages(_ type: MemoryType) -> Bool {
        bounds == .guardPages && type.addressType == .i32 && type.pageSizeLog2 == 16
    }
}
