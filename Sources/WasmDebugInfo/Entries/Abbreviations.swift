// Abbreviations. Specification: DWARF 5, section 7.5.3

/// What entries with one code have in common.
struct Abbreviation {
    struct Attribute {
        var name: DWARFAttribute
        var form: DWARFForm
        /// The value of an `implicit_const`.
        var constant: Int64
    }

    var tag: DWARFTag
    var hasChildren: Bool
    var attributes: [Attribute]
}

/// The abbreviations of all units.
struct Abbreviations {
    private(set) var list: [Abbreviation] = []
    /// For each table, by its offset in the section: the index in `list` of each code.
    private var tables: [UInt64: [UInt64: Int]] = [:]

    /// Reads the section. What is behind something malformed is not there.
    init(_ sections: DebugSections) {
        var reader = sections.reader(sections.abbreviations)
        do throws(DWARFError) {
            while !reader.isAtEnd {
                let offset = UInt64(reader.position - sections.abbreviations.lowerBound)
                var table: [UInt64: Int] = [:]
                // What was read of a table counts.
                defer { tables[offset] = table }
                while let (code, abbreviation) = try Self.next(&reader) {
                    guard list.count < DebugInfoLimits.abbreviations else { throw DWARFError("too many") }
                    if table[code] == nil { table[code] = list.count }
                    list.append(abbreviation)
                }
            }
        } catch {}
    }

    private static func next(_ reader: inout DWARFReader) throws(DWARFError) -> (UInt64, Abbreviation)? {
        let code = try reader.uleb128()
        if code == 0 { return nil }
        let tag = UInt16(truncatingIfNeeded: try reader.uleb128())
        var result = Abbreviation(tag: DWARFTag(rawValue: tag), hasChildren: try reader.u8() != 0, attributes: [])
        while true {
            let name = try reader.uleb128()
            let form = DWARFForm(rawValue: UInt16(truncatingIfNeeded: try reader.uleb128()))
            let constant = form == .implicitConst ? try reader.sleb128() : 0
            if name == 0 && form.rawValue == 0 { return (code, result) }
            guard result.attributes.count < DebugInfoLimits.attributes else { throw DWARFError("too many") }
            result.attributes.append(
                Abbreviation.Attribute(
                    name: DWARFAttribute(rawValue: UInt16(truncatingIfNeeded: name)), form: form, constant: constant))
        }
    }

    /// The indices in `list` of the codes of the table at `offset`; nil when there is none.
    func table(at offset: UInt64) -> [UInt64: Int]? { tables[offset] }
}
