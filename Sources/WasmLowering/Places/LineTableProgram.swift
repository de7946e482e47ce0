// Line number programs.
// Specification: https://dwarfstd.org/doc/DWARF5.pdf, section 6.2

import Diagnostics
import WasmDebugInfo

/// Runs the line number programs of `.debug_line`, DWARF 4 and 5.
struct LineProgramReader {
    let object: LineTableObject
    /// Index of the section of guest code.
    let section: Int
    /// Relocations of `.debug_line`, by their offset in the file.
    let relocations: [Int: LineTableObject.Relocation]
    /// Where module offsets are.
    let offsets: LineTable.Offsets
    /// What has been read of the section of guest code: runs of ascending addresses.
    private(set) var sequences: [[LineTable.Entry]] = []

    init(
        object: LineTableObject, section: Int, relocations: [Int: LineTableObject.Relocation],
        offsets: LineTable.Offsets
    ) {
        self.offsets = offsets
        self.object = object
        self.section = section
        self.relocations = relocations
    }

    /// The fields of a program's header that change what opcodes do.
    private struct Header {
        var minimumInstructionLength: UInt64 = 1
        var lineBase: Int64 = 0
        var lineRange: UInt8 = 1
        var opcodeBase: UInt8 = 1
        var operandCounts: [UInt8] = []
    }

    /// The registers that matter here.
    private struct Registers {
        var address: UInt64 = 0
        var line: Int64 = 1
        /// Of the next row alone.
        var discriminator: UInt64 = 0
        /// Whether the address lies in the section of guest code.
        var isGuestCode = false
    }

    /// Reads the program at the reader's position, and moves the reader behind it.
    mutating func readUnit(_ units: inout LineTableReader) throws(Diagnostic) {
        // 0xffffffff would announce the 64-bit format, which LLVM writes on request only; the length is too large.
        var unit = try units.sub(UInt64(try units.u32()))
        let version = try unit.u16()
        guard version == 4 || version == 5 else { throw LineTableReader.damaged("DWARF version \(version)") }
        if version == 5 { try unit.skip(2) }  // address size, segment selector size
        var headerReader = try unit.sub(UInt64(try unit.u32()))
        let header = try Self.readHeader(&headerReader)
        try run(header, &unit)
    }

    private static func readHeader(_ reader: inout LineTableReader) throws(Diagnostic) -> Header {
        var header = Header()
        header.minimumInstructionLength = UInt64(try reader.u8())
        let maximumOperations = try reader.u8()
        guard maximumOperations == 1 else {
            throw LineTableReader.damaged("\(maximumOperations) operations per instruction")
        }
        try reader.skip(1)  // default_is_stmt
        header.lineBase = Int64(Int8(bitPattern: try reader.u8()))
        header.lineRange = try reader.u8()
        header.opcodeBase = try reader.u8()
        guard header.lineRange > 0, header.opcodeBase > LineOpcode.fixedAdvancePC else {
            throw LineTableReader.damaged("line range \(header.lineRange), opcode base \(header.opcodeBase)")
        }
        for _ in 1..<header.opcodeBase { header.operandCounts.append(try reader.u8()) }
        return header
    }

    private mutating func run(_ header: Header, _ program: inout LineTableReader) throws(Diagnostic) {
        var registers = Registers()
        var sequence: [LineTable.Entry] = []
        while !program.isAtEnd {
            let opcode = try program.u8()
            if opcode >= header.opcodeBase {
                let adjusted = opcode - header.opcodeBase
                advance(&registers, UInt64(adjusted / header.lineRange), header)
                registers.line &+= header.lineBase + Int64(adjusted % header.lineRange)
                try append(&sequence, &registers)
                continue
            }
            switch opcode {
            case 0: try runExtended(&program, &registers, &sequence)
            case LineOpcode.copy: try append(&sequence, &registers)
            case LineOpcode.advancePC: advance(&registers, try program.uleb128(), header)
            case LineOpcode.advanceLine: registers.line &+= try program.sleb128()
            case LineOpcode.constAddPC:
                advance(&registers, UInt64((255 - header.opcodeBase) / header.lineRange), header)
            case LineOpcode.fixedAdvancePC:
                // A relocation here is a distance that the linker's relaxation may still change.
                guard relocations[program.position] == nil else {
                    throw LineTableReader.damaged("distances are left to the linker: relaxation is not supported")
                }
                registers.address &+= UInt64(try program.u16())
            default: for _ in 0..<header.operandCounts[Int(opcode) - 1] { _ = try program.uleb128() }
            }
        }
        guard sequence.isEmpty else { throw LineTableReader.damaged("a sequence does not end") }
    }

    private mutating func runExtended(
        _ program: inout LineTableReader, _ registers: inout Registers, _ sequence: inout [LineTable.Entry]
    ) throws(Diagnostic) {
        var operands = try program.sub(try program.uleb128())
        switch try operands.u8() {
        case ExtendedLineOpcode.endSequence:
            registers.line = 0
            registers.discriminator = 0
            try append(&sequence, &registers)
            if !sequence.isEmpty { sequences.append(sequence) }
            sequence = []
            registers = Registers()
        case ExtendedLineOpcode.setAddress:
            let relocation = relocations[operands.position]
            let written = try operands.u64()
            guard let relocation, written == 0, relocation.type == object.machine.absolute64 else {
                throw LineTableReader.damaged("an address without a relocation that gives it")
            }
            let symbol = object.symbols[relocation.symbol]
            registers.address = symbol.value &+ UInt64(bitPattern: relocation.addend)
            registers.isGuestCode = symbol.section == section
        case ExtendedLineOpcode.setDiscriminator: registers.discriminator = try operands.uleb128()
        // Nothing else moves the registers, and the reader of the operands ends behind them.
        default: break
        }
    }

    private func advance(_ registers: inout Registers, _ count: UInt64, _ header: Header) {
        registers.address &+= count &* header.minimumInstructionLength
    }

    /// Appends the current place. Addresses ascend within a sequence and do not leave the section.
    private func append(_ sequence: inout [LineTable.Entry], _ registers: inout Registers) throws(Diagnostic) {
        defer { registers.discriminator = 0 }
        guard registers.isGuestCode else { return }
        let offset = offsets == .lines ? registers.line : Int64(bitPattern: registers.discriminator)
        guard let line = UInt32(exactly: offset) else {
            throw LineTableReader.damaged("line \(registers.line)")
        }
        let last = sequence.last?.textOffset ?? 0
        guard registers.address >= last, registers.address <= object.sections[section].size else {
            throw LineTableReader.damaged("address \(registers.address) behind \(last)")
        }
        sequence.append(LineTable.Entry(textOffset: registers.address, line: line))
    }
}
