import LLVMBridge

extension StrictLoads {
    /// Makes guest accesses volatile that code generation would make smaller, or conditional. To be called after the
    /// last pass over the module, where it no longer stands in the way of anything.
    ///
    /// - Parameter memoryTag: the `!tbaa` node of guest memory, which guest accesses carry.
    public static func prepareForSelection(_ module: IRModule, memoryTag: Metadata) {
        let kind = module.context.metadataKind("tbaa")
        func isGuestLoad(_ value: IRValue) -> Bool {
            value.isInstruction && value.opcode == .load && value.metadata(kind) == memoryTag
        }
        for function in module.functions {
            forEachInstruction(of: function) { instruction in
                if instruction.opcode == .store {
                    if instruction.metadata(kind) == memoryTag, changesBits(instruction) {
                        instruction.isVolatile = true
                    }
                } else if isGuestLoad(instruction), !StrictLoadsWidths.asksForLastByte(of: instruction) {
                    instruction.isVolatile = true
                }
            }
            forEachBlock(of: function) { block in
                for load in loadsOfLaterConditions(block, isGuestLoad) { load.isVolatile = true }
            }
        }
        addBarriers(in: module)
    }

    /// Whether a store writes a value with certain bits set, cleared, changed or put together from two. Back in its
    /// place, LLVM writes only the bytes with those, even if the load is volatile.
    private static func changesBits(_ store: IRValue) -> Bool {
        let value = store.operand(0)
        guard value.type.kind == .integer, value.type.integerWidth > 8, let operands = bitOperands(value) else {
            return false
        }
        return operands.contains { $0.isConstant || bitOperands($0)?.contains(where: \.isConstant) ?? false }
    }

    private static func bitOperands(_ value: IRValue) -> [IRValue]? {
        guard value.isInstruction else { return nil }
        switch value.opcode {
        case .and, .or, .xor: return [value.operand(0), value.operand(1)]
        default: return nil
        }
    }

    /// Loads of a block that only some of the conditions depend on by which it ends.
    ///
    /// Code generation makes two branches of one by `a & b`, and then moves what only `b` uses behind the first.
    private static func loadsOfLaterConditions(
        _ block: BasicBlock, _ isGuestLoad: (IRValue) -> Bool
    ) -> [IRValue] {
        guard let terminator = block.terminator, terminator.opcode == .br, terminator.successorCount == 2 else {
            return []
        }
        var conditions: [IRValue] = []
        var pending = [terminator.operand(0)]
        while let next = pending.popLast(), conditions.count < conditionLimit {
            if next.isInstruction, next.parentBlock == block, isConnective(next) {
                // The last is looked at first, and stands first.
                pending.append(next.operand(next.opcode == .select && next.operand(1).isConstant ? 2 : 1))
                pending.append(next.operand(0))
            } else {
                conditions.append(next)
            }
        }
        guard conditions.count > 1 else { return [] }
        let first = loads(of: [conditions[0]], in: block, isGuestLoad)
        return loads(of: Array(conditions[1...]), in: block, isGuestLoad).filter { !first.contains($0) }
    }

    private static let conditionLimit = 32
    private static let operandLimit = 200

    private static func isConnective(_ value: IRValue) -> Bool {
        guard value.type.kind == .integer, value.type.integerWidth == 1 else { return false }
        switch value.opcode {
        case .and, .or: return true
        case .select: return value.operand(1).isConstant != value.operand(2).isConstant
        default: return false
        }
    }

    /// Guest loads of a block that values are computed from.
    private static func loads(
        of values: [IRValue], in block: BasicBlock, _ isGuestLoad: (IRValue) -> Bool
    ) -> [IRValue] {
        var found: [IRValue] = []
        var seen: [IRValue] = []
        var pending = values
        while let next = pending.popLast(), seen.count < operandLimit {
            guard next.isInstruction, next.parentBlock == block, !seen.contains(next) else { continue }
            seen.append(next)
            if isGuestLoad(next) {
                found.append(next)
            } else if next.opcode.isPure || next.opcode == .call {
                for index in 0..<next.operandCount { pending.append(next.operand(index)) }
            }
        }
        return found
    }
}
