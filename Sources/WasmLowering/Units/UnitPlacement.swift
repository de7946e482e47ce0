// Where a unit lies in its module. What is made of the unit alone does not know: it stays the same when code before it
// grows.

import WasmBinary
import WasmSpec

/// Numbers for the module offsets of a unit's functions, which do not change with what lies before or between them. They
/// are what the unit has as lines.
struct PlaceNumbering: Hashable, Sendable {
    /// A run of offsets, and the number of the first of them.
    struct Run: Hashable, Sendable {
        var line: UInt32
        var offset: UInt32
    }

    /// Ascending; empty when numbers are the offsets themselves.
    let runs: [Run]

    /// Offsets stand for themselves.
    static let offsets = PlaceNumbering(runs: [])

    init(runs: [Run]) { self.runs = runs }

    /// - Parameter entries: the code entries of the unit's functions, ascending.
    init(_ entries: [Range<Int>]) {
        var line: UInt32 = 1
        runs = entries.map { entry in
            // Behind the last instruction, too, there may be a place.
            defer { line += UInt32(entry.count) + 1 }
            return Run(line: line, offset: UInt32(entry.lowerBound))
        }
    }

    func line(ofOffset offset: UInt32) -> UInt32 {
        guard offset != 0, let run = last(where: { $0.offset <= offset }) else { return offset }
        return offset - run.offset + run.line
    }

    func offset(ofLine line: UInt32) -> UInt32 {
        guard line != 0, let run = last(where: { $0.line <= line }) else { return line }
        return line - run.line + run.offset
    }

    private func last(where isBelow: (Run) -> Bool) -> Run? {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if isBelow(runs[middle]) { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? runs[low - 1] : nil
    }
}

/// What the table of trap places needs to know besides the unit's object.
struct UnitPlacement: Hashable, Sendable {
    /// Unique in the compilation, and the name of the object.
    var name: String
    /// The symbol at the start of the unit's code.
    var textSymbol: String
    /// The number of the instance in the program.
    var instance = 0
    var numbering = PlaceNumbering.offsets
    /// Whether lines are the source's (`-g`).
    var hasSource = false
    /// Whether the program has places of code (`CompileOptions.includesPlaces`).
    var includesPlaces = true
    /// Whether exceptions may pass through the program's code.
    var isUnwound = false
    /// Bytes that functions pop when they return, by symbol; those that pop nothing are left out.
    var popped: [String: Int] = [:]
}
