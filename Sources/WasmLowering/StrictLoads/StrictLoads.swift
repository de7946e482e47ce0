// Loads that must trap although nobody needs what they load.

import LLVMBridge

/// Finds guest loads that LLVM could remove, or move to a place that is not always reached, and makes them volatile.
///
/// A load outside its memory traps, used or not. Where guard pages find it, the trap is the load itself, and LLVM
/// removes a load whose value nobody uses and sinks one to the only branch that uses it. A volatile load stays,
/// but it also stands in the way of vectorisation and folding; so only those become volatile whose value is
/// not *needed*.
///
/// A value is needed if on every path from its definition to the end of the function, or back to its definition, an
/// effect or a needed computation uses it. Effects are stores, calls, atomic operations, results of the function,
/// and branches that decide about effects. Then no pass can do without the load, because none duplicates loads.
/// The sum of a loop is needed when it is needed behind the loop; a value that a loop sets in each round is not
/// when only the last one is used.
///
/// What this does not see: a value that is the same whatever is loaded (`x & 0`), a store to guest memory that a
/// later one overwrites, and an argument that an inlined callee uses on some paths only. Paths to traps do not count:
/// LLVM may let another trap come first.
///
/// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions
enum StrictLoads {
    /// Marks the loads of a module whose locals are in SSA form, before it is optimised.
    ///
    /// - Parameter memoryTag: the `!tbaa` node of guest memory, which guest loads carry.
    ///
    /// Returns the number of guest loads, and of those that have become volatile.
    @discardableResult
    static func mark(in module: IRModule, memoryTag: Metadata) -> (loads: Int, marked: Int) {
        let calls = StrictLoadsCalls(module, memoryTag: memoryTag)
        let kind = module.context.metadataKind("tbaa")
        var result = (loads: 0, marked: 0)
        for function in module.functions {
            let loads = guestLoads(of: function, kind, memoryTag)
            guard !loads.isEmpty else { continue }
            result.loads += loads.count
            var analysis = StrictLoadsAnalysis(function, loads, calls)
            for load in analysis.unneededLoads() {
                load.isVolatile = true
                result.marked += 1
            }
        }
        return result
    }

    /// Guest loads in the order of the function, without those that are volatile.
    private static func guestLoads(of function: IRFunction, _ kind: MetadataKind, _ tag: Metadata) -> [IRValue] {
        var loads: [IRValue] = []
        forEachInstruction(of: function) { instruction in
            if instruction.opcode == .load, !instruction.isVolatile, instruction.metadata(kind) == tag {
                loads.append(instruction)
            }
        }
        return loads
    }
}

extension ProgramPlan {
    /// Whether there are loads that trap by guard pages alone; a compare stays whatever becomes of its load.
    var needsStrictLoads: Bool {
        options.traps == .strict && instances.contains { $0.module.memories.contains(where: usesGuardPages) }
    }
}
