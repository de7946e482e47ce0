// A process of this program that does the work, so that its end is a finding and not the end of fuzzing.

import Glibc

/// How a child came to its end.
enum ChildEnd: Equatable {
    case exited(Int32)
    case signaled(Int32)
    /// It did not go on, and was killed.
    case hung
}

/// A child process.
struct Child {
    private let pid: pid_t

    /// Starts `executable` with `arguments` behind argv[0]; PATH is not searched.
    init(_ executable: String, _ arguments: [String]) throws {
        var pointers: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, executable, nil, nil, &pointers, environ)
        guard code == 0 else {
            errno = code
            throw systemError("cannot run", executable)
        }
        pid = child
    }

    /// Waits for the end. The child is killed when `progress` has not changed for `patience` seconds.
    func wait(patience: Double, progress: () -> UInt64) -> ChildEnd {
        var last: UInt64 = .max
        var lastTime = now()
        while true {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                let signal = status & 0x7F
                return signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
            }
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
