// Text being printed: words, lines, strings, numbers.
// Spec: https://webassembly.github.io/spec/core/text/values.html

/// A growing UTF-8 text.
struct TextWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// A space and a word.
    mutating func word(_ text: String) {
        bytes.append(UInt8(ascii: " "))
        write(text)
    }

    /// A new line, indented by two spaces a level. Beyond fifty levels the indentation stays, so that the text
    /// grows no faster than the module.
    mutating func newline(_ level: Int) {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<min(level, 50) { write("  ") }
    }

    /// Bytes as a string that is ASCII.
    mutating func string(_ contents: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in contents {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x20..<0x7F: bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(TextWriter.digits[Int(byte >> 4)])
                bytes.append(TextWriter.digits[Int(byte & 15)])
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// A name in quotes. Scalars that are not seen, or that change how others are seen, are escaped.
func quoted(_ name: String) -> String {
    var result = "\""
    for scalar in name.unicodeScalars {
        switch scalar {
        case "\"", "\\":
            result.unicodeScalars.append("\\")
            result.unicodeScalars.append(scalar)
        case _ where isInvisible(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}

/// `$name`, quoted unless it consists of identifier characters.
func identifier(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { Lexer.classes[Int($0)] == .idchar }
    return isPlain ? "$" + name : "$" + quoted(name)
}

/// The shortest decimal literal that has these bits.
public func floatLiteral(f32 bits: UInt32) -> String {
    let value = Float(bitPattern: bits)
    guard value.isNaN else { return value.description }
    return nanLiteral(sign: bits >> 31 != 0, payload: UInt64(bits & 0x7F_FFFF), canonical: 0x40_0000)
}

/// The shortest decimal literal that has these bits.
public func floatLiteral(f64 bits: UInt64) -> String {
    let value = Double(bitPattern: bits)
    guard value.isNaN else { return value.description }
    return nanLiteral(sign: bits >> 63 != 0, payload: bits & 0xF_FFFF_FFFF_FFFF, canonical: 0x8_0000_0000_0000)
}

private func nanLiteral(sign: Bool, payload: UInt64, canonical: UInt64) -> String {
    (sign ? "-nan" : "nan") + (payload == canonical ? "" : ":0x" + String(payload, radix: 16))
}
