import Testing

@testable import WasmDriver

@Suite struct SystemCallsTests {
    private static let headerBytes = 64

    /// An ELF file with a section of names, then one of these contents and this name.
    private func elf(_ contents: String, name: String = "wasmc_syscall_names") -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.headerBytes * 3)
        func put<Integer: FixedWidthInteger>(_ value: Integer, at position: Int) {
            let encoded = withUnsafeBytes(of: value.littleEndian) { Array($0) }
            bytes.replaceSubrange(position..<(position + encoded.count), with: encoded)
        }
        let names = Array("\0\(name)\0".utf8)
        bytes.replaceSubrange(0..<6, with: ELFFile.magic + [2, 1])
        put(UInt64(Self.headerBytes), at: 40)
        put(UInt16(Self.headerBytes), at: 58)
        put(UInt16(2), at: 60)
        put(UInt64(bytes.count), at: 64 + 24)
        put(UInt64(names.count), at: 64 + 32)
        put(UInt32(1), at: 128)
        put(UInt64(bytes.count + names.count), at: 128 + 24)
        put(UInt64(contents.utf8.count), at: 128 + 32)
        return bytes + names + Array(contents.utf8)
    }

    @Test func namesAreSortedAndAppearOnce() {
        #expect(SystemCalls.read(from: elf("writev\0close\0writev\0\0")) == SystemCalls(guest: ["close", "writev"]))
        #expect(SystemCalls.read(from: elf("")) == SystemCalls(guest: []))
    }

    @Test func namesOfOtherProcessesAreNotTheGuests() {
        let names = [
            "close", "broker:socket", "forwarder:splice", "broker:connect", "broker:socket", "later:fork", ":x",
        ]
        let calls = SystemCalls.read(from: elf(names.joined(separator: "\0") + "\0"))
        #expect(
            calls == SystemCalls(guest: ["close", "x"], broker: ["connect", "socket"], forwarder: ["splice"]))
    }

    @Test func fileWithoutAList() {
        #expect(SystemCalls.read(from: []) == nil)
        #expect(SystemCalls.read(from: elf("close\0", name: "wasmc_syscall_name")) == nil)
        #expect(SystemCalls.read(from: elf("close\0", name: "wasmc_syscall_names2")) == nil)
    }

    /// Whatever the file says, nothing outside of it is read.
    @Test func damagedFiles() {
        let whole = elf("close\0")
        for count in whole.indices { _ = SystemCalls.read(from: Array(whole[..<count])) }
        for position in whole.indices {
            for value in [UInt8(0), 0x7F, 0xFF] {
                var bytes = whole
                bytes[position] = value
                _ = SystemCalls.read(from: bytes)
            }
        }
    }
}
