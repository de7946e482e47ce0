// Optimises one LLVM module and writes it: verify, optimise, verify, emit.

import Diagnostics
import LLVMBridge
import StrictLoads

/// Turns a lowered LLVM module into bytes.
struct ObjectEmitter {
    let lowering: ModuleLowering
    let name: String
    /// The partition whose code the module holds, if any.
    let partition: Partition?

    init(_ lowering: ModuleLowering, name: String, partition: Partition?) {
        self.lowering = lowering
        self.partition = partition
        self.name = name
    }

    private var options: CompileOptions { lowering.plan.options }

    func emit() throws(Diagnostic) -> [CompiledObject] {
        do {
            return try emitOrFail()
        } catch let error as LLVMError {
            throw Diagnostic(.internal, "LLVM rejects the code of \(name)", error.description)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw Diagnostic(.internal, "unexpected error", "\(error)")
        }
    }

    private func emitOrFail() throws -> [CompiledObject] {
        let machine = try TargetMachine(
            TargetMachineOptions(
                triple: options.architecture.linuxTriple, cpu: options.targetCPU, features: options.targetFeatures,
                optLevel: lowering.optimization.codeGeneration, relocationModel: .pic, codeModel: .small))
        let ir = lowering.ir
        ir.setTarget(machine)
        lowering.debugInfo.finalize()
        try ir.verify()
        // Locals in SSA form, at every level: analyses that run before the pipeline need values, not slots.
        if partition?.tier.promotesLocals ?? true { try PassPipeline("mem2reg").run(on: ir, machine) }
        if lowering.plan.needsStrictLoads { try keepLoads(machine) }
        try optimize(machine)
        try ir.verify()
        BlockSplitting.split(in: ir)
        if lowering.plan.needsStrictLoads {
            StrictLoads.prepareForSelection(ir, memoryTag: lowering.aliasTags.memory)
        }
        PCMapPlaces.spread(in: ir, among: lowering.source.map { Set($0.places.keys) })
        switch options.emit {
        case .llvmIR: return [CompiledObject(name: name, bytes: Array(ir.print().utf8))]
        case .llvmBitcode: return [CompiledObject(name: name, bytes: ir.bitcode())]
        case .assembly: return [CompiledObject(name: name, bytes: try machine.emit(ir, .assembly).bytes)]
        case .object:
            let inlinedPlaces = InlinedPlaces(rewriting: ir, lowering.debugInfo, source: lowering.source)
            let object = try machine.emit(ir, .object).bytes
            let places = try trapPlaces(in: object, inlinedPlaces)
            let finished = lowering.source == nil ? object : try SourceLines.rewritten(object)
            let isUnwound = !lowering.plan.facts.throwing.isEmpty
            return [CompiledObject(name: name, bytes: finished, isUnwound: isUnwound)] + places
        }
    }

    private var isLean: Bool { partition?.tier == .lean && lowering.optimization != .none }

    private func optimize(_ machine: TargetMachine) throws {
        guard isLean else {
            return try PassPipeline(lowering.optimization.pipeline).runWithLoopPasses(on: lowering.ir, machine)
        }
        // What marks loads counts on all of the simplification, and has run it.
        if !marksLoads {
            let simplification =
                lowering.plan.comparesAccesses(of: partition)
                ? LeanPipeline.simplificationBetweenChecks : StrictLoads.simplification
            try PassPipeline(simplification).run(on: lowering.ir, machine)
        }
        try PassPipeline(LeanPipeline.passes).run(on: lowering.ir, machine)
    }

    /// Whether loads are looked at one by one. Even without a pipeline, instruction selection simplifies. Where stores stay
    /// in order, loads do among them.
    private var marksLoads: Bool {
        lowering.plan.needsStrictLoads && lowering.optimization != .none && !lowering.isStateExact
    }

    /// Sees to it that loads outside their memory trap, whatever becomes of the rest.
    private func keepLoads(_ machine: TargetMachine) throws {
        let ir = lowering.ir
        let tag = lowering.aliasTags.memory
        StrictLoads.setVolatile(true, in: ir, memoryTag: tag)
        guard marksLoads else { return }
        try PassPipeline(StrictLoads.simplification).run(on: ir, machine)
        StrictLoads.mark(in: ir, memoryTag: tag)
    }

    /// The tables that map a program counter to a place in the module, and a frame to its caller's.
    private func trapPlaces(
        in object: [UInt8], _ inlinedPlaces: InlinedPlaces
    ) throws(Diagnostic) -> [CompiledObject] {
        let map = try makePCMapObject(
            for: object, textSymbol: ModuleLowering.textSymbol(partition), inlinedPlaces,
            offsets: lowering.source == nil ? .lines : .discriminators, instance: partition?.instance ?? 0,
            popped: lowering.poppedBytes)
        return map.map { [CompiledObject(name: name + "-places", bytes: $0)] } ?? []
    }
}
