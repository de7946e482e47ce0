import Diagnostics

/// Places of machine code in the module, from the DWARF line table that LLVM writes for an object.
///
/// The lowering gives instructions their module offset as "line", so a line table maps offsets in the code to
/// offsets in the module. Only the section of guest code counts.
struct LineTable {
    /// A place holds from `textOffset` to the next entry.
    struct Entry: Equatable {
        /// Bytes from the start of the object's part of the section.
        var textOffset: UInt64
        /// The offset in the module; 0 when it is not known.
        var line: UInt32
    }

    /// In ascending order of `textOffset`, without duplicates. The last entry of a run of code is unknown.
    let entries: [Entry]

    /// Where a row has its module offset.
    enum Offsets {
        case lines
        /// With `-g`, lines are the source's. A row without a discriminator has no known place.
        case discriminators
    }

    init(entries: [Entry]) { self.entries = entries }

    /// Reads the line table of an object.
    ///
    /// - Parameters:
    ///   - object: a relocatable object as LLVM writes it, for x86-64, AArch64 or RISC-V (64 bits, little endian).
    ///   - section: index of the section of guest code.
    ///   - offsets: where module offsets are.
    ///   - unknown: offsets in it from which on nothing is known, until something is said of what follows.
    ///
    /// Throws `.internal` when the table is damaged, or when the linker may still change the distances in it.
    init(
        _ object: LineTableObject, section: Int, offsets: Offsets = .lines, unknown: [UInt64] = []
    ) throws(Diagnostic) {
        guard let table = try object.index(ofSection: ".debug_line") else {
            entries = []
            return
        }
        var programs = LineProgramReader(
            object: object, section: section, relocations: try object.relocations(ofSection: table), offsets: offsets)
        var units = try LineTableReader(object.bytes, object.sections[table].range)
        while !units.isAtEnd { try programs.readUnit(&units) }
        let known = try Self.merge(programs.sequences)
        let starts = Set(known.map(\.textOffset))
        let others = unknown.filter { !starts.contains($0) }.map { Entry(textOffset: $0, line: 0) }
        entries = others.isEmpty ? known : (known + others).sorted { $0.textOffset < $1.textOffset }
    }

    /// One list of what the sequences say. Where two places have one address, the later in the program counts:
    /// the earlier covers no code.
    private static func merge(_ sequences: [[Entry]]) throws(Diagnostic) -> [Entry] {
        func bounds(_ sequence: [Entry]) -> (UInt64, UInt64) {
            (sequence.first?.textOffset ?? 0, sequence.last?.textOffset ?? 0)
        }
        var entries: [Entry] = []
        for sequence in sequences.sorted(by: { bounds($0) < bounds($1) }) {
            for entry in sequence {
                if let last = entries.last, last.textOffset > entry.textOffset {
                    throw LineTableReader.damaged("two sequences cover address \(entry.textOffset)")
                }
                if entries.last?.textOffset == entry.textOffset { entries.removeLast() }
                entries.append(entry)
            }
        }
        return entries
    }
}
