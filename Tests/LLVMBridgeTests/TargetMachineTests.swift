import LLVMBridge
import Testing

@Suite struct TargetMachineTests {
    @Test(arguments: [
        ("x86_64-unknown-linux-musl", 62), ("aarch64-unknown-linux-musl", 183), ("riscv64-unknown-linux-musl", 243),
    ])
    func objectIsAnELFFileForItsMachine(_ triple: String, _ elfMachine: UInt8) throws {
        let fixture = try Fixture(triple: triple)
        let function = fixture.define("wasm.func.0", [fixture.context.i32], fixture.context.i32)
        fixture.builder.ret(fixture.builder.mul(function.parameter(0), function.parameter(0)))
        try fixture.module.verify()
        let buffer = try fixture.machine.emit(fixture.module, .object)
        #expect(buffer.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]))
        #expect(buffer.bytes[18] == elfMachine && buffer.bytes[16] == 1)
        let object = try ObjectFile(buffer, in: fixture.context)
        #expect(object.symbols().contains { $0.name == "wasm.func.0" && $0.size > 0 })
        #expect(try #require(object.section(named: ".text")).contents.isEmpty == false)
        #expect(fixture.machine.targetData.pointerSize == 8)
        #expect(fixture.module.dataLayout == fixture.machine.dataLayout && fixture.module.triple == triple)
    }

    @Test func layoutOfTypes() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let data = fixture.machine.targetData
        let entry = context.structure([context.i8, context.i64, context.i32])
        #expect(data.abiSize(of: entry) == 24 && data.offset(ofElement: 2, in: entry) == 16)
        #expect(data.abiAlignment(of: entry) == 8 && data.storeSize(of: context.i1) == 1)
    }

    @Test func unknownTripleIsAnError() {
        let error = #expect(throws: LLVMError.self) {
            _ = try TargetMachine(TargetMachineOptions(triple: "pdp11-dec-unix"))
        }
        #expect(error?.kind == .target)
    }

    @Test func codeModelAndCPUReachTheCode() throws {
        let options = TargetMachineOptions(
            triple: "x86_64-unknown-linux-musl", cpu: "x86-64-v3", features: "-bmi2", optLevel: .aggressive,
            relocationModel: .static, codeModel: .large)
        let machine = try TargetMachine(options)
        #expect(machine.cpu == "x86-64-v3" && machine.features == "-bmi2")
        let context = LLVMContext()
        let module = IRModule("large", in: context)
        module.setTarget(machine)
        let builder = IRBuilder(module)
        let elsewhere = module.addGlobal("elsewhere", context.i32)
        let function = module.addFunction("f", context.functionType([], returning: context.i32))
        builder.positionAtEnd(function.appendBlock())
        builder.ret(builder.load(context.i32, elsewhere.value))
        #expect(try machine.emit(module, .assembly).text.contains("movabs"))
    }

    /// LLVM's own handler would print the message and end the process.
    @Test func errorOfTheBackEndIsThrown() throws {
        let fixture = try Fixture()
        let context = fixture.context
        _ = fixture.define("assembler", [], context.void)
        let type = context.functionType([], returning: context.void)
        fixture.builder.call(type, context.inlineAsm(type, "frobnicate %eax", constraints: "", hasSideEffects: true))
        fixture.builder.retVoid()
        try fixture.module.verify()
        let error = #expect(throws: LLVMError.self) { try fixture.machine.emit(fixture.module, .object) }
        #expect(error?.kind == .emission)
        #expect(error?.message.contains("invalid instruction mnemonic 'frobnicate'") == true)
        // The error is reported once: the context is usable for another module.
        let next = IRModule("next", in: context)
        next.setTarget(fixture.machine)
        #expect(try fixture.machine.emit(next, .object).count > 0)
    }

    @Test func bssSectionHasNoContents() throws {
        let fixture = try Fixture()
        let context = fixture.context
        let zeros = context.array(of: context.i8, count: 4096)
        _ = fixture.module.addGlobal("zeros", zeros, initializer: zeros.constNull(), linkage: .external)
        #expect(try fixture.object().section(named: ".bss")?.contents == [])
    }

    @Test func noObjectFileIsAnError() {
        let error = #expect(throws: LLVMError.self) {
            _ = try ObjectFile(MemoryBuffer("this is no object file"), in: LLVMContext())
        }
        #expect(error?.kind == .object)
    }

    @Test func hostIsDescribed() {
        #expect(!Host.cpuName.isEmpty && Host.cpuFeatures.contains(","))
        #expect(normalizedTriple("x86_64-linux-musl") == "x86_64-unknown-linux-musl")
        #expect(normalizedTriple(Host.triple) == Host.triple)
    }

    /// Each thread has a context and a machine of its own; what they make does not depend on the others.
    @Test func threadsCompileIndependently() async throws {
        let objects = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let fixture = try Fixture()
                    let function = fixture.define("f", [fixture.context.i32], fixture.context.i32)
                    fixture.builder.ret(fixture.builder.add(function.parameter(0), function.parameter(0)))
                    try PassPipeline(.O2).run(on: fixture.module, fixture.machine)
                    return try fixture.machine.emit(fixture.module, .object).bytes
                }
            }
            return try await group.reduce(into: [[UInt8]]()) { $0.append($1) }
        }
        #expect(objects.count == 4 && Set(objects).count == 1)
    }
}
