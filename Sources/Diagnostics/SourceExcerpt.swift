/// The line of a text that an error lies in, as it is printed, with the place under it.
///
/// Only what is shown is kept. A long line is cut on both sides of the place; tabs become blanks, and what is not seen is
/// escaped, so that the caret stands under what it means whatever the line holds.
public struct SourceExcerpt: Hashable, Sendable {
    /// Counts from 1.
    let line: Int
    /// Safe to print.
    let text: TerminalText
    /// Cells of the terminal before the place.
    let caret: Int

    /// Cells before and behind the place that are shown at least.
    private static let cellsBefore = 50
    private static let cellsBehind = 70
    private static let tabCells = 4

    /// The line of `bytes` with the place `line`, `column`; nil when it is empty or not there. Lines end with `\n`, `\r`, or both,
    /// and columns count Unicode scalars, as in errors of the text format.
    public init?(_ bytes: [UInt8], line: Int, column: Int) {
        guard let range = Self.range(ofLine: line, in: bytes), !range.isEmpty else { return nil }
        var place = range.lowerBound
        var rest = column - 1
        while place < range.upperBound {
            if !Self.continues(bytes[place]) {
                if rest == 0 { break }
                rest -= 1
            }
            place += 1
        }
        // As many bytes as hold the cells that are shown, whatever scalars they make.
        var start = max(range.lowerBound, place - 4 * Self.cellsBefore)
        while start > range.lowerBound, start < place, Self.continues(bytes[start]) { start += 1 }
        var end = min(range.upperBound, place + 4 * Self.cellsBehind)
        while end < range.upperBound, Self.continues(bytes[end]) { end += 1 }
        let before = Self.pieces(bytes[start..<place])
        let behind = Self.pieces(bytes[place..<end])
        let shownBefore = Self.fitting(before.reversed(), Self.cellsBefore).reversed()
        let shownBehind = Self.fitting(behind, Self.cellsBehind)
        let isCutBefore = start > range.lowerBound || shownBefore.count < before.count
        let isCutBehind = end < range.upperBound || shownBehind.count < behind.count
        let texts = [isCutBefore ? "..." : ""] + shownBefore.map(\.text) + shownBehind.map(\.text)
        self.line = line
        // Each piece is escaped.
        text = TerminalText(trusted: texts.joined() + (isCutBehind ? "..." : ""))
        caret = (isCutBefore ? 3 : 0) + shownBefore.reduce(0) { $0 + $1.cells }
    }

    /// The two lines: the number and the text, and below it the caret.
    func lines(mark: (TerminalText) -> TerminalText) -> [TerminalText] {
        let number = String(line)
        let margin = TerminalText(trusted: String(repeating: " ", count: number.utf8.count))
        let blanks = TerminalText(trusted: String(repeating: " ", count: caret))
        return ["    \(number) | \(text)", "    \(margin) | \(blanks)\(mark("^"))"]
    }

    /// A scalar, or a byte that belongs to none, as it is printed.
    private struct Piece {
        var text: String
        var cells: Int
    }

    private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    private static func range(ofLine line: Int, in bytes: [UInt8]) -> Range<Int>? {
        var start = 0
        var current = 1
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            if current == line { return start..<(index - 1) }
            if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            start = index
            current += 1
        }
        return current == line ? start..<bytes.count : nil
    }

    private static func pieces(_ bytes: ArraySlice<UInt8>) -> [Piece] {
        var pieces: [Piece] = []
        var decoder = UTF8()
        var rest = bytes
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
                let digits = String(rest.removeFirst(), radix: 16)
                pieces.append(Piece(text: "\\x" + digits, cells: 4))
                decoder = UTF8()
                continue
            }
            rest = rest.dropFirst(UTF8.width(scalar))
            decoder = UTF8()
            pieces.append(piece(scalar))
        }
        return pieces
    }

    private static func piece(_ scalar: Unicode.Scalar) -> Piece {
        if scalar == "\t" { return Piece(text: String(repeating: " ", count: tabCells), cells: tabCells) }
        let text = escaped(String(scalar))
        return Piece(text: text, cells: scalar.isUnseen ? text.utf8.count : scalar.terminalCells)
    }

    /// The first pieces, up to so many cells.
    private static func fitting(_ pieces: some Sequence<Piece>, _ cells: Int) -> [Piece] {
        var left = cells
        return Array(
            pieces.prefix { piece in
                left -= piece.cells
                return left >= 0
            })
    }
}

extension Unicode.Scalar {
    /// How many cells of a terminal it takes: 0 for marks that combine, 2 for wide ones.
    /// https://www.unicode.org/reports/tr11/
    var terminalCells: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// East Asian Width W and F, with neighbours that are not assigned joined.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
        0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
        0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
        0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
        0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
        0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
        0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004,
        0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335,
        0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0,
        0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D,
        0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4,
        0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF,
        0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945,
        0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
