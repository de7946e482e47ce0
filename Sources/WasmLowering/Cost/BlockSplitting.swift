import LLVMBridge

/// Divides basic blocks that are too long for code generation.
///
/// LLVM selects and schedules instructions block by block, in a time that grows with the square of a block's length: a
/// block of 40,000 instructions takes seconds, twenty of 2,000 take milliseconds. An end of a block that leads nowhere
/// but to the next costs nothing at run time, and little of what is optimised across it.
enum BlockSplitting {
    /// What a block may weigh. Real programs have almost none above, and those are unrolled ciphers.
    static let largestWeight = 2000
    /// What stays behind at least: what must not be parted from the end of a block, such as a call and its `ret`.
    private static let tail = 16

    /// Splits all blocks of a module that weigh too much. To be called after the last pass over the module: others put
    /// together what is split.
    static func split(in module: IRModule) {
        let builder = IRBuilder(module)
        for function in module.functions {
            let entry = function.entryBlock
            forEachBlock(of: function) { block in
                let boundaries = boundaries(of: block)
                guard !boundaries.isEmpty else { return }
                if block == entry { gatherSlots(in: block, builder) }
                split(block, at: boundaries, builder)
            }
        }
    }

    /// Slots of the frame stand in the first block.
    private static func gatherSlots(in entry: BasicBlock, _ builder: IRBuilder) {
        guard let first = entry.firstInstruction else { return }
        var instruction = first.nextInstruction
        while let current = instruction {
            instruction = current.nextInstruction
            guard case .alloca = current.opcode else { continue }
            builder.positionBefore(first)
            builder.move(current)
        }
    }

    /// The last part stays in the block, so that phis behind it keep where they come from.
    private static func split(_ block: BasicBlock, at boundaries: [IRValue], _ builder: IRBuilder) {
        var part = block.insertBlockBefore()
        block.redirectBranches(to: part)
        for (index, boundary) in boundaries.enumerated() {
            builder.positionAtEnd(part)
            while let instruction = block.firstInstruction, instruction != boundary { builder.move(instruction) }
            part = index == boundaries.count - 1 ? block : block.insertBlockBefore()
            builder.br(part)
        }
    }

    /// The instructions of a block before which it is to be split.
    private static func boundaries(of block: BasicBlock) -> [IRValue] {
        var result: [IRValue] = []
        var weight = 0
        // Instructions since a boundary; the last one stands only if enough follow.
        var behind = 0
        var instruction = block.firstInstruction
        while let current = instruction {
            instruction = current.nextInstruction
            let opcode = current.opcode
            if case .phi = opcode { continue }
            if case .alloca = opcode { continue }
            if weight >= largestWeight {
                result.append(current)
                weight = 0
                behind = 0
            }
            weight += Self.weight(of: current, opcode)
            behind += 1
        }
        if behind < tail, !result.isEmpty { result.removeLast() }
        return result
    }

    /// About how many instructions of the machine an instruction becomes.
    private static func weight(of instruction: IRValue, _ opcode: IROpcode) -> Int {
        let type = instruction.type
        // What finds no register is stored and loaded.
        if opcode == .call || opcode == .invoke, instruction.operandCount > 8 { return instruction.operandCount }
        guard type.kind == .vector else { return 1 }
        if case .call = opcode { return 8 }
        // Lanes that the machine does not have come in parts, are put together and taken apart.
        return type.vectorCount > 16 || opcode == .mul || opcode.isCast && opcode != .bitCast ? 4 : 1
    }
}
