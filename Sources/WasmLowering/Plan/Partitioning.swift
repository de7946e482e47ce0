// Divides a program into partitions, and decides how much work goes into each.

import WasmSpec

/// What is to be done with a function.
private enum Effort: Equatable {
    /// What was asked for.
    case standard
    /// It is very large: alone, at this level.
    case reduced(OptimizationLevel)
    /// It is excessive (`FunctionCost`): not optimised.
    case excessive(promotesLocals: Bool)
}

extension ProgramPlan {
    /// Bytes of function bodies in a partition. Small enough for every core to have work and for LLVM's
    /// memory to stay bounded, large enough for inlining.
    static let partitionBytes = 160 << 10
    /// Functions in a partition: LLVM keeps analyses of each one until the module is done, whatever its size.
    static let partitionFunctions = 2000
    /// A function above this takes LLVM's superlinear passes too long: it is lowered at `-O1` at most.
    static let giantFunctionBytes = 400 << 10
    /// Above this even `-O1` takes minutes.
    static let enormousFunctionBytes = 1500 << 10
    /// Instructions in all dense functions of a program together. Beyond, all of them are excessive.
    static let denseInstructions = 300_000

    static func partition(
        _ instances: [InstancePlan], _ facts: ProgramFacts, _ options: CompileOptions
    ) -> [Partition] {
        let isDense = hasManyDenseFunctions(instances, facts)
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
                let effort = effort(facts.costs[instance.number][position], size, options, excludesDense: isDense)
                if !open.accepts(size, effort) { close() }
                open.add(position, size, effort)
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

    private static func effort(
        _ cost: FunctionCost, _ size: Int, _ options: CompileOptions, excludesDense: Bool
    ) -> Effort {
        if cost.isExcessive(bytes: size) || excludesDense && cost.isDense(bytes: size) {
            return .excessive(promotesLocals: cost.canPromoteLocals)
        }
        if size >= enormousFunctionBytes { return .reduced(.none) }
        if size >= giantFunctionBytes { return .reduced(options.optimization == .none ? .none : .less) }
        return .standard
    }
}

/// A partition to which functions are being added.
private struct OpenPartition {
    var functions: [Int] = []
    private var bytes = 0
    private var effort = Effort.standard

    /// Whether a function of that size belongs here.
    func accepts(_ size: Int, _ effort: Effort) -> Bool {
        guard !functions.isEmpty else { return true }
        if case .reduced = effort { return false }
        return effort == self.effort && bytes + size <= ProgramPlan.partitionBytes
            && functions.count < ProgramPlan.partitionFunctions
    }

    mutating func add(_ position: Int, _ size: Int, _ effort: Effort) {
        functions.append(position)
        bytes += size
        self.effort = effort
    }

    func closed(_ number: Int, _ instance: Int, _ options: CompileOptions) -> Partition {
        var partition = Partition(
            number: number, instance: instance, functions: functions, optimization: options.optimization)
        switch effort {
        case .standard: break
        case .reduced(let level): partition.optimization = level
        case .excessive(let promotesLocals):
            partition.optimization = .none
            partition.isExcessive = true
            partition.promotesLocals = promotesLocals
        }
        return partition
    }
}
