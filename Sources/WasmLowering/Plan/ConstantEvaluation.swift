// Constant expressions are evaluated at compile time: in a closed world every global they can read is
// known, unless they make an object. Spec: https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions

import Diagnostics
import WasmBinary
import WasmSpec
import WasmValidation

/// The value of a constant expression.
enum ConstantValue: Hashable, Sendable {
    case i32(UInt32)
    case i64(UInt64)
    /// Bit patterns.
    case f32(UInt32)
    case f64(UInt64)
    case v128(V128)
    case nullReference
    case function(FunctionID)
    /// A reference that is no address: an i31.
    case reference(UInt32)
    /// A reference to an object that the instance's initialisation makes (`Initialization.swift`).
    case computed
}

extension InstancePlan {
    /// Fills `constants`: those of imported globals come from the instances before, and later initialisers may read
    /// earlier globals.
    mutating func evaluateGlobals(_ earlier: [InstancePlan]) throws(Diagnostic) {
        for id in globals.prefix(module.importedGlobalCount) {
            let definer = earlier[id.instance]
            constants.append(definer.constants[definer.module.importedGlobalCount + id.position])
        }
        for global in module.module.globals { constants.append(try evaluate(global.initializer)) }
    }

    /// The value of `expression`.
    func evaluate(_ expression: ConstantExpression) throws(Diagnostic) -> ConstantValue {
        try module.module.source.withReader(expression.body) { (reader) throws(Diagnostic) in
            var instructions = InstructionReader(reader)
            var stack: [ConstantValue] = []
            while !instructions.isAtEnd {
                if stack.last == .computed { return .computed }
                try step(try instructions.next(), &stack, at: instructions.instructionOffset)
            }
            guard let value = stack.last else { throw unevaluable("empty", at: expression.body.lowerBound) }
            return value
        }
    }

    private func step(_ instruction: Instruction, _ stack: inout [ConstantValue], at offset: Int) throws(Diagnostic) {
        switch instruction {
        case .i32Const(let value): stack.append(.i32(UInt32(bitPattern: value)))
        case .i64Const(let value): stack.append(.i64(UInt64(bitPattern: value)))
        case .f32Const(let bits): stack.append(.f32(bits))
        case .f64Const(let bits): stack.append(.f64(bits))
        case .v128Const(let value): stack.append(.v128(value))
        case .refNull: stack.append(.nullReference)
        case .refI31:
            guard case .i32(let value)? = stack.popLast() else { throw unevaluable(instruction.mnemonic, at: offset) }
            stack.append(.reference(value << 1 | 1))
        // One reference under two types.
        case .anyConvertExtern, .externConvertAny: break
        case .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed: stack.append(.computed)
        case .refFunc(let function): stack.append(.function(functions[function.position]))
        case .globalGet(let global):
            guard global.position < constants.count else { throw unevaluable("global \(global)", at: offset) }
            stack.append(constants[global.position])
        case .integerBinary(let operation):
            guard let rhs = stack.popLast(), let lhs = stack.popLast(), let value = fold(operation, lhs, rhs) else {
                throw unevaluable(operation.mnemonic, at: offset)
            }
            stack.append(value)
        case .end: break
        default: throw unevaluable(instruction.mnemonic, at: offset)
        }
    }

    /// The operations of extended constant expressions.
    private func fold(_ operation: IntegerBinaryOperation, _ lhs: ConstantValue, _ rhs: ConstantValue) -> ConstantValue?
    {
        switch (operation, lhs, rhs) {
        case (.i32Add, .i32(let a), .i32(let b)): .i32(a &+ b)
        case (.i32Sub, .i32(let a), .i32(let b)): .i32(a &- b)
        case (.i32Mul, .i32(let a), .i32(let b)): .i32(a &* b)
        case (.i64Add, .i64(let a), .i64(let b)): .i64(a &+ b)
        case (.i64Sub, .i64(let a), .i64(let b)): .i64(a &- b)
        case (.i64Mul, .i64(let a), .i64(let b)): .i64(a &* b)
        default: nil
        }
    }

    private func unevaluable(_ what: String, at offset: Int) -> Diagnostic {
        Diagnostic(
            .internal, "constant expression cannot be evaluated at compile time", what, at: .offset(offset))
    }
}
