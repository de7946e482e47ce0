// Aggregate instructions (GC): one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Aggregate instructions (GC).
    static func addAggregate(to table: inout InstructionTable) {
        table.row("struct.new", .prefixed(0xFB, 0x00), .structNew, .gc)
        table.row("struct.new_default", .prefixed(0xFB, 0x01), .structNewDefault, .gc)
        table.row("struct.get", .prefixed(0xFB, 0x02), .structGet, traps: [.nullStructureReference], .gc)
        table.row("struct.get_s", .prefixed(0xFB, 0x03), .structGet, traps: [.nullStructureReference], .gc)
        table.row("struct.get_u", .prefixed(0xFB, 0x04), .structGet, traps: [.nullStructureReference], .gc)
        table.row("struct.set", .prefixed(0xFB, 0x05), .structSet, traps: [.nullStructureReference], .gc)
        table.row("array.new", .prefixed(0xFB, 0x06), .arrayNew, .gc)
        table.row("array.new_default", .prefixed(0xFB, 0x07), .arrayNewDefault, .gc)
        table.row("array.new_fixed", .prefixed(0xFB, 0x08), .arrayNewFixed, .gc)
        table.row("array.new_data", .prefixed(0xFB, 0x09), .arrayNewData, traps: [.outOfBoundsMemoryAccess], .gc)
        table.row("array.new_elem", .prefixed(0xFB, 0x0A), .arrayNewElem, traps: [.outOfBoundsTableAccess], .gc)
        table.row(
            "array.get", .prefixed(0xFB, 0x0B), .arrayGet,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess], .gc)
        table.row(
            "array.get_s", .prefixed(0xFB, 0x0C), .arrayGet,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess], .gc)
        table.row(
            "array.get_u", .prefixed(0xFB, 0x0D), .arrayGet,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess], .gc)
        table.row(
            "array.set", .prefixed(0xFB, 0x0E), .arraySet,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess], .gc)
        table.row("array.len", .prefixed(0xFB, 0x0F), .arrayLen, traps: [.nullArrayReference], .gc)
        table.row(
            "array.fill", .prefixed(0xFB, 0x10), .arrayFill,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess], .gc)
        table.row(
            "array.copy", .prefixed(0xFB, 0x11), .arrayCopy,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess], .gc)
        table.row(
            "array.init_data", .prefixed(0xFB, 0x12), .arrayInitData,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess, .outOfBoundsMemoryAccess], .gc)
        table.row(
            "array.init_elem", .prefixed(0xFB, 0x13), .arrayInitElem,
            traps: [.nullArrayReference, .outOfBoundsArrayAccess, .outOfBoundsTableAccess], .gc)
        table.row("any.convert_extern", .prefixed(0xFB, 0x1A), .anyConvertExtern, .gc)
        table.row("extern.convert_any", .prefixed(0xFB, 0x1B), .externConvertAny, .gc)
        table.row("ref.i31", .prefixed(0xFB, 0x1C), .refI31, .gc)
        table.row("i31.get_s", .prefixed(0xFB, 0x1D), .i31Get, traps: [.nullI31Reference], .gc)
        table.row("i31.get_u", .prefixed(0xFB, 0x1E), .i31Get, traps: [.nullI31Reference], .gc)
    }
}
