// The symbol table of an executable with the names that functions have in their modules.
// Specification: https://gabi.xinuos.com

/// Renames symbols of an executable that has been linked: until then, no name of a guest's can meet the linker.
struct GuestSymbolTable {
    private static let symbolTable: UInt64 = 2
    private static let symbolSize = 24
    private static let headerSize = 64
    /// Bytes of a name.
    private static let nameLimit = 1 << 12

    private var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The executable, with other names for some symbols, and none for those that `isHidden` is true of; as it was when it
    /// has no symbols.
    func renamed(_ names: [String: String], hiding isHidden: (String) -> Bool) -> [UInt8] {
        var copy = self
        return copy.rename(names, isHidden) ? copy.bytes : bytes
    }

    private mutating func rename(_ names: [String: String], _ isHidden: (String) -> Bool) -> Bool {
        let headers = Int(integer(at: 40, 8))
        let count = Int(integer(at: 60, 2))
        let isTable = { (index: Int) in integer(at: headers + index * Self.headerSize + 4, 4) == Self.symbolTable }
        guard let table = (0..<count).first(where: isTable) else {
            return false
        }
        let header = headers + table * Self.headerSize
        let strings = headers + Int(integer(at: header + 40, 4)) * Self.headerSize
        let symbols = Int(integer(at: header + 24, 8))
        let stringsOffset = Int(integer(at: strings + 24, 8))
        var text: [UInt8] = [0]
        var known: [String: Int] = ["": 0]
        for index in 0..<(Int(integer(at: header + 32, 8)) / Self.symbolSize) {
            let symbol = symbols + index * Self.symbolSize
            let name = string(at: stringsOffset + Int(integer(at: symbol, 4)))
            let replacement = names[name].map(Self.printable) ?? (isHidden(name) ? "" : name)
            let offset = known[replacement] ?? text.count
            if known[replacement] == nil {
                known[replacement] = offset
                text += Array(replacement.utf8) + [0]
            }
            put(UInt64(offset), at: symbol, 4)
        }
        replaceStrings(of: strings, with: text)
        return true
    }

    /// Puts the strings where they were when nothing but the section headers is behind them, which is what linkers write.
    private mutating func replaceStrings(of header: Int, with text: [UInt8]) {
        let headers = Int(integer(at: 40, 8))
        let start = Int(integer(at: header + 24, 8))
        let end = start + Int(integer(at: header + 32, 8))
        let tableSize = Int(integer(at: 60, 2)) * Self.headerSize
        guard end <= headers, headers - end < 16, headers + tableSize == bytes.count else {
            put(UInt64(bytes.count), at: header + 24, 8)
            put(UInt64(text.count), at: header + 32, 8)
            bytes += text
            return
        }
        put(UInt64(text.count), at: header + 32, 8)
        let table = bytes[headers...]
        var result = bytes[..<start] + text
        while result.count % 8 != 0 { result.append(0) }
        let moved = result.count
        bytes = Array(result + table)
        put(UInt64(moved), at: 40, 8)
    }

    /// A name without what would move a terminal's cursor, or end it.
    private static func printable(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            if result.utf8.count > nameLimit { break }
            if scalar.properties.generalCategory == .control {
                result += "\\x" + String(scalar.value, radix: 16)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    // MARK: Bytes

    private func integer(at offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    private mutating func put(_ value: UInt64, at offset: Int, _ count: Int) {
        for index in 0..<count { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
    }

    private func string(at offset: Int) -> String {
        String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }
}
