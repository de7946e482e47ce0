// Identifiers for a printed module: the names of its name section, made unique.

import WasmBinary
import WasmSpec

/// Whether a name can be an identifier. Long ones cannot: each use of two bytes would repeat them.
func isUsable(_ name: String) -> Bool { (1...1_000).contains(name.utf8.count) }

/// The identifiers of one index space.
struct PrintedNames<Index: SpaceIndex> {
    /// With the `$`.
    private var identifiers: [Index: String] = [:]
    /// Names that cannot be identifiers as they are: empty or long ones, and those that another index has.
    private var annotations: [Index: String] = [:]

    /// `kind` is the word in made-up identifiers, e.g. `$#func3`.
    init(_ names: [Index: String], kind: String, count: Int) {
        var taken: Set<String> = []
        for (index, name) in names.sorted(by: { $0.key < $1.key }) where index.position < count {
            if isUsable(name), taken.insert(name).inserted {
                identifiers[index] = identifier(name)
                continue
            }
            var madeUp = "#\(kind)\(index)"
            // A name may look like one that is made up.
            while !taken.insert(madeUp).inserted { madeUp += "#" }
            identifiers[index] = identifier(madeUp)
            annotations[index] = name
        }
    }

    /// No names.
    init() {}

    /// How to refer to an index.
    subscript(index: Index) -> String { identifiers[index] ?? String(index.rawValue) }

    /// Where an index is defined: ` $x (;3;)`, with the name as an annotation if the identifier differs.
    func definition(_ index: Index) -> String {
        var result = identifiers[index].map { " " + $0 } ?? ""
        if let name = annotations[index] { result += " (@name \(quoted(name)))" }
        return result + " (;\(index);)"
    }

    /// The identifier alone, if it is the name itself.
    func plain(_ index: Index) -> String? { annotations[index] == nil ? identifiers[index] : nil }

    /// ` $x`, with the name as an annotation if the identifier differs; empty without a name.
    func local(_ index: Index) -> String {
        guard let identifier = identifiers[index] else { return "" }
        return " " + identifier + (annotations[index].map { " (@name \(quoted($0)))" } ?? "")
    }

    func hasName(_ index: Index) -> Bool { identifiers[index] != nil }
}

/// The identifiers of a module.
struct ModuleNames {
    let names: NameSection
    let types: PrintedNames<TypeIndex>
    let functions: PrintedNames<FunctionIndex>
    let tables: PrintedNames<TableIndex>
    let memories: PrintedNames<MemoryIndex>
    let tags: PrintedNames<TagIndex>
    let globals: PrintedNames<GlobalIndex>
    let elements: PrintedNames<ElementIndex>
    let data: PrintedNames<DataIndex>
    private let fields: [TypeIndex: PrintedNames<FieldIndex>]

    init(_ module: Module) {
        let names = NameSection(module)
        let imports = ImportCounts(module)
        self.names = names
        types = PrintedNames(names.types, kind: "type", count: module.types.count)
        functions = PrintedNames(
            names.functions, kind: "func", count: imports.functions + module.functions.count)
        tables = PrintedNames(names.tables, kind: "table", count: imports.tables + module.tables.count)
        memories = PrintedNames(names.memories, kind: "memory", count: imports.memories + module.memories.count)
        tags = PrintedNames(names.tags, kind: "tag", count: imports.tags + module.tags.count)
        globals = PrintedNames(names.globals, kind: "global", count: imports.globals + module.globals.count)
        elements = PrintedNames(names.elements, kind: "elem", count: module.elementSegments.count)
        data = PrintedNames(names.data, kind: "data", count: module.dataSegments.count)
        var fields: [TypeIndex: PrintedNames<FieldIndex>] = [:]
        for (type, names) in names.fields where type.position < module.types.count {
            guard case .structure(let types) = module.types[type.position].composite else { continue }
            fields[type] = PrintedNames(names, kind: "field", count: types.count)
        }
        self.fields = fields
    }

    /// The identifier of a field, or nil. A name that occurs twice in a structure is not used.
    func field(_ type: TypeIndex, _ index: FieldIndex) -> String? { fields[type]?.plain(index) }
}

/// How many of each kind a module imports.
struct ImportCounts {
    private(set) var functions = 0
    private(set) var tables = 0
    private(set) var memories = 0
    private(set) var tags = 0
    private(set) var globals = 0

    init(_ module: Module) {
        for entry in module.imports { add(entry.description) }
    }

    /// No imports yet.
    init() {}

    mutating func add(_ type: ExternalType) {
        switch type {
        case .function: functions += 1
        case .table: tables += 1
        case .memory: memories += 1
        case .tag: tags += 1
        case .global: globals += 1
        }
    }
}
