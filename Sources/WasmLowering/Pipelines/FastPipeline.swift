/// The optimiser's passes at `-O1`: for modules that their compiler has optimised, in less time than those of `-O2`.
///
/// What lowering adds goes, constants go through calls, what does not change leaves its loop, and loops over memory become
/// what they become at `-O2`: passes over loops cost little where there are none. No function is inlined, redundancies are
/// those that one walk over the dominators finds.
enum FastPipeline {
    /// In the syntax of `opt -passes=`. Comes behind `StrictLoads.simplification`.
    static let passes = """
        require<profile-summary>,always-inline,ipsccp,function<eager-inv>(\
        early-cse,\(StandardPipeline.controlFlow),\(StandardPipeline.instructions),\
        \(StandardPipeline.wideProducts),\
        loop-mssa(loop-rotate<header-duplication;no-prepare-for-lto>,licm<allowspeculation>),\
        loop(indvars,loop-deletion),early-cse<memssa>,\
        \(StandardPipeline.sourceLoops),\(StandardPipeline.vectorizer),adce,\
        \(StandardPipeline.sharedCode)),globaldce
        """
}
