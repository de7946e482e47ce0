/// The optimiser's passes for functions that are too much for LLVM's own pipelines.
///
/// Those run some passes six times, and some that compare all conditions, stores or blocks with each other (constraints,
/// tail recursion, vectors out of scalars). Here each that pays comes once: after `StrictLoads.simplification`, control
/// flow, rotation of loops, what does not change in them, and common subexpressions. On programs that is as fast as
/// `-O2` to a few percent; what is missing are vectors and unrolled loops, and no function is inlined.
enum LeanPipeline {
    /// What goes before where accesses are compared: `StrictLoads.simplification` without `instcombine`, which moves each
    /// value to the only block that uses it, a block at a time, and with checks every access begins another block.
    static let simplificationBetweenChecks = "function(early-cse,sccp,bdce,instsimplify,dse)"

    /// In the syntax of `opt -passes=`.
    static let passes =
        "always-inline,function<eager-inv>(\(controlFlow),\(loops),early-cse<memssa>,adce,\(controlFlow)),globaldce"

    private static let controlFlow = "simplifycfg<bonus-inst-threshold=1;switch-range-to-icmp;switch-to-lookup>"
    private static let loops = "loop-mssa(loop-rotate<header-duplication;no-prepare-for-lto>,licm<allowspeculation>)"
}
