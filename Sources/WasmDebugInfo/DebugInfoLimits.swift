/// What is read of a module's debug information at most. The largest programs that people build stay below a tenth. What
/// is beyond is as if it were not there, so that a hostile module costs bounded memory and time.
enum DebugInfoLimits {
    /// Abbreviations of all units, of three bytes and more.
    static let abbreviations = 1 << 21
    /// Attributes of one abbreviation.
    static let attributes = 1 << 8
    /// Entries, of one byte and more, that take 16 each.
    static let entries = 1 << 26
    /// Rows of line tables, of one byte and more, that take 16 each.
    static let rows = 1 << 25
    /// Files of line tables.
    static let files = 1 << 21
    /// Functions, blocks and inlined functions; their address ranges.
    static let ranges = 1 << 23
    /// Calls, one in the other, that are inlined at one place.
    static let inlining = 200
    /// Entries that contain each other.
    static let nesting = 1 << 10
    /// References followed from an entry to the one that says more of it.
    static let references = 8
    /// Bytes of a name, with those of what it is declared in; of a string that stands among others.
    static let nameBytes = 1 << 11
    static let stringBytes = 1 << 16
    /// Bytes of metadata for one partition beyond which names are cut to the second number: each entry may have the same long
    /// one, in four bytes.
    static let metadataBytes = 1 << 23
    static let shortNameBytes = 1 << 6
}
