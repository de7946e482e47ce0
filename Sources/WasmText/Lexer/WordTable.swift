// Hash tables over bytes: the words of the language, and the identifiers of one text. Both avoid making a
// `String` for each token.

import WasmInstructionTable

/// Distinct byte strings, numbered in the order in which they were added.
///
/// The hash is seeded in each process, so that a hostile text cannot choose names that collide.
struct ByteStringTable: Sendable {
    private(set) var count = 0
    private var storage: [UInt8] = []
    /// Where each string begins in `storage`, and the end of the last.
    private var starts: [UInt32] = [0]
    private var slots: [UInt32] = Array(repeating: empty, count: 64)
    private static let empty = UInt32.max

    /// The bytes of the string with the number `index`.
    func bytes(_ index: UInt32) -> ArraySlice<UInt8> {
        storage[Int(starts[Int(index)])..<Int(starts[Int(index) + 1])]
    }

    /// The number of a string, or nil if it was never added.
    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let found = slots[slot(bytes)]
        return found == ByteStringTable.empty ? nil : found
    }

    /// The number of a string, added if it is new.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let place = slot(bytes)
        if slots[place] != ByteStringTable.empty { return slots[place] }
        let index = UInt32(count)
        slots[place] = index
        storage.append(contentsOf: bytes)
        starts.append(UInt32(storage.count))
        count += 1
        if count * 2 > slots.count { grow() }
        return index
    }

    private func slot(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let mask = slots.count - 1
        var place = ByteStringTable.hash(bytes) & mask
        while slots[place] != ByteStringTable.empty, !equals(slots[place], bytes) { place = (place + 1) & mask }
        return place
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        return hasher.finalize()
    }

    private func equals(_ index: UInt32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[Int(index)])
        guard Int(starts[Int(index) + 1]) - start == bytes.count else { return false }
        for offset in 0..<bytes.count where storage[start + offset] != bytes[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: ByteStringTable.empty, count: slots.count * 2)
        let mask = slots.count - 1
        for index in 0..<UInt32(count) {
            var place = bytes(index).withUnsafeBufferPointer { ByteStringTable.hash($0) & mask }
            while slots[place] != ByteStringTable.empty { place = (place + 1) & mask }
            slots[place] = index
        }
    }
}

/// The words of the language.
struct WordTable: Sendable {
    enum Word {
        case keyword(UInt32)
        case mnemonic(UInt32)
    }

    private var strings = ByteStringTable()
    private var words: [Word] = []

    static let all: WordTable = {
        var table = WordTable()
        for (code, keyword) in Keyword.all.enumerated() { table.add(keyword.rawValue, .keyword(UInt32(code))) }
        for (index, mnemonic) in Mnemonic.all.enumerated() {
            // Rows such as `ref.test null` are the same word with something behind it.
            let spelling = mnemonic.row.mnemonic
            if !spelling.utf8.contains(0x20) { table.add(spelling, .mnemonic(UInt32(index))) }
        }
        return table
    }()

    private mutating func add(_ spelling: String, _ word: Word) {
        let index = Array(spelling.utf8).withUnsafeBufferPointer { strings.add($0) }
        precondition(Int(index) == words.count, "\(spelling) stands twice in the table of words")
        words.append(word)
    }

    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Word? {
        strings.find(bytes).map { words[Int($0)] }
    }
}
