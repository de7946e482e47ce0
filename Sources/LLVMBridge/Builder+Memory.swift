import CLLVM

/// Promises about a `getelementptr`. A false one makes the address poison. Guest addresses keep `nusw` and `nuw`, as a
/// zero-extended index and an offset of 32 bits cannot wrap; `inBounds` would promise an object that LLVM knows.
@frozen
public struct GEPNoWrapFlags: OptionSet, Sendable {
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Base and result lie in the same object; implies `nusw`.
    public static let inBounds: GEPNoWrapFlags = [GEPNoWrapFlags(rawValue: 1), .nusw]
    /// No unsigned plus signed wrap.
    public static let nusw = GEPNoWrapFlags(rawValue: 2)
    /// No unsigned wrap.
    public static let nuw = GEPNoWrapFlags(rawValue: 4)
}

extension IRBuilder {
    // MARK: Stack

    /// Reserves stack for one `type`. Outside of the entry block it grows the stack each time it is reached.
    public func alloca(_ type: IRType, alignment: Int? = nil, name: String = "") -> IRValue {
        let slot = IRValue(LLVMBuildAlloca(ref, type.ref, name))
        if let alignment { LLVMSetAlignment(slot.ref, UInt32(alignment)) }
        return slot
    }

    /// Reserves stack for `count` of `type`.
    public func alloca(_ type: IRType, count: IRValue, alignment: Int? = nil, name: String = "") -> IRValue {
        let slot = IRValue(LLVMBuildArrayAlloca(ref, type.ref, count.ref, name))
        if let alignment { LLVMSetAlignment(slot.ref, UInt32(alignment)) }
        return slot
    }

    // MARK: Loads and stores

    /// Loads a `type`. `alignment` in bytes; nil is the ABI alignment, and a less aligned address is then
    /// immediate UB: guest accesses pass 1. An atomic `ordering` needs a power-of-two size and natural
    /// alignment.
    public func load(
        _ type: IRType, _ pointer: IRValue, alignment: Int? = nil, isVolatile: Bool = false,
        ordering: AtomicOrdering = .notAtomic, name: String = ""
    ) -> IRValue {
        let load = LLVMBuildLoad2(ref, type.ref, pointer.ref, name)!
        setAccess(load, alignment, isVolatile, ordering)
        return IRValue(load)
    }

    /// Stores `value`; the options are those of `load`.
    @discardableResult
    public func store(
        _ value: IRValue, _ pointer: IRValue, alignment: Int? = nil, isVolatile: Bool = false,
        ordering: AtomicOrdering = .notAtomic
    ) -> IRValue {
        let store = LLVMBuildStore(ref, value.ref, pointer.ref)!
        setAccess(store, alignment, isVolatile, ordering)
        return IRValue(store)
    }

    private func setAccess(_ access: LLVMValueRef, _ alignment: Int?, _ isVolatile: Bool, _ ordering: AtomicOrdering) {
        if let alignment { LLVMSetAlignment(access, UInt32(alignment)) }
        if isVolatile { LLVMSetVolatile(access, 1) }
        if ordering != .notAtomic { LLVMSetOrdering(access, ordering.raw) }
    }

    // MARK: Addresses

    /// `getelementptr i8`: `pointer` plus a signed offset in bytes. `offset` must be i64: LLVM sign-extends a
    /// narrower one, which for a guest address is a sandbox escape.
    public func gep(
        _ pointer: IRValue, offset: IRValue, flags: GEPNoWrapFlags = [], name: String = ""
    ) -> IRValue {
        precondition(offset.type == context.i64, "an offset in bytes is an i64")
        return gep(context.i8, pointer, [offset], flags: flags, name: name)
    }

    /// `pointer` plus a constant offset in bytes.
    public func gep(_ pointer: IRValue, offset: Int64, flags: GEPNoWrapFlags = [], name: String = "") -> IRValue {
        gep(context.i8, pointer, [context.constI64(signed: offset)], flags: flags, name: name)
    }

    /// `getelementptr` on elements of `type`.
    public func gep(
        _ type: IRType, _ pointer: IRValue, _ indices: [IRValue], flags: GEPNoWrapFlags = [], name: String = ""
    ) -> IRValue {
        withReferences(indices) {
            IRValue(LLVMBuildGEPWithNoWrapFlags(ref, type.ref, pointer.ref, $0, UInt32($1), name, flags.rawValue))
        }
    }

    /// Address of a field of the structure `type` behind `pointer` (in bounds).
    @inlinable
    public func structGEP(_ type: IRType, _ pointer: IRValue, _ index: Int, name: String = "") -> IRValue {
        IRValue(LLVMBuildStructGEP2(ref, type.ref, pointer.ref, UInt32(index), name))
    }

    // MARK: Blocks of memory

    /// `llvm.memcpy`: the ranges are disjoint or equal. `size` in bytes, alignments in bytes.
    @discardableResult
    public func memcpy(
        _ destination: IRValue, _ source: IRValue, size: IRValue, destinationAlignment: Int = 1,
        sourceAlignment: Int = 1, isVolatile: Bool = false
    ) -> IRValue {
        blockOperation(
            LLVMBuildMemCpy(
                ref, destination.ref, UInt32(destinationAlignment), source.ref, UInt32(sourceAlignment), size.ref),
            isVolatile)
    }

    /// `llvm.memmove`: the ranges may overlap.
    @discardableResult
    public func memmove(
        _ destination: IRValue, _ source: IRValue, size: IRValue, destinationAlignment: Int = 1,
        sourceAlignment: Int = 1, isVolatile: Bool = false
    ) -> IRValue {
        blockOperation(
            LLVMBuildMemMove(
                ref, destination.ref, UInt32(destinationAlignment), source.ref, UInt32(sourceAlignment), size.ref),
            isVolatile)
    }

    /// `llvm.memset`: fills `size` bytes with the i8 `value`.
    @discardableResult
    public func memset(
        _ destination: IRValue, _ value: IRValue, size: IRValue, alignment: Int = 1, isVolatile: Bool = false
    ) -> IRValue {
        blockOperation(LLVMBuildMemSet(ref, destination.ref, value.ref, size.ref, UInt32(alignment)), isVolatile)
    }

    /// The last argument says whether the operation is volatile.
    private func blockOperation(_ call: LLVMValueRef, _ isVolatile: Bool) -> IRValue {
        if isVolatile { LLVMSetOperand(call, 3, context.constI1(true).ref) }
        return IRValue(call)
    }
}
