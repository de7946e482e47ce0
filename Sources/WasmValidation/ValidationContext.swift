// The context C of the specification: what of a module is needed to validate its functions. Read-only, flat and
// shared, so that functions can be validated on any number of threads.
// Spec: https://webassembly.github.io/spec/core/valid/conventions.html#contexts

import Diagnostics
import WasmInstructionTable
import WasmSpec

/// The context C.
final class ValidationContext: Sendable {
    let module: Module
    let allowed: FeatureSet
    let matcher: TypeMatcher
    /// C.types, by type index.
    let types: ContiguousArray<TypeRecord>
    /// The parameters and results of all function types, one list behind the other.
    let pool: ContiguousArray<StackType>
    /// The fields of all structure and array types, likewise.
    let fields: ContiguousArray<FieldRecord>
    /// C.funcs
    let functions: ContiguousArray<TypeIndex>
    /// C.tables
    let tables: ContiguousArray<TableRecord>
    /// C.mems: their address types.
    let memories: ContiguousArray<StackType>
    /// C.globals
    let globals: ContiguousArray<GlobalRecord>
    let importedGlobalCount: Int
    /// C.tags: the parameters of each.
    let tags: ContiguousArray<TypeList>
    /// C.elems
    let elements: ContiguousArray<StackType>
    /// Data segments: as the data count section announces them, else as there are.
    let dataSegmentCount: Int
    let hasDataCount: Bool
    /// C.refs, by function index.
    let referenced: ContiguousArray<Bool>

    /// The module's declarations have been validated: every type index that occurs in them is in range, every
    /// function and tag has a function type.
    init(
        _ module: Module, allowed: FeatureSet, matcher: TypeMatcher, spaces: IndexSpaces,
        referenced: ContiguousArray<Bool>
    ) {
        self.module = module
        self.allowed = allowed
        self.matcher = matcher
        var flattened = FlattenedTypes()
        for type in module.types { flattened.append(type.composite) }
        types = flattened.records
        pool = flattened.pool
        fields = flattened.fields
        functions = ContiguousArray(spaces.functionTypes)
        tables = ContiguousArray(
            spaces.tables.map { TableRecord(address: StackType($0.addressType), element: StackType($0.element)) })
        memories = ContiguousArray(spaces.memories.map { StackType($0.addressType) })
        globals = ContiguousArray(
            spaces.globals.map { GlobalRecord(type: StackType($0.value), isMutable: $0.isMutable) })
        importedGlobalCount = spaces.globals.count - module.globals.count
        tags = ContiguousArray(spaces.tags.map { flattened.records[$0.position].parameters })
        elements = ContiguousArray(module.elementSegments.map { StackType($0.type) })
        dataSegmentCount = module.dataCount.map { Int($0) } ?? module.dataSegments.count
        hasDataCount = module.dataCount != nil
        self.referenced = referenced
    }

    // MARK: Look-ups

    func type(_ index: TypeIndex) throws(Diagnostic) -> TypeRecord {
        guard index.position < types.count else { throw unknown("type", index) }
        return types[index.position]
    }

    func functionType(_ index: TypeIndex) throws(Diagnostic) -> TypeRecord {
        let type = try type(index)
        guard type.kind == .function else { throw unexpectedKind(index, "function") }
        return type
    }

    func structureType(_ index: TypeIndex) throws(Diagnostic) -> TypeRecord {
        let type = try type(index)
        guard type.kind == .structure else { throw unexpectedKind(index, "structure") }
        return type
    }

    /// The element of an array type.
    func arrayType(_ index: TypeIndex) throws(Diagnostic) -> FieldRecord {
        let type = try type(index)
        guard type.kind == .array else { throw unexpectedKind(index, "array") }
        return fields[Int(type.start)]
    }

    func function(_ index: FunctionIndex) throws(Diagnostic) -> TypeIndex {
        guard index.position < functions.count else { throw unknown("function", index) }
        return functions[index.position]
    }

    func table(_ index: TableIndex) throws(Diagnostic) -> TableRecord {
        guard index.position < tables.count else { throw unknown("table", index) }
        return tables[index.position]
    }

    /// The address type of a memory.
    func memory(_ index: MemoryIndex) throws(Diagnostic) -> StackType {
        guard index.position < memories.count else { throw unknown("memory", index) }
        return memories[index.position]
    }

    func tag(_ index: TagIndex) throws(Diagnostic) -> TypeList {
        guard index.position < tags.count else { throw unknown("tag", index) }
        return tags[index.position]
    }

    func element(_ index: ElementIndex) throws(Diagnostic) -> StackType {
        guard index.position < elements.count else { throw unknown("elem segment", index) }
        return elements[index.position]
    }

    /// Checks a data segment that an instruction names. The data count section, which makes that possible in one
    /// pass, is a matter of the binary format.
    func checkData(_ index: DataIndex) throws(Diagnostic) {
        guard hasDataCount else { throw Diagnostic(.malformed, "data count section required") }
        guard index.position < dataSegmentCount else { throw unknown("data segment", index) }
    }

    func checkHeapType(_ type: HeapType) throws(Diagnostic) {
        guard case .concrete(let index) = type else { return }
        guard index.position < types.count else { throw unknown("type", index) }
    }

    func unknown(_ what: String, _ index: some SpaceIndex) -> Diagnostic {
        Diagnostic(.invalid, "unknown \(what) \(index)")
    }

    private func unexpectedKind(_ index: TypeIndex, _ expected: String) -> Diagnostic {
        let found: String
        switch types[index.position].kind {
        case .function: found = "function"
        case .structure: found = "structure"
        case .array: found = "array"
        }
        return Diagnostic(.invalid, "non-\(expected) type \(index)", "it is a \(found) type")
    }
}

/// A composite type whose lists lie in the context's pools.
struct TypeRecord: Sendable {
    let kind: CompositeKind
    /// Where the parameters, or the fields, begin.
    let start: UInt32
    /// Parameters or fields.
    let count: UInt32
    let resultCount: UInt32

    /// Of a function type.
    var parameters: TypeList { TypeList(start: start, count: count) }
    /// Of a function type.
    var results: TypeList { TypeList(start: start + count, count: resultCount) }
}

/// A field of a structure, or an array's element.
struct FieldRecord: Sendable {
    /// On the operand stack.
    let type: StackType
    let storage: StorageType
    let isMutable: Bool
}

struct TableRecord: Sendable {
    let address: StackType
    let element: StackType
}

struct GlobalRecord: Sendable {
    let type: StackType
    let isMutable: Bool
}

/// All types of a module with their lists side by side.
private struct FlattenedTypes {
    var records: ContiguousArray<TypeRecord> = []
    var pool: ContiguousArray<StackType> = []
    var fields: ContiguousArray<FieldRecord> = []

    mutating func append(_ type: CompositeType) {
        switch type {
        case .function(let function):
            let start = UInt32(pool.count)
            for type in function.parameters { pool.append(StackType(type)) }
            for type in function.results { pool.append(StackType(type)) }
            records.append(
                TypeRecord(
                    kind: .function, start: start, count: UInt32(function.parameters.count),
                    resultCount: UInt32(function.results.count)))
        case .structure(let fields): append(fields, .structure)
        case .array(let field): append([field], .array)
        }
    }

    private mutating func append(_ fields: [FieldType], _ kind: CompositeKind) {
        let start = UInt32(self.fields.count)
        for field in fields {
            self.fields.append(
                FieldRecord(
                    type: StackType(field.storage.unpacked), storage: field.storage, isMutable: field.isMutable))
        }
        records.append(TypeRecord(kind: kind, start: start, count: UInt32(fields.count), resultCount: 0))
    }
}
