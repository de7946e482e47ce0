// Runs scripts on the interpreter, the oracle.

import Diagnostics
import WasmHostTable
import WasmInterpreter
import WasmSpec
import WasmText
import WasmValidation

/// The interpreter as an engine for scripts.
public final class InterpreterScriptEngine: ScriptEngine {
    public let name = "interpreter"
    private let store = Store()
    private var planned: [ProgramModule] = []
    private var threads: [ThreadInstances] = []
    /// By number; nil when instantiation has failed or is still to come.
    private var instances: [ModuleInstance?] = []
    /// What the thread that has started this one's shares with it: by number, exports of memories.
    private let shared: [Int: (String) -> MemoryInstance?]

    public convenience init() { self.init(shared: [:]) }

    private init(shared: [Int: (String) -> MemoryInstance?]) { self.shared = shared }

    public func makeThread(_ number: Int) -> any ScriptEngine {
        InterpreterScriptEngine(
            shared: threads[number].shared.compactMapValues { number in
                guard let instance = instances[number] else { return nil }
                return { name in
                    guard case .memory(let memory)? = instance.export(name), memory.type.isShared else { return nil }
                    return memory
                }
            })
    }

    // MARK: Instances

    public func prepare(_ instances: [ProgramModule], threads: [ThreadInstances]) {
        planned = instances
        self.threads = threads
        self.instances = Array(repeating: nil, count: instances.count)
    }

    public func instantiate(_ instance: Int) -> ScriptOutcome {
        let plan = planned[instance]
        do throws(ExecutionError) {
            // Asked for in the order of the imports.
            var bindings = plan.bindings.makeIterator()
            instances[instance] = try WasmInterpreter.instantiate(
                plan.module,
                imports: { _, _ in
                    guard case .export(let name, let provider)? = bindings.next() else { return nil }
                    return export(provider, name)
                }, in: store)
            return .values([])
        } catch {
            return outcome(error)
        }
    }

    private func export(_ instance: Int, _ name: String) -> ExternalValue? {
        if let shared = shared[instance] { return shared(name).map { .memory($0) } }
        return instances[instance]?.export(name)
    }

    // MARK: Actions

    public func invoke(_ instance: Int, _ export: String, _ arguments: [ScriptValue]) -> ScriptOutcome {
        guard let module = instances[instance] else { return .failure("the instance was not made") }
        guard case .function(let function)? = module.export(export) else {
            return .failure("no function is exported as \"\(export)\"")
        }
        do throws(ExecutionError) {
            let results = try store.invoke(function, arguments.map { Self.value($0) })
            return .values(zip(results, function.type.results).map { Self.result($0, function.hierarchy(of: $1)) })
        } catch {
            return outcome(error)
        }
    }

    public func get(_ instance: Int, _ export: String) -> ScriptOutcome {
        guard let module = instances[instance] else { return .failure("the instance was not made") }
        guard case .global(let global)? = module.export(export) else {
            return .failure("no global is exported as \"\(export)\"")
        }
        return .values([Self.result(global.value, global.hierarchy)])
    }

    private func outcome(_ error: ExecutionError) -> ScriptOutcome {
        switch error {
        case .diagnostic(let diagnostic) where diagnostic.phase == .unlinkable: .unlinkable(diagnostic)
        case .diagnostic(let diagnostic) where diagnostic.phase == .unsupported: .unsupported(diagnostic.message)
        case .diagnostic(let diagnostic): .failure(ScriptPlan.text(diagnostic))
        case .trap(let trap) where trap.kind == .callStackExhausted: .exhaustion(trap.message)
        case .trap(let trap): .trap(trap.message)
        case .exception: .exception
        case .outOfFuel: .failure("out of fuel")
        case .host(let error): .failure("\(error)")
        }
    }

    // MARK: Values

    private static func value(_ value: ScriptValue) -> Value {
        switch value {
        case .i32(let value): .i32(Int32(bitPattern: value))
        case .i64(let value): .i64(Int64(bitPattern: value))
        case .f32(let bits): .f32(bits)
        case .f64(let bits): .f64(bits)
        case .v128(let vector): .v128(vector)
        case .refNull: .reference(.null)
        case .refExtern(let number), .refHost(let number): .reference(.host(UInt64(number)))
        }
    }

    private static func result(_ value: Value, _ hierarchy: AbstractHeapType) -> ScriptResult {
        switch value {
        case .i32(let value): .i32(UInt32(bitPattern: value))
        case .i64(let value): .i64(UInt64(bitPattern: value))
        case .f32(let bits): .f32(bits)
        case .f64(let bits): .f64(bits)
        case .v128(let vector): .v128(vector)
        case .reference(.null): .null
        case .reference(.function): .function
        case .reference(.exception): .reference(.exn)
        case .reference(.host(let number)):
            hierarchy == .extern
                ? .extern(UInt32(truncatingIfNeeded: number)) : .host(UInt32(truncatingIfNeeded: number))
        // An internal reference made external has no number that a script could name.
        case .reference where hierarchy == .extern: .reference(.extern)
        case .reference(.i31): .reference(.i31)
        case .reference(.structure): .reference(.struct)
        case .reference(.array): .reference(.array)
        }
    }
}
