import Glibc
import Testing
import WasmScript

/// The specification's test suite on the interpreter, where it lies beside the project.
@Suite struct SpecificationTests {
    @Test(arguments: SpecificationScripts.paths) func scriptHolds(_ path: String) {
        let text = SpecificationScripts.contents(path)
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
        let found = (files(below: "core") + files(below: "wasm-tools/upstream-threads"))
            // A proposal that wasmc does not know.
            .filter { $0.hasSuffix(".wast") && !$0.contains("/custom-descriptors/") }
            .sorted()
        if found.isEmpty { print("no scripts of the specification at \(root): nothing to test") }
        return found
    }()

    static func contents(_ path: String) -> [UInt8] {
        guard let file = fopen("\(root)/\(path)", "rb") else { return [] }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { result += buffer[..<count] }
        return result
    }

    /// `../shared/spec`, relative to the package.
    private static let root = {
        // Tests/WasmScriptTests/SpecificationTests.swift, three levels below the package.
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(package)/../shared/spec"
    }()

    private static func files(below directory: String) -> [String] {
        guard let stream = opendir("\(root)/\(directory)") else { return [] }
        defer { closedir(stream) }
        var result: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let path = "\(directory)/\(name)"
            result += entry.pointee.d_type == UInt8(DT_DIR) ? files(below: path) : [path]
        }
        return result
    }
}
