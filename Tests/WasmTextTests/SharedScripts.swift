import Glibc
import WasmText

/// The test scripts that lie beside the project. Without them the tests that need them do nothing but say so.
enum SharedScripts {
    /// Scripts below `spec/core` and `spec/wasm-tools`, relative to `spec`, sorted; empty when absent.
    static let paths: [String] = {
        let found = (files(below: "core") + files(below: "wasm-tools")).filter { $0.hasSuffix(".wast") }.sorted()
        if found.isEmpty { print("no test scripts at \(root): tests of whole scripts are skipped") }
        return found
    }()

    /// Parts of paths whose scripts use something that wasmc does not know, with the reason.
    static let foreign: [(part: String, reason: String)] = [
        ("component-model/", "components, not core modules"),
        ("custom-descriptors", "the custom descriptors proposal"),
        ("stack-switching", "the stack switching proposal"),
        ("shared-everything-threads", "the shared-everything-threads proposal"),
        ("missing-features/gc/shared-any", "the shared-everything-threads proposal"),
        ("memory-discard", "the memory control proposal"),
        ("compact-imports", "the compact import section proposal"),
    ]

    /// All scripts but those of foreign features.
    static let known = paths.filter { path in !foreign.contains { path.contains($0.part) } }

    static func text(_ path: String) -> [UInt8] { contents("\(root)/\(path)") }

    private static let root: String = {
        // Tests/WasmTextTests/SharedScripts.swift, three levels below the package.
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

    private static func contents(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { result += buffer[..<count] }
        return result
    }
}

extension Script {
    /// The commands, those of threads included.
    var allCommands: [ScriptCommand] {
        commands.flatMap { command in
            if case .thread(_, _, let inner) = command.kind { [command] + inner } else { [command] }
        }
    }
}

extension ScriptCommand {
    /// The module that the command is about and that must assemble.
    var wellFormedModule: ScriptModule? {
        switch kind {
        case .module(let module), .moduleDefinition(let module), .assertModuleTrap(let module, _),
            .assertInvalid(let module, _), .assertUnlinkable(let module, _):
            module
        default: nil
        }
    }

    /// The module that the command says is malformed, and why.
    var malformedModule: (module: ScriptModule, message: String)? {
        switch kind {
        case .assertMalformed(let module, let message), .assertMalformedCustom(let module, let message):
            (module, message)
        default: nil
        }
    }
}
