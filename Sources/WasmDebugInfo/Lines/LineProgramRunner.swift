// Line number programs. Specification: DWARF 4 and 5, sections 6.2.2 and 6.2.5

/// Runs line number programs and keeps their rows.
struct LineProgramRunner {
    private typealias Row = LineTable.Row

    private let sections: DebugSections
    /// The rows of all sequences, one sequence after the other.
    private var rows: [Row] = []
    private var sequences: [Range<Int>] = []

    init(_ sections: DebugSections) { self.sections = sections }

    private struct Registers {
        var address: UInt64 = 0
        var file: UInt64 = 1
        var line: Int64 = 1
        var column: UInt64 = 0
        var isStatement: Bool
        var endsPrologue = false
    }

    /// A program while it runs.
    private struct Run {
        let header: LineProgramHeader
        let files: Range<Int>
        var registers: Registers
        /// The first row of the open sequence.
        var start: Int

        /// The index of the current file; of none for a number that the program does not have.
        var file: UInt32 {
            registers.file < UInt64(files.count) ? UInt32(files.lowerBound) + UInt32(registers.file) : UInt32.max
        }

        mutating func advance(_ operations: UInt64) {
            registers.address &+= operations &* header.minimumInstructionLength
        }
    }

    /// Runs a program whose files, from number 0 on, have the indices `files`.
    mutating func run(_ header: LineProgramHeader, files: Range<Int>) throws(DWARFError) {
        var run = Run(
            header: header, files: files, registers: Registers(isStatement: header.startsAsStatement),
            start: rows.count)
        var program = header.program
        // A sequence without its end covers no one knows what.
        defer { rows.removeSubrange(run.start...) }
        while !program.isAtEnd {
            let opcode = try program.u8()
            if opcode >= header.opcodeBase {
                let adjusted = opcode - header.opcodeBase
                run.advance(UInt64(adjusted / header.lineRange))
                run.registers.line &+= header.lineBase &+ Int64(adjusted % header.lineRange)
                try append(&run)
            } else {
                try standard(opcode, &program, &run)
            }
        }
    }

    private mutating func standard(
        _ opcode: UInt8, _ program: inout DWARFReader, _ run: inout Run
    ) throws(DWARFError) {
        switch opcode {
        case 0: try extended(&program, &run)
        case LineOpcode.copy: try append(&run)
        case LineOpcode.advancePC: run.advance(try program.uleb128())
        case LineOpcode.advanceLine: run.registers.line &+= try program.sleb128()
        case LineOpcode.setFile: run.registers.file = try program.uleb128()
        case LineOpcode.setColumn: run.registers.column = try program.uleb128()
        case LineOpcode.negateStatement: run.registers.isStatement.toggle()
        case LineOpcode.setBasicBlock: break
        case LineOpcode.constAddPC: run.advance(UInt64((255 - run.header.opcodeBase) / run.header.lineRange))
        case LineOpcode.fixedAdvancePC: run.registers.address &+= UInt64(try program.u16())
        case LineOpcode.setPrologueEnd: run.registers.endsPrologue = true
        case LineOpcode.setEpilogueBegin: break
        case LineOpcode.setISA: _ = try program.uleb128()
        default:
            // One that a later version adds; the header says how many operands it has.
            for _ in 0..<run.header.operandCounts[Int(opcode) - 1] { _ = try program.uleb128() }
        }
    }

    private mutating func extended(_ program: inout DWARFReader, _ run: inout Run) throws(DWARFError) {
        var instruction = try program.sub(try program.uleb128())
        guard !instruction.isAtEnd else { return }
        switch try instruction.u8() {
        case ExtendedLineOpcode.endSequence:
            try append(&run, flags: .endsSequence)
            endSequence(&run)
        case ExtendedLineOpcode.setAddress: run.registers.address = try instruction.fixed(min(instruction.remaining, 8))
        default: break  // discriminators, files of old compilers, what vendors add
        }
    }

    private mutating func append(_ run: inout Run, flags: LineTable.Flags = []) throws(DWARFError) {
        guard rows.count < DebugInfoLimits.rows else { throw DWARFError("too many rows") }
        var flags = flags
        if run.registers.isStatement { flags.insert(.isStatement) }
        if run.registers.endsPrologue { flags.insert(.endsPrologue) }
        run.registers.endsPrologue = false
        // Rows of code that the linker left out have no offset, and their sequence is dropped.
        let offset = sections.moduleOffset(run.registers.address) ?? 0
        rows.append(
            Row(
                offset: UInt32(offset), file: run.file,
                line: UInt32(clamping: run.registers.line), column: UInt16(exactly: run.registers.column) ?? 0,
                flags: flags))
    }

    /// Keeps the rows of a sequence whose offsets ascend.
    private mutating func endSequence(_ run: inout Run) {
        let sequence = run.start..<rows.count
        let isOrdered = zip(rows[sequence], rows[sequence].dropFirst()).allSatisfy { $0.offset <= $1.offset }
        if isOrdered, let first = rows[sequence].first, first.offset > 0, first.offset < rows[rows.count - 1].offset {
            sequences.append(sequence)
        } else {
            rows.removeSubrange(sequence)
        }
        run.start = rows.count
        run.registers = Registers(isStatement: run.header.startsAsStatement)
    }

    /// All rows in order. Where two sequences cover the same code, which no compiler writes, the one that begins first
    /// counts. Of rows of one offset the last does: the others cover no code.
    func merged() -> [LineTable.Row] {
        var result: [Row] = []
        result.reserveCapacity(rows.count)
        for sequence in sequences.sorted(by: { rows[$0.lowerBound].offset < rows[$1.lowerBound].offset }) {
            let end = result.last?.offset ?? 0
            guard rows[sequence.upperBound - 1].offset > end else { continue }
            for var row in rows[sequence] where row.offset >= end {
                if let last = result.last, last.offset == row.offset {
                    result.removeLast()
                    // The mark of a function's start stays with its first code.
                    if last.flags.contains(.endsPrologue) { row.flags.insert(.endsPrologue) }
                }
                result.append(row)
            }
        }
        return result
    }
}
