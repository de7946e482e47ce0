import WasmSpec

/// The types of a function's parameters and locals.
///
/// A function of a few bytes may declare thousands of locals in one run, and a module may have a million such
/// functions. So only the first locals are spelled out; runs are searched for the others.
struct LocalTypes {
    private static let spelledOutCount = 64

    private var spelledOut: ContiguousArray<StackType> = []
    private var runs: ContiguousArray<Run> = []
    private(set) var count = 0
    private(set) var parameterCount = 0

    private struct Run {
        /// The index behind the last local of the run.
        let end: Int
        let type: StackType
    }

    mutating func removeAll() {
        spelledOut.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        count = 0
        parameterCount = 0
    }

    /// Parameters come first.
    mutating func appendParameter(_ type: StackType) {
        append(type, count: 1)
        parameterCount = count
    }

    mutating func append(_ type: StackType, count added: Int) {
        guard added > 0 else { return }
        count += added
        runs.append(Run(end: count, type: type))
        let room = min(added, Self.spelledOutCount - spelledOut.count)
        if room > 0 { spelledOut.append(contentsOf: repeatElement(type, count: room)) }
    }

    /// The type of the local at `position`, which is less than `count`.
    @inline(__always) subscript(position: Int) -> StackType {
        position < spelledOut.count ? spelledOut[position] : search(position)
    }

    /// The type of the first run that ends behind `position`.
    @inline(never) private func search(_ position: Int) -> StackType {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end > position { high = middle } else { low = middle + 1 }
        }
        return runs[low].type
    }
}
