// What happens when the process is asked to end while temporary files exist.

import Diagnostics
import Glibc
import Support
import Synchronization

/// Removes temporary files when SIGINT, SIGTERM or SIGHUP arrives, and then ends by that signal.
///
/// A thread waits for the signals, which are blocked everywhere else: it may take locks, walk directories and
/// wait for a child, none of which a signal handler may.
public enum Interruption {
    /// What has to go.
    enum Leftover: Sendable {
        case file(String)
        case directory(String)
    }

    struct State: Sendable {
        var leftovers: [Int: Leftover] = [:]
        var nextKey = 0
        /// A running tool, which could write into a directory that is being removed.
        var child: pid_t?
        /// The mask before `install`.
        var originalMask: sigset_t?
        /// Whether SIGXFSZ was not ignored at the start.
        var ignoresFileSizeSignal = false
    }

    private static let state = Mutex(State())
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Starts waiting for the signals. Call it once, before any other thread exists: threads inherit the mask.
    ///
    /// A signal that was ignored when the process started (nohup) stays ignored.
    public static func install() {
        var set = waitedSignals()
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, &set, &mask)
        state.withLock { $0.originalMask = mask }
        if let thread = SystemThread({ Interruption.wait() }) {
            thread.detach()
        } else {
            // Without the thread the signals end the process in the usual way.
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
        }
    }

    /// From now on writing beyond the limit of file sizes (RLIMIT_FSIZE) is an error, which would be a signal. Programs
    /// that are started have it as it was (`restoreFileSizeSignal`).
    public static func ignoreFileSizeSignal() {
        var action = sigaction()
        sigaction(SIGXFSZ, nil, &action)
        guard !isIgnored(action) else { return }
        signal(SIGXFSZ, SIG_IGN)
        state.withLock { $0.ignoresFileSizeSignal = true }
    }

    /// The signals that a started program has to find in their default.
    static func defaultSignals() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        if state.withLock({ $0.ignoresFileSizeSignal }) { sigaddset(&set, SIGXFSZ) }
        return set
    }

    /// Undoes `ignoreFileSizeSignal` for a program that replaces this one.
    static func restoreFileSizeSignal() {
        if state.withLock({ $0.ignoresFileSizeSignal }) { signal(SIGXFSZ, SIG_DFL) }
    }

    /// The mask that programs started by this process get: the one before `install`. Without it, an empty one; the
    /// calling thread's may be a worker's, which blocks everything.
    static func originalMask() -> sigset_t {
        if let mask = state.withLock({ $0.originalMask }) { return mask }
        var mask = sigset_t()
        sigemptyset(&mask)
        return mask
    }

    /// Names something to be removed until `forget` is called with the key that this returns.
    static func remember(_ leftover: Leftover) -> Int {
        state.withLock { state in
            state.nextKey += 1
            state.leftovers[state.nextKey] = leftover
            return state.nextKey
        }
    }

    /// Performs the step that makes a leftover one no more (a rename, a removal), with no signal in between.
    static func forget<Result: Sendable>(_ key: Int, after step: @Sendable () -> Result) -> Result {
        state.withLock { state in
            state.leftovers[key] = nil
            return step()
        }
    }

    static func setChild(_ child: pid_t) { state.withLock { $0.child = child } }

    /// Waits for the child and returns its status as `waitpid` gives it.
    ///
    /// It is reaped under the lock, so that a signal's thread never kills a number that is another's by now.
    static func reap(_ child: pid_t) -> Int32 {
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return state.withLock { state in
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            state.child = nil
            return status
        }
    }

    private static func waitedSignals() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals {
            var action = sigaction()
            sigaction(signal, nil, &action)
            if !isIgnored(action) { sigaddset(&set, signal) }
        }
        return set
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private static func wait() -> Never {
        var set = waitedSignals()
        var signal: Int32 = 0
        while sigwait(&set, &signal) != 0 {}
        return state.withLock { state -> Never in
            if let child = state.child { end(child) }
            for leftover in state.leftovers.values { remove(leftover) }
            // The lock stays held: nothing new may be created any more.
            end(by: signal)
        }
    }

    /// Kills a child and waits until it is gone, without reaping it: its owner does.
    private static func end(_ child: pid_t) {
        kill(child, SIGKILL)
        var information = siginfo_t()
        _ = waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT)
    }

    private static func end(by number: Int32) -> Never {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        signal(number, SIG_DFL)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
        _exit(128 + number)
    }

    static func remove(_ leftover: Leftover) {
        switch leftover {
        case .file(let path): unlink(HostText.cString(path))
        case .directory(let path): removeDirectory(path)
        }
    }

    /// Removes a directory that holds files only.
    private static func removeDirectory(_ path: String) {
        for name in (try? Files.names(in: path)) ?? [] { unlink(HostText.cString("\(path)/\(name)")) }
        rmdir(HostText.cString(path))
    }
}
