import LLVMBridge

/// Keeps the places of guest loads through code generation.
///
/// Only accesses and calls have a place. When LLVM makes a load an operand of the instruction that uses its value
/// (`add eax, [mem]`), or one with the conversion of its value, the result has the place of the user, which is
/// none: the fault would be reported for whatever comes before.
enum PCMapPlaces {
    /// Gives the users of guest loads the place of the load, as far as an instruction can include both. To be called
    /// after the last pass over the module: places are dropped and merged by passes.
    static func spread(in module: IRModule) {
        for function in module.functions where function.subprogram != nil {
            var block = function.entryBlock
            while let current = block {
                spread(in: current)
                block = current.next
            }
        }
    }

    private static func spread(in block: BasicBlock) {
        var pending: [IRValue] = []
        var instruction = block.firstInstruction
        while let current = instruction {
            instruction = current.nextInstruction
            guard current.opcode == .load, let place = current.debugLocation else { continue }
            pending.append(current)
            while let value = pending.popLast() {
                let hasOneUse = value.firstUse?.next == nil
                value.forEachUser { user in
                    // Code is selected block by block.
                    guard user.parentBlock == block, user.debugLocation == nil, user.opcode != .phi else { return }
                    // What several instructions use is loaded once, and kept.
                    guard hasOneUse || user.opcode.isCast else { return }
                    user.setDebugLocation(place)
                    if user.opcode.isCast || user.opcode == .and { pending.append(user) }
                }
            }
        }
    }
}
