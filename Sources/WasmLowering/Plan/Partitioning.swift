// Divides a program into partitions, and decides how much work goes into each.

import WasmSpec

/// How much work goes into a function. It depends on the function's cost alone (`FunctionCost`), so that the same module
/// is compiled the same way everywhere.
enum Tier: Equatable, Sendable {
    /// What was asked for.
    case standard
    /// Much of what makes LLVM's passes superlinear: a few passes, each once (`LeanPipeline`).
    case lean
    /// Too large for any.
    case unoptimized
    /// More than its size explains: not optimised, and operations of many instructions stand out of line.
    case excessive(promotesLocals: Bool)

    /// Whether locals become values, of which a function can have too many.
    var promotesLocals: Bool { self != .excessive(promotesLocals: false) }

    var isExcessive: Bool {
        switch self {
        case .standard, .lean, .unoptimized: false
        case .excessive: true
        }
    }

    /// The level at which a function is compiled when another is asked for.
    func level(_ requested: OptimizationLevel) -> OptimizationLevel {
        switch self {
        case .standard: requested
        case .lean: requested == .none ? .none : .less
        case .unoptimized, .excessive: .none
        }
    }
}

extension ProgramPlan {
    /// Bytes of function bodies in a partition. Small enough for every core to have work and for LLVM's
    /// memory to stay bounded, large enough for inlining.
    static let partitionBytes = 160 << 10
    /// Functions in a partition: LLVM keeps analyses of each one until the module is done, whatever its size.
    static let partitionFunctions = 2000
    /// A function above this is not optimised.
    static let enormousFunctionBytes = 1500 << 10
    /// Functions that a program may have whatever their size; each costs LLVM a millisecond. Beyond, when they are small
    /// on average, none is optimised.
    static let functions = 20_000
    static let smallFunctionBytes = 32
    /// Instructions in all dense functions of a program together. Beyond, all of them are excessive.
    static let denseInstructions = 300_000

    static func partition(
        _ instances: [InstancePlan], _ facts: ProgramFacts, _ options: CompileOptions
    ) -> [Partition] {
        let isDense = hasManyDenseFunctions(instances, facts)
        let isScattered = hasManySmallFunctions(instances, facts)
        var partitions: [Partition] = []
        for instance in instances {
            var open = OpenPartition()
            func close() {
                guard !open.functions.isEmpty else { return }
                partitions.append(open.closed(partitions.count, instance.number, options))
                open = OpenPartition()
            }
            for (position, function) in instance.module.module.functions.enumerated() {
                guard facts.isReachable[instance.number][position + instance.module.importedFunctionCount] else {
                    continue
                }
                let size = function.body.count
                var tier = tier(facts.costs[instance.number][position], size, excludesDense: isDense)
                if isScattered, !tier.isExcessive { tier = .unoptimized }
                if !open.accepts(size, tier) { close() }
                open.add(position, size, tier)
            }
            close()
        }
        return partitions
    }

    private static func hasManyDenseFunctions(_ instances: [InstancePlan], _ facts: ProgramFacts) -> Bool {
        var sum = 0
        for (instance, costs) in zip(instances, facts.costs) {
            for (cost, function) in zip(costs, instance.module.module.functions)
            where cost.isDense(bytes: function.body.count) { sum += cost.instructions }
        }
        return sum > denseInstructions
    }

    private static func hasManySmallFunctions(_ instances: [InstancePlan], _ facts: ProgramFacts) -> Bool {
        var count = 0
        var bytes = 0
        for instance in instances {
            let isReachable = facts.isReachable[instance.number].dropFirst(instance.module.importedFunctionCount)
            for (function, isReachable) in zip(instance.module.module.functions, isReachable) where isReachable {
                count += 1
                bytes += function.body.count
            }
        }
        return count > functions && bytes < smallFunctionBytes * count
    }

    private static func tier(_ cost: FunctionCost, _ size: Int, excludesDense: Bool) -> Tier {
        if cost.isExcessive(bytes: size) || excludesDense && cost.isDense(bytes: size) {
            return .excessive(promotesLocals: cost.canPromoteLocals)
        }
        if size >= enormousFunctionBytes { return .unoptimized }
        return cost.isLarge(bytes: size) ? .lean : .standard
    }
}

/// A partition to which functions are being added.
private struct OpenPartition {
    var functions: [Int] = []
    private var bytes = 0
    private var tier = Tier.standard

    /// Whether a function of that size belongs here.
    func accepts(_ size: Int, _ tier: Tier) -> Bool {
        guard !functions.isEmpty else { return true }
        return tier == self.tier && bytes + size <= ProgramPlan.partitionBytes
            && functions.count < ProgramPlan.partitionFunctions
    }

    mutating func add(_ position: Int, _ size: Int, _ tier: Tier) {
        functions.append(position)
        bytes += size
        self.tier = tier
    }

    func closed(_ number: Int, _ instance: Int, _ options: CompileOptions) -> Partition {
        Partition(
            number: number, instance: instance, functions: functions, tier: tier,
            optimization: tier.level(options.optimization))
    }
}
