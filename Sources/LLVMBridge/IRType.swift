import CLLVM

/// An LLVM type. Valid as long as its context; types are unique, so that equality is identity.
@frozen
public struct IRType: IRReference {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }

    /// What the type is, as far as the lowering has to tell types apart.
    public enum Kind: Equatable, Sendable {
        case void, integer, half, float, double, pointer, vector, array, structure, function, other
    }

    public var kind: Kind {
        switch LLVMGetTypeKind(ref) {
        case LLVMVoidTypeKind: .void
        case LLVMIntegerTypeKind: .integer
        case LLVMHalfTypeKind: .half
        case LLVMFloatTypeKind: .float
        case LLVMDoubleTypeKind: .double
        case LLVMPointerTypeKind: .pointer
        case LLVMVectorTypeKind: .vector
        case LLVMArrayTypeKind: .array
        case LLVMStructTypeKind: .structure
        case LLVMFunctionTypeKind: .function
        default: .other
        }
    }

    /// Width of an integer type in bits.
    @inlinable
    public var integerWidth: Int { Int(LLVMGetIntTypeWidth(ref)) }

    /// Element type of a vector or array.
    @inlinable
    public var elementType: IRType { IRType(LLVMGetElementType(ref)) }

    /// Number of lanes of a vector.
    @inlinable
    public var vectorCount: Int { Int(LLVMGetVectorSize(ref)) }

    /// Number of elements of an array.
    @inlinable
    public var arrayCount: UInt64 { LLVMGetArrayLength2(ref) }

    /// Element types of a structure that has a body.
    public var structElements: [IRType] {
        collect(Int(LLVMCountStructElementTypes(ref))) { LLVMGetStructElementTypes(ref, $0) }
    }

    /// Result type of a function type.
    @inlinable
    public var returnType: IRType { IRType(LLVMGetReturnType(ref)) }

    /// Parameter types of a function type.
    public var parameterTypes: [IRType] {
        collect(Int(LLVMCountParamTypes(ref))) { LLVMGetParamTypes(ref, $0) }
    }

    /// Gives a named structure its body, once.
    public func setBody(_ elements: [IRType], packed: Bool = false) {
        withReferences(elements) { LLVMStructSetBody(ref, $0, UInt32($1), LLVMBool(packed)) }
    }

    /// The type as LLVM prints it.
    public func print() -> String { takeMessage(LLVMPrintTypeToString(ref)) }

    private func collect(_ count: Int, _ fill: (UnsafeMutablePointer<OpaquePointer?>?) -> Void) -> [IRType] {
        guard count > 0 else { return [] }
        return withUnsafeTemporaryAllocation(of: OpaquePointer?.self, capacity: count) { buffer in
            buffer.initialize(repeating: nil)
            fill(buffer.baseAddress)
            return buffer.map { IRType($0!) }
        }
    }
}

extension LLVMContext {
    /// An integer type of `width` bits (1 to 2^23).
    public func integer(width: Int) -> IRType { IRType(LLVMIntTypeInContext(ref, UInt32(width))) }

    /// IEEE 754 binary16.
    public var f16: IRType { IRType(LLVMHalfTypeInContext(ref)) }

    public func pointer(addressSpace: Int) -> IRType {
        IRType(LLVMPointerTypeInContext(ref, UInt32(addressSpace)))
    }

    /// A vector of `count` lanes; `count` is at least 1.
    public func vector(of element: IRType, count: Int) -> IRType {
        IRType(LLVMVectorType(element.ref, UInt32(count)))
    }

    public func array(of element: IRType, count: UInt64) -> IRType {
        IRType(LLVMArrayType2(element.ref, count))
    }

    /// A literal (unnamed, structurally unique) structure.
    public func structure(_ elements: [IRType], packed: Bool = false) -> IRType {
        withReferences(elements) {
            IRType(LLVMStructTypeInContext(ref, $0, UInt32($1), LLVMBool(packed)))
        }
    }

    /// An identified structure without a body; see `IRType.setBody`.
    public func namedStructure(_ name: String) -> IRType { IRType(LLVMStructCreateNamed(ref, name)) }

    public func functionType(_ parameters: [IRType], returning result: IRType, isVarArg: Bool = false) -> IRType {
        withReferences(parameters) {
            IRType(LLVMFunctionType(result.ref, $0, UInt32($1), LLVMBool(isVarArg)))
        }
    }
}
