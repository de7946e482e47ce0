import Diagnostics
import Testing
import WasmBinary
import WasmSpec
import WasmValidation

@Suite struct FunctionTests {
    @Test func operandsHaveTheirTypes() {
        #expect(ModuleText.function("i32.const", 1, "drop").error() == nil)
        #expect(
            ModuleText.function("i32.const", 1).error()
                == "type mismatch: block requires [] but stack has [i32] in `end`")
        #expect(
            ModuleText.function("i32.const", 1, "i64.const", 2, "i32.add", "drop").error()
                == "type mismatch: instruction requires [i32] but stack has [i64] in `i32.add`")
        #expect(
            ModuleText.function("drop").error()
                == "type mismatch: instruction requires a value but stack has [] in `drop`")
    }

    /// An error says where it is: offset in the module, function with its name.
    @Test func errorsAreLocated() throws {
        var module = ModuleText.function("nop", "i32.const", 1, "i64.eqz", "drop")
        module.exports = [("main", 0, 0)]
        guard case .failure(let error) = module.check() else {
            Issue.record("valid")
            return
        }
        let eqz = try #require(module.bytes.lastIndex(of: 0x50))
        #expect(error.location == .offset(eqz))
        #expect(error.function == "func[0] <main>")
        #expect(error.phase == .invalid)
    }

    /// The first error in the order of the file counts.
    @Test func firstErrorWins() {
        let module = ModuleText(functions: [(0, [], ["nop"]), (0, [], ["drop"]), (0, [], ["i32.add"])])
        guard case .failure(let error) = module.check() else {
            Issue.record("valid")
            return
        }
        #expect(error.function == "func[1]")
    }

    @Test func blocks() {
        #expect(ModuleText.function("block", "i32", "i32.const", 1, "end", "drop").error() == nil)
        #expect(
            ModuleText.function("block", "i32", "end", "drop").error()
                == "type mismatch: instruction requires [i32] but stack has [] in `end`")
        #expect(ModuleText.function("i32.const", 0, "if", "i32", "i32.const", 1, "end").error() != nil, "no else")
        #expect(ModuleText.function("block", 9, "end").error() == "unknown type 9: in `block`")
        #expect(ModuleText.function("else").error() == "END opcode expected: `else` outside of `if`")
        #expect(ModuleText.function("br", 1).error() == "unknown label 1: in `br`")
    }

    /// A block with parameters takes them from below and gives them back to itself on a branch.
    @Test func loopParameters() {
        let types: [[Code]] = [[[0x60, 0, 0]], [[0x60, 1, 0x7F, 1, 0x7E]]]
        let body: [Code] = ["i32.const", 1, "loop", 1, "br", 0, "end", "drop"]
        #expect(ModuleText(types: types, functions: [(0, [], body)]).error() == nil)
        let wrong: [Code] = ["i64.const", 1, "loop", 1, "br", 0, "end", "drop"]
        #expect(
            ModuleText(types: types, functions: [(0, [], wrong)]).error()
                == "type mismatch: instruction requires [i32] but stack has [i64] in `loop`")
    }

    @Test func unreachableCodeHasAnyType() {
        #expect(ModuleText.function("unreachable", "i32.add", "i64.extend_i32_s", "drop").error() == nil)
        #expect(ModuleText.function("unreachable", "select", "drop").error() == nil)
        #expect(ModuleText.function("unreachable", "ref.as_non_null", "any.convert_extern", "drop").error() == nil)
        #expect(ModuleText.function("unreachable", "any.convert_extern", "any.convert_extern").error() != nil)
        #expect(ModuleText.function("unreachable", "ref.as_non_null", "call_ref", 0).error() == nil)
        #expect(ModuleText.function("unreachable", "i64.const", 0, "i32.add", "drop").error() != nil)
    }

    @Test func branchTable() {
        let mixed: [Code] = [
            "block", "i32", "block", "empty", "i32.const", 0, "i32.const", 0, "br_table", [1, 0], 1, "end",
            "i32.const", 0, "end", "drop",
        ]
        #expect(
            ModuleText(functions: [(0, [], mixed)]).error()
                == "type mismatch: labels of one br_table take [i32] and [] in `br_table`")
    }

    /// Without a default a local is set before it is read; what a block sets is forgotten behind it.
    @Test func uninitializedLocals() {
        let locals: [Code] = [1, 1, "ref", 0]
        func error(_ body: Code...) -> String? {
            ModuleText(functions: [(0, locals, body)], elements: [[3, 0, 1, 0]]).error()
        }
        #expect(error("local.get", 0, "drop") == "uninitialized local 0: in `local.get`")
        #expect(error("ref.func", 0, "local.set", 0, "local.get", 0, "drop") == nil)
        #expect(error("ref.func", 0, "local.set", 0, "block", "empty", "local.get", 0, "drop", "end") == nil)
        #expect(
            error("block", "empty", "ref.func", 0, "local.set", 0, "end", "local.get", 0, "drop")
                == "uninitialized local 0: in `local.get`")
        #expect(
            error(
                "i32.const", 0, "if", "empty", "ref.func", 0, "local.tee", 0, "drop", "else", "local.get", 0, "drop",
                "end") == "uninitialized local 0: in `local.get`")
    }

    /// More locals than are spelled out, in runs of several types.
    @Test func manyLocals() {
        let types: [[Code]] = [[[0x60, 2, 0x7D, 0x7C, 0]]]
        let locals: [Code] = [4, 60, "i32", 0, "f32", 100, "i64", 1, "f64"]
        func error(_ local: Int64, _ type: Code) -> String? {
            let body: [Code] = ["block", type, "local.get", Code(integerLiteral: local), "end", "drop"]
            return ModuleText(types: types, functions: [(0, locals, body)]).error()
        }
        for (local, type) in [
            (0, "f32"), (1, "f64"), (2, "i32"), (61, "i32"), (62, "i64"), (63, "i64"), (64, "i64"), (161, "i64"),
            (162, "f64"),
        ] as [(Int64, Code)] {
            #expect(error(local, type) == nil, "local \(local)")
        }
        #expect(error(163, "f64") == "unknown local 163: in `local.get`")
        #expect(error(62, "i32") != nil && error(161, "f64") != nil && error(162, "i64") != nil)
    }

    @Test func functionReferencesMustBeDeclared() {
        #expect(
            ModuleText.function("ref.func", 0, "drop").error()
                == "undeclared function reference: function 0 in `ref.func`")
        var exported = ModuleText.function("ref.func", 0, "drop")
        exported.exports = [("f", 0, 0)]
        #expect(exported.error() == nil)
    }

    @Test func legacyExceptions() {
        func error(_ body: Code...) -> String? {
            ModuleText(functions: [(0, [], body)], tags: [[0, 0]]).error()
        }
        #expect(error("try", "empty", "throw", 0, "catch", 0, "rethrow", 0, "catch_all", "end") == nil)
        #expect(error("try", "empty", "delegate", 0) == nil)
        #expect(error("try", "empty", "delegate", 1) == "unknown label 1: in `delegate`")
        #expect(
            error("try", "empty", "catch_all", "catch", 0, "end") == "END opcode expected: `catch` outside of `try`")
        #expect(
            error("try", "empty", "rethrow", 0, "end")
                == "invalid rethrow label: label 0 is no catch clause in `rethrow`")
    }

    @Test func dataCountIsRequired() {
        let module = ModuleText(functions: [(0, [], ["data.drop", 0])], data: [[1, 0]])
        guard case .failure(let error) = module.check() else {
            Issue.record("valid")
            return
        }
        #expect(error.phase == .malformed)
        #expect(error.message == "data count section required")
        var counted = module
        counted.dataCount = 1
        #expect(counted.error() == nil)
    }

    @Test func operatorsBehindTheEnd() {
        let error = ModuleText.function("end", "nop").error()
        #expect(error == "section size mismatch: operators remaining after end of function")
    }
}
