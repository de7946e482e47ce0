// Variable instructions.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#variable-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitLocalGet(_ index: LocalIndex) throws(Diagnostic) {
        let type = try local(index)
        guard type.isDefaultable || index.position < locals.parameterCount || initialized.contains(index) else {
            throw Diagnostic(.invalid, "uninitialized local \(index)")
        }
        pushOperand(type)
    }

    mutating func visitLocalSet(_ index: LocalIndex) throws(Diagnostic) {
        let type = try local(index)
        try popOperand(expecting: type)
        if !type.isDefaultable { initialize(index) }
    }

    mutating func visitLocalTee(_ index: LocalIndex) throws(Diagnostic) {
        try visitLocalSet(index)
        pushOperand(locals[index.position])
    }

    private func local(_ index: LocalIndex) throws(Diagnostic) -> StackType {
        guard index.position < locals.count else { throw context.unknown("local", index) }
        return locals[index.position]
    }

    /// The local can be read until the end of the block.
    private mutating func initialize(_ index: LocalIndex) {
        if initialized.insert(index).inserted { initializations.append(index) }
    }

    /// Forgets the locals set since there were `height` of them.
    mutating func resetLocals(to height: Int) {
        while initializations.count > height { initialized.remove(initializations.removeLast()) }
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
