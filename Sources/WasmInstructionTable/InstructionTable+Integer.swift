// Integer instructions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Integer instructions.
    static func addInteger(to table: inout InstructionTable) {
        table.row("i32.const", .single(0x41), .i32Const, in: [], out: [.i32])
        table.row("i64.const", .single(0x42), .i64Const, in: [], out: [.i64])
        table.row("i32.eqz", .single(0x45), .integerTest, in: [.i32], out: [.i32])
        table.row("i32.eq", .single(0x46), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.ne", .single(0x47), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.lt_s", .single(0x48), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.lt_u", .single(0x49), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.gt_s", .single(0x4A), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.gt_u", .single(0x4B), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.le_s", .single(0x4C), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.le_u", .single(0x4D), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.ge_s", .single(0x4E), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i32.ge_u", .single(0x4F), .integerCompare, in: [.i32, .i32], out: [.i32])
        table.row("i64.eqz", .single(0x50), .integerTest, in: [.i64], out: [.i32])
        table.row("i64.eq", .single(0x51), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.ne", .single(0x52), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.lt_s", .single(0x53), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.lt_u", .single(0x54), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.gt_s", .single(0x55), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.gt_u", .single(0x56), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.le_s", .single(0x57), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.le_u", .single(0x58), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.ge_s", .single(0x59), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i64.ge_u", .single(0x5A), .integerCompare, in: [.i64, .i64], out: [.i32])
        table.row("i32.clz", .single(0x67), .integerUnary, in: [.i32], out: [.i32])
        table.row("i32.ctz", .single(0x68), .integerUnary, in: [.i32], out: [.i32])
        table.row("i32.popcnt", .single(0x69), .integerUnary, in: [.i32], out: [.i32])
        table.row("i32.add", .single(0x6A), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.sub", .single(0x6B), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.mul", .single(0x6C), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row(
            "i32.div_s", .single(0x6D), .integerBinary,
            in: [.i32, .i32], out: [.i32], traps: [.integerDivideByZero, .integerOverflow])
        table.row(
            "i32.div_u", .single(0x6E), .integerBinary,
            in: [.i32, .i32], out: [.i32], traps: [.integerDivideByZero])
        table.row(
            "i32.rem_s", .single(0x6F), .integerBinary,
            in: [.i32, .i32], out: [.i32], traps: [.integerDivideByZero])
        table.row(
            "i32.rem_u", .single(0x70), .integerBinary,
            in: [.i32, .i32], out: [.i32], traps: [.integerDivideByZero])
        table.row("i32.and", .single(0x71), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.or", .single(0x72), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.xor", .single(0x73), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.shl", .single(0x74), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.shr_s", .single(0x75), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.shr_u", .single(0x76), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.rotl", .single(0x77), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i32.rotr", .single(0x78), .integerBinary, in: [.i32, .i32], out: [.i32])
        table.row("i64.clz", .single(0x79), .integerUnary, in: [.i64], out: [.i64])
        table.row("i64.ctz", .single(0x7A), .integerUnary, in: [.i64], out: [.i64])
        table.row("i64.popcnt", .single(0x7B), .integerUnary, in: [.i64], out: [.i64])
        table.row("i64.add", .single(0x7C), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.sub", .single(0x7D), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.mul", .single(0x7E), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row(
            "i64.div_s", .single(0x7F), .integerBinary,
            in: [.i64, .i64], out: [.i64], traps: [.integerDivideByZero, .integerOverflow])
        table.row(
            "i64.div_u", .single(0x80), .integerBinary,
            in: [.i64, .i64], out: [.i64], traps: [.integerDivideByZero])
        table.row(
            "i64.rem_s", .single(0x81), .integerBinary,
            in: [.i64, .i64], out: [.i64], traps: [.integerDivideByZero])
        table.row(
            "i64.rem_u", .single(0x82), .integerBinary,
            in: [.i64, .i64], out: [.i64], traps: [.integerDivideByZero])
        table.row("i64.and", .single(0x83), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.or", .single(0x84), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.xor", .single(0x85), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.shl", .single(0x86), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.shr_s", .single(0x87), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.shr_u", .single(0x88), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.rotl", .single(0x89), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i64.rotr", .single(0x8A), .integerBinary, in: [.i64, .i64], out: [.i64])
        table.row("i32.extend8_s", .single(0xC0), .integerUnary, in: [.i32], out: [.i32], .signExtension)
        table.row("i32.extend16_s", .single(0xC1), .integerUnary, in: [.i32], out: [.i32], .signExtension)
        table.row("i64.extend8_s", .single(0xC2), .integerUnary, in: [.i64], out: [.i64], .signExtension)
        table.row("i64.extend16_s", .single(0xC3), .integerUnary, in: [.i64], out: [.i64], .signExtension)
        table.row("i64.extend32_s", .single(0xC4), .integerUnary, in: [.i64], out: [.i64], .signExtension)
        table.row(
            "i64.add128", .prefixed(0xFC, 0x13), .wideArithmetic,
            in: [.i64, .i64, .i64, .i64], out: [.i64, .i64], .wideArithmetic)
        table.row(
            "i64.sub128", .prefixed(0xFC, 0x14), .wideArithmetic,
            in: [.i64, .i64, .i64, .i64], out: [.i64, .i64], .wideArithmetic)
        table.row(
            "i64.mul_wide_s", .prefixed(0xFC, 0x15), .wideArithmetic,
            in: [.i64, .i64], out: [.i64, .i64], .wideArithmetic)
        table.row(
            "i64.mul_wide_u", .prefixed(0xFC, 0x16), .wideArithmetic,
            in: [.i64, .i64], out: [.i64, .i64], .wideArithmetic)
    }
}
