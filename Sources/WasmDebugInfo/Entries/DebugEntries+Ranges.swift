// Address ranges of entries. Specification: DWARF 4, section 2.17; DWARF 5, sections 2.17 and 7.25

extension DebugEntries {
    /// The module offsets that an entry is about, as they stand there; none when it is about no code.
    ///
    /// - Parameter budget: entries of lists that may still be read. Many entries may refer to one list.
    func ranges(_ entry: DebugEntryID, _ unit: DebugUnit, budget: inout Int) -> [Range<Int>] {
        if let low = value(entry, .lowPC, unit).flatMap({ address($0, unit) }), let high = value(entry, .highPC, unit) {
            return [highAddress(high, low, unit).flatMap { sections.moduleRange(low, $0) }].compactMap { $0 }
        }
        guard let list = value(entry, .ranges, unit) else { return [] }
        var result: [Range<Int>] = []
        // What is before something malformed counts.
        do throws(DWARFError) {
            if unit.version >= 5 {
                try rangeList(list, unit, &budget, &result)
            } else if case .sectionOffset(let offset) = list {
                try oldRangeList(offset, unit, &budget, &result)
            } else if case .unsigned(let offset) = list {
                try oldRangeList(offset, unit, &budget, &result)
            }
        } catch {}
        return result
    }

    private func highAddress(_ value: AttributeValue, _ low: UInt64, _ unit: DebugUnit) -> UInt64? {
        switch value {
        case .unsigned(let length): low &+ length
        case .signed(let length): low &+ UInt64(bitPattern: length)
        default: address(value, unit)
        }
    }

    /// A list of `.debug_ranges`: pairs of addresses.
    private func oldRangeList(
        _ offset: UInt64, _ unit: DebugUnit, _ budget: inout Int, _ result: inout [Range<Int>]
    ) throws(DWARFError) {
        var reader = try sections.reader(sections.ranges, at: offset)
        let largest = unit.addressSize == 4 ? UInt64(UInt32.max) : UInt64.max
        var base = unit.lowAddress
        while budget > 0 {
            budget -= 1
            let low = try reader.fixed(unit.addressSize)
            let high = try reader.fixed(unit.addressSize)
            if low == 0 && high == 0 { return }
            if low == largest {
                base = high
            } else if let range = sections.moduleRange(base &+ low, base &+ high) {
                result.append(range)
            }
        }
    }

    /// A list of `.debug_rnglists`.
    private func rangeList(
        _ list: AttributeValue, _ unit: DebugUnit, _ budget: inout Int, _ result: inout [Range<Int>]
    ) throws(DWARFError) {
        guard let offset = listOffset(list, sections.rangeLists, unit.rangeListsBase, unit) else { return }
        var reader = try sections.reader(sections.rangeLists, at: offset)
        var base = unit.lowAddress
        while budget > 0 {
            budget -= 1
            switch try listEntry(try reader.u8(), &reader, unit, base: base) {
            case .end: return
            case .base(let address): base = address
            case .range(let low, let high):
                if let range = sections.moduleRange(low, high) { result.append(range) }
            }
        }
    }

    /// Where a list begins in a section of lists.
    func listOffset(_ list: AttributeValue, _ section: Range<Int>, _ base: UInt64, _ unit: DebugUnit) -> UInt64? {
        switch list {
        case .sectionOffset(let offset): offset
        case .listIndex(let index): element(section, base, index, size: unit.offsetSize).map { base &+ $0 }
        default: nil
        }
    }
}
