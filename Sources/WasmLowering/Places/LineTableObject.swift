import Diagnostics

/// The parts of an ELF64 relocatable object that its line table refers to.
///
/// Specification: https://gabi.xinuos.com
struct LineTableObject {
    /// A machine that objects are written for, and its relocations.
    struct Machine: Equatable {
        /// `e_machine`.
        let number: UInt16
        /// The type of a relocation that stores a 64-bit address.
        let absolute64: UInt32

        static let x86_64 = Machine(number: 62, absolute64: 1)
        static let aarch64 = Machine(number: 183, absolute64: 257)
        static let riscv = Machine(number: 243, absolute64: 2)
        static let all = [x86_64, aarch64, riscv]
    }

    struct Section {
        let name: String
        /// `sh_type`.
        let type: UInt32
        let flags: UInt64
        /// The bytes in the file; empty for a section that has none there.
        let range: Range<Int>
        let size: UInt64
        let link: Int
        let info: Int
    }

    struct Symbol {
        let name: String
        /// Index of the section that defines the symbol; 0 when none does.
        let section: Int
        /// Offset in the section.
        let value: UInt64
    }

    /// An entry of a section of type RELA.
    struct Relocation {
        let symbol: Int
        let type: UInt32
        var addend: Int64
    }

    static let relocatable: UInt16 = 1
    private static let programBits: UInt32 = 1
    /// Of .eh_frame, on x86-64.
    private static let unwindTable: UInt32 = 0x7000_0001
    private static let symbolTable: UInt32 = 2
    private static let relocations: UInt32 = 4
    private static let noBits: UInt32 = 8
    private static let compressed: UInt64 = 1 << 11

    let bytes: [UInt8]
    let machine: Machine
    /// `e_flags`, which all objects of a link share on some machines.
    let flags: UInt32
    /// Offset in the file of the section headers, of 64 bytes each.
    let sectionTable: Int
    let sections: [Section]
    let symbols: [Symbol]

    /// Reads the headers.
    ///
    /// Throws `.internal` for anything but a well-formed little-endian ELF64 relocatable object of a known machine.
    init(_ bytes: [UInt8]) throws(Diagnostic) {
        var header = LineTableReader(bytes)
        guard try header.u32() == 0x464C_457F, try header.u8() == 2, try header.u8() == 1 else {
            throw LineTableReader.damaged("not a little-endian ELF64 file")
        }
        try header.skip(10)
        let type = try header.u16()
        let number = try header.u16()
        guard type == Self.relocatable else { throw LineTableReader.damaged("an ELF file of type \(type)") }
        guard let machine = Machine.all.first(where: { $0.number == number }) else {
            throw LineTableReader.damaged("machine number \(number)")
        }
        try header.skip(4 + 8 + 8)
        let tableOffset = try header.u64()
        self.bytes = bytes
        self.machine = machine
        flags = try header.u32()
        try header.skip(6)
        guard try header.u16() == 64 else { throw LineTableReader.damaged("section headers of an unknown size") }
        let count = Int(try header.u16())
        sectionTable = Int(truncatingIfNeeded: tableOffset)
        sections = try Self.readSections(bytes, tableOffset, count, namesIndex: Int(try header.u16()))
        symbols = try Self.readSymbols(bytes, sections)
    }

    private static func readSections(
        _ bytes: [UInt8], _ tableOffset: UInt64, _ count: Int, namesIndex: Int
    ) throws(Diagnostic) -> [Section] {
        // Counts from 65,280 on stand elsewhere; an object with one code section has a few dozen.
        guard count > 0, namesIndex < count else {
            throw LineTableReader.damaged("\(count) sections, their names in \(namesIndex)")
        }
        var table = LineTableReader(bytes)
        try table.skip(tableOffset)
        var names: [UInt32] = []
        var sections: [Section] = []
        for _ in 0..<count {
            names.append(try table.u32())
            let type = try table.u32()
            let flags = try table.u64()
            try table.skip(8)
            let offset = try table.u64()
            let size = try table.u64()
            let link = Int(try table.u32())
            let info = Int(try table.u32())
            try table.skip(16)
            var range = 0..<0
            if type != noBits, size != 0 {
                var contents = LineTableReader(bytes)
                try contents.skip(offset)
                let start = contents.position
                try contents.skip(size)
                range = start..<contents.position
            }
            sections.append(
                Section(name: "", type: type, flags: flags, range: range, size: size, link: link, info: info))
        }
        let strings = sections[namesIndex]
        return try zip(sections, names).map { (section, name) throws(Diagnostic) in
            Section(
                name: try string(bytes, strings, name), type: section.type, flags: section.flags, range: section.range,
                size: section.size, link: section.link, info: section.info)
        }
    }

    private static func string(_ bytes: [UInt8], _ strings: Section, _ offset: UInt32) throws(Diagnostic) -> String {
        var reader = try LineTableReader(bytes, strings.range)
        try reader.skip(UInt64(offset))
        return try reader.string()
    }

    private static func readSymbols(_ bytes: [UInt8], _ sections: [Section]) throws(Diagnostic) -> [Symbol] {
        var symbols: [Symbol] = []
        for table in sections where table.type == symbolTable {
            guard sections.indices.contains(table.link) else {
                throw LineTableReader.damaged("symbol names in section \(table.link)")
            }
            var reader = try LineTableReader(bytes, table.range)
            while !reader.isAtEnd {
                let name = try reader.u32()
                try reader.skip(2)
                let section = Int(try reader.u16())
                let value = try reader.u64()
                try reader.skip(8)
                symbols.append(
                    Symbol(name: try string(bytes, sections[table.link], name), section: section, value: value))
            }
        }
        return symbols
    }

    /// The index of the one section of program bytes called `name`; nil when there is none.
    ///
    /// Throws when there are several, or when it is compressed.
    func index(ofSection name: String) throws(Diagnostic) -> Int? {
        let matches = sections.indices.filter { index in
            let type = sections[index].type
            return (type == Self.programBits || type == Self.unwindTable) && sections[index].name == name
        }
        guard let index = matches.first else { return nil }
        guard matches.count == 1 else { throw LineTableReader.damaged("\(matches.count) sections \(name)") }
        guard sections[index].flags & Self.compressed == 0 else {
            throw LineTableReader.damaged("section \(name) is compressed")
        }
        return index
    }

    /// The relocations of the section at `index`, by the offset in the file that they change.
    func relocations(ofSection index: Int) throws(Diagnostic) -> [Int: Relocation] {
        let target = sections[index]
        var result: [Int: Relocation] = [:]
        for table in sections where table.type == Self.relocations && table.info == index {
            var reader = try LineTableReader(bytes, table.range)
            result.reserveCapacity(result.count + table.range.count / 24)
            while !reader.isAtEnd {
                let offset = try reader.u64()
                let type = try reader.u32()
                let symbol = Int(try reader.u32())
                let addend = Int64(bitPattern: try reader.u64())
                guard offset < UInt64(target.range.count), symbols.indices.contains(symbol) else {
                    throw LineTableReader.damaged("a relocation at \(offset) of symbol \(symbol)")
                }
                result[target.range.lowerBound + Int(offset)] = Relocation(symbol: symbol, type: type, addend: addend)
            }
        }
        return result
    }
}
