// Optimises one LLVM module and writes it: verify, optimise, verify, emit.

import Diagnostics
import LLVMBridge
import StrictLoads

/// Turns a lowered unit into bytes. It reads the unit and nothing of the program (`LoweredUnit`).
struct ObjectEmitter {
    private let settings: UnitSettings
    private let name: String
    private let ir: IRModule
    private let memoryTag: Metadata
    /// With `-g`, the scopes that carry module offsets, with their numbers.
    private let sourcePlaces: [Metadata: UInt32]?

    /// - Parameter name: for errors.
    /// - Throws: `internal` when the unit is not what the lowering writes.
    init(_ unit: LoweredUnit, name: String) throws(Diagnostic) {
        settings = unit.settings
        self.name = name
        let context = LLVMContext()
        ir = try Self.reporting(name) { try IRModule(parsing: MemoryBuffer(unit.bitcode, name: "unit"), in: context) }
        // The node that the module has: equal ones are one.
        memoryTag = AliasTags(context).memory
        guard let numbers = settings.sourcePlaces else {
            sourcePlaces = nil
            return
        }
        let scopes = ir.namedMetadata(SourceMetadata.listName)
        guard scopes.count == numbers.count else {
            throw Diagnostic(.internal, "the code of \(name) lacks places", "\(scopes.count) of \(numbers.count)")
        }
        sourcePlaces = Dictionary(zip(scopes, numbers)) { first, _ in first }
    }

    /// The object of a unit.
    func object() throws(Diagnostic) -> UnitObject {
        try Self.reporting(name) {
            let machine = try optimized()
            let inlinedPlaces = InlinedPlaces(rewriting: ir, DIBuilder(continuing: ir), source: sourcePlaces)
            return UnitObject(try machine.emit(ir, .object).bytes, inlinedPlaces)
        }
    }

    /// What is for people, or for LLVM's tools.
    func bytes(_ kind: EmittedKind) throws(Diagnostic) -> [UInt8] {
        if kind == .object { return try object().object }
        return try Self.reporting(name) {
            let machine = try optimized()
            switch kind {
            case .llvmIR: return Array(ir.print().utf8)
            case .assembly: return try machine.emit(ir, .assembly).bytes
            case .llvmBitcode, .object: return ir.bitcode()
            }
        }
    }

    private static func reporting<Result>(_ name: String, _ body: () throws -> Result) throws(Diagnostic) -> Result {
        do {
            return try body()
        } catch let error as LLVMError {
            throw Diagnostic(.internal, "LLVM rejects the code of \(name)", error.description)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw Diagnostic(.internal, "unexpected error", "\(error)")
        }
    }

    /// Optimises the module, and makes it ready for the machine that this returns.
    private func optimized() throws -> TargetMachine {
        let machine = try TargetMachine(
            TargetMachineOptions(
                triple: settings.triple, cpu: settings.processor, features: settings.processorFeatures,
                optLevel: settings.optimization.codeGeneration, isFast: settings.isCodeGenerationFast,
                hasVariables: settings.sourcePlaces != nil, relocationModel: .pic, codeModel: .small))
        ir.setTarget(machine)
        try ir.verify()
        // Locals in SSA form, at every level: analyses that run before the pipeline need values, not slots.
        if settings.tier.promotesLocals { try PassPipeline("mem2reg").run(on: ir, machine) }
        if settings.optimization != .none {
            try PassPipeline("function(wasmc-kept-values)").runWithOwnPasses(on: ir, machine)
        }
        if settings.keepsLoads { try keepLoads(machine) }
        try optimize(machine)
        try ir.verify()
        BlockSplitting.split(in: ir)
        if settings.keepsLoads { StrictLoads.prepareForSelection(ir, memoryTag: memoryTag) }
        PCMapPlaces.spread(in: ir, among: sourcePlaces.map { Set($0.keys) })
        return machine
    }

    private func optimize(_ machine: TargetMachine) throws {
        guard let passes = settings.passes else {
            return try PassPipeline(settings.optimization.pipeline).runWithOwnPasses(on: ir, machine)
        }
        // What marks loads counts on all of the simplification, and has run it.
        if !marksLoads {
            let simplification =
                settings.comparesAccesses ? LeanPipeline.simplificationBetweenChecks : StrictLoads.simplification
            try PassPipeline(simplification).runWithOwnPasses(on: ir, machine)
        }
        try PassPipeline(passes).runWithOwnPasses(on: ir, machine)
    }

    /// Whether loads are looked at one by one. Even without a pipeline, instruction selection simplifies. Where stores stay
    /// in order, loads do among them.
    private var marksLoads: Bool {
        settings.keepsLoads && settings.optimization != .none && !settings.isStateExact
    }

    /// Sees to it that loads outside their memory trap, whatever becomes of the rest.
    private func keepLoads(_ machine: TargetMachine) throws {
        StrictLoads.setVolatile(true, in: ir, memoryTag: memoryTag)
        guard marksLoads else { return }
        try PassPipeline(StrictLoads.simplification).runWithOwnPasses(on: ir, machine)
        StrictLoads.mark(in: ir, memoryTag: memoryTag)
    }
}
