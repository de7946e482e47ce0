// Threads of scripts: each runs its part of the script on an engine of its own.

import Diagnostics
import Support

/// A running thread. Until `join` nobody else uses its runner.
final class ScriptThread {
    /// Until `join` only the thread uses it, and then only the one who joins.
    private final class Body: @unchecked Sendable {
        var runner: ScriptRunner
        let plan: ScriptPlan

        init(_ runner: ScriptRunner, _ plan: ScriptPlan) {
            self.runner = runner
            self.plan = plan
        }

        func run() {
            do throws(Diagnostic) {
                try runner.run(plan)
            } catch {
                runner.summary.failures.append(
                    ScriptFailure(file: runner.file, line: 0, column: 0, message: ScriptPlan.text(error)))
            }
        }
    }

    private let body: Body
    private let thread: SystemThread

    /// Starts a thread that runs `plan`; nil when the system gives none.
    init?(_ runner: ScriptRunner, _ plan: ScriptPlan) {
        let body = Body(runner, plan)
        guard let thread = SystemThread({ body.run() }) else { return nil }
        self.body = body
        self.thread = thread
    }

    /// Waits for the thread's end; its summary.
    func join() -> ScriptSummary {
        thread.join()
        return body.runner.summary
    }
}
