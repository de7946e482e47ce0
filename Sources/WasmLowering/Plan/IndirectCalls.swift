// Calls through tables and references, by the types of what they call.

/// The calls of a program that do not name what they call, by the numbers of types at run time (`TypeNumbering`).
struct IndirectCalls: Sendable {
    private struct Site {
        /// The type of what is called, and those below it.
        var types: ClosedRange<UInt32>
        var callers: [FunctionID] = []
        /// The place of the next site that has all these types, too; -1 for none.
        var enclosing = -1
        var mayThrow = false
    }

    /// One for each type that is called; from `close` on in the order of the types.
    private var sites: [Site] = []
    private var places: [UInt32: Int] = [:]

    /// Takes note of a call. The calls of a function come one after the other.
    mutating func add(_ types: ClosedRange<UInt32>, by caller: FunctionID) {
        let place = places[types.lowerBound] ?? sites.count
        if place == sites.count {
            places[types.lowerBound] = place
            sites.append(Site(types: types))
        }
        if sites[place].callers.last != caller { sites[place].callers.append(caller) }
    }

    /// Ends the taking of notes. Ranges of types are nested or have nothing in common.
    mutating func close() {
        sites.sort { $0.types.lowerBound < $1.types.lowerBound }
        var open: [Int] = []
        for place in sites.indices {
            places[sites[place].types.lowerBound] = place
            while let last = open.last, sites[last].types.upperBound < sites[place].types.lowerBound {
                open.removeLast()
            }
            sites[place].enclosing = open.last ?? -1
            open.append(place)
        }
    }

    /// Takes note of a function of a type that may throw, and to which there is a reference; those who may call it, and of whom
    /// that was not known.
    mutating func noteThrowing(_ type: UInt32) -> [FunctionID] {
        var callers: [FunctionID] = []
        var place = lastSite(notBehind: type)
        while place >= 0, !sites[place].mayThrow {
            if sites[place].types.contains(type) {
                sites[place].mayThrow = true
                callers += sites[place].callers
            }
            place = sites[place].enclosing
        }
        return callers
    }

    /// Whether a call for these types may call something that was noted.
    func mayThrow(_ types: ClosedRange<UInt32>) -> Bool {
        places[types.lowerBound].map { sites[$0].mayThrow } ?? false
    }

    /// The last site whose own type has no higher number; -1 for none.
    private func lastSite(notBehind type: UInt32) -> Int {
        var (low, high) = (0, sites.count)
        while low < high {
            let middle = (low + high) / 2
            if sites[middle].types.lowerBound <= type { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}
