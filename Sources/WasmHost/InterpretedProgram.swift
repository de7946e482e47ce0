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
public struct InterpretedProgram {
    public var module: ValidatedModule
    /// From argument 0 on.
    public var arguments: [String]
    /// The starter's variables; WASMC_GRANTS among them holds the grants.
    public var environment: [String]

    /// Exit statuses besides the guest's own, as in `runtime-c/src/runtime.h`.
    private enum Status {
        static let error: Int32 = 1
        static let trap: Int32 = 134
    }

    public init(module: ValidatedModule, arguments: [String], environment: [String]) {
        self.module = module
        self.arguments = arguments
        self.environment = environment
    }

    /// Runs the program; its exit status. A trap's message goes to standard error.
    ///
    /// - Throws: A link error, or what the interpreter cannot provide.
    public func run() throws(Diagnostic) -> Int32 {
        // Found before anything is granted, as when compiling.
        for entry in module.module.imports { _ = try HostFunctionTable.all.resolve(entry, of: module) }
        do throws(ExecutionError) {
            let host: HostModule
            do throws(HostEnd) {
                host = try HostModule(arguments: arguments, environment: environment)
            } catch { throw .host(error) }
            return try run(host)
        } catch {
            return try status(after: error)
        }
    }

    private func run(_ host: HostModule) throws(ExecutionError) -> Int32 {
        let limits = host.limits
        if let refusal = refusal(limits) {
            wasmc_host_print_refusal(refusal)
            return Status.error
        }
        var configuration = Store.Configuration()
        configuration.memoryBytes = limits.max_memory_bytes
        if limits.max_stack_bytes != 0 { configuration.stackBytes = Int(limits.max_stack_bytes) }
        let store = Store(configuration)
        wasmc_host_start_process(limits.timeout_ns)
        let instance = try instantiate(host, in: store)

        let invoked = limits.invoke.map { String(cString: $0) }
        switch EntryPoint(of: module) {
        // A command that is invoked by export never runs `_start`; a reactor is initialized first.
        case .command where invoked != nil: break
        case .command: try call("_start", of: instance, in: store)
        case .reactor: try call("_initialize", of: instance, in: store)
        case .none: break
        }
        guard let invoked else { return 0 }
        return try Invocation(instance: instance, store: store).run(invoked, Array(arguments.dropFirst()))
    }

    private func instantiate(_ host: HostModule, in store: Store) throws(ExecutionError) -> ModuleInstance {
        let functions: [FunctionInstance]
        do throws(Diagnostic) {
            functions = try host.imports(of: module, in: store)
        } catch { throw .diagnostic(error) }
        // Asked for in the order of the imports. Not by name: two imports of one name may differ in type.
        var next = functions.makeIterator()
        return try WasmInterpreter.instantiate(
            module, imports: { _, _ in next.next().map { .function($0) } }, in: store)
    }

    private func call(_ name: String, of instance: ModuleInstance, in store: Store) throws(ExecutionError) {
        guard case .function(let function)? = instance.export(name) else { return }
        _ = try store.invoke(function)
    }

    /// Why the limits make the program impossible, in the words of compiled programs.
    private func refusal(_ limits: wasmc_host_limits) -> String? {
        if limits.needs_seal { return "--seal: an interpreted program cannot be sealed; compile it" }
        if limits.max_stack_bytes != 0, !hostGives(limits.max_stack_bytes) {
            return "the host refuses the memory for the guest's stack"
        }
        for (index, memory) in module.module.memories.enumerated() {
            let type = memory.type
            if type.limits.minimum > limits.max_memory_bytes >> UInt64(type.pageSizeLog2) {
                return "cannot set up memory \(index): it needs more at start than --max-memory allows"
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
    private func status(after error: ExecutionError) throws(Diagnostic) -> Int32 {
        switch error {
        case .diagnostic(let diagnostic): throw diagnostic
        case .host(let end as HostEnd):
            switch end {
            case .exit(let status): return status
            case .trap(let code, let call):
                wasmc_host_print_trap(wasmc_trap_phrase(code), call, nil)
            }
        case .trap(let trap): report(trap)
        case .exception: wasmc_host_print_trap(TrapKind.unhandledException.phrase, nil, nil)
        case .outOfFuel: throw Diagnostic(.internal, "out of fuel", "although none was asked for")
        case .host(let error): throw Diagnostic(.internal, "unexpected error of a host function", "\(error)")
        }
        return Status.trap
    }

    private func report(_ trap: Trap) {
        guard let place = trap.backtrace.first else { return wasmc_host_print_trap(trap.message, nil, nil) }
        let name = NameSection(module.module).functions[FunctionIndex(rawValue: place.function)] ?? ""
        // Compiled programs leave NULs out too.
        String(decoding: name.utf8.filter { $0 != 0 }, as: UTF8.self).withCString { name in
            var place = wasmc_host_place(
                func_index: place.function, module_offset: UInt32(place.offset), func_name: name)
            wasmc_host_print_trap(trap.message, nil, &place)
        }
    }
}
