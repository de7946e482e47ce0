import CLLVM

/// Owns an LLVM module and keeps its context alive. (`Module` is the spec's.)
public final class IRModule {
    public let ref: OpaquePointer
    public let context: LLVMContext
    /// Declarations of intrinsics made so far. Passes delete those that nothing calls any more, so this is
    /// emptied whenever passes run.
    var intrinsics: [IntrinsicKey: IRFunction] = [:]

    /// An empty module. `name` is its identifier; it shows in dumps only.
    public init(_ name: String, in context: LLVMContext) {
        self.context = context
        ref = LLVMModuleCreateWithNameInContext(name, context.ref)
    }

    /// Reads a module from textual IR or bitcode of this version of LLVM.
    ///
    /// Throws: `.parse`. Not for input from an untrusted source: LLVM's readers are not hardened.
    public init(parsing buffer: MemoryBuffer, in context: LLVMContext) throws(LLVMError) {
        self.context = context
        var module: LLVMModuleRef?
        var message: UnsafeMutablePointer<CChar>?
        let failed = Bool(LLVMParseIRInContext2(context.ref, buffer.ref, &module, &message))
        let text = takeMessage(message)
        guard !failed, let module else { throw LLVMError(.parse, text) }
        ref = module
        try context.throwCollectedErrors(as: .parse)
    }

    deinit { LLVMDisposeModule(ref) }

    // MARK: Properties

    /// The target triple.
    public var triple: String {
        get { String(cString: LLVMGetTarget(ref)) }
        set { LLVMSetTarget(ref, newValue) }
    }

    /// The data layout string. LLVM ends the process on a malformed one: take it from a `TargetMachine`.
    public var dataLayout: String {
        get { String(cString: LLVMGetDataLayoutStr(ref)) }
        set { LLVMSetDataLayout(ref, newValue) }
    }

    /// Sets triple and data layout from `machine`.
    public func setTarget(_ machine: TargetMachine) {
        triple = machine.triple
        dataLayout = machine.dataLayout
    }

    public func appendInlineAsm(_ text: String) { withUTF8(text) { LLVMAppendModuleInlineAsm(ref, $0, $1) } }

    // MARK: Functions and globals

    /// Adds a function; LLVM renames it when the name is taken.
    public func addFunction(
        _ name: String, _ type: IRType, linkage: Linkage = .external, callingConvention: CallingConvention = .c
    ) -> IRFunction {
        let function = IRFunction(LLVMAddFunction(ref, name, type.ref))
        function.setLinkage(linkage)
        function.setCallingConvention(callingConvention)
        return function
    }

    public func namedFunction(_ name: String) -> IRFunction? {
        withUTF8(name) { LLVMGetNamedFunctionWithLength(ref, $0, $1) }.map { IRFunction($0) }
    }

    /// The functions in order, declarations included. Collected: stays valid while functions are added.
    public var functions: [IRFunction] {
        Array(
            sequence(state: LLVMGetFirstFunction(ref)) { next -> IRFunction? in
                guard let current = next else { return nil }
                next = LLVMGetNextFunction(current)
                return IRFunction(current)
            })
    }

    /// Adds a global variable; a declaration while `initializer` is nil. LLVM renames it when the name is
    /// taken.
    public func addGlobal(
        _ name: String, _ type: IRType, initializer: IRValue? = nil, linkage: Linkage = .external,
        isConstant: Bool = false
    ) -> IRGlobal {
        let global = IRGlobal(LLVMAddGlobal(ref, type.ref, name))
        if let initializer { global.setInitializer(initializer) }
        global.setLinkage(linkage)
        global.setConstant(isConstant)
        return global
    }

    public func namedGlobal(_ name: String) -> IRGlobal? {
        withUTF8(name) { LLVMGetNamedGlobalWithLength(ref, $0, $1) }.map { IRGlobal($0) }
    }

    /// The global variables in order. Collected: stays valid while globals are added.
    public var globals: [IRGlobal] {
        Array(
            sequence(state: LLVMGetFirstGlobal(ref)) { next -> IRGlobal? in
                guard let current = next else { return nil }
                next = LLVMGetNextGlobal(current)
                return IRGlobal(current)
            })
    }

    /// Adds an alias of type `type` for the constant `aliasee`.
    public func addAlias(_ name: String, _ type: IRType, _ aliasee: IRValue, linkage: Linkage = .external) -> IRAlias {
        let alias = IRAlias(LLVMAddAlias2(ref, type.ref, 0, aliasee.ref, name))
        alias.setLinkage(linkage)
        return alias
    }

    /// Keeps globals in the object although nothing refers to them (`llvm.used` survives the linker's garbage
    /// collection, `llvm.compiler.used` only LLVM's). Call once per module.
    public func addUsed(_ values: [IRValue], compilerOnly: Bool = false) {
        let list = context.ptr.constArray(values)
        let global = addGlobal(
            compilerOnly ? "llvm.compiler.used" : "llvm.used", list.type, initializer: list, linkage: .appending)
        global.setSection("llvm.metadata")
    }

    // MARK: Output

    /// Checks that the module is well formed. Throws: `.verification` with LLVM's list of what is not.
    public func verify() throws(LLVMError) {
        var message: UnsafeMutablePointer<CChar>?
        let broken = Bool(LLVMVerifyModule(ref, LLVMReturnStatusAction, &message))
        let text = takeMessage(message)
        if broken { throw LLVMError(.verification, text) }
    }

    /// The module as textual IR.
    public func print() -> String { takeMessage(LLVMPrintModuleToString(ref)) }

    /// The module as bitcode.
    public func bitcode() -> [UInt8] { MemoryBuffer(owning: LLVMWriteBitcodeToMemoryBuffer(ref)).bytes }
}
