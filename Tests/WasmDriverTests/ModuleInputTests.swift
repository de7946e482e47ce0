import Support
import Testing
import WasmValidation

@testable import WasmDriver
@testable import WasmLowering

@Suite struct ModuleInputTests {
    @Test func kindIsThatOfTheContents() {
        #expect(ContentKind(of: [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]) == .module)
        #expect(ContentKind(of: [0, 0x61, 0x73, 0x6D]) == .module)
        #expect(ContentKind(of: [0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0]) == .component)
        #expect(ContentKind(of: Array("(module)".utf8)) == .text)
        #expect(ContentKind(of: ELFFile.magic) == .elf)
        #expect(ContentKind(of: []) == .empty)
        #expect(ContentKind(of: Array("".utf8)) == .empty)
        #expect(ContentKind(of: Array(" ;; only a comment".utf8)) == .text)
        #expect(ContentKind(of: Array("(;;)(assert_invalid".utf8)) == .script)
        #expect(ContentKind(of: Array("( (; x (; ;) ;) component".utf8)) == .component)
        #expect(ContentKind(of: [1, 2, 0, 3]) == .unknown)
    }

    @Test func componentIsRefusedByName() throws {
        let error = try #require(throws: Diagnostic.self) { try ModuleInput([0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0]) }
        #expect(error.phase == .unsupported)
        #expect(error.message == "component")
    }

    @Test func otherFilesHaveNoMagic() throws {
        for bytes: [UInt8] in [[], [1, 2, 0, 3]] {
            let error = try #require(throws: Diagnostic.self) { try ModuleInput(bytes) }
            #expect(error.phase == .malformed)
        }
    }

    @Test func errorsOfTextHaveTextPositions() throws {
        let text = """
            (module
              (func (result i32)
                (i32.add (i32.const 1) (f32.const 2))))
            """
        let input = try ModuleInput(Array(text.utf8))
        let error = try #require(throws: Diagnostic.self) { try validate(input.module) }
        #expect(input.located(error).location == .text(line: 3, column: 6))
        #expect(input.located(Diagnostic(.internal, "x")).location == .none)
    }

    @Test func errorsOfBinariesKeepTheirOffsets() throws {
        let input = try ModuleInput([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0])
        #expect(input.located(Diagnostic(.invalid, "x", at: .offset(8))).location == .offset(8))
    }

    @Test func pathsOfArtifacts() throws {
        let paths = { (artifacts: [Artifact], name: String?, input: String) in
            try ArtifactPath.paths(for: artifacts, named: name, input: input).map(\.path)
        }
        #expect(try paths([.executable], nil, "/x/app.wasm") == ["app"])
        #expect(try paths([.executable, .object], nil, "app.wat") == ["app", "app.o"])
        #expect(try paths([.assembly], nil, "app.v1.wasm") == ["app.v1.s"])
        #expect(try paths([.assembly], "/o/x", "app.wasm") == ["/o/x"])
        #expect(try paths([.llvmIR, .llvmBitcode], "/o/x", "app.wasm") == ["/o/x.ll", "/o/x.bc"])
        #expect(throws: Diagnostic.self) { try paths([.executable], nil, "-") }
    }

    @Test func inputIsNotOverwritten() throws {
        let directory = try TemporaryDirectory()
        let input = try directory.write([], name: "app")
        #expect(throws: Diagnostic.self) {
            try ArtifactPath.paths(for: [.executable], named: input, input: "\(Paths.directory(input))/./app")
        }
    }

    @Test func filesForObjects() {
        let object = { (name: String) in CompiledObject(name: name, bytes: []) }
        let path = ArtifactPath(.llvmIR, path: "o.d/app.ll")
        #expect(path.files(for: [object("program")]).map(\.path) == ["o.d/app.ll"])
        #expect(
            path.files(for: [object("partition-0"), object("program")]).map(\.path)
                == ["o.d/app.partition-0.ll", "o.d/app.program.ll"])
        let unnamed = ArtifactPath(.assembly, path: "o.d/app")
        #expect(unnamed.files(for: [object("a"), object("b")]).map(\.path) == ["o.d/app.a", "o.d/app.b"])
    }

    @Test func processorsAndFeaturesAreChecked() throws {
        var plan = BuildPlan(input: "")
        try plan.check()
        plan.processorFeatures = "+avx2,-bmi"
        try plan.check()
        for words in ["avx2", "+", "+avx,", ",", "+bogus"] {
            plan.processorFeatures = words
            #expect(throws: Diagnostic.self) { try plan.check() }
        }
        plan.processorFeatures = ""
        plan.processor = "native"
        try plan.check()
        #expect(plan.machine.processor != "native")
        #expect(plan.machine.features.contains("+sse4.2"))
        plan.processor = "i486"
        #expect(throws: Diagnostic.self) { try plan.check() }
    }
}
