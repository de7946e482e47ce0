// Atomic memory instructions (threads): one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Atomic memory instructions (threads).
    static func addAtomic(to table: inout InstructionTable) {
        table.row(
            "memory.atomic.notify", .prefixed(0xFE, 0x00), .atomicNotify,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "memory.atomic.wait32", .prefixed(0xFE, 0x01), .atomicWait,
            in: [.address, .i32, .i64], out: [.i32], accessBytes: 4,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic, .expectedSharedMemory], .threads)
        table.row(
            "memory.atomic.wait64", .prefixed(0xFE, 0x02), .atomicWait,
            in: [.address, .i64, .i64], out: [.i32], accessBytes: 8,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic, .expectedSharedMemory], .threads)
        table.row("atomic.fence", .prefixed(0xFE, 0x03), .atomicFence, in: [], out: [], .threads)
        table.row(
            "i32.atomic.load", .prefixed(0xFE, 0x10), .atomicLoad,
            in: [.address], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.load", .prefixed(0xFE, 0x11), .atomicLoad,
            in: [.address], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i32.atomic.load8_u", .prefixed(0xFE, 0x12), .atomicLoad,
            in: [.address], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i32.atomic.load16_u", .prefixed(0xFE, 0x13), .atomicLoad,
            in: [.address], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.load8_u", .prefixed(0xFE, 0x14), .atomicLoad,
            in: [.address], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.load16_u", .prefixed(0xFE, 0x15), .atomicLoad,
            in: [.address], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.load32_u", .prefixed(0xFE, 0x16), .atomicLoad,
            in: [.address], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i32.atomic.store", .prefixed(0xFE, 0x17), .atomicStore,
            in: [.address, .i32], out: [], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i64.atomic.store", .prefixed(0xFE, 0x18), .atomicStore,
            in: [.address, .i64], out: [], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i32.atomic.store8", .prefixed(0xFE, 0x19), .atomicStore,
            in: [.address, .i32], out: [], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i32.atomic.store16", .prefixed(0xFE, 0x1A), .atomicStore,
            in: [.address, .i32], out: [], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i64.atomic.store8", .prefixed(0xFE, 0x1B), .atomicStore,
            in: [.address, .i64], out: [], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i64.atomic.store16", .prefixed(0xFE, 0x1C), .atomicStore,
            in: [.address, .i64], out: [], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i64.atomic.store32", .prefixed(0xFE, 0x1D), .atomicStore,
            in: [.address, .i64], out: [], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads
        )
        table.row(
            "i32.atomic.rmw.add", .prefixed(0xFE, 0x1E), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw.add", .prefixed(0xFE, 0x1F), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw8.add_u", .prefixed(0xFE, 0x20), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw16.add_u", .prefixed(0xFE, 0x21), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw8.add_u", .prefixed(0xFE, 0x22), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw16.add_u", .prefixed(0xFE, 0x23), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw32.add_u", .prefixed(0xFE, 0x24), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw.sub", .prefixed(0xFE, 0x25), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw.sub", .prefixed(0xFE, 0x26), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw8.sub_u", .prefixed(0xFE, 0x27), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw16.sub_u", .prefixed(0xFE, 0x28), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw8.sub_u", .prefixed(0xFE, 0x29), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw16.sub_u", .prefixed(0xFE, 0x2A), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw32.sub_u", .prefixed(0xFE, 0x2B), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw.and", .prefixed(0xFE, 0x2C), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw.and", .prefixed(0xFE, 0x2D), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw8.and_u", .prefixed(0xFE, 0x2E), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw16.and_u", .prefixed(0xFE, 0x2F), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw8.and_u", .prefixed(0xFE, 0x30), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw16.and_u", .prefixed(0xFE, 0x31), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw32.and_u", .prefixed(0xFE, 0x32), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw.or", .prefixed(0xFE, 0x33), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw.or", .prefixed(0xFE, 0x34), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw8.or_u", .prefixed(0xFE, 0x35), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw16.or_u", .prefixed(0xFE, 0x36), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw8.or_u", .prefixed(0xFE, 0x37), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw16.or_u", .prefixed(0xFE, 0x38), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw32.or_u", .prefixed(0xFE, 0x39), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw.xor", .prefixed(0xFE, 0x3A), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw.xor", .prefixed(0xFE, 0x3B), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw8.xor_u", .prefixed(0xFE, 0x3C), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw16.xor_u", .prefixed(0xFE, 0x3D), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw8.xor_u", .prefixed(0xFE, 0x3E), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw16.xor_u", .prefixed(0xFE, 0x3F), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw32.xor_u", .prefixed(0xFE, 0x40), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw.xchg", .prefixed(0xFE, 0x41), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw.xchg", .prefixed(0xFE, 0x42), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw8.xchg_u", .prefixed(0xFE, 0x43), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw16.xchg_u", .prefixed(0xFE, 0x44), .atomicReadModifyWrite,
            in: [.address, .i32], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw8.xchg_u", .prefixed(0xFE, 0x45), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw16.xchg_u", .prefixed(0xFE, 0x46), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i64.atomic.rmw32.xchg_u", .prefixed(0xFE, 0x47), .atomicReadModifyWrite,
            in: [.address, .i64], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess, .unalignedAtomic],
            .threads)
        table.row(
            "i32.atomic.rmw.cmpxchg", .prefixed(0xFE, 0x48), .atomicCompareExchange,
            in: [.address, .i32, .i32], out: [.i32], accessBytes: 4,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.rmw.cmpxchg", .prefixed(0xFE, 0x49), .atomicCompareExchange,
            in: [.address, .i64, .i64], out: [.i64], accessBytes: 8,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i32.atomic.rmw8.cmpxchg_u", .prefixed(0xFE, 0x4A), .atomicCompareExchange,
            in: [.address, .i32, .i32], out: [.i32], accessBytes: 1,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i32.atomic.rmw16.cmpxchg_u", .prefixed(0xFE, 0x4B), .atomicCompareExchange,
            in: [.address, .i32, .i32], out: [.i32], accessBytes: 2,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.rmw8.cmpxchg_u", .prefixed(0xFE, 0x4C), .atomicCompareExchange,
            in: [.address, .i64, .i64], out: [.i64], accessBytes: 1,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.rmw16.cmpxchg_u", .prefixed(0xFE, 0x4D), .atomicCompareExchange,
            in: [.address, .i64, .i64], out: [.i64], accessBytes: 2,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
        table.row(
            "i64.atomic.rmw32.cmpxchg_u", .prefixed(0xFE, 0x4E), .atomicCompareExchange,
            in: [.address, .i64, .i64], out: [.i64], accessBytes: 4,
            traps: [.outOfBoundsMemoryAccess, .unalignedAtomic], .threads)
    }
}
