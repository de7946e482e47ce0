import CLLVM
import LLVMPasses

/// LLVM's default pipelines.
public enum OptimizationLevel: String, Equatable, Sendable {
    case O0, O1, O2, O3, Os, Oz

    /// The pipeline in the syntax of `opt -passes=`.
    public var pipeline: String { "default<\(rawValue)>" }
}

/// Settings of a pipeline; nil leaves LLVM's default.
///
/// There is none for vectorization: `default<O...>` sets that from its level and ignores LLVM's options for it.
/// See `LLVMLibrary.setOptions`.
public struct PassPipelineOptions: Equatable, Sendable {
    /// Verify after each pass: slow, for the compiler's own tests.
    public var verifyEach = false
    /// Print each pass to standard error.
    public var debugLogging = false
    public var loopInterleaving: Bool?
    public var loopUnrolling: Bool?
    public var callGraphProfile: Bool?
    public var mergeFunctions: Bool?
    /// The cost up to which a call is inlined.
    public var inlinerThreshold: Int?
    /// Forget all of scalar evolution when a loop is unrolled: less compile time on huge functions.
    public var forgetAllSCEVInLoopUnroll: Bool?
    /// Caps on the work of loop-invariant code motion per loop.
    public var licmMssaOptCap: Int?
    public var licmMssaNoAccForPromotionCap: Int?

    public init() {}
}

/// A sequence of optimization passes.
public struct PassPipeline: Equatable, Sendable {
    /// The passes in the syntax of `opt -passes=`.
    public let passes: String
    public var options: PassPipelineOptions

    public init(_ passes: String, options: PassPipelineOptions = PassPipelineOptions()) {
        self.passes = passes
        self.options = options
    }

    public init(_ level: OptimizationLevel, options: PassPipelineOptions = PassPipelineOptions()) {
        self.init(level.pipeline, options: options)
    }

    /// Runs the passes on a module. `machine` tells them what the target's instructions cost; without it nothing
    /// is vectorised.
    ///
    /// Throws: `.passes` for a malformed pipeline or an error that a pass reported. References to instructions,
    /// blocks and functions that the passes removed are dangling afterwards.
    public func run(on module: IRModule, _ machine: TargetMachine?) throws(LLVMError) {
        try run(module) { LLVMRunPasses(module.ref, passes, machine?.ref, $0) }
    }

    /// Runs function passes on one function of `module`.
    public func run(on function: IRFunction, of module: IRModule, _ machine: TargetMachine?) throws(LLVMError) {
        try run(module) { LLVMRunPassesOnFunction(function.ref, passes, machine?.ref, $0) }
    }

    /// Runs the passes on a module, with this project's transformations of loops in LLVM's pipelines from `-O2` on
    /// (`wasmc_passes.h`). For that, options are LLVM's defaults.
    ///
    /// Throws: as `run(on:_:)`.
    public func runWithOwnPasses(on module: IRModule, _ machine: TargetMachine?) throws(LLVMError) {
        let message = wasmc_passes_run(module.ref, passes, machine?.ref)
        module.intrinsics.removeAll()
        if let message {
            defer { wasmc_passes_free(message) }
            throw LLVMError(.passes, String(cString: message))
        }
        try module.context.throwCollectedErrors(as: .passes)
    }

    private func run(_ module: IRModule, _ body: (LLVMPassBuilderOptionsRef?) -> LLVMErrorRef?) throws(LLVMError) {
        let settings = makeOptions()
        defer { LLVMDisposePassBuilderOptions(settings) }
        let error = body(settings)
        module.intrinsics.removeAll()
        if let error { throw LLVMError(.passes, takeError(error)) }
        try module.context.throwCollectedErrors(as: .passes)
    }

    private func makeOptions() -> LLVMPassBuilderOptionsRef? {
        let settings = LLVMCreatePassBuilderOptions()
        LLVMPassBuilderOptionsSetVerifyEach(settings, LLVMBool(options.verifyEach))
        LLVMPassBuilderOptionsSetDebugLogging(settings, LLVMBool(options.debugLogging))
        set(options.loopInterleaving) { LLVMPassBuilderOptionsSetLoopInterleaving(settings, LLVMBool($0)) }
        set(options.loopUnrolling) { LLVMPassBuilderOptionsSetLoopUnrolling(settings, LLVMBool($0)) }
        set(options.callGraphProfile) { LLVMPassBuilderOptionsSetCallGraphProfile(settings, LLVMBool($0)) }
        set(options.mergeFunctions) { LLVMPassBuilderOptionsSetMergeFunctions(settings, LLVMBool($0)) }
        set(options.inlinerThreshold) { LLVMPassBuilderOptionsSetInlinerThreshold(settings, Int32($0)) }
        set(options.forgetAllSCEVInLoopUnroll) {
            LLVMPassBuilderOptionsSetForgetAllSCEVInLoopUnroll(settings, LLVMBool($0))
        }
        set(options.licmMssaOptCap) { LLVMPassBuilderOptionsSetLicmMssaOptCap(settings, UInt32($0)) }
        set(options.licmMssaNoAccForPromotionCap) {
            LLVMPassBuilderOptionsSetLicmMssaNoAccForPromotionCap(settings, UInt32($0))
        }
        return settings
    }

    private func set<Value>(_ value: Value?, _ body: (Value) -> Void) {
        if let value { body(value) }
    }
}
