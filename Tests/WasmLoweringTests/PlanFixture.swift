import Diagnostics
import WasmBinary
import WasmHostTable
import WasmSpec
import WasmText
import WasmValidation

@testable import WasmLowering

/// The plan of a module in text form, and of those that it is linked with: they come first, and each may import from
/// those before it by their names. All exports can be called unless `change` says otherwise.
func makePlan(
    linked: [(name: String, text: String)] = [], _ text: String, _ change: (inout CompileOptions) -> Void = { _ in }
) throws -> ProgramPlan {
    var options = CompileOptions()
    options.includesInvoke = true
    change(&options)
    var modules: [ProgramModule] = []
    var providers: [String: Int] = [:]
    for (name, text) in linked + [(name: "main", text: text)] {
        modules.append(
            ProgramModule(name: name, module: try validatedModule(text)) { entry in
                providers[entry.module].map { .export(entry.name, of: $0) } ?? .host
            })
        providers[name] = modules.count - 1
    }
    return try ProgramPlan(ProgramLinker(modules), options)
}

/// A module in text form.
func validatedModule(_ text: String) throws -> ValidatedModule {
    try validate(try decodeModule(try assembleModule(text: Array(text.utf8)).bytes))
}

/// A function of the only instance.
func functionID(_ index: Int, of instance: Int = 0) -> FunctionID {
    FunctionID(instance: instance, function: FunctionIndex(index))
}

/// The same text several times.
func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
