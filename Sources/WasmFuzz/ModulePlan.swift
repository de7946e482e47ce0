// Everything of a generated module but its code.

import WasmInstructionTable
import WasmSpec

/// How modules are generated.
public struct GeneratorOptions: Sendable {
    /// Features that modules may use. See `ModuleGenerator.features` for those that are generated.
    public var features: FeatureSet
    /// Bytes of choices for a module, at most: its size follows from them.
    public var maximumChoices: Int

    public init(features: FeatureSet = ModuleGenerator.features, maximumChoices: Int = 600) {
        self.features = features
        self.maximumChoices = maximumChoices
    }
}

/// An element segment; active ones are those of a table.
struct ElementPlan {
    var type: ReferenceType
    /// Nil elements are null.
    var functions: [Int?]
    /// The table and the place in it of an active segment.
    var target: (table: Int, offset: Int)?
    var isDeclarative = false
}

/// A data segment.
struct DataPlan {
    var contents: [UInt8]
    var target: (memory: Int, offset: Int)?
}

/// A global; the first one of a module is the fuel.
struct GlobalPlan {
    var type: GlobalType
    /// The initializer with its `end`.
    var initializer: [UInt8]
}

/// Something of a library's, under the name it has there.
struct ImportPlan {
    var kind: Kind
    /// Its index in the library.
    var index: Int

    enum Kind: UInt8, CaseIterable {
        case function, table, memory, global, tag

        /// What a library exports it as.
        func name(_ index: Int) -> String { "\(["raw", "table", "memory", "global", "tag"][Int(rawValue)])\(index)" }
    }
}

/// The declarations of a module.
struct ModulePlan {
    /// The first of them are those that code chooses from, the rest belong to the harness.
    var types: [FunctionType] = []
    var choosableTypeCount = 0
    /// By function, the index of its type. The first functions are the generated ones.
    var functionTypes: [Int] = []
    var memories: [MemoryType] = []
    var tables: [TableType] = []
    var globals: [GlobalPlan] = []
    var elements: [ElementPlan] = []
    var data: [DataPlan] = []
    var hasStart = false
    /// What comes from a library; of each index space these are the first.
    var imports: [ImportPlan] = []
    /// Value types that locals, globals and parameters have.
    var valueTypes: [ValueType] = []
    /// Value types that locals and globals have: also references to types of the module.
    var storedTypes: [ValueType] = []
    /// Structures and arrays; in the type section they stand behind `types`.
    var aggregates: [SubType] = []
    /// By tag, the index of its type.
    var tags: [Int] = []

    /// The global that loops and calls consume, so that everything ends.
    static let fuelGlobal = 0
    /// Loop iterations that one invocation may have; a call counts as ten.
    static let fuel: Int32 = 400

    /// How many of a kind are imported.
    func importCount(_ kind: ImportPlan.Kind) -> Int { imports.count { $0.kind == kind } }

    /// Bytes that a memory begins with.
    func bytes(ofMemory memory: Int) -> Int {
        Int(memories[memory].limits.minimum << UInt64(memories[memory].pageSizeLog2))
    }

    /// The type that functions of the module share, added if it is new.
    mutating func index(of type: FunctionType) -> Int {
        if let index = types.firstIndex(of: type) { return index }
        types.append(type)
        return types.count - 1
    }
}
