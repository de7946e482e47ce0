// The threads of an interpreted program, as runtime-c/src/thread_spawn.c has them for compiled programs.

import CWasmcRuntime
import Diagnostics
import Glibc
import Support
import Synchronization
import WasmHostTable
import WasmInterpreter
import WasmSpec

/// The threads that a program starts: each has a store with instances of its own; memories and hosts are the same.
final class InterpretedThreads: Sendable {
    private struct State {
        var hosts: [HostModule] = []
        var spawners: [HostModule.Spawner] = []
        var configuration = Store.Configuration()
        var budget: ByteBudget?
        /// Of each module, the memories that it defines.
        var definedMemories: [[MemoryInstance]] = []
        var limit: UInt64 = 0
        var running: UInt64 = 0
        var lastID: UInt32 = 0
        /// Whether a thread is about to end the program.
        var isEnding = false
    }

    private let program: InterpretedProgram
    let memories = SharedMemories()
    private let state = Mutex(State())

    init(_ program: InterpretedProgram) { self.program = program }

    /// Native stack of a thread; frames of the guest's are elsewhere.
    private static let stackBytes = 1 << 20

    /// Numbers of threads are positive, and the upper bits are the guest's.
    private static let lastThreadID: UInt32 = 0x1FFF_FFFF

    /// Before the first instance.
    func prepare(
        _ hosts: [HostModule], _ configuration: Store.Configuration, _ budget: ByteBudget, limit: UInt64
    ) {
        let spawners = hosts.indices.map { number in
            HostModule.Spawner { [unowned self] argument in spawn(from: number, argument) }
        }
        for (host, spawner) in zip(hosts, spawners) { host.onSpawn(spawner) }
        state.withLock { state in
            state.hosts = hosts
            state.spawners = spawners
            state.configuration = configuration
            state.budget = budget
            state.limit = limit
        }
    }

    /// Takes note of an instance of the main thread's.
    func add(_ instance: ModuleInstance) {
        state.withLock { $0.definedMemories.append(instance.definedMemories) }
    }

    // MARK: Starting

    /// The thread's number; 0 when there cannot be another one.
    private func spawn(from module: Int, _ argument: UInt32) -> UInt32 {
        let id = state.withLock { state -> UInt32? in
            // A module that is still being instantiated has no memories that a thread could have.
            guard state.running < state.limit, state.definedMemories.count == program.modules.count else { return nil }
            state.running += 1
            state.lastID = state.lastID % Self.lastThreadID + 1
            return state.lastID
        }
        guard let id else { return 0 }
        let thread = SystemThread(stackBytes: Self.stackBytes) { [self] in run(module, id, argument) }
        guard let thread else {
            state.withLock { $0.running -= 1 }
            return 0
        }
        thread.detach()
        return id
    }

    private func run(_ module: Int, _ id: UInt32, _ argument: UInt32) {
        let (hosts, configuration, budget, defined) = state.withLock {
            ($0.hosts, $0.configuration, $0.budget, $0.definedMemories)
        }
        let own = ByteBudget(within: budget)
        var store: Store?
        do throws(ExecutionError) {
            let arguments = [id, argument].map { Value.i32(Int32(bitPattern: $0)) }
            try run(module, arguments, hosts, configuration, own, defined, &store)
        } catch { end(after: error, store, hosts.last) }
        own.giveBackAll()
        state.withLock { $0.running -= 1 }
    }

    private func run(
        _ module: Int, _ arguments: [Value], _ hosts: [HostModule], _ configuration: Store.Configuration,
        _ budget: ByteBudget, _ defined: [[MemoryInstance]], _ created: inout Store?
    ) throws(ExecutionError) {
        var configuration = configuration
        configuration.budget = budget
        let store = Store(configuration)
        created = store
        var instances: [ModuleInstance] = []
        for (number, module) in program.modules.enumerated() {
            instances.append(
                try program.instantiate(
                    module, HostModule(hosts[number]), instances, memories, memories: defined[number], in: store))
        }
        guard case .function(let start)? = instances[module].export(ThreadedProgram.startName) else { return }
        _ = try store.invoke(start, arguments)
    }

    // MARK: Ends

    /// To be called before something ends the program, once in a thread. The first thread goes on, and the others wait for
    /// the end.
    func claimEnd() {
        let isFirst = state.withLock { state in
            defer { state.isEnding = true }
            return !state.isEnding
        }
        while !isFirst { pause() }
    }

    /// A thread's trap or exit ends the program, and so this process.
    private func end(
        after error: ExecutionError, _ store: Store?, _ host: HostModule?
    ) -> Never {
        claimEnd()
        do throws(Diagnostic) {
            let status = try program.status(after: error, store)
            try program.writeProfile()
            program.end(after: error, store, host)
            _exit(status)
        } catch {
            wasmc_host_print_refusal("\(error.message): \(error.detail)")
            _exit(1)
        }
    }

    /// The program's end, when it has started threads: they may still run.
    func endProcess(_ status: Int32) {
        if state.withLock({ $0.lastID != 0 }) { _exit(status) }
    }
}
