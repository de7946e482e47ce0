/// The nearest of some words, for a word that is none of them.
enum Spelling {
    /// The candidate that needs the fewest changes, when they are few for a word of that length: one letter inserted,
    /// left out, replaced or exchanged with its neighbour is a change, and so is a missing or another dash.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        // Of a letter or two nothing can be told.
        guard word.utf8.count > 2 else { return nil }
        let limit = max(1, (word.utf8.count + 1) / 3)
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(word, candidate)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        if let best { return best.word }
        // Half a word: `--preloa` is near, `--opt` is not, but begins one word only.
        let longer = candidates.filter { $0.hasPrefix(word) }
        return longer.count == 1 ? longer[0] : nil
    }

    /// How many changes turn one word into the other (optimal string alignment, without regard to case).
    static func distance(_ first: String, _ second: String) -> Int {
        let one = Array(first.lowercased().utf8.prefix(100))
        let two = Array(second.lowercased().utf8.prefix(100))
        var beforeLast: [Int] = []
        var last = Array(0...two.count)
        for row in one.indices {
            var current = [row + 1]
            for column in two.indices {
                let isSame = one[row] == two[column]
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
                if row > 0, column > 0, one[row] == two[column - 1], one[row - 1] == two[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[two.count]
    }
}
