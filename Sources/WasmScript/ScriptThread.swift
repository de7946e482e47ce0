// Threads of scripts: each runs its part of the script on an engine of its own.

import Diagnostics
import Glibc

/// A running thread. Until `join` nobody else uses its runner.
final class ScriptThread {
    private final class Body {
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
    private var thread = pthread_t()

    /// Starts a thread that runs `plan`; nil when the system gives none.
    init?(_ runner: ScriptRunner, _ plan: ScriptPlan) {
        body = Body(runner, plan)
        let argument = Unmanaged.passRetained(body)
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
        if status != 0 {
            argument.release()
            return nil
        }
    }

    /// Waits for the thread's end; its summary.
    func join() -> ScriptSummary {
        pthread_join(thread, nil)
        return body.runner.summary
    }
}
