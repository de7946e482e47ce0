// Encodes a generated module, section by section.

import WasmBinary
import WasmInstructionTable
import WasmSpec

/// Writes the sections of a plan and its bodies.
struct ModuleWriter {
    let plan: ModulePlan
    let bodies: [[UInt8]]
    /// Functions in front of their wrappers.
    let generatedFunctions: Int
    /// The data count belongs to bulk memory operations.
    let writesDataCount: Bool

    func bytes() -> [UInt8] {
        var writer = ByteWriter()
        writer.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
        section(.type, plan.types.map { SubType(.function($0)) } + plan.aggregates, to: &writer) { $0.subType($1) }
        section(.function, plan.functionTypes, to: &writer) { $0.u32(UInt32($1)) }
        section(.table, plan.tables, to: &writer) { $0.tableType($1) }
        section(.memory, plan.memories, to: &writer) { $0.memoryType($1) }
        section(.tag, plan.tags, to: &writer) { $0.tagType(TypeIndex($1)) }
        section(.global, plan.globals, to: &writer) {
            $0.globalType($1.type)
            $0.append($1.initializer)
        }
        section(.export, exports, to: &writer) {
            $0.name($1.name)
            $0.byte(0)
            $0.u32(UInt32($1.function))
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

    private var exports: [(name: String, function: Int)] {
        (0..<generatedFunctions).map { ("f\($0)", generatedFunctions + $0) } + [("state", plan.functionTypes.count - 1)]
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
