// What the indices of one module instance stand for in the program.

import Diagnostics
import WasmSpec
import WasmValidation

/// What the entry of an instance is.
enum EntryPoint: Sendable {
    /// `_start`: runs, and then the program ends.
    case command(FunctionIndex)
    /// `_initialize`: runs before an export is invoked.
    case reactor(FunctionIndex)
    case none
}

/// An import that is larger than what its provider was defined with.
struct SizeCheck: Sendable {
    enum Object: Sendable {
        case memory(MemoryID)
        case table(TableID)
    }

    var object: Object
    /// Pages or elements.
    var minimum: UInt64
    var entry: Import
}

/// One instance with its imports resolved: each index leads to whoever defines the thing.
struct InstancePlan: Sendable {
    let number: Int
    let name: String
    let module: ValidatedModule
    /// Canonical types, 1-based, equal across the program; 0 marks a null table entry.
    let typeIDs: [UInt32]
    /// By function index.
    var functions: [FunctionID] = []
    /// By function index: the host function of an import.
    var hostFunctions: [HostFunction?] = []
    var tables: [TableID] = []
    var memories: [MemoryID] = []
    var globals: [GlobalID] = []
    /// Imported memories and tables that must have grown by the time of instantiation.
    var sizeChecks: [SizeCheck] = []
    /// The values that globals start with, by global index.
    var constants: [ConstantValue] = []
    let entry: EntryPoint

    init(number: Int, _ instance: ProgramInstance, typeIDs: [UInt32]) {
        self.number = number
        name = instance.name
        module = instance.module
        self.typeIDs = typeIDs
        entry = Self.entryPoint(instance.module)
    }

    /// Functions that can run without being called by guest code.
    func roots(_ options: CompileOptions) -> [FunctionIndex] {
        var result: [FunctionIndex] = []
        if let start = module.module.start { result.append(start.function) }
        switch entry {
        case .command(let function), .reactor(let function): result.append(function)
        case .none: break
        }
        if options.includesInvoke { result += exportedFunctions.map(\.function) }
        return result
    }

    /// The exported functions, in export order.
    var exportedFunctions: [(name: String, function: FunctionIndex)] {
        module.module.exports.compactMap { export in
            guard case .function(let index) = export.description else { return nil }
            return (export.name, index)
        }
    }

    /// What `name` exports, or nil.
    func export(_ name: String) -> ExternalIndex? {
        module.module.export(named: name)?.description
    }

    private static func entryPoint(_ module: ValidatedModule) -> EntryPoint {
        func exported(_ name: String) -> FunctionIndex? {
            guard case .function(let index) = module.module.export(named: name)?.description else { return nil }
            let type = module.signature(of: index)
            return type.parameters.isEmpty && type.results.isEmpty ? index : nil
        }
        if let start = exported("_start") { return .command(start) }
        if let initialize = exported("_initialize") { return .reactor(initialize) }
        return .none
    }
}
