// Several runs in one profile.

extension Profile {
    /// Adds the counts of other runs, also of an older or newer module: functions that are the same have their counts
    /// added up, and the others stand side by side.
    public mutating func merge(_ other: Profile) {
        var places: [(module: Int, functions: [Int])] = []
        var known = numbers
        for module in other.modules {
            let number = known[module.key] ?? modules.count
            if number == modules.count { modules.append(ModuleProfile(name: module.name)) }
            known[module.key] = number
            places.append((number, modules[number].merge(module)))
        }
        for (module, place) in zip(other.modules, places) {
            for (function, position) in zip(module.functions, place.functions) {
                modules[place.module].functions[position].add(function) { target in
                    let place = places[target.module]
                    return CallCounts.Target(
                        module: place.module, function: place.functions[target.function], count: target.count)
                }
            }
        }
    }
}

extension ModuleProfile {
    /// Makes room for the functions of another; where each of them is here.
    fileprivate mutating func merge(_ other: ModuleProfile) -> [Int] {
        let known = FunctionPairing.positions(
            of: other.functions.map(\.identity), among: functions.map(\.identity))
        return zip(other.functions, known).map { function, position in
            if let position { return position }
            functions.append(FunctionProfile(identity: function.identity))
            return functions.count - 1
        }
    }
}

extension FunctionProfile {
    /// Adds counts of the same function, whose call targets `place` finds in this profile.
    fileprivate mutating func add(_ other: FunctionProfile, _ place: (CallCounts.Target) -> CallCounts.Target) {
        entries = entries.adding(other.entries)
        let moved = other.sites.map { site in
            guard case .call(var counts) = site.counts else { return site }
            counts.targets = counts.targets.map(place)
            return Site(offset: site.offset, counts: .call(counts))
        }
        // One of them has never run.
        guard !sites.isEmpty else {
            sites = moved
            return
        }
        guard sites.count == moved.count else { return }
        for (index, site) in moved.enumerated() { sites[index].counts.add(site.counts) }
    }
}

extension SiteCounts {
    /// Adds counts of the same site; those of another kind, which only a damaged profile has, are nothing.
    fileprivate mutating func add(_ other: SiteCounts) {
        switch (self, other) {
        case (.loop(let count), .loop(let more)): self = .loop(count.adding(more))
        case (.branch(let reached, let taken), .branch(let moreReached, let moreTaken)):
            self = .branch(reached: reached.adding(moreReached), taken: taken.adding(moreTaken))
        case (.table(let counts), .table(let more)) where counts.count == more.count:
            self = .table(zip(counts, more).map { $0.adding($1) })
        case (.call(var counts), .call(let more)):
            counts.add(more)
            self = .call(counts)
        default: break
        }
    }
}

extension CallCounts {
    fileprivate mutating func add(_ other: CallCounts) {
        others = others.adding(other.others)
        for target in other.targets { add(target) }
        normalize()
    }

    private mutating func add(_ target: Target) {
        let known = targets.firstIndex { $0.module == target.module && $0.function == target.function }
        if let known {
            targets[known].count = targets[known].count.adding(target.count)
        } else {
            targets.append(target)
        }
    }
}
