import WasmDriver

/// What people type who come from other tools (wasmtime, wasmer, WasmEdge, WAMR, wabt, rustc, clang), and what it is
/// called here. In a remedy, `{NAME}` stands for the value that was given, or for NAME.
enum ForeignWords {
    /// What to do instead of an option; nil for one that no table knows.
    ///
    /// - Parameters:
    ///   - word: the option as it was typed, `--option`, `--option=value`, `-Wkey=value` or `-W`.
    ///   - next: the word behind it, its value if it has none of its own.
    static func remedy(forOption word: String, next: String?, in command: String) -> String? {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let group = groups[parts[0]] { return group.remedy(parts.count == 2 ? parts[1] : next, in: command) }
        if !word.hasPrefix("--"), let group = groups[String(word.prefix(2))], word.utf8.count > 2 {
            return group.remedy(String(word.dropFirst(2)), in: command)
        }
        let value = parts.count == 2 ? parts[1] : next
        if let directory = directory(parts[0], value) { return "write \(directory), the host's directory first" }
        if let remedy = options[parts[0]] { return filled(remedy, value) }
        if parts[0].hasPrefix("--enable-") { return "every feature that `wasmc settings` lists is always on" }
        if parts[0].hasPrefix("--disable-") { return "features cannot be switched off" }
        return nil
    }

    /// Options that give a directory a name, some with the guest's side first.
    private static func directory(_ option: String, _ value: String?) -> String? {
        let isGuestFirst: Bool
        switch option {
        case "--mapdir", "--map-dir": isGuestFirst = true
        case "--volume", "--mount": isGuestFirst = false
        default: return nil
        }
        let sides = value?.split(separator: ":").map(String.init) ?? []
        guard sides.count == 2 else { return "`--dir HOST::GUEST`" }
        return "`--dir " + quotedLine([isGuestFirst ? "\(sides[1])::\(sides[0])" : "\(sides[0])::\(sides[1])"]) + "`"
    }

    /// A remedy with the value in its place.
    static func filled(_ remedy: String, _ value: String?) -> String {
        guard let open = remedy.firstIndex(of: "{"), let close = remedy.firstIndex(of: "}"), open < close else {
            return remedy
        }
        let name = String(remedy[remedy.index(after: open)..<close])
        // The word behind an option without a value is another option or the module.
        let isValue =
            value.map { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix(".wasm") && !$0.hasSuffix(".wat") } ?? false
        return remedy[..<open] + (isValue ? quotedLine([value ?? name]) : name) + remedy[remedy.index(after: close)...]
    }

    /// What to type instead of a subcommand.
    static let commands = [
        "compile": "build", "aot": "build", "create-exe": "build", "create-obj": "build", "cc": "build",
        "make": "build", "link": "build", "exec": "run", "start": "run", "compare": "diff", "check": "validate",
        "verify": "validate",
        "objdump": "inspect", "dump": "inspect", "info": "inspect", "show": "inspect", "explore": "inspect",
        "parse": "wat2wasm", "assemble": "wat2wasm", "wat": "wat2wasm", "print": "wasm2wat",
        "disassemble": "wasm2wat", "decompile": "wasm2wat", "wasm2c": "build", "test": "wast", "spectest": "wast",
        "config": "settings", "features": "settings", "targets": "settings", "completions": "completion",
        "version": "--version",
    ]

    private static let options = [
        // wasmtime
        "--wasm-timeout": "write `--timeout {DURATION}`", "--wasm-features": alwaysOn, "--wasi-modules": streams,
        "--disable-cache": "write `--no-cache`", "--profile": "build with `-g` and use perf",
        "--allow-precompiled": "an executable that wasmc made is started by its name",
        "--max-memory-size": "write `--max-memory {SIZE}`", "--max-wasm-stack": "write `--max-stack {SIZE}`",
        "--opt-level": "write `-O {LEVEL}`",
        // wasmer
        "--net": sockets, "--enable-net": sockets, "--forward-host-env": "write `--inherit-env`",
        "--entrypoint": "write `--invoke {FUNCTION}`",
        "-e": "write `--invoke {FUNCTION}`", "--singlepass": alwaysLLVM, "--cranelift": alwaysLLVM,
        "--llvm": alwaysLLVM, "--use": "write `--preload NAME=FILE`",
        // WasmEdge
        "--reactor": "write `--invoke FUNCTION`", "--force-interpreter": "write `--interp`",
        "--memory-page-limit": "write `--max-memory SIZE`; a page has 64KiB",
        "--allow-af-unix": "grant the directory of the sockets' paths: `--dir {HOST::GUEST}`",
        "--time-limit": "write `--timeout {N}ms`", "--gas-limit": noFuel, "--optimize": "write `-O LEVEL`",
        // WAMR
        "--addr-pool":
            "write `--allow-outbound tcp://ADDRESS/BITS:PORTS` for each of the pool, and `--allow-inbound` to listen there",
        "--ns-lookup-pool": "write `--allow-resolve {NAME}`", "--stack-size": "write `--max-stack {SIZE}`",
        "--heap-size": "memory is limited with `--max-memory SIZE`",
        "--gc-heap-size": "memory is limited with `--max-memory SIZE`", "--max-threads": "threads are not supported",
        "--function": "write `--invoke {FUNCTION}`", "-f": "write `--invoke {FUNCTION}`",
        "--module-path": "write `--preload NAME=FILE`", "--llvm-jit": alwaysLLVM, "--fast-jit": alwaysLLVM,
        "--cpu": "write `--target-cpu {CPU}`", "--cpu-features": "write `--target-feature {+a,-b}`",
        "--size-level": "write `-O s` or `-O z`", "--bounds-checks": "write `--bounds guard` or `--bounds explicit`",
        "--format": "write `--emit {KINDS}`",
        // compilers
        "--optimise": "write `-O LEVEL`", "--optimization": "write `-O {LEVEL}`",
        "-march": "write `--target-cpu {CPU}`",
        "-mcpu": "write `--target-cpu {CPU}`", "--mcpu": "write `--target-cpu {CPU}`",
        "-mattr": "write `--target-feature {+a,-b}`", "--mattr": "write `--target-feature {+a,-b}`",
        "-c": "write `--emit obj`", "--emit-llvm": "write `--emit llvm-ir`", "--filetype": "write `--emit {KINDS}`",
        "--out": "write `-o {FILE}`", "--out-file": "write `-o {FILE}`", "--outfile": "write `-o {FILE}`",
        "--debug-info": "write `-g`",
        "-s": "symbols are left out unless `-g` is given", "-static": "executables are always static",
        "--static": "executables are always static", "-l": "modules are linked with `--preload NAME=FILE`",
        "-L": "modules are linked with `--preload NAME=FILE`", "-V": "write `wasmc --version`",
        "-v": "`--trace-wasi` prints what a program asks for; `wasmc --version` prints versions",
        "--verbose": "`--trace-wasi` prints what a program asks for", "--force": "an existing output is replaced",
        // and what they guess
        "--memory": "write `--max-memory {SIZE}`", "-m": "write `--max-memory {SIZE}`",
        "--memory-limit": "write `--max-memory {SIZE}`", "--stack": "write `--max-stack {SIZE}`",
        "--listen": "write `--tcplisten {ADDRESS:PORT}`", "--port": "write `--tcplisten ADDRESS:PORT`",
        "--dial": sockets, "--connect": sockets, "--allow-net": sockets, "--allow-network": sockets,
        "--network": network, "--publish": forward, "-p": forward, "--expose": forward,
        "--dns": "name servers are those of /etc/resolv.conf, or of `--resolv-conf FILE`",
        "--unshare-net": "write `--isolate-network`", "--preopen": "write `--dir {HOST::GUEST}`",
        "-d": "write `--dir {HOST::GUEST}`", "--args": "the program's arguments come behind the file",
        "--arg": "the program's arguments come behind the file", "--cwd": "grant the directory: `--dir .`",
        "--chdir": "grant the directory: `--dir .`", "--threads": "write `-j {N}` for the compiler's threads",
    ]

    fileprivate static let alwaysOn = "every feature that `wasmc settings` lists is always on"
    fileprivate static let alwaysLLVM = "code is compiled by LLVM; `wasmc run --interp` interprets"
    fileprivate static let noFuel = "instructions are not counted; `--timeout DURATION` limits the time"
    fileprivate static let sockets =
        "grant what is connected to with `--allow-outbound tcp://HOST:PORT`, where it listens with `--allow-inbound "
        + "tcp://ADDRESS:PORT`, and names with `--allow-resolve NAME`"
    fileprivate static let network =
        "`--isolate-network` gives a network of its own, into which `--forward HOST:GUEST` leads; of the host's, "
        + "`--allow-outbound tcp://HOST:PORT` and `--allow-inbound tcp://ADDRESS:PORT` grant parts"
    fileprivate static let forward =
        "write `--isolate-network --forward {HOST:GUEST}`, or without a network of its own `--allow-inbound "
        + "tcp://ADDRESS:PORT`"
    fileprivate static let streams =
        "the functions of WASI preview1 that a program imports are there; grant what they reach with `--dir` and others"

    private static let groups = [
        "-W": wasm, "--wasm": wasm, "-S": wasi, "--wasi": wasi, "-C": codegen, "--codegen": codegen, "-D": debug,
        "--debug": debug,
    ]

    /// Every remedy in the tables.
    static var everyRemedy: [String] {
        options.values + (groups.values + [optimization]).flatMap { Array($0.keys.values) + [$0.others, $0.bare] }
    }

    /// What to do instead of wasmtime's `-O KEY=VALUE`.
    static func remedy(forOptimization value: String) -> String? {
        value.contains("=") ? optimization.remedy(value, in: "") : nil
    }

    private static let wasm = KeyedOption(
        keys: [
            "fuel": noFuel, "timeout": "write `--timeout {DURATION}`",
            "epoch-interruption": "write `--timeout DURATION`", "max-memory-size": "write `--max-memory {SIZE}`",
            "max-wasm-stack": "write `--max-stack {SIZE}`", "max-table-elements": "write `--max-memory SIZE`",
            "unknown-imports-trap": "imports that nothing provides are refused",
            "unknown-imports-default": "imports that nothing provides are refused",
        ], others: alwaysOn,
        bare: "wasmtime's -W: \(alwaysOn), limits are `--timeout`, `--max-memory` and `--max-stack`")

    private static let wasi = KeyedOption(
        keys: [
            "inherit-env": "write `--inherit-env`", "tcplisten": "write `--tcplisten {ADDRESS:PORT}`",
            "listenfd": "write `--listenfd`", "inherit-network": sockets, "network": sockets, "tcp": sockets,
            "udp":
                "grant where datagrams go with `--allow-outbound udp://HOST:PORT`, and where they come from with "
                + "`--allow-inbound udp://ADDRESS:PORT`",
            "allow-ip-name-lookup": "grant each name that is looked up: `--allow-resolve NAME`", "cli": streams,
            "common": streams, "preview0": streams,
            "inherit-stdin": "the program has the standard streams",
            "inherit-stdout":
                "the program has the standard streams", "inherit-stderr": "the program has the standard streams",
        ], others: "of WASI there is preview1, always on",
        bare: "wasmtime's -S: WASI preview1 is always on, `--inherit-env`, `--tcplisten` and `--listenfd` are options",
        bareInBuild: "write `--emit asm` for assembly")

    private static let codegen = KeyedOption(
        keys: [
            "opt-level": "write `-O {LEVEL}`", "target-cpu": "write `--target-cpu {CPU}`",
            "target-feature": "write `--target-feature {+a,-b}`", "parallel-compilation": "write `-j 1` for one thread",
            "codegen-units": "write `-j {N}` for the compiler's threads",
            "cache": "write `--no-cache`, or `--cache DIR`",
            "debuginfo": "write `-g`", "lto": "a program is always compiled as a whole", "compiler": alwaysLLVM,
        ], others: alwaysLLVM,
        bare: "code generation has options of its own: `-O`, `--target-cpu`, `--target-feature`, `--bounds`, `-j`")

    private static let debug = KeyedOption(
        keys: [
            "debug-info": "write `-g`", "coredump": "write `--coredump {FILE}`",
            "logging": "write `--trace-wasi`", "log-to-files": "write `--trace-wasi`",
        ], others: "symbols are kept with `-g`",
        bare: "symbols are kept with `-g`, host calls are shown with `--trace-wasi`")

    private static let optimization = KeyedOption(
        keys: [
            "opt-level": "write `-O {LEVEL}`", "signals-based-traps": "write `--bounds guard` or `--bounds explicit`",
        ], others: "addresses are checked as `--bounds guard` or `--bounds explicit` says", bare: "write `-O LEVEL`")
}

/// An option of another tool whose value is a list of `KEY[=VALUE]`.
private struct KeyedOption {
    var keys: [String: String]
    /// For other keys.
    var others: String
    /// Without a key.
    var bare: String
    /// Without a key that is known, in `wasmc build`, where another tool means something else by the letter.
    var bareInBuild: String?

    func remedy(_ value: String?, in command: String) -> String {
        guard let value, !value.hasPrefix("-"), !value.isEmpty, value.contains("=") || isKey(value) else {
            return command == "build" ? bareInBuild ?? bare : bare
        }
        var remedies: [String] = []
        for entry in value.split(separator: ",") {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            let remedy = parts.first.flatMap { keys[$0] } ?? others
            let text = ForeignWords.filled(remedy, parts.count == 2 ? parts[1] : nil)
            if !remedies.contains(text) { remedies.append(text) }
        }
        return remedies.joined(separator: "; ")
    }

    /// Whether a word can be a key: no file of a module.
    private func isKey(_ word: String) -> Bool {
        word.utf8.allSatisfy { byte in byte == UInt8(ascii: "-") || byte == UInt8(ascii: ",") || isLetter(byte) }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
