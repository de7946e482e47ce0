// Exceptions.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    private func parameters(ofTag tag: Int) -> [ValueType] { plan.types[plan.tags[tag]].parameters }

    /// A block with handlers, in one of the encodings that there are.
    mutating func tryBlock(producing type: ValueType?) {
        guard features.contains(.exceptions) else { return block(producing: type) }
        if features.contains(.legacyExceptions), choices.chance(128) {
            legacyTry(producing: type)
        } else {
            tryTable(producing: type)
        }
    }

    /// Throws a new exception or one that a clause has caught.
    mutating func throwException() {
        if features.contains(.legacyExceptions), rethrow() { return }
        if choices.chance(64) {
            value(.reference(.exnref))
            return code.operation("throw_ref")
        }
        let tag = choices.number(below: plan.tags.count)
        values(parameters(ofTag: tag))
        variable("throw", tag)
    }

    /// A clause to the innermost label; `tag` nil catches all.
    private struct Clause {
        var tag: Int?
        var takesReference: Bool

        var kind: UInt8 { (tag == nil ? 2 : 0) + (takesReference ? 1 : 0) }
    }

    /// `try_table` in a block that receives what its clause catches, in a block that both leave for:
    ///
    ///     (block $done (result T)
    ///       (block $caught (result parameters) (try_table (result T) (catch $tag $caught) ...) (br $done))
    ///       ...)
    mutating func tryTable(producing type: ValueType?) {
        let results = type.map { [$0] } ?? []
        let resultType = type.map { BlockType.result($0) } ?? .empty
        let (clause, caught) = chooseClause()
        code.operation("block")
        code.blockType(resultType)
        labels.append(results)
        code.operation("block")
        code.blockType(blockType(caught))
        labels.append(caught)
        code.operation("try_table")
        code.blockType(resultType)
        clauses(clause)
        labels.append(results)
        statements()
        values(results)
        labels.removeLast()
        code.operation("end")
        variable("br", 1)
        labels.removeLast()
        code.operation("end")
        consume(caught)
        values(results)
        labels.removeLast()
        code.operation("end")
    }

    private mutating func chooseClause() -> (Clause, caught: [ValueType]) {
        var clause = Clause(tag: nil, takesReference: choices.chance(100))
        if choices.chance(160) { clause.tag = choices.number(below: plan.tags.count) }
        let carried = clause.tag.map { parameters(ofTag: $0) } ?? []
        // A block with several results needs that feature.
        if !carried.isEmpty, !features.contains(.multiValue) { clause.takesReference = false }
        return (clause, carried + (clause.takesReference ? [.reference(.exnref)] : []))
    }

    private func blockType(_ results: [ValueType]) -> BlockType {
        if results.count < 2 { return results.first.map { .result($0) } ?? .empty }
        let type = FunctionType(parameters: [], results: results)
        guard let index = plan.types.firstIndex(of: type) else {
            preconditionFailure("a block for each tag is planned")
        }
        return .type(TypeIndex(index))
    }

    /// The clause, and sometimes another to a label outside that takes nothing.
    private mutating func clauses(_ clause: Clause) {
        let empty = labels.indices.filter { labels[labels.count - 1 - $0].isEmpty }
        let second = !empty.isEmpty && choices.chance(64) ? choices.pick(empty) : nil
        code.u32(second == nil ? 1 : 2)
        code.byte(clause.kind)
        if let tag = clause.tag { code.u32(UInt32(tag)) }
        code.u32(0)
        guard let second else { return }
        code.byte(Clause(tag: nil, takesReference: false).kind)
        code.u32(UInt32(second))
    }
}
