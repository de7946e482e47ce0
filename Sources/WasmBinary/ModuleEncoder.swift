// Encodes a module. Bodies and constant expressions are copied as the bytes they are.
// Spec: https://webassembly.github.io/spec/core/binary/modules.html

import WasmSpec

/// The module in the binary format: decoding the result gives an equal module, up to offsets.
///
/// Integers outside of bodies get their shortest form. Custom sections keep their places, and empty sections are
/// written if the module was decoded with them. The module must have been decoded, or be made with the same care: every range lies in its source.
public func encodeModule(_ module: Module) -> [UInt8] {
    let encoder = ModuleEncoder(module: module)
    var writer = ByteWriter()
    writer.append([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
    for id in SectionID.allCases.sorted(by: { $0.rank < $1.rank }) {
        encoder.section(id, to: &writer)
        encoder.customSections(after: id, to: &writer)
    }
    return writer.bytes
}

/// Encodes the parts of one module.
private struct ModuleEncoder {
    let module: Module

    func section(_ id: SectionID, to writer: inout ByteWriter) {
        var contents = ByteWriter()
        write(id, to: &contents)
        guard contents.count > 0 else { return }
        writer.byte(id.rawValue)
        writer.length(contents.count)
        writer.append(contents.bytes)
    }

    func customSections(after id: SectionID, to writer: inout ByteWriter) {
        for section in module.customSections where section.afterSection == id.rawValue {
            writer.byte(SectionID.custom.rawValue)
            writer.sized {
                $0.name(section.name)
                $0.append(bytes(section.contents))
            }
        }
    }

    /// Writes the contents of a section, nothing if the module has none.
    private func write(_ id: SectionID, to writer: inout ByteWriter) {
        func vector<Element>(_ elements: [Element], _ write: (inout ByteWriter, Element) -> Void) {
            let isPresent = !elements.isEmpty || module.sections.contains { $0.id == id.rawValue }
            if isPresent { writer.vector(elements, write) }
        }
        switch id {
        case .custom: break
        case .type: vector(module.recursiveGroups) { $0.recursiveGroup(module.types[$1]) }
        case .import: vector(module.imports, write)
        case .function: vector(module.functions) { $0.index($1.type) }
        case .table: vector(module.tables, write)
        case .memory: vector(module.memories) { $0.memoryType($1.type) }
        case .tag: vector(module.tags) { $0.tagType($1.type) }
        case .global: vector(module.globals, write)
        case .export: vector(module.exports, write)
        case .start: if let start = module.start { writer.index(start.function) }
        case .element: vector(module.elementSegments, write)
        case .dataCount: if let count = module.dataCount { writer.u32(count) }
        case .code: vector(module.functions, write)
        case .data: vector(module.dataSegments, write)
        }
    }

    // MARK: Entries

    private func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { module.source.bytes[range] }

    private func write(_ expression: ConstantExpression, to writer: inout ByteWriter) {
        writer.append(bytes(expression.body))
    }

    private func write(_ writer: inout ByteWriter, _ import: Import) {
        writer.name(`import`.module)
        writer.name(`import`.name)
        switch `import`.description {
        case .function(let type):
            writer.byte(0)
            writer.index(type)
        case .table(let type):
            writer.byte(1)
            writer.tableType(type)
        case .memory(let type):
            writer.byte(2)
            writer.memoryType(type)
        case .global(let type):
            writer.byte(3)
            writer.globalType(type)
        case .tag(let type):
            writer.byte(4)
            writer.tagType(type)
        }
    }

    private func write(_ writer: inout ByteWriter, _ table: Table) {
        guard let initializer = table.initializer else { return writer.tableType(table.type) }
        writer.append([0x40, 0x00])
        writer.tableType(table.type)
        write(initializer, to: &writer)
    }

    private func write(_ writer: inout ByteWriter, _ global: Global) {
        writer.globalType(global.type)
        write(global.initializer, to: &writer)
    }

    private func write(_ writer: inout ByteWriter, _ export: Export) {
        writer.name(export.name)
        switch export.description {
        case .function(let index):
            writer.byte(0)
            writer.index(index)
        case .table(let index):
            writer.byte(1)
            writer.index(index)
        case .memory(let index):
            writer.byte(2)
            writer.index(index)
        case .global(let index):
            writer.byte(3)
            writer.index(index)
        case .tag(let index):
            writer.byte(4)
            writer.index(index)
        }
    }

    private func write(_ writer: inout ByteWriter, _ function: Function) {
        writer.sized {
            $0.vector(function.locals) {
                $0.u32($1.count)
                $0.valueType($1.type)
            }
            $0.append(bytes(function.body))
        }
    }

    private func write(_ writer: inout ByteWriter, _ segment: DataSegment) {
        switch segment.mode {
        case .passive:
            writer.byte(1)
        case .active(let memory, let offset):
            writer.byte(memory == 0 ? 0 : 2)
            if memory != 0 { writer.index(memory) }
            write(offset, to: &writer)
        }
        writer.length(segment.contents.count)
        writer.append(bytes(segment.contents))
    }

    private func write(_ writer: inout ByteWriter, _ segment: ElementSegment) {
        var kind: UInt8
        var isTyped = true
        switch segment.mode {
        case .passive: kind = 1
        case .declarative: kind = 3
        case .active(let table, _):
            // The short form has no room for a table or a type: it is (ref func) by index, funcref by expression.
            isTyped = table != 0 || !segment.hasImpliedType
            kind = isTyped ? 2 : 0
        }
        if case .expressions = segment.elements { kind |= 4 }
        writer.byte(kind)
        if case .active(let table, let offset) = segment.mode {
            if isTyped { writer.index(table) }
            write(offset, to: &writer)
        }
        switch segment.elements {
        case .functions(let indices):
            if isTyped { writer.byte(0) }
            writer.vector(indices) { $0.index($1) }
        case .expressions(let expressions):
            if isTyped { writer.referenceType(segment.type) }
            writer.vector(expressions) { write($1, to: &$0) }
        }
    }
}

extension ElementSegment {
    /// Whether the short encoding's type is this segment's.
    fileprivate var hasImpliedType: Bool {
        switch elements {
        case .functions: true
        case .expressions: type == .funcref
        }
    }
}
