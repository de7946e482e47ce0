// Conversions: one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Conversions.
    static func addConversion(to table: inout InstructionTable) {
        table.row("i32.wrap_i64", .single(0xA7), .conversion, in: [.i64], out: [.i32])
        table.row(
            "i32.trunc_f32_s", .single(0xA8), .conversion,
            in: [.f32], out: [.i32], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row(
            "i32.trunc_f32_u", .single(0xA9), .conversion,
            in: [.f32], out: [.i32], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row(
            "i32.trunc_f64_s", .single(0xAA), .conversion,
            in: [.f64], out: [.i32], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row(
            "i32.trunc_f64_u", .single(0xAB), .conversion,
            in: [.f64], out: [.i32], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row("i64.extend_i32_s", .single(0xAC), .conversion, in: [.i32], out: [.i64])
        table.row("i64.extend_i32_u", .single(0xAD), .conversion, in: [.i32], out: [.i64])
        table.row(
            "i64.trunc_f32_s", .single(0xAE), .conversion,
            in: [.f32], out: [.i64], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row(
            "i64.trunc_f32_u", .single(0xAF), .conversion,
            in: [.f32], out: [.i64], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row(
            "i64.trunc_f64_s", .single(0xB0), .conversion,
            in: [.f64], out: [.i64], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row(
            "i64.trunc_f64_u", .single(0xB1), .conversion,
            in: [.f64], out: [.i64], traps: [.invalidConversionToInteger, .integerOverflow])
        table.row("f32.convert_i32_s", .single(0xB2), .conversion, in: [.i32], out: [.f32])
        table.row("f32.convert_i32_u", .single(0xB3), .conversion, in: [.i32], out: [.f32])
        table.row("f32.convert_i64_s", .single(0xB4), .conversion, in: [.i64], out: [.f32])
        table.row("f32.convert_i64_u", .single(0xB5), .conversion, in: [.i64], out: [.f32])
        table.row("f32.demote_f64", .single(0xB6), .conversion, in: [.f64], out: [.f32])
        table.row("f64.convert_i32_s", .single(0xB7), .conversion, in: [.i32], out: [.f64])
        table.row("f64.convert_i32_u", .single(0xB8), .conversion, in: [.i32], out: [.f64])
        table.row("f64.convert_i64_s", .single(0xB9), .conversion, in: [.i64], out: [.f64])
        table.row("f64.convert_i64_u", .single(0xBA), .conversion, in: [.i64], out: [.f64])
        table.row("f64.promote_f32", .single(0xBB), .conversion, in: [.f32], out: [.f64])
        table.row("i32.reinterpret_f32", .single(0xBC), .conversion, in: [.f32], out: [.i32])
        table.row("i64.reinterpret_f64", .single(0xBD), .conversion, in: [.f64], out: [.i64])
        table.row("f32.reinterpret_i32", .single(0xBE), .conversion, in: [.i32], out: [.f32])
        table.row("f64.reinterpret_i64", .single(0xBF), .conversion, in: [.i64], out: [.f64])
        table.row(
            "i32.trunc_sat_f32_s", .prefixed(0xFC, 0x00), .conversion,
            in: [.f32], out: [.i32], .saturatingTruncation)
        table.row(
            "i32.trunc_sat_f32_u", .prefixed(0xFC, 0x01), .conversion,
            in: [.f32], out: [.i32], .saturatingTruncation)
        table.row(
            "i32.trunc_sat_f64_s", .prefixed(0xFC, 0x02), .conversion,
            in: [.f64], out: [.i32], .saturatingTruncation)
        table.row(
            "i32.trunc_sat_f64_u", .prefixed(0xFC, 0x03), .conversion,
            in: [.f64], out: [.i32], .saturatingTruncation)
        table.row(
            "i64.trunc_sat_f32_s", .prefixed(0xFC, 0x04), .conversion,
            in: [.f32], out: [.i64], .saturatingTruncation)
        table.row(
            "i64.trunc_sat_f32_u", .prefixed(0xFC, 0x05), .conversion,
            in: [.f32], out: [.i64], .saturatingTruncation)
        table.row(
            "i64.trunc_sat_f64_s", .prefixed(0xFC, 0x06), .conversion,
            in: [.f64], out: [.i64], .saturatingTruncation)
        table.row(
            "i64.trunc_sat_f64_u", .prefixed(0xFC, 0x07), .conversion,
            in: [.f64], out: [.i64], .saturatingTruncation)
    }
}
