// Control instructions. Labels become basic blocks, their operands phis.
// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#control-instructions

import Diagnostics
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    // MARK: Blocks

    /// The outermost frame: its label is the function's return.
    func pushFunctionFrame() {
        let exit = function.appendBlock("return")
        let phis = makePhis(signature.results, in: exit)
        open(
            ControlFrame(
                kind: .function, target: exit, targetPhis: phis, continuation: exit, resultPhis: phis, height: 0))
    }

    func lowerUnreachable() {
        trap(.unreachable)
        isReachable = false
    }

    /// Adds an open block. Handlers around it are its code's, too.
    private func open(_ frame: ControlFrame) {
        controls.append(frame)
        if controls.count > 1 { controls[controls.count - 1].region = controls[controls.count - 2].region }
    }

    func lowerBlock(_ type: BlockType, kind: ControlFrame.Kind = .block) {
        let signature = blockSignature(type)
        let end = function.appendBlock("block.end")
        let phis = makePhis(signature.results, in: end)
        open(
            ControlFrame(
                kind: kind, target: end, targetPhis: phis, continuation: end, resultPhis: phis,
                height: operands.count - signature.parameters.count))
    }

    func lowerLoop(_ type: BlockType) {
        let signature = blockSignature(type)
        let head = function.appendBlock("loop.head")
        let headPhis = makePhis(signature.parameters, in: head)
        let end = function.appendBlock("loop.end")
        let endPhis = makePhis(signature.results, in: end)
        let arguments = pop(signature.parameters.count)
        open(
            ControlFrame(
                kind: .loop, target: head, targetPhis: headPhis, continuation: end, resultPhis: endPhis,
                height: operands.count))
        branch(to: head, headPhis, arguments)
        builder.positionAtEnd(head)
        operands += headPhis
    }

    func lowerIf(_ type: BlockType) {
        let signature = blockSignature(type)
        let condition = isNonZero(pop())
        let then = function.appendBlock("if.then")
        let otherwise = function.appendBlock("if.else")
        let end = function.appendBlock("if.end")
        let phis = makePhis(signature.results, in: end)
        builder.condBr(condition, then, otherwise, weights: hintedWeights)
        open(
            ControlFrame(
                kind: .ifThen, target: end, targetPhis: phis, continuation: end, resultPhis: phis,
                height: operands.count - signature.parameters.count, elseBlock: otherwise,
                parameters: Array(operands.suffix(signature.parameters.count))))
        builder.positionAtEnd(then)
    }

    func lowerElse() {
        var frame = controls.removeLast()
        if isReachable { leave(frame) }
        operands.removeLast(operands.count - frame.height)
        operands += frame.parameters
        if let otherwise = frame.elseBlock { builder.positionAtEnd(otherwise) }
        frame.kind = .ifElse
        frame.elseBlock = nil
        controls.append(frame)
        isReachable = true
    }

    func lowerEnd() {
        let frame = controls.removeLast()
        endCatch(frame)
        if isReachable { leave(frame) }
        if let otherwise = frame.elseBlock {
            // An `if` without `else` passes its parameters on.
            builder.positionAtEnd(otherwise)
            branch(to: frame.continuation, frame.resultPhis, frame.parameters)
        }
        if operands.count > frame.height { operands.removeLast(operands.count - frame.height) }
        guard frame.continuation.hasUses else {
            frame.continuation.delete()
            isReachable = false
            return
        }
        builder.positionAtEnd(frame.continuation)
        isReachable = true
        if frame.kind == .function { ret(frame.resultPhis) } else { operands += frame.resultPhis }
    }

    /// Falls through to the end of `frame` with its results on the stack.
    func leave(_ frame: ControlFrame) {
        branch(to: frame.continuation, frame.resultPhis, Array(operands.suffix(frame.resultPhis.count)))
    }

    func ret(_ values: [IRValue]) { owner.guestReturn(values, from: function, signature) }

    func blockSignature(_ type: BlockType) -> FunctionType {
        switch type {
        case .empty: FunctionType(parameters: [], results: [])
        case .result(let type): FunctionType(parameters: [], results: [type])
        case .type(let index): module.functionType(index)
        }
    }

    private func makePhis(_ types: [ValueType], in block: BasicBlock) -> [IRValue] {
        guard !types.isEmpty else { return [] }
        let current = builder.insertBlock
        builder.positionAtEnd(block)
        let phis = types.map { builder.phi(self.types.type($0)) }
        if let current { builder.positionAtEnd(current) }
        return phis
    }

    /// Ends the current block with a jump that gives `phis` their values.
    private func branch(to block: BasicBlock, _ phis: [IRValue], _ values: [IRValue]) {
        addIncoming(phis, values)
        builder.br(block)
    }

    private func addIncoming(_ phis: [IRValue], _ values: [IRValue]) {
        guard !phis.isEmpty, let from = builder.insertBlock else { return }
        for (phi, value) in zip(phis, values) { phi.addIncoming(value, from: from) }
    }

    /// Code that cannot run: only its block structure matters.
    func skip(_ instruction: Instruction) {
        switch instruction {
        case .block, .loop, .if, .tryTable, .legacyTry: skippedBlocks += 1
        case .else: if skippedBlocks == 0 { lowerElse() }
        case .end: if skippedBlocks == 0 { lowerEnd() } else { skippedBlocks -= 1 }
        case .legacyCatch(let tag): if skippedBlocks == 0 { lowerCatch(tag) }
        case .legacyCatchAll: if skippedBlocks == 0 { lowerCatch(nil) }
        case .legacyDelegate(let label): if skippedBlocks == 0 { lowerDelegate(label) } else { skippedBlocks -= 1 }
        // Nothing else opens or closes a block.
        default: break
        }
    }

    // MARK: Branches

    private func frame(_ label: LabelDepth) -> ControlFrame { controls[controls.count - 1 - label.position] }

    func lowerBr(_ label: LabelDepth) {
        let frame = frame(label)
        branch(to: frame.target, frame.targetPhis, Array(operands.suffix(frame.targetPhis.count)))
        isReachable = false
    }

    /// Ends the current block with a jump to the label that carries these values.
    func branch(to label: LabelDepth, _ values: [IRValue]) {
        let frame = frame(label)
        branch(to: frame.target, frame.targetPhis, values)
    }

    func lowerBrIf(_ label: LabelDepth) {
        branchIf(isNonZero(pop()), label)
    }

    /// Branches to the label with the topmost operands if `condition` holds.
    func branchIf(_ condition: IRValue, _ label: LabelDepth) {
        let frame = frame(label)
        let next = function.appendBlock("next")
        addIncoming(frame.targetPhis, Array(operands.suffix(frame.targetPhis.count)))
        builder.condBr(condition, frame.target, next, weights: hintedWeights)
        builder.positionAtEnd(next)
    }

    func lowerReturn() {
        let frame = controls[0]
        branch(to: frame.target, frame.targetPhis, Array(operands.suffix(frame.targetPhis.count)))
        isReachable = false
    }

    func lowerBrTable(_ table: BranchTable) {
        let selector = pop()
        let fallback = frame(table.defaultLabel)
        let values = Array(operands.suffix(fallback.targetPhis.count))
        // A phi wants one entry per edge; a block in between per label makes it one edge.
        var landing: [LabelDepth: BasicBlock] = [:]
        func destination(_ label: LabelDepth) -> BasicBlock {
            let frame = frame(label)
            if frame.targetPhis.isEmpty { return frame.target }
            if let known = landing[label] { return known }
            let block = function.appendBlock("br_table.edge")
            landing[label] = block
            return block
        }
        let defaultBlock = destination(table.defaultLabel)
        var cases: [(value: IRValue, destination: BasicBlock)] = []
        var positions: [Int] = []
        for (index, label) in table.labels.enumerated() {
            let block = destination(label)
            if block != defaultBlock {
                cases.append((context.constI32(UInt32(index)), block))
                positions.append(index)
            }
        }
        builder.switch(selector, default: defaultBlock, cases: cases, weights: countedWeights(ofCases: positions))
        for label in landing.keys.sorted() {
            guard let block = landing[label] else { continue }
            builder.positionAtEnd(block)
            let frame = frame(label)
            branch(to: frame.target, frame.targetPhis, values)
        }
        isReachable = false
    }

    /// An i32 as a condition. LLVM folds `icmp ne (zext i1), 0` to the i1.
    func isNonZero(_ value: IRValue) -> IRValue { builder.icmp(.ne, value, context.constI32(0)) }

    func lowerBrOnNull(_ label: LabelDepth) {
        let reference = pop()
        branchIf(builder.isNull(reference), label)
        push(reference)
    }

    func lowerBrOnNonNull(_ label: LabelDepth) {
        let reference = operands[operands.count - 1]
        branchIf(builder.isNotNull(reference), label)
        _ = pop()
    }
}
