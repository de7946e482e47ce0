/// An executable, and what was said while it was made: who gets it from the cache hears the same.
struct BuiltExecutable: Equatable, Sendable {
    var bytes: [UInt8]
    var remarks: [String] = []

    init(bytes: [UInt8], remarks: [String] = []) {
        self.bytes = bytes
        self.remarks = remarks
    }

    /// The number of remarks, each with its length in front, and the executable.
    var encoded: [UInt8] {
        var result: [UInt8] = []
        func append(_ number: Int) { withUnsafeBytes(of: UInt32(number).littleEndian) { result += $0 } }
        append(remarks.count)
        for remark in remarks {
            append(remark.utf8.count)
            result += Array(remark.utf8)
        }
        result += bytes
        return result
    }

    /// nil for what `encoded` does not make.
    init?(encoded: [UInt8]) {
        var rest = encoded[...]
        func number() -> Int? {
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        guard let count = number() else { return nil }
        for _ in 0..<count {
            guard let length = number(), rest.count >= length else { return nil }
            remarks.append(String(decoding: rest.prefix(length), as: UTF8.self))
            rest = rest.dropFirst(length)
        }
        bytes = Array(rest)
    }
}
