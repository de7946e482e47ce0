import Diagnostics
import Glibc
import Support
import WasmInterpreter

/// Interrupts an execution that has not come to its end. Time is what bounds it, and not how many instructions it has: some
/// of them fill a gigabyte.
struct Deadline: @unchecked Sendable {
    /// Where the interpreter looks.
    let cell: InterruptionCell
    private let cancelled: UnsafeMutablePointer<sem_t>
    private let thread: SystemThread

    /// - Throws: `environment` when the system gives no thread that could wait.
    init(in seconds: Double) throws(Diagnostic) {
        let word = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        word.initialize(to: 0)
        let cell = InterruptionCell(word)
        let cancelled = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(cancelled, 0, 0)
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let nanoseconds = end.tv_nsec + Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9)
        end.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        let waiting = Waiting(cancelled: cancelled, end: end, cell: cell)
        guard let thread = SystemThread({ waiting.run() }) else {
            throw Diagnostic(
                .environment, "cannot start a thread", "which would end an initialization that does not end")
        }
        self.cell = cell
        self.cancelled = cancelled
        self.thread = thread
    }

    /// Frees what it has; nothing executes any more that looks at `cell`.
    func cancel() {
        sem_post(cancelled)
        thread.join()
        sem_destroy(cancelled)
        cancelled.deallocate()
        cell.address.deallocate()
    }

    private struct Waiting: @unchecked Sendable {
        let cancelled: UnsafeMutablePointer<sem_t>
        let end: timespec
        let cell: InterruptionCell

        func run() {
            var end = end
            while sem_timedwait(cancelled, &end) != 0 {
                if errno == EINTR { continue }
                cell.address.pointee = 1
                return
            }
        }
    }
}
