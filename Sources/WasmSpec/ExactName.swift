/// A name as the key of a dictionary, or in a set.
///
/// Names are equal when their bytes are. Swift's strings are equal when they are canonically equivalent, as the one letter
/// `é` and the two `e` and accent: a module would be given the other's exports.
///
/// Spec: https://webassembly.github.io/spec/core/syntax/values.html#names
public struct ExactName: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xff as UInt8)
    }
}
