// Names, and what entries say of each other. Specification: DWARF 5, sections 2.13 to 2.15 and 3.3.8

extension DebugEntries {
    /// Where more is said of the same thing: at its abstract instance, or at its declaration.
    func origin(_ entry: DebugEntryID) -> DebugEntryID? {
        let unit = unit(entry)
        for name in [DWARFAttribute.abstractOrigin, .specification] {
            if case .reference(let offset)? = value(entry, name, unit), let origin = self.entry(atOffset: offset) {
                return origin
            }
        }
        return nil
    }

    /// An attribute of an entry, or of what it refers to; with the entry that has it.
    func inheritedValue(
        _ entry: DebugEntryID, _ name: DWARFAttribute
    ) -> (value: AttributeValue, entry: DebugEntryID)? {
        var entry = entry
        for _ in 0..<DebugInfoLimits.references {
            if let value = value(entry, name) { return (value, entry) }
            guard let origin = origin(entry) else { return nil }
            entry = origin
        }
        return nil
    }

    func text(_ entry: DebugEntryID, _ name: DWARFAttribute) -> String? {
        guard let (value, owner) = inheritedValue(entry, name), let string = string(value, unit(owner)) else {
            return nil
        }
        return sections.text(string)
    }

    func linkageName(_ entry: DebugEntryID) -> String? {
        text(entry, .linkageName) ?? text(entry, .mipsLinkageName)
    }

    /// The entry that says the most general of the same thing.
    func root(_ entry: DebugEntryID) -> DebugEntryID {
        var entry = entry
        for _ in 0..<DebugInfoLimits.references {
            guard let origin = origin(entry) else { break }
            entry = origin
        }
        return entry
    }

    /// The unsigned number that an attribute says; nil for a negative one, too.
    func number(_ entry: DebugEntryID, _ name: DWARFAttribute) -> UInt64? {
        switch inheritedValue(entry, name)?.value {
        case .unsigned(let value), .sectionOffset(let value): value
        case .signed(let value): UInt64(exactly: value)
        default: nil
        }
    }
}
