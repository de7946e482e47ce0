import LLVMBridge
import Testing

@Suite struct ModuleTests {
    @Test func invalidModuleIsAnError() throws {
        let fixture = try Fixture()
        let function = fixture.define("broken", [fixture.context.i32], fixture.context.i64)
        fixture.builder.ret(function.parameter(0))
        let error = #expect(throws: LLVMError.self) { try fixture.module.verify() }
        #expect(error?.kind == .verification)
        #expect(error?.message.contains("Function return type does not match operand type") == true)
        #expect(!function.isWellFormed)
    }

    @Test func blockWithoutTerminatorIsAnError() throws {
        let fixture = try Fixture()
        _ = fixture.define("open", [], fixture.context.void)
        #expect(throws: LLVMError.self) { try fixture.module.verify() }
    }

    @Test func textAndBitcodeAreRead() throws {
        let context = LLVMContext()
        let text = "define i32 @one() {\n  ret i32 1\n}\n"
        let module = try IRModule(parsing: MemoryBuffer(text), in: context)
        try module.verify()
        #expect(module.functions.map(\.name) == ["one"])
        let bitcode = module.bitcode()
        #expect(bitcode.starts(with: [0x42, 0x43, 0xc0, 0xde]))
        let again = try IRModule(parsing: MemoryBuffer(bitcode), in: context)
        #expect(again.namedFunction("one")?.isDeclaration == false)
        #expect(again.namedFunction("two") == nil)
    }

    @Test func malformedTextIsAnError() throws {
        let error = #expect(throws: LLVMError.self) {
            _ = try IRModule(parsing: MemoryBuffer("define i32 @f( {", name: "input.ll"), in: LLVMContext())
        }
        #expect(error?.kind == .parse)
        #expect(error?.message.contains("input.ll:1:17: error: expected type") == true)
    }

    @Test func globals() throws {
        let fixture = try Fixture()
        let (context, module) = (fixture.context, fixture.module)
        let data = module.addGlobal(
            "data", context.i32, initializer: context.constI32(5), linkage: .internal, isConstant: true)
        data.setAlignment(64)
        data.setSection(".rodata.wasm")
        data.setUnnamedAddress(.global)
        let local = module.addGlobal("local", context.i64, initializer: context.constI64(0))
        local.setThreadLocal(.localExec)
        local.setVisibility(.hidden)
        let shared = module.addGlobal("shared", context.i8, initializer: context.constI8(1), linkage: .linkOnceODR)
        shared.setComdat("shared")
        _ = module.addAlias("second", context.i32, data.value, linkage: .internal)
        module.addUsed([data.value])
        try module.verify()
        let text = module.print()
        for line in [
            "@data = internal unnamed_addr constant i32 5, section \".rodata.wasm\", align 64",
            "@local = hidden thread_local(localexec) global i64 0",
            "$shared = comdat any",
            "@shared = linkonce_odr global i8 1, comdat",
            "@second = internal alias i32, ptr @data",
            "@llvm.used = appending global [1 x ptr] [ptr @data], section \"llvm.metadata\"",
        ] { #expect(text.contains(line)) }
        #expect(module.globals.map(\.name) == ["data", "local", "shared", "llvm.used"])
        #expect(module.namedGlobal("data")?.initializer?.constantZExtValue == 5)
        #expect(try fixture.object().section(named: ".rodata.wasm")?.contents == [5, 0, 0, 0])
    }

    @Test func attributes() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let function = fixture.define("attributed", [context.ptr, context.i8], context.i8, linkage: .internal)
        function.addAttribute(context.attribute(.noUnwind))
        function.addAttribute(context.attribute("probe-stack", "inline-asm"))
        function.addAttribute(context.attribute(memory: .readOnly))
        function.addAttribute(context.attribute(.zeroExt), at: .returnValue)
        function.addAttribute(context.attribute(.align, 16), at: .parameter(0))
        function.addAttribute(context.attribute(.structReturn, type: context.i64), at: .parameter(0))
        function.addAttribute(context.attribute(.signExt), at: .parameter(1))
        function.setGC("shadow-stack")
        fixture.builder.ret(function.parameter(1))
        let text = fixture.module.print()
        #expect(
            text.contains("define internal zeroext i8 @attributed(ptr sret(i64) align 16 %0, i8 signext %1)"))
        #expect(text.contains("gc \"shadow-stack\""))
        #expect(text.contains("{ nounwind memory(read) \"probe-stack\"=\"inline-asm\" }"))
        #expect(function.hasAttribute(.noUnwind) && !function.hasAttribute(.noReturn))
        function.removeAttribute(.noUnwind)
        #expect(!function.hasAttribute(.noUnwind))
        #expect(AttributeKind(name: "no such attribute") == nil)
    }

    @Test(
        arguments: [
            (MemoryEffects.none, "memory(none)"), (MemoryEffects.readArguments, "memory(argmem: read)"),
            ([MemoryEffects.readInaccessible, .writeInaccessible], "memory(inaccessiblemem: readwrite)"),
        ] as [(MemoryEffects, String)])
    func memoryEffects(_ effects: MemoryEffects, _ printed: String) throws {
        let fixture = try Fixture()
        let function = fixture.module.addFunction(
            "f", fixture.context.functionType([fixture.context.ptr], returning: fixture.context.void))
        function.addAttribute(fixture.context.attribute(memory: effects))
        #expect(fixture.module.print().contains("{ \(printed) }"))
    }

    @Test func everyNamedAttributeKindIsKnown() {
        let kinds: [AttributeKind] = [
            .align, .cold, .memory, .minSize, .noAlias, .noImplicitFloat, .noInline, .noReturn, .noUnwind, .optSize,
            .signExt, .structReturn, .willReturn, .zeroExt,
        ]
        #expect(Set(kinds).count == kinds.count)
    }

    @Test func loopMetadataRefersToItself() throws {
        let fixture = try Fixture()
        let (context, builder) = (fixture.context, fixture.builder)
        let function = fixture.define("forever", [], context.void)
        let loop = function.appendBlock("loop.head")
        builder.br(loop)
        builder.positionAtEnd(loop)
        let disable = context.metadataNode([context.metadataString("llvm.loop.unroll.disable")])
        builder.br(loop).setMetadata(context.metadataKind("llvm.loop"), context.distinctMetadataNode([disable]))
        try fixture.module.verify()
        let text = fixture.module.print()
        #expect(text.contains("!0 = distinct !{!0, !1}") && text.contains("!1 = !{!\"llvm.loop.unroll.disable\"}"))
    }

    @Test func discardedNamesDoNotShow() throws {
        let fixture = try Fixture()
        fixture.context.discardsValueNames = true
        let function = fixture.define("f", [fixture.context.i32], fixture.context.i32)
        let sum = fixture.builder.add(function.parameter(0), function.parameter(0), name: "sum")
        #expect(sum.name == "" && function.name == "f")
    }
}
