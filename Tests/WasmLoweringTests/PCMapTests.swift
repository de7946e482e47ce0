import LLVMBridge
import Testing

@testable import WasmLowering

@Suite struct PCMapTests {
    private typealias Entry = LineTable.Entry

    private static let triples = [
        "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl", "riscv64-unknown-linux-musl",
    ]

    private func entries(_ object: [UInt8]) throws -> [Entry] {
        let object = try LineTableObject(object)
        return try LineTable(object, section: #require(try object.index(ofSection: "wasmc_text"))).entries
    }

    /// Two functions of two loads each, one of another section, and one more.
    private func makeObject(triple: String, _ version: DIBuilder.DWARFVersion = .v5) throws -> [UInt8] {
        let fixture = try IRFixture(triple: triple, dwarf: version)
        fixture.startText()
        for (index, section) in ["wasmc_text", ".text.elsewhere", "wasmc_text"].enumerated() {
            let base = UInt32(1000 * (index + 1))
            let function = fixture.define(
                "f\(index)", [fixture.context.ptr], fixture.context.i64, line: base, section: section)
            // Aligned, and 64 bits wide: generic RISC-V assembles unaligned values from bytes and extends narrow
            // ones, and LLVM loses places on the way.
            let first = fixture.guestLoad(
                fixture.context.ptr, function.parameter(0), alignment: 8, line: base + 10)
            fixture.builder.ret(fixture.guestLoad(fixture.context.i64, first, alignment: 8, line: base + 300))
        }
        return try fixture.object()
    }

    @Test(arguments: triples, [DIBuilder.DWARFVersion.v4, .v5])
    func linesOfGuestCode(_ triple: String, _ version: DIBuilder.DWARFVersion) throws {
        let object = try makeObject(triple: triple, version)
        let entries = try entries(object)
        let known: Set<UInt32> = [1000, 1010, 1300, 3000, 3010, 3300]
        #expect(Set(entries.map(\.line)).isSubset(of: known.union([0])))
        // A function's own line may cover no code.
        let ofLoads = entries.map(\.line).filter { known.contains($0) && $0 % 1000 != 0 }
        #expect(ofLoads == [1010, 1300, 3010, 3300])
        let file = try LineTableObject(object)
        let section = try #require(try file.index(ofSection: "wasmc_text"))
        #expect(entries.last == Entry(textOffset: file.sections[section].size, line: 0))
        for (entry, next) in zip(entries, entries.dropFirst()) { #expect(entry.textOffset < next.textOffset) }
    }

    /// Loads that become operands of what uses their values, and of nothing that has a place.
    @Test func foldedLoads() throws {
        let fixture = try IRFixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("f", [context.ptr, context.i32], context.i32, line: 5)
        let address = function.parameter(0)
        let (rare, usual) = (function.appendBlock(), function.appendBlock())
        let flags = fixture.guestLoad(context.i8, address, line: 10)
        let masked = builder.and(builder.zext(flags, context.i32), context.constI32(4))
        builder.condBr(builder.icmp(.eq, masked, context.constI32(0)), usual, rare)
        builder.positionAtEnd(rare)
        builder.ret(context.constI32(1))
        builder.positionAtEnd(usual)
        let term = fixture.guestLoad(context.i32, builder.gep(address, offset: 4), line: 20)
        builder.ret(builder.add(function.parameter(1), term))
        let object = try fixture.object { PCMapPlaces.spread(in: fixture.module) }
        #expect(Set(try entries(object).map(\.line)).isSuperset(of: [10, 20]))
        let assembly = try fixture.machine.emit(fixture.module, .assembly).text
        // Otherwise the test tests nothing.
        #expect(assembly.contains("testb\t$4, (%rdi)") && assembly.contains("addl\t4(%rdi), %esi"))
    }

    @Test func linkerRelaxationIsRefused() throws {
        let options = TargetMachineOptions(triple: "riscv64-unknown-linux-musl", features: "+relax")
        let fixture = try IRFixture(triple: options.triple)
        let function = fixture.define("f", [fixture.context.ptr], fixture.context.i32)
        let call = fixture.module.addFunction("g", fixture.context.functionType([], returning: fixture.context.void))
        fixture.at(30) { fixture.builder.call(call) }
        fixture.builder.ret(fixture.guestLoad(fixture.context.i32, function.parameter(0)))
        function.addAttribute(fixture.context.attribute("target-features", "+relax"))
        _ = try fixture.object()
        let relaxed = try TargetMachine(options).emit(fixture.module, .object).bytes
        let error = #expect(throws: Diagnostic.self) { try entries(relaxed) }
        #expect(error?.detail == "distances are left to the linker: relaxation is not supported")
    }

    @Test func encoding() throws {
        // Equal lines are merged, an unknown place at the start is left out.
        let map = try PCMap(
            LineTable(entries: [
                Entry(textOffset: 0, line: 0), Entry(textOffset: 3, line: 100), Entry(textOffset: 9, line: 100),
                Entry(textOffset: 200, line: 37), Entry(textOffset: 201, line: 0), Entry(textOffset: 203, line: 0),
                Entry(textOffset: 204, line: 37), Entry(textOffset: 205, line: 0),
                Entry(textOffset: 300, line: 4_000_000_000),
            ]))
        #expect(map.entryCount == 6)
        #expect(
            map.payload == [
                3, 0xE4, 0x00,  // 100 more
                0xC5, 0x01, 0x41,  // 63 less
                1, 0,  // unknown
                3, 0,  // known again
                1, 0,  // unknown
                95, 0xDB, 0xCF, 0xAC, 0xF3, 0x0E,  // 3,999,999,963 more
            ])
    }

    @Test func nothingToMap() throws {
        let fixture = try IRFixture()
        fixture.define("f", [], fixture.context.void, section: ".text")
        fixture.builder.retVoid()
        #expect(try makePCMapObject(for: fixture.object(), textSymbol: IRFixture.textSymbol) == nil)
    }

    @Test func missingSymbol() throws {
        let object = try makeObject(triple: Self.triples[0])
        let error = #expect(throws: Diagnostic.self) {
            try makePCMapObject(for: object, textSymbol: "wasm.text.1")
        }
        #expect(error?.phase == .internal)
    }

    /// What is cut short or changed gives an error or another table, and nothing worse.
    @Test(arguments: triples)
    func damagedObjects(_ triple: String) throws {
        let object = try makeObject(triple: triple)
        func read(_ bytes: [UInt8]) {
            do throws(Diagnostic) {
                _ = try makePCMapObject(for: bytes, textSymbol: IRFixture.textSymbol)
            } catch {
                #expect(error.phase == .internal)
            }
        }
        for length in stride(from: 0, to: object.count, by: 31) { read(Array(object.prefix(length))) }
        let values: [UInt8] = [0, 0x7F, 0x80, 0xFF]
        for index in object.indices {
            var changed = object
            changed[index] = values[index % values.count]
            read(changed)
        }
    }

    /// LLVM's own reader of object files understands what is written.
    @Test(arguments: triples)
    func objectIsWellFormed(_ triple: String) throws {
        let bytes = try #require(
            try makePCMapObject(for: makeObject(triple: triple), textSymbol: IRFixture.textSymbol))
        let context = LLVMContext()
        let object = try ObjectFile(MemoryBuffer(bytes), in: context)
        let section = try #require(object.section(named: "wasmc_pcmap"))
        #expect(section.contents.count % 8 == 0)
        #expect(Array(section.contents.prefix(8)) == Array(repeating: 0, count: 8))
        let map = try PCMap(LineTable(entries: entries(makeObject(triple: triple))))
        let count = UInt8(map.entryCount)
        let length = UInt8(map.payload.count)
        #expect(Array(section.contents[8..<16]) == [count, 0, 0, 0, length, 0, 0, 0])
        #expect(Array(section.contents[16...].prefix(map.payload.count)) == map.payload)
        #expect(object.symbols().contains { $0.name == IRFixture.textSymbol })
    }
}
