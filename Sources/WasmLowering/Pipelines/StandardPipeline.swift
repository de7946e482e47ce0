/// The optimiser's passes at `-O2`.
///
/// LLVM's own `-O2` is made for what a front end of C emits. A module has been through such a pipeline already: what is
/// left to find is what lowering adds (addresses, checks, traps), what inlining across functions opens, and what the
/// module's compiler could not do without vectors. So each pass that pays comes once, where LLVM's has `instcombine`
/// eight times, `gvn` of hoisted code, constraints, and vectors out of scalars, which cost half of its time. What
/// `StrictLoads` expects of a pipeline holds: it is a part of LLVM's (`RATIONALE.md`).
///
/// In the syntax of `opt -passes=`, a phase each.
enum StandardPipeline {
    static let passes = [entry, inlining, "function<eager-inv>(\(loops),\(ends))", "globaldce", "constmerge"]
        .joined(separator: ",")

    /// Comes behind `StrictLoads.simplification`.
    ///
    /// What was counted of the program is seen by passes only when somebody has asked for its summary.
    private static let entry =
        "require<profile-summary>,always-inline,ipsccp,globalopt,function<eager-inv>(early-cse,\(controlFlow))"

    /// Callees first: each function is simplified, then inlined where that is cheap.
    private static let inlining = """
        cgscc(devirt<4>(inline,function-attrs<skip-non-recursive-function-attrs>,\
        function<eager-inv;no-rerun>(\(simplification)),function-attrs))
        """

    private static let simplification = [
        "sroa<modify-cfg>", "early-cse<memssa>", "jump-threading", "correlated-propagation", controlFlow, instructions,
        wideProducts, sharedRoots, "reassociate",
        // Loops: bodies that run at least once, nothing in them that stays the same, and canonical counters.
        "loop-mssa(loop-rotate<header-duplication;no-prepare-for-lto>,licm<allowspeculation>)",
        "loop(loop-idiom,indvars,loop-deletion,loop-unroll-full)",
        "gvn", "adce", "dse", sharedCode,
    ].joined(separator: ",")

    /// Loops become what they were in the source (`LLVMPasses`).
    static let sourceLoops = [
        "loop-simplify,lcssa,wasmc-exit-tests,wasmc-loop-roots,loop-simplify,wasmc-reroll",
        "loop(loop-rotate<header-duplication;no-prepare-for-lto>,loop-deletion)",
    ].joined(separator: ",")

    /// Then they become vectors, and what is left of them is unrolled.
    private static let loops = [
        sourceLoops, vectorizer, instructions, tables, parallelSums, "vector-combine",
        "loop-unroll<O2>", instructions, "loop-mssa(licm<allowspeculation>)",
    ].joined(separator: ",")

    /// What earlier passes would only take apart again.
    private static let ends = ["loop-sink", "instsimplify", "div-rem-pairs", controlFlow].joined(separator: ",")

    static let vectorizer = "loop-vectorize<no-interleave-forced-only;no-vectorize-forced-only>"

    /// One round: fixpoints are rare after the first, and looking for them is a second round.
    static let instructions = "instcombine<max-iterations=1;no-verify-fixpoint>"

    /// Before sums are put into another order.
    static let wideProducts = "wasmc-wide-products"

    /// Vectors out of scalars, which most functions do without.
    private static let parallelSums = "wasmc-parallel-sums"

    /// What is inlined addresses the frame of its caller by a pointer of its own.
    static let sharedRoots = "wasmc-shared-roots"

    static let controlFlow = simplifycfg("speculate-blocks")
    static let sharedCode = simplifycfg("hoist-common-insts;sink-common-insts;speculate-blocks")
    private static let tables = simplifycfg(
        "forward-switch-cond;switch-to-arithmetic;switch-to-lookup;no-keep-loops;hoist-common-insts;sink-common-insts;"
            + "speculate-blocks")

    private static func simplifycfg(_ options: String) -> String {
        "simplifycfg<bonus-inst-threshold=1;switch-range-to-icmp;simplify-cond-branch;\(options)>"
    }
}
