// The annotations that mean something: `@custom`, `@name` and `@metadata.code.branch_hint`.
// Spec: https://webassembly.github.io/spec/core/appendix/custom.html

import Diagnostics
import WasmBinary

/// The annotations of a module that no part of it has taken yet.
struct ModuleAnnotations {
    /// By the index of the token behind them.
    private var waiting: [Int: [Annotation]] = [:]
    private(set) var customSections: [CustomText] = []

    /// The known annotations between the cursor and the end of the module it stands in.
    init(_ cursor: TokenCursor) {
        let source = cursor.source
        guard !source.annotations.isEmpty else { return }
        // Annotations behind the module's last parenthesis belong to others; so do those before its first token,
        // except for the ones that precede its first field.
        var end = cursor
        while end.isAtOpen { end.skipParentheses() }
        for annotation in source.annotations[ModuleAnnotations.first(cursor)...] {
            guard annotation.nextToken <= end.index else { break }
            waiting[annotation.nextToken, default: []].append(annotation)
        }
    }

    /// The position of the first annotation at or behind the cursor.
    private static func first(_ cursor: TokenCursor) -> Int {
        let annotations = cursor.source.annotations
        var low = 0
        var high = annotations.count
        while low < high {
            let middle = (low + high) / 2
            if annotations[middle].nextToken < cursor.index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func take(_ kind: Annotation.Kind, at index: Int) -> [Annotation] {
        guard !waiting.isEmpty, let found = waiting[index] else { return [] }
        let rest = found.filter { $0.kind != kind }
        waiting[index] = rest.isEmpty ? nil : rest
        return found.filter { $0.kind == kind }
    }

    private func error(_ message: String, _ annotation: Annotation, _ source: SourceText) -> Diagnostic {
        Diagnostic(.malformed, message, at: source.location(ofText: Int(annotation.offset)))
    }

    /// Throws if an annotation stands where it means nothing.
    func checkAllTaken(_ source: SourceText) throws(Diagnostic) {
        guard let first = waiting.values.joined().min(by: { $0.offset < $1.offset }) else { return }
        switch first.kind {
        case .custom: throw error("misplaced @custom annotation", first, source)
        case .name: throw error("misplaced @name annotation", first, source)
        case .branchHint:
            throw error("@metadata.code.branch_hint annotation: invalid placement", first, source)
        }
    }

    // MARK: - Names

    /// The name that `@name` gives to what was just bound; the annotation is behind the identifier.
    mutating func takeName(at index: Int, _ source: SourceText) throws(Diagnostic) -> [UInt8]? {
        let found = take(.name, at: index)
        guard let annotation = found.first else { return nil }
        if found.count > 1 { throw error("@name annotation: multiple names", found[1], source) }
        return try name(annotation, source)
    }

    /// Whether `takeName` would find something.
    func hasName(at index: Int) -> Bool { waiting[index]?.contains { $0.kind == .name } ?? false }

    /// The module's name, in front of its first field.
    mutating func takeModuleName(
        at index: Int, _ source: SourceText, into names: inout NameSectionWriter
    ) throws(Diagnostic) {
        let found = take(.name, at: index)
        guard let annotation = found.first else { return }
        if found.count > 1 { throw error("@name annotation: multiple module names", found[1], source) }
        names.module = try name(annotation, source)
    }

    private func name(_ annotation: Annotation, _ source: SourceText) throws(Diagnostic) -> [UInt8] {
        let tokens = source.annotationTokens[annotation.contents]
        guard let first = tokens.first, first.kind == .string else {
            throw error("@name annotation: string expected", annotation, source)
        }
        guard tokens.count == 1 else { throw error("@name annotation: unexpected token", annotation, source) }
        let name = TokenCursor(source).contents(first)
        guard isWellFormedUTF8(name) else { throw error("malformed UTF-8 encoding", annotation, source) }
        return name
    }

    // MARK: - Branch hints

    /// The hint for the instruction whose first token is here: 0 unlikely, 1 likely.
    mutating func takeBranchHint(at index: Int, _ source: SourceText) throws(Diagnostic) -> UInt8? {
        let found = take(.branchHint, at: index)
        guard let annotation = found.first else { return nil }
        let prefix = "@metadata.code.branch_hint annotation"
        if found.count > 1 { throw error("\(prefix): duplicate annotation", found[1], source) }
        var value: [UInt8] = []
        for token in source.annotationTokens[annotation.contents] {
            guard token.kind == .string else { throw error("\(prefix): unexpected token", annotation, source) }
            value.append(contentsOf: TokenCursor(source).contents(token))
        }
        guard value == [0] || value == [1] else { throw error("\(prefix): invalid hint value", annotation, source) }
        return value[0]
    }

    // MARK: - Custom sections

    mutating func addCustomSection(_ section: CustomText) { customSections.append(section) }

    /// Custom sections between the fields of the module. Hints and names have no business there.
    mutating func takeCustomSections(at index: Int, _ source: SourceText) throws(Diagnostic) {
        guard !waiting.isEmpty else { return }
        for annotation in take(.custom, at: index) { customSections.append(try customSection(annotation, source)) }
        for annotation in take(.branchHint, at: index) {
            throw error("@metadata.code.branch_hint annotation: not in a function", annotation, source)
        }
        for annotation in take(.name, at: index) { throw error("misplaced @name annotation", annotation, source) }
    }

    /// `"name" (before|after section)? "contents"*`
    private func customSection(_ annotation: Annotation, _ source: SourceText) throws(Diagnostic) -> CustomText {
        let cursor = TokenCursor(source)
        var tokens = source.annotationTokens[annotation.contents]
        guard let first = tokens.popFirst(), first.kind == .string else {
            throw error("@custom annotation: missing section name", annotation, source)
        }
        let name = cursor.contents(first)
        guard isWellFormedUTF8(name) else {
            throw error("@custom annotation: malformed UTF-8 encoding", annotation, source)
        }
        var placement = Placement.after(.data)
        if tokens.first?.kind == .leftParenthesis {
            tokens.removeFirst()
            let direction = tokens.popFirst().map(source.spelling)
            guard direction == "before" || direction == "after" else {
                throw error("@custom annotation: malformed placement", annotation, source)
            }
            guard let section = tokens.popFirst().map(source.spelling), let place = place(section, direction!) else {
                throw error("@custom annotation: malformed section kind", annotation, source)
            }
            placement = place
            guard tokens.popFirst()?.kind == .rightParenthesis else {
                throw error("@custom annotation: unexpected token", annotation, source)
            }
        }
        var contents: [UInt8] = []
        while let token = tokens.popFirst() {
            guard token.kind == .string else { throw error("@custom annotation: unexpected token", annotation, source) }
            contents.append(contentsOf: cursor.contents(token))
        }
        return CustomText(name: name, contents: contents, placement: placement)
    }

    private func place(_ section: String, _ direction: String) -> Placement? {
        let sections: [String: SectionID] = [
            "type": .type, "import": .import, "func": .function, "table": .table, "memory": .memory, "tag": .tag,
            "global": .global, "export": .export, "start": .start, "elem": .element, "datacount": .dataCount,
            "code": .code, "data": .data, "first": .type, "last": .data,
        ]
        return sections[section].map { direction == "before" ? .before($0) : .after($0) }
    }
}
