// Runs a script on an engine and counts what holds.

import Diagnostics
import WasmText

/// An assertion that does not hold, or a command that cannot be run.
public struct ScriptFailure: Sendable {
    public var file: String
    public var line: Int
    public var column: Int
    public var message: String
}

/// What came of a script, or of several.
public struct ScriptSummary: Sendable {
    public var passed = 0
    /// Commands that the engine refuses by name.
    public var skipped = 0
    public var failures: [ScriptFailure] = []
    /// Why commands were skipped, and how many for each reason.
    public var skippedReasons: [String: Int] = [:]

    public init() {}

    public var failed: Int { failures.count }

    public static func += (lhs: inout ScriptSummary, rhs: ScriptSummary) {
        lhs.passed += rhs.passed
        lhs.skipped += rhs.skipped
        lhs.failures += rhs.failures
        lhs.skippedReasons.merge(rhs.skippedReasons) { $0 + $1 }
    }

    /// `N passed, N failed, N skipped`
    public var line: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
}

/// Runs the script in `text` on `engine`; `file` is its name in messages, and says what features it is written for.
public func runScript(_ text: [UInt8], file: String, on engine: any ScriptEngine) -> ScriptSummary {
    var runner = ScriptRunner(file: file, engine: engine)
    do throws(Diagnostic) {
        let plan = try ScriptPlan(try parseScript(text: text), features: scriptFeatures(file))
        try runner.run(plan)
    } catch {
        var (line, column) = (0, 0)
        if case .text(let l, let c) = error.location { (line, column) = (l, c) }
        runner.summary.failures.append(
            ScriptFailure(file: file, line: line, column: column, message: ScriptPlan.text(error)))
    }
    return runner.summary
}

struct ScriptRunner {
    let file: String
    let engine: any ScriptEngine
    var summary = ScriptSummary()
    private var threads: [String: ScriptThread] = [:]

    init(file: String, engine: any ScriptEngine) {
        self.file = file
        self.engine = engine
    }

    mutating func run(_ plan: ScriptPlan) throws(Diagnostic) {
        try engine.prepare(
            plan.instances,
            threads: plan.threads.map { ThreadInstances(instances: $0.instances, shared: $0.shared) })
        for step in plan.steps { run(step, of: plan) }
        // A thread that nobody waits for ends with the script.
        for thread in threads.values { summary += thread.join() }
    }

    private mutating func run(_ step: ScriptStep, of plan: ScriptPlan) {
        switch step.kind {
        case .decided(let failure): record(failure, step)
        case .instantiate(let instance, let expected): judge(engine.instantiate(instance), expected, step)
        case .invoke(let instance, let export, let arguments, let expected):
            judge(engine.invoke(instance, export, arguments), expected, step)
        case .get(let instance, let export, let expected): judge(engine.get(instance, export), expected, step)
        case .thread(let name, let number):
            start(name, ScriptRunner(file: file, engine: engine.makeThread(number)), plan.threads[number], step)
        case .wait(let name):
            guard let thread = threads.removeValue(forKey: name) else { return record("unknown thread $\(name)", step) }
            summary += thread.join()
            record(nil, step)
        }
    }

    private mutating func start(_ name: String?, _ runner: ScriptRunner, _ plan: ScriptPlan, _ step: ScriptStep) {
        guard let thread = ScriptThread(runner, plan) else {
            return record("the system gives no thread", step)
        }
        // A thread without a name can only be waited for at the end.
        threads[name ?? "#\(threads.count)"] = thread
        record(nil, step)
    }

    private mutating func record(_ failure: String?, _ step: ScriptStep) {
        guard let failure else {
            // Line 0 is the implicit instantiation of `spectest`.
            if step.line > 0 { summary.passed += 1 }
            return
        }
        summary.failures.append(ScriptFailure(file: file, line: step.line, column: step.column, message: failure))
    }

    private mutating func judge(_ outcome: ScriptOutcome, _ expected: ScriptStep.Expectation, _ step: ScriptStep) {
        if case .unsupported(let reason) = outcome {
            summary.skipped += 1
            summary.skippedReasons[reason, default: 0] += 1
            return
        }
        if engine.allowsAnyEnd, case .anything = expected {
            if case .failure(let message) = outcome { return record(message, step) }
            return record(nil, step)
        }
        record(Self.mismatch(outcome, expected), step)
    }

    /// What differs, or nil.
    private static func mismatch(_ outcome: ScriptOutcome, _ expected: ScriptStep.Expectation) -> String? {
        switch (expected, outcome) {
        case (.anything, .values): return nil
        case (.values(let patterns), .values(let results)):
            let isMatch = patterns.count == results.count && zip(patterns, results).allSatisfy { $0.matches($1) }
            return isMatch ? nil : "expected \(describeValues(patterns)), found \(describeValues(results))"
        case (.trap(let message), .trap(let phrase)), (.exhaustion(let message), .exhaustion(let phrase)):
            return phrase.hasPrefix(message) ? nil : "expected \"\(message)\", found trap \"\(phrase)\""
        case (.exception, .exception): return nil
        case (.unlinkable(let message), .unlinkable(let error)):
            return ScriptPlan.matches(error, message)
                ? nil : "expected \"\(message)\", found \(ScriptPlan.text(error))"
        case (.anything, _), (.values, _), (.trap, _), (.exhaustion, _), (.exception, _), (.unlinkable, _):
            return "expected \(describe(expected)), found \(outcome.description)"
        }
    }

    private static func describe(_ expected: ScriptStep.Expectation) -> String {
        switch expected {
        case .anything: "no error"
        case .values(let patterns): describeValues(patterns)
        case .trap(let message): "trap \"\(message)\""
        case .exhaustion(let message): "exhaustion \"\(message)\""
        case .exception: "an exception"
        case .unlinkable(let message): "unlinkable \"\(message)\""
        }
    }
}

extension ScriptOutcome: CustomStringConvertible {
    /// For messages.
    public var description: String {
        switch self {
        case .values(let results): describeValues(results)
        case .trap(let phrase): "trap \"\(phrase)\""
        case .exhaustion(let phrase): "exhaustion \"\(phrase)\""
        case .exception: "an exception"
        case .unlinkable(let error): ScriptPlan.text(error)
        case .unsupported(let reason): "unsupported: \(reason)"
        case .failure(let message): message
        }
    }
}
