import CLLVM

extension IRBuilder {
    // MARK: Vectors

    /// A lane index of at least the number of lanes gives poison.
    @inlinable
    public func extractElement(_ vector: IRValue, _ index: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildExtractElement(ref, vector.ref, index.ref, name))
    }

    public func extractElement(_ vector: IRValue, lane: Int, name: String = "") -> IRValue {
        extractElement(vector, context.constI32(UInt32(lane)), name: name)
    }

    @inlinable
    public func insertElement(_ vector: IRValue, _ element: IRValue, _ index: IRValue, name: String = "") -> IRValue {
        IRValue(LLVMBuildInsertElement(ref, vector.ref, element.ref, index.ref, name))
    }

    public func insertElement(_ vector: IRValue, _ element: IRValue, lane: Int, name: String = "") -> IRValue {
        insertElement(vector, element, context.constI32(UInt32(lane)), name: name)
    }

    /// Picks lanes from two vectors of the same type: `mask` counts through `first`, then `second`; nil leaves a
    /// lane poison.
    public func shuffleVector(_ first: IRValue, _ second: IRValue, mask: [Int?], name: String = "") -> IRValue {
        let poison = context.i32.poison()
        let lanes = mask.map { lane in lane.map { context.constI32(UInt32($0)) } ?? poison }
        return IRValue(LLVMBuildShuffleVector(ref, first.ref, second.ref, IRValue.constVector(lanes).ref, name))
    }

    /// Picks lanes from one vector.
    public func shuffleVector(_ vector: IRValue, mask: [Int?], name: String = "") -> IRValue {
        shuffleVector(vector, vector.type.poison(), mask: mask, name: name)
    }

    /// A vector with `value` in each of `count` lanes.
    public func splat(_ value: IRValue, count: Int, name: String = "") -> IRValue {
        if value.isConstant { return IRType.constSplat(value, count: count) }
        let poison = context.vector(of: value.type, count: count).poison()
        let first = insertElement(poison, value, lane: 0)
        return shuffleVector(first, poison, mask: Array(repeating: 0, count: count), name: name)
    }

    // MARK: Structures and arrays

    @inlinable
    public func extractValue(_ aggregate: IRValue, _ index: Int, name: String = "") -> IRValue {
        IRValue(LLVMBuildExtractValue(ref, aggregate.ref, UInt32(index), name))
    }

    @inlinable
    public func insertValue(_ aggregate: IRValue, _ element: IRValue, _ index: Int, name: String = "") -> IRValue {
        IRValue(LLVMBuildInsertValue(ref, aggregate.ref, element.ref, UInt32(index), name))
    }

    /// A value of the structure or array `type`, put together from its elements.
    public func aggregate(_ type: IRType, _ elements: [IRValue], name: String = "") -> IRValue {
        var result = type.poison()
        for (index, element) in elements.enumerated() {
            result = insertValue(result, element, index, name: index == elements.count - 1 ? name : "")
        }
        return result
    }
}
