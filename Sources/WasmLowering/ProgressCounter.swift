import Synchronization

/// Counts finished tasks and tells whoever wants to know.
final class ProgressCounter: Sendable {
    private let completed = Mutex(0)
    private let total: Int
    private let report: (@Sendable (CompileProgress) -> Void)?

    init(total: Int, report: (@Sendable (CompileProgress) -> Void)?) {
        self.total = total
        self.report = report
        report?(CompileProgress(completed: 0, total: total))
    }

    func advance() {
        guard let report else { return }
        let count = completed.withLock { count in
            count += 1
            return count
        }
        report(CompileProgress(completed: count, total: total))
    }
}
