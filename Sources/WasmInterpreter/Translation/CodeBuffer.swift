// The words of a function's register code while it is made.

struct CodeBuffer {
    private(set) var words: [UInt64] = []

    var count: Int { words.count }

    mutating func append(_ handler: Handler) { words.append(codeWord(handler)) }

    mutating func append(_ word: UInt64) { words.append(word) }

    /// Appends bytes in whole words, the last filled up with zeros.
    mutating func appendWords(of bytes: UnsafeRawBufferPointer) {
        let start = words.count
        words.append(contentsOf: repeatElement(0, count: (bytes.count + 7) / 8))
        words.withUnsafeMutableBytes {
            UnsafeMutableRawBufferPointer(rebasing: $0[(8 * start)...]).copyBytes(from: bytes)
        }
    }

    /// Removes everything from word `index`.
    mutating func truncate(to index: Int) { words.removeLast(words.count - index) }

    /// Replaces the 16-bit operand 0 of the instruction at `instruction`.
    mutating func setResult(_ slot: Int, of instruction: Int) {
        words[instruction + 1] = words[instruction + 1] & ~0xFFFF | UInt64(slot)
    }

    /// Sets the 32-bit displacement at `place`, relative to its instruction.
    mutating func resolve(_ place: BranchPlace, to target: Int) {
        setHalf(place.half, Int(UInt32(bitPattern: Int32(target - place.instruction))))
    }

    /// Sets a 32-bit half of the code.
    mutating func setHalf(_ half: Int, _ value: Int) {
        let shift = UInt64(half & 1) * 32
        words[half / 2] = words[half / 2] & ~(0xFFFF_FFFF << shift) | UInt64(UInt32(value)) << shift
    }
}

/// A displacement in the code, to be set when its target is known.
struct BranchPlace {
    /// The word index of the branch, to which the displacement is relative.
    let instruction: Int
    /// The 32-bit half of the code where it stands.
    let half: Int

    /// That of `Layout.Branch`.
    init(branchAt instruction: Int) {
        self.instruction = instruction
        half = 2 * (instruction + 1) + MemoryLayout<Layout.Branch>.offset(of: \.displacement)! / 4
    }

    init(instruction: Int, half: Int) {
        self.instruction = instruction
        self.half = half
    }
}
