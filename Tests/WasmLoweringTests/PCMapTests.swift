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
                Entry(textOffset: 300, line: 2_000_000_000),
            ]))
        #expect(
            map.places == [
                6, 0xE4, 0x00,  // 100 more
                0x8A, 0x03, 0x41,  // 63 less
                2, 0,  // unknown
                6, 0,  // known again
                2, 0,  // unknown
                0xBE, 0x01, 0xDB, 0xA7, 0xD6, 0xB9, 0x07,  // 1,999,999,963 more
            ])
    }

    /// A chain of calls that were inlined is a number in the table of places, and an entry for each call.
    @Test func inlinedCalls() throws {
        let fixture = try IRFixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let inner = fixture.define("inner", [context.ptr], context.i64, line: 100, linkage: .internal)
        builder.ret(fixture.guestLoad(context.i64, inner.parameter(0), line: 110))
        let middle = fixture.define("middle", [context.ptr], context.i64, line: 200, linkage: .internal)
        builder.ret(fixture.at(210) { builder.call(inner, [middle.parameter(0)]) })
        let outer = fixture.define("outer", [context.ptr], context.i64, line: 300)
        let first = fixture.guestLoad(context.ptr, outer.parameter(0), line: 310)
        builder.ret(fixture.at(320) { builder.call(middle, [first]) })
        var inlined = InlinedPlaces()
        let object = try fixture.object {
            inlined = InlinedPlaces(rewriting: fixture.module, fixture.debug)
        }
        #expect(inlined.calls == [.init(offset: 320, inlined: 0), .init(offset: 210, inlined: 1)])
        let places = try entries(object).map { inlined.place(ofLine: $0.line) }
        #expect(places.contains(.init(offset: 310, inlined: 0)))
        #expect(places.contains(.init(offset: 110, inlined: 2)))
        let map = try PCMap(LineTable(entries: []), inlined)
        #expect(map.inlined == [0, 0xC0, 0x02, 1, 0x92, 0x7F])  // 320, and one back 110 less
    }

    /// Rows of functions, and where a function is that the compiler made up.
    @Test func frames() throws {
        let fixture = try IRFixture()
        let (context, builder) = (fixture.context, fixture.builder)
        fixture.startText()
        let callee = fixture.module.addFunction("callee", context.functionType([], returning: context.void))
        for name in ["wasm.0.func.7", "wasm.0.entry", "wasm.0.func.5"] {
            fixture.define(name, [], context.void)
            fixture.at(30) { _ = builder.call(callee, tailCall: .noTail) }
            builder.retVoid()
        }
        let object = try LineTableObject(try fixture.object())
        let section = try #require(try object.index(ofSection: "wasmc_text"))
        let table = try FrameTable(object, section: section)
        #expect(table.functions.map(\.name) == ["wasm.0.func.7", "wasm.0.entry", "wasm.0.func.5"])
        for function in table.functions {
            // push, call, pop, ret
            #expect(function.rows.map(\.words) == [1, 2, 1])
            #expect(function.rows.map { $0.textOffset - function.textOffset } == [0, 1, 7])
        }
        #expect(table.functionsOfNoModule == [table.functions[1].textOffset])
        let map = try PCMap(LineTable(entries: []), InlinedPlaces(), table) { $0.hasSuffix("5") ? 24 : 0 }
        #expect(map.frames == [0, 8, 4, 1, 4, 6, 2, 16, 0x78, 4, 1, 4, 6, 2, 16, 6, 5, 2, 1, 4, 6, 2])
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
        let frameBytes = section.contents[20]
        // Nobody walks the frames of other machines yet.
        #expect((frameBytes == 0) == !triple.hasPrefix("x86_64"))
        #expect(
            Array(section.contents[8..<24])
                == [0, 0, 0, 0, UInt8(map.places.count), 0, 0, 0, 0, 0, 0, 0, frameBytes, 0, 0, 0])
        #expect(Array(section.contents[24...].prefix(map.places.count)) == map.places)
        #expect(object.symbols().contains { $0.name == IRFixture.textSymbol })
    }
}
