// Exceptions in the legacy encoding.

import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionGenerator {
    /// `try` with up to two `catch` parts and perhaps one for all, or with `delegate`.
    mutating func legacyTry(producing type: ValueType?) {
        let results = type.map { [$0] } ?? []
        code.operation("try")
        code.blockType(type.map { .result($0) } ?? .empty)
        labels.append(results)
        statements()
        values(results)
        if choices.chance(48) {
            labels.removeLast()
            return variable("delegate", choices.number(below: labels.count))
        }
        catchLabels.append(labels.count - 1)
        for _ in 0..<choices.number(below: 3) {
            let tag = choices.number(below: plan.tags.count)
            variable("catch", tag)
            consume(plan.types[plan.tags[tag]].parameters)
            contentsOfCatch(results)
        }
        if choices.chance(128) {
            code.operation("catch_all")
            contentsOfCatch(results)
        }
        catchLabels.removeLast()
        labels.removeLast()
        code.operation("end")
    }

    private mutating func contentsOfCatch(_ results: [ValueType]) {
        statements()
        values(results)
    }

    /// Throws again what a `catch` part around has caught; false where there is none.
    mutating func rethrow() -> Bool {
        guard !catchLabels.isEmpty, choices.chance(128) else { return false }
        variable("rethrow", labels.count - 1 - choices.pick(catchLabels))
        return true
    }
}
