/// Names of functions as messages of traps show them: without the types that they are made for, which are most of a name
/// in Rust and C++. Rust's own backtraces have them so.
enum ShortNames {
    /// `core::ops::FnOnce::call_once` for `core::ops::FnOnce::call_once<fn(), ()>`; the name itself where that is no list of
    /// types, or would leave nothing of a part of it.
    static func short(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "<")) else { return name }
        var result: [UInt8] = []
        var depth = 0
        var last: UInt8 = 0
        for byte in name.utf8 {
            defer { last = byte }
            switch byte {
            case UInt8(ascii: "<") where depth > 0: depth += 1
            case UInt8(ascii: "<") where !isOperator(result):
                guard let before = result.last, before != UInt8(ascii: ":") else { return name }
                depth = 1
            case UInt8(ascii: ">") where depth > 0: if last != UInt8(ascii: "-") { depth -= 1 }
            default: if depth == 0 { result.append(byte) }
            }
        }
        return depth == 0 ? String(decoding: result, as: UTF8.self) : name
    }

    /// `operator<` and its like.
    private static func isOperator(_ name: [UInt8]) -> Bool {
        ["operator", "operator<"].contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}
