import WasmBinary
import WasmDebugInfo
import WasmSpec

/// What the functions of a program are called in their modules, by the names that they have in objects.
///
/// A function that has a mangled symbol in the debug information has that, which tools demangle; others have the name of
/// the name section, or else of an export. Nothing is said here of functions without a name.
public func guestSymbols(_ program: ProgramLinker) -> [String: String] {
    var result: [String: String] = [:]
    for instance in program.instances {
        let module = instance.module.module
        let names = FunctionNames(module)
        let debugInfo = DebugInfo(module)
        for (position, function) in module.functions.enumerated() {
            let index = FunctionIndex(position + instance.module.importedFunctionCount)
            let symbol = debugInfo?.symbol(ofFunctionAt: function.body.lowerBound)
            guard let name = symbol ?? names.plainName(index) else { continue }
            result[ModuleLowering.functionName(FunctionID(instance: instance.number, function: index))] = name
        }
    }
    return result
}
