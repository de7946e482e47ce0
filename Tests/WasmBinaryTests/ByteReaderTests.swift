import Diagnostics
import Testing
@testable import WasmBinary
import WasmSpec

@Suite struct ByteReaderTests {
    /// What `read` makes of `bytes`, all of which it must consume, or the message of its error.
    private func result<Value>(
        _ bytes: [UInt8], _ read: (inout ByteReader) throws -> Value
    ) -> (value: Value?, message: String?) {
        var value: Value?
        var message: String?
        try? ModuleBytes(bytes).withReader(0..<bytes.count) { (reader) throws(Diagnostic) in
            do {
                value = try read(&reader)
                #expect(reader.isAtEnd)
            } catch {
                message = (error as? Diagnostic)?.message
            }
        }
        return (value, message)
    }

    @Test(
        arguments: [
            ([0x00], 0), ([0x7F], 127), ([0x80, 0x01], 128), ([0x80, 0x00], 0), ([0xE5, 0x8E, 0x26], 624_485),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], UInt32.max), ([0x82, 0x80, 0x80, 0x80, 0x00], 2),
        ] as [([UInt8], UInt32)])
    func unsigned32(_ bytes: [UInt8], _ expected: UInt32) {
        #expect(result(bytes) { try $0.u32() }.value == expected)
    }

    @Test(
        arguments: [
            ([0x82, 0x80, 0x80, 0x80, 0x10], "integer too large"),
            ([0x82, 0x80, 0x80, 0x80, 0x70], "integer too large"),
            ([0x82, 0x80, 0x80, 0x80, 0x80, 0x00], "integer representation too long"),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "integer representation too long"),
            ([0x80], "unexpected end of section or function"), ([], "unexpected end of section or function"),
        ] as [([UInt8], String)])
    func unsigned32Errors(_ bytes: [UInt8], _ message: String) {
        #expect(result(bytes) { try $0.u32() }.message == message)
    }

    @Test func unsigned64() {
        let ones = [UInt8](repeating: 0xFF, count: 9)
        #expect(result(ones + [0x01]) { try $0.u64() }.value == .max)
        #expect(result(ones + [0x02]) { try $0.u64() }.message == "integer too large")
        #expect(result(ones + [0x81, 0x00]) { try $0.u64() }.message == "integer representation too long")
    }

    @Test(
        arguments: [
            ([0x7F], -1), ([0x40], -64), ([0x3F], 63), ([0xC0, 0x00], 64), ([0x80, 0x7F], -128), ([0xFF, 0x7F], -1),
            ([0x80, 0x80, 0x80, 0x80, 0x78], Int32.min), ([0xFF, 0xFF, 0xFF, 0xFF, 0x07], Int32.max),
        ] as [([UInt8], Int32)])
    func signed32(_ bytes: [UInt8], _ expected: Int32) {
        #expect(result(bytes) { try $0.s32() }.value == expected)
    }

    @Test(
        arguments: [
            ([0x80, 0x80, 0x80, 0x80, 0x08], "integer too large"),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0x77], "integer too large"),
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x00], "integer representation too long"),
        ] as [([UInt8], String)])
    func signed32Errors(_ bytes: [UInt8], _ message: String) {
        #expect(result(bytes) { try $0.s32() }.message == message)
    }

    @Test func signed33And64() {
        #expect(result([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) { try $0.s33() }.value == Int64(UInt32.max))
        #expect(result([0x80, 0x80, 0x80, 0x80, 0x70]) { try $0.s33() }.value == -(1 << 32))
        #expect(result([0x80, 0x80, 0x80, 0x80, 0x10]) { try $0.s33() }.message == "integer too large")
        let zeros = [UInt8](repeating: 0x80, count: 9)
        #expect(result(zeros + [0x7F]) { try $0.s64() }.value == .min)
        #expect(result(zeros + [0x7E]) { try $0.s64() }.message == "integer too large")
    }

    /// Numbers at every power of two and around it survive, in the shortest encoding.
    @Test func writtenIntegersAreReadBack() {
        for shift in 0..<64 {
            for delta in [-1, 0, 1] as [Int64] {
                let value = Int64(truncatingIfNeeded: UInt64(1) << UInt64(shift)) &+ delta
                var writer = ByteWriter()
                writer.s64(value)
                #expect(result(writer.bytes) { try $0.s64() }.value == value)
                writer = ByteWriter()
                writer.u64(UInt64(bitPattern: value))
                #expect(result(writer.bytes) { try $0.u64() }.value == UInt64(bitPattern: value))
                #expect(writer.count == max(1, (64 - UInt64(bitPattern: value).leadingZeroBitCount + 6) / 7))
            }
        }
    }

    @Test func names() {
        #expect(result([3, 0xE2, 0x82, 0xAC]) { try $0.name() }.value == "€")
        #expect(result([0]) { try $0.name() }.value == "")
        #expect(result([2, 0xC0, 0x80]) { try $0.name() }.message == "malformed UTF-8 encoding")
        #expect(result([3, 0xED, 0xA0, 0x80]) { try $0.name() }.message == "malformed UTF-8 encoding")
        #expect(result([9, 0x61]) { try $0.name() }.message == "length out of bounds")
    }

    /// A count is compared with the bytes that are there before anyone reserves memory for it.
    @Test func hugeLengthIsRefused() {
        #expect(result([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) { try $0.length() }.message == "length out of bounds")
    }

    @Test func errorsCarryTheModuleOffset() throws {
        let bytes = ModuleBytes([0, 0, 0, 0x80, 0x80])
        do throws(Diagnostic) {
            try bytes.withReader(3..<5) { (reader) throws(Diagnostic) in _ = try reader.u32() }
            Issue.record("no error")
        } catch {
            #expect(error.location == .offset(5))
            #expect(error.phase == .malformed)
        }
    }
}
