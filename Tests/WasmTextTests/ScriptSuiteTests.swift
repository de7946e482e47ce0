import Diagnostics
import Testing
import WasmBinary
import WasmText

/// Whole scripts: of the specification and of wasm-tools.
@Suite struct ScriptSuiteTests {
    @Test(arguments: SharedScripts.known) func scriptIsParsed(_ path: String) throws {
        let script = try parseScript(text: SharedScripts.text(path))
        #expect(!script.commands.isEmpty || SharedScripts.commentsOnly.contains(path))
    }

    /// Every module that is not said to be malformed is assembled to something that decodes.
    @Test(arguments: SharedScripts.known) func modulesAreAssembled(_ path: String) throws {
        for command in try parseScript(text: SharedScripts.text(path)).allCommands {
            guard let module = command.wellFormedModule, !module.isBinary else { continue }
            if SharedScripts.laxModules.contains("\(path):\(command.line)") { continue }
            do {
                _ = try decodeModule(try module.assemble().bytes)
            } catch {
                Issue.record("\(path):\(command.line): \(error)")
            }
        }
    }

    /// Every malformed text is refused with the script's message.
    @Test(arguments: SharedScripts.known) func malformedTextsAreRefused(_ path: String) throws {
        for command in try parseScript(text: SharedScripts.text(path)).allCommands {
            guard let (module, message) = command.malformedModule, !module.isBinary else { continue }
            if SharedScripts.laxAssertions.contains(path + ":" + message) { continue }
            let place = "\(path):\(command.line)"
            let error = #expect(throws: Diagnostic.self, "\(place): \(message)") { try module.assemble() }
            guard let error else { continue }
            #expect(error.phase == .malformed, "\(place): \(error)")
            #expect(error.location != .none, "\(place): \(error)")
            if path.hasPrefix("wasm-tools"), SharedScripts.foreignWords.contains(message) { continue }
            #expect(error.message.hasPrefix(message), "\(place): expected \(message), found \(error)")
        }
    }

    @Test func branchHintOnSomethingElseIsInvalid() throws {
        let text = "(module (func (param i32) local.get 0 (@metadata.code.branch_hint \"\\01\") i32.eqz drop))"
        let error = #expect(throws: Diagnostic.self) { try assembleModule(text: Array(text.utf8)) }
        #expect(error?.phase == .invalid)
        #expect(error?.message == "@metadata.code.branch_hint annotation: invalid target")
    }
}

extension SharedScripts {
    /// Scripts without any command.
    static let commentsOnly: Set = ["wasm-tools/dummy.wast"]

    /// Modules that the grammar of the specification does not allow.
    static let laxModules: Set = [
        // Flat instructions as operands of a folded one.
        "wasm-tools/gc/gc-ref.wast:5"
    ]

    /// Assertions about texts that the specification's grammar allows.
    static let laxAssertions: Set = [
        // Written before memory64: sizes are now for validation to check, as core/memory.wast expects.
        "core/proposals/threads/memory.wast:i32 constant out of range",
        // A text without fields is an empty module.
        "wasm-tools/empty.wast:x",
        // An annotation of wasm-tools' own; to others it is white space.
        "wasm-tools/producers.wast:unexpected token",
    ]

    /// Messages for which the specification's tests have other words (mostly "unexpected token").
    static let foreignWords: Set = [
        "expected valid module field", "expected a string", "invalid value for branch hint", "duplicate annotation",
        "must precede an instruction", "operators remaining after end of function", "folded instruction",
        "expected `)`", "duplicate identifier", "no `then`", "expected `(`", "control frames remain",
        "`else` found outside `If` block", "control frames remain at end of function body or expression",
        "control frames remain at end of function",
    ]
}
