/// The debug information of some functions of a module, as LLVM's metadata: a unit, subprograms, blocks, types, variables.
///
/// LLVM writes DWARF for the machine's code from it. Everything is one unit: debuggers do not find functions of one unit
/// that were inlined into another's.
public struct DebugMetadata: Sendable {
    /// A function of the module.
    public struct Input: Sendable {
        /// Module offsets of its instructions.
        public var body: Range<Int>
        /// What it is called when debug information does not say.
        public var name: String

        public init(body: Range<Int>, name: String) {
            self.body = body
            self.name = name
        }
    }

    /// A node: its place in the list that `text` ends with.
    public typealias NodeIndex = Int

    /// What code belongs to.
    public struct Scope: Sendable {
        /// The subprogram, or a block in it.
        public var node: NodeIndex
        /// The location of the call, when the subprogram is inlined.
        public var inlinedAt: NodeIndex?
        /// The file that the scope is in.
        public var file: NodeIndex
    }

    /// A place in the source.
    public struct Place: Sendable {
        public var scope: Scope
        public var file: NodeIndex
        /// 0 for code that belongs to no line.
        public var line: UInt32
        public var column: UInt32
    }

    /// A variable of a function, or a parameter.
    public struct Variable: Sendable {
        public var node: NodeIndex
        /// Where it is declared.
        public var place: Place
        public var locations: [VariableLocation]
    }

    /// A function for LLVM.
    public struct Function: Sendable {
        public var subprogram: NodeIndex
        /// Whether the module says where its code comes from.
        public var isDescribed: Bool
        /// Module offsets below which the frame is set up.
        public var prologueEnd: Int
        /// The WebAssembly local that holds the address of its frame.
        public var frameBase: UInt32?
        public var variables: [Variable]
        /// The function as a scope, and its first line.
        fileprivate var whole: Place
        fileprivate var scopes: [Int: Scope]
    }

    /// Stands for no line in code that must have one, to carry its module offset.
    public static let nowhere: (line: UInt32, column: UInt32) = (1, 65_535)

    /// LLVM's assembly.
    public let text: String
    /// The name of the list of nodes in `text`.
    public static let listName = "wasmc.nodes"
    /// The index of the unit.
    public static let unit: NodeIndex = 0
    /// In the order of the inputs.
    public let functions: [Function]
    private let info: DebugInfo?
    private let files: [Int: NodeIndex]

    /// - Parameters:
    ///   - info: what the module says; nil for nothing.
    ///   - module: what the module is called, for functions without anything.
    ///   - memoryBase: the host address of guest address 0.
    ///   - isOptimized: whether the machine's code will be.
    public init(_ info: DebugInfo?, module: String, functions: [Input], memoryBase: UInt64, isOptimized: Bool) {
        self.info = info
        var writer = MetadataWriter(info, module: module, memoryBase: memoryBase, isOptimized: isOptimized)
        self.functions = functions.map { writer.function($0) }
        (text, files) = writer.finish()
    }

    /// Where the instruction at a module offset comes from.
    ///
    /// - Parameter hasLine: whether it must have a line: then that is the last one before, when it has none.
    public func place(at offset: Int, in function: Function, hasLine: Bool) -> Place {
        guard let info, function.isDescribed, offset >= function.prologueEnd,
            var row = info.lines.rowIndex(at: offset), let start = info.lines.rowIndex(at: function.prologueEnd)
        else { return function.whole }
        if hasLine { while row > start, info.lines.rows[row].line == 0 { row -= 1 } }
        let place = info.lines.rows[row]
        guard place.line != 0 || !hasLine else { return function.whole }
        let scope = info.scopes.innermost(at: offset).flatMap { function.scopes[$0] } ?? function.whole.scope
        return Place(
            scope: scope, file: files[Int(place.file)] ?? scope.file, line: place.line, column: UInt32(place.column))
    }
}

extension MetadataWriter {
    /// The function of an input, with all that is in it.
    fileprivate mutating func function(_ input: DebugMetadata.Input) -> DebugMetadata.Function {
        guard let info, let root = info.scopes.function(at: input.body.lowerBound),
            let subprogram = attachedSubprogram(info.scopes.scopes[root].entry)
        else { return plainFunction(input) }
        let entry = info.scopes.scopes[root].entry
        let range = input.body
        var function = DebugMetadata.Function(
            subprogram: text.export(subprogram.node), isDescribed: true, prologueEnd: range.lowerBound,
            frameBase: info.entries.frameBaseLocal(entry), variables: [],
            whole: DebugMetadata.Place(
                scope: DebugMetadata.Scope(node: 0, inlinedAt: nil, file: text.export(subprogram.file)), file: 0,
                line: subprogram.line, column: 0),
            scopes: [:])
        function.whole.scope.node = function.subprogram
        function.whole.file = function.whole.scope.file
        if let end = prologueEnd(of: range, info) { function.prologueEnd = end }
        for index in info.lines.rows(in: range) { _ = exportedFile(Int(info.lines.rows[index].file)) }
        scopes(of: root, subprogram, &function, info)
        return function
    }

    /// A function of which nothing is known but its name.
    private mutating func plainFunction(_ input: DebugMetadata.Input) -> DebugMetadata.Function {
        let file = plainFile()
        let node = text.node(
            "distinct !DISubprogram(" + MetadataText.field("name", input.name)
                + MetadataText.field("linkageName", input.name) + "scope: \(file.reference), "
                + "file: \(file.reference), type: \(plainSubroutineType().reference), \(Self.definition), "
                + "unit: \(unit.reference))")
        let scope = DebugMetadata.Scope(node: text.export(node), inlinedAt: nil, file: text.export(file))
        return DebugMetadata.Function(
            subprogram: scope.node, isDescribed: false, prologueEnd: input.body.lowerBound, frameBase: nil,
            variables: [], whole: DebugMetadata.Place(scope: scope, file: scope.file, line: 0, column: 0), scopes: [:])
    }

    /// The module offset of the first code that is marked as behind the prologue.
    private func prologueEnd(of range: Range<Int>, _ info: DebugInfo) -> Int? {
        info.lines.rows(in: range).first { info.lines.rows[$0].flags.contains(.endsPrologue) }
            .map { Int(info.lines.rows[$0].offset) }
    }

    /// Makes the scopes in a function, and its variables.
    private mutating func scopes(
        of root: Int, _ subprogram: Subprogram, _ function: inout DebugMetadata.Function, _ info: DebugInfo
    ) {
        var made: [Int: LocalScope] = [root: LocalScope(node: subprogram.node, file: subprogram.file, inlinedAt: nil)]
        function.scopes[root] = function.whole.scope
        addVariables(of: root, made[root], &function, info)
        // Scopes follow those that they are in.
        let end = info.entries.end(info.scopes.scopes[root].entry)
        for (index, scope) in info.scopes.scopes[(root + 1)...].enumerated() {
            guard scope.entry.index < end else { break }
            // Functions in functions are others.
            guard let parent = scope.parent, let outer = made[parent] else { continue }
            let index = root + 1 + index
            let inner =
                scope.kind == .block ? block(scope.entry, in: outer, info) : inlined(scope.entry, in: outer, info)
            made[index] = inner
            if inner.node == outer.node, inner.inlinedAt == outer.inlinedAt, let known = function.scopes[parent] {
                function.scopes[index] = known
            } else {
                function.scopes[index] = DebugMetadata.Scope(
                    node: text.export(inner.node), inlinedAt: inner.inlinedAt.map { text.export($0) },
                    file: text.export(inner.file))
            }
            addVariables(of: index, inner, &function, info)
        }
    }

    private mutating func addVariables(
        of scope: Int, _ local: LocalScope?, _ function: inout DebugMetadata.Function, _ info: DebugInfo
    ) {
        guard let local, let exported = function.scopes[scope] else { return }
        let owner = info.scopes.scopes[scope]
        for child in info.entries.children(info.scopes.scopes[scope].entry) {
            let tag = info.entries.tag(child)
            guard tag == .variable || tag == .formalParameter else { continue }
            let locations = info.entries.locations(child, budget: &locationBudget)
            guard !locations.isEmpty else { continue }
            let number = owner.kind == .block ? nil : parameterNumber(of: child, in: owner.entry, info)
            let (node, line) = variable(child, parameter: number, in: local, info)
            function.variables.append(
                DebugMetadata.Variable(
                    node: text.export(node),
                    place: DebugMetadata.Place(scope: exported, file: exported.file, line: line, column: 0),
                    locations: locations))
        }
    }

    fileprivate mutating func finish() -> (String, [Int: Int]) {
        writeTypes()
        return (finished(), exportedFiles)
    }
}
