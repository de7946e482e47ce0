// A unit of compilation between its two steps: lowering, which reads the program, and optimising, which reads nothing
// but what stands here.

import LLVMBridge

/// What an object file is made of. Nothing else decides its bytes, so that who has these has the object: the cache, and
/// other machines (`--emit units`).
public struct LoweredUnit: Hashable, Sendable {
    /// LLVM's bitcode of the functions as they were lowered.
    public var bitcode: [UInt8]
    public var settings: UnitSettings

    public init(bitcode: [UInt8], settings: UnitSettings) {
        self.bitcode = bitcode
        self.settings = settings
    }
}

/// How a unit is optimised and emitted.
public struct UnitSettings: Hashable, Sendable {
    var triple = Architecture.x86_64.linuxTriple
    var processor = ""
    var processorFeatures = ""
    /// The level of the unit, lower than asked for where its tier is.
    var optimization = OptimizationLevel.none
    var tier = Tier.standard
    /// Whether there are loads that trap by guard pages alone.
    var keepsLoads = false
    /// Whether stores to guest state stay in order (`--traps exact`).
    var isStateExact = false
    /// Whether addresses are compared with the size of a memory.
    var comparesAccesses = false
    /// With `-g`, what the scopes of `SourceMetadata.listName` carry, in their order; nil without.
    var sourcePlaces: [UInt32]?

    /// The project's own passes; nil where LLVM's pipeline of the level is taken.
    var passes: String? { optimization == .none ? nil : tier.passes ?? optimization.passes }

    /// Whether code generation is fast, too: at `-O1`, where the unit's level is not lower than what was asked for.
    var isCodeGenerationFast: Bool { optimization == .less && tier == .standard }
}

extension UnitSettings {
    /// One line for each setting, `name value`, in the order of the declarations.
    public var text: String {
        let lines = [
            ("triple", triple), ("processor", processor), ("features", processorFeatures),
            ("optimization", optimization.rawValue), ("tier", tier.name), ("keeps-loads", keepsLoads ? "1" : "0"),
            ("exact-state", isStateExact ? "1" : "0"), ("compares-accesses", comparesAccesses ? "1" : "0"),
            ("source-places", sourcePlaces.map { $0.map(String.init).joined(separator: ",") } ?? "none"),
        ]
        return lines.map { "\($0) \($1)\n" }.joined()
    }

    /// Reads what `text` writes; nil for anything else.
    public init?(text: String) {
        var values: [Substring: Substring] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            values[parts[0]] = parts[1]
        }
        guard let triple = values["triple"], let processor = values["processor"], let features = values["features"],
            let optimization = values["optimization"].flatMap({ OptimizationLevel(rawValue: String($0)) }),
            let tier = values["tier"].flatMap({ Tier(name: String($0)) }), let places = values["source-places"]
        else { return nil }
        (self.triple, self.processor, processorFeatures) = (String(triple), String(processor), String(features))
        (self.optimization, self.tier) = (optimization, tier)
        keepsLoads = values["keeps-loads"] == "1"
        isStateExact = values["exact-state"] == "1"
        comparesAccesses = values["compares-accesses"] == "1"
        guard places != "none" else { return }
        let numbers = places.split(separator: ",").map { UInt32($0) }
        guard !numbers.contains(nil) else { return nil }
        sourcePlaces = numbers.compactMap { $0 }
    }
}

extension Tier {
    static let all = [
        Tier.standard, .lean, .cold, .unoptimized, .excessive(promotesLocals: false), .excessive(promotesLocals: true),
    ]

    var name: String {
        switch self {
        case .standard: "standard"
        case .lean: "lean"
        case .cold: "cold"
        case .unoptimized: "unoptimized"
        case .excessive(let promotesLocals): promotesLocals ? "excessive" : "excessive-slots"
        }
    }

    init?(name: String) {
        guard let tier = Self.all.first(where: { $0.name == name }) else { return nil }
        self = tier
    }
}
