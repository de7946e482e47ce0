// The numbers of DWARF that are used here. Specification: https://dwarfstd.org/doc/DWARF5.pdf, section 7

/// Tags of entries.
struct DWARFTag: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ rawValue: UInt16) { self.rawValue = rawValue }

    static let arrayType = DWARFTag(0x01)
    static let classType = DWARFTag(0x02)
    static let enumerationType = DWARFTag(0x04)
    static let formalParameter = DWARFTag(0x05)
    static let lexicalBlock = DWARFTag(0x0B)
    static let member = DWARFTag(0x0D)
    static let pointerType = DWARFTag(0x0F)
    static let referenceType = DWARFTag(0x10)
    static let compileUnit = DWARFTag(0x11)
    static let structureType = DWARFTag(0x13)
    static let subroutineType = DWARFTag(0x15)
    static let typedef = DWARFTag(0x16)
    static let unionType = DWARFTag(0x17)
    static let variant = DWARFTag(0x19)
    static let inheritance = DWARFTag(0x1C)
    static let inlinedSubroutine = DWARFTag(0x1D)
    static let subrangeType = DWARFTag(0x21)
    static let baseType = DWARFTag(0x24)
    static let constType = DWARFTag(0x26)
    static let enumerator = DWARFTag(0x28)
    static let subprogram = DWARFTag(0x2E)
    static let variantPart = DWARFTag(0x33)
    static let variable = DWARFTag(0x34)
    static let volatileType = DWARFTag(0x35)
    static let restrictType = DWARFTag(0x37)
    static let namespace = DWARFTag(0x39)
    static let unspecifiedType = DWARFTag(0x3B)
    static let rvalueReferenceType = DWARFTag(0x42)
    static let atomicType = DWARFTag(0x47)
}

/// Names of attributes.
struct DWARFAttribute: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ rawValue: UInt16) { self.rawValue = rawValue }

    static let location = DWARFAttribute(0x02)
    static let name = DWARFAttribute(0x03)
    static let byteSize = DWARFAttribute(0x0B)
    static let bitOffset = DWARFAttribute(0x0C)
    static let bitSize = DWARFAttribute(0x0D)
    static let statementList = DWARFAttribute(0x10)
    static let lowPC = DWARFAttribute(0x11)
    static let highPC = DWARFAttribute(0x12)
    static let language = DWARFAttribute(0x13)
    static let discriminant = DWARFAttribute(0x15)
    static let discriminantValue = DWARFAttribute(0x16)
    static let compilationDirectory = DWARFAttribute(0x1B)
    static let constantValue = DWARFAttribute(0x1C)
    static let upperBound = DWARFAttribute(0x2F)
    static let abstractOrigin = DWARFAttribute(0x31)
    static let artificial = DWARFAttribute(0x34)
    static let count = DWARFAttribute(0x37)
    static let dataMemberLocation = DWARFAttribute(0x38)
    static let declarationFile = DWARFAttribute(0x3A)
    static let declarationLine = DWARFAttribute(0x3B)
    static let declaration = DWARFAttribute(0x3C)
    static let encoding = DWARFAttribute(0x3E)
    static let frameBase = DWARFAttribute(0x40)
    static let specification = DWARFAttribute(0x47)
    static let type = DWARFAttribute(0x49)
    static let ranges = DWARFAttribute(0x55)
    static let callColumn = DWARFAttribute(0x57)
    static let callFile = DWARFAttribute(0x58)
    static let callLine = DWARFAttribute(0x59)
    static let dataBitOffset = DWARFAttribute(0x6B)
    static let linkageName = DWARFAttribute(0x6E)
    static let stringOffsetsBase = DWARFAttribute(0x72)
    static let addressBase = DWARFAttribute(0x73)
    static let rangeListsBase = DWARFAttribute(0x74)
    static let locationListsBase = DWARFAttribute(0x8C)
    static let mipsLinkageName = DWARFAttribute(0x2007)
}

/// How an attribute's value is written.
struct DWARFForm: RawRepresentable, Hashable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ rawValue: UInt16) { self.rawValue = rawValue }

    static let addr = DWARFForm(0x01)
    static let block2 = DWARFForm(0x03)
    static let block4 = DWARFForm(0x04)
    static let data2 = DWARFForm(0x05)
    static let data4 = DWARFForm(0x06)
    static let data8 = DWARFForm(0x07)
    static let string = DWARFForm(0x08)
    static let block = DWARFForm(0x09)
    static let block1 = DWARFForm(0x0A)
    static let data1 = DWARFForm(0x0B)
    static let flag = DWARFForm(0x0C)
    static let sdata = DWARFForm(0x0D)
    static let strp = DWARFForm(0x0E)
    static let udata = DWARFForm(0x0F)
    static let refAddr = DWARFForm(0x10)
    static let ref1 = DWARFForm(0x11)
    static let ref2 = DWARFForm(0x12)
    static let ref4 = DWARFForm(0x13)
    static let ref8 = DWARFForm(0x14)
    static let refUdata = DWARFForm(0x15)
    static let indirect = DWARFForm(0x16)
    static let secOffset = DWARFForm(0x17)
    static let exprloc = DWARFForm(0x18)
    static let flagPresent = DWARFForm(0x19)
    static let strx = DWARFForm(0x1A)
    static let addrx = DWARFForm(0x1B)
    static let refSup4 = DWARFForm(0x1C)
    static let strpSup = DWARFForm(0x1D)
    static let data16 = DWARFForm(0x1E)
    static let lineStrp = DWARFForm(0x1F)
    static let refSig8 = DWARFForm(0x20)
    static let implicitConst = DWARFForm(0x21)
    static let loclistx = DWARFForm(0x22)
    static let rnglistx = DWARFForm(0x23)
    static let refSup8 = DWARFForm(0x24)
    static let strx1 = DWARFForm(0x25)
    static let strx2 = DWARFForm(0x26)
    static let strx3 = DWARFForm(0x27)
    static let strx4 = DWARFForm(0x28)
    static let addrx1 = DWARFForm(0x29)
    static let addrx2 = DWARFForm(0x2A)
    static let addrx3 = DWARFForm(0x2B)
    static let addrx4 = DWARFForm(0x2C)
}
