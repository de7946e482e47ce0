// Fields other than types and segments.
// Spec: https://webassembly.github.io/spec/core/text/modules.html

import Diagnostics
import WasmBinary
import WasmSpec

extension ModuleAssembler {
    // MARK: - Imports and exports

    /// `(import "module" "name" (func $f ...))`
    mutating func importField() throws(Diagnostic) {
        sections[.import].beginItem(source.tokens[cursor.index - 2])
        sections[.import].items.sizedBytes(try cursor.name())
        sections[.import].items.sizedBytes(try cursor.name())
        guard cursor.isAtOpen else { throw cursor.unexpected("what is imported") }
        cursor.index += 1
        guard let keyword = cursor.token.keyword, let space = space(keyword) else { throw cursor.unexpected() }
        cursor.index += 1
        _ = cursor.identifierIf()
        try importDescription(space, importedIndex(space))
        try cursor.close()
    }

    /// The number of imports of a space so far.
    private mutating func importedIndex(_ space: Space) -> UInt32 {
        defer { importCounts[space.rawValue] += 1 }
        return importCounts[space.rawValue]
    }

    /// `(export "name")*`, and `(import "module" "name")`. True if it is an import, which is then complete.
    private mutating func inlineExportsAndImport(_ field: Field) throws(Diagnostic) -> Bool {
        cursor.index = field.afterIdentifier
        let space = space(field.keyword)!
        while cursor.openKeyword == .export {
            let token = cursor.token
            cursor.index += 2
            addExport(try cursor.name(), space, field.index, token)
            try cursor.close()
        }
        let token = cursor.token
        guard cursor.openIf(.import) else { return false }
        sections[.import].beginItem(token)
        sections[.import].items.sizedBytes(try cursor.name())
        sections[.import].items.sizedBytes(try cursor.name())
        try cursor.close()
        try importDescription(space, importedIndex(space))
        return true
    }

    /// The type of an import.
    private mutating func importDescription(_ space: Space, _ index: UInt32) throws(Diagnostic) {
        var writer = ByteWriter()
        switch space {
        case .function:
            locals.reset()
            writer.byte(0x00)
            writer.u32(try typeUse(.locals))
            names.addLocals(index, locals.names)
        case .table:
            writer.byte(0x01)
            writer.tableType(try tableType())
        case .memory:
            writer.byte(0x02)
            writer.memoryType(try memoryType())
        case .global:
            writer.byte(0x03)
            writer.globalType(try globalType())
        case .tag:
            writer.byte(0x04)
            writer.tagType(TypeIndex(rawValue: try typeUse(.ignored)))
        case .type, .element, .data: throw cursor.unexpected()
        }
        sections[.import].items.append(writer.bytes)
    }

    /// `(export "name" (func $f))`
    mutating func exportField(_ field: Field) throws(Diagnostic) {
        let name = try cursor.name()
        guard cursor.isAtOpen else { throw cursor.unexpected("what is exported") }
        cursor.index += 1
        guard let keyword = cursor.token.keyword, let space = space(keyword) else { throw cursor.unexpected() }
        cursor.index += 1
        addExport(name, space, try index(space), source.tokens[field.start])
        try cursor.close()
    }

    private mutating func addExport(_ name: [UInt8], _ space: Space, _ index: UInt32, _ token: Token) {
        let kind: UInt8 =
            switch space {
            case .table: 1
            case .memory: 2
            case .global: 3
            case .tag: 4
            case .function, .type, .element, .data: 0
            }
        sections[.export].beginItem(token)
        sections[.export].items.sizedBytes(name)
        sections[.export].items.byte(kind)
        sections[.export].items.u32(index)
    }

    /// `(start $f)`
    mutating func startField(_ field: Field) throws(Diagnostic) {
        if hasStart { throw cursor.error("multiple start sections", at: source.tokens[field.start]) }
        hasStart = true
        sections[.start].beginItem(source.tokens[field.start])
        sections[.start].items.u32(try index(.function))
    }

    // MARK: - Types of definitions

    /// `i32`, `i64` or nothing.
    private mutating func addressType() -> AddressType {
        if cursor.skipIf(.i64) { return .i64 }
        _ = cursor.skipIf(.i32)
        return .i32
    }

    /// 64 bits for all address types: whether they fit is for validation to say.
    private mutating func limits() throws(Diagnostic) -> Limits {
        let minimum = try limit()
        return Limits(minimum: minimum, maximum: cursor.token.kind == .natural ? try limit() : nil)
    }

    private mutating func limit() throws(Diagnostic) -> UInt64 {
        features.contains(.memory64) ? try cursor.u64() : UInt64(try cursor.u32())
    }

    private mutating func tableType() throws(Diagnostic) -> TableType {
        let addressType = addressType()
        return TableType(
            addressType: addressType, limits: try limits(), element: try referenceType())
    }

    private mutating func memoryType() throws(Diagnostic) -> MemoryType {
        let addressType = addressType()
        let limits = try limits()
        let isShared = cursor.skipIf(.shared)
        return MemoryType(
            addressType: addressType, limits: limits, isShared: isShared, pageSizeLog2: try pageSizeLog2())
    }

    /// `(pagesize N)?`; a power of two, which validation restricts further.
    private mutating func pageSizeLog2() throws(Diagnostic) -> UInt32 {
        guard cursor.openIf(.pagesize) else { return 16 }
        let token = cursor.token
        let size = try cursor.u64()
        guard size.nonzeroBitCount == 1 else {
            throw cursor.error("invalid custom page size", "\(size) is not a power of two", at: token)
        }
        try cursor.close()
        return UInt32(size.trailingZeroBitCount)
    }

    private mutating func globalType() throws(Diagnostic) -> GlobalType {
        guard cursor.openIf(.mut) else { return GlobalType(value: try valueType(), isMutable: false) }
        let type = GlobalType(value: try valueType(), isMutable: true)
        try cursor.close()
        return type
    }

    // MARK: - Definitions

    mutating func tagField(_ field: Field) throws(Diagnostic) {
        if try inlineExportsAndImport(field) { return }
        sections[.tag].beginItem(source.tokens[field.start])
        sections[.tag].items.tagType(TypeIndex(rawValue: try typeUse(.ignored)))
    }

    mutating func globalField(_ field: Field) throws(Diagnostic) {
        if try inlineExportsAndImport(field) { return }
        sections[.global].beginItem(source.tokens[field.start])
        sections[.global].items.globalType(try globalType())
        try constantExpression(.sequence, in: .global)
    }

    mutating func memoryField(_ field: Field) throws(Diagnostic) {
        if try inlineExportsAndImport(field) { return }
        let token = source.tokens[field.start]
        sections[.memory].beginItem(token)
        let start = cursor.index
        let addressType = addressType()
        let pageSizeLog2 = try pageSizeLog2()
        guard cursor.openIf(.data) else {
            cursor.index = start
            sections[.memory].items.memoryType(try memoryType())
            return
        }
        let contents = try dataContents()
        try cursor.close()
        let pages = (UInt64(contents.count) + (1 << UInt64(pageSizeLog2) - 1)) >> UInt64(pageSizeLog2)
        let type = MemoryType(
            addressType: addressType, limits: Limits(minimum: pages, maximum: pages), pageSizeLog2: pageSizeLog2)
        sections[.memory].items.memoryType(type)
        addActiveData(contents, memory: field.index, addressType, token)
    }

    mutating func tableField(_ field: Field) throws(Diagnostic) {
        if try inlineExportsAndImport(field) { return }
        let token = source.tokens[field.start]
        sections[.table].beginItem(token)
        let start = cursor.index
        let addressType = addressType()
        if isAtReferenceType {
            let element = try referenceType()
            try cursor.open(.elem)
            let count = try inlineElements(element, table: field.index, addressType, token)
            try cursor.close()
            let limits = Limits(minimum: count, maximum: count)
            sections[.table].items.tableType(
                TableType(addressType: addressType, limits: limits, element: element))
            return
        }
        cursor.index = start
        let type = try tableType()
        guard !cursor.isAtClose else {
            sections[.table].items.tableType(type)
            return
        }
        sections[.table].items.append([0x40, 0x00])
        sections[.table].items.tableType(type)
        try constantExpression(.sequence, in: .table)
    }

    mutating func functionField(_ field: Field) throws(Diagnostic) {
        if try inlineExportsAndImport(field) { return }
        let token = source.tokens[field.start]
        locals.reset()
        sections[.function].beginItem(token)
        sections[.function].items.u32(try typeUse(.locals))
        let header = try localDeclarations()
        try functionBody()
        let bodyLength = header.count + code.count
        sections[.code].items.length(bodyLength)
        sections[.code].beginItem(token)
        sections[.code].items.append(header)
        appendCode(to: .code)
        names.addLocals(field.index, locals.names)
        names.addLabels(field.index, labels.names, source)
        if !branchHints.isEmpty {
            for index in branchHints.indices { branchHints[index].offset += UInt32(header.count) }
            hintedFunctions.append((field.index, branchHints))
            branchHints.removeAll()
        }
    }

    /// `(local ...)*` as the binary format's runs of equal types.
    private mutating func localDeclarations() throws(Diagnostic) -> [UInt8] {
        var runs: [LocalGroup] = []
        while cursor.openIf(.local) {
            try localTypes { type, _ in
                if runs.last?.type == type {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append(LocalGroup(count: 1, type: type))
                }
            }
        }
        var writer = ByteWriter()
        writer.vector(runs) { writer, run in
            writer.u32(run.count)
            writer.valueType(run.type)
        }
        return writer.bytes
    }
}
