// Changes bytes: the inputs of the fuzz targets, and modules that mostly are no longer valid.

import WasmBinary

/// Makes mutants. Equal seeds make equal ones.
public struct Mutator: Sendable {
    private var random: SplitMix64

    public init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// A number in `0..<limit`.
    public mutating func number(below limit: Int) -> Int { random.number(below: limit) }

    // MARK: Bytes

    /// One to four changes of `bytes`; `other` is what parts are taken from.
    public mutating func mutate(_ bytes: [UInt8], splicing other: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0...number(below: 4) { change(&result, other) }
        return result
    }

    private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
        guard !bytes.isEmpty else {
            bytes = random.bytes(1 + number(below: 32))
            return
        }
        let position = number(below: bytes.count)
        let end = min(bytes.count, position + 1 + number(below: number(below: 8) == 0 ? 64 : 6))
        switch number(below: 10) {
        case 0...2: bytes[position] ^= 1 << UInt8(number(below: 8))
        case 3: bytes[position] = UInt8(number(below: 256))
        case 4: bytes[position] = [0, 1, 0x40, 0x7F, 0x80, 0xFF, 0xFB, 0xFC, 0xFD, 0xFE, 0x0B][number(below: 11)]
        case 5: bytes.removeSubrange(position..<end)
        case 6: bytes.insert(contentsOf: bytes[position..<end], at: number(below: bytes.count))
        case 7: bytes.replaceSubrange(position..<end, with: part(of: other))
        case 8: bytes.replaceSubrange(position..<min(end, position + 1), with: lengthOrNumber())
        default: if number(below: 8) == 0 { bytes.removeSubrange(position...) } else { bytes.swapAt(position, end - 1) }
        }
    }

    private mutating func part(of bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        let start = number(below: bytes.count)
        return Array(bytes[start..<min(bytes.count, start + 1 + number(below: 40))])
    }

    /// A LEB128 integer at an edge.
    private mutating func lengthOrNumber() -> [UInt8] {
        let edges: [[UInt8]] = [
            [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x08], [0x80, 0x00], [0xFF, 0xFF, 0x03],
            [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x80, 0x80, 0x80, 0x80, 0x10], [0xC0, 0x84, 0x3D],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ]
        return edges[number(below: edges.count)]
    }

    // MARK: Modules

    /// A change of a module that keeps its sections' lengths right, so that it gets past the first checks: inside of
    /// a section, or of sections as a whole. What is not a module is changed as bytes.
    public mutating func mutateModule(_ bytes: [UInt8], splicing other: [UInt8]) -> [UInt8] {
        guard number(below: 6) > 0, var sections = Self.sections(of: bytes), !sections.isEmpty else {
            return mutate(bytes, splicing: other)
        }
        let position = number(below: sections.count)
        switch number(below: 12) {
        case 0: sections.remove(at: position)
        case 1: sections.insert(sections[position], at: number(below: sections.count))
        case 2: sections.swapAt(position, number(below: sections.count))
        case 3:
            guard let others = Self.sections(of: other), !others.isEmpty else { break }
            let replacement = others[number(below: others.count)]
            if let same = sections.firstIndex(where: { $0.id == replacement.id }) { sections[same] = replacement }
        case 4...8 where sections[position].id == SectionID.code.rawValue || number(below: 2) == 0:
            // In place, so that bodies keep their lengths too.
            let count = sections[position].contents.count
            if count > 0 {
                for _ in 0...number(below: 2) {
                    sections[position].contents[number(below: count)] ^= 1 << UInt8(number(below: 8))
                }
            }
        default:
            sections[position].contents = mutate(sections[position].contents, splicing: part(of: other))
        }
        return Self.module(bytes.prefix(8), sections)
    }

    /// Changes of debug sections, in place or not; nothing else changes. What has none is changed as a module.
    public mutating func mutateDebugInfo(_ bytes: [UInt8], splicing other: [UInt8]) -> [UInt8] {
        let name = Array(".debug_".utf8)
        guard var sections = Self.sections(of: bytes) else { return mutateModule(bytes, splicing: other) }
        let debug = sections.indices.filter {
            sections[$0].id == 0 && sections[$0].contents.dropFirst().starts(with: name)
        }
        guard !debug.isEmpty else { return mutateModule(bytes, splicing: other) }
        for _ in 0...number(below: 3) {
            let section = debug[number(below: debug.count)]
            let start = min(sections[section].contents.count, Int(sections[section].contents[0]) + 1)
            var contents = Array(sections[section].contents[start...])
            // Beginnings have the headers, on which the most depends.
            let isHead = number(below: 3) == 0
            let head = isHead ? min(contents.count, 64) : contents.count
            contents = mutate(Array(contents[..<head]), splicing: contents) + contents[head...]
            sections[section].contents.replaceSubrange(start..., with: contents)
        }
        return Self.module(bytes.prefix(8), sections)
    }

    private static func module(_ header: ArraySlice<UInt8>, _ sections: [Section]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(header)
        for section in sections {
            writer.byte(section.id)
            writer.length(section.contents.count)
            writer.append(section.contents)
        }
        return writer.bytes
    }

    private struct Section {
        var id: UInt8
        var contents: [UInt8]
    }

    /// The sections of a module, nil if their lengths do not fit.
    private static func sections(of bytes: [UInt8]) -> [Section]? {
        guard bytes.count >= 8 else { return nil }
        var result: [Section] = []
        var position = 8
        while position < bytes.count {
            let id = bytes[position]
            position += 1
            var length = 0
            var shift = 0
            var byte: UInt8
            repeat {
                guard position < bytes.count, shift < 35 else { return nil }
                byte = bytes[position]
                length |= Int(byte & 0x7F) << shift
                shift += 7
                position += 1
            } while byte & 0x80 != 0
            guard length <= bytes.count - position else { return nil }
            result.append(Section(id: id, contents: Array(bytes[position..<(position + length)])))
            position += length
        }
        return result
    }

    // MARK: Text

    /// One to four changes of a text: of tokens, parentheses and characters.
    public mutating func mutateText(_ text: [UInt8], splicing other: [UInt8]) -> [UInt8] {
        guard number(below: 4) > 0 else { return mutate(text, splicing: other) }
        var tokens = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { Array($0) }
        for _ in 0...number(below: 4) {
            let position = number(below: tokens.count)
            switch number(below: 6) {
            case 0: tokens.remove(at: position)
            case 1: tokens.insert(tokens[number(below: tokens.count)], at: position)
            case 2: tokens.swapAt(position, number(below: tokens.count))
            case 3: tokens[position] = Array(Self.words[number(below: Self.words.count)].utf8)
            case 4: tokens.insert(Array(Self.words[number(below: Self.words.count)].utf8), at: position)
            default: tokens[position] = part(of: other)
            }
            if tokens.isEmpty { return [] }
        }
        return Array(tokens.joined(separator: [UInt8(ascii: " ")]))
    }

    private static let words = [
        "(", ")", "((", "))", ";;", "(;", ";)", "\"", "\"\\u{110000}\"", "\"\\ff\"", "$a", "$", "$\"\"", "@", "(@a",
        "0x",
        "-0x8000000000000000", "18446744073709551616", "4294967295", "-1", "nan:0x1", "nan:canonical", "0x1p+99999",
        "1e-400", "1_000", "1__0", "inf", "func", "(param", "(result i32)", "(type 0)", "(type 4294967295)", "(local",
        "i32.const", "v128.const", "i8x16", "block", "end", "else", "then", "(then", "(if", "br_table", "offset=",
        "offset=18446744073709551615", "align=3", "(rec", "(sub", "(ref", "(ref null 0)", "(import \"\" \"\"",
        "(export",
        "(data", "(elem", "(module", "binary", "quote", "(catch", "try_table", "(mut", "shared", "i64", "pagesize",
    ]
}
