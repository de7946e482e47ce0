// Names, paths and contents come from somebody hostile: a line end in a name forges a line of output, an escape sequence
// drives the terminal, a bidirectional override shows a name that is another one. So what is printed is not a `String`.

/// Text that is safe to print. Literals are the program's own; whatever is put into them is escaped and cut.
///
///     "\(file): WebAssembly module, \(count) bytes" as TerminalText
public struct TerminalText: ExpressibleByStringInterpolation, CustomStringConvertible, Hashable, Sendable {
    public let description: String

    public init(stringLiteral value: String) { description = value }

    public init(stringInterpolation: StringInterpolation) { description = stringInterpolation.text }

    /// Text that holds nothing of an input's: help, a completion script.
    public init(trusted text: String) { description = text }

    /// Lines of somebody else's, e.g. a tool's output: each is escaped, and the line ends stay.
    public init(lines text: String) {
        description = text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
            .joined(separator: "\n")
    }

    public static func + (left: TerminalText, right: TerminalText) -> TerminalText {
        TerminalText(trusted: left.description + right.description)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// Anybody's text.
        public mutating func appendInterpolation(_ value: String) { text += escaped(value, limit: valueLimit) }

        public mutating func appendInterpolation(_ value: some BinaryInteger) { text += String(value) }

        public mutating func appendInterpolation(_ value: TerminalText) { text += value.description }
    }

    /// Most scalars that are shown of a value; a type of many parameters may take so much.
    static let valueLimit = 1000
}

extension [TerminalText] {
    /// The texts as lines.
    public var lines: TerminalText { joined(by: "\n") }

    public func joined(by separator: TerminalText) -> TerminalText {
        TerminalText(trusted: map(\.description).joined(separator: separator.description))
    }
}

/// A name for a message: cut when it is long, so that a sentence about it stays one.
public func shortened(_ name: String, limit: Int = 200) -> String {
    let scalars = name.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
        end != scalars.endIndex
    else { return name }
    return String(scalars[..<end]) + "..."
}

/// The text on one line, with what is not seen or changes how others are seen written as `\u{..}`, and `...` in the place
/// of what comes behind `limit` scalars.
public func escaped(_ text: String, limit: Int = .max) -> String {
    var result = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
        if count == limit { return result + "..." }
        if let byte = HostText.byte(of: scalar) {
            result += "\\x" + String(byte, radix: 16)
        } else if scalar.isUnseen {
            result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

extension Unicode.Scalar {
    /// Whether it is not seen, or changes how others are seen: controls, line ends, bidirectional overrides, joiners,
    /// private and unassigned ones.
    public var isUnseen: Bool {
        // Most are ASCII, and looking up a category takes long.
        if value < 0x7F { return value < 0x20 }
        return switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
