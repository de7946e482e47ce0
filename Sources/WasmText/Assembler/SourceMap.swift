// From module offsets back to the text.

import Diagnostics

/// Where the parts of an assembled module come from.
public struct SourceMap: Sendable {
    struct Entry: Sendable {
        var moduleOffset: UInt32
        var textOffset: UInt32
    }

    /// Sorted by module offset.
    let entries: [Entry]
    private let source: SourceText?

    init(entries: [Entry], source: SourceText?) {
        self.entries = entries
        self.source = source
    }

    /// The map of a module that was not text: every offset has no place.
    public static let empty = SourceMap(entries: [], source: nil)

    /// The place in the text of the item that contains the byte at `offset` of the module, or `.none` if the
    /// offset lies before the first item.
    public func location(ofOffset offset: Int) -> Location {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if Int(entries[middle].moduleOffset) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, let source else { return .none }
        return source.location(ofText: Int(entries[low - 1].textOffset))
    }
}

/// A module assembled from text.
public struct AssembledModule: Sendable {
    /// The binary format.
    public let bytes: [UInt8]
    public let sourceMap: SourceMap
    /// The module's identifier without `$`, or nil.
    public let name: String?

    init(bytes: [UInt8], sourceMap: SourceMap, name: String?) {
        self.bytes = bytes
        self.sourceMap = sourceMap
        self.name = name
    }
}
