import ArgumentParser
import CLinux
import Diagnostics
import WasmDriver
import WasmLowering
import WasmProfile

extension OptimizationLevel: ExpressibleByArgument {}
extension BoundsStrategy: ExpressibleByArgument {}
extension TrapStrictness: ExpressibleByArgument {}

/// How code is made; `build` and `run` have these.
struct CodegenOptions: ParsableArguments {
    @Option(
        name: .customShort("O", allowingJoined: true),
        help: ArgumentHelp("Optimisation; s is for size, z for the smallest size.", valueName: "level"))
    var optimization = OptimizationLevel.standard

    @Option(
        name: .customLong("target"), help: ArgumentHelp("The platform to compile for.", valueName: "triple"),
        completion: .list(Target.all.map(\.triple)))
    var triple = Target.host.triple

    @Option(
        name: .customLong("target-cpu"),
        help: ArgumentHelp(
            Target.host.processorLevels.joined(separator: ", ")
                + ", or native (this machine's). Checked when the program starts. Of a list such as x86-64-v2,v3 the "
                + "lowest is needed, and for the others there are versions of what is hot.",
            valueName: "cpu"),
        completion: .list(Target.host.processorLevels + ["native"]))
    var processor = Target.host.defaultProcessor

    @Option(
        name: .customLong("target-feature"), parsing: .unconditional,
        help: ArgumentHelp("CPU features to add or remove.", valueName: "+a,-b"))
    var processorFeatures = ""

    @Option(
        name: .customLong("bounds"),
        help: ArgumentHelp(
            "How accesses outside a memory are found: by guard pages, or explicit compares.", valueName: "how"))
    var bounds = BoundsStrategy.guardPages

    @Option(
        name: .customLong("traps"),
        help: ArgumentHelp(
            """
            strict: every trap happens; exact: and memories, globals and tables are then as they have to be, the default \
            of several modules and of scripts; relaxed: accesses whose result is unused may be removed with their traps.
            """, valueName: "mode"))
    var traps: TrapStrictness?

    /// For tests of compiled code that has a heap.
    @Flag(name: .customLong("gc-stress"), help: .hidden) var stressesHeap = false

    @Option(
        name: .customLong("profile-use"),
        help: ArgumentHelp(
            "Optimise for what ran most often, as `wasmc run --interp --profile-out` has counted it.", valueName: "file"
        ),
        completion: .file())
    var profiles: [String] = []

    @Option(
        name: [.customShort("j", allowingJoined: true), .customLong("jobs")],
        help: ArgumentHelp("Threads of the compiler; the result does not depend on it.", valueName: "n"))
    var jobsWord: String?

    /// Threads of the compiler, this machine's processors unless `-j` says otherwise.
    var jobs: Int { jobsWord.flatMap { Int($0) } ?? availableProcessors() }

    mutating func validate() throws {
        if let word = jobsWord, !(1...1024 ~= Int(word) ?? 0) {
            throw ValidationError("`-j \(word)`: expected a number from 1 to 1024")
        }
        // A name that this version does not know is an error of the command line.
        do { try plan(for: "").check() } catch {
            throw ValidationError(error.detail.isEmpty ? error.message : "\(error.message): \(error.detail)")
        }
    }

    /// An option that is not at its default, if there is one.
    var givenOption: String? {
        if optimization != .standard { return "-O" }
        if triple != Target.host.triple { return "--target" }
        if processor != Target.host.defaultProcessor { return "--target-cpu" }
        if !processorFeatures.isEmpty { return "--target-feature" }
        if bounds != .guardPages { return "--bounds" }
        if !profiles.isEmpty { return "--profile-use" }
        return traps == nil ? nil : "--traps"
    }

    /// The counts of all `--profile-use`; nil without any. Throws `environment` and `profile`.
    func profile() throws(Diagnostic) -> Profile? {
        profiles.isEmpty ? nil : try ProfileFile.merged(profiles)
    }

    /// The plan of a build with these options, but for profiles.
    func plan(for input: String) throws(Diagnostic) -> BuildPlan {
        var plan = BuildPlan(input: input)
        plan.target = try Target.named(triple)
        let processors = try plan.target.processors(processor)
        plan.processor = processors[0]
        plan.cloneProcessors = Array(processors.dropFirst())
        plan.processorFeatures = processorFeatures
        plan.optimization = optimization
        plan.bounds = bounds
        plan.traps = traps
        plan.stressesHeap = stressesHeap
        plan.jobs = jobs
        return plan
    }
}

extension BuildPlan {
    /// Shows progress on a terminal, and remarks; the line that is returned has to be ended.
    mutating func report(to output: OutputOptions) -> ProgressLine {
        let line = ProgressLine()
        if Console.isErrorTerminal, Console.knowsEscapes, !output.isJSON, !output.isQuiet {
            progress = { line.update($0) }
            line.begin()
        }
        remark = { text in
            line.clear()
            output.note(text)
        }
        return line
    }
}

/// The processors that this process may use.
func availableProcessors() -> Int {
    var mask = [UInt8](repeating: 0, count: 1024)
    guard sched_getaffinity(0, UInt(mask.count), &mask) == 0 else { return 1 }
    return max(1, mask.reduce(0) { $0 + $1.nonzeroBitCount })
}
