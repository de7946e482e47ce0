// Loads that must trap although nobody needs what they load.

import LLVMBridge

/// Finds guest loads that LLVM could remove, or move to a place that is not always reached, and makes them volatile.
///
/// A load outside its memory traps, used or not. Where guard pages find it, the trap is the load itself, and LLVM
/// removes a load whose value nobody uses and sinks one to the only branch that uses it. A volatile load stays,
/// but it also stands in the way of vectorisation and folding; so only those become volatile whose value is
/// not *needed*.
///
/// A value is needed if on every path from its definition to the end of the function, to a trap, or back to its
/// definition, an effect or a needed computation uses it. Effects are stores, calls of functions that need the argument,
/// atomic operations, results that all callers need, and branches that decide about effects. Then no pass can do
/// without the load, because none duplicates loads. The sum of a loop is needed when it is needed behind the loop; a
/// value that a loop sets in each round is not when only the last one is used.
///
/// A computation that gives the same whatever is loaded (`x & 0`) needs nothing. Most of them are gone before the
/// analysis, because all guest loads are volatile while `simplification` runs; those that inlining and unrolling may
/// make are what `StrictLoadsFolding` expects. Stores to guest memory that a later one covers are left out then, too.
/// Two loads of one address may become one, and what is computed from both may then come to the same whatever it is:
/// `2 * a - (b << 1)`. The first passes find none of that, because volatile loads stay two. So a use in a computation in
/// which values of equal loads, or one value twice, may cancel each other out does not count (`StrictLoadsSources`).
/// Behind a call of a function that cannot return, because it traps or throws in any case, nothing counts, and no path goes
/// on (`StrictLoadsEnds`).
/// What stays unseen: what follows from the conditions of earlier branches, a store that a later one covers when functions
/// are inlined or loops unrolled, an argument that functions only pass round in a circle, a vector that a function
/// returns and of which its caller, once they are one, uses a lane, and values of several rounds of a loop that cancel
/// when it is unrolled, if each is loaded from another place.
///
/// Spec: https://webassembly.github.io/spec/core/exec/instructions.html#memory-instructions
public enum StrictLoads {
    /// The passes that find what does not depend on loads. One round of `instcombine`: the pipeline has more.
    public static let simplification =
        "function(early-cse,sccp,bdce,instcombine<max-iterations=1;no-verify-fixpoint>,wasmc-shared-roots,dse)"

    /// Makes the loads of a module that nobody needs volatile, and the others not. The module's locals are in SSA form;
    /// what does not depend on loads has been simplified.
    ///
    /// - Parameter memoryTag: the `!tbaa` node of guest memory, which guest loads carry.
    ///
    /// Returns the number of guest loads, and of those that have become volatile.
    @discardableResult
    public static func mark(in module: IRModule, memoryTag: Metadata) -> (loads: Int, marked: Int) {
        setVolatile(false, in: module, memoryTag: memoryTag)
        let calls = StrictLoadsCalls(module, memoryTag: memoryTag)
        guard calls.functions.contains(where: { !$0.guestLoads.isEmpty }) else { return (0, 0) }
        for load in unneededLoads(calls) { load.isVolatile = true }
        let loads = calls.functions.flatMap(\.guestLoads)
        for load in loads where load.type.kind == .vector && !load.isVolatile {
            load.isVolatile = !StrictLoadsWidths.asksForLastByte(of: load)
        }
        return (loads.count, loads.count(where: \.isVolatile))
    }

    /// How often to look at a function. What is not settled then counts as unneeded.
    private static let rounds = 8

    private static func unneededLoads(_ calls: StrictLoadsCalls) -> [IRValue] {
        var loads = [[IRValue]](repeating: [], count: calls.functions.count)
        // What a callee turns out not to need changes its callers, and what callers do not need their callees.
        let order = calls.calleesFirst()
        var isPending = calls.functions.map(StrictLoadsAnalysis.hasRoots)
        var rounds = [Int](repeating: 0, count: calls.functions.count)
        while isPending.contains(true) {
            for number in order where isPending[number] {
                isPending[number] = false
                guard rounds[number] < Self.rounds else { continue }
                rounds[number] += 1
                let found: StrictLoadsAnalysis.Unneeded
                if rounds[number] == Self.rounds {
                    found = StrictLoadsAnalysis.Unneeded(allOf: calls.functions[number])
                } else {
                    var analysis = StrictLoadsAnalysis(number, calls)
                    found = analysis.findUnneeded()
                }
                loads[number] = found.loads
                for call in found.calls {
                    if let callee = calls.ignoreResult(of: call) {
                        isPending[callee] = StrictLoadsAnalysis.hasRoots(calls.functions[callee])
                    }
                }
                for caller in calls.ignoreParameters(found.parameters, of: number) {
                    isPending[caller] = StrictLoadsAnalysis.hasRoots(calls.functions[caller])
                }
            }
        }
        return Array(loads.joined())
    }

    /// Makes all guest loads of a module volatile, or none.
    ///
    /// - Parameter memoryTag: the `!tbaa` node of guest memory, which guest loads carry.
    public static func setVolatile(_ isVolatile: Bool, in module: IRModule, memoryTag: Metadata) {
        let kind = module.context.metadataKind("tbaa")
        for function in module.functions {
            forEachInstruction(of: function) { instruction in
                if instruction.opcode == .load, instruction.metadata(kind) == memoryTag {
                    instruction.isVolatile = isVolatile
                }
            }
        }
    }
}
