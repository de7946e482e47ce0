// Imports of a module as calls of the runtime's C functions, the same that compiled programs call.

import CWasmcRuntime
import Diagnostics
import WasmHostTable
import WasmInterpreter
import WasmSpec
import WasmValidation

/// Why a call of a host function did not come back.
public enum HostEnd: Error, Hashable, Sendable {
    /// A trap in the host function `call`; the code is one of `traps.def`.
    case trap(code: UInt32, call: String)
    /// `proc_exit` or a fatal signal that the guest raised.
    case exit(status: Int32)
}

/// The host of one module instance: a capability context of the runtime, and the functions that use it.
///
/// One thread uses it at a time; another one has a view of it.
public final class HostModule: @unchecked Sendable {
    private let host: OpaquePointer
    /// What takes the place of the host, and the module's number in the program.
    private let replay: (source: Replay, instance: Int)?
    /// The main module's, which a linked one's needs; or that of which this one is a view.
    private let main: HostModule?
    private let isView: Bool
    /// The number in the store of the instance that imports from here.
    private var instanceIndex = 0
    /// The memory it exports as "memory", once it is there.
    private var memory: MemoryInstance?
    /// What libffi knows about a signature, by its text.
    private var signatures: [String: OpaquePointer] = [:]

    /// The main module's host, with `grants` and those of the variable WASMC_GRANTS in `environment`.
    ///
    /// - Parameters:
    ///   - grants: Words as a program has them baked in; `--module=NAME` begins those of a linked module.
    ///   - arguments: The program's, from argument 0 on.
    ///   - environment: `NAME=VALUE`; what of it the program sees is a matter of its grants.
    ///   - replay: What was recorded takes the place of the host, which then opens nothing.
    /// - Throws: `exit` when a grant is refused or a directory cannot be opened. The reason is then on standard error.
    public convenience init(grants: [String] = [], arguments: [String], environment: [String]) throws(HostEnd) {
        try self.init(grants: grants, arguments: arguments, environment: environment, replay: nil)
    }

    init(
        grants: [String], arguments: [String], environment: [String], replay: (source: Replay, instance: Int)?
    ) throws(HostEnd) {
        let argv = CStrings(arguments)
        let envp = CStrings(environment)
        let baked = grants.flatMap { (word) -> [UInt8] in HostText.bytes(word).filter { $0 != 0 } + [0] } + [0]
        var outcome = wasmc_host_outcome()
        let host = baked.withUnsafeBytes { baked in
            (replay == nil ? wasmc_host_create : wasmc_host_create_closed)(
                baked.bindMemory(to: CChar.self).baseAddress, baked.count, Int32(arguments.count), argv.pointers,
                envp.pointers, &outcome)
        }
        self.replay = replay
        self.host = try Self.checked(host, outcome)
        main = nil
        isView = false
    }

    /// The same host for another thread of the program, with a store of its own.
    init(_ original: HostModule) {
        host = original.host
        replay = original.replay
        main = original
        isView = true
    }

    /// What `thread-spawn` does: starts a thread, and gives its number, or 0 when there cannot be another one. Must stay as
    /// long as the host.
    func onSpawn(_ spawner: Spawner) {
        wasmc_host_on_spawn(
            host,
            { context, argument in
                guard let context else { return 0 }
                return Unmanaged<Spawner>.fromOpaque(context).takeUnretainedValue().spawn(argument)
            }, Unmanaged.passUnretained(spawner).toOpaque())
    }

    /// Starts the threads of one instance of a program.
    final class Spawner: Sendable {
        let spawn: @Sendable (UInt32) -> UInt32
        init(_ spawn: @escaping @Sendable (UInt32) -> UInt32) { self.spawn = spawn }
    }

    /// The host of a module that others import from as `name`, with the grants that `main` has for it.
    ///
    /// - Throws: As for the main module.
    public convenience init(linkedAs name: String, with main: HostModule) throws(HostEnd) {
        try self.init(linkedAs: name, with: main, number: 0)
    }

    /// `number` is the module's in the program.
    init(linkedAs name: String, with main: HostModule, number: Int) throws(HostEnd) {
        replay = main.replay.map { ($0.source, number) }
        var outcome = wasmc_host_outcome()
        let host = wasmc_host_create_module(main.host, name, &outcome)
        self.host = try Self.checked(host, outcome)
        self.main = main
        isView = false
    }

    private static func checked(_ host: OpaquePointer?, _ outcome: wasmc_host_outcome) throws(HostEnd) -> OpaquePointer
    {
        try check(outcome)
        if let host { return host }
        wasmc_host_print_refusal("the host refuses the memory for arguments and variables")
        throw .exit(status: 1)
    }

    /// Refuses grants of modules that are not there, once all are.
    public func checkModules() throws(HostEnd) {
        var outcome = wasmc_host_outcome()
        wasmc_host_check_modules(host, &outcome)
        try Self.check(outcome)
    }

    /// Makes the network that the grants ask for, with the `helper` of the runtime's.
    ///
    /// - Parameter linked: Names of the linked modules, in the order in which their hosts were made.
    func startNetwork(linked: [String], helper: String) throws(HostEnd) {
        var outcome = wasmc_host_outcome()
        let names = CStrings(linked)
        helper.withCString { wasmc_host_start_network(host, linked.count, names.pointers, $0, &outcome) }
        try Self.check(outcome)
    }

    /// Makes the file of `--coredump`, before this process is sealed.
    func openCoredump() throws(HostEnd) {
        var outcome = wasmc_host_outcome()
        wasmc_host_open_coredump(host, &outcome)
        try Self.check(outcome)
    }

    /// Keeps this process to what the program was granted; see `wasmc_host_seal`.
    func seal() { wasmc_host_seal(host) }

    deinit {
        for signature in signatures.values { wasmc_host_signature_destroy(signature) }
        if !isView { wasmc_host_destroy(host) }
    }

    /// What the grants say about running the program.
    var limits: wasmc_host_limits { wasmc_host_limits(host) }

    /// The imports of `module`, in their order, for the next instance in `store`.
    ///
    /// - Parameter provided: What others than the host provide; nil for what the host has to.
    /// - Throws: "unknown import" or "incompatible import type", with both types.
    public func imports(
        of module: ValidatedModule, in store: Store,
        provided: (Import) throws(Diagnostic) -> ExternalValue? = { _ in nil }
    ) throws(Diagnostic) -> [ExternalValue] {
        instanceIndex = store.instanceCount
        var values: [ExternalValue] = []
        for entry in module.module.imports {
            if let value = try provided(entry) {
                values.append(value)
            } else {
                let function = try HostFunctionTable.all.resolve(entry, of: module)
                values.append(.function(try makeFunction(function, in: store)))
            }
        }
        return values
    }

    private func makeFunction(
        _ function: WasmHostTable.HostFunction, in store: Store
    ) throws(Diagnostic) -> FunctionInstance {
        guard let code = wasmc_host_find(function.symbol), let signature = signature(function.signature) else {
            throw Diagnostic(.internal, "no host function", "\(function.symbol) \(function.signature)")
        }
        if let replay { return makeReplayed(function, replay, in: store) }
        return store.makeFunction(function.type) { (call) throws(ExecutionError) in
            // Asked for at each call: a memory grows.
            let bytes = self.memory(in: call.store)?.bytes
            var outcome = wasmc_host_outcome()
            wasmc_host_call(
                self.host, signature, code, bytes?.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(bytes?.count ?? 0), call.slots, &outcome)
            do throws(HostEnd) { try Self.check(outcome) } catch { throw .host(error) }
        }
    }

    private func makeReplayed(
        _ function: WasmHostTable.HostFunction, _ replay: (source: Replay, instance: Int), in store: Store
    ) -> FunctionInstance {
        store.makeFunction(function.type) { (call) throws(ExecutionError) in
            let memory = self.memory(in: call.store)?.bytes
            do throws(ReplayEnd) {
                try replay.source.call(function, instance: replay.instance, call, memory)
            } catch {
                if case .host(let end) = error { throw .host(end) }
                throw .host(error)
            }
        }
    }

    /// As in compiled programs, host functions work on what the module exports as "memory".
    private func memory(in store: Store) -> MemoryInstance? {
        if memory == nil, case .memory(let exported)? = store.instance(at: instanceIndex)?.export("memory") {
            memory = exported
        }
        return memory
    }

    private func signature(_ text: String) -> OpaquePointer? {
        if let known = signatures[text] { return known }
        let signature = wasmc_host_signature_create(text)
        signatures[text] = signature
        return signature
    }

    private static func check(_ outcome: wasmc_host_outcome) throws(HostEnd) {
        switch outcome.end {
        case WASMC_HOST_TRAPPED: throw .trap(code: outcome.trap, call: String(cString: outcome.call))
        case WASMC_HOST_EXITED: throw .exit(status: outcome.status)
        default: return
        }
    }
}
