// Parametric instructions.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#parametric-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    /// Without a type, both operands are of the same number or vector type.
    mutating func visitSelect() throws(Diagnostic) {
        try popOperand(expecting: .i32)
        let second = try popOperand()
        let first = try popOperand()
        let isPlain = (first.isBottom || first.isNumberOrVector) && (second.isBottom || second.isNumberOrVector)
        guard isPlain, first == second || first.isBottom || second.isBottom else {
            throw Diagnostic(
                .invalid, "type mismatch",
                "instruction requires two numbers or vectors of one type but stack has \(describe([first, second]))")
        }
        pushOperand(first.isBottom ? second : first)
    }

    mutating func visitSelectTyped(_ types: [ValueType]) throws(Diagnostic) {
        guard types.count == 1 else { throw Diagnostic(.invalid, "invalid result arity", "\(types.count) types") }
        try checkValueType(types[0])
        let type = StackType(types[0])
        try popOperand(expecting: .i32)
        try popOperand(expecting: type)
        try popOperand(expecting: type)
        pushOperand(type)
    }
}
