import Diagnostics
import TestSupport
import Testing
import WasmBinary
import WasmInstructionTable
import WasmText
import WasmValidation

/// All modules of the specification's scripts, and of another implementation's, without running them.
@Suite struct ScriptSuiteTests {
    /// The specification's scripts, but those of a proposal that wasmc does not know.
    static let core = SharedFiles.paths(below: "spec/core", suffix: ".wast")
        .filter { !$0.contains("custom-descriptors") }

    /// Another implementation's scripts, but those of foreign formats, and those that expect features to be off by
    /// their command lines.
    static let others = SharedFiles.paths(below: "spec/wasm-tools", suffix: ".wast").filter { path in
        ![
            "component-model/", "custom-descriptors", "stack-switching", "shared-everything-threads",
            "missing-features/", "lime1", "memory-discard", "compact-imports",
        ].contains { path.contains($0) }
    }

    /// Assertions that the specification's grammar of today does not share, and modules likewise.
    static let lax: Set = [
        // Written before memory64: sizes are now for validation to check, as core/memory.wast expects.
        "spec/core/proposals/threads/memory.wast:i32 constant out of range",
        // A text without fields is an empty module.
        "spec/wasm-tools/empty.wast:x",
        // An annotation of wasm-tools' own; to others it is white space.
        "spec/wasm-tools/producers.wast:unexpected token",
        // Flat instructions as operands of a folded one.
        "spec/wasm-tools/gc/gc-ref.wast:5",
    ]

    /// What a script's modules may use: the older texts among the proposals' do without what came later.
    private func features(_ path: String) -> FeatureSet {
        let absent: [Feature]
        if path.contains("proposals/threads/") {
            absent = [.multiMemory, .multiTable]
        } else if path.hasSuffix("core/binary.wast") {
            absent = [.customPageSizes]
        } else {
            absent = []
        }
        return FeatureSet(Feature.allCases.filter { !absent.contains($0) })
    }

    private func error(_ module: ScriptModule, _ features: FeatureSet) -> Diagnostic? {
        do throws(Diagnostic) {
            let bytes = try module.assemble().bytes
            _ = try validate(try decodeModule(bytes, features: features), features: features)
            return nil
        } catch {
            return error
        }
    }

    /// The error as the reference interpreter would print it.
    private func text(_ error: Diagnostic) -> String {
        error.detail.isEmpty ? error.message : "\(error.message): \(error.detail)"
    }

    private func commands(_ path: String) throws -> [ScriptCommand] {
        try parseScript(text: SharedFiles.contents(path)).commands.flatMap { command in
            if case .thread(_, _, let inner) = command.kind { [command] + inner } else { [command] }
        }
    }

    /// Valid modules are valid, and the others are refused in the specification's words.
    @Test(arguments: core) func modulesOfTheSpecification(_ path: String) throws {
        let features = features(path)
        for command in try commands(path) {
            let place = "\(path):\(command.line)"
            switch command.kind {
            case .module(let module), .moduleDefinition(let module), .assertModuleTrap(let module, _),
                .assertUnlinkable(let module, _):
                let found = error(module, features)
                #expect(found == nil, "\(place)")
            case .assertInvalid(let module, let message):
                let found = try #require(error(module, features), "\(place): valid, expected \(message)")
                #expect(found.phase == .invalid && text(found).hasPrefix(message), "\(place): \(found)")
            case .assertMalformed(let module, let message):
                if Self.lax.contains("\(path):\(message)") { continue }
                let found = try #require(error(module, features), "\(place): well formed, expected \(message)")
                #expect(found.phase == .malformed, "\(place): \(found)")
                // Texts are compared where the text format is tested.
                if module.isBinary { #expect(text(found).hasPrefix(message), "\(place): \(found)") }
            case .moduleInstance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion, .assertException,
                .assertSuspension, .assertMalformedCustom, .assertInvalidCustom, .thread, .wait:
                break
            }
        }
    }

    /// The same modules are accepted; the words are this project's.
    @Test(arguments: others) func modulesOfOthers(_ path: String) throws {
        for command in try commands(path) {
            let place = "\(path):\(command.line)"
            switch command.kind {
            case .module(let module), .moduleDefinition(let module), .assertModuleTrap(let module, _),
                .assertUnlinkable(let module, _):
                if Self.lax.contains(place) { continue }
                let found = error(module, .all)
                #expect(found == nil, "\(place)")
            case .assertInvalid(let module, let message), .assertMalformed(let module, let message):
                if Self.lax.contains("\(path):\(message)") { continue }
                #expect(error(module, .all) != nil, "\(place): valid, expected \(message)")
            case .moduleInstance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion, .assertException,
                .assertSuspension, .assertMalformedCustom, .assertInvalidCustom, .thread, .wait:
                break
            }
        }
    }

    /// Real programs are valid, and their modules survive encoding.
    @Test(arguments: SharedFiles.paths(below: "programs", suffix: ".wasm")) func programs(_ path: String) throws {
        let module = try decodeModule(SharedFiles.contents(path))
        let features = try validate(module).features
        let again = try decodeModule(encodeModule(module))
        #expect(try validate(again).features == features)
    }
}
