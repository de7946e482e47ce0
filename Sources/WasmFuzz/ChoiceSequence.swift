// What a generator decides with: bytes, read once from the beginning. A generator that makes the simplest thing
// for a 0 makes a simpler module from a shorter or a smaller sequence, and so modules are reduced by reducing bytes.

/// Numbers that are the same in each run. https://prng.di.unimi.it/splitmix64.c
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<limit`; `limit` is positive.
    public mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// `count` bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) }
    }
}

/// A sequence of choices. Behind its end every choice is 0.
public struct ChoiceSequence: Sendable {
    private let bytes: [UInt8]
    private var position = 0
    /// Choices from here on are 0; at most the number of bytes.
    private var limit: Int

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        limit = bytes.count
    }

    /// The choices of a seed: up to `maximumCount` bytes, of which there are more or less of them.
    public static func bytes(seed: UInt64, maximumCount: Int) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(1 + random.number(below: max(1, maximumCount)))
    }

    public var isExhausted: Bool { position >= limit }

    /// Keeps one of `parts` equal parts of what is left; `release` gives the others back.
    mutating func reserve(oneOf parts: Int) { limit = position + max(0, limit - position) / max(1, parts) }

    mutating func release() { limit = bytes.count }

    public mutating func byte() -> UInt8 {
        guard position < limit else { return 0 }
        position += 1
        return bytes[position - 1]
    }

    /// `count` bytes, the first in the lowest bits; at most 8.
    public mutating func word(_ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(byte()) << UInt64(8 * $1) }
    }

    /// A number in `0..<limit`; 0 for a `limit` of at most 1, which takes no choice.
    public mutating func number(below limit: Int) -> Int {
        limit <= 1 ? 0 : Int(word(limit <= 256 ? 1 : 4)) % limit
    }

    /// True in `count` of 256 cases; false is the simpler one.
    public mutating func chance(_ count: Int) -> Bool { Int(byte()) >= 256 - count }

    /// One of `elements`, which are not empty; the first is the simplest.
    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }
}
