import WasmSpec

/// The sections of a module that hold DWARF, as custom sections of the same names as in an object file.
///
/// Specification: https://yurydelendik.github.io/webassembly-dwarf/
struct DebugSections {
    /// The module.
    let bytes: [UInt8]
    /// The contents of the code section, in the module. Addresses count from its start.
    let code: Range<Int>

    let abbreviations: Range<Int>
    let info: Range<Int>
    let line: Range<Int>
    private let strings: Range<Int>
    private let lineStrings: Range<Int>
    let stringOffsets: Range<Int>
    let addresses: Range<Int>
    let ranges: Range<Int>
    let rangeLists: Range<Int>
    let locations: Range<Int>
    let locationLists: Range<Int>

    /// Nil for a module without code or without debug information.
    init?(_ module: Module) {
        guard let code = module.sections.first(where: { $0.id == 10 })?.range else { return nil }
        func section(_ name: String) -> Range<Int> {
            module.customSections.first { $0.name == name }?.contents ?? 0..<0
        }
        bytes = module.source.bytes
        self.code = code
        abbreviations = section(".debug_abbrev")
        info = section(".debug_info")
        line = section(".debug_line")
        strings = section(".debug_str")
        lineStrings = section(".debug_line_str")
        stringOffsets = section(".debug_str_offsets")
        addresses = section(".debug_addr")
        ranges = section(".debug_ranges")
        rangeLists = section(".debug_rnglists")
        locations = section(".debug_loc")
        locationLists = section(".debug_loclists")
        if info.isEmpty && line.isEmpty { return nil }
    }

    func reader(_ range: Range<Int>) -> DWARFReader { DWARFReader(bytes, range) }

    /// A reader of a section from `offset` on.
    func reader(_ section: Range<Int>, at offset: UInt64) throws(DWARFError) -> DWARFReader {
        var reader = DWARFReader(bytes, section)
        try reader.skip(offset)
        return reader
    }

    func string(at offset: UInt64) throws(DWARFError) -> DWARFString { try string(in: strings, at: offset) }
    func lineString(at offset: UInt64) throws(DWARFError) -> DWARFString { try string(in: lineStrings, at: offset) }

    private func string(in section: Range<Int>, at offset: UInt64) throws(DWARFError) -> DWARFString {
        guard offset < UInt64(section.count) else { throw DWARFError("a string at \(offset)") }
        return DWARFString(position: UInt32(truncatingIfNeeded: section.lowerBound + Int(offset)))
    }

    /// The text of a string. It ends where its section does, and is cut when it is unreasonably long; what is no UTF-8 is
    /// replaced.
    func text(_ string: DWARFString) -> String {
        let start = Int(string.position)
        let section = [strings, lineStrings, info, line].first { $0.contains(start) } ?? 0..<0
        let limit = min(section.upperBound, start + DebugInfoLimits.nameBytes)
        guard start < limit else { return "" }
        let contents = bytes[start..<limit]
        return String(decoding: contents.prefix { $0 != 0 }, as: UTF8.self)
    }

    // MARK: Addresses

    /// The module offset of an address; nil for what the linker writes for code that it left out, and outside of the code.
    ///
    /// The first byte of the section is no function's: 0 is such an address, too.
    func moduleOffset(_ address: UInt64) -> Int? {
        guard address > 0, address <= UInt64(code.count) else { return nil }
        return code.lowerBound + Int(address)
    }

    /// The module offsets of an address range; nil when it is empty, or no code.
    func moduleRange(_ low: UInt64, _ high: UInt64) -> Range<Int>? {
        guard low < high, let start = moduleOffset(low), let end = moduleOffset(high) else { return nil }
        return start..<end
    }
}
