import LLVMBridge

/// Keeps the places of guest loads through code generation.
///
/// Only accesses and calls have a place. When LLVM makes a load an operand of the instruction that uses its value
/// (`add eax, [mem]`), or one with the conversion of its value, the result has the place of the user, which is
/// none: the fault would be reported for whatever comes before.
enum PCMapPlaces {
    /// Gives the users of guest loads the place of the load, as far as an instruction can include both. To be called
    /// after the last pass over the module: places are dropped and merged by passes.
    ///
    /// - Parameter scopes: the scopes of locations that are places; nil when all locations are.
    static func spread(in module: IRModule, among scopes: Set<Metadata>? = nil) {
        func place(of instruction: IRValue) -> Metadata? {
            guard let scopes else { return instruction.debugLocation }
            return instruction.debugScope.flatMap { scopes.contains($0) ? instruction.debugLocation : nil }
        }

        for function in module.functions where function.subprogram != nil {
            var block = function.entryBlock
            while let current = block {
                spread(in: current, place)
                block = current.next
            }
        }
    }

    private static func spread(in block: BasicBlock, _ place: (IRValue) -> Metadata?) {
        var pending: [IRValue] = []
        var instruction = block.firstInstruction
        while let current = instruction {
            instruction = current.nextInstruction
            guard current.opcode == .load, let found = place(current) else { continue }
            pending.append(current)
            while let value = pending.popLast() {
                let hasOneUse = value.firstUse?.next == nil
                value.forEachUser { user in
                    // Code is selected block by block.
                    guard user.parentBlock == block, place(user) == nil, user.opcode != .phi else { return }
                    // What several instructions use is loaded once, and kept.
                    guard hasOneUse || user.opcode.isCast else { return }
                    user.setDebugLocation(found)
                    if user.opcode.isCast || user.opcode == .and { pending.append(user) }
                }
            }
        }
    }
}
