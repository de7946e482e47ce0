// A program from instantiation to its end, as runtime-c/src/start.c has it for compiled programs.

import CWasmcABI
import CWasmcRuntime
import Diagnostics
import Glibc
import WasmBinary
import WasmHostTable
import WasmInstructionTable
import WasmInterpreter
import WasmSpec
import WasmValidation

/// A program that the interpreter runs in this process.
public struct InterpretedProgram: Sendable {
    /// In instantiation order; the last is the main module.
    public var modules: [ProgramModule]
    /// Grants as a program has them baked in.
    public var grants: [String]
    /// From argument 0 on.
    public var arguments: [String]
    /// The starter's variables; WASMC_GRANTS among them holds further grants.
    public var environment: [String]
    /// The executable of the runtime's that makes a program's network; needed when the grants ask for one.
    public var networkHelper: String
    /// Where it is counted what the program does, if it is.
    public var profile: ProfileOutput?
    /// Gives an error of a module, by its number, file and place.
    let located: @Sendable (Int, Diagnostic) -> Diagnostic

    public init(
        modules: [ProgramModule], grants: [String], arguments: [String], environment: [String],
        networkHelper: String = "wasmc-network",
        located: @escaping @Sendable (Int, Diagnostic) -> Diagnostic = { $1 }
    ) {
        self.modules = modules
        self.grants = grants
        self.arguments = arguments
        self.environment = environment
        self.networkHelper = networkHelper
        self.located = located
    }

    /// Runs the program; its exit status. A trap's message goes to standard error.
    ///
    /// When the program has started threads, its end is that of this process: what they do cannot be ended otherwise.
    ///
    /// - Throws: A link error, or what the interpreter cannot provide.
    public func run() throws(Diagnostic) -> Int32 {
        try checkImports()
        let threads = InterpretedThreads(self)
        var store: Store?
        var hosts: [HostModule] = []
        let status: Int32
        var failure: ExecutionError?
        do throws(ExecutionError) {
            hosts = try makeHosts()
            status = try run(hosts, threads, &store)
            threads.claimEnd()
        } catch {
            threads.claimEnd()
            status = try self.status(after: error, store)
            failure = error
        }
        if store != nil { try writeProfile() }
        if let failure { end(after: failure, store, hosts.last) }
        threads.endProcess(status)
        return status
    }

    /// Found before anything is granted, as when compiling.
    func checkImports() throws(Diagnostic) {
        for (number, module) in modules.enumerated() {
            var unresolved = UnresolvedImports(of: module.module)
            for entry in module.hostImports { unresolved.checkHost(entry) }
            do throws(Diagnostic) { try unresolved.check() } catch { throw located(number, error) }
        }
        if let (number, error) = ThreadedProgram.refusal(of: modules) { throw located(number, error) }
    }

    /// A host for each member. The main module's is made first, as it has everybody's grants.
    private func makeHosts() throws(ExecutionError) -> [HostModule] {
        do throws(HostEnd) {
            let main = try HostModule(grants: grants, arguments: arguments, environment: environment)
            var hosts: [HostModule] = []
            for module in modules.dropLast() { hosts.append(try HostModule(linkedAs: module.name, with: main)) }
            try main.checkModules()
            try main.startNetwork(linked: modules.dropLast().map(\.name), helper: networkHelper)
            return hosts + [main]
        } catch { throw .host(error) }
    }

    /// Runs the program, once hosts are there; the status of one that comes back. `created` gets its store.
    private func run(
        _ hosts: [HostModule], _ threads: InterpretedThreads, _ created: inout Store?
    ) throws(ExecutionError) -> Int32 {
        let limits = hosts[hosts.count - 1].limits
        if let refusal = refusal(limits) ?? refusalOfSizes(hosts) {
            wasmc_host_print_refusal(refusal)
            return Int32(WASMC_EXIT_START.rawValue)
        }
        if limits.invoke == nil, arguments.count > 1, !runsSomething {
            wasmc_host_print_refusal(
                "arguments: the program has no `_start` that could take them; --invoke NAME calls an export")
            return Int32(WASMC_EXIT_START.rawValue)
        }
        if limits.saves_coredump {
            do throws(HostEnd) { try hosts[hosts.count - 1].openCoredump() } catch { throw .host(error) }
        }
        // Whoever asks for all of it was refused.
        hosts[hosts.count - 1].seal()
        var configuration = Store.Configuration()
        if limits.saves_coredump { configuration.keptCalls = Int(WASMC_COREDUMP_FRAMES) }
        configuration.counters = profile?.counters
        configuration.memoryBytes = limits.max_memory_bytes
        if limits.timeout_ns != 0 { configuration.interruption = InterruptionCell(wasmc_host_interruption()) }
        configuration.limitHeap(limits)
        if limits.max_stack_bytes != 0 { configuration.stackBytes = Int(limits.max_stack_bytes) }
        let store = Store(configuration)
        created = store
        wasmc_host_start_process(limits.timeout_ns, limits.aborts)
        threads.prepare(hosts, configuration, store.programBudget, limit: limits.max_threads)
        var instances: [ModuleInstance] = []
        try start(hosts, in: store, &instances, threads)
        guard let invoked = limits.invoke, let main = instances.last else { return 0 }
        return try Invocation(instance: main, store: store)
            .run(HostText.text(cString: invoked), Array(arguments.dropFirst()))
    }

    /// Instantiates all modules and calls what is to be called of each, but for `--invoke`.
    ///
    /// - Parameters:
    ///   - instances: Gets those that are there, also when one of them fails.
    ///   - threads: What starts threads, which none does without.
    func start(
        _ hosts: [HostModule], in store: Store, _ instances: inout [ModuleInstance],
        _ threads: InterpretedThreads? = nil
    ) throws(ExecutionError) {
        let memories = threads?.memories ?? SharedMemories()
        let isInvoked = hosts[hosts.count - 1].limits.invoke != nil
        for (module, host) in zip(modules, hosts) {
            let instance = try instantiate(module, host, instances, memories, in: store)
            instances.append(instance)
            threads?.add(instance)
            let isMain = instances.count == modules.count
            switch EntryPoint(of: module.module) {
            // A command that is invoked by export never runs `_start`; a reactor is initialized first.
            case .command where !isMain || isInvoked: break
            case .command: try call("_start", of: instance, in: store)
            case .reactor: try call("_initialize", of: instance, in: store)
            case .none: break
            }
        }
    }

    /// Whether the main module has code that runs without being invoked.
    private var runsSomething: Bool {
        guard let main = modules.last?.module else { return false }
        if case .none = EntryPoint(of: main) { return main.module.start != nil }
        return true
    }

    /// - Parameters:
    ///   - sharedMemories: Those that the program defines, as nobody provides them.
    ///   - memories: For a thread: those that the module defines.
    func instantiate(
        _ module: ProgramModule, _ host: HostModule, _ earlier: [ModuleInstance], _ sharedMemories: SharedMemories,
        memories: [MemoryInstance]? = nil, in store: Store
    ) throws(ExecutionError) -> ModuleInstance {
        do throws(ExecutionError) {
            let values: [ExternalValue]
            if memories == nil { store.budget = Self.budget(of: host, within: store.programBudget) }
            do throws(Diagnostic) {
                var bindings = module.bindings.makeIterator()
                values = try host.imports(of: module.module, in: store) { (entry) throws(Diagnostic) in
                    let binding = bindings.next()
                    if binding == .sharedMemory { return .memory(try sharedMemories.memory(for: entry, store.budget)) }
                    guard case .export(let name, let provider)? = binding else { return nil }
                    guard let value = earlier[provider].export(name) else {
                        throw Diagnostic(
                            .unlinkable, "unknown import",
                            "\(entry.quotedName): module \(entry.module) exports no such name",
                            at: .offset(entry.offset))
                    }
                    return value
                }
            } catch { throw .diagnostic(error) }
            try checkSizes(of: module, values)
            // Asked for in the order of the imports. Not by name: two imports of one name may differ in type.
            var next = values.makeIterator()
            return try WasmInterpreter.instantiate(
                module.module, imports: { _, _ in next.next() }, memories: memories, in: store)
        } catch {
            guard case .diagnostic(let diagnostic) = error else { throw error }
            throw .diagnostic(located(earlier.count, diagnostic))
        }
    }

    /// Refuses memories and tables that are smaller than their imports want when these get them, as compiled programs do.
    private func checkSizes(of module: ProgramModule, _ values: [ExternalValue]) throws(ExecutionError) {
        for (entry, value) in zip(module.module.module.imports, values) {
            let isTooSmall =
                switch (entry.description, value) {
                case (.memory(let type), .memory(let memory)): memory.type.limits.minimum < type.limits.minimum
                case (.table(let type), .table(let table)): table.type.limits.minimum < type.limits.minimum
                default: false
                }
            guard isTooSmall else { continue }
            wasmc_host_print_misfit("\(entry.module) \(entry.name)")
            throw .host(HostEnd.exit(status: Int32(WASMC_EXIT_START.rawValue)))
        }
    }

    private func call(_ name: String, of instance: ModuleInstance, in store: Store) throws(ExecutionError) {
        guard case .function(let function)? = instance.export(name) else { return }
        _ = try store.invoke(function)
    }

    /// A linked module's own limit lies within the program's.
    private static func budget(of host: HostModule, within program: ByteBudget) -> ByteBudget {
        let bytes = host.limits.max_memory_bytes
        return bytes < program.limitBytes ? ByteBudget(limitBytes: bytes, within: program) : program
    }

    /// Why the limits make the program impossible, in the words of compiled programs.
    private func refusal(_ limits: wasmc_host_limits) -> String? {
        if limits.needs_seal {
            return "--seal: the system calls of an interpreted program cannot be restricted; compile it"
        }
        if limits.max_stack_bytes != 0, !hostGives(limits.max_stack_bytes) {
            return "the host refuses the memory for the guest's stack"
        }
        return nil
    }

    /// Why memories and tables do not fit the limits, counted before anything is instantiated.
    private func refusalOfSizes(_ hosts: [HostModule]) -> String? {
        let program = ByteBudget(limitBytes: hosts[hosts.count - 1].limits.max_memory_bytes)
        var imported: Set<[ExactName]> = []
        for (planned, host) in zip(modules, hosts) {
            let budget = Self.budget(of: host, within: program)
            let module = planned.module.module
            guard module.tables.allSatisfy({ budget.takeStartTable(elements: $0.type.limits.minimum) }) else {
                return "cannot set up tables: more is needed at start than --max-memory allows"
            }
            var types: [MemoryType] = []
            for (entry, binding) in zip(module.imports, planned.bindings) where binding == .sharedMemory {
                guard case .memory(let type) = entry.description else { continue }
                if imported.insert([ExactName(entry.module), ExactName(entry.name)]).inserted { types.append(type) }
            }
            types += module.memories.map(\.type)
            for (index, type) in types.enumerated() {
                let (minimum, shift) = (type.limits.minimum, UInt64(type.pageSizeLog2))
                guard minimum <= UInt64.max >> shift, budget.takeAtStart(minimum << shift) else {
                    return "cannot set up memory \(index): more is needed at start than --max-memory allows"
                }
            }
        }
        return nil
    }

    /// Whether so much address space can be had; with some to spare for what the store adds.
    private func hostGives(_ bytes: UInt64) -> Bool {
        guard bytes < 1 << 46 else { return false }
        let size = Int(bytes) + 1 << 20
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else { return false }
        munmap(base, size)
        return true
    }

    // MARK: Ends

    /// The exit status after an execution that did not return; says why where a compiled program would.
    func status(after error: ExecutionError, _ store: Store?) throws(Diagnostic) -> Int32 {
        switch error {
        case .diagnostic(let diagnostic): throw diagnostic
        case .host(let end as HostEnd):
            switch end {
            case .exit(let status): return status
            case .trap(let code, let call):
                withFrames(store?.hostCallBacktrace ?? []) {
                    wasmc_host_print_trap(wasmc_trap_phrase(code), call, $0, $1)
                }
            }
        case .trap(let trap):
            withFrames(trap.backtrace) { wasmc_host_print_trap(trap.message, nil, $0, $1) }
            if trap.kind == .timeout { return Int32(WASMC_EXIT_TIMEOUT.rawValue) }
        case .exception(let exception): report(exception)
        case .outOfFuel: throw Diagnostic(.internal, "out of fuel", "although none was asked for")
        case .host(let error): throw Diagnostic(.internal, "unexpected error of a host function", "\(error)")
        }
        return Int32(WASMC_EXIT_TRAP.rawValue)
    }

    private func report(_ exception: UncaughtException) {
        let (tag, values) = exception.contents
        var slots = [UInt64](repeating: 0, count: 2 * values.count)
        slots.withUnsafeMutableBufferPointer { slots in
            guard let first = slots.baseAddress else { return }
            for (index, value) in values.enumerated() { ValueSlots.write(value, to: first + 2 * index) }
        }
        let signature = ValueSlots.letters(tag.type.parameters, tag.hierarchy)
        // Compiled programs leave NULs out too.
        let name = String(decoding: tag.name.utf8.filter { $0 != 0 }, as: UTF8.self)
        withFrames(exception.backtrace) { wasmc_host_print_exception(name, signature, slots, $0, $1) }
    }
}

extension Store.Configuration {
    /// Takes the limit of the heap and `--trace-gc`.
    mutating func limitHeap(_ limits: wasmc_host_limits) {
        heapBytes = Int(min(limits.max_gc_heap_bytes, UInt64(heapBytes)))
        heapSpace = HeapSpace(limitBytes: heapBytes)
        guard limits.trace_gc else { return }
        onCollection = { collection in
            let (seconds, attoseconds) = collection.duration.components
            wasmc_host_report_collection(
                UInt64(collection.number), UInt64(collection.beforeBytes), UInt64(collection.aliveBytes),
                UInt64(collection.heapBytes), UInt64(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
        }
    }
}
