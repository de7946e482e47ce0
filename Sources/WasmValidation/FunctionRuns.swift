// Functions in runs, each of which one thread validates.

import WasmSpec

enum FunctionRuns {
    /// Of a thread that validates. Nothing there is recursive.
    static let threadStackBytes = 1 << 20

    /// Bytes of code from which on a run ends: about a millisecond's work, a hundred times what starting a thread takes.
    private static let bytes = 64 << 10
    /// What a function takes besides its bytes: there may be very many without any.
    private static let bytesOfFunction = 16

    /// All positions of `functions`, in order. A function is never divided, so that a large one is a run of its own size.
    static func divide(_ functions: [Function]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var (start, size) = (0, 0)
        for (position, function) in functions.enumerated() {
            size += function.body.count + bytesOfFunction
            guard size >= bytes else { continue }
            runs.append(start..<position + 1)
            (start, size) = (position + 1, 0)
        }
        if start < functions.count { runs.append(start..<functions.count) }
        return runs
    }
}
