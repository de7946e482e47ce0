// Variable instructions.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#variable-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitLocalGet(_ index: LocalIndex) throws(Diagnostic) {
        guard index.position < locals.count else { throw context.unknown("local", index) }
        guard isInitialized[index.position] else { throw Diagnostic(.invalid, "uninitialized local \(index)") }
        pushOperand(locals[index.position])
    }

    mutating func visitLocalSet(_ index: LocalIndex) throws(Diagnostic) {
        guard index.position < locals.count else { throw context.unknown("local", index) }
        try popOperand(expecting: locals[index.position])
        initialize(index)
    }

    mutating func visitLocalTee(_ index: LocalIndex) throws(Diagnostic) {
        try visitLocalSet(index)
        pushOperand(locals[index.position])
    }

    /// The local can be read until the end of the block.
    private mutating func initialize(_ index: LocalIndex) {
        guard !isInitialized[index.position] else { return }
        isInitialized[index.position] = true
        initializations.append(index)
    }

    /// Forgets the locals set since there were `height` of them.
    mutating func resetLocals(to height: Int) {
        while initializations.count > height { isInitialized[initializations.removeLast().position] = false }
    }

    mutating func visitGlobalGet(_ index: GlobalIndex) throws(Diagnostic) {
        pushOperand(try global(index).type)
    }

    mutating func visitGlobalSet(_ index: GlobalIndex) throws(Diagnostic) {
        let global = try global(index)
        guard global.isMutable else { throw Diagnostic(.invalid, "immutable global", "global \(index)") }
        try popOperand(expecting: global.type)
    }

    func global(_ index: GlobalIndex) throws(Diagnostic) -> GlobalRecord {
        guard index.position < visibleGlobals else { throw context.unknown("global", index) }
        return context.globals[index.position]
    }
}
