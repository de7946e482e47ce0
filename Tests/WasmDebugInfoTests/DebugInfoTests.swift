import Testing
import WasmBinary
import WasmDebugInfo
import WasmFuzz

@Suite struct DebugInfoTests {
    private func read(_ bytes: [UInt8]) throws -> DebugInfo { try #require(DebugInfo(try decodeModule(bytes))) }

    private func lookup(_ address: Int, _ info: DebugInfo) -> [SourceFrame] {
        info.lookup(DebugModule.codeStart + address)
    }

    private func outer(_ line: UInt32, _ column: UInt32) -> SourceFrame {
        SourceFrame(function: "outer", file: "/src/main.c", line: line, column: column)
    }

    @Test func functionsAndLines() throws {
        let info = try read(DebugModule.example())
        for address in [2, 10, 19] { #expect(lookup(address, info) == [outer(5, 9)]) }
        for address in [40, 99] { #expect(lookup(address, info) == [outer(8, 0)]) }
    }

    @Test func inlinedFunctionsComeFirst() throws {
        let info = try read(DebugModule.example())
        let inner = SourceFrame(
            function: "space::inner", linkageName: "_ZN5space5innerEv", file: "/src/include/inner.h", line: 42,
            column: 9, isInlined: true)
        for address in [20, 39] { #expect(lookup(address, info) == [inner, outer(7, 3)]) }
    }

    @Test func nothingIsKnownOfOtherCode() throws {
        let info = try read(DebugModule.example())
        for address in [-1_000_000, -30, 0, 1, 100, 101, 1_000_000] { #expect(lookup(address, info).isEmpty) }
        let plain = try decodeModule(DebugModule.bytes([]))
        #expect(DebugInfo(plain) == nil)
    }

    /// Either part helps without the other.
    @Test func linesOrFunctionsAlone() throws {
        let lines = try read(DebugModule.example(info: []))
        #expect(lookup(10, lines) == [SourceFrame(file: "main.c", line: 5, column: 9)])
        let functions = try read(DebugModule.example(lines: []))
        #expect(lookup(10, functions) == [SourceFrame(function: "outer")])
    }

    /// Entries that refer to each other in a circle, to the middle of others, and outside.
    @Test(arguments: [0, 11, 12, 0x42, 1000, UInt32.max])
    func damagedReferences(_ origin: UInt32) throws {
        let info = try read(DebugModule.example(info: DebugModule.info(origin: origin)))
        #expect(lookup(25, info).count == 2)
        #expect(lookup(25, info).last == outer(7, 3))
    }

    /// An inlined function that is longer than what it is inlined into counts as far as that goes.
    @Test func inlinedFunctionThatIsTooLong() throws {
        let info = try read(DebugModule.example(info: DebugModule.info(inlinedLength: 80)))
        #expect(lookup(99, info).map(\.function) == ["space::inner", "outer"])
        #expect(lookup(100, info).isEmpty)
    }

    /// Whatever ends early leaves what was before it.
    @Test func truncatedSections() throws {
        let (info, lines) = (DebugModule.info(), DebugModule.lines())
        for count in 0..<info.count {
            let module = try read(DebugModule.example(info: Array(info[..<count])))
            #expect(lookup(10, module).first?.line == 5)
        }
        for count in 0..<lines.count {
            let module = try read(DebugModule.example(lines: Array(lines[..<count])))
            #expect(lookup(10, module).first?.function == "outer")
        }
    }

    /// A list of a million entries that a million entries refer to costs what one of them does.
    @Test func rangeListOfManyEntries() throws {
        let abbreviations: [UInt8] =
            [1, 0x11, 1, 0, 0] + [2, 0x2E, 0, 0x55, 0x17, 0, 0] + [0]
        var unit = DWARFBytes()
        unit.u16(4)
        unit.u32(0)
        unit.u8(4, 1)
        for _ in 0..<20_000 {
            unit.u8(2)
            unit.u32(0)
        }
        var list = DWARFBytes()
        for _ in 0..<100_000 {
            list.u32(UInt32.max)
            list.u32(1)
        }
        let info = try read(
            DebugModule.bytes([
                (".debug_abbrev", abbreviations), (".debug_info", DWARFBytes.sized(unit).bytes),
                (".debug_ranges", list.bytes),
            ]))
        #expect(info.isEmpty)
    }

    @Test func damagedModules() throws {
        let example = DebugModule.example()
        var mutator = Mutator(seed: 11)
        for _ in 0..<2_000 {
            let bytes = mutator.mutateDebugInfo(example, splicing: example)
            guard let module = try? decodeModule(bytes), let info = DebugInfo(module) else { continue }
            for address in 0..<110 {
                let frames = lookup(address, info)
                for frame in frames.dropLast() { #expect(frame.isInlined) }
            }
        }
    }
}
