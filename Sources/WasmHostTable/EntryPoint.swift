// How a program starts. WASI's convention, the same for every engine:
// https://github.com/WebAssembly/WASI/blob/main/legacy/application-abi.md

import Diagnostics
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

extension EntryPoint {
    /// Refuses an export that has the name of an entry and cannot be one: it would never be called, and nobody told.
    ///
    /// - Parameter invoked: the export that is called in place of `_start`, which may then be anything.
    /// - Throws: `unlinkable`.
    public static func check(_ module: ValidatedModule, invoked: String?) throws(Diagnostic) {
        for name in invoked == nil ? ["_start", "_initialize"] : ["_initialize"] {
            guard let export = module.module.export(named: name) else { continue }
            if case .function(let index) = export.description {
                let type = module.signature(of: index)
                if type.parameters.isEmpty && type.results.isEmpty { continue }
            }
            throw Diagnostic(
                .unlinkable, "`\(name)` is not an entry point",
                "expected a function [] -> [], found a \(module.describe(module.type(of: export.description)))",
                at: .offset(export.offset))
        }
    }

    /// Refuses to invoke what is not exported, or is neither a function nor a global, whose value is then read.
    ///
    /// - Throws: `usage`, with the names that there are.
    public static func checkInvoked(_ name: String, of module: ValidatedModule) throws(Diagnostic) {
        let kind: String
        switch module.module.export(named: name)?.description {
        case .function, .global: return
        case .table: kind = "a table"
        case .memory: kind = "a memory"
        case .tag: kind = "a tag"
        case nil: kind = ""
        }
        throw Diagnostic(
            .usage, "--invoke: no exported function is called '\(shortened(name))'",
            (kind.isEmpty ? "" : "it is \(kind); ") + exportedFunctions(of: module))
    }

    /// What of a module has to be said to whoever builds or runs it: that nothing is called.
    public static func remark(on module: ValidatedModule) -> String? {
        switch EntryPoint(of: module) {
        case .command: return nil
        case .reactor:
            return "the module has no `_start`: its `_initialize` is called and nothing else, unless --invoke names an "
                + "export; " + exportedFunctions(of: module)
        case .none:
            guard module.module.start == nil else { return nil }
            return "the module has no `_start`: nothing is called unless --invoke names an export; "
                + exportedFunctions(of: module)
        }
    }

    /// The names in a sentence, the first of them when there are many.
    private static func exportedFunctions(of module: ValidatedModule) -> String {
        let names = module.module.exports.filter { export in
            if case .function = export.description { true } else { false }
        }.map { shortened($0.name, limit: 60) }
        if names.isEmpty { return "it exports no function" }
        let shown = names.prefix(10).joined(separator: ", ")
        return "it exports the function\(names.count == 1 ? "" : "s") \(shown)"
            + (names.count > 10 ? " and \(names.count - 10) more" : "")
    }
}

extension ValidatedModule {
    /// The type of something in the index spaces.
    func type(of index: ExternalIndex) -> ExternalType {
        switch index {
        case .function(let index): .function(functionTypes[index.position])
        case .table(let index): .table(tables[index.position])
        case .memory(let index): .memory(memories[index.position])
        case .global(let index): .global(globals[index.position])
        case .tag(let index): .tag(tags[index.position])
        }
    }
}
