// The first pass over a script: assembles, decodes and validates every module, checks the assertions that
// need no engine, and resolves names to instance numbers.

import Diagnostics
import WasmBinary
import WasmHostTable
import WasmInstructionTable
import WasmSpec
import WasmText
import WasmValidation

/// What remains to be done by an engine, in order.
struct ScriptStep {
    enum Kind {
        /// Already decided: an assertion about a module that is not instantiated. nil: as expected.
        case decided(failure: String?)
        case instantiate(Int, expected: Expectation)
        case invoke(Int, export: String, [ScriptValue], expected: Expectation)
        case get(Int, export: String, expected: Expectation)
        /// Commands that another thread runs: its number among the threads.
        case thread(name: String?, Int)
        case wait(thread: String)
    }

    /// What must come out.
    enum Expectation {
        case anything
        case values([ResultPattern])
        case trap(String)
        case exhaustion(String)
        case exception
        case unlinkable(String)
    }

    var kind: Kind
    var line: Int
    var column: Int
}

/// A script whose modules are known.
struct ScriptPlan {
    private(set) var instances: [ProgramModule] = []
    private(set) var steps: [ScriptStep] = []
    /// Of a thread: instances that are those of the thread that starts it, with their numbers there.
    private(set) var shared: [Int: Int] = [:]
    /// The threads that it starts, by number.
    private(set) var threads: [ScriptPlan] = []

    /// What modules may use.
    private let features: FeatureSet
    private var definitions: [ExactName: ValidatedModule] = [:]
    private var lastDefinition: ValidatedModule?
    private var named: [ExactName: Int] = [:]
    private var registered: [ExactName: Int] = [:]
    private var current: Int?

    init(_ script: Script, features: FeatureSet) throws(Diagnostic) {
        self.features = features
        try addSpectest(script.commands)
        for command in script.commands { plan(command) }
    }

    /// The plan of a thread of the script that `parent` plans, up to there.
    private init(
        _ commands: [ScriptCommand], of parent: ScriptPlan, sharing names: [String]
    ) throws(Diagnostic) {
        features = parent.features
        try addSpectest(commands)
        for name in names {
            let number = try parent.number(name)
            named[ExactName(name)] = add(parent.instances[number].module, name: name)
            shared[instances.count - 1] = number
        }
        for command in commands { plan(command) }
    }

    private mutating func addSpectest(_ commands: [ScriptCommand]) throws(Diagnostic) {
        let text = spectestText(withSharedMemory: commands.contains { $0.importsSharedMemory })
        registered[ExactName("spectest")] = add(
            try Self.validated(try assembleModule(text: Array(text.utf8)), features: .all), name: "spectest")
        steps.append(ScriptStep(kind: .instantiate(0, expected: .anything), line: 0, column: 0))
    }

    // MARK: Commands

    private mutating func plan(_ command: ScriptCommand) {
        do throws(Diagnostic) {
            try planOrFail(command)
        } catch {
            append(.decided(failure: Self.text(error)), command)
        }
    }

    private mutating func append(_ kind: ScriptStep.Kind, _ command: ScriptCommand) {
        steps.append(ScriptStep(kind: kind, line: command.line, column: command.column))
    }

    private mutating func planOrFail(_ command: ScriptCommand) throws(Diagnostic) {
        switch command.kind {
        case .module(let module):
            // A module that fails leaves no instance behind for the commands that follow.
            current = nil
            let assembled = try assembled(module)
            instantiate(assembled.module, as: module.name ?? assembled.name, .anything, command)
        case .moduleDefinition(let module):
            let assembled = try assembled(module)
            lastDefinition = assembled.module
            if let name = module.name ?? assembled.name { definitions[ExactName(name)] = assembled.module }
            append(.decided(failure: nil), command)
        case .moduleInstance(let name, let definition):
            current = nil
            guard let module = definition.map({ definitions[ExactName($0)] }) ?? lastDefinition else {
                throw Diagnostic(.malformed, "unknown module definition", definition ?? "")
            }
            instantiate(module, as: name, .anything, command)
        case .register(let name, let instance):
            registered[ExactName(String(decoding: name, as: UTF8.self))] = try number(instance)
            append(.decided(failure: nil), command)
        case .action(let action): try planAction(action, .anything, command)
        case .assertReturn(let action, let patterns): try planAction(action, .values(patterns), command)
        case .assertTrap(let action, let message): try planAction(action, .trap(message), command)
        case .assertExhaustion(let action, let message): try planAction(action, .exhaustion(message), command)
        case .assertException(let action): try planAction(action, .exception, command)
        case .assertSuspension:
            append(.decided(failure: "stack switching is not supported"), command)
        case .assertModuleTrap(let module, let message):
            let last = current
            instantiate(try assembled(module).module, as: nil, .trap(message), command)
            current = last
        case .assertUnlinkable(let module, let message):
            let last = current
            instantiate(try assembled(module).module, as: nil, .unlinkable(message), command)
            current = last
        case .assertMalformed(let module, let message), .assertMalformedCustom(let module, let message):
            append(.decided(failure: rejection(of: module, by: .malformed, message)), command)
        case .assertInvalid(let module, let message), .assertInvalidCustom(let module, let message):
            append(.decided(failure: rejection(of: module, by: .invalid, message)), command)
        case .thread(let name, let shared, let commands):
            let thread = try ScriptPlan(commands, of: self, sharing: shared)
            // What a thread registers of the shared instances is known here too, as in the reference interpreter.
            for (name, number) in thread.registered {
                if let number = thread.shared[number] { registered[name] = number }
            }
            threads.append(thread)
            append(.thread(name: name, threads.count - 1), command)
        case .wait(let thread): append(.wait(thread: thread), command)
        }
    }

    private mutating func planAction(
        _ action: ScriptAction, _ expected: ScriptStep.Expectation, _ command: ScriptCommand
    ) throws(Diagnostic) {
        switch action {
        case .invoke(let instance, let export, let arguments):
            let name = String(decoding: export, as: UTF8.self)
            append(.invoke(try number(instance), export: name, arguments, expected: expected), command)
        case .get(let instance, let export):
            let name = String(decoding: export, as: UTF8.self)
            append(.get(try number(instance), export: name, expected: expected), command)
        }
    }

    // MARK: Instances

    private func number(_ instance: String?) throws(Diagnostic) -> Int {
        guard let number = instance.map({ named[ExactName($0)] }) ?? current else {
            throw Diagnostic(.malformed, "unknown instance", instance ?? "no module is instantiated")
        }
        return number
    }

    private mutating func instantiate(
        _ module: ValidatedModule, as name: String?, _ expected: ScriptStep.Expectation, _ command: ScriptCommand
    ) {
        let number = add(module, name: name ?? "module at line \(command.line)")
        current = number
        if let name { named[ExactName(name)] = number }
        append(.instantiate(number, expected: expected), command)
    }

    private mutating func add(_ module: ValidatedModule, name: String) -> Int {
        instances.append(
            ProgramModule(name: name, module: module) { entry in
                registered[ExactName(entry.module)].map { .export(entry.name, of: $0) } ?? .host
            })
        return instances.count - 1
    }

    // MARK: Modules

    /// Assembles, decodes and validates a module; with its own name, if it has one.
    private func assembled(_ module: ScriptModule) throws(Diagnostic) -> (module: ValidatedModule, name: String?) {
        let assembled = try module.assemble(features: features)
        return (try Self.validated(assembled, features: features), assembled.name)
    }

    private static func validated(
        _ module: AssembledModule, features: FeatureSet
    ) throws(Diagnostic) -> ValidatedModule {
        do throws(Diagnostic) {
            return try validate(try decodeModule(module.bytes, features: features), features: features)
        } catch {
            guard case .offset(let offset) = error.location else { throw error }
            var located = error
            located.location = module.sourceMap.location(ofOffset: offset)
            throw located
        }
    }

    /// What is wrong with how a module is rejected; nil when it is as the script says.
    private func rejection(of module: ScriptModule, by phase: Phase, _ message: String) -> String? {
        do throws(Diagnostic) {
            _ = try assembled(module)
            return "expected \(phase.rawValue) \"\(message)\", but the module is valid"
        } catch {
            guard error.phase == phase else {
                return "expected \(phase.rawValue) \"\(message)\", found \(Self.text(error))"
            }
            return Self.matches(error, message) ? nil : "expected \"\(message)\", found \(Self.text(error))"
        }
    }

    /// The script's text is the beginning of ours, as in the specification's own interpreter.
    static func matches(_ diagnostic: Diagnostic, _ message: String) -> Bool {
        // Phrase and detail, with either separator: scripts write "unknown function 7" and "type mismatch: ...".
        ["\(diagnostic.message): \(diagnostic.detail)", "\(diagnostic.message) \(diagnostic.detail)"]
            .contains { $0.hasPrefix(message) }
    }

    static func text(_ diagnostic: Diagnostic) -> String { DiagnosticRenderer().headline(diagnostic).description }
}

extension ScriptCommand {
    /// Whether a module of the command imports `shared_memory` from `spectest`.
    fileprivate var importsSharedMemory: Bool {
        switch kind {
        case .module(let module), .moduleDefinition(let module), .assertModuleTrap(let module, _),
            .assertUnlinkable(let module, _):
            guard let bytes = try? module.assemble().bytes, let decoded = try? decodeModule(bytes) else { return false }
            return decoded.imports.contains { $0.module == "spectest" && $0.name == "shared_memory" }
        case .thread(_, _, let commands): return commands.contains { $0.importsSharedMemory }
        case .moduleInstance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion, .assertException,
            .assertSuspension, .assertMalformed, .assertMalformedCustom, .assertInvalid, .assertInvalidCustom, .wait:
            return false
        }
    }
}
