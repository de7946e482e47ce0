import Testing
import WasmText

@Suite struct NumberTests {
    /// The bits that an instruction's literal becomes, or nil if the literal is refused.
    private func constant(_ instruction: String) -> String? {
        guard let code = try? section(10, of: "(module (func \(instruction) drop))") else { return nil }
        // Number of bodies, length, number of locals, opcode ... drop, end.
        return String(code.dropFirst(8).dropLast(4))
    }

    @Test(arguments: [
        ("i32.const 0", "00"), ("i32.const -1", "7f"), ("i32.const 4294967295", "7f"), ("i32.const +0x7f", "ff00"),
        ("i32.const -0x8000_0000", "8080808078"), ("i32.const 1_000", "e807"),
        ("i64.const 0xffff_ffff_ffff_ffff", "7f"), ("i64.const -9223372036854775808", "8080808080808080807f"),
    ])
    func integers(_ literal: String, _ bytes: String) { #expect(constant(literal) == bytes) }

    @Test(arguments: [
        "i32.const 4294967296", "i32.const -2147483649", "i64.const 18446744073709551616", "i32.const 0x1_0000_0000",
        "f32.const 1e39", "f32.const 0x1p128", "f64.const 0x1.fffffffffffff8p1023", "f64.const 1e309",
        "f32.const nan:0x0", "f32.const nan:0x800000", "f64.const nan:0x10000000000000",
        "f64.const 0x1p99999999999999999999",
    ])
    func outOfRange(_ instruction: String) {
        let parts = instruction.split(separator: " ")
        expectError("(module (func \(parts[0]) 1️⃣\(parts[1])))", "constant out of range")
    }

    @Test(arguments: [
        "i32.const 1_", "i32.const _1", "i32.const 1__0", "i32.const 0x", "i32.const 0x_1", "f32.const 1.e",
        "f32.const .5",
        "f32.const 0x1p", "f32.const 0x1pf", "f32.const 1e0x1", "f32.const 1._0", "f32.const nan:0x",
        "f32.const infinity",
    ])
    func notNumbers(_ instruction: String) {
        let parts = instruction.split(separator: " ")
        expectError("(module (func \(parts[0]) 1️⃣\(parts[1])))", "unknown operator \(parts[1])")
    }

    @Test(arguments: [
        ("0.0", 0), ("-0", 0x8000_0000), ("1", 0x3F80_0000), ("1.5e-3", 0x3AC4_9BA6), ("inf", 0x7F80_0000),
        ("-inf", 0xFF80_0000), ("nan", 0x7FC0_0000), ("-nan:0x1", 0xFF80_0001), ("nan:0x7f_ffff", 0x7FFF_FFFF),
        // The largest finite value, and a decimal that lies just below the halfway point to infinity.
        ("0x1.fffffep127", 0x7F7F_FFFF), ("340282356779733661637539395458142568447", 0x7F7F_FFFF),
        // Ties go to the even neighbour; a digit far behind them breaks the tie.
        ("0x1.000001p0", 0x3F80_0000), ("0x1.000003p0", 0x3F80_0002),
        ("0x1.00000100000000000000000000001p0", 0x3F80_0001),
        ("16777217", 0x4B80_0000), ("16777219", 0x4B80_0002), ("16777217.0000000000000000000000001", 0x4B80_0001),
        // Subnormal numbers: the smallest, half of it (to even), a little more than half, and a carry into normal.
        ("0x16e00550f0p18", 0x5AB7_002B), ("0x1p-149", 1), ("0x1p-150", 0), ("0x1.00000000000000000001p-150", 1),
        ("0x1.8p-149", 2),
        ("0x1.fffffep-127", 0x0080_0000), ("1e-45", 1), ("7e-46", 0),
        ("0x0.0000000000000000000000000000001p200", 0x6580_0000),
        ("1e-400", 0), ("0x1p-9999999999999999", 0),
    ])
    func f32(_ literal: String, _ bits: Int) {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
        #expect(constant("f32.const \(literal)") == hexadecimal(bytes), "\(literal)")
    }

    @Test(
        arguments: [
            ("1e23", 0x44B5_2D02_C7E1_4AF6), ("0x1.00000000000008p0", 0x3FF0_0000_0000_0000),
            ("0x1.000000000000080000000000000000001p0", 0x3FF0_0000_0000_0001), ("0x1p-1074", 1), ("0x1p-1075", 0),
            ("0x1.8p-1075", 1), ("4.9e-324", 1), ("2.4703282292062327e-324", 0), ("2.4703282292062328e-324", 1),
            ("1.7976931348623157e308", 0x7FEF_FFFF_FFFF_FFFF), ("0x1.fffffffffffff7ffp1023", 0x7FEF_FFFF_FFFF_FFFF),
            ("9007199254740993", 0x4340_0000_0000_0000), ("9_007_199_254_740_993.000_1", 0x4340_0000_0000_0001),
            ("0.1", 0x3FB9_9999_9999_999A), ("0x123456789abcdef01p0", 0x43F2_3456_789A_BCDF),
        ] as [(String, UInt64)])
    func f64(_ literal: String, _ bits: UInt64) {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        #expect(constant("f64.const \(literal)") == hexadecimal(bytes), "\(literal)")
    }
}
