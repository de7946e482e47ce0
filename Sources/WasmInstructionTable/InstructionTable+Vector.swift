// Vector instructions (SIMD and relaxed SIMD): one row each, in the order of their opcodes.
// Spec: https://webassembly.github.io/spec/core/binary/instructions.html

extension InstructionTable {
    /// Vector instructions (SIMD and relaxed SIMD).
    static func addVector(to table: inout InstructionTable) {
        table.row(
            "v128.load", .prefixed(0xFD, 0x00), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 16, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load8x8_s", .prefixed(0xFD, 0x01), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load8x8_u", .prefixed(0xFD, 0x02), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load16x4_s", .prefixed(0xFD, 0x03), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load16x4_u", .prefixed(0xFD, 0x04), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load32x2_s", .prefixed(0xFD, 0x05), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load32x2_u", .prefixed(0xFD, 0x06), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load8_splat", .prefixed(0xFD, 0x07), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 1, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load16_splat", .prefixed(0xFD, 0x08), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 2, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load32_splat", .prefixed(0xFD, 0x09), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 4, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load64_splat", .prefixed(0xFD, 0x0A), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.store", .prefixed(0xFD, 0x0B), .vectorStore,
            in: [.address, .v128], out: [], accessBytes: 16, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row("v128.const", .prefixed(0xFD, 0x0C), .v128Const, in: [], out: [.v128], .simd)
        table.row("i8x16.shuffle", .prefixed(0xFD, 0x0D), .vectorShuffle, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.swizzle", .prefixed(0xFD, 0x0E), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.splat", .prefixed(0xFD, 0x0F), .vectorSplat, in: [.i32], out: [.v128], .simd)
        table.row("i16x8.splat", .prefixed(0xFD, 0x10), .vectorSplat, in: [.i32], out: [.v128], .simd)
        table.row("i32x4.splat", .prefixed(0xFD, 0x11), .vectorSplat, in: [.i32], out: [.v128], .simd)
        table.row("i64x2.splat", .prefixed(0xFD, 0x12), .vectorSplat, in: [.i64], out: [.v128], .simd)
        table.row("f32x4.splat", .prefixed(0xFD, 0x13), .vectorSplat, in: [.f32], out: [.v128], .simd)
        table.row("f64x2.splat", .prefixed(0xFD, 0x14), .vectorSplat, in: [.f64], out: [.v128], .simd)
        table.row("i8x16.extract_lane_s", .prefixed(0xFD, 0x15), .vectorExtractLane, in: [.v128], out: [.i32], .simd)
        table.row("i8x16.extract_lane_u", .prefixed(0xFD, 0x16), .vectorExtractLane, in: [.v128], out: [.i32], .simd)
        table.row(
            "i8x16.replace_lane", .prefixed(0xFD, 0x17), .vectorReplaceLane,
            in: [.v128, .i32], out: [.v128], .simd)
        table.row("i16x8.extract_lane_s", .prefixed(0xFD, 0x18), .vectorExtractLane, in: [.v128], out: [.i32], .simd)
        table.row("i16x8.extract_lane_u", .prefixed(0xFD, 0x19), .vectorExtractLane, in: [.v128], out: [.i32], .simd)
        table.row(
            "i16x8.replace_lane", .prefixed(0xFD, 0x1A), .vectorReplaceLane,
            in: [.v128, .i32], out: [.v128], .simd)
        table.row("i32x4.extract_lane", .prefixed(0xFD, 0x1B), .vectorExtractLane, in: [.v128], out: [.i32], .simd)
        table.row(
            "i32x4.replace_lane", .prefixed(0xFD, 0x1C), .vectorReplaceLane,
            in: [.v128, .i32], out: [.v128], .simd)
        table.row("i64x2.extract_lane", .prefixed(0xFD, 0x1D), .vectorExtractLane, in: [.v128], out: [.i64], .simd)
        table.row(
            "i64x2.replace_lane", .prefixed(0xFD, 0x1E), .vectorReplaceLane,
            in: [.v128, .i64], out: [.v128], .simd)
        table.row("f32x4.extract_lane", .prefixed(0xFD, 0x1F), .vectorExtractLane, in: [.v128], out: [.f32], .simd)
        table.row(
            "f32x4.replace_lane", .prefixed(0xFD, 0x20), .vectorReplaceLane,
            in: [.v128, .f32], out: [.v128], .simd)
        table.row("f64x2.extract_lane", .prefixed(0xFD, 0x21), .vectorExtractLane, in: [.v128], out: [.f64], .simd)
        table.row(
            "f64x2.replace_lane", .prefixed(0xFD, 0x22), .vectorReplaceLane,
            in: [.v128, .f64], out: [.v128], .simd)
        table.row("i8x16.eq", .prefixed(0xFD, 0x23), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.ne", .prefixed(0xFD, 0x24), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.lt_s", .prefixed(0xFD, 0x25), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.lt_u", .prefixed(0xFD, 0x26), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.gt_s", .prefixed(0xFD, 0x27), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.gt_u", .prefixed(0xFD, 0x28), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.le_s", .prefixed(0xFD, 0x29), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.le_u", .prefixed(0xFD, 0x2A), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.ge_s", .prefixed(0xFD, 0x2B), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.ge_u", .prefixed(0xFD, 0x2C), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.eq", .prefixed(0xFD, 0x2D), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.ne", .prefixed(0xFD, 0x2E), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.lt_s", .prefixed(0xFD, 0x2F), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.lt_u", .prefixed(0xFD, 0x30), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.gt_s", .prefixed(0xFD, 0x31), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.gt_u", .prefixed(0xFD, 0x32), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.le_s", .prefixed(0xFD, 0x33), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.le_u", .prefixed(0xFD, 0x34), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.ge_s", .prefixed(0xFD, 0x35), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.ge_u", .prefixed(0xFD, 0x36), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.eq", .prefixed(0xFD, 0x37), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.ne", .prefixed(0xFD, 0x38), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.lt_s", .prefixed(0xFD, 0x39), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.lt_u", .prefixed(0xFD, 0x3A), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.gt_s", .prefixed(0xFD, 0x3B), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.gt_u", .prefixed(0xFD, 0x3C), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.le_s", .prefixed(0xFD, 0x3D), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.le_u", .prefixed(0xFD, 0x3E), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.ge_s", .prefixed(0xFD, 0x3F), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.ge_u", .prefixed(0xFD, 0x40), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.eq", .prefixed(0xFD, 0x41), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.ne", .prefixed(0xFD, 0x42), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.lt", .prefixed(0xFD, 0x43), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.gt", .prefixed(0xFD, 0x44), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.le", .prefixed(0xFD, 0x45), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.ge", .prefixed(0xFD, 0x46), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.eq", .prefixed(0xFD, 0x47), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.ne", .prefixed(0xFD, 0x48), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.lt", .prefixed(0xFD, 0x49), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.gt", .prefixed(0xFD, 0x4A), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.le", .prefixed(0xFD, 0x4B), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.ge", .prefixed(0xFD, 0x4C), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("v128.not", .prefixed(0xFD, 0x4D), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("v128.and", .prefixed(0xFD, 0x4E), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("v128.andnot", .prefixed(0xFD, 0x4F), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("v128.or", .prefixed(0xFD, 0x50), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("v128.xor", .prefixed(0xFD, 0x51), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "v128.bitselect", .prefixed(0xFD, 0x52), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .simd)
        table.row("v128.any_true", .prefixed(0xFD, 0x53), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row(
            "v128.load8_lane", .prefixed(0xFD, 0x54), .vectorLoadLane,
            in: [.address, .v128], out: [.v128], accessBytes: 1, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load16_lane", .prefixed(0xFD, 0x55), .vectorLoadLane,
            in: [.address, .v128], out: [.v128], accessBytes: 2, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load32_lane", .prefixed(0xFD, 0x56), .vectorLoadLane,
            in: [.address, .v128], out: [.v128], accessBytes: 4, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load64_lane", .prefixed(0xFD, 0x57), .vectorLoadLane,
            in: [.address, .v128], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.store8_lane", .prefixed(0xFD, 0x58), .vectorStoreLane,
            in: [.address, .v128], out: [], accessBytes: 1, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.store16_lane", .prefixed(0xFD, 0x59), .vectorStoreLane,
            in: [.address, .v128], out: [], accessBytes: 2, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.store32_lane", .prefixed(0xFD, 0x5A), .vectorStoreLane,
            in: [.address, .v128], out: [], accessBytes: 4, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.store64_lane", .prefixed(0xFD, 0x5B), .vectorStoreLane,
            in: [.address, .v128], out: [], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load32_zero", .prefixed(0xFD, 0x5C), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 4, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row(
            "v128.load64_zero", .prefixed(0xFD, 0x5D), .vectorLoad,
            in: [.address], out: [.v128], accessBytes: 8, traps: [.outOfBoundsMemoryAccess], .simd)
        table.row("f32x4.demote_f64x2_zero", .prefixed(0xFD, 0x5E), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.promote_low_f32x4", .prefixed(0xFD, 0x5F), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.abs", .prefixed(0xFD, 0x60), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.neg", .prefixed(0xFD, 0x61), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.popcnt", .prefixed(0xFD, 0x62), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.all_true", .prefixed(0xFD, 0x63), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row("i8x16.bitmask", .prefixed(0xFD, 0x64), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row(
            "i8x16.narrow_i16x8_s", .prefixed(0xFD, 0x65), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i8x16.narrow_i16x8_u", .prefixed(0xFD, 0x66), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.ceil", .prefixed(0xFD, 0x67), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.floor", .prefixed(0xFD, 0x68), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.trunc", .prefixed(0xFD, 0x69), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.nearest", .prefixed(0xFD, 0x6A), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.shl", .prefixed(0xFD, 0x6B), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i8x16.shr_s", .prefixed(0xFD, 0x6C), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i8x16.shr_u", .prefixed(0xFD, 0x6D), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i8x16.add", .prefixed(0xFD, 0x6E), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.add_sat_s", .prefixed(0xFD, 0x6F), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.add_sat_u", .prefixed(0xFD, 0x70), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.sub", .prefixed(0xFD, 0x71), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.sub_sat_s", .prefixed(0xFD, 0x72), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.sub_sat_u", .prefixed(0xFD, 0x73), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.ceil", .prefixed(0xFD, 0x74), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.floor", .prefixed(0xFD, 0x75), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.min_s", .prefixed(0xFD, 0x76), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.min_u", .prefixed(0xFD, 0x77), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.max_s", .prefixed(0xFD, 0x78), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i8x16.max_u", .prefixed(0xFD, 0x79), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.trunc", .prefixed(0xFD, 0x7A), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i8x16.avgr_u", .prefixed(0xFD, 0x7B), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i16x8.extadd_pairwise_i8x16_s", .prefixed(0xFD, 0x7C), .vectorUnary,
            in: [.v128], out: [.v128], .simd)
        table.row(
            "i16x8.extadd_pairwise_i8x16_u", .prefixed(0xFD, 0x7D), .vectorUnary,
            in: [.v128], out: [.v128], .simd)
        table.row(
            "i32x4.extadd_pairwise_i16x8_s", .prefixed(0xFD, 0x7E), .vectorUnary,
            in: [.v128], out: [.v128], .simd)
        table.row(
            "i32x4.extadd_pairwise_i16x8_u", .prefixed(0xFD, 0x7F), .vectorUnary,
            in: [.v128], out: [.v128], .simd)
        table.row("i16x8.abs", .prefixed(0xFD, 0x80), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.neg", .prefixed(0xFD, 0x81), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.q15mulr_sat_s", .prefixed(0xFD, 0x82), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.all_true", .prefixed(0xFD, 0x83), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row("i16x8.bitmask", .prefixed(0xFD, 0x84), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row(
            "i16x8.narrow_i32x4_s", .prefixed(0xFD, 0x85), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i16x8.narrow_i32x4_u", .prefixed(0xFD, 0x86), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.extend_low_i8x16_s", .prefixed(0xFD, 0x87), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.extend_high_i8x16_s", .prefixed(0xFD, 0x88), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.extend_low_i8x16_u", .prefixed(0xFD, 0x89), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.extend_high_i8x16_u", .prefixed(0xFD, 0x8A), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.shl", .prefixed(0xFD, 0x8B), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i16x8.shr_s", .prefixed(0xFD, 0x8C), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i16x8.shr_u", .prefixed(0xFD, 0x8D), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i16x8.add", .prefixed(0xFD, 0x8E), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.add_sat_s", .prefixed(0xFD, 0x8F), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.add_sat_u", .prefixed(0xFD, 0x90), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.sub", .prefixed(0xFD, 0x91), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.sub_sat_s", .prefixed(0xFD, 0x92), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.sub_sat_u", .prefixed(0xFD, 0x93), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.nearest", .prefixed(0xFD, 0x94), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i16x8.mul", .prefixed(0xFD, 0x95), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.min_s", .prefixed(0xFD, 0x96), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.min_u", .prefixed(0xFD, 0x97), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.max_s", .prefixed(0xFD, 0x98), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.max_u", .prefixed(0xFD, 0x99), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i16x8.avgr_u", .prefixed(0xFD, 0x9B), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i16x8.extmul_low_i8x16_s", .prefixed(0xFD, 0x9C), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i16x8.extmul_high_i8x16_s", .prefixed(0xFD, 0x9D), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i16x8.extmul_low_i8x16_u", .prefixed(0xFD, 0x9E), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i16x8.extmul_high_i8x16_u", .prefixed(0xFD, 0x9F), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.abs", .prefixed(0xFD, 0xA0), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.neg", .prefixed(0xFD, 0xA1), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.all_true", .prefixed(0xFD, 0xA3), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row("i32x4.bitmask", .prefixed(0xFD, 0xA4), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row("i32x4.extend_low_i16x8_s", .prefixed(0xFD, 0xA7), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.extend_high_i16x8_s", .prefixed(0xFD, 0xA8), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.extend_low_i16x8_u", .prefixed(0xFD, 0xA9), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.extend_high_i16x8_u", .prefixed(0xFD, 0xAA), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.shl", .prefixed(0xFD, 0xAB), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i32x4.shr_s", .prefixed(0xFD, 0xAC), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i32x4.shr_u", .prefixed(0xFD, 0xAD), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i32x4.add", .prefixed(0xFD, 0xAE), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.sub", .prefixed(0xFD, 0xB1), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.mul", .prefixed(0xFD, 0xB5), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.min_s", .prefixed(0xFD, 0xB6), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.min_u", .prefixed(0xFD, 0xB7), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.max_s", .prefixed(0xFD, 0xB8), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.max_u", .prefixed(0xFD, 0xB9), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.dot_i16x8_s", .prefixed(0xFD, 0xBA), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i32x4.extmul_low_i16x8_s", .prefixed(0xFD, 0xBC), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i32x4.extmul_high_i16x8_s", .prefixed(0xFD, 0xBD), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i32x4.extmul_low_i16x8_u", .prefixed(0xFD, 0xBE), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i32x4.extmul_high_i16x8_u", .prefixed(0xFD, 0xBF), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.abs", .prefixed(0xFD, 0xC0), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i64x2.neg", .prefixed(0xFD, 0xC1), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i64x2.all_true", .prefixed(0xFD, 0xC3), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row("i64x2.bitmask", .prefixed(0xFD, 0xC4), .vectorTest, in: [.v128], out: [.i32], .simd)
        table.row("i64x2.extend_low_i32x4_s", .prefixed(0xFD, 0xC7), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i64x2.extend_high_i32x4_s", .prefixed(0xFD, 0xC8), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i64x2.extend_low_i32x4_u", .prefixed(0xFD, 0xC9), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i64x2.extend_high_i32x4_u", .prefixed(0xFD, 0xCA), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i64x2.shl", .prefixed(0xFD, 0xCB), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i64x2.shr_s", .prefixed(0xFD, 0xCC), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i64x2.shr_u", .prefixed(0xFD, 0xCD), .vectorShift, in: [.v128, .i32], out: [.v128], .simd)
        table.row("i64x2.add", .prefixed(0xFD, 0xCE), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.sub", .prefixed(0xFD, 0xD1), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.mul", .prefixed(0xFD, 0xD5), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.eq", .prefixed(0xFD, 0xD6), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.ne", .prefixed(0xFD, 0xD7), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.lt_s", .prefixed(0xFD, 0xD8), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.gt_s", .prefixed(0xFD, 0xD9), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.le_s", .prefixed(0xFD, 0xDA), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i64x2.ge_s", .prefixed(0xFD, 0xDB), .vectorCompare, in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i64x2.extmul_low_i32x4_s", .prefixed(0xFD, 0xDC), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i64x2.extmul_high_i32x4_s", .prefixed(0xFD, 0xDD), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i64x2.extmul_low_i32x4_u", .prefixed(0xFD, 0xDE), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row(
            "i64x2.extmul_high_i32x4_u", .prefixed(0xFD, 0xDF), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.abs", .prefixed(0xFD, 0xE0), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.neg", .prefixed(0xFD, 0xE1), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.sqrt", .prefixed(0xFD, 0xE3), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.add", .prefixed(0xFD, 0xE4), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.sub", .prefixed(0xFD, 0xE5), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.mul", .prefixed(0xFD, 0xE6), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.div", .prefixed(0xFD, 0xE7), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.min", .prefixed(0xFD, 0xE8), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.max", .prefixed(0xFD, 0xE9), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.pmin", .prefixed(0xFD, 0xEA), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f32x4.pmax", .prefixed(0xFD, 0xEB), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.abs", .prefixed(0xFD, 0xEC), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.neg", .prefixed(0xFD, 0xED), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.sqrt", .prefixed(0xFD, 0xEF), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.add", .prefixed(0xFD, 0xF0), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.sub", .prefixed(0xFD, 0xF1), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.mul", .prefixed(0xFD, 0xF2), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.div", .prefixed(0xFD, 0xF3), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.min", .prefixed(0xFD, 0xF4), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.max", .prefixed(0xFD, 0xF5), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.pmin", .prefixed(0xFD, 0xF6), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("f64x2.pmax", .prefixed(0xFD, 0xF7), .vectorBinary, in: [.v128, .v128], out: [.v128], .simd)
        table.row("i32x4.trunc_sat_f32x4_s", .prefixed(0xFD, 0xF8), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.trunc_sat_f32x4_u", .prefixed(0xFD, 0xF9), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.convert_i32x4_s", .prefixed(0xFD, 0xFA), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f32x4.convert_i32x4_u", .prefixed(0xFD, 0xFB), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.trunc_sat_f64x2_s_zero", .prefixed(0xFD, 0xFC), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("i32x4.trunc_sat_f64x2_u_zero", .prefixed(0xFD, 0xFD), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.convert_low_i32x4_s", .prefixed(0xFD, 0xFE), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row("f64x2.convert_low_i32x4_u", .prefixed(0xFD, 0xFF), .vectorUnary, in: [.v128], out: [.v128], .simd)
        table.row(
            "i8x16.relaxed_swizzle", .prefixed(0xFD, 0x100), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i32x4.relaxed_trunc_f32x4_s", .prefixed(0xFD, 0x101), .vectorUnary,
            in: [.v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i32x4.relaxed_trunc_f32x4_u", .prefixed(0xFD, 0x102), .vectorUnary,
            in: [.v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i32x4.relaxed_trunc_f64x2_s_zero", .prefixed(0xFD, 0x103), .vectorUnary,
            in: [.v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i32x4.relaxed_trunc_f64x2_u_zero", .prefixed(0xFD, 0x104), .vectorUnary,
            in: [.v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f32x4.relaxed_madd", .prefixed(0xFD, 0x105), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f32x4.relaxed_nmadd", .prefixed(0xFD, 0x106), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f64x2.relaxed_madd", .prefixed(0xFD, 0x107), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f64x2.relaxed_nmadd", .prefixed(0xFD, 0x108), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i8x16.relaxed_laneselect", .prefixed(0xFD, 0x109), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i16x8.relaxed_laneselect", .prefixed(0xFD, 0x10A), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i32x4.relaxed_laneselect", .prefixed(0xFD, 0x10B), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i64x2.relaxed_laneselect", .prefixed(0xFD, 0x10C), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f32x4.relaxed_min", .prefixed(0xFD, 0x10D), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f32x4.relaxed_max", .prefixed(0xFD, 0x10E), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f64x2.relaxed_min", .prefixed(0xFD, 0x10F), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "f64x2.relaxed_max", .prefixed(0xFD, 0x110), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i16x8.relaxed_q15mulr_s", .prefixed(0xFD, 0x111), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i16x8.relaxed_dot_i8x16_i7x16_s", .prefixed(0xFD, 0x112), .vectorBinary,
            in: [.v128, .v128], out: [.v128], .relaxedSIMD)
        table.row(
            "i32x4.relaxed_dot_i8x16_i7x16_add_s", .prefixed(0xFD, 0x113), .vectorTernary,
            in: [.v128, .v128, .v128], out: [.v128], .relaxedSIMD)
    }
}
