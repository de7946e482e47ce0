// Memory instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Memory instructions.
    static func addMemory(to table: inout InstructionTable) {
        table.row(
            "i32.load", .single(0x28), .load,
            in: [.address], out: [.i32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load", .single(0x29), .load,
            in: [.address], out: [.i64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "f32.load", .single(0x2A), .load,
            in: [.address], out: [.f32], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "f64.load", .single(0x2B), .load,
            in: [.address], out: [.f64], accessBytes: 8, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.load8_s", .single(0x2C), .load,
            in: [.address], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.load8_u", .single(0x2D), .load,
            in: [.address], out: [.i32], accessBytes: 1, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.load16_s", .single(0x2E), .load,
            in: [.address], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.load16_u", .single(0x2F), .load,
            in: [.address], out: [.i32], accessBytes: 2, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load8_s", .single(0x30), .load,
            in: [.address], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load8_u", .single(0x31), .load,
            in: [.address], out: [.i64], accessBytes: 1, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load16_s", .single(0x32), .load,
            in: [.address], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load16_u", .single(0x33), .load,
            in: [.address], out: [.i64], accessBytes: 2, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load32_s", .single(0x34), .load,
            in: [.address], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.load32_u", .single(0x35), .load,
            in: [.address], out: [.i64], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.store", .single(0x36), .store,
            in: [.address, .i32], out: [], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.store", .single(0x37), .store,
            in: [.address, .i64], out: [], accessBytes: 8, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "f32.store", .single(0x38), .store,
            in: [.address, .f32], out: [], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "f64.store", .single(0x39), .store,
            in: [.address, .f64], out: [], accessBytes: 8, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.store8", .single(0x3A), .store,
            in: [.address, .i32], out: [], accessBytes: 1, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i32.store16", .single(0x3B), .store,
            in: [.address, .i32], out: [], accessBytes: 2, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.store8", .single(0x3C), .store,
            in: [.address, .i64], out: [], accessBytes: 1, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.store16", .single(0x3D), .store,
            in: [.address, .i64], out: [], accessBytes: 2, traps: [.outOfBoundsMemoryAccess])
        table.row(
            "i64.store32", .single(0x3E), .store,
            in: [.address, .i64], out: [], accessBytes: 4, traps: [.outOfBoundsMemoryAccess])
        table.row("memory.size", .single(0x3F), .memorySize)
        table.row("memory.grow", .single(0x40), .memoryGrow)
        table.row("memory.init", .prefixed(0xFC, 0x08), .memoryInit, traps: [.outOfBoundsMemoryAccess], .bulkMemory)
        table.row("data.drop", .prefixed(0xFC, 0x09), .dataDrop, .bulkMemory)
        table.row("memory.copy", .prefixed(0xFC, 0x0A), .memoryCopy, traps: [.outOfBoundsMemoryAccess], .bulkMemory)
        table.row("memory.fill", .prefixed(0xFC, 0x0B), .memoryFill, traps: [.outOfBoundsMemoryAccess], .bulkMemory)
    }
}
