// What a program has to be that starts threads: https://github.com/WebAssembly/wasi-threads

import Diagnostics
import WasmSpec
import WasmValidation

/// The convention of wasi-threads, the same for every engine. Each thread has instances of its own of all modules, and the
/// memories are the same for all.
public enum ThreadedProgram {
    /// The runtime's function behind `wasi` `thread-spawn`.
    public static let spawnSymbol = "wasmc_wasi_thread_spawn"

    /// What a thread runs: an export [i32 i32] -> [], the thread's number and the argument of `thread-spawn`.
    public static let startName = "wasi_thread_start"

    /// The function that threads of a module run; nil when it exports none.
    public static func start(of module: ValidatedModule) -> FunctionIndex? {
        guard case .function(let index)? = module.module.export(named: startName)?.description else { return nil }
        let type = module.signature(of: index)
        return type.parameters == [.i32, .i32] && type.results.isEmpty ? index : nil
    }

    /// Where a module imports `thread-spawn` of the host; nil when it does not.
    private static func spawn(of module: ProgramModule) -> Import? {
        module.hostImports.first { entry in
            guard let function = try? HostFunctionTable.all.resolve(entry, of: module.module) else { return false }
            return function.symbol == spawnSymbol
        }
    }

    /// Checks the modules of a program, whose imports there are, if one of them starts threads.
    ///
    /// Returns the number of the first that is not as it has to be, and what is wrong with it.
    public static func refusal(of modules: [ProgramModule]) -> (module: Int, Diagnostic)? {
        let spawns = modules.map(spawn)
        guard spawns.contains(where: { $0 != nil }) else { return nil }
        for (number, module) in modules.enumerated() {
            if let spawn = spawns[number], start(of: module.module) == nil {
                return (
                    number,
                    Diagnostic(
                        .unlinkable, "threads without `\(startName)`",
                        "a module that imports \(spawn.quotedName) exports what its threads run: a function "
                            + "`\(startName)` [i32 i32] -> []", at: .offset(spawn.offset))
                )
            }
            if let memory = module.module.module.memories.first(where: { !$0.type.isShared }) {
                return (
                    number,
                    Diagnostic(
                        .unlinkable, "a memory that is not shared, in a program that starts threads",
                        "each thread has instances of its own, and the memories are the same for all: declare it "
                            + "`shared` (wasm-ld --shared-memory)", at: .offset(memory.offset))
                )
            }
        }
        return nil
    }
}
