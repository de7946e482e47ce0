import CLLVM

/// Linkage of a function or global variable. Only those kinds that ELF output needs.
public enum Linkage: Equatable, Sendable {
    /// A symbol that other objects see; a declaration when there is no body.
    case external
    /// A local symbol, renamed when two modules are merged.
    case `internal`
    /// Like internal, but without an entry in the symbol table.
    case `private`
    case weakAny
    case weakODR
    case linkOnceAny
    case linkOnceODR
    /// A declaration that may stay unresolved (null).
    case externalWeak
    case common
    case appending
    case availableExternally

    var raw: LLVMLinkage {
        switch self {
        case .external: LLVMExternalLinkage
        case .internal: LLVMInternalLinkage
        case .private: LLVMPrivateLinkage
        case .weakAny: LLVMWeakAnyLinkage
        case .weakODR: LLVMWeakODRLinkage
        case .linkOnceAny: LLVMLinkOnceAnyLinkage
        case .linkOnceODR: LLVMLinkOnceODRLinkage
        case .externalWeak: LLVMExternalWeakLinkage
        case .common: LLVMCommonLinkage
        case .appending: LLVMAppendingLinkage
        case .availableExternally: LLVMAvailableExternallyLinkage
        }
    }
}

public enum Visibility: Equatable, Sendable {
    case `default`, hidden, protected

    var raw: LLVMVisibility {
        switch self {
        case .default: LLVMDefaultVisibility
        case .hidden: LLVMHiddenVisibility
        case .protected: LLVMProtectedVisibility
        }
    }
}

/// Whether the address of a global matters, which decides if it may be merged with an equal one.
public enum UnnamedAddress: Equatable, Sendable {
    case none, local, global

    var raw: LLVMUnnamedAddr {
        switch self {
        case .none: LLVMNoUnnamedAddr
        case .local: LLVMLocalUnnamedAddr
        case .global: LLVMGlobalUnnamedAddr
        }
    }
}

public enum ThreadLocalMode: Equatable, Sendable {
    case notThreadLocal, generalDynamic, localDynamic, initialExec, localExec

    var raw: LLVMThreadLocalMode {
        switch self {
        case .notThreadLocal: LLVMNotThreadLocal
        case .generalDynamic: LLVMGeneralDynamicTLSModel
        case .localDynamic: LLVMLocalDynamicTLSModel
        case .initialExec: LLVMInitialExecTLSModel
        case .localExec: LLVMLocalExecTLSModel
        }
    }
}

/// What functions, global variables and aliases share.
public protocol IRGlobalValue: IRReference {}

extension IRGlobalValue {
    /// The address of the global, of type `ptr`.
    @inlinable
    public var value: IRValue { IRValue(ref) }

    public var name: String {
        get { value.name }
        nonmutating set { value.name = newValue }
    }

    /// The type behind the address: the function type, or the type of the variable.
    @inlinable
    public var valueType: IRType { IRType(LLVMGlobalGetValueType(ref)) }

    @inlinable
    public var isDeclaration: Bool { Bool(LLVMIsDeclaration(ref)) }

    /// Whether another definition may take the place of this one, so that LLVM concludes nothing from it.
    public var mayBeReplaced: Bool {
        let linkage = LLVMGetLinkage(ref)
        return linkage == LLVMLinkOnceODRLinkage || linkage == LLVMWeakODRLinkage
    }

    public func setLinkage(_ linkage: Linkage) { LLVMSetLinkage(ref, linkage.raw) }

    /// Internal and private symbols have default visibility only; anything else fails verification.
    public func setVisibility(_ visibility: Visibility) { LLVMSetVisibility(ref, visibility.raw) }

    public func setUnnamedAddress(_ unnamed: UnnamedAddress) { LLVMSetUnnamedAddress(ref, unnamed.raw) }

    /// The ELF section that the global is put into.
    public func setSection(_ section: String) { LLVMSetSection(ref, section) }

    /// Alignment in bytes, a power of two.
    public func setAlignment(_ bytes: Int) { LLVMSetAlignment(ref, UInt32(bytes)) }

    /// Puts the global into the comdat group `name` of its module, of which the linker keeps any one.
    public func setComdat(_ name: String) {
        LLVMSetComdat(ref, LLVMGetOrInsertComdat(LLVMGetGlobalParent(ref), name))
    }

    public func setMetadata(_ kind: MetadataKind, _ node: Metadata) {
        LLVMGlobalSetMetadata(ref, kind.id, node.ref)
    }
}

/// A global variable.
@frozen
public struct IRGlobal: IRGlobalValue {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }

    /// The initial value; a global without one is a declaration.
    public var initializer: IRValue? { LLVMGetInitializer(ref).map { IRValue($0) } }

    public func setInitializer(_ value: IRValue) { LLVMSetInitializer(ref, value.ref) }

    /// Marks the variable as never written: it goes to read-only data, and loads of it fold.
    public func setConstant(_ isConstant: Bool) { LLVMSetGlobalConstant(ref, LLVMBool(isConstant)) }

    public func setThreadLocal(_ mode: ThreadLocalMode) { LLVMSetThreadLocalMode(ref, mode.raw) }

    /// Removes the variable, to which nothing may refer.
    public func delete() { LLVMDeleteGlobal(ref) }
}

/// A second name for a global or a part of it.
@frozen
public struct IRAlias: IRGlobalValue {
    public let ref: OpaquePointer

    @inlinable
    public init(_ ref: OpaquePointer) { self.ref = ref }
}
