import TestSupport
import Testing
import WasmScript

/// The specification's test suite on the interpreter, where it lies beside the project.
@Suite struct SpecificationTests {
    @Test(arguments: SpecificationScripts.paths) func scriptHolds(_ path: String) {
        let text = SharedFiles.contents(path)
        let summary = runScript(text, file: path, on: InterpreterScriptEngine())
        for failure in summary.failures {
            Issue.record("\(failure.file):\(failure.line):\(failure.column): \(failure.message)")
        }
        #expect(summary.skipped == 0)
        #expect(summary.passed > 0)
    }
}

/// Scripts below `spec/core`, and those of threads in `spec/wasm-tools`.
enum SpecificationScripts {
    static let paths: [String] = {
        let core = SharedFiles.paths(below: "spec/core", suffix: ".wast")
        let threads = SharedFiles.paths(below: "spec/wasm-tools/upstream-threads", suffix: ".wast")
        // A proposal that wasmc does not know.
        return (core + threads).filter { !$0.contains("/custom-descriptors/") }
    }()
}
