// The first pass: where the fields lie, and which index each identifier stands for.

import Diagnostics
import WasmSpec

/// A field of a module.
struct Field {
    let keyword: Keyword
    /// The token index of its opening parenthesis.
    let start: Int
    /// The index in its space; meaningless for fields without one.
    var index: UInt32 = 0
    /// The first token behind the identifier.
    var afterIdentifier = 0
}

extension ModuleAssembler {
    /// Fills `fields` and the index spaces; leaves the cursor at the end of the module.
    mutating func bindFields() throws(Diagnostic) {
        try annotations.takeModuleName(at: cursor.index, source, into: &names)
        var firstDefinition: Keyword?
        while cursor.isAtOpen {
            try annotations.takeCustomSections(at: cursor.index, source)
            var field = try fieldStart()
            let end = cursor.closing(field.start)
            let isImport = try bind(&field, end)
            if isImport {
                if let keyword = firstDefinition { throw importTooLate(keyword, field) }
            } else if let keyword = definitionKeyword(field.keyword) {
                firstDefinition = firstDefinition ?? keyword
            }
            fields.append(field)
            cursor.index = field.start
            cursor.skipParentheses()
        }
        try annotations.takeCustomSections(at: cursor.index, source)
        guard cursor.isAtClose || cursor.isAtEnd else { throw cursor.unexpected("a module field") }
    }

    /// `(` and the field's keyword.
    private mutating func fieldStart() throws(Diagnostic) -> Field {
        let start = cursor.index
        cursor.index += 1
        guard let keyword = cursor.token.keyword else { throw cursor.unexpected("a module field") }
        switch keyword {
        case .type, .rec, .import, .func, .table, .memory, .tag, .global, .export, .start, .elem, .data: break
        default: throw cursor.unexpected("a module field")
        }
        cursor.index += 1
        return Field(keyword: keyword, start: start)
    }

    /// Binds what the field defines. True if it is an import.
    private mutating func bind(_ field: inout Field, _ end: Int) throws(Diagnostic) -> Bool {
        switch field.keyword {
        case .import:
            try bindImport(end)
            return true
        case .type: _ = try bind(.type)
        case .rec:
            while cursor.openKeyword == .type {
                let start = cursor.index
                cursor.index += 2
                _ = try bind(.type)
                cursor.index = start
                cursor.skipParentheses()
            }
        case .elem: field.index = try bind(.element)
        case .data: field.index = try bind(.data)
        case .func, .table, .memory, .tag, .global:
            field.index = try bind(space(field.keyword)!)
            field.afterIdentifier = cursor.index
            return try bindInline(field.keyword, end)
        default: break
        }
        field.afterIdentifier = cursor.index
        return false
    }

    /// Skips inline exports; binds inline segments; true if there is an inline import.
    private mutating func bindInline(_ keyword: Keyword, _ end: Int) throws(Diagnostic) -> Bool {
        while cursor.openKeyword == .export { cursor.skipParentheses() }
        if cursor.openKeyword == .import { return true }
        let segment: (keyword: Keyword, space: Space)? =
            switch keyword {
            case .table: (.elem, .element)
            case .memory: (.data, .data)
            default: nil
            }
        guard let segment else { return false }
        // Only one pair of parentheses in these fields can begin with that keyword.
        while cursor.index < end {
            if cursor.openKeyword == segment.keyword {
                spaces[segment.space].count += 1
                return false
            }
            if cursor.isAtOpen { cursor.skipParentheses() } else { cursor.index += 1 }
        }
        return false
    }

    /// `(import "m" "n" (func $f ...))`; errors in its form are for the second pass.
    private mutating func bindImport(_ end: Int) throws(Diagnostic) {
        while cursor.index < end, !cursor.isAtOpen { cursor.index += 1 }
        guard let keyword = cursor.openKeyword, let space = space(keyword) else { return }
        cursor.index += 2
        _ = try bind(space)
    }

    func space(_ keyword: Keyword) -> Space? {
        switch keyword {
        case .func: .function
        case .table: .table
        case .memory: .memory
        case .tag: .tag
        case .global: .global
        default: nil
        }
    }

    /// The keyword if it defines something that imports must precede.
    private func definitionKeyword(_ keyword: Keyword) -> Keyword? {
        space(keyword) == nil ? nil : keyword
    }

    private func importTooLate(_ keyword: Keyword, _ field: Field) -> Diagnostic {
        let what = keyword == .func ? "function" : keyword.rawValue
        return cursor.error("import after \(what)", "imports must come first", at: source.tokens[field.start])
    }
}
