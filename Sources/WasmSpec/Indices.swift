// Index spaces. Each is a type of its own, so that a function index cannot be used as a type index.
// Spec: https://webassembly.github.io/spec/core/syntax/modules.html#indices

/// An index into one of a module's index spaces.
public protocol SpaceIndex: RawRepresentable<UInt32>, Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
    CustomStringConvertible
where RawValue == UInt32 {
    init(rawValue: UInt32)
}

extension SpaceIndex {
    @inlinable public init(integerLiteral value: UInt32) { self.init(rawValue: value) }
    /// Traps in debug builds when negative or above 2^32-1; callers pass counts that decoding has bounded.
    @inlinable public init(_ value: Int) { self.init(rawValue: UInt32(value)) }
    @inlinable public var position: Int { Int(rawValue) }
    @inlinable public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    public var description: String { String(rawValue) }
}

/// A type.
@frozen public struct TypeIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A function, imports first.
@frozen public struct FunctionIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A table, imports first.
@frozen public struct TableIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A memory, imports first.
@frozen public struct MemoryIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A global, imports first.
@frozen public struct GlobalIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A tag, imports first.
@frozen public struct TagIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// An element segment.
@frozen public struct ElementIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A data segment.
@frozen public struct DataIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A local of a function, parameters first.
@frozen public struct LocalIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A field of a structure type.
@frozen public struct FieldIndex: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A label, relative to the innermost block: 0 is the innermost.
@frozen public struct LabelDepth: SpaceIndex {
    public var rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}
