// The opcodes of line number programs. Specification: DWARF 4 and 5, sections 6.2.5.2 and 6.2.5.3

/// Standard opcodes (`DW_LNS_*`).
public enum LineOpcode {
    public static let copy: UInt8 = 1
    public static let advancePC: UInt8 = 2
    public static let advanceLine: UInt8 = 3
    public static let setFile: UInt8 = 4
    public static let setColumn: UInt8 = 5
    public static let negateStatement: UInt8 = 6
    public static let setBasicBlock: UInt8 = 7
    public static let constAddPC: UInt8 = 8
    public static let fixedAdvancePC: UInt8 = 9
    public static let setPrologueEnd: UInt8 = 10
    public static let setEpilogueBegin: UInt8 = 11
    public static let setISA: UInt8 = 12
    /// The first special opcode of a program that has all of these, as `opcode_base` says it.
    public static let count: UInt8 = 13
}

/// Extended opcodes (`DW_LNE_*`), which follow a zero and a length.
public enum ExtendedLineOpcode {
    public static let endSequence: UInt8 = 1
    public static let setAddress: UInt8 = 2
    /// Section 6.2.5.3; module offsets travel in it.
    public static let setDiscriminator: UInt8 = 4
}
