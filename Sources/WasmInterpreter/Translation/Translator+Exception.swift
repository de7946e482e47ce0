// Exceptions in both encodings. Spec: https://webassembly.github.io/spec/core/exec/instructions.html
// and https://github.com/WebAssembly/exception-handling/blob/main/proposals/exception-handling/legacy/

import Diagnostics
import WasmSpec

extension Translator {
    private func tag(_ index: TagIndex) -> UnsafeMutablePointer<TagRecord> { instance.tags[index.position].record }

    private func tagType(_ index: TagIndex) -> FunctionType { module.functionType(module.tags[index.position]) }

    // MARK: Throwing

    mutating func translateThrow(_ index: TagIndex) {
        let parameters = tagType(index).parameters
        settle(parameters.count)
        let top = operands.height
        operands.truncate(to: operands.count - parameters.count)
        emit(ExceptionHandlers.throw)
        let operands = Layout.Run(start: Slot(operands.height), end: Slot(top))
        code.append(Layout.Throw(operands: operands, tag: tag(index), function: record))
        markUnreachable()
    }

    mutating func translateThrowReference() {
        let operand = operands.pop()
        emitThrow(slot(of: operand))
    }

    private mutating func emitThrow(_ slot: Int) {
        emit(ExceptionHandlers.throwReference)
        code.append(Layout.ThrowReference(exception: Slot(slot), function: record))
        markUnreachable()
    }

    mutating func translateRethrow(_ label: LabelDepth) {
        emitThrow(control[frameIndex(label)].exceptionSlot)
    }

    // MARK: Catching

    mutating func translateTryTable(_ type: BlockType, _ clauses: [CatchClause]) {
        // The labels of the clauses are those around the block.
        let outer = control.count - 1
        let region = tryRegions.add(parent: control[outer].region, clauses: clauses.map { clause($0) })
        for (position, clause) in clauses.enumerated() { connect(region, position, to: frameIndex(clause.label)) }
        pushControl(.tryTable, type)
        beginRegion(region)
    }

    private func clause(_ clause: CatchClause) -> TryRegions.Clause {
        let slot = control[frameIndex(clause.label)].labelSlot
        switch clause {
        case .catchTag(let index, _):
            return TryRegions.Clause(tag: tag(index), payloadSlot: slot, referenceSlot: nil, target: 0)
        case .catchTagRef(let index, _):
            let behind = slot + tagType(index).parameters.slots
            return TryRegions.Clause(tag: tag(index), payloadSlot: slot, referenceSlot: behind, target: 0)
        case .catchAll: return TryRegions.Clause(tag: nil, payloadSlot: nil, referenceSlot: nil, target: 0)
        case .catchAllRef: return TryRegions.Clause(tag: nil, payloadSlot: nil, referenceSlot: slot, target: 0)
        }
    }

    /// Makes a catch clause go to a block's label.
    private mutating func connect(_ region: Int, _ clause: Int, to index: Int) {
        if control[index].kind == .loop {
            tryRegions.regions[region].clauses[clause].target = control[index].start
        } else {
            control[index].catches.append((region, clause))
        }
    }

    private mutating func beginRegion(_ region: Int) {
        last = nil
        control[control.count - 1].region = region
        tryRegions.enter(region, at: code.count)
    }

    /// At the end of the innermost block's body: its region, if it has one, ends.
    mutating func endRegion() {
        let index = control.count - 1
        guard control[index].region != control[index - 1].region else { return }
        control[index].region = control[index - 1].region
        tryRegions.enter(control[index].region, at: code.count)
    }

    // MARK: Legacy encoding

    mutating func translateLegacyTry(_ type: BlockType) {
        let region = tryRegions.add(parent: control[control.count - 1].region, clauses: [])
        pushControl(.legacyTry, type)
        control[control.count - 1].ownRegion = region
        beginRegion(region)
    }

    /// A `catch`, or `catch_all` without a tag. The exception stays in a slot of its own below the values, where
    /// `rethrow` finds it.
    mutating func translateCatch(_ index: TagIndex?) {
        finishPart()
        endRegion()
        beginPart(.legacyCatch)
        let frame = control.count - 1
        let exceptionSlot = operands.height
        operands.push(.slot, isWide: false)
        control[frame].exceptionSlot = exceptionSlot
        tryRegions.regions[control[frame].ownRegion].clauses.append(
            TryRegions.Clause(
                tag: index.map { tag($0) }, payloadSlot: index == nil ? nil : exceptionSlot + 1,
                referenceSlot: exceptionSlot, target: code.count))
        for parameter in index.map({ tagType($0).parameters }) ?? [] { push(parameter) }
    }

    mutating func translateDelegate(_ label: LabelDepth) {
        // The label counts from outside of this block.
        let target = control.count - 2 - label.position
        tryRegions.regions[control[control.count - 1].ownRegion].parent = control[target].region
        translateEnd()
    }
}
