// How a program starts. WASI's convention, the same for every engine:
// https://github.com/WebAssembly/WASI/blob/main/legacy/application-abi.md

import WasmSpec
import WasmValidation

/// What the entry of a module is.
public enum EntryPoint: Sendable {
    /// `_start`: runs, and then the program ends.
    case command(FunctionIndex)
    /// `_initialize`: runs before an export is invoked.
    case reactor(FunctionIndex)
    case none

    public init(of module: ValidatedModule) {
        func exported(_ name: String) -> FunctionIndex? {
            guard case .function(let index) = module.module.export(named: name)?.description else { return nil }
            let type = module.signature(of: index)
            return type.parameters.isEmpty && type.results.isEmpty ? index : nil
        }
        if let start = exported("_start") {
            self = .command(start)
        } else if let initialize = exported("_initialize") {
            self = .reactor(initialize)
        } else {
            self = .none
        }
    }
}
