import LLVMBridge
import Testing

@Suite struct DebugInfoTests {
    @Test(arguments: [DIBuilder.DWARFVersion.v4, .v5])
    func locationsReachTheLineTable(_ version: DIBuilder.DWARFVersion) throws {
        let fixture = try Fixture()
        let function = makeFunction(fixture, version)
        try PassPipeline(.O1).run(on: fixture.module, fixture.machine)
        #expect(function.print.contains("!dbg"))
        let object = try fixture.object()
        let table = try LineTable(#require(object.section(named: ".debug_line")).contents)
        #expect(table.version == Int(version.rawValue))
        // The first row is the function's entry: its declaration. Nothing stands for the instruction in between.
        let expected = [(40, 0), (42, 7), (44, 3)].map { LineTable.Row(line: $0.0, column: $0.1) }
        #expect(Set(table.rows) == Set(expected))
    }

    @Test func onlyTheMarkedInstructionsHaveALocation() throws {
        let fixture = try Fixture()
        let lines = instructionLines(of: makeFunction(fixture, .v5))
        #expect(lines[0].contains("call void @sink") && lines[0].contains(", !dbg !"))
        #expect(lines[1].contains("store") && !lines[1].contains("!dbg"))
        #expect(lines[2].contains("ret") && lines[2].contains(", !dbg !"))
    }

    @Test func locationOfAnInlinedPartNamesItsFile() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let debug = DIBuilder(fixture.module)
        let file = debug.file("main.c", directory: "/source")
        debug.compileUnit(file, producer: "wasmc", isOptimized: false)
        let scope = debug.subprogram("f", linkageName: "f", file: file, line: 1, isOptimized: false)
        let header = debug.lexicalBlock(scope, file: debug.file("inline.h", directory: "/source"))
        let function = fixture.define("f", [context.i32], context.i32)
        function.setSubprogram(scope)
        let call = debug.location(line: 2, column: 1, scope: scope)
        let inlined = debug.subprogram("g", linkageName: "g", file: file, line: 9, isOptimized: false)
        fixture.builder.debugLocation = debug.location(line: 5, column: 2, scope: header)
        let product = fixture.builder.mul(function.parameter(0), function.parameter(0))
        fixture.builder.debugLocation = debug.location(line: 10, column: 3, scope: inlined, inlinedAt: call)
        let result = fixture.builder.add(product, function.parameter(0))
        fixture.builder.debugLocation = nil
        fixture.builder.ret(result).setDebugLocation(call)
        debug.finalize()
        try fixture.module.verify()
        let assembly = try fixture.machine.emit(fixture.module, .assembly).text
        let directives = [".file\t1 \"inline.h\"", ".loc\t1 5 2", ".loc\t0 10 3", ".loc\t0 2 1"]
        for directive in directives { #expect(assembly.contains(directive)) }
    }

    @Test func callWithoutLocationIsInvalid() throws {
        let fixture = try Fixture()
        let debug = DIBuilder(fixture.module)
        let file = debug.file("app.wat", directory: "/source")
        debug.compileUnit(file, producer: "wasmc", isOptimized: false)
        let functions = ["callee", "caller"].map { name in
            let function = fixture.define(name, [], fixture.context.void)
            function.setSubprogram(
                debug.subprogram(name, linkageName: name, file: file, line: 1, isOptimized: false))
            return function
        }
        let call = fixture.builder.call(functions[0])
        fixture.builder.retVoid()
        fixture.builder.positionAtEnd(try #require(functions[0].entryBlock))
        fixture.builder.retVoid()
        debug.finalize()
        let error = #expect(throws: LLVMError.self) { try fixture.module.verify() }
        #expect(error?.message.contains("must have a !dbg location") == true)
        call.setDebugLocation(
            debug.location(line: 2, column: 1, scope: try #require(functions[1].subprogram)))
        try fixture.module.verify()
    }

    /// A function with a location on its call and its `ret`, and none on the store between them.
    private func makeFunction(_ fixture: Fixture, _ version: DIBuilder.DWARFVersion) -> IRFunction {
        let (context, builder) = (fixture.context, fixture.builder)
        let sink = fixture.module.addFunction("sink", context.functionType([], returning: context.void))
        let debug = DIBuilder(fixture.module, dwarfVersion: version)
        let file = debug.file("app.wat", directory: "/source")
        debug.compileUnit(file, producer: "wasmc", isOptimized: true)
        let function = fixture.define("wasm.func.0", [context.ptr], context.void)
        let scope = debug.subprogram(
            "main", linkageName: "wasm.func.0", file: file, line: 40, isLocal: false, isOptimized: true)
        function.setSubprogram(scope)
        builder.debugLocation = debug.location(line: 42, column: 7, scope: scope)
        builder.call(sink)
        builder.debugLocation = nil
        builder.store(context.constI32(1), function.parameter(0))
        builder.retVoid().setDebugLocation(debug.location(line: 44, column: 3, scope: scope))
        debug.finalize()
        return function
    }
}
