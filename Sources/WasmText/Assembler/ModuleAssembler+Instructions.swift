// Instruction sequences, flat and folded. Nesting is kept in `frames`, not on the call stack, so that deep input
// costs memory alone. Spec: https://webassembly.github.io/spec/core/text/instructions.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

/// What encloses the instructions being read, and how it ends.
struct Frame {
    enum Kind {
        /// The whole expression.
        case root
        /// `block`, `loop`, `try_table` until `end`.
        case block
        /// `if` until `else` or `end`.
        case then
        /// `else` until `end`.
        case otherwise
        /// `try` until `catch`, `catch_all`, `delegate` or `end`.
        case attempt
        /// `catch` until the next one or `end`.
        case handler
        /// `catch_all` until `end`.
        case lastHandler
        /// `(op operand*)`: the operands.
        case operands
        /// `(block ...)`, `(loop ...)`, `(try_table ...)`.
        case foldedBlock
        /// `(if cond* (then ...) (else ...)?)`: the conditions, then behind `then`, then behind `else`.
        case foldedIf, foldedIfDone, foldedElseDone
        /// `(then ...)`, `(else ...)`, `(do ...)`, `(catch ...)`, `(catch_all ...)`.
        case clause
        /// `(try (do ...) (catch ...)*)`: before `do`, behind it, behind `catch`, `catch_all`, `delegate`.
        case foldedTry, foldedTryDone, foldedTryCaught, foldedTryClosed, foldedDelegated
    }

    var kind: Kind
    /// Where the frame's own instruction begins in `pending`.
    var pendingStart = 0
    /// Its mnemonic in the text.
    var textOffset: UInt32 = 0
    /// The label of a folded `if`, which its conditions do not see.
    var label: UInt32?
    var hint: UInt8?
}

/// A hint for a branch.
struct BranchHint {
    /// From the beginning of the function's body.
    var offset: UInt32
    /// 0 unlikely, 1 likely.
    var value: UInt8
}

extension ModuleAssembler {
    enum Extent {
        /// All up to a closing parenthesis, which is not consumed.
        case sequence
        /// One instruction in parentheses.
        case oneFolded
    }

    // MARK: - Expressions

    /// A function's instructions: fills `code`.
    mutating func functionBody() throws(Diagnostic) {
        labels.reset()
        try instructions(.sequence)
    }

    /// A constant expression: fills `code`.
    mutating func expression(_ extent: Extent) throws(Diagnostic) {
        locals.reset()
        labels.reset()
        try instructions(extent)
    }

    /// A constant expression at the end of a section's item.
    mutating func constantExpression(_ extent: Extent, in section: SectionID) throws(Diagnostic) {
        try expression(extent)
        appendCode(to: section)
    }

    /// Moves `code` and the places it comes from to a section.
    mutating func appendCode(to section: SectionID) {
        let base = UInt32(truncatingIfNeeded: sections[section].items.count)
        for entry in codeMap {
            sections[section].map.append(
                SourceMap.Entry(moduleOffset: base + entry.moduleOffset, textOffset: entry.textOffset))
        }
        sections[section].items.append(code.bytes)
    }

    /// Reads instructions and their final `end` into `code`.
    private mutating func instructions(_ extent: Extent) throws(Diagnostic) {
        code.removeAll()
        codeMap.removeAll(keepingCapacity: true)
        pending.removeAll()
        frames.removeAll(keepingCapacity: true)
        frames.append(Frame(kind: .root))
        repeat {
            let token = cursor.token
            switch token.kind {
            case .leftParenthesis: try openFolded()
            case .mnemonic where extent == .sequence || frames.count > 1:
                try flatInstruction(Mnemonic.all[Int(token.payload)])
            case .rightParenthesis where frames.count > 1: try closeFolded()
            case .rightParenthesis where extent == .sequence:
                finish(token)
                return
            default: throw cursor.unexpected("an instruction")
            }
        } while extent == .sequence || frames.count > 1
        finish(cursor.token)
    }

    private mutating func finish(_ token: Token) { emit(Mnemonic.opcode(.end), token.offset) }

    /// Writes bytes that come from the text at an offset.
    func entry(_ textOffset: UInt32) -> SourceMap.Entry {
        SourceMap.Entry(moduleOffset: UInt32(truncatingIfNeeded: code.count), textOffset: textOffset)
    }

    private mutating func emit(_ bytes: [UInt8], _ textOffset: UInt32) {
        codeMap.append(entry(textOffset))
        code.append(bytes)
    }

    /// Writes the instruction that `pending` holds from `start` on.
    private mutating func emitPending(from start: Int, _ textOffset: UInt32, hint: UInt8?) {
        if let hint { branchHints.append(BranchHint(offset: UInt32(truncatingIfNeeded: code.count), value: hint)) }
        codeMap.append(entry(textOffset))
        code.append(pending.bytes[start...])
        pending.removeSuffix(from: start)
    }

    /// The hint in front of the instruction whose first token is at `index`.
    private mutating func branchHint(at index: Int, _ mnemonic: Mnemonic) throws(Diagnostic) -> UInt8? {
        guard let hint = try annotations.takeBranchHint(at: index, source) else { return nil }
        guard mnemonic.form == .if || mnemonic.form == .brIf else {
            throw Diagnostic(
                .invalid, "@metadata.code.branch_hint annotation: invalid target",
                "`\(mnemonic.row.mnemonic)` does not branch", at: source.location(of: source.tokens[index]))
        }
        return hint
    }

    // MARK: - Flat instructions

    private mutating func flatInstruction(_ mnemonic: Mnemonic) throws(Diagnostic) {
        switch frames[frames.count - 1].kind {
        case .root, .block, .then, .otherwise, .attempt, .handler, .lastHandler, .foldedBlock, .clause: break
        case .operands, .foldedIf, .foldedIfDone, .foldedElseDone, .foldedTry, .foldedTryDone, .foldedTryCaught,
            .foldedTryClosed, .foldedDelegated:
            throw cursor.unexpected("a folded instruction")
        }
        let token = cursor.token
        let hint = try branchHint(at: cursor.index, mnemonic)
        cursor.index += 1
        let start = pending.count
        switch mnemonic.form {
        case .block, .loop, .tryTable, .if, .legacyTry:
            let label = try blockStart(mnemonic)
            emitPending(from: start, token.offset, hint: hint)
            labels.push(label)
            let kind: Frame.Kind =
                switch mnemonic.form {
                case .if: .then
                case .legacyTry: .attempt
                default: .block
                }
            frames.append(Frame(kind: kind))
        case .else, .end, .legacyCatch, .legacyCatchAll, .legacyDelegate: try structure(mnemonic, token)
        default:
            try plainInstruction(mnemonic)
            emitPending(from: start, token.offset, hint: hint)
        }
    }

    /// `else`, `end`, `catch`, `catch_all` and `delegate` between flat instructions.
    private mutating func structure(_ mnemonic: Mnemonic, _ token: Token) throws(Diagnostic) {
        let kind = frames[frames.count - 1].kind
        let start = pending.count
        pending.append(mnemonic.opcode)
        switch (mnemonic.form, kind) {
        case (.else, .then):
            try matchLabel()
            frames[frames.count - 1].kind = .otherwise
        case (.end, .block), (.end, .then), (.end, .otherwise), (.end, .attempt), (.end, .handler),
            (.end, .lastHandler):
            try matchLabel()
            frames.removeLast()
            labels.pop()
        case (.legacyCatch, .attempt), (.legacyCatch, .handler):
            pending.u32(try index(.tag))
            frames[frames.count - 1].kind = .handler
        case (.legacyCatchAll, .attempt), (.legacyCatchAll, .handler):
            frames[frames.count - 1].kind = .lastHandler
        case (.legacyDelegate, .attempt):
            frames.removeLast()
            labels.pop()
            pending.u32(try labelIndex())
        default: throw source.unexpected(token)
        }
        emitPending(from: start, token.offset, hint: nil)
    }

    /// The label that `end` and `else` may repeat.
    private mutating func matchLabel() throws(Diagnostic) {
        let token = cursor.token
        guard let symbol = cursor.identifierIf() else { return }
        guard labels.labels.last?.symbol == symbol else {
            throw cursor.error("mismatching label", source.spelling(symbol: symbol), at: token)
        }
    }

    // MARK: - Blocks

    /// The opcode, label, type and catch clauses of a block: bytes go to `pending`, the result is the label.
    private mutating func blockStart(_ mnemonic: Mnemonic) throws(Diagnostic) -> UInt32? {
        pending.append(mnemonic.opcode)
        let label = cursor.identifierIf()
        try blockType()
        if mnemonic.form == .tryTable { try catchClauses() }
        return label
    }

    private mutating func blockType() throws(Diagnostic) {
        let start = cursor.token
        if cursor.openKeyword == .type {
            pending.s64(Int64(try typeUse(.refused)))
            return
        }
        let (type, _) = try inlineSignature(.refused)
        switch (type.parameters.count, type.results.count) {
        case (0, 0): pending.byte(0x40)
        case (0, 1): pending.valueType(type.results[0])
        default: pending.s64(Int64(types.index(of: type, start)))
        }
    }

    /// `(catch $tag $label)` and the like; labels do not see the block's own.
    private mutating func catchClauses() throws(Diagnostic) {
        var count = 0
        var clauses = ByteWriter()
        while let kind = catchKind {
            cursor.index += 2
            clauses.byte(kind)
            if kind < 2 { clauses.u32(try index(.tag)) }
            clauses.u32(try labelIndex())
            try cursor.close()
            count += 1
        }
        pending.length(count)
        pending.append(clauses.bytes)
    }

    /// The binary format's number of the catch clause here.
    private var catchKind: UInt8? {
        if let mnemonic = cursor.openMnemonic {
            switch mnemonic.form {
            case .legacyCatch: return 0
            case .legacyCatchAll: return 2
            default: return nil
            }
        }
        switch cursor.openKeyword {
        case .catchRef: return 1
        case .catchAllRef: return 3
        default: return nil
        }
    }

    // MARK: - Folded instructions

    private mutating func openFolded() throws(Diagnostic) {
        let kind = frames[frames.count - 1].kind
        let index = cursor.index
        cursor.index += 1
        let token = cursor.token
        switch kind {
        case .foldedIf where token.keyword == .then: return try openThen()
        case .foldedIfDone: return try openElse(token)
        case .foldedTry, .foldedTryDone, .foldedTryCaught, .foldedTryClosed, .foldedDelegated:
            return try openTryClause(kind, token)
        case .foldedElseDone: throw cursor.unexpected("`)`")
        default: break
        }
        guard let mnemonic = token.mnemonic else { throw cursor.unexpected("an instruction") }
        let hint = try branchHint(at: index, mnemonic)
        cursor.index += 1
        var frame = Frame(kind: .operands, pendingStart: pending.count, textOffset: token.offset, hint: hint)
        switch mnemonic.form {
        case .block, .loop, .tryTable, .legacyTry:
            let label = try blockStart(mnemonic)
            emitPending(from: frame.pendingStart, token.offset, hint: hint)
            labels.push(label)
            frame.kind = mnemonic.form == .legacyTry ? .foldedTry : .foldedBlock
        case .if:
            frame.label = try blockStart(mnemonic)
            frame.kind = .foldedIf
        case .else, .end, .legacyCatch, .legacyCatchAll, .legacyDelegate: throw source.unexpected(token)
        default: try plainInstruction(mnemonic)
        }
        frames.append(frame)
    }

    private mutating func closeFolded() throws(Diagnostic) {
        let token = cursor.token
        let frame = frames[frames.count - 1]
        switch frame.kind {
        case .operands: emitPending(from: frame.pendingStart, frame.textOffset, hint: frame.hint)
        case .clause, .foldedDelegated: break
        case .foldedBlock, .foldedIfDone, .foldedElseDone, .foldedTryDone, .foldedTryCaught, .foldedTryClosed:
            emit(Mnemonic.opcode(.end), token.offset)
            labels.pop()
        case .root, .block, .then, .otherwise, .attempt, .handler, .lastHandler: throw cursor.unexpected("`end`")
        case .foldedIf: throw cursor.unexpected("`(then`")
        case .foldedTry: throw cursor.unexpected("`(do`")
        }
        frames.removeLast()
        cursor.index += 1
    }

    /// Behind the `(` of `(then`: the conditions are complete.
    private mutating func openThen() throws(Diagnostic) {
        let frame = frames[frames.count - 1]
        emitPending(from: frame.pendingStart, frame.textOffset, hint: frame.hint)
        labels.push(frame.label)
        openClause(after: .foldedIfDone)
    }

    private mutating func openElse(_ token: Token) throws(Diagnostic) {
        guard token.mnemonic?.form == .else else { throw cursor.unexpected("`else`") }
        emit(Mnemonic.opcode(.else), token.offset)
        openClause(after: .foldedElseDone)
    }

    /// `(do`, `(catch`, `(catch_all` or `(delegate` inside `(try`.
    private mutating func openTryClause(_ kind: Frame.Kind, _ token: Token) throws(Diagnostic) {
        switch (kind, token.mnemonic?.form) {
        case (.foldedTry, nil) where token.keyword == .do: openClause(after: .foldedTryDone)
        case (.foldedTryDone, .legacyCatch), (.foldedTryCaught, .legacyCatch):
            openClause(after: .foldedTryCaught)
            emit(Mnemonic.opcode(.legacyCatch), token.offset)
            code.u32(try index(.tag))
        case (.foldedTryDone, .legacyCatchAll), (.foldedTryCaught, .legacyCatchAll):
            emit(Mnemonic.opcode(.legacyCatchAll), token.offset)
            openClause(after: .foldedTryClosed)
        case (.foldedTryDone, .legacyDelegate):
            openClause(after: .foldedDelegated)
            labels.pop()
            emit(Mnemonic.opcode(.legacyDelegate), token.offset)
            code.u32(try labelIndex())
            guard cursor.isAtClose else { throw cursor.unexpected("`)`") }
        default: throw cursor.unexpected("`do`, `catch`, `catch_all` or `delegate`")
        }
    }

    /// Moves behind the clause's word; once the clause is closed its parent goes on as `kind`.
    private mutating func openClause(after kind: Frame.Kind) {
        cursor.index += 1
        frames[frames.count - 1].kind = kind
        frames.append(Frame(kind: .clause))
    }
}
