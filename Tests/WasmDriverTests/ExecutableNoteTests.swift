import Testing

@testable import WasmDriver

@Suite struct ExecutableNoteTests {
    private var sample: ExecutableNote {
        var note = ExecutableNote()
        note.moduleName = "app"
        note.moduleHash = String(repeating: "0a", count: 32)
        note.producers = ["language Rust 1.95.0", "processed-by walrus"]
        note.exports = ["sum: [i32 i32] -> [i32]"]
        note.target = "x86_64-linux-musl"
        note.processor = "x86-64-v2"
        note.optimization = "2"
        note.bounds = "guard"
        note.traps = "strict"
        note.features = ["mvp", "simd128"]
        note.imports = ["wasi_snapshot_preview1 fd_write"]
        note.memories = ["1 2"]
        note.hasInvoke = true
        note.grants = ["--dir=data::/data", "--env=A=b=c", "--argv0="]
        note.isCeiling = true
        var store = ExecutableNote.LinkedModule(name: "store")
        store.moduleHash = String(repeating: "b1", count: 32)
        store.imports = ["wasi_snapshot_preview1 fd_read"]
        store.memories = ["1"]
        store.grants = ["--accept-from=main"]
        note.linkedModules = [store, ExecutableNote.LinkedModule(name: "empty")]
        return note
    }

    /// An ELF file with one PT_NOTE segment of these contents.
    private func elf(_ contents: [UInt8], offset: UInt64? = nil, size: UInt64? = nil, entries: UInt16 = 1) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64 + 56)
        func put<Integer: FixedWidthInteger>(_ value: Integer, at position: Int) {
            let encoded = withUnsafeBytes(of: value.littleEndian) { Array($0) }
            bytes.replaceSubrange(position..<(position + encoded.count), with: encoded)
        }
        bytes.replaceSubrange(0..<6, with: ELFFile.magic + [2, 1])
        put(UInt64(64), at: 32)
        put(UInt16(56), at: 54)
        put(entries, at: 56)
        put(UInt32(4), at: 64)
        put(offset ?? UInt64(120), at: 64 + 8)
        put(size ?? UInt64(contents.count), at: 64 + 32)
        return bytes + contents
    }

    @Test func layoutIsThatOfELFNotes() {
        var note = ExecutableNote()
        note.version = "9"
        let bytes = note.encode()
        #expect(bytes.count % 4 == 0)
        #expect(Array(bytes[..<4]) == [6, 0, 0, 0])
        #expect(Array(bytes[8..<12]) == [1, 0, 0, 0])
        #expect(Array(bytes[12..<20]) == Array("wasmc\0\0\0".utf8))
        let size = Int(bytes[4]) | Int(bytes[5]) << 8
        #expect(
            String(decoding: bytes[20..<(20 + size)], as: UTF8.self)
                == "format=1\0version=9\0module=\0target=\0cpu=\0optimization=\0bounds=\0traps=\0")
    }

    @Test func readingGivesWhatWasWritten() throws {
        #expect(try ExecutableNote.read(from: elf(sample.encode())) == sample)
    }

    @Test func otherNotesArePassedOver() throws {
        let other: [UInt8] = [4, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0] + Array("GNU\0abc\0".utf8)
        #expect(try ExecutableNote.read(from: elf(other + sample.encode())) == sample)
        #expect(throws: Diagnostic.self) { try ExecutableNote.read(from: elf(other)) }
    }

    @Test func nulOfAGuestNameIsReplaced() throws {
        var note = sample
        note.moduleName = "a\0grant=--inherit-env"
        let read = try ExecutableNote.read(from: elf(note.encode()))
        #expect(read.moduleName == "a\u{FFFD}grant=--inherit-env")
        #expect(read.grants == sample.grants)
    }

    /// Notes of compilers that did not write hashes, and of later ones that write more, can be read.
    @Test func missingAndUnknownRecordsAreNoErrors() throws {
        var note = sample
        note.moduleHash = ""
        note.producers = []
        note.linkedModules[0].moduleHash = ""
        #expect(try ExecutableNote.read(from: elf(note.encode())) == note)
        let text = Array("format=1\0version=0\0later=x\0linked-later=y\0module=a\0".utf8)
        let header: [UInt8] = [6, 0, 0, 0, UInt8(text.count), 0, 0, 0, 1, 0, 0, 0] + Array("wasmc\0\0\0".utf8)
        let read = try ExecutableNote.read(from: elf(header + text + [UInt8](repeating: 0, count: 3)))
        #expect(read.moduleName == "a")
        #expect(read.moduleHash.isEmpty)
    }

    @Test func otherFormatIsRefused() throws {
        let text = Array("format=2\0".utf8)
        let header: [UInt8] = [6, 0, 0, 0, UInt8(text.count), 0, 0, 0, 1, 0, 0, 0] + Array("wasmc\0\0\0".utf8)
        let error = try #require(throws: Diagnostic.self) {
            try ExecutableNote.read(from: elf(header + text + [0, 0, 0]))
        }
        #expect(error.message == "an executable of another version of wasmc")
    }

    @Test func sizesOfTheFileAreNotTrusted() {
        let note = sample.encode()
        let hostile = [
            [], Array(ELFFile.magic), elf([]), elf(note, offset: .max), elf(note, size: .max),
            elf(note, offset: 119, size: 3),
            elf(note, size: UInt64(note.count) - 1), elf(Array(note.dropLast(4)), entries: .max),
            elf([6, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0] + Array("wasmc\0\0\0".utf8)),
            elf([255, 255, 255, 255, 1, 0, 0, 0, 1, 0, 0, 0] + Array("wasmc\0\0\0".utf8)),
        ]
        for bytes in hostile { #expect(throws: Diagnostic.self) { try ExecutableNote.read(from: bytes) } }
    }

    /// The segments overlap: looking at all notes of each would take their product.
    @Test func manySegmentsOfManyNotes() {
        let count: UInt16 = 60_000
        var bytes = elf([], entries: count)
        let header = Array(bytes[64..<120])
        bytes += (1..<Int(count)).flatMap { _ in header } + [UInt8](repeating: 0, count: 120_000)
        let start = UInt64(64 + 56 * Int(count))
        for index in 0..<Int(count) {
            withUnsafeBytes(of: start.littleEndian) {
                bytes.replaceSubrange((64 + 56 * index + 8)..<(64 + 56 * index + 16), with: $0)
            }
            withUnsafeBytes(of: UInt64(120_000).littleEndian) {
                bytes.replaceSubrange((64 + 56 * index + 32)..<(64 + 56 * index + 40), with: $0)
            }
        }
        var seen = 0
        #expect(
            ELFFile(bytes)?.firstNote { _ in
                seen += 1
                return false
            } == nil)
        #expect(seen == 1000)
        #expect(throws: Diagnostic.self) { try ExecutableNote.read(from: bytes) }
    }

    @Test func longDescriptionsAreNotRead() {
        var note = sample
        note.grants = [String(repeating: "x", count: ExecutableNote.sizeLimit)]
        #expect(throws: Diagnostic.self) { try ExecutableNote.read(from: elf(note.encode())) }
    }

    @Test func everyPrefixIsRefusedOrRead() {
        let whole = elf(sample.encode())
        for count in whole.indices { _ = try? ExecutableNote.read(from: Array(whole[..<count])) }
    }
}
