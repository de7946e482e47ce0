// From a validated module to object files: plan, then every partition on some thread, then the program's
// data. Reads as a table of contents; the steps are elsewhere.

import Diagnostics
import LLVMBridge
import Support
import WasmHostTable
import WasmSpec
import WasmValidation

/// Compiles a module to object files for the linker (or to what `options.emit` says).
///
/// The result depends on the module and the options alone, not on `options.jobs`.
///
/// Throws `.unsupported` for features that cannot be lowered, `.unlinkable` for imports that nothing provides,
/// `.internal` for errors of wasmc or LLVM.
public func compile(_ module: ValidatedModule, options: CompileOptions) throws(Diagnostic) -> [CompiledObject] {
    let program: ProgramLinker
    do throws(LinkError) {
        program = try ProgramLinker([ProgramModule(name: options.moduleName, module: module)])
    } catch { throw error.diagnostic }
    return try compile(program, options: options)
}

/// Compiles a program that has been linked.
///
/// Throws as `compile` of one module does, but for errors of linking.
public func compile(_ program: ProgramLinker, options: CompileOptions) throws(Diagnostic) -> [CompiledObject] {
    prepareLLVM()
    let plan = try ProgramPlan(program, options)
    makeRemarks(on: plan)
    let tasks = CompileTask.all(of: plan)
    let progress = ProgressCounter(total: tasks.count, report: options.progress)
    let results = parallelMap(tasks, threads: options.jobs, stackBytes: threadStackBytes) { (task) throws(Diagnostic) in
        let result = try task.run(plan)
        progress.advance()
        return result
    }
    var objects: [CompiledObject] = []
    var places: [Int: Set<UInt32>] = [:]
    for result in results {
        let result = try result.get()
        objects += result.objects
        places[result.instance, default: []].formUnion(result.places)
    }
    if let source = try plan.sourceObject(places) { objects.append(source) }
    return objects
}

/// Says what is not done although it was asked for.
func makeRemarks(on plan: ProgramPlan) {
    if let text = plan.profile?.remark { plan.options.remark?(text) }
    remarkOnTiers(of: plan)
}

/// Says which functions are not optimised although that was asked for.
private func remarkOnTiers(of plan: ProgramPlan) {
    guard let remark = plan.options.remark, plan.options.optimization != .none else { return }
    var veryLarge: [String] = []
    var excessive: [String] = []
    for partition in plan.partitions {
        let imported = plan.instances[partition.instance].module.importedFunctionCount
        let names = partition.functions.map { "func[\($0 + imported)]" }
        switch partition.tier {
        // Nobody sees a difference but in the time that it takes to compile.
        case .standard, .lean, .cold: break
        case .unoptimized: veryLarge += names
        case .excessive: excessive += names
        }
    }
    for (names, reason) in [(veryLarge, "too large"), (excessive, "of too much of one thing")] {
        guard let first = names.first else { continue }
        let verb = names.count == 1 ? "is" : "and \(names.count - 1) more are"
        remark("\(first) \(verb) \(reason) to be optimised, and compiled at -O0")
    }
}

/// Bytes of a compiling thread's stack: LLVM recurses over the code it compiles, and a default thread's is too small for
/// what a guest can make of that.
let threadStackBytes = 256 << 20

/// To be called before anything is compiled.
func prepareLLVM() { _ = configuredLLVM }

/// LLVM's own options, set once before the first compilation.
private let configuredLLVM: Void = {
    LLVMLibrary.setOptions([
        // Hoisting would put the memory's base, a constant that fits every displacement, into a register.
        "-disable-constant-hoisting",
        // Nothing at the start of each block for instructions without a place, which are those that cannot trap:
        // it would make the table of trap places half as large again.
        "-use-unknown-locations=Disable",
        // Vectors out of scalars are found by comparing all pairs of stores and all their operands. In code that was
        // optimised once already little is found that was not found at once.
        "-slp-max-vf=4", "-slp-recursion-max-depth=4", "-slp-copyable-elements=false",
    ])
}()

/// A unit of work with an LLVM context of its own.
enum CompileTask: Sendable {
    /// A small program: functions and data in one module.
    case whole
    case partition(Partition)
    case program

    /// What a unit of work makes.
    struct Result {
        var objects: [CompiledObject]
        /// Of the module of an instance: `ModuleLowering.places`.
        var places: Set<UInt32>
        var instance: Int
    }

    /// The units of a program, in the order of their objects.
    static func all(of plan: ProgramPlan) -> [CompileTask] {
        plan.isSingleModule ? [.whole] : plan.partitions.map(CompileTask.partition) + [.program]
    }

    /// The partition of the unit's code, if it has one, and the name of its object.
    private func content(_ plan: ProgramPlan) -> (partition: Partition?, name: String) {
        switch self {
        case .whole: (plan.partitions.first, "program")
        case .partition(let own): (own, "partition-\(own.number)")
        case .program: (nil, "program")
        }
    }

    func run(_ plan: ProgramPlan) throws(Diagnostic) -> Result {
        let lowered = try lower(plan)
        let placement = lowered.placement
        var result = Result(objects: [], places: lowered.places, instance: placement.instance)
        if plan.options.emit == .object {
            result.objects = try object(of: lowered.unit, placement, plan.options.store).placed(placement)
        } else {
            let bytes = try ObjectEmitter(lowered.unit, name: placement.name).bytes(plan.options.emit)
            result.objects = [CompiledObject(name: placement.name, bytes: bytes)]
        }
        return result
    }

    /// What the first step makes.
    struct Lowered {
        var unit: LoweredUnit
        var placement: UnitPlacement
        /// `Result.places`.
        var places: Set<UInt32>
    }

    /// The first step, which reads the plan.
    func lower(_ plan: ProgramPlan) throws(Diagnostic) -> Lowered {
        let (partition, name) = content(plan)
        // The data of a program lie elsewhere when functions grow; and its unit holds the note.
        let numbering: PlaceNumbering
        switch self {
        case .whole, .program: numbering = .offsets
        case .partition(let own): numbering = plan.numbering(of: own)
        }
        let lowering = try ModuleLowering(plan, partition, numbering)
        lowering.beginText(partition)
        if let partition { try lowering.lower(partition) }
        switch self {
        case .whole, .program: try lowering.defineProgram()
        case .partition: break
        }
        return Lowered(
            unit: try lowering.finished(partition),
            placement: lowering.placement(of: partition, name: name, numbering), places: lowering.places)
    }

    /// The second step, which reads the unit alone; what was done before is not done again.
    ///
    /// What holds the program's data holds its note, and is another one after each change.
    private func object(
        of unit: LoweredUnit, _ placement: UnitPlacement, _ store: (any UnitStore)?
    ) throws(Diagnostic) -> UnitObject {
        guard case .partition = self, let store else { return try ObjectEmitter(unit, name: placement.name).object() }
        if let kept = store.object(of: unit) { return try UnitObject(kept) }
        let made = try ObjectEmitter(unit, name: placement.name).object()
        store.keep(made.bytes, of: unit)
        return made
    }
}
