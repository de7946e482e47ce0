import Testing
@testable import WasmBinary
import WasmSpec

@Suite struct CustomSectionTests {
    private func names(_ contents: [UInt8]) throws -> NameSection {
        NameSection(try decodeModule(Assembly.module(Assembly.custom("name", contents))))
    }

    private func subsection(_ id: UInt8, _ contents: [UInt8]) -> [UInt8] { [id] + Assembly.sized(contents) }

    @Test func allNames() throws {
        let map = Assembly.vector([[0] + Assembly.name("zero"), [7] + Assembly.name("seven")])
        let indirect = Assembly.vector([[3] + map])
        var contents = subsection(0, Assembly.name("module"))
        for id in 1...11 as ClosedRange<UInt8> {
            contents += subsection(id, [2, 3, 10].contains(id) ? indirect : map)
        }
        let names = try names(contents)
        #expect(names.module == "module")
        #expect(names.functions == [0: "zero", 7: "seven"])
        #expect(names.locals == [3: [0: "zero", 7: "seven"]])
        #expect(names.labels == [3: [0: "zero", 7: "seven"]])
        #expect(names.types[7] == "seven" && names.tables[7] == "seven" && names.memories[7] == "seven")
        #expect(names.globals[7] == "seven" && names.elements[7] == "seven" && names.data[7] == "seven")
        #expect(names.fields == [3: [0: "zero", 7: "seven"]])
        #expect(names.tags[7] == "seven")
    }

    /// Whatever is wrong, the rest stays and nothing is thrown.
    @Test func malformedNamesAreLeftOut() throws {
        let invalid: [UInt8] = [1, 0xFF]
        let names = try names(
            subsection(1, Assembly.vector([[0] + invalid, [1] + Assembly.name("one"), [1] + Assembly.name("again")]))
                + subsection(99, [1, 2, 3])
                + subsection(7, [9, 0] + Assembly.name("first"))
                + subsection(0, Assembly.name("late"))
                + [4, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
        #expect(names.functions == [1: "one"])
        #expect(names.globals == [0: "first"])
        #expect(names.module == "late")
    }

    @Test func functionsAreDescribed() throws {
        let module = try decodeModule(
            Assembly.module(
                Assembly.section(.import, entries: [Assembly.name("env") + Assembly.name("put") + [0, 0]]),
                Assembly.section(.export, entries: [Assembly.name("run") + [0, 4]]),
                Assembly.custom("name", subsection(1, Assembly.vector([[2] + Assembly.name("main")])))))
        #expect(module.describe(0) == "func[0] <env.put>")
        #expect(module.describe(2) == "func[2] <main>")
        #expect(module.describe(4) == "func[4] <run>")
        #expect(module.describe(5) == "func[5]")
    }

    @Test func producers() throws {
        let contents = Assembly.vector([
            Assembly.name("language") + Assembly.vector([Assembly.name("C11") + Assembly.name("")]),
            Assembly.name("processed-by") + Assembly.vector([Assembly.name("clang") + Assembly.name("22.0")]),
        ])
        let section = ProducersSection(try decodeModule(Assembly.module(Assembly.custom("producers", contents))))
        #expect(section.fields.map(\.name) == ["language", "processed-by"])
        #expect(section.fields[1].values == [.init(name: "clang", version: "22.0")])
        let truncated = Assembly.module(Assembly.custom("producers", Array(contents.dropLast(3))))
        #expect(ProducersSection(try decodeModule(truncated)).fields.map(\.name) == ["language", "processed-by"])
    }

    @Test func targetFeatures() throws {
        let contents = Assembly.vector([
            [0x2B] + Assembly.name("simd128"), [0x21] + Assembly.name("odd"), [0x2D] + Assembly.name("atomics"),
        ])
        let module = try decodeModule(Assembly.module(Assembly.custom("target_features", contents)))
        #expect(
            TargetFeaturesSection(module).entries == [
                .init(prefix: .used, name: "simd128"), .init(prefix: .disallowed, name: "atomics"),
            ])
    }

    @Test func branchHints() throws {
        let contents = Assembly.vector([[5, 3, 9, 1, 1, 4, 1, 0, 6, 1, 2], [6, 2, 1, 1, 1]])
        let module = try decodeModule(Assembly.module(Assembly.custom(BranchHintSection.name, contents)))
        #expect(
            BranchHintSection(module).hints == [
                5: [.init(offset: 4, isLikely: false), .init(offset: 9, isLikely: true)],
                6: [.init(offset: 1, isLikely: true)],
            ])
    }
}
