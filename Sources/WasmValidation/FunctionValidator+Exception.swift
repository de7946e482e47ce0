// Exception handling, in both encodings.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#control-instructions
// and https://github.com/WebAssembly/exception-handling/blob/main/proposals/exception-handling/legacy

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitThrow(_ tag: TagIndex) throws(Diagnostic) {
        try popOperands(try context.tag(tag))
        markUnreachable()
    }

    mutating func visitThrowRef() throws(Diagnostic) {
        try popOperand(expecting: StackType(ReferenceType.exnref))
        markUnreachable()
    }

    /// The labels of the clauses are those around the block: its own is not among them.
    mutating func visitTryTable(_ type: BlockType, _ clauses: [CatchClause]) throws(Diagnostic) {
        let types = try blockTypes(type)
        for clause in clauses {
            switch clause {
            case .catchTag(let tag, let label): try checkClause(try context.tag(tag), hasReference: false, label)
            case .catchTagRef(let tag, let label): try checkClause(try context.tag(tag), hasReference: true, label)
            case .catchAll(let label): try checkClause(.empty, hasReference: false, label)
            case .catchAllRef(let label): try checkClause(.empty, hasReference: true, label)
            }
        }
        try openBlock(.tryTable, types)
    }

    /// Checks that the label takes what a clause delivers: `values` and maybe the exception itself.
    private mutating func checkClause(
        _ values: TypeList, hasReference: Bool, _ label: LabelDepth
    ) throws(Diagnostic) {
        let expected = try frame(label).labelTypes
        let count = values.count + (hasReference ? 1 : 0)
        let exception = StackType(isNullable: false, .exn)
        var matches = expected.count == count
        for position in 0..<count where matches {
            let found = position < values.count ? type(values, position) : exception
            matches = context.matcher.matches(found, type(expected, position))
        }
        guard matches else {
            let found = list(values) + (hasReference ? [exception] : [])
            throw Diagnostic(
                .invalid, "type mismatch",
                "catch clause delivers \(describe(found)) but label takes \(describe(expected))")
        }
    }

    // MARK: Legacy encoding

    mutating func visitLegacyCatch(_ tag: TagIndex) throws(Diagnostic) {
        try openCatch("catch", .legacyCatch, try context.tag(tag))
    }

    mutating func visitLegacyCatchAll() throws(Diagnostic) {
        try openCatch("catch_all", .legacyCatchAll, .empty)
    }

    /// A clause ends the one before it, or the body. Nothing follows `catch_all`.
    private mutating func openCatch(
        _ name: String, _ opcode: ControlOpcode, _ values: TypeList
    ) throws(Diagnostic) {
        switch controlStack[controlStack.count - 1].opcode {
        case .legacyTry, .legacyCatch: break
        case .function, .block, .loop, .if, .else, .tryTable, .legacyCatchAll: throw misplaced(name, "try")
        }
        let frame = try popControl()
        try pushControl(opcode, values, frame.endTypes)
    }

    mutating func visitLegacyRethrow(_ label: LabelDepth) throws(Diagnostic) {
        switch try frame(label).opcode {
        case .legacyCatch, .legacyCatchAll: markUnreachable()
        case .function, .block, .loop, .if, .else, .tryTable, .legacyTry:
            throw Diagnostic(.invalid, "invalid rethrow label", "label \(label) is no catch clause")
        }
    }

    /// Ends a `try` without clauses; the label counts from outside of it.
    mutating func visitLegacyDelegate(_ label: LabelDepth) throws(Diagnostic) {
        guard controlStack[controlStack.count - 1].opcode == .legacyTry else { throw misplaced("delegate", "try") }
        let frame = try popControl()
        _ = try self.frame(label)
        try pushOperands(frame.endTypes)
    }
}
