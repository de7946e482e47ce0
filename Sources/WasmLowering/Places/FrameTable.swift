// Call frame information that LLVM writes for an object.
// Specification: https://dwarfstd.org/doc/DWARF5.pdf, section 6.4; of .eh_frame the System V ABI's supplement.

import Diagnostics

/// Where the frames of an object's functions end: the canonical frame address (CFA) at each program counter.
struct FrameTable {
    /// From `textOffset` on, the CFA lies `words` words of 8 bytes behind the stack pointer, or behind the register that
    /// probes a large frame; 0 words when it is not known.
    struct Row: Equatable {
        var textOffset: UInt64
        var words: UInt64
        var isProbe = false

        func isSameFrame(as other: Row) -> Bool { words == other.words && isProbe == other.isProbe }
    }

    struct Function {
        /// From the start of the object's part of the section of guest code.
        var textOffset: UInt64
        /// The name of its symbol; empty for none.
        var name: String
        /// In ascending order. The first is at the function's start.
        var rows: [Row]
    }

    /// In ascending order of `textOffset`.
    let functions: [Function]

    init(functions: [Function]) { self.functions = functions }

    /// Where functions begin that the compiler made up: no place of a module is theirs.
    var functionsOfNoModule: [UInt64] {
        functions.filter { ModuleLowering.functionIndex(ofSymbol: $0.name) == nil }.map(\.textOffset)
    }

    /// Reads the frames of an object's guest code; none for a machine whose frames nobody walks.
    ///
    /// Throws `.internal` when the object is damaged.
    init(_ object: LineTableObject, section: Int) throws(Diagnostic) {
        guard object.machine == .x86_64 else {
            functions = []
            return
        }
        var names: [UInt64: String] = [:]
        for symbol in object.symbols where symbol.section == section && symbol.name.hasPrefix("wasm.") {
            // The symbol at the start of the section is no function's.
            if !symbol.name.hasPrefix("wasm.text.") { names[symbol.value] = symbol.name }
        }
        var functions: [Function] = []
        for name in [".debug_frame", ".eh_frame"] {
            guard let index = try object.index(ofSection: name) else { continue }
            var reader = try FrameReader(object, frames: index, text: section, isEH: name == ".eh_frame")
            for (start, rows) in try reader.functions() {
                functions.append(Function(textOffset: start, name: names[start] ?? "", rows: rows))
            }
        }
        self.functions = functions.sorted { $0.textOffset < $1.textOffset }
    }
}

/// Reads a section of call frame information.
private struct FrameReader {
    private let object: LineTableObject
    private let text: Int
    private let isEH: Bool
    private let relocations: [Int: LineTableObject.Relocation]
    private let start: Int
    private var section: LineTableReader
    private var common: [Int: Common] = [:]

    /// x86-64's numbers of registers.
    private enum Register {
        static let stackPointer: UInt64 = 7
        static let probe: UInt64 = 11
    }

    /// What functions share (a CIE).
    private struct Common {
        var codeAlignment: UInt64
        var hasAugmentation: Bool
        var initial: State
    }

    /// The rule for the CFA.
    private struct State {
        var register: UInt64 = 0
        var offset: UInt64 = 0
        var isExpression = false

        func row(at textOffset: UInt64) -> FrameTable.Row {
            let isProbe = register == Register.probe
            let isKnown = !isExpression && (isProbe || register == Register.stackPointer) && offset % 8 == 0
            return FrameTable.Row(
                textOffset: textOffset, words: isKnown ? offset / 8 : 0, isProbe: isKnown && isProbe)
        }
    }

    init(_ object: LineTableObject, frames: Int, text: Int, isEH: Bool) throws(Diagnostic) {
        self.object = object
        self.text = text
        self.isEH = isEH
        relocations = try object.relocations(ofSection: frames)
        let range = object.sections[frames].range
        start = range.lowerBound
        section = try LineTableReader(object.bytes, range)
    }

    /// The functions of the section of guest code, with their rows.
    mutating func functions() throws(Diagnostic) -> [(UInt64, [FrameTable.Row])] {
        var result: [(UInt64, [FrameTable.Row])] = []
        while !section.isAtEnd {
            let position = section.position
            let length = try section.u32()
            // What ends .eh_frame.
            if length == 0 { continue }
            var entry = try section.sub(UInt64(length))
            let idPosition = entry.position
            let id = try entry.u32()
            if id == (isEH ? 0 : UInt32.max) {
                common[position - start] = try readCommon(&entry)
            } else if let function = try readFunction(&entry, try commonPosition(id, at: idPosition)) {
                result.append(function)
            }
        }
        return result
    }

    private func commonPosition(_ id: UInt32, at position: Int) throws(Diagnostic) -> Int {
        if isEH { return position - start - Int(id) }
        guard let relocation = relocations[position] else { return Int(id) }
        return Int(truncatingIfNeeded: relocation.addend)
    }

    private func readCommon(_ entry: inout LineTableReader) throws(Diagnostic) -> Common {
        let version = try entry.u8()
        let augmentation = try entry.string()
        guard [1, 3, 4].contains(version), augmentation.isEmpty || augmentation.hasPrefix("z") else {
            throw LineTableReader.damaged("call frame information of version \(version), \"\(augmentation)\"")
        }
        if version == 4 { try entry.skip(2) }  // address size, segment selector size
        let codeAlignment = try entry.uleb128()
        _ = try entry.sleb128()
        if version == 1 { try entry.skip(1) } else { _ = try entry.uleb128() }  // return address
        if !augmentation.isEmpty { try entry.skip(try entry.uleb128()) }
        var result = Common(codeAlignment: codeAlignment, hasAugmentation: !augmentation.isEmpty, initial: State())
        var rows: [FrameTable.Row] = []
        var state = State()
        try run(&entry, result, from: &state, at: 0, &rows)
        result.initial = state
        return result
    }

    /// A function's start and rows; nil for code elsewhere.
    private func readFunction(
        _ entry: inout LineTableReader, _ commonPosition: Int
    ) throws(Diagnostic) -> (UInt64, [FrameTable.Row])? {
        guard let common = common[commonPosition] else {
            throw LineTableReader.damaged("a function without common frame information at \(commonPosition)")
        }
        let position = entry.position
        // .eh_frame has distances of 32 bits, which the relocation is for.
        if isEH { try entry.skip(8) } else { try entry.skip(16) }
        guard let relocation = relocations[position] else {
            throw LineTableReader.damaged("a function's frame without a relocation of its address")
        }
        let symbol = object.symbols[relocation.symbol]
        guard symbol.section == text else { return nil }
        let start = symbol.value &+ UInt64(bitPattern: relocation.addend)
        guard start <= object.sections[text].size else { throw LineTableReader.damaged("a function at \(start)") }
        if common.hasAugmentation { try entry.skip(try entry.uleb128()) }
        var state = common.initial
        var rows = [state.row(at: start)]
        try run(&entry, common, from: &state, at: start, &rows)
        return (start, rows)
    }

    /// Runs a program of call frame instructions, and appends what it makes of the CFA.
    private func run(
        _ program: inout LineTableReader, _ common: Common, from state: inout State, at start: UInt64,
        _ rows: inout [FrameTable.Row]
    ) throws(Diagnostic) {
        var at = start
        var remembered: [State] = []
        func append(_ state: State, _ rows: inout [FrameTable.Row]) {
            let row = state.row(at: at)
            if rows.last?.textOffset == at { rows.removeLast() }
            if rows.last.map({ !$0.isSameFrame(as: row) }) ?? true { rows.append(row) }
        }
        while !program.isAtEnd {
            let byte = try program.u8()
            switch byte >> 6 {
            case 1: at &+= UInt64(byte & 0x3F) &* common.codeAlignment
            case 2: _ = try program.uleb128()
            case 3: break
            default:
                switch byte {
                case 0x00, 0x2D: break  // DW_CFA_nop, of which one is another machine's
                case 0x02: at &+= UInt64(try program.u8()) &* common.codeAlignment
                case 0x03: at &+= UInt64(try program.u16()) &* common.codeAlignment
                case 0x04: at &+= UInt64(try program.u32()) &* common.codeAlignment
                case 0x05, 0x14, 0x09, 0x2F:  // offset_extended, val_offset, register
                    _ = try program.uleb128()
                    _ = try program.uleb128()
                case 0x06, 0x07, 0x08, 0x2E:  // restore_extended, undefined, same_value, args_size
                    _ = try program.uleb128()
                case 0x11, 0x15:  // offset_extended_sf, val_offset_sf
                    _ = try program.uleb128()
                    _ = try program.sleb128()
                case 0x10, 0x16:  // expression, val_expression
                    _ = try program.uleb128()
                    try program.skip(try program.uleb128())
                case 0x0A: remembered.append(state)
                case 0x0B:
                    guard let last = remembered.popLast() else {
                        throw LineTableReader.damaged("a state of frames that was not remembered")
                    }
                    state = last
                    append(state, &rows)
                case 0x0C:  // def_cfa
                    state = State(register: try program.uleb128(), offset: try program.uleb128())
                    append(state, &rows)
                case 0x0D:  // def_cfa_register
                    state.register = try program.uleb128()
                    append(state, &rows)
                case 0x0E:  // def_cfa_offset
                    state.offset = try program.uleb128()
                    append(state, &rows)
                case 0x0F:  // def_cfa_expression
                    try program.skip(try program.uleb128())
                    state.isExpression = true
                    append(state, &rows)
                default: throw LineTableReader.damaged("call frame instruction \(byte)")
                }
            }
        }
    }
}
