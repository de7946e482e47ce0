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
    _ = configuredLLVM
    let plan = try ProgramPlan(program, options)
    remarkOnTiers(of: plan)
    let tasks = plan.isSingleModule ? [CompileTask.whole] : plan.partitions.map(CompileTask.partition) + [.program]
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
        case .standard, .lean: break
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
private let threadStackBytes = 256 << 20

/// LLVM's own options, set once before the first compilation.
private let configuredLLVM: Void = {
    LLVMLibrary.setOptions([
        // Hoisting would put the memory's base, a constant that fits every displacement, into a register.
        "-disable-constant-hoisting",
        // Nothing at the start of each block for instructions without a place, which are those that cannot trap:
        // it would make the table of trap places half as large again.
        "-use-unknown-locations=Disable",
    ])
}()

/// A unit of work with an LLVM context of its own.
private enum CompileTask: Sendable {
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

    func run(_ plan: ProgramPlan) throws(Diagnostic) -> Result {
        let name: String
        let partition: Partition?
        switch self {
        case .whole: (name, partition) = ("program", plan.partitions.first)
        case .partition(let own): (name, partition) = ("partition-\(own.number)", own)
        case .program: (name, partition) = ("program", nil)
        }
        let optimization = partition?.optimization ?? plan.options.optimization
        let lowering = try ModuleLowering(
            plan, name: name, optimization: optimization,
            outlinesOperations: partition?.tier.isExcessive ?? false)
        lowering.beginText(partition)
        if let partition { try lowering.lower(partition) }
        switch self {
        case .whole, .program: try lowering.defineProgram()
        case .partition: break
        }
        let objects = try ObjectEmitter(lowering, name: name, partition: partition).emit()
        return Result(objects: objects, places: lowering.places, instance: partition?.instance ?? 0)
    }
}
