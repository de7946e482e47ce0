// What a file is, by its first bytes: names and extensions decide nothing.

/// What a file holds.
public enum ContentKind: Hashable, Sendable {
    /// `\0asm` with layer 0.
    case module
    /// `\0asm` with layer 1, or the text of a component.
    case component
    /// An ELF file.
    case elf
    /// What could be the text format: its first character that is no blank or comment is a parenthesis, or there is none.
    case text
    /// The text of a test script.
    case script
    /// Nothing at all.
    case empty
    /// Something else that is known.
    case foreign(ForeignContent)
    /// Nothing that wasmc knows.
    case unknown

    /// As many bytes from the start decide, except for text that begins with a longer comment.
    static let decisiveBytes = 4096

    public init(of bytes: [UInt8]) {
        if bytes.isEmpty {
            self = .empty
        } else if bytes.prefix(4).elementsEqual([0x00, 0x61, 0x73, 0x6D].prefix(bytes.count)) {
            // The layer is the upper half of what modules call the version.
            let isComponent = bytes.count >= 8 && bytes[6] == 1 && bytes[7] == 0
            self = isComponent ? .component : .module
        } else if bytes.starts(with: ELFFile.magic) {
            self = .elf
        } else if let format = ForeignContent(of: bytes) {
            self = .foreign(format)
        } else if let text = TextStart(of: bytes) {
            self = text.kind
        } else {
            self = .unknown
        }
    }
}

/// How a text in the format of modules or scripts begins.
private struct TextStart {
    /// The keyword behind the first parenthesis; empty when there is no parenthesis.
    private let keyword: ArraySlice<UInt8>

    /// Nil when the bytes begin with something else than blanks, comments, annotations and a parenthesis.
    init?(of bytes: [UInt8]) {
        var position = 0
        Self.skipBlanks(bytes, &position)
        guard position < bytes.count else {
            keyword = []
            return
        }
        guard bytes[position] == UInt8(ascii: "(") else { return nil }
        position += 1
        Self.skipBlanks(bytes, &position)
        keyword = bytes[position...].prefix(40).prefix { byte in
            byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        }
    }

    var kind: ContentKind {
        if keyword.elementsEqual("component".utf8) { return .component }
        let isScript = Self.commands.contains { keyword.elementsEqual($0.utf8) } || keyword.starts(with: "assert_".utf8)
        return isScript ? .script : .text
    }

    /// `module` is no sign of a script.
    private static let commands = ["register", "invoke", "get", "thread", "wait"]

    private static func skipBlanks(_ bytes: [UInt8], _ position: inout Int) {
        while position < bytes.count {
            let following = position + 1 < bytes.count ? bytes[position + 1] : 0
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: ";") where following == UInt8(ascii: ";"):
                while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            case UInt8(ascii: "(") where following == UInt8(ascii: ";"): skipBlockComment(bytes, &position)
            default: return
            }
        }
    }

    private static func skipBlockComment(_ bytes: [UInt8], _ position: inout Int) {
        var depth = 0
        while position < bytes.count {
            let following = position + 1 < bytes.count ? bytes[position + 1] : 0
            switch (bytes[position], following) {
            case (UInt8(ascii: "("), UInt8(ascii: ";")):
                depth += 1
                position += 2
            case (UInt8(ascii: ";"), UInt8(ascii: ")")):
                depth -= 1
                position += 2
                if depth == 0 { return }
            default: position += 1
            }
        }
    }
}
