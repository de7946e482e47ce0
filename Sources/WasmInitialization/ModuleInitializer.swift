// Runs a module's own initialization when it is compiled, as Wizer does, so that the program begins where that ended.
//
// Guest code runs in the compiler's process here. It reaches nothing of it: the interpreter has no host but
// `InitializationHost`, which has no authority at all, and how long it runs and how much it takes are bounded.

import Diagnostics
import WasmBinary
import WasmHostTable
import WasmInterpreter
import WasmSpec
import WasmValidation

/// Calls an export of a module, and makes a module of the state that it leaves.
public struct ModuleInitializer {
    /// Seconds that an initialization may take.
    public static let seconds = 300.0
    /// Bytes of its memories and tables together, and of its objects.
    public static let memoryBytes: UInt64 = 1 << 30

    private let module: ValidatedModule
    private let name: String
    private let seconds: Double

    /// - Parameters:
    ///   - name: an export without parameters and results.
    ///   - seconds: as `Self.seconds`.
    public init(_ module: ValidatedModule, calling name: String, seconds: Double = Self.seconds) {
        self.module = module
        self.name = name
        self.seconds = seconds
    }

    /// The module, with the values of memories, globals and tables that its start function, `_initialize` and then the
    /// export leave. It has no start function and neither of these exports any more; its code is the same, at the same
    /// offsets.
    ///
    /// - Throws: `usage` when there is no such export; `unlinkable` as for imports of a program; `unsupported` for what
    ///   cannot be kept; `initialization` when it traps, does not end, or asks the host for something.
    public func initialized() throws(Diagnostic) -> Module {
        try checkExport()
        try checkImports()
        let deadline = try Deadline(in: seconds)
        defer { deadline.cancel() }
        var configuration = Store.Configuration()
        configuration.interruption = deadline.cell
        configuration.memoryBytes = Self.memoryBytes
        configuration.heapBytes = Int(Self.memoryBytes)
        let store = Store(configuration)
        let host = try InitializationHost(module, in: store)
        do throws(ExecutionError) {
            var imports = host.functions.makeIterator()
            let instance = try instantiate(
                module, imports: { _, _ in imports.next().map { .function($0) } }, in: store)
            if case .reactor = EntryPoint(of: module), name != Self.reactorExport {
                try call(Self.reactorExport, of: instance)
            }
            try call(name, of: instance)
            var snapshot = ModuleSnapshot(instance, imported: host.functions)
            do throws(Diagnostic) {
                return try snapshot.module(without: [name, Self.reactorExport])
            } catch { throw .diagnostic(error) }
        } catch { throw diagnostic(error, store) }
    }

    private static let reactorExport = "_initialize"

    private func call(_ name: String, of instance: ModuleInstance) throws(ExecutionError) {
        guard case .function(let function)? = instance.export(name) else { return }
        _ = try instance.store.invoke(function)
    }

    // MARK: What cannot be

    private func checkExport() throws(Diagnostic) {
        guard case .function(let index)? = module.module.export(named: name)?.description else {
            let functions = module.module.exports.filter { if case .function = $0.description { true } else { false } }
            let names = functions.prefix(Self.shownExports).map { "`\($0.name)`" }.joined(separator: ", ")
            throw Diagnostic(
                .usage, "`--init-func \(name)`: the module exports no such function",
                names.isEmpty
                    ? "it exports none" : "it exports \(names)" + (functions.count > Self.shownExports ? ", ..." : ""))
        }
        let type = module.signature(of: index)
        guard type.parameters.isEmpty, type.results.isEmpty else {
            throw Diagnostic(
                .usage, "`--init-func \(name)`: the function has the type \(type)",
                "one without parameters and results can be called when the module is compiled")
        }
    }

    private func checkImports() throws(Diagnostic) {
        for entry in module.module.imports {
            guard case .function = entry.description, HostFunctionTable.all.hasModule(entry.module) else {
                throw Diagnostic(
                    .unsupported, "initialization of a linked module",
                    "\(entry.quotedName) is not the host's, and only what one module has to itself can be kept",
                    at: .offset(entry.offset))
            }
        }
        for memory in module.module.memories where memory.type.isShared {
            throw Diagnostic(
                .unsupported, "initialization of a shared memory", "threads would begin before the program does",
                at: .offset(memory.offset))
        }
    }

    // MARK: Ends

    private func diagnostic(_ error: ExecutionError, _ store: Store) -> Diagnostic {
        switch error {
        case .diagnostic(let diagnostic): return diagnostic
        case .trap(let trap) where trap.kind == .timeout:
            return failure("no end", "`\(name)` is given up after \(Int(seconds.rounded(.up))) s", trap.backtrace)
        case .trap(let trap): return failure(trap.message, "", trap.backtrace)
        case .exception(let exception):
            return failure("uncaught exception", exception.contents.tag.name, exception.backtrace)
        case .outOfFuel: return Diagnostic(.internal, "out of fuel", "although none was asked for")
        case .host(let refused as RefusedCall):
            return failure(
                "calls \(refused.name)", "what the host gives belongs to the run, and is not there yet",
                store.hostCallBacktrace)
        case .host(let error): return Diagnostic(.internal, "unexpected error of a host function", "\(error)")
        }
    }

    private func failure(_ message: String, _ detail: String, _ backtrace: [CodePlace]) -> Diagnostic {
        let names = NameSection(module.module)
        func describe(_ place: CodePlace) -> String {
            module.module.describe(FunctionIndex(rawValue: place.function), names: names)
        }
        var result = Diagnostic(.initialization, message, detail)
        if let first = backtrace.first {
            result.location = .offset(first.offset)
            result.function = describe(first)
        }
        result.notes = backtrace.dropFirst().prefix(Self.shownCalls).map { place in
            Note("called by \(describe(place))", at: .offset(place.offset))
        }
        return result
    }

    private static let shownCalls = 20
    private static let shownExports = 10
}
