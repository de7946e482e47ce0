// Where variables are. Specification: DWARF 4, section 2.6; DWARF 5, sections 2.5, 2.6 and 7.7.3;
// https://yurydelendik.github.io/webassembly-dwarf/#DWARF-expressions-and-location-descriptions

/// Where a variable is, in some of its function's code.
public struct VariableLocation: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// In memory, so many bytes from the address of the function's frame.
        case frame(offset: Int64)
        /// The value of a WebAssembly local.
        case local(UInt32)
        /// A value on the operand stack, counted from its bottom, where the range begins.
        case operand(UInt32)
        /// A number.
        case constant(Int64)
    }

    /// Module offsets; nil for all of the function.
    public var range: Range<Int>?
    public var kind: Kind
}

extension DebugEntries {
    private enum Operation {
        static let unsignedConstant: UInt8 = 0x10
        static let signedConstant: UInt8 = 0x11
        static let literals: ClosedRange<UInt8> = 0x30...0x4F
        static let frameBase: UInt8 = 0x91
        static let stackValue: UInt8 = 0x9F
        static let wasmLocation: UInt8 = 0xED
    }

    /// The WebAssembly local that holds the address of a function's frame; nil when none does.
    func frameBaseLocal(_ entry: DebugEntryID) -> UInt32? {
        guard case .block(let range)? = value(entry, .frameBase), case .local(let local)? = kind(range) else {
            return nil
        }
        return local
    }

    /// Where a variable is, as far as one of the forms says so that compilers use.
    ///
    /// - Parameter budget: entries of lists that may still be read. Many variables may refer to one list.
    func locations(_ entry: DebugEntryID, budget: inout Int) -> [VariableLocation] {
        let unit = unit(entry)
        var result: [VariableLocation] = []
        // What is before something malformed counts.
        do throws(DWARFError) {
            switch value(entry, .location, unit) {
            case .block(let range): if let kind = kind(range) { result.append(VariableLocation(kind: kind)) }
            case .sectionOffset(let offset), .unsigned(let offset):
                if unit.version >= 5 {
                    try locationList(.sectionOffset(offset), unit, &budget, &result)
                } else {
                    try oldLocationList(offset, unit, &budget, &result)
                }
            case .listIndex(let index): try locationList(.listIndex(index), unit, &budget, &result)
            default: break
            }
        } catch {}
        return result
    }

    /// A list of `.debug_loc`.
    private func oldLocationList(
        _ offset: UInt64, _ unit: DebugUnit, _ budget: inout Int, _ result: inout [VariableLocation]
    ) throws(DWARFError) {
        var reader = try sections.reader(sections.locations, at: offset)
        let largest = unit.addressSize == 4 ? UInt64(UInt32.max) : UInt64.max
        var base = unit.lowAddress
        while budget > 0 {
            budget -= 1
            let low = try reader.fixed(unit.addressSize)
            let high = try reader.fixed(unit.addressSize)
            if low == 0 && high == 0 { return }
            if low == largest {
                base = high
                continue
            }
            let expression = try reader.range(UInt64(try reader.u16()))
            append(base &+ low, base &+ high, expression, &result)
        }
    }

    /// A list of `.debug_loclists`.
    private func locationList(
        _ list: AttributeValue, _ unit: DebugUnit, _ budget: inout Int, _ result: inout [VariableLocation]
    ) throws(DWARFError) {
        guard let offset = listOffset(list, sections.locationLists, unit.locationListsBase, unit) else { return }
        var reader = try sections.reader(sections.locationLists, at: offset)
        var base = unit.lowAddress
        while budget > 0 {
            budget -= 1
            let kind = try reader.u8()
            // Lists of locations have one kind more, for everywhere else; those behind it have the next numbers.
            if kind == Self.defaultLocation {
                _ = try reader.range(try reader.uleb128())
                continue
            }
            let common = kind > Self.defaultLocation ? kind - 1 : kind
            switch try listEntry(common, &reader, unit, base: base) {
            case .end: return
            case .base(let address): base = address
            case .range(let low, let high): append(low, high, try reader.range(try reader.uleb128()), &result)
            }
        }
    }

    /// `DW_LLE_default_location`.
    private static let defaultLocation: UInt8 = 5

    private func append(_ low: UInt64, _ high: UInt64, _ expression: Range<Int>, _ result: inout [VariableLocation]) {
        guard let range = sections.moduleRange(low, high), let kind = kind(expression) else { return }
        result.append(VariableLocation(range: range, kind: kind))
    }

    /// What an expression of one operation says; nil for another.
    private func kind(_ range: Range<Int>) -> VariableLocation.Kind? {
        var reader = sections.reader(range)
        do throws(DWARFError) {
            var kind: VariableLocation.Kind
            switch try reader.u8() {
            case Operation.frameBase: kind = .frame(offset: try reader.sleb128())
            case Operation.wasmLocation:
                let space = try reader.u8()
                guard space == 0 || space == 2, let index = UInt32(exactly: try reader.uleb128()) else { return nil }
                kind = space == 0 ? .local(index) : .operand(index)
            case Operation.unsignedConstant: kind = .constant(Int64(bitPattern: try reader.uleb128()))
            case Operation.signedConstant: kind = .constant(try reader.sleb128())
            case let literal where Operation.literals.contains(literal):
                kind = .constant(Int64(literal - Operation.literals.lowerBound))
            default: return nil
            }
            if reader.isAtEnd {
                // A number without more is an address.
                if case .constant = kind { return nil }
                return kind
            }
            if case .frame = kind { return nil }
            return try reader.u8() == Operation.stackValue && reader.isAtEnd ? kind : nil
        } catch { return nil }
    }
}
