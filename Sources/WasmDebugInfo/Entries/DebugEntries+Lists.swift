// Lists of DWARF 5, of ranges and of locations. Specification: DWARF 5, sections 2.6.2, 2.17.3 and 7.25

/// An entry of a list.
enum DebugListEntry {
    case end
    /// What the offsets behind it are added to.
    case base(UInt64)
    case range(low: UInt64, high: UInt64)
}

extension DebugEntries {
    /// Reads an entry behind its kind, which is a number of `DW_RLE_*`.
    ///
    /// Throws for a kind that there is not, and at the section's end.
    func listEntry(
        _ kind: UInt8, _ reader: inout DWARFReader, _ unit: DebugUnit, base: UInt64
    ) throws(DWARFError) -> DebugListEntry {
        switch kind {
        case 0: return .end
        case 1: return .base(address(at: try reader.uleb128(), unit) ?? 0)
        case 2:
            let low = address(at: try reader.uleb128(), unit) ?? 0
            return .range(low: low, high: address(at: try reader.uleb128(), unit) ?? 0)
        case 3:
            let low = address(at: try reader.uleb128(), unit) ?? 0
            return .range(low: low, high: low &+ (try reader.uleb128()))
        case 4:
            let low = base &+ (try reader.uleb128())
            return .range(low: low, high: base &+ (try reader.uleb128()))
        case 5: return .base(try reader.fixed(unit.addressSize))
        case 6:
            let low = try reader.fixed(unit.addressSize)
            return .range(low: low, high: try reader.fixed(unit.addressSize))
        case 7:
            let low = try reader.fixed(unit.addressSize)
            return .range(low: low, high: low &+ (try reader.uleb128()))
        default: throw DWARFError("an entry of kind \(kind) in a list of ranges or locations")
        }
    }
}
