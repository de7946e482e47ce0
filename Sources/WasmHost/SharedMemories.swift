// Shared memories that a program imports and nobody provides: the program defines them.

import Diagnostics
import Synchronization
import WasmInterpreter
import WasmSpec

/// By the names of the imports; the same for all threads.
final class SharedMemories: Sendable {
    private let known = Mutex<[[ExactName]: MemoryInstance]>([:])

    /// The memory that an import names, which its first import defines.
    func memory(for entry: Import, _ budget: ByteBudget) throws(Diagnostic) -> MemoryInstance {
        guard case .memory(let type) = entry.description else {
            throw Diagnostic(.internal, "an import that is no memory", entry.name)
        }
        let names = [ExactName(entry.module), ExactName(entry.name)]
        let memory = known.withLock { known in
            if let memory = known[names] { return memory as MemoryInstance? }
            let memory = MemoryInstance(type, budget: budget)
            known[names] = memory
            return memory
        }
        if let memory { return memory }
        throw Diagnostic(
            .unsupported, "out of memory", "memory is larger than this interpreter can provide",
            at: .offset(entry.offset))
    }
}
