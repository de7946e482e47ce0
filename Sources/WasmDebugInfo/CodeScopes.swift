/// Functions, the blocks in them, and the functions that were inlined there: a tree by module offsets.
struct CodeScopes {
    enum Kind: UInt8 {
        case function
        case inlined
        case block
    }

    struct Scope {
        let entry: DebugEntryID
        let kind: Kind
        /// Index of the scope around it; nil for a function.
        let parent: Int?
        /// How many functions are inlined at its code.
        let inlining: Int
    }

    /// A run of code that is a scope's.
    private struct Segment {
        var start: UInt32
        var end: UInt32
        var scope: UInt32
    }

    private(set) var scopes: [Scope] = []
    /// Those of functions, ascending and apart from each other.
    private var functions: [Segment] = []
    /// Those in each scope, alike.
    private var children: [Int: [Segment]] = [:]
    /// Entries of range lists that may still be read.
    private var budget = DebugInfoLimits.ranges

    init(_ entries: DebugEntries) {
        for unit in entries.units { add(unit, entries) }
        functions = Self.disjoint(functions)
        children = children.mapValues(Self.disjoint)
    }

    private mutating func add(_ unit: DebugUnit, _ entries: DebugEntries) {
        /// The scopes around an entry, with where they end.
        var open: [(scope: Int?, end: Int)] = []
        var index = unit.entries.lowerBound
        while index < unit.entries.upperBound {
            while let last = open.last, last.end <= index { open.removeLast() }
            let entry = DebugEntryID(index: index)
            index += 1
            let end = entries.end(entry)
            switch entries.tag(entry) {
            case .subprogram: open.append((add(entry, .function, nil, unit, entries), end))
            case .inlinedSubroutine, .lexicalBlock:
                guard let last = open.last, let parent = last.scope else { continue }
                let kind: Kind = entries.tag(entry) == .lexicalBlock ? .block : .inlined
                // What is in a scope without code of its own is in the one around it.
                open.append((add(entry, kind, parent, unit, entries) ?? parent, end))
            default: continue
            }
        }
    }

    /// Adds the scope of an entry; nil when it has no code.
    private mutating func add(
        _ entry: DebugEntryID, _ kind: Kind, _ parent: Int?, _ unit: DebugUnit, _ entries: DebugEntries
    ) -> Int? {
        let ranges = entries.ranges(entry, unit, budget: &budget)
        let inlining = (parent.map { scopes[$0].inlining } ?? 0) + (kind == .inlined ? 1 : 0)
        guard !ranges.isEmpty, inlining <= DebugInfoLimits.inlining, scopes.count < DebugInfoLimits.ranges else {
            return nil
        }
        let scope = scopes.count
        scopes.append(Scope(entry: entry, kind: kind, parent: parent, inlining: inlining))
        let segments = ranges.map {
            Segment(start: UInt32($0.lowerBound), end: UInt32($0.upperBound), scope: UInt32(scope))
        }
        if let parent { children[parent, default: []] += segments } else { functions += segments }
        return scope
    }

    /// In order. Of two that overlap, which no compiler writes, the one that begins first counts.
    private static func disjoint(_ segments: [Segment]) -> [Segment] {
        var result: [Segment] = []
        for var segment in segments.sorted(by: { ($0.start, $0.scope) < ($1.start, $1.scope) }) {
            if let last = result.last, last.end > segment.start { segment.start = last.end }
            if segment.start < segment.end { result.append(segment) }
        }
        return result
    }

    private static func find(_ offset: Int, in segments: [Segment]) -> Int? {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if Int(segments[middle].end) <= offset { low = middle + 1 } else { high = middle }
        }
        return low < segments.count && Int(segments[low].start) <= offset ? Int(segments[low].scope) : nil
    }

    /// The innermost scope of the code at a module offset.
    func innermost(at offset: Int) -> Int? {
        guard var scope = Self.find(offset, in: functions) else { return nil }
        while let segments = children[scope], let inner = Self.find(offset, in: segments) { scope = inner }
        return scope
    }

    /// The function of the code at a module offset.
    func function(at offset: Int) -> Int? { Self.find(offset, in: functions) }
}
