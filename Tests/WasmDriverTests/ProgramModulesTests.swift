import Diagnostics
import Testing

@testable import WasmDriver

@Suite final class ProgramModulesTests {
    private let directory: TemporaryDirectory
    private var files = 0

    init() throws { directory = try TemporaryDirectory() }

    /// A program whose linked modules are given as name and text.
    private func program(_ main: String, _ linked: [(name: String, text: String)]) throws -> ProgramModules {
        var modules: [LinkedModule] = []
        for (index, module) in linked.enumerated() {
            let path = try directory.write(Array(module.text.utf8), name: "\(files).wat")
            files += 1
            modules.append(LinkedModule(name: module.name, input: path, grants: [try Grant(.maxFiles, "\(index + 1)")]))
        }
        return try ProgramModules(
            main: try ModuleInput(Array(main.utf8)), named: "app", grants: [try #require(Grant(word: "--trace-wasi"))],
            linked: modules)
    }

    private func importing(_ names: String...) -> String { importing(names) }

    private func importing(_ names: [String]) -> String {
        "(module " + names.map { "(import \"\($0)\" \"f\" (func))" }.joined() + "(func (export \"f\")))"
    }

    @Test func whoIsImportedFromComesFirst() throws {
        let program = try program(
            importing("a"), [("a", importing("b", "c")), ("b", importing("c")), ("c", importing()), ("d", importing())])
        #expect(program.members.map(\.name) == ["c", "b", "a", "d", "app"])
        #expect(program.main.program.bindings == [.export("f", of: 2)])
        #expect(program.members[2].program.bindings == [.export("f", of: 1), .export("f", of: 0)])
        #expect(
            program.grantWords == [
                "--trace-wasi", "--module=c", "--max-files=3", "--module=b", "--max-files=2", "--module=a",
                "--max-files=1", "--module=d", "--max-files=4",
            ])
    }

    /// Each is as early as it can be without overtaking one that could be there as well.
    @Test func theOrderGivenStaysWherePossible() throws {
        let numbers = Array(0..<60)
        let modules = numbers.map { number in
            (name: "m\(number)", text: importing(number % 7 == 3 && number < 50 ? ["m\(number + 10)"] : []))
        }
        var expected: [Int] = []
        var rest = numbers
        while !rest.isEmpty {
            let next = try #require(
                rest.first { $0 % 7 != 3 || $0 >= 50 || expected.contains($0 + 10) })
            expected.append(next)
            rest.removeAll { $0 == next }
        }
        let program = try program(importing([]), modules)
        #expect(program.members.map(\.name) == expected.map { "m\($0)" } + ["app"])
    }

    @Test func modulesThatImportFromEachOtherAreRefused() throws {
        let error = try #require(throws: Diagnostic.self) {
            try program(importing("a"), [("a", importing("b")), ("b", importing("a")), ("c", importing())])
        }
        #expect(error.phase == .unlinkable)
        #expect(error.detail.contains("`a`, `b`"))
    }

    /// What stands between the others and the host takes the host's name and imports from the host itself.
    @Test func ownNameIsTheHosts() throws {
        let text = """
            (module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
              (func (export "sched_yield") (result i32) (i32.const 7)))
            """
        let program = try program(
            "(module (import \"wasi_snapshot_preview1\" \"sched_yield\" (func (result i32))))",
            [("wasi_snapshot_preview1", text)])
        #expect(program.members[0].program.hostImports.count == 1)
        #expect(program.main.program.hostImports.isEmpty)
    }

    @Test func errorsNameTheFile() throws {
        var error = try #require(throws: Diagnostic.self) {
            try program(importing(), [("a", "(module (import \"env\" \"system\" (func)))")])
        }
        #expect(error.phase == .unlinkable)
        #expect(error.file == directory.path + "/0.wat")
        #expect(error.location == .text(line: 1, column: 9))
        error = try #require(throws: Diagnostic.self) { try program(importing("a"), [("a", "(module)")]) }
        #expect(error.file == nil)
        #expect(error.location == .text(line: 1, column: 9))
        error = try #require(throws: Diagnostic.self) {
            try program(importing(), [("a", "(module (func (result i32)))")])
        }
        #expect(error.phase == .invalid)
        #expect(error.file == directory.path + "/2.wat")
    }

    @Test func namesAndCommandsThatAreRefused() throws {
        for name in ["", "main", "a\0b"] {
            #expect(throws: Diagnostic.self) { try program(importing(), [(name, importing())]) }
        }
        #expect(throws: Diagnostic.self) { try program(importing(), [("a", importing()), ("a", importing())]) }
        #expect(throws: Diagnostic.self) { try program(importing(), [("a", "(module (func (export \"_start\")))")]) }
    }

    @Test func sameNameAsTheMainModulesFile() throws {
        let program = try program(importing("app"), [("app", importing())])
        #expect(program.main.program.hostImports.isEmpty)
    }
}
