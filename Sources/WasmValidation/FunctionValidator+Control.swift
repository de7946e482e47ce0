// Control instructions and the control stack. Names of the stack's operations are the appendix's.
// Spec: https://webassembly.github.io/spec/core/valid/instructions.html#control-instructions

import Diagnostics
import WasmBinary
import WasmSpec

extension FunctionValidator {
    // MARK: The control stack

    mutating func pushControl(
        _ opcode: ControlOpcode, _ startTypes: TypeList, _ endTypes: TypeList
    ) throws(Diagnostic) {
        guard controlStack.count <= ImplementationLimits.blockNesting else {
            throw Diagnostic(
                .unsupported, "too many nested blocks", "this compiler's limit is \(ImplementationLimits.blockNesting)")
        }
        controlStack.append(
            ControlFrame(
                opcode: opcode, startTypes: startTypes, endTypes: endTypes, height: operandStack.count,
                initializationHeight: initializations.count))
        frameHeight = operandStack.count
        isUnreachable = false
        try pushOperands(startTypes)
    }

    /// Ends the innermost block: its results, and nothing else, must be on the stack.
    mutating func popControl() throws(Diagnostic) -> ControlFrame {
        let frame = controlStack[controlStack.count - 1]
        try popOperands(frame.endTypes)
        guard operandStack.count == frame.height else {
            // The results have been popped; what is left lies below them.
            let stack = Array(operandStack[frame.height...]) + list(frame.endTypes)
            throw Diagnostic(
                .invalid, "type mismatch",
                "block requires \(describe(frame.endTypes)) but stack has \(describe(stack))")
        }
        resetLocals(to: frame.initializationHeight)
        controlStack.removeLast()
        if let outer = controlStack.last {
            frameHeight = outer.height
            isUnreachable = outer.isUnreachable
        }
        return frame
    }

    /// What follows in this block cannot be reached: its operands have whatever types are needed.
    mutating func markUnreachable() {
        operandStack.removeLast(operandStack.count - frameHeight)
        controlStack[controlStack.count - 1].isUnreachable = true
        isUnreachable = true
    }

    /// The frame that a label refers to.
    func frame(_ label: LabelDepth) throws(Diagnostic) -> ControlFrame {
        guard label.position < controlStack.count else { throw context.unknown("label", label) }
        return controlStack[controlStack.count - 1 - label.position]
    }

    /// Opens a block whose parameters are on the stack.
    mutating func openBlock(
        _ opcode: ControlOpcode, _ types: (start: TypeList, end: TypeList)
    ) throws(Diagnostic) {
        try popOperands(types.start)
        try pushControl(opcode, types.start, types.end)
    }

    mutating func blockTypes(_ type: BlockType) throws(Diagnostic) -> (start: TypeList, end: TypeList) {
        switch type {
        case .empty: return (.empty, .empty)
        case .result(let result):
            try checkValueType(result)
            return (.empty, TypeList(StackType(result)))
        case .type(let index):
            try use(.multiValue)
            let type = try context.functionType(index)
            return (type.parameters, type.results)
        }
    }

    // MARK: Blocks

    mutating func visitBlock(_ opcode: ControlOpcode, _ type: BlockType) throws(Diagnostic) {
        try openBlock(opcode, try blockTypes(type))
    }

    mutating func visitIf(_ type: BlockType) throws(Diagnostic) {
        let types = try blockTypes(type)
        try popOperand(expecting: .i32)
        try openBlock(.if, types)
    }

    mutating func visitElse() throws(Diagnostic) {
        guard controlStack[controlStack.count - 1].opcode == .if else { throw misplaced("else", "if") }
        let frame = try popControl()
        try pushControl(.else, frame.startTypes, frame.endTypes)
    }

    mutating func visitEnd() throws(Diagnostic) {
        let frame = try popControl()
        // Without `else` the parameters are the results.
        if frame.opcode == .if {
            try pushControl(.else, frame.startTypes, frame.endTypes)
            _ = try popControl()
        }
        try pushOperands(frame.endTypes)
    }

    /// A clause outside of its block; in the binary format only `end` may stand there.
    func misplaced(_ clause: String, _ block: String) -> Diagnostic {
        Diagnostic(.malformed, "END opcode expected", "`\(clause)` outside of `\(block)`")
    }

    // MARK: Branches

    mutating func visitBr(_ label: LabelDepth) throws(Diagnostic) {
        try popOperands(try frame(label).labelTypes)
        markUnreachable()
    }

    mutating func visitBrIf(_ label: LabelDepth) throws(Diagnostic) {
        let types = try frame(label).labelTypes
        try popOperand(expecting: .i32)
        try popOperands(types)
        try pushOperands(types)
    }

    mutating func visitBrTable(_ table: BranchTable) throws(Diagnostic) {
        let types = try frame(table.defaultLabel).labelTypes
        try popOperand(expecting: .i32)
        for label in table.labels {
            let other = try frame(label).labelTypes
            guard other.count == types.count else {
                throw Diagnostic(
                    .invalid, "type mismatch",
                    "labels of one br_table take \(describe(types)) and \(describe(other))")
            }
            try checkOperands(other)
        }
        try popOperands(types)
        markUnreachable()
    }

    mutating func visitReturn() throws(Diagnostic) {
        try popOperands(controlStack[0].endTypes)
        markUnreachable()
    }

    mutating func visitBrOnNull(_ label: LabelDepth) throws(Diagnostic) {
        let types = try frame(label).labelTypes
        let reference = try popReference()
        try popOperands(types)
        try pushOperands(types)
        pushOperand(reference.nonNull)
    }

    mutating func visitBrOnNonNull(_ label: LabelDepth) throws(Diagnostic) {
        let types = try frame(label).labelTypes
        guard let last = lastReference(types) else { throw branchNeedsReference(types) }
        try popOperand(expecting: last.nullable)
        try popOperands(types.dropLast)
        try pushOperands(types.dropLast)
    }

    mutating func visitBrOnCast(_ branch: BranchOnCast) throws(Diagnostic) {
        let (source, target, types) = try branchOnCast(branch)
        guard let last = lastReference(types), context.matcher.matches(target, last) else {
            throw branchMismatch(target, types)
        }
        try popOperand(expecting: source)
        try popOperands(types.dropLast)
        try pushOperands(types.dropLast)
        pushOperand(difference(source, target))
    }

    mutating func visitBrOnCastFail(_ branch: BranchOnCast) throws(Diagnostic) {
        let (source, target, types) = try branchOnCast(branch)
        let rest = difference(source, target)
        guard let last = lastReference(types), context.matcher.matches(rest, last) else {
            throw branchMismatch(rest, types)
        }
        try popOperand(expecting: source)
        try popOperands(types.dropLast)
        try pushOperands(types.dropLast)
        pushOperand(target)
    }

    /// The immediates of a branch on a cast, whose target must lie below its source.
    private mutating func branchOnCast(
        _ branch: BranchOnCast
    ) throws(Diagnostic) -> (source: StackType, target: StackType, labelTypes: TypeList) {
        let types = try frame(branch.label).labelTypes
        try context.checkHeapType(branch.source.heapType)
        try context.checkHeapType(branch.target.heapType)
        let (source, target) = (StackType(branch.source), StackType(branch.target))
        guard context.matcher.matches(target, source) else {
            throw Diagnostic(.invalid, "type mismatch", "\(target) is no subtype of \(source)")
        }
        return (source, target, types)
    }

    /// The values of `source` that are not of `target`, as far as types can say: without null if `target` has it.
    private func difference(_ source: StackType, _ target: StackType) -> StackType {
        target.isNullable ? source.nonNull : source
    }

    private func lastReference(_ types: TypeList) -> StackType? {
        guard !types.isEmpty else { return nil }
        let last = type(types, types.count - 1)
        return last.isReference ? last : nil
    }

    private func branchNeedsReference(_ types: TypeList) -> Diagnostic {
        Diagnostic(
            .invalid, "type mismatch", "instruction requires a label that takes a reference, found \(describe(types))")
    }

    private func branchMismatch(_ type: StackType, _ types: TypeList) -> Diagnostic {
        Diagnostic(.invalid, "type mismatch", "the label takes \(describe(types)), found \(type)")
    }

    // MARK: Calls

    mutating func visitCall(_ function: FunctionIndex) throws(Diagnostic) {
        let type = context.types[try context.function(function).position]
        try popOperands(type.parameters)
        try pushOperands(type.results)
    }

    mutating func visitCallIndirect(_ index: TypeIndex, _ table: TableIndex) throws(Diagnostic) {
        let type = try indirectCallee(index, table)
        try popOperands(type.parameters)
        try pushOperands(type.results)
    }

    mutating func visitCallRef(_ index: TypeIndex) throws(Diagnostic) {
        let type = try context.functionType(index)
        try popOperand(expecting: StackType(isNullable: true, index))
        try popOperands(type.parameters)
        try pushOperands(type.results)
    }

    mutating func visitReturnCall(_ function: FunctionIndex) throws(Diagnostic) {
        try tailCall(context.types[try context.function(function).position])
    }

    mutating func visitReturnCallIndirect(_ index: TypeIndex, _ table: TableIndex) throws(Diagnostic) {
        try tailCall(try indirectCallee(index, table))
    }

    mutating func visitReturnCallRef(_ index: TypeIndex) throws(Diagnostic) {
        let type = try context.functionType(index)
        try popOperand(expecting: StackType(isNullable: true, index))
        try tailCall(type)
    }

    /// Checks a table of functions and pops the index into it.
    private mutating func indirectCallee(
        _ index: TypeIndex, _ tableIndex: TableIndex
    ) throws(Diagnostic) -> TypeRecord {
        let table = try context.table(tableIndex)
        guard context.matcher.matches(table.element, StackType(ReferenceType.funcref)) else {
            throw Diagnostic(
                .invalid, "type mismatch", "instruction requires a table of funcref but table has \(table.element)")
        }
        let type = try context.functionType(index)
        try popOperand(expecting: table.address)
        return type
    }

    /// What the callee returns, this function returns.
    private mutating func tailCall(_ callee: TypeRecord) throws(Diagnostic) {
        let (results, found) = (controlStack[0].endTypes, callee.results)
        let matches =
            results.count == found.count
            && (0..<results.count).allSatisfy { context.matcher.matches(type(found, $0), type(results, $0)) }
        guard matches else {
            throw Diagnostic(
                .invalid, "type mismatch",
                "current function requires result type \(describe(results)) but callee returns \(describe(found))")
        }
        try popOperands(callee.parameters)
        markUnreachable()
    }
}
