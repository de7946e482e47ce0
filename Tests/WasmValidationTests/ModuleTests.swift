import Diagnostics
import Testing
import WasmBinary
import WasmInstructionTable
import WasmSpec
import WasmValidation

@Suite struct ModuleTests {
    @Test func indexSpacesHaveImportsFirst() throws {
        var module = ModuleText(types: [[[0x60, 0, 0]], [[0x60, 1, 0x7F, 1, 0x7F]]])
        module.imports = [
            name("m") + name("f") + [0, 1], name("m") + name("t") + [1, 0x70, 0, 1], name("m") + name("m") + [2, 0, 1],
            name("m") + name("g") + [3, 0x7E, 1], name("m") + name("e") + [4, 0, 0],
        ]
        module.functions = [(0, [], [])]
        module.tables = [["externref", 0, 2]]
        module.memories = [[4, 2]]
        module.globals = [["i32", 0, "i32.const", 7, "end"]]
        module.elements = [[3, 0, 1, 1]]
        let valid = try module.check().get()
        #expect(valid.functionTypes == [1, 0] && valid.importedFunctionCount == 1)
        #expect(valid.tables.map(\.element) == [.funcref, .externref] && valid.importedTableCount == 1)
        #expect(valid.memories.map(\.addressType) == [.i32, .i64] && valid.importedMemoryCount == 1)
        #expect(valid.globals.map(\.value) == [.i64, .i32] && valid.importedGlobalCount == 1)
        #expect(valid.tags == [0] && valid.importedTagCount == 1)
        #expect(valid.signature(of: 0) == FunctionType(parameters: [.i32], results: [.i32]))
        #expect(valid.referencedFunctions == [1])
        #expect(
            valid.features.features == [
                .mvp, .mutableGlobals, .referenceTypes, .multiTable, .exceptions, .multiMemory, .memory64,
            ])
    }

    /// Names are equal when their bytes are: composed and decomposed letters make different names.
    @Test func exportNames() {
        var module = ModuleText.function()
        module.exports = [("\u{E9}", 0, 0), ("e\u{301}", 0, 0)]
        #expect(module.error() == nil)
        module.exports.append(("\u{E9}", 0, 0))
        #expect(module.error() == "duplicate export name: \"\u{E9}\"")
    }

    @Test(
        arguments: [
            (ModuleText(exports: [("f", 0, 7)]), "unknown function 7"),
            (ModuleText(exports: [("f", 1, 0)]), "unknown table 0"),
            (ModuleText(exports: [("f", 2, 0)]), "unknown memory 0"),
            (ModuleText(exports: [("f", 3, 0)]), "unknown global 0"),
            (ModuleText(exports: [("f", 4, 0)]), "unknown tag 0"), (ModuleText(start: 0), "unknown function 0"),
            (ModuleText(functions: [(9, [], [])]), "unknown type 9"),
            (ModuleText(types: [[[0x5F, 0]]], functions: [(0, [], [])]), "non-function type 0"),
            (ModuleText(types: [[[0x60, 1, 0x7F, 0]]], functions: [(0, [], [])], start: 0), "start function"),
            (ModuleText(types: [[[0x60, 0, 1, 0x7F]]], tags: [[0, 0]]), "non-empty tag result type"),
            (ModuleText(memories: [[1, 2, 1]]), "size minimum must not be greater than maximum"),
            (ModuleText(memories: [[0, [0x81, 0x80, 0x04]]]), "memory size must be at most 65536 pages (4GiB)"),
            (ModuleText(memories: [[2, 1]]), "shared memory must have maximum"),
            (ModuleText(memories: [[8, 1, 3]]), "invalid custom page size"),
            (ModuleText(tables: [["ref", "funcref", 0, 1]]), "type mismatch"),
            (ModuleText(tables: [["funcref", 0, [0x80, 0x80, 0x80, 0x80, 0x10]]]), "table size"),
            (ModuleText(elements: [[0, "i32.const", 0, "end", 0]]), "unknown table 0"),
            (ModuleText(tables: [["externref", 0, 1]], elements: [[0, "i32.const", 0, "end", 0]]), "type mismatch"),
            (ModuleText(elements: [[3, 0, 1, 4]]), "unknown function 4"),
            (ModuleText(data: [[0, "i32.const", 0, "end", 0]]), "unknown memory 0"),
            (ModuleText(memories: [[4, 1]], data: [[0, "i32.const", 0, "end", 0]]), "type mismatch"),
        ] as [(ModuleText, String)])
    func rules(_ module: ModuleText, _ message: String) {
        let error = module.error()
        #expect(error?.hasPrefix(message) == true, "\(error ?? "valid")")
    }

    @Test func constantExpressions() {
        func error(_ type: Code, _ initializer: Code...) -> String? {
            ModuleText(
                types: [[[0x60, 0, 0]], [[0x5F, 1, 0x7F, 0]]],
                globals: [
                    ["i32", 1, "i32.const", 0, "end"], ["i32", 0, "i32.const", 1, "end"], [type, 0] + initializer,
                ]
            )
            .error()
        }
        #expect(error("i32", "i32.const", 1, "i32.const", 2, "i32.add", "end") == nil)
        #expect(error("i32", "global.get", 1, "end") == nil)
        #expect(error("i32", "global.get", 0, "end")?.hasPrefix("constant expression required") == true)
        #expect(error("i32", "global.get", 2, "end")?.hasPrefix("unknown global 2") == true)
        #expect(error("i32", "i32.const", 1, "i32.eqz", "end")?.hasPrefix("constant expression required") == true)
        #expect(error("i32", "i64.const", 1, "end")?.hasPrefix("type mismatch") == true)
        #expect(error("i32", "end")?.hasPrefix("type mismatch") == true)
        #expect(error("structref", "i32.const", 1, "struct.new", 1, "end") == nil)
        #expect(error("i32", "block", "empty", "end", "i32.const", 1, "end")?.hasPrefix("constant") == true)
    }

    /// A feature that is not allowed is refused by name, or by the phrase that the specification had for it.
    @Test(
        arguments: [
            (.multiValue, ModuleText(types: [[[0x60, 0, 2, 0x7F, 0x7F]]]), "multivalue is not enabled"),
            (.simd, ModuleText(types: [[[0x60, 1, 0x7B, 0]]]), "simd128 is not enabled"),
            (.referenceTypes, ModuleText(types: [[[0x60, 1, 0x6F, 0]]]), "reference-types is not enabled"),
            (
                .functionReferences, ModuleText(types: [[[0x60, 1, 0x64, 0x70, 0]]]),
                "function-references is not enabled"
            ),
            (.gc, ModuleText(types: [[[0x5F, 0]]]), "gc is not enabled"),
            (.gc, ModuleText(types: [[[0x50, 0, 0x60, 0, 0]]]), "gc is not enabled"),
            (.gc, ModuleText(types: [[[0x60, 1, 0x63, 0, 0]]]), "gc is not enabled"),
            (.exceptions, ModuleText(tags: [[0, 0]]), "exception-handling is not enabled"),
            (.multiMemory, ModuleText(memories: [[0, 1], [0, 1]]), "multiple memories: multimemory is not enabled"),
            (
                .multiTable, ModuleText(tables: [["funcref", 0, 1], ["funcref", 0, 1]]),
                "multiple tables: multi-table is not enabled"
            ),
            (.memory64, ModuleText(memories: [[4, 1]]), "memory64 is not enabled"),
            (.threads, ModuleText(memories: [[3, 1, 1]]), "threads is not enabled"),
            (.bulkMemory, ModuleText(data: [[1, 0]]), "bulk-memory is not enabled"),
            (
                .mutableGlobals,
                ModuleText(globals: [["i32", 1, "i32.const", 0, "end"]], exports: [("g", 3, 0)]),
                "mutable-globals is not enabled"
            ),
            (
                .extendedConst,
                ModuleText(globals: [["i32", 0, "i32.const", 0, "i32.const", 0, "i32.add", "end"]]),
                "extended-const is not enabled: in `i32.add`"
            ),
        ] as [(Feature, ModuleText, String)])
    func features(_ feature: Feature, _ module: ModuleText, _ message: String) throws {
        let others = FeatureSet(Feature.allCases.filter { $0 != feature })
        #expect(module.error(features: others) == message)
        #expect(try module.check().get().features.contains(feature))
    }

    @Test func plainModuleUsesNothingNew() throws {
        #expect(try ModuleText.function("i32.const", 1, "drop").check().get().features == FeatureSet([.mvp]))
    }
}
