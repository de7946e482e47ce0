import CLLVM
import MachineCode

/// How hard the code generator works; independent of the pass pipeline.
public enum CodeGenOptLevel: Equatable, Sendable {
    case none, less, `default`, aggressive

    var raw: LLVMCodeGenOptLevel {
        switch self {
        case .none: LLVMCodeGenLevelNone
        case .less: LLVMCodeGenLevelLess
        case .default: LLVMCodeGenLevelDefault
        case .aggressive: LLVMCodeGenLevelAggressive
        }
    }
}

public enum RelocationModel: Equatable, Sendable {
    case `static`, pic

    var raw: LLVMRelocMode {
        switch self {
        case .static: LLVMRelocStatic
        case .pic: LLVMRelocPIC
        }
    }
}

public enum CodeModel: Equatable, Sendable {
    /// The target's own choice: small.
    case `default`
    case tiny, small, medium, large

    var raw: LLVMCodeModel {
        switch self {
        case .default: LLVMCodeModelDefault
        case .tiny: LLVMCodeModelTiny
        case .small: LLVMCodeModelSmall
        case .medium: LLVMCodeModelMedium
        case .large: LLVMCodeModelLarge
        }
    }
}

/// What code is generated for.
public struct TargetMachineOptions: Equatable, Sendable {
    /// Target triple, such as "x86_64-unknown-linux-musl".
    public var triple: String
    /// LLVM's CPU name; "" is the triple's baseline.
    public var cpu: String
    /// Comma-separated features, such as "+avx2,-bmi".
    public var features: String
    /// ABI name, such as "lp64d" on RISC-V; "" is the triple's default.
    public var abi: String
    public var optLevel: CodeGenOptLevel
    /// Whether code is generated in less time: instructions are selected one by one (FastISel) where that costs little
    /// speed, and registers are given out without taking values apart. Not without optimisation.
    public var isFast: Bool
    /// Whether modules say of variables where they are.
    public var hasVariables: Bool
    public var relocationModel: RelocationModel
    public var codeModel: CodeModel

    public init(
        triple: String, cpu: String = "", features: String = "", abi: String = "",
        optLevel: CodeGenOptLevel = .default, isFast: Bool = false, hasVariables: Bool = true,
        relocationModel: RelocationModel = .pic, codeModel: CodeModel = .default
    ) {
        self.triple = triple
        self.cpu = cpu
        self.features = features
        self.abi = abi
        self.optLevel = optLevel
        self.isFast = isFast
        self.hasVariables = hasVariables
        self.relocationModel = relocationModel
        self.codeModel = codeModel
    }
}

/// Owns a code generator. Belongs to one thread at a time. Registered are X86, AArch64 and RISC-V.
public final class TargetMachine {
    public enum FileType: Equatable, Sendable {
        case assembly, object
    }

    let ref: OpaquePointer
    private let isFast: Bool
    private let hasVariables: Bool

    /// Throws: `.target` for a triple without a code generator. LLVM only warns, on standard error, about a CPU or
    /// feature that it does not know: check those against a list of one's own first.
    public init(_ options: TargetMachineOptions) throws(LLVMError) {
        precondition(LLVMLibrary.isPrepared && LLVMLibrary.areTargetsInitialized)
        var target: LLVMTargetRef?
        var message: UnsafeMutablePointer<CChar>?
        let failed = Bool(LLVMGetTargetFromTriple(options.triple, &target, &message))
        let text = takeMessage(message)
        guard !failed, let target else { throw LLVMError(.target, text) }
        guard let machine = Self.make(target, options) else {
            throw LLVMError(.target, "no code generator for \(options.triple)")
        }
        ref = machine
        isFast = options.isFast && options.optLevel != .none
        hasVariables = options.hasVariables
    }

    deinit { LLVMDisposeTargetMachine(ref) }

    private static func make(_ target: LLVMTargetRef, _ options: TargetMachineOptions) -> LLVMTargetMachineRef? {
        let machineOptions = LLVMCreateTargetMachineOptions()
        defer { LLVMDisposeTargetMachineOptions(machineOptions) }
        LLVMTargetMachineOptionsSetCPU(machineOptions, options.cpu)
        LLVMTargetMachineOptionsSetFeatures(machineOptions, options.features)
        LLVMTargetMachineOptionsSetABI(machineOptions, options.abi)
        LLVMTargetMachineOptionsSetCodeGenOptLevel(machineOptions, options.optLevel.raw)
        LLVMTargetMachineOptionsSetRelocMode(machineOptions, options.relocationModel.raw)
        LLVMTargetMachineOptionsSetCodeModel(machineOptions, options.codeModel.raw)
        return LLVMCreateTargetMachineWithOptions(target, options.triple, machineOptions)
    }

    public var triple: String { takeMessage(LLVMGetTargetMachineTriple(ref)) }
    public var cpu: String { takeMessage(LLVMGetTargetMachineCPU(ref)) }
    public var features: String { takeMessage(LLVMGetTargetMachineFeatureString(ref)) }

    /// The data layout as a string for `IRModule.dataLayout`.
    public var dataLayout: String { targetData.description }

    /// Sizes and offsets of types on the target.
    public var targetData: TargetData { TargetData(owning: LLVMCreateTargetDataLayout(ref)) }

    // MARK: Emission

    /// Generates code into memory. Changes the module on the way: print it before.
    ///
    /// Throws: `.emission`, with all errors that the code generator reported.
    public func emit(_ module: IRModule, _ fileType: FileType) throws(LLVMError) -> MemoryBuffer {
        var buffer: LLVMMemoryBufferRef?
        let options = wasmc_machine_code_options(
            is_assembly: fileType == .assembly, has_variables: hasVariables, is_fast: isFast)
        let message = wasmc_machine_code_emit(module.ref, ref, options, &buffer)
        defer { wasmc_machine_code_free(message) }
        let result = buffer.map { MemoryBuffer(owning: $0) }
        module.intrinsics.removeAll()
        try module.context.throwCollectedErrors(as: .emission)
        guard let result else { throw LLVMError(.emission, message.map { String(cString: $0) } ?? "no code") }
        return result
    }
}

/// Owns a data layout: sizes, alignments and offsets in bytes.
public final class TargetData: CustomStringConvertible {
    private let ref: OpaquePointer

    init(owning ref: OpaquePointer) { self.ref = ref }

    deinit { LLVMDisposeTargetData(ref) }

    /// LLVM's string for the layout.
    public var description: String { takeMessage(LLVMCopyStringRepOfTargetData(ref)) }

    public var pointerSize: Int { Int(LLVMPointerSize(ref)) }

    /// Bytes from one element of an array to the next.
    public func abiSize(of type: IRType) -> UInt64 { LLVMABISizeOfType(ref, type.ref) }

    /// Bytes that a store overwrites.
    public func storeSize(of type: IRType) -> UInt64 { LLVMStoreSizeOfType(ref, type.ref) }

    public func abiAlignment(of type: IRType) -> Int { Int(LLVMABIAlignmentOfType(ref, type.ref)) }

    /// Offset of element `index` of a structure.
    public func offset(ofElement index: Int, in structure: IRType) -> UInt64 {
        LLVMOffsetOfElement(ref, structure.ref, UInt32(index))
    }
}

/// The machine that the compiler runs on.
public enum Host {
    /// LLVM's triple of the compiler's own platform.
    public static var triple: String { takeMessage(LLVMGetDefaultTargetTriple()) }

    public static var cpuName: String { takeMessage(LLVMGetHostCPUName()) }

    /// Features of this CPU, present and absent ones, in the form of `TargetMachineOptions.features`.
    public static var cpuFeatures: String { takeMessage(LLVMGetHostCPUFeatures()) }
}

/// `triple` with its parts in LLVM's order and spelling.
public func normalizedTriple(_ triple: String) -> String { takeMessage(LLVMNormalizeTargetTriple(triple)) }
