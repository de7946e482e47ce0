// Element and data segments, in their own fields and inside tables and memories.
// Spec: https://webassembly.github.io/spec/core/text/modules.html#element-segments

import Diagnostics
import WasmBinary
import WasmSpec

/// The elements of a segment, encoded.
private struct ElementList {
    var count: UInt64 = 0
    var writer = ByteWriter()
    /// Functions are indices, all others expressions.
    var isFunctions: Bool
    var type: ReferenceType
}

extension ModuleAssembler {
    // MARK: - Elements

    mutating func elementField(_ field: Field) throws(Diagnostic) {
        cursor.index = field.afterIdentifier
        let token = source.tokens[field.start]
        sections[.element].beginItem(token)
        if cursor.skipIf(.declare) { return append(try elementList(), .declarative) }
        // Only the parenthesised form of a reference type looks like the beginning of an offset.
        if !isAtTableUse, !cursor.isAtOpen || isAtReferenceType { return append(try elementList(), .passive) }
        // Only a segment without `(table x)` may be a bare list of functions.
        let isExplicit = cursor.openKeyword == .table
        let table = try tableUse()
        let offset = try offsetExpression()
        let isBare = !isExplicit && (isAtIndex || cursor.isAtClose)
        append(try elementList(isBare: isBare), .active(table, offset: offset))
    }

    /// Whether a table is named here, by `(table x)` or by the bare number of texts from before bulk memory.
    private var isAtTableUse: Bool { cursor.openKeyword == .table || cursor.token.kind == .natural }

    private mutating func tableUse() throws(Diagnostic) -> UInt32? {
        if cursor.token.kind == .natural { return try index(.table) }
        guard cursor.openIf(.table) else { return nil }
        let table = try index(.table)
        try cursor.close()
        return table
    }

    private enum Mode {
        case passive, declarative
        /// Table nil is table 0 and not said.
        case active(UInt32?, offset: [UInt8])
    }

    /// `func x*`, `reftype expr*`, or only `x*`.
    private mutating func elementList(isBare: Bool = false) throws(Diagnostic) -> ElementList {
        if isAtReferenceType {
            var list = ElementList(isFunctions: false, type: try referenceType())
            try elementExpressions(&list)
            return list
        }
        // Functions are not null, hence the type.
        var list = ElementList(isFunctions: true, type: ReferenceType(isNullable: false, .abstract(.func)))
        if !isBare { try cursor.expect(.func) }
        try functionIndices(&list)
        return list
    }

    private mutating func functionIndices(_ list: inout ElementList) throws(Diagnostic) {
        while isAtIndex {
            let function = try index(.function)
            if !list.isFunctions { list.writer.byte(0xD2) }
            list.writer.u32(function)
            if !list.isFunctions { list.writer.byte(0x0B) }
            list.count += 1
        }
        guard cursor.isAtClose else { throw cursor.unexpected("a function index") }
    }

    /// `(item expr)` or one folded instruction, each.
    private mutating func elementExpressions(_ list: inout ElementList) throws(Diagnostic) {
        while cursor.isAtOpen {
            if cursor.openIf(.item) {
                try expression(.sequence)
                try cursor.close()
            } else {
                try expression(.oneFolded)
            }
            list.writer.append(code.bytes)
            list.count += 1
        }
    }

    /// Writes a segment with the shortest form that says it.
    private mutating func append(_ list: ElementList, _ mode: Mode) {
        let isPlainType = list.isFunctions || list.type == .funcref
        var flags: UInt32 = list.isFunctions ? 0 : 4
        var writer = ByteWriter()
        var namesType = true
        switch mode {
        case .passive: flags |= 1
        case .declarative: flags |= 3
        case .active(let table, let offset):
            namesType = !isPlainType || (table ?? 0) != 0
            if namesType {
                flags |= 2
                writer.u32(table ?? 0)
            }
            writer.append(offset)
        }
        if namesType {
            if list.isFunctions { writer.byte(0x00) } else { writer.referenceType(list.type) }
        }
        sections[.element].items.u32(flags)
        sections[.element].items.append(writer.bytes)
        sections[.element].items.u64(list.count)
        sections[.element].items.append(list.writer.bytes)
    }

    /// The elements inside a table, and the active segment that puts them there: their number.
    mutating func inlineElements(
        _ type: ReferenceType, table: UInt32, _ addressType: AddressType, _ token: Token
    ) throws(Diagnostic) -> UInt64 {
        let isIndices = !cursor.isAtOpen && !cursor.isAtClose
        // A segment of indices has type (ref func). Where that does not match the table's they become `ref.func`.
        let hasFunctionType = type.heapType == .abstract(.func)
        var list = ElementList(isFunctions: isIndices && hasFunctionType, type: type)
        if isIndices { try functionIndices(&list) } else { try elementExpressions(&list) }
        // Without elements any type does; functions need no type.
        if list.count == 0, type == .funcref { list.isFunctions = true }
        sections[.element].beginItem(token)
        append(list, .active(table, offset: zero(addressType)))
        return list.count
    }

    // MARK: - Data

    mutating func dataField(_ field: Field) throws(Diagnostic) {
        cursor.index = field.afterIdentifier
        let token = source.tokens[field.start]
        guard cursor.isAtOpen || cursor.token.kind == .natural, !isAtNumericVector else {
            sections[.data].beginItem(token)
            sections[.data].items.byte(0x01)
            sections[.data].items.sizedBytes(try dataContents())
            return
        }
        var memory: UInt32 = 0
        if cursor.token.kind == .natural {
            memory = try index(.memory)
        } else if cursor.openIf(.memory) {
            memory = try index(.memory)
            try cursor.close()
        }
        let offset = try offsetExpression()
        addActiveData(try dataContents(), memory: memory, offset: offset, token)
    }

    /// The contents of an inline memory at its beginning.
    mutating func addActiveData(_ contents: [UInt8], memory: UInt32, _ addressType: AddressType, _ token: Token) {
        addActiveData(contents, memory: memory, offset: zero(addressType), token)
    }

    private mutating func addActiveData(_ contents: [UInt8], memory: UInt32, offset: [UInt8], _ token: Token) {
        sections[.data].beginItem(token)
        sections[.data].items.byte(memory == 0 ? 0 : 2)
        if memory != 0 { sections[.data].items.u32(memory) }
        sections[.data].items.append(offset)
        sections[.data].items.sizedBytes(contents)
    }

    /// Strings and numeric vectors.
    mutating func dataContents() throws(Diagnostic) -> [UInt8] {
        var result = cursor.strings()
        while isAtNumericVector {
            try numericVector(&result)
            result.append(contentsOf: cursor.strings())
        }
        guard cursor.isAtClose else { throw cursor.unexpected("a string") }
        return result
    }

    /// Whether `(i8 ...)` or another vector of numbers stands here.
    /// They are a proposal: https://github.com/WebAssembly/wat-numeric-values
    private var isAtNumericVector: Bool {
        switch cursor.openKeyword {
        case .i8, .i16, .i32, .i64, .f32, .f64, .v128: true
        default: false
        }
    }

    private mutating func numericVector(_ bytes: inout [UInt8]) throws(Diagnostic) {
        let keyword = cursor.openKeyword
        cursor.index += 2
        while !cursor.isAtClose {
            switch keyword {
            case .i8: bytes.appendLittleEndian(try cursor.integer(width: 8), bits: 8)
            case .i16: bytes.appendLittleEndian(try cursor.integer(width: 16), bits: 16)
            case .i32: bytes.appendLittleEndian(try cursor.integer(width: 32), bits: 32)
            case .i64: bytes.appendLittleEndian(try cursor.integer(width: 64), bits: 64)
            case .f32: bytes.appendLittleEndian(try cursor.float(.f32), bits: 32)
            case .f64: bytes.appendLittleEndian(try cursor.float(.f64), bits: 64)
            default: bytes.append(contentsOf: try cursor.vector())
            }
        }
        try cursor.close()
    }

    // MARK: - Offsets

    /// `(offset expr)` or one folded instruction.
    private mutating func offsetExpression() throws(Diagnostic) -> [UInt8] {
        if cursor.openIf(.offset) {
            try expression(.sequence)
            try cursor.close()
        } else {
            guard cursor.isAtOpen else { throw cursor.unexpected("an offset") }
            try expression(.oneFolded)
        }
        return code.bytes
    }

    private func zero(_ addressType: AddressType) -> [UInt8] {
        let opcode = Mnemonic.opcode(addressType == .i64 ? .i64Const : .i32Const)
        return opcode + [0x00] + Mnemonic.opcode(.end)
    }
}
