import Testing
import WasmBinary
import WasmSpec
import WasmText
import WasmValidation

@testable import WasmInterpreter

/// A store with instances made from text.
final class Fixture {
    let store: Store
    private var registered: [String: ModuleInstance] = [:]
    private var hosts: [String: ExternalValue] = [:]

    init(_ configuration: Store.Configuration = Store.Configuration()) { store = Store(configuration) }

    /// Makes a host function known as `host` `name`.
    func addHost(
        _ name: String, _ parameters: [ValueType], _ results: [ValueType],
        _ body: @escaping HostFunction.Body
    ) {
        hosts[name] = .function(store.makeFunction(FunctionType(parameters: parameters, results: results), body))
    }

    func module(_ text: String) throws -> ValidatedModule {
        try validate(try decodeModule(try assembleModule(text: Array(text.utf8)).bytes))
    }

    @discardableResult
    func instantiate(_ text: String, as name: String = "m") throws -> ModuleInstance {
        let instance = try WasmInterpreter.instantiate(
            try module(text),
            imports: { [hosts, registered] module, item in
                module == "host" ? hosts[item] : registered[module]?.export(item)
            }, in: store)
        registered[name] = instance
        return instance
    }
}

extension ModuleInstance {
    /// Calls an exported function.
    func call(_ name: String, _ arguments: Value...) throws(ExecutionError) -> [Value] {
        guard case .function(let function)? = export(name) else {
            Issue.record("no function \(name)")
            return []
        }
        return try store.invoke(function, arguments)
    }

    /// The trap that a call ends in.
    func trap(_ name: String, _ arguments: Value...) -> Trap? {
        guard case .function(let function)? = export(name) else { return nil }
        do throws(ExecutionError) {
            _ = try store.invoke(function, arguments)
        } catch {
            if case .trap(let trap) = error { return trap }
            Issue.record("\(error)")
        }
        return nil
    }
}
