import Diagnostics
import WasmInstructionTable
import WasmSpec

/// A module that obeys every validation rule, with what validation found out about it.
///
/// Only the validator makes one. Back ends take nothing else, and need not check again.
public struct ValidatedModule: Sendable {
    public let module: Module
    /// The features that the module uses: by its instructions, types, sections and limits.
    public let features: FeatureSet
    /// By type index; equal numbers if and only if the types are equivalent.
    public let canonicalTypes: [UInt32]

    /// The types of all functions, imported ones first, and so for the other index spaces.
    public let functionTypes: [TypeIndex]
    public let tables: [TableType]
    public let memories: [MemoryType]
    public let globals: [GlobalType]
    /// The function types of all tags.
    public let tags: [TypeIndex]

    public let importedFunctionCount: Int
    public let importedTableCount: Int
    public let importedMemoryCount: Int
    public let importedGlobalCount: Int
    public let importedTagCount: Int

    /// C.refs of the specification: the functions that occur outside of function bodies and the start function,
    /// ascending. No other function's reference can be taken.
    public let referencedFunctions: [FunctionIndex]

    let matcher: TypeMatcher

    init(
        module: Module, features: FeatureSet, spaces: IndexSpaces, matcher: TypeMatcher,
        referencedFunctions: [FunctionIndex]
    ) {
        self.module = module
        self.features = features
        self.canonicalTypes = matcher.canonicalTypes
        self.functionTypes = spaces.functionTypes
        self.tables = spaces.tables
        self.memories = spaces.memories
        self.globals = spaces.globals
        self.tags = spaces.tags
        self.importedFunctionCount = spaces.functionTypes.count - module.functions.count
        self.importedTableCount = spaces.tables.count - module.tables.count
        self.importedMemoryCount = spaces.memories.count - module.memories.count
        self.importedGlobalCount = spaces.globals.count - module.globals.count
        self.importedTagCount = spaces.tags.count - module.tags.count
        self.referencedFunctions = referencedFunctions
        self.matcher = matcher
    }

    /// The function type at `index`; it is one wherever a validated module uses it as one, anything else is an
    /// error of wasmc.
    public func functionType(_ index: TypeIndex) -> FunctionType {
        guard case .function(let type) = module.types[index.position].composite else {
            preconditionFailure("type \(index) is not a function type")
        }
        return type
    }

    /// The types of a function's locals, parameters first; of an imported function there are none.
    public func localTypes(of function: FunctionIndex) -> [ValueType] {
        guard function.position >= importedFunctionCount else { return [] }
        let groups = module.functions[function.position - importedFunctionCount].locals
        return signature(of: function).parameters + groups.flatMap { Array(repeating: $0.type, count: Int($0.count)) }
    }

    /// The parameters and results of a function, imported or defined.
    public func signature(of function: FunctionIndex) -> FunctionType {
        functionType(functionTypes[function.position])
    }

    /// Whether every value of `type` is one of `supertype`; both are types of this module.
    public func isSubtype(_ type: ValueType, of supertype: ValueType) -> Bool {
        matcher.isSubtype(type, of: supertype)
    }

    /// Whether every reference of `type` is one of `supertype`; both are types of this module.
    public func isSubtype(_ type: ReferenceType, of supertype: ReferenceType) -> Bool {
        matcher.isSubtype(type, of: supertype)
    }

    /// Whether every value of `type` is one of `supertype`; both are types of this module.
    public func isSubtype(_ type: HeapType, of supertype: HeapType) -> Bool {
        matcher.isSubtype(type, of: supertype)
    }

    /// Whether `type` is `supertype` or declared below it.
    public func isSubtype(_ type: TypeIndex, of supertype: TypeIndex) -> Bool {
        matcher.isSubtype(.concrete(type), of: .concrete(supertype))
    }
}

/// The types of everything in a module's index spaces, imports first.
struct IndexSpaces: Sendable {
    var functionTypes: [TypeIndex] = []
    var tables: [TableType] = []
    var memories: [MemoryType] = []
    var globals: [GlobalType] = []
    var tags: [TypeIndex] = []
}
