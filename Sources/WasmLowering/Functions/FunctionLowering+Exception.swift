// Exceptions in both encodings. Spec: https://webassembly.github.io/spec/core/exec/instructions.html
// and https://github.com/WebAssembly/exception-handling/blob/main/proposals/exception-handling/legacy/
//
// An exception on its way is one structure of the program (`InstanceStorage.exception`): who throws fills it in, who catches
// reads it before anything else can be thrown. Calls that may throw are invokes where a handler is in reach. A landing
// pad (FunctionLowering+LandingPad.swift) tells the unwinder by its clauses whether to come here.

import CWasmcABI
import Diagnostics
import LLVMBridge
import WasmSpec

extension FunctionLowering {
    private func tag(_ index: TagIndex) -> TagID { instance.tags[index.position] }

    private func payload(of index: TagIndex) -> [ValueType] {
        module.functionType(module.tags[index.position]).parameters
    }

    /// The innermost handlers around the instruction.
    var region: TryRegion? { controls[controls.count - 1].region }

    private func makeRegion() -> TryRegion? {
        // Where nothing throws, nobody has to listen.
        guard !owner.plan.facts.throwing.isEmpty else { return nil }
        let region = TryRegion(parent: region)
        regions.append(region)
        return region
    }

    // MARK: The exception

    private func valueAddress(_ position: Int) -> IRValue {
        let bytes = Int(WASMC_SLOTS_PER_VALUE) * MemoryLayout<UInt64>.size
        return builder.gep(
            owner.storage.exception, offset: Int64(MemoryLayout<wasmc_exception>.size + bytes * position))
    }

    private func fillException(_ tag: TagID, _ values: [IRValue]) {
        let exception = owner.storage.exception
        builder.storeField(owner.tagSymbol(tag).value, exception, \wasmc_exception.tag)
        builder.storeField(moduleOffset, exception, \wasmc_exception.module_offset)
        builder.storeField(
            context.constI32(UInt32(values.count) * UInt32(WASMC_SLOTS_PER_VALUE)), exception,
            \wasmc_exception.slot_count)
        for (position, value) in values.enumerated() { builder.store(value, valueAddress(position), alignment: 8) }
    }

    private func caughtValues(_ types: [ValueType]) -> [IRValue] {
        types.enumerated().map { position, type in
            builder.load(self.types.type(type), valueAddress(position), alignment: 8)
        }
    }

    // MARK: Throwing

    func lowerThrow(_ index: TagIndex) { throwNew(tag(index), pop(payload(of: index).count)) }

    private func throwNew(_ tag: TagID, _ values: [IRValue]) {
        fillException(tag, values)
        if let region, let block = builder.insertBlock {
            pendingThrows.append(PendingThrow(block: block, tag: tag, region: region, offset: instructionOffset))
        } else {
            unwind()
        }
        isReachable = false
    }

    /// Ends the block: the exception leaves the function, or goes where the handlers of a region decide.
    func unwind(to region: TryRegion? = nil) {
        let exception = owner.storage.exception
        guard let pad = region.map({ landingPad(of: $0) }) else {
            located { _ = builder.call(owner.builtin(.wasmc_throw), [exception]) }
            builder.unreachable()
            return
        }
        let next = function.appendBlock("never")
        located { _ = builder.invoke(owner.builtin(.wasmc_throw), [exception], normal: next, unwind: pad) }
        builder.positionAtEnd(next)
        builder.unreachable()
    }

    func lowerRethrow(_ label: LabelDepth) {
        switch controls[controls.count - 1 - label.position].caught {
        case .tagged(let tag, let values): throwNew(tag, values)
        case .copy(let copy):
            copyException(from: copy, to: owner.storage.exception)
            builder.storeField(moduleOffset, owner.storage.exception, \wasmc_exception.module_offset)
            unwind(to: region)
        // Validated: a label of a `catch` part, which is lowered where something throws.
        case nil: builder.unreachable()
        }
        isReachable = false
    }

    /// Traps: `nullExceptionReference`.
    func lowerThrowRef() {
        let reference = pop()
        isReachable = false
        // Without clauses that make references, all are null.
        guard owner.plan.refersToExceptions else { return trap(.nullExceptionReference) }
        trapIf(builder.isNull(reference), .nullExceptionReference)
        let exception = owner.storage.exception
        builder.call(owner.builtin(.wasmc_exception_from_reference), [exception, reference])
        builder.storeField(moduleOffset, exception, \wasmc_exception.module_offset)
        unwind(to: region)
    }

    // MARK: Catching

    func lowerTryTable(_ type: BlockType, _ clauses: [CatchClause]) {
        // The labels of the clauses are those around the block.
        let region = clauses.isEmpty ? nil : makeRegion()
        if let region {
            for clause in clauses { region.clauses.append(handler(of: clause)) }
        }
        lowerBlock(type, kind: .tryTable)
        if let region { controls[controls.count - 1].region = region }
    }

    /// A block that takes the exception's values to the label of a clause.
    private func handler(of clause: CatchClause) -> TryRegion.Clause {
        let current = builder.insertBlock
        let handler = function.appendBlock("catch")
        builder.positionAtEnd(handler)
        let tag: TagIndex?
        switch clause {
        case .catchTag(let index, _), .catchTagRef(let index, _): tag = index
        case .catchAll, .catchAllRef: tag = nil
        }
        var values = caughtValues(tag.map(payload) ?? [])
        if clause.makesReference {
            values.append(
                located {
                    builder.call(
                        owner.builtin(.wasmc_exception_reference), [owner.storage.exception, moduleOffset])
                })
        }
        branch(to: clause.label, values)
        if let current { builder.positionAtEnd(current) }
        return TryRegion.Clause(tag: tag.map { self.tag($0) }, handler: handler)
    }

    // MARK: The legacy encoding

    func lowerLegacyTry(_ type: BlockType) {
        let region = makeRegion()
        lowerBlock(type, kind: .legacyTry)
        controls[controls.count - 1].ownRegion = region
        if let region { controls[controls.count - 1].region = region }
    }

    /// A `catch`, or `catch_all` without a tag.
    func lowerCatch(_ index: TagIndex?) {
        var frame = controls.removeLast()
        if isReachable { leave(frame) }
        operands.removeLast(operands.count - frame.height)
        endCatch(frame)
        frame.kind = .legacyCatch
        guard let region = frame.ownRegion else {
            controls.append(frame)
            isReachable = false
            return
        }
        frame.caught = nil
        frame.region = region.parent
        let handler = function.appendBlock("catch")
        builder.positionAtEnd(handler)
        region.clauses.append(TryRegion.Clause(tag: index.map { tag($0) }, handler: handler))
        if let index {
            let values = caughtValues(payload(of: index))
            frame.caught = .tagged(tag(index), values)
            operands += values
        } else {
            let copy = exceptionCopy(openCopies)
            copyException(from: owner.storage.exception, to: copy)
            frame.caught = .copy(copy)
            openCopies += 1
        }
        controls.append(frame)
        isReachable = true
    }

    /// What a part has caught is gone at its end, and so is the need for its copy.
    func endCatch(_ frame: ControlFrame) {
        if case .copy = frame.caught { openCopies -= 1 }
    }

    /// Room on the stack for the exception that is caught at this depth of parts that catch all.
    private func exceptionCopy(_ depth: Int) -> IRValue {
        if depth == exceptionCopies.count {
            exceptionCopies.append(inEntry { builder.alloca(owner.storage.exceptionType) })
        }
        return exceptionCopies[depth]
    }

    private func copyException(from source: IRValue, to target: IRValue) {
        let slots = owner.plan.exceptionSlots ?? 0
        let bytes = MemoryLayout<wasmc_exception>.size + slots * MemoryLayout<UInt64>.size
        builder.memcpy(
            target, source, size: context.constI64(UInt64(bytes)), destinationAlignment: 8, sourceAlignment: 8)
    }

    func lowerDelegate(_ label: LabelDepth) {
        // The label counts from outside of this block.
        let target = controls[controls.count - 2 - label.position]
        controls[controls.count - 1].ownRegion?.parent = target.region
        lowerEnd()
    }
}
