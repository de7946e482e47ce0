// Runs scripts on both engines at once: what one does not do as the other is a failure, whatever the script expects.

import Diagnostics
import WasmHostTable
import WasmSpec
import WasmText

/// The native back end, compared with the interpreter at each command.
public final class ComparingScriptEngine: ScriptEngine {
    public let name = "both"
    public let allowsAnyEnd = true
    private let native: NativeScriptEngine
    private let interpreter = InterpreterScriptEngine()
    /// Whether memories, globals and tables are equal after a trap, too.
    private let isStateExact: Bool
    private let nans: NaNComparison
    /// What each instance imports from.
    private var providers: [[Int]] = []
    /// Instances that are not there, or of which nothing is known any more: one that they are linked with has trapped.
    private var lost: Set<Int> = []

    public init(native: NativeScriptEngine, isStateExact: Bool, nans: NaNComparison = .class) {
        self.native = native
        self.nans = nans
        self.isStateExact = isStateExact
    }

    public func prepare(_ instances: [ProgramModule], threads: [ThreadInstances]) throws(Diagnostic) {
        guard threads.isEmpty else {
            throw Diagnostic(.unsupported, "threads of scripts", "what several threads do cannot be compared")
        }
        providers = instances.map { module in
            module.bindings.compactMap { if case .export(_, let provider) = $0 { provider } else { nil } }
        }
        try native.prepare(instances, threads: [])
        interpreter.prepare(instances, threads: [])
    }

    public func instantiate(_ instance: Int) -> ScriptOutcome {
        let outcome = compare(instance) { $0.instantiate(instance) }
        // Nothing can be asked of it, nor of what imports from it.
        if case .values = outcome {} else { loseImporters(of: instance) }
        return outcome
    }

    public func invoke(_ instance: Int, _ export: String, _ arguments: [ScriptValue]) -> ScriptOutcome {
        compare(instance) { $0.invoke(instance, export, arguments) }
    }

    public func get(_ instance: Int, _ export: String) -> ScriptOutcome {
        compare(instance) { $0.get(instance, export) }
    }

    /// Refused by `prepare`.
    public func makeThread(_ number: Int) -> any ScriptEngine { native.makeThread(number) }

    // MARK: Comparison

    /// What one engine refuses or nothing is known of, neither does: instances that are linked with it would differ.
    private func compare(_ instance: Int, _ action: (any ScriptEngine) -> ScriptOutcome) -> ScriptOutcome {
        if lost.contains(instance) { return .unsupported("an instance that is not there, or not exact") }
        let native = action(native)
        if case .unsupported = native { return native }
        let interpreted = action(interpreter)
        guard native.isSame(as: interpreted, nans) else {
            return .failure("native: \(native.description); interpreter: \(interpreted.description)")
        }
        if case .exhaustion = native { lose(instance) }
        if case .trap = native, !isStateExact { lose(instance) }
        return native
    }

    /// Gives up an instance, and those that import from it at some distance.
    private func loseImporters(of instance: Int) {
        guard lost.insert(instance).inserted else { return }
        for importer in providers.indices where providers[importer].contains(instance) { loseImporters(of: importer) }
    }

    /// Gives up an instance, and those that share state with it, which are linked with it at some distance.
    private func lose(_ instance: Int) {
        var open = [instance]
        while let next = open.popLast() {
            // Number 0 has no state of its own.
            guard next != 0, lost.insert(next).inserted else { continue }
            open += providers[next]
            open += providers.indices.filter { providers[$0].contains(next) }
        }
    }
}

extension ScriptOutcome {
    /// Whether another engine has come to the same. How deep a stack is, is each one's own affair.
    fileprivate func isSame(as other: ScriptOutcome, _ nans: NaNComparison) -> Bool {
        switch (self, other) {
        case (.values(let own), .values(let others)):
            own.count == others.count && zip(own, others).allSatisfy { $0.isSame(as: $1, nans) }
        case (.trap(let own), .trap(let other)): own == other
        case (.exhaustion, .exhaustion), (.exception, .exception): true
        case (.unlinkable(let own), .unlinkable(let other)): own.message == other.message
        case (.values, _), (.trap, _), (.exhaustion, _), (.exception, _), (.unlinkable, _), (.unsupported, _),
            (.failure, _):
            false
        }
    }
}
