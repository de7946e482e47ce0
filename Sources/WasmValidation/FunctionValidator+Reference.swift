// Reference instructions.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#reference-instructions

import Diagnostics
import WasmSpec

extension FunctionValidator {
    mutating func visitRefNull(_ type: HeapType) throws(Diagnostic) {
        try context.checkHeapType(type)
        try use(ReferenceType(isNullable: true, type).feature)
        pushOperand(StackType(isNullable: true, type))
    }

    mutating func visitRefIsNull() throws(Diagnostic) {
        _ = try popReference()
        pushOperand(.i32)
    }

    mutating func visitRefAsNonNull() throws(Diagnostic) {
        pushOperand(try popReference().nonNull)
    }

    /// Only functions that occur outside of bodies can be referenced: C.refs. A constant expression is such a place.
    mutating func visitRefFunc(_ function: FunctionIndex) throws(Diagnostic) {
        let type = try context.function(function)
        guard context.referenced[function.position] else {
            throw Diagnostic(.invalid, "undeclared function reference", "function \(function)")
        }
        pushOperand(StackType(isNullable: false, type))
    }

    mutating func visitRefEq() throws(Diagnostic) {
        let eqref = StackType(isNullable: true, .eq)
        try popOperand(expecting: eqref)
        try popOperand(expecting: eqref)
        pushOperand(.i32)
    }

    mutating func visitRefTest(_ type: HeapType) throws(Diagnostic) {
        try popCastOperand(type)
        pushOperand(.i32)
    }

    mutating func visitRefCast(isNullable: Bool, _ type: HeapType) throws(Diagnostic) {
        try popCastOperand(type)
        pushOperand(StackType(isNullable: isNullable, type))
    }

    /// A cast takes any reference of the hierarchy it stays in.
    private mutating func popCastOperand(_ type: HeapType) throws(Diagnostic) {
        try context.checkHeapType(type)
        try popOperand(expecting: StackType(isNullable: true, context.matcher.top(type)))
    }
}
