// The line table of an object as debuggers get it. Specification: https://dwarfstd.org/doc/DWARF5.pdf, section 6.2

import Diagnostics
import LLVMBridge
import WasmDebugInfo

/// Writes a line table anew, when the module offsets in it have been read.
///
/// LLVM makes a row wherever a discriminator changes, which debuggers take for places to stop at: first of all in the
/// prologue, where variables are not there yet. Without discriminators, rows of one place become one.
struct SourceLines {
    private struct Row: Equatable {
        var address: UInt64 = 0
        var file: UInt64 = 1
        var line: Int64 = 1
        var column: UInt64 = 0
        var isStatement: Bool
        var endsPrologue = false

        func isSamePlace(as other: Row) -> Bool {
            (file, line, column) == (other.file, other.line, other.column)
        }

        /// Whether the code comes from no source.
        var isNowhere: Bool {
            (line, column) == (Int64(DebugMetadata.nowhere.line), UInt64(DebugMetadata.nowhere.column))
        }
    }

    /// The object with another line table.
    ///
    /// Throws `.internal` when the object is not what LLVM writes.
    static func rewritten(_ bytes: [UInt8]) throws(Diagnostic) -> [UInt8] {
        let object = try LineTableObject(bytes)
        guard let index = try object.index(ofSection: ".debug_line") else { return bytes }
        let section = object.sections[index]
        let relocations = try object.relocations(ofSection: index)
        var reader = try LineTableReader(bytes, section.range)
        var table: [UInt8] = []
        var moved: [Int: LineTableObject.Relocation] = [:]
        while !reader.isAtEnd {
            var lines = SourceLines(start: reader.position, relocations: relocations, object)
            try lines.readUnit(bytes, &reader)
            for (offset, relocation) in lines.moved { moved[table.count + offset] = relocation }
            table += lines.output
        }
        return try object.replacing(section: index, with: table, relocations: moved)
    }

    /// Where the unit begins in the file.
    private let start: Int
    private let relocations: [Int: LineTableObject.Relocation]
    private var output: [UInt8] = []
    /// By the offset in `output`.
    private var moved: [Int: LineTableObject.Relocation] = [:]
    private var isStatement = true
    private let symbols: [LineTableObject.Symbol]
    /// Offsets of functions in the section of guest code.
    private let functions: Set<UInt64>

    private init(start: Int, relocations: [Int: LineTableObject.Relocation], _ object: LineTableObject) {
        self.start = start
        self.relocations = relocations
        symbols = object.symbols
        let text = object.sections.firstIndex { $0.name == ModuleLowering.textSection }
        functions = Set(object.symbols.lazy.filter { $0.section == text }.map(\.value))
    }

    // MARK: Reading

    private struct Header {
        var lineBase: Int64
        var lineRange: UInt8
    }

    private mutating func readUnit(_ bytes: [UInt8], _ units: inout LineTableReader) throws(Diagnostic) {
        var unit = try units.sub(UInt64(try units.u32()))
        guard try unit.u16() == DIBuilder.DWARFVersion.v4.rawValue else {
            throw LineTableReader.damaged("another version than 4")
        }
        var fields = try unit.sub(UInt64(try unit.u32()))
        // The header stays as it is, with what refers to strings.
        output += bytes[start..<unit.position]
        for (offset, relocation) in relocations where offset >= start && offset < unit.position {
            moved[offset - start] = relocation
        }
        guard try fields.u8() == 1, try fields.u8() == 1 else {
            throw LineTableReader.damaged("instructions of several bytes or operations")
        }
        isStatement = try fields.u8() != 0
        let base = Int64(Int8(bitPattern: try fields.u8()))
        let header = Header(lineBase: base, lineRange: try fields.u8())
        guard header.lineRange > 0, try fields.u8() == LineOpcode.count else {
            throw LineTableReader.damaged("other opcodes than LLVM's")
        }
        try readProgram(header, &unit)
        let length = UInt32(output.count - 4)
        for index in 0..<4 { output[index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
    }

    private mutating func readProgram(_ header: Header, _ program: inout LineTableReader) throws(Diagnostic) {
        var row = Row(isStatement: isStatement)
        var rows: [Row] = []
        var origin: LineTableObject.Relocation?
        func append() {
            rows.append(row)
            row.endsPrologue = false
        }
        while !program.isAtEnd {
            let opcode = try program.u8()
            if opcode >= LineOpcode.count {
                let adjusted = opcode - LineOpcode.count
                row.address &+= UInt64(adjusted / header.lineRange)
                row.line &+= header.lineBase + Int64(adjusted % header.lineRange)
                append()
                continue
            }
            switch opcode {
            case 0:
                var operands = try program.sub(try program.uleb128())
                switch try operands.u8() {
                case ExtendedLineOpcode.endSequence:
                    guard let start = origin else { throw LineTableReader.damaged("a sequence without an address") }
                    write(rows, end: row.address, from: start)
                    (row, rows, origin) = (Row(isStatement: isStatement), [], nil)
                case ExtendedLineOpcode.setAddress:
                    guard rows.isEmpty, let relocation = relocations[operands.position], try operands.u64() == 0 else {
                        throw LineTableReader.damaged("an address in a sequence")
                    }
                    (origin, row.address) = (relocation, 0)
                case ExtendedLineOpcode.setDiscriminator: break
                case let kind: throw LineTableReader.damaged("extended opcode \(kind)")
                }
            case LineOpcode.copy: append()
            case LineOpcode.advancePC: row.address &+= try program.uleb128()
            case LineOpcode.advanceLine: row.line &+= try program.sleb128()
            case LineOpcode.setFile: row.file = try program.uleb128()
            case LineOpcode.setColumn: row.column = try program.uleb128()
            case LineOpcode.negateStatement: row.isStatement.toggle()
            case LineOpcode.constAddPC: row.address &+= UInt64((255 - LineOpcode.count) / header.lineRange)
            case LineOpcode.setPrologueEnd: row.endsPrologue = true
            case LineOpcode.setBasicBlock, LineOpcode.setEpilogueBegin: break
            case LineOpcode.setISA: _ = try program.uleb128()
            default: throw LineTableReader.damaged("opcode \(opcode): relaxation is not supported")
            }
        }
        guard rows.isEmpty else { throw LineTableReader.damaged("a sequence does not end") }
    }

    // MARK: Writing

    /// The rows that say something new. The end of a prologue is where the line changes first: until then, LLVM's mark
    /// is at code that the module has in its prologue.
    ///
    /// - Parameter start: where the addresses count from, in the section.
    private func distinct(_ rows: [Row], from start: UInt64) -> [Row] {
        var result: [Row] = []
        var prologueEnds = false
        for var row in rows {
            let isFunction = functions.contains(start &+ row.address)
            prologueEnds = (prologueEnds && !isFunction) || row.endsPrologue
            if let last = result.last, last.isSamePlace(as: row) || (last.line == 0 && row.line == 0) { continue }
            row.endsPrologue = prologueEnds && row.line != 0 && !isFunction
            if row.endsPrologue { prologueEnds = false }
            result.append(row)
        }
        return result
    }

    /// Writes a sequence for each run of rows that have a place. For debuggers, a row of line 0 is none.
    private mutating func write(_ rows: [Row], end: UInt64, from origin: LineTableObject.Relocation) {
        var rest = rows[...]
        while let first = rest.first {
            let run = rest.prefix { $0.isNowhere == first.isNowhere }
            rest = rest.dropFirst(run.count)
            if !first.isNowhere { writeSequence(Array(run), end: rest.first?.address ?? end, from: origin) }
        }
    }

    private mutating func writeSequence(_ rows: [Row], end: UInt64, from origin: LineTableObject.Relocation) {
        let base = symbols[origin.symbol].value &+ UInt64(bitPattern: origin.addend)
        var origin = origin
        let start = rows[0].address
        origin.addend += Int64(start)
        output += [0, 9, ExtendedLineOpcode.setAddress]
        moved[output.count] = origin
        output += [UInt8](repeating: 0, count: 8)
        var state = Row(isStatement: isStatement)
        state.address = start
        for row in distinct(rows, from: base) {
            if row.file != state.file { output += [LineOpcode.setFile] + Self.uleb128(row.file) }
            if row.column != state.column { output += [LineOpcode.setColumn] + Self.uleb128(row.column) }
            if row.isStatement != state.isStatement { output.append(LineOpcode.negateStatement) }
            if row.endsPrologue { output.append(LineOpcode.setPrologueEnd) }
            if row.line != state.line { output += [LineOpcode.advanceLine] + Self.sleb128(row.line - state.line) }
            if row.address != state.address {
                output += [LineOpcode.advancePC] + Self.uleb128(row.address - state.address)
            }
            output.append(LineOpcode.copy)
            state = row
        }
        output += [LineOpcode.advancePC] + Self.uleb128(end - state.address) + [0, 1, ExtendedLineOpcode.endSequence]
    }

    private static func uleb128(_ value: UInt64) -> [UInt8] {
        var (value, bytes) = (value, [UInt8]())
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(value)]
    }

    private static func sleb128(_ value: Int64) -> [UInt8] {
        var (value, bytes) = (value, [UInt8]())
        while value < -0x40 || value >= 0x40 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: value) & 0x7F]
    }
}

extension LineTableObject {
    /// The object with other contents of a section and other relocations of it, both behind everything else.
    ///
    /// Throws `.internal` when the section has no relocations, or several lists of them.
    func replacing(
        section index: Int, with contents: [UInt8], relocations: [Int: Relocation]
    ) throws(Diagnostic) -> [UInt8] {
        let lists = sections.indices.filter { sections[$0].type == 4 && sections[$0].info == index }
        guard lists.count == 1 else { throw LineTableReader.damaged("\(lists.count) lists of relocations") }
        var list: [UInt8] = []
        for (offset, relocation) in relocations.sorted(by: { $0.key < $1.key }) {
            Self.append(UInt64(offset), to: &list)
            Self.append(UInt64(relocation.symbol) << 32 | UInt64(relocation.type), to: &list)
            Self.append(UInt64(bitPattern: relocation.addend), to: &list)
        }
        var result = bytes
        for (section, contents) in [(index, contents), (lists[0], list)] {
            while result.count % 8 != 0 { result.append(0) }
            // sh_offset and sh_size.
            patch(&result, section, field: 24, UInt64(result.count))
            patch(&result, section, field: 32, UInt64(contents.count))
            result += contents
        }
        return result
    }

    private func patch(_ result: inout [UInt8], _ section: Int, field: Int, _ value: UInt64) {
        var bytes: [UInt8] = []
        Self.append(value, to: &bytes)
        let start = sectionTable + 64 * section + field
        result.replaceSubrange(start..<(start + 8), with: bytes)
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
    }
}
