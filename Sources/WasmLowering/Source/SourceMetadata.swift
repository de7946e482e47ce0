// Debug information of guest code: what a module says of its source, for LLVM to write of the machine's code.

import Diagnostics
import LLVMBridge
import WasmBinary
import WasmDebugInfo
import WasmSpec

/// The metadata of one partition's functions.
///
/// An instruction of the machine has the line of the source it comes from. The module offset of those that may trap or
/// call is the discriminator beside the line: no debugger looks at it, and `PCMap` does.
final class SourceMetadata {
    private let description: DebugMetadata
    private let nodes: [Metadata]
    private let builder: DIBuilder
    /// Index in `description.functions` of a function, by its position.
    private let indices: [Int: Int]
    private var files: [FileScope: Metadata] = [:]
    /// The scopes that carry a module offset, in the order of `placeNumbers`.
    private var placeScopes: [Metadata] = []
    /// What they carry: numbers of module offsets.
    private(set) var placeNumbers: [UInt32] = []
    private var places: Set<Metadata> = []
    private let numbering: PlaceNumbering

    /// The named metadata with the scopes that carry a module offset.
    static let listName = "wasmc.places"

    /// A scope, with a file that is not its own.
    private struct FileScope: Hashable {
        let scope: Int
        let file: Int
    }

    /// Throws `.internal` when LLVM does not take the metadata.
    init(_ lowering: ModuleLowering, _ partition: Partition) throws(Diagnostic) {
        let instance = lowering.plan.instances[partition.instance]
        let module = instance.module.module
        let names = FunctionNames(module)
        var inputs = partition.functions.map { position in
            let index = FunctionIndex(position + instance.module.importedFunctionCount)
            return DebugMetadata.Input(
                body: module.functions[position].body, name: names.plainName(index) ?? "func[\(index)]")
        }
        // Code of the compiler's own comes from nowhere.
        inputs.append(DebugMetadata.Input(body: 0..<0, name: "instantiation"))
        description = DebugMetadata(
            lowering.plan.debugInfo[partition.instance], module: instance.name, functions: inputs,
            memoryBase: instance.memories.first.map { lowering.storage.fixedBase(of: $0) } ?? 0,
            isOptimized: lowering.optimization != .none)
        builder = lowering.debugInfo
        numbering = lowering.numbering
        indices = Dictionary(uniqueKeysWithValues: partition.functions.enumerated().map { ($1, $0) })
        do {
            let parsed = try IRModule(parsing: MemoryBuffer(Array(description.text.utf8)), in: lowering.context)
            nodes = parsed.namedMetadata(DebugMetadata.listName)
        } catch { throw Diagnostic(.internal, "LLVM does not take the debug information", "\(error)") }
        lowering.ir.addNamedMetadata("llvm.dbg.cu", nodes[DebugMetadata.unit])
    }

    func function(_ position: Int) -> FunctionSource? {
        indices[position].map { FunctionSource(self, description.functions[$0]) }
    }

    /// What computes the first values of globals and the like.
    var initialization: FunctionSource? { description.functions.last.map { FunctionSource(self, $0) } }

    func node(_ index: DebugMetadata.NodeIndex) -> Metadata { nodes[index] }

    func location(_ place: DebugMetadata.Place) -> Metadata {
        builder.location(
            line: place.line, column: place.column, scope: scope(place.scope, in: place.file),
            inlinedAt: place.scope.inlinedAt.map(node))
    }

    private func scope(_ scope: DebugMetadata.Scope, in file: Int) -> Metadata {
        if scope.file == file { return node(scope.node) }
        let key = FileScope(scope: scope.node, file: file)
        if let known = files[key] { return known }
        let made = builder.lexicalBlock(node(scope.node), file: node(file))
        files[key] = made
        return made
    }

    /// A location that carries a module offset.
    func location(_ place: DebugMetadata.Place, offset: Int) -> Metadata {
        let number = numbering.line(ofOffset: UInt32(truncatingIfNeeded: offset))
        let scope = builder.lexicalBlock(
            node(place.scope.node), file: node(place.file), discriminator: number)
        if places.insert(scope).inserted {
            placeScopes.append(scope)
            placeNumbers.append(number)
        }
        return builder.location(
            line: place.line, column: place.column, scope: scope, inlinedAt: place.scope.inlinedAt.map(node))
    }

    /// Writes the scopes down in the module, for who gets that alone.
    func list(in module: IRModule) {
        for scope in placeScopes { module.addNamedMetadata(Self.listName, scope) }
    }

    func place(at offset: Int, in function: DebugMetadata.Function, hasLine: Bool) -> DebugMetadata.Place {
        description.place(at: offset, in: function, hasLine: hasLine)
    }
}

/// Where the code of one function comes from.
final class FunctionSource {
    private let owner: SourceMetadata
    private let function: DebugMetadata.Function
    /// The slot with the host address of the function's frame.
    var frameSlot: IRValue?
    /// Where variables are that are in different places along the code.
    var spans: VariableSpans

    init(_ owner: SourceMetadata, _ function: DebugMetadata.Function) {
        self.owner = owner
        self.function = function
        var spans: [VariableSpans.Span] = []
        for (index, variable) in function.variables.enumerated() {
            for location in variable.locations {
                if location.range == nil, case .frame = location.kind { continue }
                spans.append(
                    VariableSpans.Span(range: location.range ?? 0..<Int.max, variable: index, kind: location.kind))
            }
        }
        self.spans = VariableSpans(spans)
    }

    /// A variable, by its index, and its location.
    func variable(_ index: Int) -> (node: Metadata, location: Metadata) {
        let variable = function.variables[index]
        return (owner.node(variable.node), owner.location(variable.place))
    }

    var subprogram: Metadata { owner.node(function.subprogram) }

    /// The local that holds the address of the function's frame, if any variable is in that.
    var frameBase: LocalIndex? {
        function.variables.isEmpty ? nil : function.frameBase.map { LocalIndex(rawValue: $0) }
    }

    /// The location of the instruction at a module offset; nil in the prologue, which has the line of the function.
    func location(at offset: Int) -> Metadata? {
        guard offset >= function.prologueEnd, function.isDescribed else { return nil }
        return owner.location(owner.place(at: offset, in: function, hasLine: false))
    }

    /// The location of what may trap or call, with the offset beside it.
    func place(at offset: Int) -> Metadata {
        var place = owner.place(at: offset, in: function, hasLine: true)
        // Line 0 carries nothing.
        if place.line == 0 { (place.line, place.column) = DebugMetadata.nowhere }
        return owner.location(place, offset: offset)
    }

    /// Calls `body` with each variable in the frame, its offset there and its location.
    func forEachFrameVariable(_ body: (_ variable: Metadata, _ offset: Int64, _ location: Metadata) -> Void) {
        for variable in function.variables {
            guard let location = variable.locations.first, location.range == nil,
                case .frame(let offset) = location.kind
            else { continue }
            body(owner.node(variable.node), offset, owner.location(variable.place))
        }
    }
}
