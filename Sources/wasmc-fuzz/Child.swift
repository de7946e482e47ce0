// A process of this program that does the work, so that its end is a finding and not the end of fuzzing.

import Diagnostics
import Glibc
import Support

/// How a child came to its end.
enum ChildEnd: Equatable {
    case ended(ExitStatus)
    /// It did not go on, and was killed.
    case hung
}

/// A child process.
struct Child {
    private let pid: pid_t

    /// Starts `executable` with `arguments` behind argv[0]; PATH is not searched.
    init(_ executable: String, _ arguments: [String]) throws(Diagnostic) {
        pid = try ProcessStart(executable: executable, arguments: arguments).start()
    }

    /// Waits for the end. The child is killed when `progress` has not changed for `patience` seconds.
    func wait(patience: Double, progress: () -> UInt64) -> ChildEnd {
        var last: UInt64 = .max
        var lastTime = now()
        while true {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid { return .ended(ExitStatus(waitStatus: status)) }
            let current = progress()
            if current != last { (last, lastTime) = (current, now()) }
            if now() - lastTime > patience {
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                return .hung
            }
            usleep(20_000)
        }
    }
}
