// Validates one function body or constant expression by the algorithm of the specification's appendix; what each
// instruction does is in FunctionValidator+<Family>.swift.
// Spec: https://webassembly.github.io/spec/core/appendix/algorithm.html

import Diagnostics
import WasmBinary
import WasmInstructionTable
import WasmSpec

/// The state of validating a function. One can validate any number of functions, one after the other.
struct FunctionValidator {
    let context: ValidationContext
    /// Types of the values on the operand stack.
    var operandStack: ContiguousArray<StackType> = []
    /// The blocks that are open, the function's own first.
    var controlStack: ContiguousArray<ControlFrame> = []
    /// Of the innermost frame: `height` and `isUnreachable`, which every instruction looks at.
    var frameHeight = 0
    var isUnreachable = false

    var locals = LocalTypes()
    /// Of the locals without a default: those that have been set in this block, and so can be read.
    var initialized: Set<LocalIndex> = []
    /// The same in the order of being set, to be undone at the ends of blocks.
    var initializations: ContiguousArray<LocalIndex> = []

    /// Globals that may be named: all in function bodies, those before it in a constant expression.
    var visibleGlobals: Int
    /// Features of the instructions so far.
    var features = FeatureSet()

    init(_ context: ValidationContext) {
        self.context = context
        visibleGlobals = context.globals.count
    }

    /// Validates the function that the module defines at `position`.
    mutating func validateFunction(at position: Int) throws(Diagnostic) {
        let function = context.module.functions[position]
        let type = context.types[function.type.position]
        try declareLocals(type.parameters, function.locals, at: function.offset)
        try validate(function.body, resultTypes: type.results, isConstant: false)
    }

    /// Validates an expression that only has constant instructions and results in `type`.
    mutating func validateConstant(
        _ expression: ConstantExpression, type: StackType, visibleGlobals: Int
    ) throws(Diagnostic) {
        self.visibleGlobals = visibleGlobals
        locals.removeAll()
        try validate(expression.body, resultTypes: TypeList(type), isConstant: true)
    }

    private mutating func declareLocals(
        _ parameters: TypeList, _ groups: [LocalGroup], at offset: Int
    ) throws(Diagnostic) {
        locals.removeAll()
        resetLocals(to: 0)
        for position in 0..<parameters.count { locals.appendParameter(type(parameters, position)) }
        for group in groups {
            do throws(Diagnostic) { try checkValueType(group.type) } catch { throw error.located(at: .offset(offset)) }
            let count = Int(group.count)
            guard locals.count + count <= ImplementationLimits.locals else {
                throw ImplementationLimits.exceeded(
                    "locals", locals.count + count, ImplementationLimits.locals, at: offset)
            }
            locals.append(StackType(group.type), count: count)
        }
    }

    /// Walks the instructions of `body`, which must end with the last of its bytes.
    private mutating func validate(
        _ body: Range<Int>, resultTypes: TypeList, isConstant: Bool
    ) throws(Diagnostic) {
        operandStack.removeAll(keepingCapacity: true)
        controlStack.removeAll(keepingCapacity: true)
        try pushControl(.function, .empty, resultTypes)
        try context.module.source.withReader(body) { (bytes) throws(Diagnostic) in
            var reader = InstructionReader(bytes)
            do throws(Diagnostic) {
                while !controlStack.isEmpty {
                    let instruction = try reader.next()
                    let feature = instruction.feature
                    if feature != .mvp { try use(feature) }
                    if isConstant { try checkConstant(instruction) }
                    try visit(instruction)
                }
            } catch {
                throw describe(error, at: reader.instructionOffset, bytes)
            }
            guard reader.isAtEnd else {
                throw Diagnostic(
                    .malformed, "section size mismatch", "operators remaining after end of function",
                    at: .offset(reader.reader.position))
            }
        }
    }

    /// Adds place and mnemonic to an error of the instruction at `offset`. Decoding errors have their own place.
    private func describe(_ error: Diagnostic, at offset: Int, _ bytes: ByteReader) -> Diagnostic {
        var error = error.located(at: .offset(offset))
        var bytes = bytes
        bytes.position = offset
        var reader = InstructionReader(bytes)
        if error.phase == .invalid, let mnemonic = try? reader.next().mnemonic {
            error.detail += error.detail.isEmpty ? "in `\(mnemonic)`" : " in `\(mnemonic)`"
        }
        return error
    }

    /// Notes that a feature is used.
    ///
    /// Throws when it is not allowed.
    mutating func use(_ feature: Feature) throws(Diagnostic) {
        guard context.allowed.contains(feature) else { throw notEnabled(feature) }
        features.insert(feature)
    }

    /// Checks a value type that an instruction or a local group names.
    mutating func checkValueType(_ type: ValueType) throws(Diagnostic) {
        if case .reference(let reference) = type { try context.checkHeapType(reference.heapType) }
        try use(type.feature)
    }
}

/// The error for a feature that is not allowed.
func notEnabled(_ feature: Feature) -> Diagnostic { Diagnostic(.invalid, "\(feature.name) is not enabled") }
