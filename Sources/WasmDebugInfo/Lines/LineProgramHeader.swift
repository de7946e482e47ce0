// Headers of line number programs. Specification: DWARF 4 and 5, section 6.2.4

/// A file of a line number program. Relative names are in `directory`, and that, when relative too, in the unit's.
struct LineFile {
    var name: DWARFString
    var directory: DWARFString?
    /// The number of its program.
    var program: Int
}

/// The header of a line number program.
struct LineProgramHeader {
    var version: UInt16
    var minimumInstructionLength: UInt64 = 1
    var startsAsStatement = true
    var lineBase: Int64 = 0
    var lineRange: UInt8 = 1
    var opcodeBase: UInt8 = 1
    var operandCounts: [UInt8] = []
    /// Directories and files, numbered from 1 before version 5 and from 0 since.
    var directories: [DWARFString] = []
    var files: [(name: DWARFString, directory: UInt64)] = []
    /// The instructions behind the header.
    var program: DWARFReader

    /// Reads the header at the start of `unit`, which holds one program.
    init(_ unit: DWARFReader, offsetSize: Int, _ sections: DebugSections) throws(DWARFError) {
        var unit = unit
        version = try unit.u16()
        guard (2...5).contains(version) else { throw DWARFError("version \(version) of a line table") }
        if version == 5 { try unit.skip(2) }  // address size, segment selector size
        var header = try unit.sub(try unit.fixed(offsetSize))
        program = unit
        minimumInstructionLength = UInt64(try header.u8())
        if version >= 4 { try header.skip(1) }  // operations per instruction
        startsAsStatement = try header.u8() != 0
        lineBase = Int64(Int8(bitPattern: try header.u8()))
        lineRange = try header.u8()
        opcodeBase = try header.u8()
        guard lineRange > 0, opcodeBase > 0 else { throw DWARFError("a line range or opcode base of 0") }
        for _ in 1..<max(1, opcodeBase) { operandCounts.append(try header.u8()) }
        // Without files, offsets and lines still count.
        do throws(DWARFError) {
            if version == 5 {
                try readLists(&header, offsetSize, sections)
            } else {
                try readOldLists(&header)
            }
        } catch {}
    }

    private mutating func readOldLists(_ header: inout DWARFReader) throws(DWARFError) {
        while try header.peek() != 0 { directories.append(try header.string()) }
        try header.skip(1)
        while try header.peek() != 0, files.count < DebugInfoLimits.files {
            let name = try header.string()
            files.append((name, try header.uleb128()))
            _ = try header.uleb128()
            _ = try header.uleb128()
        }
    }

    private enum Content {
        static let path: UInt64 = 1
        static let directoryIndex: UInt64 = 2
    }

    private mutating func readLists(
        _ header: inout DWARFReader, _ offsetSize: Int, _ sections: DebugSections
    ) throws(DWARFError) {
        for (name, _) in try Self.list(&header, offsetSize, sections) { directories.append(name) }
        files = try Self.list(&header, offsetSize, sections)
    }

    /// A list whose entries have a described format.
    private static func list(
        _ header: inout DWARFReader, _ offsetSize: Int, _ sections: DebugSections
    ) throws(DWARFError) -> [(name: DWARFString, directory: UInt64)] {
        var format: [(content: UInt64, form: DWARFForm)] = []
        for _ in 0..<(try header.u8()) {
            let content = try header.uleb128()
            format.append((content, DWARFForm(rawValue: UInt16(truncatingIfNeeded: try header.uleb128()))))
        }
        let count = try header.uleb128()
        var result: [(name: DWARFString, directory: UInt64)] = []
        guard !format.isEmpty else { return result }
        for _ in 0..<min(count, UInt64(DebugInfoLimits.files)) {
            let start = header.position
            var entry = (name: DWARFString(position: 0), directory: UInt64(0))
            for (content, form) in format {
                switch content {
                case Content.path: entry.name = try header.path(form, offsetSize, sections)
                case Content.directoryIndex: entry.directory = try header.number(form)
                default: try header.skipContent(form, offsetSize)
                }
            }
            // Entries that take no bytes would be as many as the count says.
            guard header.position > start else { return result }
            result.append(entry)
        }
        return result
    }
}

extension DWARFReader {
    /// The next byte, which is not consumed.
    fileprivate func peek() throws(DWARFError) -> UInt8 {
        var copy = self
        return try copy.u8()
    }

    fileprivate mutating func path(
        _ form: DWARFForm, _ offsetSize: Int, _ sections: DebugSections
    ) throws(DWARFError) -> DWARFString {
        switch form {
        case .string: return try string()
        case .lineStrp: return try sections.lineString(at: try fixed(offsetSize))
        case .strp: return try sections.string(at: try fixed(offsetSize))
        default: throw DWARFError("a path of form \(form.rawValue)")
        }
    }

    fileprivate mutating func number(_ form: DWARFForm) throws(DWARFError) -> UInt64 {
        switch form {
        case .data1: return try fixed(1)
        case .data2: return try fixed(2)
        case .data4: return try fixed(4)
        case .data8: return try fixed(8)
        case .udata: return try uleb128()
        default: throw DWARFError("a number of form \(form.rawValue)")
        }
    }

    fileprivate mutating func skipContent(_ form: DWARFForm, _ offsetSize: Int) throws(DWARFError) {
        switch form {
        case .data16: try skip(16)
        case .block: try skip(try uleb128())
        case .block1: try skip(try fixed(1))
        case .string: _ = try string()
        case .lineStrp, .strp, .secOffset: try skip(UInt64(offsetSize))
        default: _ = try number(form)
        }
    }
}
