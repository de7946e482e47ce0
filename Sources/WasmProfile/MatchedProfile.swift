// What a profile says of the modules that are compiled, which may be newer ones than those that ran.

import Diagnostics
import WasmBinary
import WasmSpec

/// The counts of a function that is compiled.
public struct FunctionCounts: Sendable {
    public var entries: UInt64
    /// By bytes from the beginning of the function's locals. Call targets are positions of modules, and of functions
    /// among those that these define.
    public var sites: [UInt32: SiteCounts]
    /// The largest number in it.
    public var hottest: UInt64
}

/// The counts of a program that is compiled.
public struct MatchedProfile: Sendable {
    /// By module and position among the functions that it defines; nil for those of which nothing is known.
    public private(set) var functions: [[FunctionCounts?]]
    /// How many of the profile's functions have run, and how many of these are in the modules as they were counted.
    public private(set) var executed = 0
    public private(set) var found = 0

    /// - Parameter modules: with the names under which others import them, nil for the main one.
    /// - Throws: what `InstructionReader` does, of modules that were not validated.
    public init(_ profile: Profile, _ modules: [(name: String?, module: Module)]) throws(Diagnostic) {
        var places: [[Place?]] = profile.modules.map { Array(repeating: nil, count: $0.functions.count) }
        var pairs: [[Int?]] = []
        var shapes: [[FunctionShape]] = []
        let known = profile.numbers
        let numbers = modules.map { known[$0.name.map(ExactName.init)] }
        for (position, entry) in modules.enumerated() {
            let shape = try Self.shapes(entry.module)
            let identities = numbers[position].map { profile.modules[$0].functions.map(\.identity) } ?? []
            let pairing = FunctionPairing.positions(
                of: FunctionIdentity.all(of: entry.module, shape), among: identities)
            if let number = numbers[position] {
                for (function, pair) in pairing.enumerated() {
                    if let pair { places[number][pair] = Place(module: position, function: function) }
                }
            }
            shapes.append(shape)
            pairs.append(pairing)
        }
        functions = []
        for position in modules.indices {
            functions.append(
                zip(shapes[position], pairs[position]).map { shape, pair in
                    guard let number = numbers[position], let pair else { return nil }
                    return FunctionCounts(profile.modules[number].functions[pair], shape, places)
                })
        }
        for (number, module) in profile.modules.enumerated() {
            for (position, function) in module.functions.enumerated() where function.entries != 0 {
                executed += 1
                if places[number][position] != nil { found += 1 }
            }
        }
    }

    fileprivate struct Place {
        var module: Int
        var function: Int
    }

    private static func shapes(_ module: Module) throws(Diagnostic) -> [FunctionShape] {
        var result: [FunctionShape] = []
        result.reserveCapacity(module.functions.count)
        for function in module.functions { result.append(try FunctionShape(function, in: module)) }
        return result
    }
}

extension FunctionIdentity {
    /// Those of the functions that a module defines.
    public static func all(of module: Module, _ shapes: [FunctionShape]) -> [FunctionIdentity] {
        let names = NameSection(module).functions
        let imported = module.imports.count { if case .function = $0.description { true } else { false } }
        return shapes.enumerated().map { position, shape in
            let index = FunctionIndex(imported + position)
            return FunctionIdentity(index: index.rawValue, hash: shape.hash.value, name: names[index])
        }
    }
}

extension FunctionCounts {
    /// Nil when the counts cannot be of a function of that shape, although its hash is the same.
    fileprivate init?(_ function: FunctionProfile, _ shape: FunctionShape, _ places: [[MatchedProfile.Place?]]) {
        entries = function.entries
        sites = [:]
        hottest = function.entries
        guard !function.sites.isEmpty else { return }
        guard function.sites.count == shape.sites.count else { return nil }
        for (site, place) in zip(function.sites, shape.sites) {
            guard site.counts.isOf(place.kind) else { return nil }
            let counts = site.counts.placed(places)
            hottest = max(hottest, counts.hottest)
            sites[place.offset] = counts
        }
    }
}

extension SiteCounts {
    /// With call targets where they are now. Those that are not there any more are others.
    fileprivate func placed(_ places: [[MatchedProfile.Place?]]) -> SiteCounts {
        guard case .call(let counts) = self else { return self }
        var result = CallCounts(others: counts.others)
        for target in counts.targets {
            if let place = places[target.module][target.function] {
                result.targets.append(
                    CallCounts.Target(module: place.module, function: place.function, count: target.count))
            } else {
                result.others = result.others.adding(target.count)
            }
        }
        return .call(result)
    }

    /// The largest number in it.
    private var numbers: [UInt64] {
        switch self {
        case .loop(let count): [count]
        case .branch(let reached, let taken): [reached, taken]
        case .table(let counts): counts
        case .call(let counts): [counts.others] + counts.targets.map(\.count)
        }
    }

    fileprivate var hottest: UInt64 { numbers.max() ?? 0 }
}
