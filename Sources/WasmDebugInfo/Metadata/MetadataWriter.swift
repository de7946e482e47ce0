// Subprograms, blocks, files. Specification: https://llvm.org/docs/LangRef.html#specialized-metadata-nodes

/// Writes metadata for what functions refer to, each thing once.
struct MetadataWriter {
    typealias Node = MetadataText.Node

    /// A function that exists once, however often it is inlined.
    struct Subprogram {
        let node: Node
        let file: Node
        /// The line of its first code, or else of its declaration.
        let line: UInt32
    }

    /// A subprogram or a block where it is active.
    struct LocalScope {
        let node: Node
        let file: Node
        let inlinedAt: Node?
    }

    /// DW_LANG_Rust.
    private static let rust: UInt64 = 0x1C
    static let definition = "spFlags: DISPFlagLocalToUnit | DISPFlagDefinition"

    let info: DebugInfo?
    let unit: Node
    var text = MetadataText()
    private let module: String
    let memoryBase: UInt64
    private let isOptimized: Bool

    private var files: [String: Node] = [:]
    private var filesByIndex: [Int: Node] = [:]
    private(set) var exportedFiles: [Int: Int] = [:]
    private var unitFile: Node?
    private var plain: (file: Node, type: Node)?
    private var subprograms: [DebugEntryID: Subprogram] = [:]
    /// Those that are a function's: it is one function's alone.
    private var attached: Set<DebugEntryID> = []
    private var namespaces: [DebugEntryID: Node] = [:]
    private var blocks: [BlockKey: Node] = [:]
    private var variables: [BlockKey: Node] = [:]
    private var parameterNumbers: [DebugEntryID: [DebugEntryID: UInt16]] = [:]
    /// How many functions were written in Rust, more than in other languages.
    private var rustExcess = 0

    /// Entries of location lists that may still be read.
    var locationBudget = 1 << 20

    // Types, see MetadataWriter+Types.swift.
    var types: [DebugEntryID: Node] = [:]
    var unwritten: [DebugEntryID] = []
    var commonTypes: [String: Node] = [:]

    /// Something of an abstract function, in one scope.
    private struct BlockKey: Hashable {
        let entry: DebugEntryID
        let scope: Node
    }

    init(_ info: DebugInfo?, module: String, memoryBase: UInt64, isOptimized: Bool) {
        self.info = info
        self.module = module
        self.memoryBase = memoryBase
        self.isOptimized = isOptimized
        unit = text.reserve()
        _ = text.export(unit)
    }

    // MARK: Files

    private mutating func file(name: String, directory: String) -> Node {
        let key = directory + "\0" + name
        if let known = files[key] { return known }
        let file = text.node(
            "!DIFile(filename: \(MetadataText.quoted(name)), directory: \(MetadataText.quoted(directory)))")
        files[key] = file
        return file
    }

    /// The file of an index in the line table; the module for one that is none.
    mutating func file(_ index: Int?) -> Node {
        guard let index, let info, let (directory, name) = info.fileName(index) else { return plainFile() }
        if let known = filesByIndex[index] { return known }
        let file = file(name: name, directory: directory)
        filesByIndex[index] = file
        return file
    }

    mutating func exportedFile(_ index: Int) -> Int {
        if let known = exportedFiles[index] { return known }
        let exported = text.export(file(index))
        exportedFiles[index] = exported
        return exported
    }

    mutating func plainFile() -> Node { plainNodes().file }
    mutating func plainSubroutineType() -> Node { plainNodes().type }

    private mutating func plainNodes() -> (file: Node, type: Node) {
        if let plain { return plain }
        let file = file(name: module, directory: "")
        let types = text.node("!{null}")
        let result = (file, text.node("!DISubroutineType(types: \(types.reference))"))
        plain = result
        return result
    }

    /// The file and the line where something is declared.
    mutating func declaration(_ entry: DebugEntryID, _ info: DebugInfo) -> (file: Node, line: UInt32) {
        let line = UInt32(clamping: info.entries.number(entry, .declarationLine) ?? 0)
        guard let (value, owner) = info.entries.inheritedValue(entry, .declarationFile) else {
            return (file(nil), line)
        }
        var number: UInt64?
        if case .unsigned(let value) = value { number = value }
        if case .signed(let value) = value { number = UInt64(exactly: value) }
        return (file(number.flatMap { info.file($0, info.entries.unit(owner)) }), line)
    }

    // MARK: Functions

    /// The subprogram for the function of an entry that has code; nil when another function has it already.
    mutating func attachedSubprogram(_ entry: DebugEntryID) -> Subprogram? {
        guard let info else { return nil }
        let root = abstract(entry, info)
        guard attached.insert(root).inserted else { return nil }
        return subprogram(root, info)
    }

    /// The entry of a function that all of its copies refer to.
    private func abstract(_ entry: DebugEntryID, _ info: DebugInfo) -> DebugEntryID {
        var entry = entry
        for _ in 0..<DebugInfoLimits.references {
            guard case .reference(let offset)? = info.entries.value(entry, .abstractOrigin),
                let origin = info.entries.entry(atOffset: offset)
            else { break }
            entry = origin
        }
        return entry
    }

    private mutating func subprogram(_ entry: DebugEntryID, _ info: DebugInfo) -> Subprogram {
        if let known = subprograms[entry] { return known }
        let node = text.reserve()
        let (file, declared) = declaration(entry, info)
        let line = firstLine(entry, info) ?? declared
        let result = Subprogram(node: node, file: file, line: line)
        subprograms[entry] = result
        if unitFile == nil { unitFile = file }
        rustExcess += info.entries.unit(entry).language == Self.rust ? 1 : -1
        let name = info.entries.text(entry, .name) ?? "(unnamed)"
        // A name that is not mangled takes the place of what debuggers would make of the types: `f(int)`. The names of clang's
        // for C's `main` are left to the linker.
        let linkage = info.entries.linkageName(entry).flatMap { Mangling.isMangled($0) ? $0 : nil } ?? name
        let scope = scope(of: info.entries.root(entry), info) ?? file
        text.define(
            node,
            "distinct !DISubprogram(" + MetadataText.field("name", text.name(name))
                + MetadataText.field("linkageName", text.name(linkage))
                + "scope: \(scope.reference), file: \(file.reference), line: \(declared), "
                + "type: \(subroutineType(entry, info).reference), scopeLine: \(line), \(Self.definition)"
                + (isOptimized ? " | DISPFlagOptimized" : "") + ", unit: \(unit.reference))")
        return result
    }

    /// The line of the first code of a function, which debuggers take for that of its prologue.
    private func firstLine(_ entry: DebugEntryID, _ info: DebugInfo) -> UInt32? {
        let unit = info.entries.unit(entry)
        guard let low = info.entries.value(entry, .lowPC, unit).flatMap({ info.entries.address($0, unit) }),
            let offset = info.entries.sections.moduleOffset(low), let row = info.lines.rowIndex(at: offset)
        else { return nil }
        let line = info.lines.rows[row].line
        return line == 0 ? nil : line
    }

    /// The namespace or type that something is declared in.
    mutating func scope(of entry: DebugEntryID, _ info: DebugInfo) -> Node? {
        guard let outer = info.entries.parent(entry) else { return nil }
        switch info.entries.tag(outer) {
        case .namespace:
            if let known = namespaces[outer] { return known }
            let parent = scope(of: outer, info)
            let name = text.name(info.entries.text(outer, .name))
            let node = text.node(
                "!DINamespace(" + MetadataText.field("name", name) + "scope: \(parent?.reference ?? "null"))")
            namespaces[outer] = node
            return node
        case .structureType, .classType, .unionType: return type(outer, info)
        default: return nil
        }
    }

    // MARK: Blocks and variables

    /// A block; the scope around it for one without variables.
    mutating func block(_ entry: DebugEntryID, in outer: LocalScope, _ info: DebugInfo) -> LocalScope {
        guard info.entries.children(entry).contains(where: { info.entries.tag($0) == .variable }) else { return outer }
        let key = BlockKey(entry: abstract(entry, info), scope: outer.node)
        if let known = blocks[key] { return LocalScope(node: known, file: outer.file, inlinedAt: outer.inlinedAt) }
        let line = info.entries.number(entry, .declarationLine) ?? 0
        let node = text.node(
            "distinct !DILexicalBlock(scope: \(outer.node.reference), file: \(outer.file.reference), "
                + "line: \(UInt32(clamping: line)))")
        blocks[key] = node
        return LocalScope(node: node, file: outer.file, inlinedAt: outer.inlinedAt)
    }

    /// A function that is inlined.
    mutating func inlined(_ entry: DebugEntryID, in outer: LocalScope, _ info: DebugInfo) -> LocalScope {
        let subprogram = subprogram(abstract(entry, info), info)
        let call = info.callPlace(entry)
        let file = call.file.map { self.file($0) } ?? outer.file
        var scope = outer.node
        if file != outer.file {
            scope = text.node(
                "!DILexicalBlockFile(scope: \(scope.reference), file: \(file.reference), discriminator: 0)")
        }
        let inlinedAt = text.node(
            "distinct !DILocation(line: \(call.line), column: \(UInt16(exactly: call.column) ?? 0), "
                + "scope: \(scope.reference)" + (outer.inlinedAt.map { ", inlinedAt: \($0.reference)" } ?? "") + ")")
        return LocalScope(node: subprogram.node, file: subprogram.file, inlinedAt: inlinedAt)
    }

    /// The number from 1 of a parameter of a function's scope. An inlined function may have some of its parameters only,
    /// and LLVM fails where two have one number: they are counted where the function is described as such.
    mutating func parameterNumber(of entry: DebugEntryID, in scope: DebugEntryID, _ info: DebugInfo) -> UInt16? {
        let function = abstract(scope, info)
        if let known = parameterNumbers[function] { return known[abstract(entry, info)] }
        var numbers: [DebugEntryID: UInt16] = [:]
        for child in info.entries.children(function) where info.entries.tag(child) == .formalParameter {
            guard numbers.count < Int(UInt16.max) else { break }
            numbers[child] = UInt16(numbers.count + 1)
        }
        parameterNumbers[function] = numbers
        return numbers[abstract(entry, info)]
    }

    /// A variable, or the parameter of a number from 1.
    mutating func variable(
        _ entry: DebugEntryID, parameter: UInt16?, in scope: LocalScope, _ info: DebugInfo
    ) -> (node: Node, line: UInt32) {
        let key = BlockKey(entry: abstract(entry, info), scope: scope.node)
        let (file, line) = declaration(entry, info)
        if let known = variables[key] { return (known, line) }
        let type = typeOfValue(entry, info)
        let isArtificial = info.entries.inheritedValue(entry, .artificial) != nil
        let node = text.node(
            "!DILocalVariable(" + MetadataText.field("name", text.name(info.entries.text(entry, .name)))
                + (parameter.map { "arg: \($0), " } ?? "")
                + "scope: \(scope.node.reference), file: \(file.reference), line: \(line), type: \(type.reference)"
                + (isArtificial ? ", flags: DIFlagArtificial" : "") + ")")
        variables[key] = node
        return (node, line)
    }

    // MARK: The end

    /// The text. C is taken for C++: pointers of the guest are classes there (`MetadataWriter+Types.swift`).
    mutating func finished() -> String {
        let file = unitFile ?? plainFile()
        // Debuggers know from the producer that functions begin with a line of their own.
        text.define(
            unit,
            "distinct !DICompileUnit(language: \(rustExcess > 0 ? "DW_LANG_Rust" : "DW_LANG_C_plus_plus_14"), "
                + "file: \(file.reference), producer: \"clang version 22 (wasmc)\", isOptimized: \(isOptimized), "
                + "runtimeVersion: 0, emissionKind: FullDebug, splitDebugInlining: false, nameTableKind: None)")
        return text.finished(units: [unit], name: DebugMetadata.listName)
    }
}
