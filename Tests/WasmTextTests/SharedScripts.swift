import TestSupport
import WasmText

/// The test scripts that lie beside the project. Without them the tests that need them do nothing but say so.
enum SharedScripts {
    /// Scripts below `spec/core` and `spec/wasm-tools`, relative to `spec`, sorted; empty when absent.
    static let paths: [String] = {
        let core = SharedFiles.paths(below: "spec/core", suffix: ".wast")
        let others = SharedFiles.paths(below: "spec/wasm-tools", suffix: ".wast")
        return (core + others).map { String($0.dropFirst("spec/".count)) }
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

    static func text(_ path: String) -> [UInt8] { SharedFiles.contents("spec/\(path)") }
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
