// The plan of a compilation: everything that is decided before LLVM sees a function. It depends on the
// module and the options alone, never on the number of threads.

import Diagnostics
import LLVMBridge
import WasmInstructionTable
import WasmSpec
import WasmValidation

/// What the entry of a program is.
enum EntryPoint {
    /// `_start`: runs, and then the program ends.
    case command(FunctionIndex)
    /// `_initialize`: runs before an export is invoked.
    case reactor(FunctionIndex)
    case none
}

/// A run of functions that becomes one LLVM module and one object file.
struct Partition {
    var number: Int
    /// Positions in `Module.functions`, ascending.
    var functions: [Int]
    /// Lower than asked for where the partition is a giant function.
    var optimization: OptimizationLevel
}

/// The plan for one module instance and its program.
struct ProgramPlan {
    let module: ValidatedModule
    let options: CompileOptions
    let facts: ModuleFacts
    let constants: ConstantEvaluator
    /// Host functions by function index, for the imported ones that are reachable.
    let hostFunctions: [HostFunction?]
    let entry: EntryPoint
    let partitions: [Partition]
    /// The partition of each defined function.
    let partitionOf: [Int]
    /// Defined functions that another object file refers to.
    let isShared: [Bool]
    let tables: [TableImage]

    /// Bytes of function bodies in a partition. Small enough for every core to have work and for LLVM's
    /// memory to stay bounded, large enough for inlining.
    static let partitionBytes = 160 << 10
    /// A function above this takes LLVM's superlinear passes too long: it is lowered at `-O1` at most.
    static let giantFunctionBytes = 400 << 10
    /// Above this even `-O1` takes minutes.
    static let enormousFunctionBytes = 1500 << 10

    init(_ module: ValidatedModule, _ options: CompileOptions) throws(Diagnostic) {
        self.module = module
        self.options = options
        try Self.refuseUnsupported(module)
        entry = Self.entryPoint(module)
        facts = try ModuleFacts(module, roots: Self.roots(module, entry, options))
        constants = try ConstantEvaluator(module)
        hostFunctions = try Self.resolveImports(module, facts)
        partitions = Self.partition(module, facts, options)
        var partitionOf = Array(repeating: -1, count: module.module.functions.count)
        for partition in partitions { for position in partition.functions { partitionOf[position] = partition.number } }
        self.partitionOf = partitionOf
        isShared = Self.sharedFunctions(module, facts, partitionOf, entry, options)
        tables = try TableImage.all(of: module, facts, constants)
    }

    /// The single LLVM module of a small program holds functions and data; its symbols can be internal.
    var isSingleModule: Bool { partitions.count <= 1 }

    /// Guest functions have one convention, because an indirect call cannot know its callee's: LLVM's fast one,
    /// or the one that guarantees tail calls where the module makes any.
    var callingConvention: CallingConvention { facts.usesTailCalls ? .tail : .fast }

    func definedPosition(_ function: FunctionIndex) -> Int? {
        let position = function.position - module.importedFunctionCount
        return position >= 0 ? position : nil
    }

    // MARK: Refusals

    /// What the back end lowers. Anything else is refused by name.
    static let supportedFeatures = FeatureSet([
        .mvp, .mutableGlobals, .signExtension, .saturatingTruncation, .multiValue, .bulkMemory, .referenceTypes,
        .multiTable, .extendedConst, .simd, .tailCall, .functionReferences, .multiMemory, .memory64,
        .customPageSizes, .wideArithmetic,
    ])

    private static func refuseUnsupported(_ module: ValidatedModule) throws(Diagnostic) {
        let missing = module.features.features.filter { !supportedFeatures.contains($0) }
        guard missing.isEmpty else {
            throw Diagnostic(
                .unsupported, "the native back end cannot lower \(missing.map(\.name).joined(separator: ", "))",
                "the module is valid, but uses what this version of wasmc only validates")
        }
        for entry in module.module.imports {
            let kind: String
            switch entry.description {
            case .function: continue
            case .table: kind = "table"
            case .memory: kind = "memory"
            case .global: kind = "global"
            case .tag: kind = "tag"
            }
            throw Diagnostic(
                .unlinkable, "unknown import",
                "\"\(entry.module)\" \"\(entry.name)\" is a \(kind), and nothing provides one",
                at: .offset(entry.offset))
        }
    }

    private static func resolveImports(_ module: ValidatedModule, _ facts: ModuleFacts) throws(Diagnostic)
        -> [HostFunction?]
    {
        var result: [HostFunction?] = []
        for entry in module.module.imports {
            guard case .function(let type) = entry.description else { continue }
            // An import that nothing calls is checked all the same: what is refused must not depend on the optimiser.
            let host = try HostFunctionTable.all.resolve(entry, type: module.functionType(type))
            result.append(facts.isReachable[result.count] ? host : nil)
        }
        return result
    }

    // MARK: Roots

    private static func entryPoint(_ module: ValidatedModule) -> EntryPoint {
        func exported(_ name: String) -> FunctionIndex? {
            for export in module.module.exports where export.name == name {
                guard case .function(let index) = export.description else { continue }
                let type = module.signature(of: index)
                if type.parameters.isEmpty, type.results.isEmpty { return index }
            }
            return nil
        }
        if let start = exported("_start") { return .command(start) }
        if let initialize = exported("_initialize") { return .reactor(initialize) }
        return .none
    }

    private static func roots(_ module: ValidatedModule, _ entry: EntryPoint, _ options: CompileOptions)
        -> [FunctionIndex]
    {
        var result: [FunctionIndex] = []
        if let start = module.module.start { result.append(start.function) }
        switch entry {
        case .command(let function), .reactor(let function): result.append(function)
        case .none: break
        }
        if options.includesInvoke { result += exportedFunctions(module).map(\.function) }
        return result
    }

    /// The exported functions, in export order.
    static func exportedFunctions(_ module: ValidatedModule) -> [(name: String, function: FunctionIndex)] {
        module.module.exports.compactMap { export in
            guard case .function(let index) = export.description else { return nil }
            return (export.name, index)
        }
    }

    // MARK: Partitions

    private static func partition(
        _ module: ValidatedModule, _ facts: ModuleFacts, _ options: CompileOptions
    ) -> [Partition] {
        var partitions: [Partition] = []
        var functions: [Int] = []
        var bytes = 0
        func close(_ optimization: OptimizationLevel) {
            guard !functions.isEmpty else { return }
            partitions.append(Partition(number: partitions.count, functions: functions, optimization: optimization))
            functions = []
            bytes = 0
        }
        for (position, function) in module.module.functions.enumerated() {
            guard facts.isReachable[position + module.importedFunctionCount] else { continue }
            let size = function.body.count
            if size >= giantFunctionBytes {
                close(options.optimization)
                functions = [position]
                close(reduced(options.optimization, forBodyOf: size))
                continue
            }
            if bytes + size > partitionBytes { close(options.optimization) }
            functions.append(position)
            bytes += size
        }
        close(options.optimization)
        return partitions
    }

    private static func reduced(_ level: OptimizationLevel, forBodyOf size: Int) -> OptimizationLevel {
        if size >= enormousFunctionBytes { return .none }
        return level == .none ? .none : .less
    }

    private static func sharedFunctions(
        _ module: ValidatedModule, _ facts: ModuleFacts, _ partitionOf: [Int], _ entry: EntryPoint,
        _ options: CompileOptions
    ) -> [Bool] {
        let imported = module.importedFunctionCount
        var shared = Array(repeating: false, count: partitionOf.count)
        for (caller, callees) in facts.callees.enumerated() {
            for callee in callees where callee.position >= imported {
                let position = callee.position - imported
                if partitionOf[position] != partitionOf[caller] { shared[position] = true }
            }
        }
        // The program's object refers to what is referenced and to the roots.
        for position in shared.indices where facts.isReferenced[position + imported] { shared[position] = true }
        for root in roots(module, entry, options) where root.position >= imported {
            shared[root.position - imported] = true
        }
        return shared
    }
}
