// An ELF64 relocatable object, written by hand: LLVM's assembler is not needed for one section and a relocation.
// Specification: https://gabi.xinuos.com

import CWasmcABI

/// The object file that holds a `PCMap`.
struct PCMapObject {
    let bytes: [UInt8]

    /// Sections in the order of their headers.
    private enum SectionIndex {
        static let map: UInt32 = 1
        static let symbols: UInt32 = 3
        static let strings: UInt32 = 4
        static let count: UInt16 = 6
    }

    /// Symbols in their order in the table.
    private enum SymbolIndex {
        static let map: UInt64 = 1
        static let text: UInt64 = 2
    }

    private enum RelocationType {
        static let x86PC64: UInt64 = 24
        static let aarch64PREL64: UInt64 = 260
        static let riscvADD64: UInt64 = 36
        static let riscvSUB64: UInt64 = 40
    }

    private static let headerSize = 64

    private struct Section {
        var name: UInt32 = 0
        var type: UInt32 = 0
        var flags: UInt64 = 0
        var link: UInt32 = 0
        var info: UInt32 = 0
        var alignment: UInt64 = 0
        var entrySize: UInt64 = 0
        var contents: [UInt8] = []
    }

    /// Makes the object.
    ///
    /// - Parameters:
    ///   - object: the object that the map belongs to; gives the machine.
    ///   - textSymbol: the symbol in its section of guest code.
    ///   - values: numbers that the object has as symbols.
    init(
        _ object: LineTableObject, _ map: PCMap, textSymbol: LineTableObject.Symbol,
        values: [(name: String, value: UInt32)] = []
    ) {
        var strings: [UInt8] = [0]
        func name(_ text: String) -> UInt32 {
            defer { strings += Array(text.utf8) + [0] }
            return UInt32(strings.count)
        }
        // Kept in a link with --gc-sections: nothing refers to the section but names of its bounds.
        let (alloc, infoLink, retain): (UInt64, UInt64, UInt64) = (1 << 1, 1 << 6, 1 << 21)
        var sections = [
            Section(),
            Section(
                name: name(PCMap.section), type: 1, flags: alloc | retain, alignment: 8, contents: Self.chunk(map)),
            Section(
                name: name(".rela." + PCMap.section), type: 4, flags: infoLink, link: SectionIndex.symbols,
                info: SectionIndex.map, alignment: 8, entrySize: 24,
                contents: Self.relocations(object.machine, addend: 0 &- textSymbol.value)),
            // `info` is the index of the first global symbol.
            Section(
                name: name(".symtab"), type: 2, link: SectionIndex.strings, info: UInt32(SymbolIndex.text),
                alignment: 8, entrySize: 24,
                contents: Self.symbols(text: name(textSymbol.name), values.map { (name($0.name), $0.value) })),
            Section(name: name(".strtab"), type: 3, alignment: 1),
            // Without it some linkers make the stack executable.
            Section(name: name(".note.GNU-stack"), type: 1, alignment: 1),
        ]
        sections[Int(SectionIndex.strings)].contents = strings
        bytes = Self.file(object, sections)
    }

    /// The contents of the section.
    private static func chunk(_ map: PCMap) -> [UInt8] {
        // The relocation fills in where the text starts.
        let header = wasmc_pcmap_header(
            text_start_rel: 0, instance: UInt32(map.instance), place_bytes: UInt32(map.places.count),
            inlined_bytes: UInt32(map.inlined.count), frame_bytes: UInt32(map.frames.count))
        var chunk = withUnsafeBytes(of: header) { Array($0) }
        chunk += map.places + map.inlined + map.frames
        pad(&chunk)
        return chunk
    }

    /// Address of the text symbol + addend - address of the field that it is written to.
    private static func relocations(_ machine: LineTableObject.Machine, addend: UInt64) -> [UInt8] {
        var table: [UInt8] = []
        let place = UInt64(StructureLayout.offset(of: \wasmc_pcmap_header.text_start_rel))
        func add(_ type: UInt64, _ symbol: UInt64, _ addend: UInt64) {
            append(place, 8, to: &table)
            append(symbol << 32 | type, 8, to: &table)
            append(addend, 8, to: &table)
        }
        switch machine {
        case .x86_64: add(RelocationType.x86PC64, SymbolIndex.text, addend)
        case .aarch64: add(RelocationType.aarch64PREL64, SymbolIndex.text, addend)
        default:
            // RISC-V has no 64-bit relocation relative to its place.
            add(RelocationType.riscvADD64, SymbolIndex.text, addend)
            add(RelocationType.riscvSUB64, SymbolIndex.map, place)
        }
        return table
    }

    private static func symbols(text: UInt32, _ values: [(name: UInt32, value: UInt32)]) -> [UInt8] {
        var table: [UInt8] = []
        func add(name: UInt32, info: UInt64, other: UInt64, section: UInt32, value: UInt32 = 0) {
            append(UInt64(name), 4, to: &table)
            append(info, 1, to: &table)
            append(other, 1, to: &table)
            append(UInt64(section), 2, to: &table)
            append(UInt64(value), 8, to: &table)
            append(0, 8, to: &table)
        }
        let (sectionKind, global, hidden): (UInt64, UInt64, UInt64) = (3, 1 << 4, 2)
        let absolute: UInt32 = 0xFFF1
        add(name: 0, info: 0, other: 0, section: 0)
        add(name: 0, info: sectionKind, other: 0, section: SectionIndex.map)
        add(name: text, info: global, other: hidden, section: 0)
        for (name, value) in values { add(name: name, info: global, other: hidden, section: absolute, value: value) }
        return table
    }

    /// ELF header, contents, section headers.
    private static func file(_ object: LineTableObject, _ sections: [Section]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: headerSize)
        var table: [UInt8] = []
        for section in sections {
            pad(&bytes)
            append(UInt64(section.name), 4, to: &table)
            append(UInt64(section.type), 4, to: &table)
            append(section.flags, 8, to: &table)
            append(0, 8, to: &table)
            append(section.type == 0 ? 0 : UInt64(bytes.count), 8, to: &table)
            append(UInt64(section.contents.count), 8, to: &table)
            append(UInt64(section.link), 4, to: &table)
            append(UInt64(section.info), 4, to: &table)
            append(section.alignment, 8, to: &table)
            append(section.entrySize, 8, to: &table)
            bytes += section.contents
        }
        pad(&bytes)
        bytes.replaceSubrange(0..<headerSize, with: header(object, sectionTable: bytes.count))
        return bytes + table
    }

    private static func header(_ object: LineTableObject, sectionTable: Int) -> [UInt8] {
        // 64 bits, little endian, version 1, ABI "GNU": SHF_GNU_RETAIN belongs to it.
        var header: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0]
        append(UInt64(LineTableObject.relocatable), 2, to: &header)
        append(UInt64(object.machine.number), 2, to: &header)
        append(1, 4, to: &header)
        append(0, 16, to: &header)  // entry, program headers
        append(UInt64(sectionTable), 8, to: &header)
        append(UInt64(object.flags), 4, to: &header)
        append(UInt64(headerSize), 2, to: &header)
        append(0, 4, to: &header)  // program header size and count
        append(UInt64(headerSize), 2, to: &header)
        append(UInt64(SectionIndex.count), 2, to: &header)
        append(UInt64(SectionIndex.strings), 2, to: &header)
        return header
    }

    private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
    }

    private static func pad(_ bytes: inout [UInt8]) {
        while bytes.count % 8 != 0 { bytes.append(0) }
    }
}
