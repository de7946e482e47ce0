// Values of attributes. Specification: DWARF 5, sections 7.5.4 to 7.5.6

/// The value of an attribute.
enum AttributeValue {
    case unsigned(UInt64)
    case signed(Int64)
    case address(UInt64)
    case addressIndex(UInt64)
    case string(DWARFString)
    case stringIndex(UInt64)
    /// A string in another section, at an offset.
    case stringOffset(UInt64)
    case lineStringOffset(UInt64)
    /// Bytes of the module; an expression, or a constant.
    case block(Range<Int>)
    case flag(Bool)
    /// Module offset of another entry.
    case reference(Int)
    case sectionOffset(UInt64)
    case listIndex(UInt64)
    /// What refers to another file.
    case elsewhere
}

extension DWARFReader {
    /// Reads a value, in a unit whose section begins at the module offset `section`.
    mutating func value(
        _ attribute: Abbreviation.Attribute, _ unit: DebugUnit, section: Int
    ) throws(DWARFError) -> AttributeValue {
        if attribute.form == .implicitConst { return .signed(attribute.constant) }
        return try value(attribute.form, unit, section)
    }

    private mutating func value(
        _ form: DWARFForm, _ unit: DebugUnit, _ section: Int
    ) throws(DWARFError) -> AttributeValue {
        switch form {
        case .addr: return .address(try fixed(unit.addressSize))
        case .addrx: return .addressIndex(try uleb128())
        case .addrx1: return .addressIndex(try fixed(1))
        case .addrx2: return .addressIndex(try fixed(2))
        case .addrx3: return .addressIndex(try fixed(3))
        case .addrx4: return .addressIndex(try fixed(4))

        case .data1: return .unsigned(try fixed(1))
        case .data2: return .unsigned(try fixed(2))
        case .data4: return .unsigned(try fixed(4))
        case .data8: return .unsigned(try fixed(8))
        case .data16: return .block(try range(16))
        case .udata: return .unsigned(try uleb128())
        case .sdata: return .signed(try sleb128())

        case .block1: return .block(try range(try fixed(1)))
        case .block2: return .block(try range(try fixed(2)))
        case .block4: return .block(try range(try fixed(4)))
        case .block, .exprloc: return .block(try range(try uleb128()))

        case .string: return .string(try string())
        case .strp: return .stringOffset(try fixed(unit.offsetSize))
        case .lineStrp: return .lineStringOffset(try fixed(unit.offsetSize))
        case .strx: return .stringIndex(try uleb128())
        case .strx1: return .stringIndex(try fixed(1))
        case .strx2: return .stringIndex(try fixed(2))
        case .strx3: return .stringIndex(try fixed(3))
        case .strx4: return .stringIndex(try fixed(4))

        case .flag: return .flag(try u8() != 0)
        case .flagPresent: return .flag(true)

        case .ref1: return Self.reference(try fixed(1), from: unit.start)
        case .ref2: return Self.reference(try fixed(2), from: unit.start)
        case .ref4: return Self.reference(try fixed(4), from: unit.start)
        case .ref8: return Self.reference(try fixed(8), from: unit.start)
        case .refUdata: return Self.reference(try uleb128(), from: unit.start)
        case .refAddr:
            return Self.reference(try fixed(unit.version == 2 ? unit.addressSize : unit.offsetSize), from: section)

        case .secOffset: return .sectionOffset(try fixed(unit.offsetSize))
        case .rnglistx, .loclistx: return .listIndex(try uleb128())

        case .refSig8, .refSup8:
            try skip(8)
            return .elsewhere
        case .refSup4:
            try skip(4)
            return .elsewhere
        case .strpSup:
            try skip(UInt64(unit.offsetSize))
            return .elsewhere

        case .indirect:
            let form = DWARFForm(rawValue: UInt16(truncatingIfNeeded: try uleb128()))
            guard form != .indirect else { throw DWARFError("an indirect form of an indirect form") }
            return try value(form, unit, section)
        default: throw DWARFError("form \(form.rawValue)")
        }
    }

    private static func reference(_ offset: UInt64, from start: Int) -> AttributeValue {
        offset <= UInt64(Int32.max) ? .reference(start + Int(offset)) : .elsewhere
    }
}
