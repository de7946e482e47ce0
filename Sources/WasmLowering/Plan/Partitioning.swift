// Divides a program into partitions, and decides how much work goes into each.

import WasmSpec

/// How much work goes into a function. It depends on the function's cost alone (`FunctionCost`), so that the same module
/// is compiled the same way everywhere.
enum Tier: Hashable, Sendable {
    /// What was asked for.
    case standard
    /// Much of what makes LLVM's passes superlinear: a few passes, each once (`LeanPipeline`).
    case lean
    /// Functions that never ran when a profile was made: what does not take long, and makes them small.
    case cold
    /// Too large for any.
    case unoptimized
    /// More than its size explains: not optimised, and operations of many instructions stand out of line.
    case excessive(promotesLocals: Bool)

    /// Whether locals become values, of which a function can have too many.
    var promotesLocals: Bool { self != .excessive(promotesLocals: false) }

    var isExcessive: Bool {
        switch self {
        case .standard, .lean, .cold, .unoptimized: false
        case .excessive: true
        }
    }

    /// The passes of the tier, where it has its own.
    var passes: String? { self == .lean ? LeanPipeline.passes : nil }

    /// The level at which a function is compiled when another is asked for.
    func level(_ requested: OptimizationLevel) -> OptimizationLevel {
        switch self {
        case .standard: requested
        case .lean: requested == .none ? .none : .less
        case .cold:
            switch requested {
            case .none, .less, .size, .smallest: requested
            case .standard, .aggressive: .less
            }
        case .unoptimized, .excessive: .none
        }
    }
}

extension ProgramPlan {
    /// Bytes of function bodies in a partition. Small enough for every core to have work and for LLVM's
    /// memory to stay bounded, large enough for inlining.
    static let partitionBytes = 160 << 10
    /// Below that many no function ends a partition.
    static let leastPartitionBytes = 24 << 10
    /// One byte of so many ends a partition, wherever the function stands that it is part of.
    static let bytesBetweenEnds = 32 << 10
    /// A program of no more is one module, with inlining across all of it.
    static let smallProgramBytes = 160 << 10
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
    /// Instructions in long runs (`FunctionCost.ordinaryRun`) of a program together, or a part of all instructions, an eighth.
    /// Beyond, functions that have many of them get few passes, and beyond the second number, or part, none.
    static let straightInstructions = EffortLimits(standard: 40_000, part: 8, lean: 150_000, leanPart: 3)
    /// The same for checks (`FunctionCost.ordinaryChecks`).
    static let checks = EffortLimits(standard: 20_000, part: 20, lean: 40_000, leanPart: 10)

    static func partition(
        _ instances: [InstancePlan], _ facts: ProgramFacts, _ options: CompileOptions, _ profile: ProgramProfile?
    ) -> [Partition] {
        let effort = ProgramEffort(instances, facts)
        let isScattered = hasManySmallFunctions(instances, facts)
        var partitions: [Partition] = []
        for instance in instances {
            var open = OpenPartition()
            // Functions that never ran stand by themselves, and the others closer together.
            var cold = OpenPartition()
            let isSmall = isSmall(instance, facts)
            let source = instance.module.module.source.bytes
            func close(_ open: inout OpenPartition) {
                guard !open.functions.isEmpty else { return }
                partitions.append(open.closed(partitions.count, instance.number, options))
                open = OpenPartition()
            }
            func add(_ position: Int, _ size: Int, _ tier: Tier, to open: inout OpenPartition) {
                if !open.accepts(size, tier) { close(&open) }
                open.add(position, size, tier)
            }
            for (position, function) in instance.module.module.functions.enumerated() {
                guard facts.isReachable[instance.number][position + instance.module.importedFunctionCount] else {
                    continue
                }
                let size = function.body.count
                var tier = tier(facts.costs[instance.number][position], size, effort)
                if isScattered, !tier.isExcessive { tier = .unoptimized }
                if !isSmall, tier == .standard, profile?.isCold(instance.number, position) == true {
                    add(position, size, .cold, to: &cold)
                    continue
                }
                add(position, size, tier, to: &open)
                if !isSmall, profile == nil, open.bytes >= leastPartitionBytes, endsPartition(source[function.body]) {
                    close(&open)
                }
            }
            close(&open)
            close(&cold)
        }
        return partitions
    }

    private static func isSmall(_ instance: InstancePlan, _ facts: ProgramFacts) -> Bool {
        let isReachable = facts.isReachable[instance.number].dropFirst(instance.module.importedFunctionCount)
        var bytes = 0
        for (function, isReachable) in zip(instance.module.module.functions, isReachable) where isReachable {
            bytes += function.body.count
        }
        return bytes <= smallProgramBytes
    }

    /// Whether a function is the last of its partition. Its code alone decides that: where one function has changed, the
    /// partitions before and behind it stay as they are, and what was compiled of them is found again.
    private static func endsPartition(_ body: ArraySlice<UInt8>) -> Bool {
        // FNV-1a, and its low bits mixed.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in body { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let word = UInt32(truncatingIfNeeded: (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15 >> 32)
        return UInt64(word) * UInt64(bytesBetweenEnds) < UInt64(body.count) << 32
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

    private static func tier(_ cost: FunctionCost, _ size: Int, _ effort: ProgramEffort) -> Tier {
        if cost.isExcessive(bytes: size) || !effort.allowsDense && cost.isDense(bytes: size) {
            return .excessive(promotesLocals: cost.canPromoteLocals(bytes: size))
        }
        if size >= enormousFunctionBytes || cost.hasTooManyChecks { return .unoptimized }
        return effort.tier(of: cost, cost.isLarge(bytes: size) ? .lean : .standard)
    }
}

/// How many of something a program may have for all passes, and for a few: a number, or one of so many parts of its instructions
/// however many there are.
struct EffortLimits {
    let standard: Int
    let part: Int
    let lean: Int
    let leanPart: Int
}

/// How much work goes into functions of which a program may have a few only: each alone is no harm, but for a byte they take
/// several times what others do.
private struct ProgramEffort {
    /// Whether functions with more instructions than their bytes explain are optimised.
    private(set) var allowsDense = true
    private var straight = Tier.standard
    private var checked = Tier.standard

    init(_ instances: [InstancePlan], _ facts: ProgramFacts) {
        var (all, dense, straight, checks) = (0, 0, 0, 0)
        for (instance, costs) in zip(instances, facts.costs) {
            for (cost, function) in zip(costs, instance.module.module.functions) {
                all += cost.instructions
                straight += cost.straightInstructions
                if cost.isDense(bytes: function.body.count) { dense += cost.instructions - cost.checkedInstructions }
                if cost.isChecked, !cost.hasTooManyChecks { checks += cost.costOfChecks }
            }
        }
        allowsDense = dense <= ProgramPlan.denseInstructions
        self.straight = Self.tier(straight, of: all, ProgramPlan.straightInstructions)
        checked = Self.tier(checks, of: all, ProgramPlan.checks)
    }

    private static func tier(_ count: Int, of all: Int, _ limits: EffortLimits) -> Tier {
        if count <= max(limits.standard, all / limits.part) { return .standard }
        return count <= max(limits.lean, all / limits.leanPart) ? .lean : .unoptimized
    }

    /// The tier of a function for which another would do if it were alone.
    func tier(of cost: FunctionCost, _ alone: Tier) -> Tier {
        var kinds = [alone]
        if cost.isStraight { kinds.append(straight) }
        if cost.isChecked { kinds.append(checked) }
        if kinds.contains(.unoptimized) { return .unoptimized }
        return kinds.contains(.lean) ? .lean : .standard
    }
}

/// A partition to which functions are being added.
private struct OpenPartition {
    var functions: [Int] = []
    private(set) var bytes = 0
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
