// What the indices of one module instance stand for in the program.

import Diagnostics
import WasmBinary
import WasmHostTable
import WasmSpec
import WasmValidation

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
    /// Canonical numbers of the module's types, by type index; equal across the program for equivalent types.
    let typeNumbers: [UInt32]
    /// The numbers at run time of each of the module's types and of those below it, by type index.
    private(set) var typeRanges: [ClosedRange<UInt32>] = []
    /// How objects of the module's types lie in the heap, by type index; empty in a program without one.
    private(set) var layouts: [ObjectLayout?] = []
    /// By function index.
    var functions: [FunctionID] = []
    /// By function index: the host function of an import.
    var hostFunctions: [HostFunction?] = []
    var tables: [TableID] = []
    var memories: [MemoryID] = []
    /// The types of the memories that are this instance's: shared ones that it imports and nobody provides, then those that
    /// it defines.
    var ownMemories: [MemoryType] = []
    /// What the first of them are imported as.
    var sharedMemoryImports: [Import] = []
    var globals: [GlobalID] = []
    var tags: [TagID] = []
    /// Imported memories and tables that must have grown by the time of instantiation.
    var sizeChecks: [SizeCheck] = []
    /// The values that globals start with, by global index.
    var constants: [ConstantValue] = []
    /// Whether its code makes references to exceptions.
    var refersToExceptions = false
    let entry: EntryPoint
    /// Which branches the module says are taken.
    let branchHints: BranchHintSection

    init(number: Int, _ module: ProgramModule, typeNumbers: [UInt32]) {
        self.number = number
        name = module.name
        self.module = module.module
        self.typeNumbers = typeNumbers
        entry = EntryPoint(of: module.module)
        branchHints = BranchHintSection(module.module.module)
    }

    /// Gives the module's types their numbers at run time, and in a program with a heap their layouts.
    mutating func number(_ numbering: TypeNumbering, hasHeap: Bool) {
        typeRanges = typeNumbers.map(numbering.range)
        guard hasHeap else { return }
        layouts = module.module.types.map { ObjectLayout($0.composite, isTraced: isTraced) }
    }

    /// The type of an object, function reference or table entry at run time: 1-based, as 0 marks a null entry.
    func typeID(_ type: TypeIndex) -> UInt32 { typeRange(type).lowerBound }

    /// The numbers at run time of a type and of those below it.
    func typeRange(_ type: TypeIndex) -> ClosedRange<UInt32> { typeRanges[type.position] }

    /// Whether the collector follows references of this type: all but those to functions.
    func isTraced(_ type: ReferenceType) -> Bool {
        switch type.heapType {
        case .abstract(.func), .abstract(.nofunc): return false
        case .abstract: return true
        case .concrete(let index):
            if case .function = module.module.types[index.position].composite { return false }
            return true
        }
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
}
