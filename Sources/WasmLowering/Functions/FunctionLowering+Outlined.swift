// Operations out of line, for functions that have too many of them.

import Diagnostics
import LLVMBridge
import WasmInstructionTable
import WasmSpec

extension FunctionLowering {
    /// What an operation has to become, in instructions, to be worth a call.
    private static let smallestOutlined = 8

    /// Lowers an operation to a call of a function of the LLVM module, if the partition asks for that and it is worth
    /// it: an `i8x16.popcnt` of two bytes becomes sixteen instructions, which an excessive function has by the thousands.
    ///
    /// Returns whether it has.
    func lowerOutlined(_ instruction: Instruction) throws(Diagnostic) -> Bool {
        guard owner.outlinesOperations, instruction.expansion >= Self.smallestOutlined,
            let operation = try outlinedOperation(of: instruction)
        else { return false }
        let result = try callOutlined(
            operation.name, pop(operation.operandCount), returning: operation.result ?? context.i32
        ) { (operands) throws(Diagnostic) in
            self.operands = operands
            try lowerInline(instruction)
            return operation.result == nil ? context.constI32(0) : pop()
        }
        if operation.result != nil { push(result) }
        return true
    }

    /// Calls a function of the LLVM module that does what `body` builds, with the arguments that it is given. Equal names
    /// mean equal code. Its last parameter is the place, for traps.
    func callOutlined<Failure: Error>(
        _ name: String, _ arguments: [IRValue], returning result: IRType,
        _ body: ([IRValue]) throws(Failure) -> IRValue
    ) throws(Failure) -> IRValue {
        let arguments = arguments + [moduleOffset]
        let name = "wasm.op.\(name)"
        if let known = owner.ir.namedFunction(name) { return located { builder.call(known, arguments) } }
        let type = context.functionType(arguments.map(\.type), returning: result)
        let operation = owner.addOperation(name, type)
        let (caller, values, block) = (function, operands, builder.insertBlock)
        function = operation
        outlinedOffset = operation.parameter(arguments.count - 1)
        builder.positionAtEnd(operation.appendBlock("entry"))
        builder.ret(try body(Array(operation.parameters.dropLast())))
        outlinedOffset = nil
        (function, operands) = (caller, values)
        if let block { builder.positionAtEnd(block) }
        return located { builder.call(operation, arguments) }
    }

    private func outlinedOperation(of instruction: Instruction) throws(Diagnostic) -> OutlinedOperation? {
        guard let count = instruction.numericOperandCount else { return outlinedOnArrays(instruction) }
        let result: OperandType?
        switch instruction {
        case .integerBinary(let operation): result = operation.signature.results.0
        case .conversion(let operation): result = operation.signature.results.0
        case .floatBinary(let operation): result = operation.signature.results.0
        default: result = .v128
        }
        guard let result else { throw notLowered(instruction) }
        return OutlinedOperation(
            name: instruction.mnemonic, operandCount: count, result: types.type(result.valueType(address: .i32)))
    }

    /// What depends on more than its operands has the rest in its name.
    private func outlinedOnArrays(_ instruction: Instruction) -> OutlinedOperation? {
        func operation(_ indices: Any..., operands: Int, result: IRType? = nil) -> OutlinedOperation {
            let words = [instruction.mnemonic, "\(instance.number)"] + indices.map { "\($0)" }
            return OutlinedOperation(name: words.joined(separator: "."), operandCount: operands, result: result)
        }
        return switch instruction {
        case .arrayNewData(let type, let data): operation(type, data, operands: 2, result: types.reference)
        case .arrayNewElem(let type, let element): operation(type, element, operands: 2, result: types.reference)
        case .arrayFill(let type): operation(type, operands: 4)
        case .arrayCopy(let destination, let source): operation(destination, source, operands: 5)
        case .arrayInitData(let type, let data): operation(type, data, operands: 4)
        case .arrayInitElem(let type, let element): operation(type, element, operands: 4)
        default: nil
        }
    }
}

/// An operation as a function.
private struct OutlinedOperation {
    /// Equal names mean equal code.
    let name: String
    let operandCount: Int
    /// Nil for none.
    let result: IRType?
}

extension Instruction {
    /// The operands of an operation that computes one value from others, as far as such may be lowered out of line.
    fileprivate var numericOperandCount: Int? {
        switch self {
        case .vectorUnary, .conversion: 1
        case .vectorBinary, .vectorShift, .integerBinary, .floatBinary: 2
        case .vectorTernary: 3
        default: nil
        }
    }
}

// MARK: Constants

// LLVM keeps a function's constants of floats and vectors in a list, which it goes through for each one that it adds:
// 100,000 of them take ten seconds. Where operations stand out of line, such a constant comes of integers, which
// instructions hold; `freeze`, or a call, keeps them from becoming one again.

extension FunctionLowering {
    func floatConstant(_ type: IRType, _ bits: UInt64) -> IRValue {
        guard owner.outlinesOperations else { return type.constFloat(bitPattern: bits) }
        let integer = type == context.f32 ? context.constI32(UInt32(truncatingIfNeeded: bits)) : context.constI64(bits)
        return builder.bitCast(builder.freeze(integer), type)
    }

    func vectorConstant(_ bytes: [UInt8]) -> IRValue {
        guard owner.outlinesOperations else { return types.v128.constVector(bytes: bytes) }
        let lanes = [bytes[..<8], bytes[8...]].map { half in
            context.constI64(half.reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
        return callOutlined("v128.const", lanes, returning: types.v128) {
            let low = builder.insertElement(types.i64x2.poison(), $0[0], lane: 0)
            return builder.bitCast(builder.insertElement(low, $0[1], lane: 1), types.v128)
        }
    }
}
