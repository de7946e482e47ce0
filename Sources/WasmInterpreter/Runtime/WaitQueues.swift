// `memory.atomic.wait` and `memory.atomic.notify`: threads that wait, by the host address they wait at. Memories
// that threads share lie at one address for all of them.

import Glibc

/// What `memory.atomic.wait32` and `wait64` return.
enum WaitOutcome: UInt32 {
    case ok = 0
    case notEqual = 1
    case timedOut = 2
}

final class WaitQueues: @unchecked Sendable {
    static let shared = WaitQueues()

    /// A waiting thread. Guarded by `mutex`.
    private final class Waiter {
        let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        var isNotified = false

        init() {
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            // Timeouts are durations: a changed wall clock must not matter.
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        }

        deinit {
            pthread_cond_destroy(condition)
            condition.deallocate()
        }
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    /// Longest waiting first.
    private var queues: [UnsafeMutableRawPointer: [Waiter]] = [:]

    private init() { pthread_mutex_init(mutex, nil) }

    /// Waits until a notification, if `isEqual` holds when no notification can come between.
    ///
    /// A negative timeout is none.
    func wait(at address: UnsafeMutableRawPointer, timeoutNanoseconds: Int64, isEqual: () -> Bool) -> WaitOutcome {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard isEqual() else { return .notEqual }
        let waiter = Waiter()
        queues[address, default: []].append(waiter)
        let deadline = timeoutNanoseconds < 0 ? nil : Self.deadline(after: timeoutNanoseconds)
        while !waiter.isNotified {
            guard var deadline else {
                pthread_cond_wait(waiter.condition, mutex)
                continue
            }
            if pthread_cond_timedwait(waiter.condition, mutex, &deadline) == ETIMEDOUT, !waiter.isNotified {
                remove(waiter, at: address)
                return .timedOut
            }
        }
        return .ok
    }

    /// Wakes at most `count` threads, those first that have waited longest; how many is the result.
    func notify(at address: UnsafeMutableRawPointer, count: UInt32) -> UInt32 {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard let waiters = queues[address] else { return 0 }
        let woken = waiters.prefix(Int(count))
        for waiter in woken {
            waiter.isNotified = true
            pthread_cond_signal(waiter.condition)
        }
        let rest = waiters.dropFirst(woken.count)
        queues[address] = rest.isEmpty ? nil : Array(rest)
        return UInt32(woken.count)
    }

    private func remove(_ waiter: Waiter, at address: UnsafeMutableRawPointer) {
        queues[address]?.removeAll { $0 === waiter }
        if queues[address]?.isEmpty == true { queues[address] = nil }
    }

    private static func deadline(after nanoseconds: Int64) -> timespec {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let nanos = now.tv_nsec + Int(nanoseconds % 1_000_000_000)
        let seconds = now.tv_sec.addingReportingOverflow(Int(nanoseconds / 1_000_000_000) + nanos / 1_000_000_000)
        return timespec(
            tv_sec: seconds.overflow ? Int.max : seconds.partialValue, tv_nsec: nanos % 1_000_000_000)
    }
}
