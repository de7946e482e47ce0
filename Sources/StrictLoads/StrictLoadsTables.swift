// Containers of the analysis, which has to look at each use of each value of a module in little time.

import LLVMBridge

/// Numbers for LLVM's references. A dictionary's hash is as good as it has to be for keys that an attacker chooses;
/// addresses of LLVM's objects are not chosen.
struct ReferenceNumbers<Reference: IRReference> {
    private var keys: [Reference?]
    private var numbers: [Int]
    private var count = 0

    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        keys = Array(repeating: nil, count: size)
        numbers = Array(repeating: 0, count: size)
    }

    private func slot(_ key: Reference) -> Int {
        let mask = keys.count - 1
        // Objects are at least 16 bytes apart; the multiplication lets the rest of the address count, too.
        var slot =
            Int(truncatingIfNeeded: (UInt64(UInt(bitPattern: key.ref)) >> 4 &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while let other = keys[slot], other != key { slot = (slot + 1) & mask }
        return slot
    }

    subscript(_ key: Reference) -> Int? {
        let slot = slot(key)
        return keys[slot] == nil ? nil : numbers[slot]
    }

    /// Gives a reference that has none a number.
    mutating func insert(_ key: Reference, _ number: Int) {
        if 2 * count >= keys.count { grow() }
        let slot = slot(key)
        keys[slot] = key
        numbers[slot] = number
        count += 1
    }

    private mutating func grow() {
        var larger = ReferenceNumbers(capacity: keys.count)
        for (key, number) in zip(keys, numbers) {
            if let key { larger.insert(key, number) }
        }
        self = larger
    }
}

/// A list of numbers for each of the first numbers, in one array.
struct NumberLists {
    private var starts: [Int] = [0]
    private var elements: [Int] = []

    init() {}

    /// Lists of the second numbers of `pairs` by their first ones, which are less than `count`.
    init(count: Int, _ pairs: [(Int, Int)]) {
        starts = Array(repeating: 0, count: count + 1)
        for pair in pairs { starts[pair.0 + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        elements = Array(repeating: 0, count: pairs.count)
        var next = starts
        for pair in pairs {
            elements[next[pair.0]] = pair.1
            next[pair.0] += 1
        }
    }

    var count: Int { starts.count - 1 }

    /// Adds to the list that `finishList` will end.
    mutating func append(_ element: Int) { elements.append(element) }

    mutating func finishList() { starts.append(elements.count) }

    func range(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

    /// Whether the list that `finishList` will end has `element`.
    func isInOpenList(_ element: Int) -> Bool { elements[starts[starts.count - 1]...].contains(element) }

    subscript(_ index: Int) -> ArraySlice<Int> { elements[range(index)] }

    /// The lists of a graph's edges, turned round.
    func reversed() -> NumberLists {
        var pairs: [(Int, Int)] = []
        pairs.reserveCapacity(elements.count)
        for index in 0..<count {
            for element in self[index] { pairs.append((element, index)) }
        }
        return NumberLists(count: count, pairs)
    }
}
