/// Where code comes from: the rows of all line number programs.
///
/// Specification: DWARF 4 and 5, section 6.2
struct LineTable {
    /// A row holds from its offset to that of the next one. 16 bytes.
    struct Row {
        /// Module offset; those of a table ascend.
        var offset: UInt32
        /// Index in `files`.
        var file: UInt32
        /// From 1; 0 for code that belongs to no line.
        var line: UInt32
        /// From 1; 0 when not known.
        var column: UInt16
        var flags: Flags
    }

    struct Flags: OptionSet {
        let rawValue: UInt8

        /// A place to stop at.
        static let isStatement = Flags(rawValue: 1)
        /// Where a function's frame is complete.
        static let endsPrologue = Flags(rawValue: 2)
        /// The end of a run of code: nothing is known from here on.
        static let endsSequence = Flags(rawValue: 4)
    }

    private(set) var rows: [Row] = []
    private(set) var files: [LineFile] = []
    /// The directory of the unit of each program.
    private(set) var directories: [DWARFString?] = []
    /// For each program, by its offset in the section: the indices in `files` of its files from number 0 on.
    private var programs: [UInt64: Range<Int>] = [:]

    /// Runs all programs of the section. What is behind something malformed in one of them is not there.
    init(_ sections: DebugSections, units: [DebugUnit]) {
        var unitDirectories: [UInt64: DWARFString] = [:]
        for unit in units { if let program = unit.lineProgram { unitDirectories[program] = unit.directory } }
        var runner = LineProgramRunner(sections)
        var reader = sections.reader(sections.line)
        do throws(DWARFError) {
            while !reader.isAtEnd {
                let offset = UInt64(reader.position - sections.line.lowerBound)
                let (length, offsetSize) = try reader.unitLength()
                let unit = try reader.sub(min(length, UInt64(reader.remaining)))
                do throws(DWARFError) {
                    let header = try LineProgramHeader(unit, offsetSize: offsetSize, sections)
                    let files = addFiles(of: header)
                    programs[offset] = files
                    directories.append(unitDirectories[offset])
                    try runner.run(header, files: files)
                } catch {}
            }
        } catch {}
        rows = runner.merged()
    }

    /// Adds a program's files. Returns their indices, that of number 0 first.
    private mutating func addFiles(of header: LineProgramHeader) -> Range<Int> {
        let program = directories.count
        let base = files.count
        // Before version 5, number 0 of both lists is the unit's.
        let first = header.version >= 5 ? 0 : 1
        if first == 1 { files.append(LineFile(name: DWARFString(position: 0), directory: nil, program: program)) }
        for file in header.files where files.count < DebugInfoLimits.files {
            var directory: DWARFString?
            if file.directory >= UInt64(first), file.directory - UInt64(first) < UInt64(header.directories.count) {
                directory = header.directories[Int(file.directory) - first]
            }
            files.append(LineFile(name: file.name, directory: directory, program: program))
        }
        return base..<files.count
    }

    /// The index in `files` of a number in the program at an offset of the section.
    func file(_ number: UInt64, program: UInt64) -> Int? {
        guard let files = programs[program], number < UInt64(files.count) else { return nil }
        return files.lowerBound + Int(number)
    }

    /// The index of the row that holds at a module offset.
    func rowIndex(at offset: Int) -> Int? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if Int(rows[middle].offset) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, !rows[low - 1].flags.contains(.endsSequence) else { return nil }
        return low - 1
    }

    /// The indices of the rows that hold in a range of module offsets.
    func rows(in range: Range<Int>) -> Range<Int> {
        guard let first = rowIndex(at: range.lowerBound) else { return 0..<0 }
        var end = first
        while end < rows.count, Int(rows[end].offset) < range.upperBound, !rows[end].flags.contains(.endsSequence) {
            end += 1
        }
        return first..<end
    }
}
