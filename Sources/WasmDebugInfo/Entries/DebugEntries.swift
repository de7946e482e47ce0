// Entries of `.debug_info`: a flat list of them all, and their attributes on demand.
// Specification: DWARF 5, section 7.5

/// An entry: what debug information says of one thing.
struct DebugEntryID: Hashable, Comparable, Sendable {
    /// Its position in the order of the file.
    let index: Int

    static func < (lhs: DebugEntryID, rhs: DebugEntryID) -> Bool { lhs.index < rhs.index }
}

/// All entries of a module.
struct DebugEntries {
    /// Where an entry is and what is around it; an entry is a byte long at least, and this 16.
    private struct Record {
        /// Module offset of the code of its abbreviation.
        var offset: UInt32
        /// Index in `abbreviations.list`.
        var abbreviation: UInt32
        /// Index of the entry that contains it; its own for a unit's first entry.
        var parent: UInt32
        /// Index behind the last entry that it contains.
        var end: UInt32
    }

    let sections: DebugSections
    private let abbreviations: Abbreviations
    private(set) var units: [DebugUnit] = []
    private var records: [Record] = []

    init(_ sections: DebugSections) {
        self.sections = sections
        abbreviations = Abbreviations(sections)
        var reader = sections.reader(sections.info)
        do throws(DWARFError) {
            while !reader.isAtEnd {
                if let unit = try DebugUnit(&reader) { add(unit) }
            }
        } catch {}
    }

    // MARK: Reading

    private mutating func add(_ unit: DebugUnit) {
        guard let table = abbreviations.table(at: unit.abbreviations) else { return }
        var unit = unit
        let first = records.count
        var reader = sections.reader(unit.firstEntry..<unit.end)
        // What is before something malformed counts.
        do throws(DWARFError) { try read(unit, table, &reader) } catch {}
        guard records.count > first else { return }
        unit.entries = first..<records.count
        describe(&unit)
        units.append(unit)
    }

    private mutating func read(
        _ unit: DebugUnit, _ table: [UInt64: Int], _ reader: inout DWARFReader
    ) throws(DWARFError) {
        let first = records.count
        var open: [Int] = []
        defer { for index in open { records[index].end = UInt32(records.count) } }
        while !reader.isAtEnd {
            let offset = reader.position
            let code = try reader.uleb128()
            if code == 0 {
                guard let last = open.popLast() else { return }
                records[last].end = UInt32(records.count)
                if open.isEmpty { return }
                continue
            }
            guard let abbreviation = table[code] else { throw DWARFError("no abbreviation \(code)") }
            guard records.count < DebugInfoLimits.entries else { throw DWARFError("too many entries") }
            let index = records.count
            for attribute in abbreviations.list[abbreviation].attributes {
                _ = try reader.value(attribute, unit, section: sections.info.lowerBound)
            }
            records.append(
                Record(
                    offset: UInt32(offset), abbreviation: UInt32(abbreviation),
                    parent: UInt32(open.last ?? first), end: UInt32(index + 1)))
            if abbreviations.list[abbreviation].hasChildren {
                guard open.count < DebugInfoLimits.nesting else { throw DWARFError("nested too deeply") }
                open.append(index)
            } else if open.isEmpty {
                return
            }
        }
    }

    /// What a unit's first entry says of all of it. Bases come first: others refer to them.
    private func describe(_ unit: inout DebugUnit) {
        let top = DebugEntryID(index: unit.entries.lowerBound)
        func offset(_ name: DWARFAttribute) -> UInt64? {
            switch value(top, name, unit) {
            case .sectionOffset(let value), .unsigned(let value): value
            default: nil
            }
        }
        if let base = offset(.stringOffsetsBase) { unit.stringOffsetsBase = base }
        if let base = offset(.addressBase) { unit.addressBase = base }
        if let base = offset(.rangeListsBase) { unit.rangeListsBase = base }
        if let base = offset(.locationListsBase) { unit.locationListsBase = base }
        unit.lineProgram = offset(.statementList)
        unit.language = offset(.language) ?? 0
        if let low = value(top, .lowPC, unit) { unit.lowAddress = address(low, unit) ?? 0 }
        if let directory = value(top, .compilationDirectory, unit) { unit.directory = string(directory, unit) }
    }

    // MARK: The tree

    var count: Int { records.count }

    /// The entry at a module offset.
    func entry(atOffset offset: Int) -> DebugEntryID? {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if Int(records[middle].offset) < offset { low = middle + 1 } else { high = middle }
        }
        return low < records.count && Int(records[low].offset) == offset ? DebugEntryID(index: low) : nil
    }

    func tag(_ entry: DebugEntryID) -> DWARFTag { abbreviations.list[Int(records[entry.index].abbreviation)].tag }

    /// The entry that contains this one; nil for a unit's first entry.
    func parent(_ entry: DebugEntryID) -> DebugEntryID? {
        let parent = Int(records[entry.index].parent)
        return parent == entry.index ? nil : DebugEntryID(index: parent)
    }

    /// The index behind the last entry that is in this one.
    func end(_ entry: DebugEntryID) -> Int { Int(records[entry.index].end) }

    /// The entries directly in this one.
    func children(_ entry: DebugEntryID) -> DebugEntryChildren { DebugEntryChildren(entries: self, parent: entry) }

    func unit(_ entry: DebugEntryID) -> DebugUnit { units[unitNumber(entry)] }

    /// The number of the unit that an entry is in.
    func unitNumber(_ entry: DebugEntryID) -> Int {
        var low = 0
        var high = units.count
        while low < high {
            let middle = (low + high) / 2
            if units[middle].entries.upperBound <= entry.index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Attributes

    func value(_ entry: DebugEntryID, _ name: DWARFAttribute, _ unit: DebugUnit) -> AttributeValue? {
        let record = records[entry.index]
        let attributes = abbreviations.list[Int(record.abbreviation)].attributes
        guard attributes.contains(where: { $0.name == name }) else { return nil }
        var reader = sections.reader(Int(record.offset)..<unit.end)
        do throws(DWARFError) {
            _ = try reader.uleb128()
            for attribute in attributes {
                let value = try reader.value(attribute, unit, section: sections.info.lowerBound)
                if attribute.name == name { return value }
            }
        } catch {}
        return nil
    }

    func value(_ entry: DebugEntryID, _ name: DWARFAttribute) -> AttributeValue? { value(entry, name, unit(entry)) }

    /// The address that a value says, or refers to.
    func address(_ value: AttributeValue, _ unit: DebugUnit) -> UInt64? {
        switch value {
        case .address(let address): return address
        case .addressIndex(let index): return address(at: index, unit)
        default: return nil
        }
    }

    /// The address at an index of the unit's part of `.debug_addr`.
    func address(at index: UInt64, _ unit: DebugUnit) -> UInt64? {
        element(sections.addresses, unit.addressBase, index, size: unit.addressSize)
    }

    func string(_ value: AttributeValue, _ unit: DebugUnit) -> DWARFString? {
        do throws(DWARFError) {
            switch value {
            case .string(let string): return string
            case .stringOffset(let offset): return try sections.string(at: offset)
            case .lineStringOffset(let offset): return try sections.lineString(at: offset)
            case .stringIndex(let index):
                let size = unit.offsetSize
                guard let offset = element(sections.stringOffsets, unit.stringOffsetsBase, index, size: size) else {
                    return nil
                }
                return try sections.string(at: offset)
            default: return nil
            }
        } catch {
            return nil
        }
    }

    /// An element of an array of integers in a section.
    func element(_ section: Range<Int>, _ base: UInt64, _ index: UInt64, size: Int) -> UInt64? {
        let (offset, overflow) = index.multipliedReportingOverflow(by: UInt64(size))
        let (position, overflow2) = base.addingReportingOverflow(offset)
        guard !overflow, !overflow2 else { return nil }
        do throws(DWARFError) {
            var reader = try sections.reader(section, at: position)
            return try reader.fixed(size)
        } catch {
            return nil
        }
    }
}

/// The entries directly in another one, in order.
struct DebugEntryChildren: Sequence, IteratorProtocol {
    private let entries: DebugEntries
    private let end: Int
    private var next_: Int

    init(entries: DebugEntries, parent: DebugEntryID) {
        self.entries = entries
        next_ = parent.index + 1
        end = entries.end(parent)
    }

    mutating func next() -> DebugEntryID? {
        guard next_ < end else { return nil }
        let entry = DebugEntryID(index: next_)
        next_ = entries.end(entry)
        return entry
    }
}
