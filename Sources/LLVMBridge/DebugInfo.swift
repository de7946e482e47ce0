import CLLVM

/// Owns LLVM's builder of debug information, for line tables: a file, a unit, one subprogram per function, and
/// locations.
///
/// In a function that has a subprogram, each call of another function with one needs a location, or the module
/// fails verification (inlining would not know where it is). Call `finalize` before verifying.
public final class DIBuilder {
    public enum DWARFVersion: UInt32, Sendable {
        case v4 = 4
        case v5 = 5
    }

    let ref: OpaquePointer
    public let module: IRModule
    private var isFinalized = false

    /// Also sets the flags of the module that make the code generator write DWARF.
    public init(_ module: IRModule, dwarfVersion: DWARFVersion = .v5) {
        self.module = module
        ref = LLVMCreateDIBuilder(module.ref)
        module.addFlag(.warning, "Debug Info Version", LLVMDebugMetadataVersion())
        module.addFlag(.max, "Dwarf Version", dwarfVersion.rawValue)
    }

    /// For more locations and blocks in a module whose debug information is complete.
    public init(continuing module: IRModule) {
        self.module = module
        ref = LLVMCreateDIBuilder(module.ref)
        isFinalized = true
    }

    deinit { LLVMDisposeDIBuilder(ref) }

    public func file(_ name: String, directory: String) -> Metadata {
        withUTF8(name) { name, nameLength in
            withUTF8(directory) { directory, directoryLength in
                Metadata(LLVMDIBuilderCreateFile(ref, name, nameLength, directory, directoryLength))
            }
        }
    }

    /// The compile unit, one per module. `producer` names the compiler.
    @discardableResult
    public func compileUnit(_ file: Metadata, producer: String, isOptimized: Bool) -> Metadata {
        withUTF8(producer) { producer, producerLength in
            // DWARF has no number for WebAssembly; C11 makes debuggers expect the least.
            Metadata(
                LLVMDIBuilderCreateCompileUnit(
                    ref, LLVMDWARFSourceLanguageC11, file.ref, producer, producerLength, LLVMBool(isOptimized),
                    nil, 0, 0, nil, 0, LLVMDWARFEmissionLineTablesOnly, 0, 0, 0, nil, 0, nil, 0))
        }
    }

    /// The subprogram of a function definition, to be set with `IRFunction.setSubprogram`.
    ///
    /// - Parameters:
    ///   - name: what a backtrace shows.
    ///   - linkageName: the symbol.
    ///   - line: line of the declaration; 0 when not known.
    public func subprogram(
        _ name: String, linkageName: String, file: Metadata, line: UInt32, isLocal: Bool = true, isOptimized: Bool
    ) -> Metadata {
        // Line tables need no types; the verifier wants a subroutine type all the same.
        let type = LLVMDIBuilderCreateSubroutineType(ref, file.ref, nil, 0, LLVMDIFlagZero)
        return withUTF8(name) { name, nameLength in
            withUTF8(linkageName) { linkageName, linkageNameLength in
                Metadata(
                    LLVMDIBuilderCreateFunction(
                        ref, file.ref, name, nameLength, linkageName, linkageNameLength, file.ref, line, type,
                        LLVMBool(isLocal), 1, line, LLVMDIFlagZero, LLVMBool(isOptimized)))
            }
        }
    }

    /// Lets a part of `scope` come from another file. The discriminator is a number that line tables have beside the line.
    public func lexicalBlock(_ scope: Metadata, file: Metadata, discriminator: UInt32 = 0) -> Metadata {
        Metadata(LLVMDIBuilderCreateLexicalBlockFile(ref, scope.ref, file.ref, discriminator))
    }

    /// What leads from a value to a variable: operations of DWARF with their operands.
    public func expression(_ operations: [UInt64]) -> Metadata {
        var operations = operations
        return Metadata(LLVMDIBuilderCreateExpression(ref, &operations, operations.count))
    }

    /// Says at the end of `block` that a variable is at the address in `slot`, or where `expression` leads from there.
    public func declare(
        _ variable: Metadata, at slot: IRValue, _ expression: Metadata, _ location: Metadata, in block: BasicBlock
    ) {
        LLVMDIBuilderInsertDeclareRecordAtEnd(ref, slot.ref, variable.ref, expression.ref, location.ref, block.ref)
    }

    /// Says at the end of `block` that a variable has a value from here on, or what `expression` makes of it.
    public func setValue(
        of variable: Metadata, to value: IRValue, _ expression: Metadata, _ location: Metadata, in block: BasicBlock
    ) {
        LLVMDIBuilderInsertDbgValueRecordAtEnd(ref, value.ref, variable.ref, expression.ref, location.ref, block.ref)
    }

    /// A location for `IRBuilder.debugLocation` or `IRValue.setDebugLocation`.
    ///
    /// - Parameters:
    ///   - line: from 1; 0 is "no line" and marks code that the compiler made up.
    ///   - column: from 1 to 65,535; larger ones and 0 mean "not known".
    ///   - scope: the subprogram of the function, or a lexical block in it.
    ///   - inlinedAt: the location of the call, when the code was inlined before.
    public func location(line: UInt32, column: UInt32, scope: Metadata, inlinedAt: Metadata? = nil) -> Metadata {
        Metadata(LLVMDIBuilderCreateDebugLocation(module.context.ref, line, column, scope.ref, inlinedAt?.ref))
    }

    /// Completes the nodes; once, after the last subprogram.
    public func finalize() {
        precondition(!isFinalized, "debug information is finalized once")
        isFinalized = true
        LLVMDIBuilderFinalize(ref)
    }
}

// What locations say, for those who change them after the last pass.
extension Metadata {
    /// Of a location: its line; 0 is "no line".
    public var locationLine: UInt32 { LLVMDILocationGetLine(ref) }

    /// Of a location: its column; 0 is "not known".
    public var locationColumn: UInt32 { LLVMDILocationGetColumn(ref) }

    /// Of a location: the subprogram or lexical block that it is in.
    public var locationScope: Metadata { Metadata(LLVMDILocationGetScope(ref)) }

    /// Of a location: the call that the code was inlined at; nil when it was not.
    public var inlinedAt: Metadata? { LLVMDILocationGetInlinedAt(ref).map { Metadata($0) } }

    /// Of a scope: its file.
    public var scopeFile: Metadata? { LLVMDIScopeGetFile(ref).map { Metadata($0) } }

    /// Of a subprogram: the line of its declaration.
    public var subprogramLine: UInt32 { LLVMDISubprogramGetLine(ref) }
}
