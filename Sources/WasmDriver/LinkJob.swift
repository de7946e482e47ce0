import Diagnostics
import Glibc
import Support

/// One run of the linker, as a value.
public struct LinkJob: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// A static position-independent executable.
        case executable(ExecutableOptions)
        /// One relocatable object out of several.
        case relocatable
    }

    public struct ExecutableOptions: Equatable, Sendable {
        /// The directory of the runtime and the start files.
        public var libraryDirectory: String
        /// Whether symbols and debug information stay in (`-g`).
        public var keepsSymbols = false
        /// Whether the part of the runtime is linked in that calls exports by name.
        public var includesInvoke = false
        /// Whether the part is that grants to linked modules.
        public var includesModules = false
        /// Whether the part is that holds WASMC_GRANTS below what is baked in.
        public var includesCeiling = false
        /// Whether the part is that gives the program a network of its own, which socket functions bring, too.
        public var includesIsolation = false
        /// Whether exceptions pass through its code: then there is a table that finds frames.
        public var hasExceptions = false
        /// Whether the part is that records host calls, between the program and what it calls.
        public var includesRecording = false
        /// Whether the part is that writes core dumps of the guest at a trap.
        public var includesCoredump = false
        /// Whether the part is that ends by a signal at a trap.
        public var includesAbort = false
        /// Whether messages of traps say where in the code frames are, as the program has no places (`--strip`).
        public var showsCodeOffsets = false
        /// Whether the part is that chooses among versions of functions, for the CPU that it starts on.
        public var includesClones = false
        /// Whether the program takes commands from a script instead of running its entry.
        public var isHarness = false

        public init(libraryDirectory: String) { self.libraryDirectory = libraryDirectory }
    }

    public var kind: Kind
    public var target: Target
    /// Path of `ld.lld`.
    public var linker: String
    /// Paths of the objects, in the order in which they lie in the output.
    public var objects: [String]
    public var output: String

    public init(_ kind: Kind, target: Target, linker: String, objects: [String], output: String) {
        self.kind = kind
        self.target = target
        self.linker = linker
        self.objects = objects
        self.output = output
    }

    /// The arguments for `ld.lld`. The output depends on the contents of the inputs and on their order alone.
    public var arguments: [String] {
        let common = ["-m", target.linkerEmulation, "-o", output]
        switch kind {
        case .relocatable: return common + ["-r"] + objects
        case .executable(let options):
            let library = options.libraryDirectory
            return common + Self.executableArguments + (options.keepsSymbols ? [] : ["--strip-all"])
                // The runtime refers to these weakly, which alone does not take them out of the archive.
                + (options.includesInvoke ? ["--undefined=wasmc_invoke"] : [])
                + (options.includesModules ? ["--undefined=wasmc_grants_start_module"] : [])
                + (options.includesCeiling ? ["--undefined=wasmc_ceiling_allows"] : [])
                + (options.includesIsolation ? ["--undefined=wasmc_net_start"] : [])
                + (options.hasExceptions ? ["--eh-frame-hdr"] : [])
                + Self.trapEndArguments(options)
                + (options.showsCodeOffsets ? Self.codeOffsetArguments : [])
                + (options.includesClones
                    ? ["--wrap=wasmc_sys_protect_constants", "--undefined=__wrap_wasmc_sys_protect_constants"] : [])
                + (options.includesRecording ? Self.recordingArguments(options) : [])
                + ["\(library)/rcrt1.o", "\(library)/crti.o"]
                + (options.keepsSymbols ? ["\(library)/gdb.o"] : [])
                + (options.isHarness ? ["\(library)/harness.o"] : []) + objects
                + ["\(library)/libwasmc.a", "\(library)/libc.a", "\(library)/crtn.o"]
        }
    }

    /// `runtime-c/src/record.h` says which functions it takes the place of.
    private static func recordingArguments(_ options: ExecutableOptions) -> [String] {
        ["wasmc_start_process", "wasmc_instantiate", "wasmc_guest_bytes", "wasmc_sys_exit"].map { "--wrap=\($0)" }
            + ["--undefined=wasmc_record_call"]
            + (options.includesInvoke ? ["--wrap=wasmc_invoke", "--undefined=__wrap_wasmc_invoke"] : [])
    }

    /// `runtime-c/src/trap_end.h` says which functions it takes the place of.
    private static func trapEndArguments(_ options: ExecutableOptions) -> [String] {
        guard options.includesCoredump || options.includesAbort else { return [] }
        return ["wasmc_seal", "wasmc_backtrace_put", "wasmc_sys_exit"].map { "--wrap=\($0)" }
            + (options.includesCoredump ? ["--undefined=wasmc_coredump_save"] : [])
            + (options.includesAbort ? ["--undefined=wasmc_abort"] : [])
    }

    /// `runtime-c/src/code_offsets.h` says which functions it takes the place of.
    private static let codeOffsetArguments = ["--wrap=wasmc_frames_entry", "--wrap=wasmc_trap_put_frame"]

    private static let executableArguments = [
        // A static PIE: loaded at a random address, which also leaves the low addresses to the guest's memory.
        "-static", "-pie", "--no-dynamic-linker", "-z", "text",
        // Relocated data becomes read-only before the first instruction of the program.
        "-z", "relro", "-z", "now", "-z", "noexecstack",
        // Small: unused sections go, segments share file pages, and nothing is there that only tools read.
        "--gc-sections", "-z", "noseparate-code", "--hash-style=gnu", "--build-id=none", "-O2",
        // Tables that code finds by __start_ and __stop_ symbols (trap places) stay although nothing else
        // refers to them.
        "-z", "nostart-stop-gc",
        // A closed world: nothing may be missing, and nothing is exported.
        "--no-undefined", "--exclude-libs=ALL", "--fatal-warnings",
    ]

    /// Runs the linker.
    ///
    /// - Throws: `environment` with the linker's own words when it cannot be started, is killed or fails.
    public func run() throws(Diagnostic) {
        let outcome = try Subprocess(executable: linker, arguments: arguments).run()
        if let error = Self.error(of: outcome, writing: output) { throw error }
    }

    /// What to say about a linker that has ended; nil when it has done its work.
    static func error(of outcome: Subprocess.Outcome, writing output: String) -> Diagnostic? {
        let directory = Paths.directory(output)
        switch outcome.status {
        case .exited(0): return nil
        // It maps its output, where a full disk is a signal.
        case .signaled(SIGBUS): return TemporaryDirectory.error(writingIn: directory, ENOSPC)
        case .signaled(SIGXFSZ): return TemporaryDirectory.error(writingIn: directory, EFBIG)
        case .exited, .signaled: break
        }
        // Its own errors are named in the output; LLVM takes some of them for a reason to crash.
        for code in [ENOSPC, EDQUOT, EFBIG] where outcome.output.contains(String(cString: strerror(code))) {
            return TemporaryDirectory.error(writingIn: directory, code)
        }
        let notes = lines(outcome.output)
        switch outcome.status {
        case .exited(let status):
            return Diagnostic(.environment, "the linker failed with exit status \(status)", notes: notes)
        case .signaled(let signal):
            return Diagnostic(.environment, "the linker was killed by signal \(signal)", notes: notes)
        }
    }

    /// LLVM's request to report a crash, with the command line and a stack behind it, helps nobody here.
    private static func lines(_ output: String) -> [Note] {
        output.split(separator: "\n").filter { line in
            let isFrame = line.drop { $0 == " " }.hasPrefix("#") || line.first?.isNumber == true
            return !isFrame && !line.hasPrefix("PLEASE submit a bug report") && !line.hasPrefix("Stack dump")
        }.map { Note(String($0)) }
    }
}
