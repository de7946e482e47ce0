// The words of a function's register code while it is made.

struct CodeBuffer {
    private(set) var words: [UInt64] = []

    var count: Int { words.count }

    mutating func append(_ handler: Handler) { words.append(codeWord(handler)) }

    mutating func append(_ word: UInt64) { words.append(word) }

    mutating func append<Pointee>(_ pointer: UnsafeMutablePointer<Pointee>) {
        words.append(UInt64(UInt(bitPattern: pointer)))
    }

    /// Two 32-bit operands.
    mutating func append(_ low: Int, _ high: Int) {
        words.append(UInt64(UInt32(low)) | UInt64(UInt32(high)) << 32)
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

    /// In the upper half of the first operand word.
    init(immediateOf instruction: Int) {
        self.instruction = instruction
        half = 2 * (instruction + 1) + 1
    }

    init(instruction: Int, half: Int) {
        self.instruction = instruction
        self.half = half
    }
}

/// Four 16-bit operands in one word.
@inline(__always)
func fields(_ first: Int, _ second: Int = 0, _ third: Int = 0, _ fourth: Int = 0) -> UInt64 {
    UInt64(UInt16(first)) | UInt64(UInt16(second)) << 16 | UInt64(UInt16(third)) << 32
        | UInt64(UInt16(fourth)) << 48
}

/// Two 16-bit operands and a 32-bit one.
@inline(__always)
func fields(_ first: Int, _ second: Int, immediate: UInt32) -> UInt64 {
    UInt64(UInt16(first)) | UInt64(UInt16(second)) << 16 | UInt64(immediate) << 32
}
