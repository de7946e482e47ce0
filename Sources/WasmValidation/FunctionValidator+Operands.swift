// The operand stack. Names are the appendix's.
// Spec: https://webassembly.github.io/spec/core/appendix/algorithm.html#data-structures

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

extension FunctionValidator {
    @inline(__always) mutating func pushOperand(_ type: StackType) { operandStack.append(type) }

    /// The type on top, whatever it is; `bottom` in unreachable code that has none.
    @inline(__always) mutating func popOperand() throws(Diagnostic) -> StackType {
        if operandStack.count > frameHeight { return operandStack.removeLast() }
        guard isUnreachable else {
            throw Diagnostic(.invalid, "type mismatch", "instruction requires a value but stack has []")
        }
        return .bottom
    }

    @inline(__always) mutating func popOperand(expecting expected: StackType) throws(Diagnostic) {
        if operandStack.count > frameHeight, operandStack[operandStack.count - 1] == expected {
            operandStack.removeLast()
        } else {
            _ = try popMatching(expected)
        }
    }

    /// As `popOperand(expecting:)`, with the type that was found.
    mutating func popMatching(_ expected: StackType) throws(Diagnostic) -> StackType {
        guard operandStack.count > frameHeight else {
            guard isUnreachable else { throw mismatch(TypeList(expected)) }
            return .bottom
        }
        let type = operandStack[operandStack.count - 1]
        guard context.matcher.matches(type, expected) else { throw mismatch(TypeList(expected)) }
        operandStack.removeLast()
        return type
    }

    /// A reference of any type; of the bottom heap type where nothing is known about it.
    mutating func popReference() throws(Diagnostic) -> StackType {
        guard operandStack.count > frameHeight || isUnreachable else {
            throw Diagnostic(.invalid, "type mismatch", "instruction requires a reference type but stack has []")
        }
        let type = try popOperand()
        if type.isBottom { return .bottomReference }
        guard type.isReference else {
            throw Diagnostic(.invalid, "type mismatch", "instruction requires a reference type but stack has [\(type)]")
        }
        return type
    }

    /// Pops the types of a list, its last type first.
    mutating func popOperands(_ types: TypeList) throws(Diagnostic) {
        try checkOperands(types)
        let available = operandStack.count - frameHeight
        operandStack.removeLast(min(types.count, available))
    }

    /// Checks that the types of a list are on top of the stack, without popping them.
    mutating func checkOperands(_ types: TypeList) throws(Diagnostic) {
        var top = operandStack.count
        var position = types.count
        while position > 0 {
            position -= 1
            if top == frameHeight {
                guard isUnreachable else { throw mismatch(types) }
                return
            }
            top -= 1
            guard context.matcher.matches(operandStack[top], type(types, position)) else { throw mismatch(types) }
        }
    }

    /// Pushes the types of a list, its first type first.
    mutating func pushOperands(_ types: TypeList) throws(Diagnostic) {
        if types.isSingle { return operandStack.append(types.single) }
        let start = Int(types.start)
        for position in start..<(start + types.count) { operandStack.append(context.pool[position]) }
        guard operandStack.count <= ImplementationLimits.operands else {
            throw Diagnostic(
                .unsupported, "too many operands", "this compiler's limit is \(ImplementationLimits.operands)")
        }
    }

    @inline(__always) func type(_ types: TypeList, _ position: Int) -> StackType {
        types.isSingle ? types.single : context.pool[Int(types.start) + position]
    }

    // MARK: Plain signatures

    /// Pops the parameters and pushes the results of an instruction whose types stand in the table.
    @inline(__always) mutating func apply(
        _ signature: PlainSignature, address: StackType = .bottom
    ) throws(Diagnostic) {
        if let type = signature.parameters.3 { try popOperand(expecting: StackType(type, address: address)) }
        if let type = signature.parameters.2 { try popOperand(expecting: StackType(type, address: address)) }
        if let type = signature.parameters.1 { try popOperand(expecting: StackType(type, address: address)) }
        if let type = signature.parameters.0 { try popOperand(expecting: StackType(type, address: address)) }
        if let type = signature.results.0 { pushOperand(StackType(type, address: address)) }
        if let type = signature.results.1 { pushOperand(StackType(type, address: address)) }
    }

    // MARK: Errors

    /// The error for operands that are not those of `types`, in the reference interpreter's words.
    func mismatch(_ types: TypeList) -> Diagnostic {
        let available = operandStack.suffix(min(types.count, operandStack.count - frameHeight))
        return Diagnostic(
            .invalid, "type mismatch", "instruction requires \(describe(types)) but stack has \(describe(available))")
    }

    func list(_ types: TypeList) -> [StackType] { (0..<types.count).map { type(types, $0) } }

    /// `[i32 f64]`, as in the specification.
    func describe(_ types: TypeList) -> String { describe(list(types)) }

    /// The last types only, if there are very many.
    func describe(_ types: some Collection<StackType>) -> String {
        let shown = types.suffix(32).map(\.description).joined(separator: " ")
        return types.count > 32 ? "[... \(shown)]" : "[\(shown)]"
    }
}

extension StackType {
    /// A type of the instruction table; `address` is the memory's.
    @inline(__always) init(_ type: OperandType, address: StackType) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        case .address: self = address
        }
    }
}
