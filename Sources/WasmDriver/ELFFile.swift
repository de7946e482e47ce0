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
    private static let segmentTypeNote: UInt64 = 4

    /// Nil when the bytes are no such file.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 64, bytes.starts(with: Self.magic), bytes[4] == Self.class64,
            bytes[5] == Self.littleEndian
        else { return nil }
        self.bytes = bytes
    }

    /// All notes, up to the first that lies outside of the file.
    var notes: [Note] {
        guard let table = integer(at: 32, bytes: 8), let entrySize = integer(at: 54, bytes: 2),
            let count = integer(at: 56, bytes: 2), entrySize >= 56
        else { return [] }
        var notes: [Note] = []
        for index in 0..<count {
            let (entry, overflow) = table.addingReportingOverflow(index * entrySize)
            guard !overflow, let type = integer(at: entry, bytes: 4), let offset = integer(at: entry &+ 8, bytes: 8),
                let size = integer(at: entry &+ 32, bytes: 8)
            else { break }
            if type == Self.segmentTypeNote { notes += segmentNotes(offset: offset, size: size) }
        }
        return notes
    }

    /// The contents of the first section of this name; nil when there is none, or it lies outside of the file.
    func section(named name: String) -> ArraySlice<UInt8>? {
        guard let table = integer(at: 40, bytes: 8), let entrySize = integer(at: 58, bytes: 2),
            let count = integer(at: 60, bytes: 2), let namesIndex = integer(at: 62, bytes: 2), entrySize >= 64,
            let names = sectionContents(table, namesIndex * entrySize)
        else { return nil }
        let wanted = Array(name.utf8) + [0]
        for index in 0..<count {
            let (entry, overflow) = table.addingReportingOverflow(index * entrySize)
            guard !overflow, let nameOffset = integer(at: entry, bytes: 4) else { return nil }
            if names.dropFirst(Int(nameOffset)).starts(with: wanted) {
                return sectionContents(table, index * entrySize)
            }
        }
        return nil
    }

    private func sectionContents(_ table: UInt64, _ entryOffset: UInt64) -> ArraySlice<UInt8>? {
        let (entry, overflow) = table.addingReportingOverflow(entryOffset)
        guard !overflow, let offset = integer(at: entry &+ 24, bytes: 8), let size = integer(at: entry &+ 32, bytes: 8)
        else { return nil }
        return slice(offset, size)
    }

    private func segmentNotes(offset: UInt64, size: UInt64) -> [Note] {
        guard let segment = slice(offset, size) else { return [] }
        var notes: [Note] = []
        var position = UInt64(segment.startIndex)
        let end = UInt64(segment.endIndex)
        while position + 12 <= end, let ownerSize = integer(at: position, bytes: 4),
            let size = integer(at: position + 4, bytes: 4), let type = integer(at: position + 8, bytes: 4)
        {
            let descriptionStart = position + 12 + aligned(ownerSize)
            let next = descriptionStart + aligned(size)
            guard next <= end, let owner = slice(position + 12, ownerSize),
                let description = slice(descriptionStart, size)
            else { break }
            notes.append(Note(owner: owner, type: UInt32(type), description: description))
            position = next
        }
        return notes
    }

    /// Sizes are of 32 bits here, so that this cannot overflow.
    private func aligned(_ size: UInt64) -> UInt64 { (size + 3) & ~3 }

    private func slice(_ offset: UInt64, _ size: UInt64) -> ArraySlice<UInt8>? {
        guard offset <= UInt64(bytes.count), size <= UInt64(bytes.count) - offset else { return nil }
        return bytes[Int(offset)..<Int(offset + size)]
    }

    private func integer(at offset: UInt64, bytes count: UInt64) -> UInt64? {
        slice(offset, count)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
