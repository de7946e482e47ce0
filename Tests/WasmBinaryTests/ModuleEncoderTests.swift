import Diagnostics
import Testing
import WasmBinary
import WasmSpec

@Suite struct ModuleEncoderTests {
    /// What a module says, with bytes in the place of offsets.
    private func shape(of module: Module) -> [String] {
        func bytes(_ range: Range<Int>) -> String { "\(Array(module.source.bytes[range]))" }
        func bytes(_ expression: ConstantExpression) -> String { bytes(expression.body) }
        var lines = module.types.map { "type \($0)" }
        lines.append("groups \(module.recursiveGroups)")
        // Names by their bytes: equal strings may differ in them.
        lines += module.imports.map { "import \(Array($0.module.utf8)) \(Array($0.name.utf8)) \($0.description)" }
        lines += module.functions.map { "function \($0.type) \($0.locals) \(bytes($0.body))" }
        lines += module.tables.map { "table \($0.type) \($0.initializer.map(bytes) ?? "")" }
        lines += module.memories.map { "memory \($0.type) \($0.type.pageSizeLog2)" }
        lines += module.tags.map { "tag \($0.type)" }
        lines += module.globals.map { "global \($0.type) \(bytes($0.initializer))" }
        lines += module.exports.map { "export \(Array($0.name.utf8)) \($0.description)" }
        lines.append("start \(module.start.map { "\($0.function)" } ?? "")")
        for segment in module.elementSegments {
            let mode =
                switch segment.mode {
                case .active(let table, let offset): "active \(table) \(bytes(offset))"
                case .passive: "passive"
                case .declarative: "declarative"
                }
            let elements =
                switch segment.elements {
                case .functions(let indices): "\(indices)"
                case .expressions(let expressions): "\(expressions.map(bytes))"
                }
            lines.append("element \(segment.type) \(mode) \(elements)")
        }
        lines.append("data count \(module.dataCount.map(String.init) ?? "")")
        for segment in module.dataSegments {
            let mode =
                switch segment.mode {
                case .active(let memory, let offset): "active \(memory) \(bytes(offset))"
                case .passive: "passive"
                }
            lines.append("data \(mode) \(bytes(segment.contents))")
        }
        lines += module.customSections.map { "custom \($0.afterSection) \($0.name) \(bytes($0.contents))" }
        return lines
    }

    @Test func randomModulesSurvive() throws {
        for seed in 0..<500 as Range<UInt64> {
            var random = RandomModule(seed: seed)
            let bytes = random.bytes()
            let module = try decodeModule(bytes)
            let encoded = encodeModule(module)
            let again = try decodeModule(encoded)
            try #require(shape(of: again) == shape(of: module), "seed \(seed)")
            #expect(encodeModule(again) == encoded, "encoding is idempotent, seed \(seed)")
        }
    }

    /// What was written in the shortest way comes back as the same bytes.
    @Test func canonicalModuleIsUnchanged() throws {
        let bytes = Assembly.functions([0x41, 0x0B, 0x1A, 0x0B]) + Assembly.custom("name", [1, 2, 3])
        #expect(encodeModule(try decodeModule(bytes)) == bytes)
    }
}
