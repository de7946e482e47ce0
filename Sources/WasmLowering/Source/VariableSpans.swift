import LLVMBridge
import WasmDebugInfo

/// Where the variables of a function are, along its code.
struct VariableSpans {
    /// A variable in a range of module offsets.
    struct Span {
        let range: Range<Int>
        /// Index of the variable.
        let variable: Int
        let kind: VariableLocation.Kind
    }

    /// Ascending by where they begin.
    private let spans: [Span]
    private var next = 0
    /// What holds at the present offset, by variable.
    private(set) var active: [Int: Span] = [:]
    /// The variables that are the value of a local.
    private var variablesOfLocal: [UInt32: Set<Int>] = [:]
    /// The end that comes first.
    private var firstEnd = Int.max
    /// Records that may still be made: blocks times variables, or assignments times variables, would be too many in what
    /// a hostile module says.
    private var records = 200_000

    /// Variables that are somewhere at once.
    private static let activeLimit = 256
    private static let spanLimit = 50_000

    init(_ spans: [Span]) {
        self.spans = spans.prefix(Self.spanLimit).sorted {
            ($0.range.lowerBound, $0.variable) < ($1.range.lowerBound, $1.variable)
        }
    }

    var isEmpty: Bool { spans.isEmpty }

    /// Goes on to a module offset. Returns the variables that are nowhere any more, and the spans that begin.
    mutating func advance(to offset: Int) -> (ended: [Int], begun: [Span]) {
        var ended: Set<Int> = []
        if offset >= firstEnd {
            for (variable, span) in active where span.range.upperBound <= offset {
                remove(variable)
                ended.insert(variable)
            }
            firstEnd = active.values.map(\.range.upperBound).min() ?? Int.max
        }
        var begun: [Span] = []
        while next < spans.count, spans[next].range.lowerBound <= offset {
            let span = spans[next]
            next += 1
            guard span.range.upperBound > offset, active.count < Self.activeLimit, records > 0 else { continue }
            remove(span.variable)
            ended.remove(span.variable)
            active[span.variable] = span
            if case .local(let local) = span.kind { variablesOfLocal[local, default: []].insert(span.variable) }
            firstEnd = min(firstEnd, span.range.upperBound)
            begun.append(span)
        }
        return (ended.sorted(), begun)
    }

    private mutating func remove(_ variable: Int) {
        guard let span = active.removeValue(forKey: variable) else { return }
        if case .local(let local) = span.kind { variablesOfLocal[local]?.remove(variable) }
    }

    /// The variables that are the value of a local.
    func variables(ofLocal local: UInt32) -> [Int] { variablesOfLocal[local]?.sorted() ?? [] }

    /// The spans that hold, to be said again where control meets.
    var repeated: [Span] { active.sorted { $0.key < $1.key }.map(\.value) }

    /// Counts a record. Returns the variables of which nothing is said from here on, when there have been too many.
    mutating func countRecord() -> [Int] {
        records -= 1
        guard records == 0 else { return [] }
        let variables = active.keys.sorted()
        for variable in variables { remove(variable) }
        return variables
    }
}
