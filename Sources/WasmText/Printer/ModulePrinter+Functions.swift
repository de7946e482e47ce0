// Functions and expressions as text: lines, blocks, labels.
// Spec: https://webassembly.github.io/spec/core/text/instructions.html

import Diagnostics
import WasmBinary
import WasmSpec

/// What the instructions of one expression need to know of each other.
struct ExpressionScope {
    /// An open block.
    struct Block {
        enum Kind {
            case block, then, otherwise, attempt, handler, lastHandler
        }

        var kind: Kind
        /// With the `$`, or nil.
        var identifier: String?
    }

    var blocks: [Block] = []
    /// Where in `blocks` each identifier stands, the innermost last.
    private var positions: [String: [Int]] = [:]
    /// Names of the blocks, in the order of opening; they need not be unique.
    private let labels: [BlockIndex: String]
    private var opened = 0
    let locals: PrintedNames<LocalIndex>

    init(labels: [BlockIndex: String] = [:], locals: PrintedNames<LocalIndex> = PrintedNames()) {
        self.labels = labels
        self.locals = locals
    }

    /// Opens a block; its identifier, if it has one.
    mutating func open(_ kind: Block.Kind) -> String? {
        let name = labels[BlockIndex(opened)] ?? ""
        let identifier = isUsable(name) ? WasmText.identifier(name) : nil
        opened += 1
        if let identifier { positions[identifier, default: []].append(blocks.count) }
        blocks.append(Block(kind: kind, identifier: identifier))
        return identifier
    }

    mutating func close() {
        let block = blocks.removeLast()
        if let identifier = block.identifier { positions[identifier]?.removeLast() }
    }

    /// How to refer to the block at a depth: by its identifier, unless another block hides that, else by the depth
    /// with the block's number for the reader.
    func reference(_ depth: LabelDepth) -> String {
        let position = blocks.count - 1 - depth.position
        guard position >= 0 else { return String(depth.rawValue) }
        if let identifier = blocks[position].identifier, positions[identifier]?.last == position { return identifier }
        return "\(depth.rawValue) (;@\(position + 1);)"
    }
}

extension ModulePrinter {
    // MARK: - Functions

    mutating func functions() throws(Diagnostic) {
        let imported = ImportCounts(module).functions
        for (position, function) in module.functions.enumerated() {
            try self.function(function, FunctionIndex(imported + position))
        }
    }

    private mutating func function(_ function: Function, _ index: FunctionIndex) throws(Diagnostic) {
        let type = functionType(function.type)
        let parameters = type?.parameters ?? []
        let count = function.locals.reduce(parameters.count) { $0 + Int($1.count) }
        let locals = PrintedNames(names.names.locals[index] ?? [:], kind: "local", count: count)
        out.newline(1)
        out.write("(func\(names.functions.definition(index)) (type \(names.types[function.type]))")
        if let type {
            declarations("param", [parameters].lazy.joined().map { ($0, 1) }, 0, locals)
            out.write(list("result", type.results))
        }
        if count > parameters.count {
            out.newline(2)
            declarations(
                "local", function.locals.lazy.map { ($0.type, $0.count) }, UInt32(parameters.count), locals,
                separator: "")
        }
        var scope = ExpressionScope(labels: names.names.labels[index] ?? [:], locals: locals)
        let hints = hints.hints[index] ?? []
        try instructions(function.body, &scope, level: 2, hints: hints, codeStart: function.offset)
        out.write(")")
    }

    /// `(param t*)` or `(local t*)`; each named one in parentheses of its own.
    private mutating func declarations(
        _ word: String, _ runs: some Sequence<(ValueType, UInt32)>, _ first: UInt32, _ names: PrintedNames<LocalIndex>,
        separator: String = " "
    ) {
        var index = first
        var isOpen = false
        var separator = separator
        for (type, count) in runs {
            let text = text(type)
            for _ in 0..<count {
                let local = LocalIndex(rawValue: index)
                index += 1
                if names.hasName(local) {
                    if isOpen { out.write(")") }
                    isOpen = false
                    out.write("\(separator)(\(word)\(names.local(local)) \(text))")
                } else {
                    if !isOpen { out.write("\(separator)(\(word)") }
                    isOpen = true
                    out.word(text)
                }
                separator = " "
            }
        }
        if isOpen { out.write(")") }
    }

    // MARK: - Expressions

    /// A constant expression, on the line.
    mutating func expression(_ expression: ConstantExpression) throws(Diagnostic) {
        var scope = ExpressionScope()
        try instructions(expression.body, &scope, level: nil, hints: [], codeStart: expression.body.lowerBound)
    }

    /// The instructions of a body without its final `end`, each on a line unless `level` is nil.
    private mutating func instructions(
        _ body: Range<Int>, _ scope: inout ExpressionScope, level: Int?, hints: [BranchHintSection.Hint], codeStart: Int
    ) throws(Diagnostic) {
        let source = module.source
        var hints = hints[...]
        try source.withReader(body) { (bytes) throws(Diagnostic) in
            var reader = InstructionReader(bytes)
            while true {
                let instruction = try reader.next()
                let offset = reader.instructionOffset
                if case .end = instruction, scope.blocks.isEmpty {
                    guard reader.isAtEnd else { throw misplaced(instruction, offset) }
                    return
                }
                let indentation = try indentation(instruction, &scope, offset)
                if let level { out.newline(level + indentation) } else { out.write(" ") }
                hint(instruction, offset - codeStart, &hints)
                try write(instruction, &scope)
                try checkLength()
                if level == nil { continue }
                switch instruction {
                case .block, .loop, .if, .tryTable, .legacyTry: out.write("  ;; label = @\(scope.blocks.count)")
                default: break
                }
            }
        }
    }

    /// Branch hints go in front of the branches they are about.
    private mutating func hint(
        _ instruction: Instruction, _ offset: Int, _ hints: inout ArraySlice<BranchHintSection.Hint>
    ) {
        while let hint = hints.first, Int(hint.offset) <= offset {
            hints.removeFirst()
            guard Int(hint.offset) == offset else { continue }
            switch instruction {
            case .if, .brIf: out.write("(@metadata.code.branch_hint \"\\0\(hint.isLikely ? 1 : 0)\") ")
            default: break
            }
        }
    }

    private func misplaced(_ instruction: Instruction, _ offset: Int) -> Diagnostic {
        Diagnostic(
            .malformed, "unexpected token", "`\(instruction.mnemonic)` has no place in this block", at: .offset(offset))
    }

    /// How deep an instruction's line is indented. Closes the block that it ends.
    ///
    /// Throws if it is a part of a block that is not open.
    private func indentation(
        _ instruction: Instruction, _ scope: inout ExpressionScope, _ offset: Int
    ) throws(Diagnostic) -> Int {
        switch (instruction, scope.blocks.last?.kind) {
        case (.end, _?), (.legacyDelegate, .attempt): scope.close()
        case (.else, .then): scope.blocks[scope.blocks.count - 1].kind = .otherwise
        case (.legacyCatch, .attempt), (.legacyCatch, .handler):
            scope.blocks[scope.blocks.count - 1].kind = .handler
        case (.legacyCatchAll, .attempt), (.legacyCatchAll, .handler):
            scope.blocks[scope.blocks.count - 1].kind = .lastHandler
        case (.end, nil), (.legacyDelegate, _), (.else, _), (.legacyCatch, _), (.legacyCatchAll, _):
            throw misplaced(instruction, offset)
        default: return scope.blocks.count
        }
        switch instruction {
        case .else, .legacyCatch, .legacyCatchAll: return scope.blocks.count - 1
        default: return scope.blocks.count
        }
    }
}
