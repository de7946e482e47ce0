import CLLVM

/// A metadata node or string. Lives in its context.
@frozen
public struct Metadata: IRReference {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }
}

/// The number of a kind of metadata, such as `!prof`, in one context.
public struct MetadataKind: Hashable, Sendable {
    @usableFromInline let id: UInt32
}

/// How often the two sides of a conditional branch are taken; only the ratio counts.
public struct BranchWeights: Equatable, Sendable {
    public let then: UInt32
    public let `else`: UInt32

    public init(then: UInt32, else: UInt32) {
        self.then = then
        self.else = `else`
    }

    /// The first destination is nearly always taken (the ratio of clang's `__builtin_expect`).
    public static let likely = BranchWeights(then: 2000, else: 1)
    /// The first destination is nearly never taken.
    public static let unlikely = BranchWeights(then: 1, else: 2000)
}

/// How flags of the same name are merged when modules are linked.
public enum ModuleFlagBehavior: Equatable, Sendable {
    case error, warning, override, max, min

    /// LLVM's number, as it stands in the metadata. Its C enumeration lacks max and min.
    var number: UInt32 {
        switch self {
        case .error: 1
        case .warning: 2
        case .override: 4
        case .max: 7
        case .min: 8
        }
    }
}

extension LLVMContext {
    public func metadataKind(_ name: String) -> MetadataKind {
        withUTF8(name) { MetadataKind(id: LLVMGetMDKindIDInContext(ref, $0, UInt32($1))) }
    }

    public func metadataString(_ text: String) -> Metadata {
        withUTF8(text) { Metadata(LLVMMDStringInContext2(ref, $0, $1)) }
    }

    /// A node that is shared with every other node of the same operands.
    public func metadataNode(_ operands: [Metadata] = []) -> Metadata {
        withReferences(operands) { Metadata(LLVMMDNodeInContext2(ref, $0, $1)) }
    }

    /// A constant as metadata operand.
    public func metadata(_ constant: IRValue) -> Metadata { Metadata(LLVMValueAsMetadata(constant.ref)) }

    /// A distinct node whose first operand is itself, followed by `operands`: a loop identifier (`!llvm.loop`),
    /// or a domain or scope of `!alias.scope`.
    public func distinctMetadataNode(_ operands: [Metadata] = []) -> Metadata {
        let placeholder = Metadata(LLVMTemporaryMDNode(ref, nil, 0))
        let node = metadataNode([placeholder] + operands)
        // Also frees the placeholder. A node that refers to itself is distinct from then on.
        LLVMMetadataReplaceAllUsesWith(placeholder.ref, node.ref)
        return node
    }

    /// Node of `!prof` with one weight per destination, in the order of the terminator's operands.
    public func branchWeights(_ weights: [UInt32]) -> Metadata {
        metadataNode([metadataString("branch_weights")] + weights.map { metadata(constI32($0)) })
    }

    /// Node of `!range`: the numbers of 64 bits that a load can give.
    public func range(_ numbers: Range<UInt64>) -> Metadata {
        metadataNode([metadata(constI64(numbers.lowerBound)), metadata(constI64(numbers.upperBound))])
    }

    /// Node of `!prof` for a function, with how often it was called.
    public func functionEntryCount(_ count: UInt64) -> Metadata {
        metadataNode([metadataString("function_entry_count"), metadata(constI64(count))])
    }
}

extension IRValue {
    /// Attaches a node to an instruction.
    public func setMetadata(_ kind: MetadataKind, _ node: Metadata) {
        LLVMSetMetadata(ref, kind.id, LLVMMetadataAsValue(LLVMGetValueContext(ref), node.ref))
    }

    /// The scope of an instruction's debug location.
    public var debugScope: Metadata? {
        LLVMInstructionGetDebugLoc(ref).flatMap { LLVMDILocationGetScope($0) }.map { Metadata($0) }
    }

    /// Attaches a debug location to an instruction, or removes it.
    public func setDebugLocation(_ location: Metadata?) {
        guard isInstruction else { return }
        LLVMInstructionSetDebugLoc(ref, location?.ref)
    }
}

extension IRModule {
    /// Adds a module flag with an i32 value, such as "Dwarf Version".
    public func addFlag(_ behavior: ModuleFlagBehavior, _ key: String, _ value: UInt32) {
        addFlag(behavior, key, context.metadata(context.constI32(value)))
    }

    /// Adds a module flag whose value is a node, such as "ProfileSummary".
    public func addFlag(_ behavior: ModuleFlagBehavior, _ key: String, _ value: Metadata) {
        let node = context.metadataNode([
            context.metadata(context.constI32(behavior.number)), context.metadataString(key), value,
        ])
        addNamedMetadata("llvm.module.flags", node)
    }

    /// The nodes of the named metadata `name`, in order.
    public func namedMetadata(_ name: String) -> [Metadata] {
        let count = Int(LLVMGetNamedMetadataNumOperands(ref, name))
        return [Metadata](unsafeUninitializedCapacity: count) { buffer, initialized in
            withUnsafeTemporaryAllocation(of: LLVMValueRef?.self, capacity: count) { operands in
                LLVMGetNamedMetadataOperands(ref, name, operands.baseAddress)
                for index in 0..<count {
                    guard let operand = operands[index] else { continue }
                    (buffer.baseAddress! + index).initialize(to: Metadata(LLVMValueAsMetadata(operand)))
                    initialized = index + 1
                }
            }
        }
    }

    /// Appends a node to the named metadata `name`.
    public func addNamedMetadata(_ name: String, _ node: Metadata) {
        LLVMAddNamedMetadataOperand(ref, name, LLVMMetadataAsValue(context.ref, node.ref))
    }
}
