// The host of an initialization: nobody is there yet. There are no arguments, no variables and no directories, which
// libraries for C ask for before they do anything; everything else would be an answer of the compiler's machine, at the
// time of compiling, in each run of the program.

import Diagnostics
import WasmHostTable
import WasmInterpreter
import WasmSpec
import WasmValidation

/// A call of the host that an initialization must not make.
struct RefusedCall: Error {
    /// The import's name.
    let name: String
}

/// The imports of a module that is initialized.
struct InitializationHost {
    /// For each import, in their order.
    let functions: [FunctionInstance]

    /// - Throws: `unlinkable`, as when the program is linked.
    init(_ module: ValidatedModule, in store: Store) throws(Diagnostic) {
        var functions: [FunctionInstance] = []
        for entry in module.module.imports {
            let function = try HostFunctionTable.all.resolve(entry, of: module)
            let answer = Answer(function)
            functions.append(
                store.makeFunction(function.type) { (call) throws(ExecutionError) in
                    guard let answer else { throw .host(RefusedCall(name: entry.name)) }
                    answer.give(to: call)
                })
        }
        self.functions = functions
    }
}

/// What the host says of something that is not there.
private enum Answer {
    /// A number of things and of their bytes: none.
    case noSizes
    case nothing
    case noDescriptor

    /// Nil for all other functions.
    init?(_ function: WasmHostTable.HostFunction) {
        guard ["wasi_snapshot_preview1", "wasi_unstable"].contains(function.module) else { return nil }
        switch function.name {
        case "args_sizes_get", "environ_sizes_get": self = .noSizes
        case "args_get", "environ_get": self = .nothing
        case "fd_prestat_get", "fd_prestat_dir_name": self = .noDescriptor
        default: return nil
        }
    }

    /// WASI's numbers.
    private enum Errno: UInt64 {
        case success = 0
        case badf = 8
        case fault = 21
    }

    func give(to call: HostCall) { call.slots[0] = errno(call).rawValue }

    private func errno(_ call: HostCall) -> Errno {
        switch self {
        case .noDescriptor: return .badf
        case .nothing: return .success
        case .noSizes:
            // As in compiled programs, of the memory that is exported as "memory".
            guard case .memory(let memory)? = call.store.instance(at: 0)?.export("memory") else { return .fault }
            let bytes = memory.bytes
            for slot in [call.slots[0], call.slots[1]] {
                let (end, overflow) = slot.addingReportingOverflow(4)
                guard !overflow, end <= UInt64(bytes.count) else { return .fault }
                bytes.storeBytes(of: UInt32(0), toByteOffset: Int(slot), as: UInt32.self)
            }
            return .success
        }
    }
}
