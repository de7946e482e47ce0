// Immediates that are more than an index or a number.

/// The immediate of a memory access.
@frozen public struct MemArg: Hashable, Sendable {
    /// log2 of the promised alignment in bytes.
    public var alignLog2: UInt32
    /// Bytes added to the operand, in 64 bits without wrapping.
    public var offset: UInt64
    public var memory: MemoryIndex

    @inlinable public init(alignLog2: UInt32, offset: UInt64, memory: MemoryIndex = 0) {
        self.alignLog2 = alignLog2
        self.offset = offset
        self.memory = memory
    }
}

/// The immediates of `br_table`.
public struct BranchTable: Hashable, Sendable {
    public var labels: [LabelDepth]
    /// The label for operands beyond the list.
    public var defaultLabel: LabelDepth

    public init(labels: [LabelDepth], defaultLabel: LabelDepth) {
        self.labels = labels
        self.defaultLabel = defaultLabel
    }
}

/// The immediates of `br_on_cast` and `br_on_cast_fail`.
@frozen public struct BranchOnCast: Hashable, Sendable {
    public var label: LabelDepth
    public var source: ReferenceType
    public var target: ReferenceType

    @inlinable public init(label: LabelDepth, source: ReferenceType, target: ReferenceType) {
        self.label = label
        self.source = source
        self.target = target
    }
}

/// A catch clause of `try_table`.
@frozen public enum CatchClause: Hashable, Sendable {
    case catchTag(TagIndex, LabelDepth)
    case catchTagRef(TagIndex, LabelDepth)
    case catchAll(LabelDepth)
    case catchAllRef(LabelDepth)

    @inlinable public var label: LabelDepth {
        switch self {
        case .catchTag(_, let label), .catchTagRef(_, let label), .catchAll(let label), .catchAllRef(let label): label
        }
    }
}

/// 16 bytes, the first in the lowest bits: lane 0 is the low end.
@frozen public struct V128: Hashable, Sendable {
    public var low: UInt64
    public var high: UInt64

    @inlinable public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Byte `index` of 0..<16, in memory order.
    @inlinable public subscript(index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (index < 8 ? low : high) >> UInt64(8 * (index & 7)))
    }
}
