/// The simplest choices found for which `isInteresting` still holds, starting from `choices`, for which it does.
///
/// Removes parts, then makes bytes 0 or smaller, until nothing changes or `maximumAttempts` are made.
public func shrink(
    _ choices: [UInt8], maximumAttempts: Int = 2000, isInteresting: ([UInt8]) throws -> Bool
) rethrows -> [UInt8] {
    var best = choices
    var attempts = 0
    func accept(_ candidate: [UInt8]) throws -> Bool {
        guard attempts < maximumAttempts, candidate != best else { return false }
        attempts += 1
        guard try isInteresting(candidate) else { return false }
        best = candidate
        return true
    }
    var previous: [UInt8] = []
    while best != previous, attempts < maximumAttempts {
        previous = best
        var size = max(1, best.count / 2)
        while true {
            var start = max(0, best.count - size)
            while start >= 0 {
                let end = min(best.count, start + size)
                let isRemoved = try accept(Array(best[..<start]) + best[end...])
                if !isRemoved, end <= best.count, start < end {
                    var zeroed = best
                    for position in start..<end { zeroed[position] = 0 }
                    _ = try accept(zeroed)
                }
                if start == 0 { break }
                start = max(0, start - size)
            }
            if size == 1 { break }
            size /= 2
        }
        for position in best.indices where best[position] > 0 {
            for smaller in [best[position] / 2, best[position] - 1] where position < best.count {
                var candidate = best
                candidate[position] = smaller
                _ = try accept(candidate)
            }
        }
    }
    return best
}
