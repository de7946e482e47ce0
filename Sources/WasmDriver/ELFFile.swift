// The little of the ELF format that finding a note or a section takes. Offsets and sizes of the file are not trusted.

/// A 64-bit little-endian ELF file.
struct ELFFile {
    /// A note of a PT_NOTE segment.
    struct Note {
        var owner: ArraySlice<UInt8>
        var type: UInt32
        var description: ArraySlice<UInt8>
    }

    private let bytes: [UInt8]

    static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    private static let class64: UInt8 = 2
    private static let littleEndian: UInt8 = 1
    private static let segmentTypeInterpreter: UInt64 = 3
    private static let segmentTypeNote: UInt64 = 4

    /// Nil when the bytes are no such file.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 64, bytes.starts(with: Self.magic), bytes[4] == Self.class64,
            bytes[5] == Self.littleEndian
        else { return nil }
        self.bytes = bytes
    }

    /// The kind of file (`e_type`).
    var type: UInt64? { integer(at: 16, bytes: 2) }

    /// Whether a dynamic loader has to start it.
    var hasInterpreter: Bool {
        firstSegment { segment in segment.type == Self.segmentTypeInterpreter ? true : nil } ?? false
    }

    /// Most notes that are looked at. Executables have a handful; segments of a hostile file may overlap, each with as
    /// many as fit.
    private static let noteLimit = 1000

    /// The first note that `isWanted` is true of. Those that lie outside of the file, and those behind them in their
    /// segment, are not looked at.
    func firstNote(where isWanted: (Note) -> Bool) -> Note? {
        var left = Self.noteLimit
        return firstSegment { segment in
            guard segment.type == Self.segmentTypeNote, let contents = slice(segment.offset, segment.size) else {
                return nil
            }
            var position = UInt64(contents.startIndex)
            while left > 0, let note = note(at: position, before: UInt64(contents.endIndex)) {
                left -= 1
                if isWanted(note.note) { return note.note }
                position = note.end
            }
            return nil
        }
    }

    /// What a program header says.
    private struct Segment {
        var type: UInt64
        var offset: UInt64
        var size: UInt64
    }

    /// The first result of `find` that is not nil, among the segments up to the first that has no header in the file.
    private func firstSegment<Result>(_ find: (Segment) -> Result?) -> Result? {
        guard let table = integer(at: 32, bytes: 8), let entrySize = integer(at: 54, bytes: 2),
            let count = integer(at: 56, bytes: 2), entrySize >= 56
        else { return nil }
        for index in 0..<count {
            let (entry, overflow) = table.addingReportingOverflow(index * entrySize)
            guard !overflow, slice(entry, 56) != nil, let type = integer(at: entry, bytes: 4),
                let offset = integer(at: entry + 8, bytes: 8), let size = integer(at: entry + 32, bytes: 8)
            else { return nil }
            if let found = find(Segment(type: type, offset: offset, size: size)) { return found }
        }
        return nil
    }

    /// Where the program has a section, and what is in it.
    struct Section {
        var address: UInt64
        var contents: ArraySlice<UInt8>
    }

    /// The contents of the first section of this name; nil when there is none, or it lies outside of the file.
    func section(named name: String) -> ArraySlice<UInt8>? { placedSection(named: name)?.contents }

    /// The first section of this name, as above.
    func placedSection(named name: String) -> Section? {
        guard let table = integer(at: 40, bytes: 8), let entrySize = integer(at: 58, bytes: 2),
            let count = integer(at: 60, bytes: 2), let namesIndex = integer(at: 62, bytes: 2), entrySize >= 64,
            let names = sectionContents(table, namesIndex * entrySize)
        else { return nil }
        let wanted = Array(name.utf8) + [0]
        for index in 0..<count {
            let (entry, overflow) = table.addingReportingOverflow(index * entrySize)
            guard !overflow, let nameOffset = integer(at: entry, bytes: 4) else { return nil }
            if names.dropFirst(Int(nameOffset)).prefix(wanted.count).elementsEqual(wanted) {
                guard let address = integer(at: entry + 16, bytes: 8) else { return nil }
                return sectionContents(table, index * entrySize).map { Section(address: address, contents: $0) }
            }
        }
        return nil
    }

    private func sectionContents(_ table: UInt64, _ entryOffset: UInt64) -> ArraySlice<UInt8>? {
        let (entry, overflow) = table.addingReportingOverflow(entryOffset)
        guard !overflow, slice(entry, 64) != nil, let offset = integer(at: entry + 24, bytes: 8),
            let size = integer(at: entry + 32, bytes: 8)
        else { return nil }
        return slice(offset, size)
    }

    /// The note at `position` of the file, and where the next one begins; nil when it does not end before `end`.
    private func note(at position: UInt64, before end: UInt64) -> (note: Note, end: UInt64)? {
        guard position + 12 <= end, let ownerSize = integer(at: position, bytes: 4),
            let size = integer(at: position + 4, bytes: 4), let type = integer(at: position + 8, bytes: 4)
        else { return nil }
        let descriptionStart = position + 12 + aligned(ownerSize)
        let next = descriptionStart + aligned(size)
        guard next <= end, let owner = slice(position + 12, ownerSize), let description = slice(descriptionStart, size)
        else { return nil }
        return (Note(owner: owner, type: UInt32(type), description: description), next)
    }

    /// Sizes are of 32 bits here, so that this cannot overflow.
    private func aligned(_ size: UInt64) -> UInt64 { (size + 3) & ~3 }

    private func slice(_ offset: UInt64, _ size: UInt64) -> ArraySlice<UInt8>? {
        guard offset <= UInt64(bytes.count), size <= UInt64(bytes.count) - offset else { return nil }
        return bytes[Int(offset)..<Int(offset + size)]
    }

    private func integer(at offset: UInt64, bytes count: UInt64) -> UInt64? {
        guard let field = slice(offset, count) else { return nil }
        var value: UInt64 = 0
        for byte in field.reversed() { value = value << 8 | UInt64(byte) }
        return value
    }
}
