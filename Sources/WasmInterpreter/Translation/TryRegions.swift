// Which exception handlers apply where in a function's code. Entering a `try_table` costs nothing: only who throws
// looks here.

struct TryRegions {
    /// What a catch clause does: values go to slots, execution goes on at a place in the code.
    struct Clause {
        /// Nil catches everything.
        let tag: UnsafeMutablePointer<TagRecord>?
        /// Where the exception's values go, if anywhere.
        let payloadSlot: Int?
        /// Where the reference to the exception goes, if anywhere.
        let referenceSlot: Int?
        var target: Int
    }

    struct Region {
        /// The region to search next, or -1: the enclosing one, or what `delegate` says.
        var parent: Int
        var clauses: [Clause]
    }

    let regions: [Region]
    /// From `position` in the code up to the next transition, `region` is the innermost; ascending.
    let transitions: [(position: Int, region: Int)]

    /// The innermost region around a place in the code, or -1.
    func region(at position: Int) -> Int {
        var low = 0, high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? -1 : transitions[low - 1].region
    }

    struct Builder {
        var regions: [Region] = []
        private var transitions: [(position: Int, region: Int)] = []

        /// Says that `region` is the innermost from `position` on.
        mutating func enter(_ region: Int, at position: Int) { transitions.append((position, region)) }

        mutating func add(parent: Int, clauses: [Clause]) -> Int {
            regions.append(Region(parent: parent, clauses: clauses))
            return regions.count - 1
        }

        func finish() -> TryRegions { TryRegions(regions: regions, transitions: transitions) }
    }
}

/// A tag at run time; its address is its identity.
struct TagRecord {
    /// How the values lie in an exception, and in slots.
    let type: UnsafeMutablePointer<RuntimeType>
    let payloadBytes: Int
    let definition: Unmanaged<TagInstance>
}
