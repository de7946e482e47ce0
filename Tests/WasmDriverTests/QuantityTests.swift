import Testing

@testable import WasmDriver

@Suite struct QuantityTests {
    @Test func exactOnesHaveTheLargestUnitThatDivides() {
        #expect(Quantity.size(bytes: 0) == "0")
        #expect(Quantity.size(bytes: 1000) == "1000")
        #expect(Quantity.size(bytes: 1 << 20) == "1MiB")
        #expect(Quantity.size(bytes: 3 << 29) == "1536MiB")
        #expect(Quantity.size(bytes: .max) == "\(UInt64.max)")
        #expect(Quantity.duration(nanoseconds: 10_000_000_000) == "10s")
        #expect(Quantity.duration(nanoseconds: 90_000_000_000) == "90s")
        #expect(Quantity.duration(nanoseconds: 1_500_000) == "1500us")
        #expect(Quantity.duration(nanoseconds: 7) == "7ns")
    }

    /// What a word says is what the grant was.
    @Test(arguments: [0, 1, 1023, 1024, 1 << 30, 5 << 40, UInt64.max]) func wordsKeepTheValue(value: UInt64) throws {
        #expect(Grant(word: Grant(.maxMemory, value: .number(value)).word)?.value == .number(value))
        guard value > 0 else { return }
        #expect(Grant(word: Grant(.timeout, value: .number(value)).word)?.value == .number(value))
    }

    @Test func roundedOnesAreForPeople() {
        #expect(Quantity.rounded(bytes: 1023) == "1023 bytes")
        #expect(Quantity.rounded(bytes: 65536) == "64 KiB")
        #expect(Quantity.rounded(bytes: 82600) == "80.6 KiB")
        #expect(Quantity.rounded(bytes: .max) == "16777215.9 TiB")
    }

    @Test(arguments: [
        ("2", "128 KiB (memory 2)"), ("1 2", "64 KiB to 128 KiB (memory 1 2)"),
        ("i64 1 shared", "64 KiB (memory i64 1 shared)"),
        ("0 10 (pagesize 1)", "0 bytes to 10 bytes (memory 0 10 (pagesize 1))"),
        ("", ""), ("x", "x"), ("1 2 3", "1 2 3"), ("18446744073709551615", "18446744073709551615"),
        ("99999999999999999999", "99999999999999999999"),
    ]) func memories(description: String, text: String) {
        #expect(Quantity.memory(description) == text)
    }
}
