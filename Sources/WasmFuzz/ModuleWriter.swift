// Encodes a generated module, section by section.

import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Writes the sections of a plan and its bodies.
struct ModuleWriter {
    let plan: ModulePlan
    let bodies: [[UInt8]]
    /// Functions in front of their wrappers, imported ones not among them.
    let generatedFunctions: Int
    /// Whether everything is exported.
    let isLibrary: Bool
    /// The data count belongs to bulk memory operations.
    let writesDataCount: Bool

    func bytes() -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        section(.type, plan.types.map { SubType(.function($0)) } + plan.aggregates, to: &writer) { $0.subType($1) }
        section(.import, imports, to: &writer, write)
        section(.function, own(plan.functionTypes, .function), to: &writer) { $0.u32(UInt32($1)) }
        section(.table, own(plan.tables, .table), to: &writer) { $0.tableType($1) }
        section(.memory, own(plan.memories, .memory), to: &writer) { $0.memoryType($1) }
        section(.tag, own(plan.tags, .tag), to: &writer) { $0.tagType(TypeIndex($1)) }
        section(.global, own(plan.globals, .global), to: &writer) {
            $0.globalType($1.type)
            $0.append($1.initializer)
        }
        section(.export, exports, to: &writer) {
            $0.name($1.name)
            $0.byte($1.kind.rawValue)
            $0.u32(UInt32($1.index))
        }
        if plan.hasStart { writer.append([SectionID.start.rawValue, 1, 0]) }
        section(.element, plan.elements, to: &writer, write)
        if !plan.data.isEmpty, writesDataCount {
            writer.byte(SectionID.dataCount.rawValue)
            writer.sized { $0.length(plan.data.count) }
        }
        section(.code, bodies, to: &writer) { writer, body in writer.sized { $0.append(body) } }
        section(.data, plan.data, to: &writer, write)
        return writer.bytes
    }

    private typealias Export = (name: String, kind: ImportPlan.Kind, index: Int)

    private var exports: [Export] {
        let imported = plan.importCount(.function)
        let wrappers = (0..<generatedFunctions).map { position -> Export in
            ("f\(position)", .function, imported + generatedFunctions + position)
        }
        let own = wrappers + [("state", .function, plan.functionTypes.count - 1)]
        guard isLibrary else { return own }
        func all(_ kind: ImportPlan.Kind, _ count: Int) -> [Export] { (0..<count).map { (kind.name($0), kind, $0) } }
        return own + all(.function, generatedFunctions) + all(.table, plan.tables.count)
            + all(.memory, plan.memories.count) + all(.global, plan.globals.count) + all(.tag, plan.tags.count)
    }

    /// What a module imports from is called so.
    static let libraryName = "library"

    /// With the index that each has here.
    private var imports: [(plan: ImportPlan, index: Int)] {
        var counts: [ImportPlan.Kind: Int] = [:]
        return plan.imports.map { entry in
            defer { counts[entry.kind, default: 0] += 1 }
            return (entry, counts[entry.kind, default: 0])
        }
    }

    private func write(_ writer: inout ByteWriter, _ entry: (plan: ImportPlan, index: Int)) {
        writer.name(Self.libraryName)
        writer.name(entry.plan.kind.name(entry.plan.index))
        writer.byte(entry.plan.kind.rawValue)
        switch entry.plan.kind {
        case .function: writer.u32(UInt32(plan.functionTypes[entry.index]))
        case .table: writer.tableType(plan.tables[entry.index])
        case .memory: writer.memoryType(plan.memories[entry.index])
        case .global: writer.globalType(plan.globals[entry.index].type)
        case .tag: writer.tagType(TypeIndex(plan.tags[entry.index]))
        }
    }

    private func own<Element>(_ elements: [Element], _ kind: ImportPlan.Kind) -> [Element] {
        Array(elements.dropFirst(plan.importCount(kind)))
    }

    private func section<Element>(
        _ id: SectionID, _ elements: [Element], to writer: inout ByteWriter,
        _ write: (inout ByteWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        writer.byte(id.rawValue)
        writer.sized { $0.vector(elements, write) }
    }

    private func write(_ writer: inout ByteWriter, _ segment: ElementPlan) {
        let usesIndices = segment.type == .funcref && segment.functions.allSatisfy { $0 != nil }
        let mode: UInt8 = segment.isDeclarative ? 3 : segment.target == nil ? 1 : segment.target?.table == 0 ? 0 : 2
        writer.byte(mode | (usesIndices ? 0 : 4))
        if let (table, offset) = segment.target {
            if table != 0 { writer.u32(UInt32(table)) }
            writer.addressConst(plan.tables[table].addressType, Int64(offset))
            writer.operation("end")
        }
        // The flags without a table and without a kind stand for function references.
        if mode != 0 { if usesIndices { writer.byte(0) } else { writer.referenceType(segment.type) } }
        writer.vector(segment.functions) { writer, function in
            if usesIndices { return writer.u32(UInt32(function ?? 0)) }
            if let function { writer.variable("ref.func", function) } else { writer.zero(.reference(segment.type)) }
            writer.operation("end")
        }
    }

    private func write(_ writer: inout ByteWriter, _ segment: DataPlan) {
        guard let (memory, offset) = segment.target else {
            writer.byte(1)
            writer.length(segment.contents.count)
            return writer.append(segment.contents)
        }
        writer.byte(memory == 0 ? 0 : 2)
        if memory != 0 { writer.u32(UInt32(memory)) }
        writer.addressConst(plan.memories[memory].addressType, Int64(offset))
        writer.operation("end")
        writer.length(segment.contents.count)
        writer.append(segment.contents)
    }
}
