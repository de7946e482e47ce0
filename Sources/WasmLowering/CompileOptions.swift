import LLVMBridge
import WasmProfile

/// `-O`: how much work goes into speed or size.
public enum OptimizationLevel: String, CaseIterable, Sendable {
    case none = "0"
    case less = "1"
    case standard = "2"
    case aggressive = "3"
    case size = "s"
    case smallest = "z"

    /// The project's own passes; nil where LLVM's pipeline of the level is taken.
    var passes: String? {
        switch self {
        case .less: FastPipeline.passes
        case .standard: StandardPipeline.passes
        case .none, .aggressive, .size, .smallest: nil
        }
    }

    var pipeline: LLVMBridge.OptimizationLevel {
        switch self {
        case .none: .O0
        case .less: .O1
        case .standard: .O2
        case .aggressive: .O3
        case .size: .Os
        case .smallest: .Oz
        }
    }

    var codeGeneration: CodeGenOptLevel {
        switch self {
        case .none: .none
        case .less: .less
        case .standard, .size, .smallest: .default
        case .aggressive: .aggressive
        }
    }
}

/// `--bounds`: how an access outside a memory is found.
public enum BoundsStrategy: String, CaseIterable, Sendable {
    /// By unmapped pages behind the memory; 32-bit memories with 64 KiB pages only, others are compared.
    case guardPages = "guard"
    /// By a compare before each access.
    case explicit
}

/// `--traps`: what is sure about a trap.
public enum TrapStrictness: String, CaseIterable, Sendable {
    /// It happens, and memories, globals and tables are then as the specification says: for those who can look.
    case exact
    /// It happens, also at an access whose result nobody uses. What was stored before may be missing.
    case strict
    /// The optimiser may remove loads whose results are unused, and with them their traps.
    case relaxed
}

/// What the back end writes.
public enum EmittedKind: String, CaseIterable, Sendable {
    case object, assembly, llvmIR, llvmBitcode
}

/// How far a compilation has come.
public struct CompileProgress: Sendable {
    /// Partitions that are done, and all of them.
    public var completed: Int
    public var total: Int
}

/// Everything that decides what the back end writes. The same options and module give the same bytes,
/// whatever `jobs` is.
public struct CompileOptions: Sendable {
    public var optimization: OptimizationLevel = .standard
    public var bounds: BoundsStrategy = .guardPages
    public var traps: TrapStrictness = .strict
    public var architecture = Architecture.x86_64
    public var targetCPU = Architecture.x86_64.defaultProcessor
    /// Higher levels, ascending, for which hot functions are compiled as well. The program chooses when it starts.
    public var cloneCPUs: [String] = []
    /// LLVM's spelling: `+avx2,-bmi`.
    public var targetFeatures = ""
    /// What the program did when it ran. A hint.
    public var profile: Profile?
    /// Threads; at least 1.
    public var jobs = 1
    public var emit: EmittedKind = .object
    /// Grants baked into the program: words in the grammar of WASMC_GRANTS. A word `--module=NAME` begins those of the
    /// linked instance of that name.
    public var grants: [String] = []
    /// Whether they are the most that the program ever has.
    public var isCeiling = false
    /// The module's name in messages.
    public var moduleName = "module"
    /// Whether every exported function is callable by name at run time.
    public var includesInvoke = false
    /// Whether the program records its host calls and its end (`record.h`), for `wasmc diff`.
    public var recordsHostCalls = false
    /// Whether the program says what a core dump of it holds (`coredump.h`), for `--coredump`.
    public var savesCoredump = false
    /// Whether the names of functions are in the program, for the messages of traps.
    public var includesNames = true
    /// Whether the table of places is in the program, by which code is found in modules: for the same, and for core dumps.
    /// Without, messages say where in the code frames are.
    public var includesPlaces: Bool { includesNames || savesCoredump }
    /// Whether what modules say of their source is in the program, for the messages of traps.
    public var includesSource: Bool { includesNames && emit == .object }
    /// Bytes of the guest's stack unless `--max-stack` says otherwise.
    public var stackBytes: UInt64 = 8 << 20
    /// For tests: each allocation of an object is a collection, and what is freed is overwritten.
    public var stressesHeap = false
    /// The contents of the `.note.wasmc` section, complete; empty for none.
    public var note: [UInt8] = []
    /// Whether objects say where in the source of the modules their code comes from (`-g`).
    public var debugInfo = false
    /// Where objects of units are kept and found; nothing else depends on it.
    public var store: (any UnitStore)?
    /// Called from any thread, at the start and after each partition.
    public var progress: (@Sendable (CompileProgress) -> Void)?
    /// Called with remarks for the user, e.g. that a giant function was optimised less.
    public var remark: (@Sendable (String) -> Void)?

    public init() {}
}

/// A file for the linker (or, by `emit`, assembly, IR or bitcode).
public struct CompiledObject: Sendable {
    /// Unique in the compilation: `partition-3`, `program`.
    public var name: String
    public var bytes: [UInt8]
    /// Whether exceptions may pass through its code: the executable needs the table that finds frames.
    public var isUnwound = false

    public init(name: String, bytes: [UInt8], isUnwound: Bool = false) {
        (self.name, self.bytes, self.isUnwound) = (name, bytes, isUnwound)
    }
}
