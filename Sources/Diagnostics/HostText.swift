// Names and arguments of the host's: bytes without a NUL, which need not be UTF-8.

/// The one place where bytes of the host's become text and text becomes bytes again, without loss.
///
/// What is UTF-8 is itself. Another byte is a scalar of a private use area that is kept for it, U+10FE80 to U+10FEFF; such
/// a scalar itself is four of them. So text can be cut, joined and compared as ever, and `bytes` gives what came in.
public enum HostText {
    /// Stands for the byte 0 of `first + byte`; only bytes from 0x80 on occur.
    private static let first: UInt32 = 0x10FE00
    private static let escapes = first + 0x80...first + 0xFF

    /// The byte that a scalar stands for; nil for other scalars.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        escapes.contains(scalar.value) ? UInt8(scalar.value - first) : nil
    }

    /// The text for these bytes.
    public static func text<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        var rest = bytes[...]
        while let byte = rest.first {
            var decoder = Unicode.UTF8.ForwardParser()
            var source = rest.makeIterator()
            if case .valid(let encoded) = decoder.parseScalar(from: &source),
                self.byte(of: Unicode.UTF8.decode(encoded)) == nil
            {
                text.append(Unicode.UTF8.decode(encoded))
                rest = rest.dropFirst(encoded.count)
            } else {
                // This byte alone; what follows may be text again.
                text.append(Unicode.Scalar(first + UInt32(byte))!)
                rest = rest.dropFirst()
            }
        }
        return String(text)
    }

    /// The text for a C string.
    public static func text(cString: UnsafePointer<CChar>) -> String {
        var count = 0
        while cString[count] != 0 { count += 1 }
        return cString.withMemoryRebound(to: UInt8.self, capacity: count) {
            text(UnsafeBufferPointer(start: $0, count: count))
        }
    }

    /// The bytes that text stands for.
    public static func bytes(_ text: String) -> [UInt8] {
        guard text.unicodeScalars.contains(where: { byte(of: $0) != nil }) else { return Array(text.utf8) }
        return text.unicodeScalars.flatMap { scalar in byte(of: scalar).map { [$0] } ?? Array(UTF8.encode(scalar)!) }
    }

    /// The bytes for C, with a NUL behind them.
    public static func cString(_ text: String) -> [CChar] { bytes(text).map { CChar(bitPattern: $0) } + [0] }
}
