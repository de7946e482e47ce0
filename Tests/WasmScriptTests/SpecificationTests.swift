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
        return (core + threads).filter { path in !leftOut.contains { path.contains($0.part) } }
    }()

    /// Parts of paths, with the reason.
    private static let leftOut: [(part: String, reason: String)] = [
        ("/custom-descriptors/", "a proposal that wasmc does not know"),
        ("/upstream-threads/LB.wast", "compares one local twice, and so forbids an order that is allowed"),
        ("/upstream-threads/SB.wast", "likewise"),
    ]
}
