// What a profile says of the program that is compiled, and of how hot its counts are.

import Diagnostics
import LLVMBridge
import WasmProfile

/// Counts of the program's functions.
struct ProgramProfile: Sendable {
    /// By instance and position among the functions that it defines; nil for those of which nothing is known.
    let functions: [[FunctionCounts?]]
    let summary: ProfileSummary
    /// What has to be said to whoever gave the profile, if there is something.
    let remark: String?

    /// - Parameter instances: The last is the main module's.
    init(_ profile: Profile, _ instances: [InstancePlan]) throws(Diagnostic) {
        let modules = instances.map { instance in
            (name: instance.number == instances.count - 1 ? nil : instance.name, module: instance.module.module)
        }
        let matched = try MatchedProfile(profile, modules)
        functions = matched.functions
        summary = ProfileSummary(functions.joined().compactMap { $0 })
        remark = Self.remark(executed: matched.executed, found: matched.found)
    }

    private static func remark(executed: Int, found: Int) -> String? {
        if executed == found { return nil }
        guard found != 0 else {
            return "the profile is of another program, and not used: it has none of the functions that ran"
        }
        let missing = executed - found
        return """
            of \(executed) functions that the profile has seen run, \(missing) \(missing == 1 ? "is" : "are") not in the \
            program as they were: count again
            """
    }

    /// Whether a function is known never to have run, although others have.
    func isCold(_ instance: Int, _ position: Int) -> Bool {
        summary.mostEntries != 0 && functions[instance][position]?.entries == 0
    }
}

/// The distribution of all counts of a program: by it LLVM tells what is hot from what is cold.
struct ProfileSummary: Sendable {
    /// The least count of those that make up a part of the sum together.
    struct Cutoff: Hashable, Sendable {
        /// The part of the sum, in millionths.
        var part: UInt32
        var leastCount: UInt64
        /// How many counts are not less.
        var counts: UInt32
    }

    private var total: UInt64 = 0
    private var mostCount: UInt64 = 0
    private var mostInner: UInt64 = 0
    private(set) var mostEntries: UInt64 = 0
    private var countCount = 0
    private var functionCount = 0
    private(set) var cutoffs: [Cutoff] = []

    /// LLVM's own, among which it looks for its thresholds.
    private static let parts: [UInt32] = [
        10_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000, 950_000, 990_000,
        999_000,
        999_900, 999_990, 999_999,
    ]
    private static let coldPart: UInt32 = 999_999

    init(_ functions: [FunctionCounts]) {
        functionCount = functions.count
        var counts: [UInt64] = []
        for function in functions {
            counts.append(function.entries)
            mostEntries = max(mostEntries, function.entries)
            for site in function.sites.values {
                let inner = site.blocks
                mostInner = max(mostInner, inner.max() ?? 0)
                counts += inner
            }
        }
        counts.sort(by: >)
        countCount = counts.count
        mostCount = counts.first ?? 0
        total = counts.reduce(0) { $0.adding($1) }
        cut(counts)
    }

    /// - Parameter counts: descending.
    private mutating func cut(_ counts: [UInt64]) {
        var position = 0
        var sum: UInt64 = 0
        var least: UInt64 = 0
        for part in Self.parts {
            let (high, low) = total.multipliedFullWidth(by: UInt64(part))
            let wanted = UInt64(1_000_000).dividingFullWidth((high, low)).quotient
            while position < counts.count, sum < wanted || position == 0 {
                least = counts[position]
                sum = sum.adding(least)
                position += 1
            }
            cutoffs.append(Cutoff(part: part, leastCount: least, counts: UInt32(clamping: position)))
        }
    }

    /// What is less is cold.
    var coldCount: UInt64 { cutoffs.first { $0.part == Self.coldPart }?.leastCount ?? 0 }

    /// The value of LLVM's module flag "ProfileSummary".
    func metadata(in context: LLVMContext) -> Metadata {
        func number(_ name: String, _ value: UInt64) -> Metadata {
            context.metadataNode([context.metadataString(name), context.metadata(context.constI64(value))])
        }
        let detailed = cutoffs.map { cutoff in
            context.metadataNode([
                context.metadata(context.constI32(cutoff.part)), context.metadata(context.constI64(cutoff.leastCount)),
                context.metadata(context.constI32(cutoff.counts)),
            ])
        }
        return context.metadataNode([
            context.metadataNode([context.metadataString("ProfileFormat"), context.metadataString("InstrProf")]),
            number("TotalCount", total), number("MaxCount", mostCount), number("MaxInternalCount", mostInner),
            number("MaxFunctionCount", mostEntries), number("NumCounts", UInt64(countCount)),
            number("NumFunctions", UInt64(functionCount)),
            context.metadataNode([context.metadataString("DetailedSummary"), context.metadataNode(detailed)]),
        ])
    }
}

extension SiteCounts {
    /// How often the pieces of code ran that begin behind it.
    fileprivate var blocks: [UInt64] {
        switch self {
        case .loop(let count): [count]
        case .branch(let reached, let taken): [taken, reached > taken ? reached - taken : 0]
        case .table(let counts): counts
        case .call: []
        }
    }
}
