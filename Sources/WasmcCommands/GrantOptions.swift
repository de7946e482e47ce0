import ArgumentParser
import WasmDriver

/// The grants of `build` and `run`. Nothing is granted by default.
struct GrantOptions: ParsableArguments {
    @Option(
        name: .customLong("dir"),
        help: ArgumentHelp("Open a directory of the host to the program.", valueName: "host[::guest][::ro]"),
        completion: .directory)
    var directories: [String] = []

    @Option(
        name: .customLong("env"),
        help: ArgumentHelp(
            "Set a variable of the program's, or pass the starter's on.", valueName: "name[=value]"))
    var variables: [String] = []

    @Flag(name: .customLong("inherit-env"), help: "Pass on all variables of the starter.")
    var inheritsEnvironment = false

    @Option(name: .customLong("argv0"), help: ArgumentHelp("The program's argument 0.", valueName: "text"))
    var argv0: String?

    @Option(
        name: .customLong("invoke"),
        help: ArgumentHelp("Call this export, with the arguments, instead of `_start`.", valueName: "function"))
    var invoke: String?

    @Option(
        name: .customLong("max-memory"),
        help: ArgumentHelp("Most bytes of all memories and tables, e.g. 256MiB.", valueName: "size"))
    var maxMemory: String?

    @Option(
        name: .customLong("max-files"),
        help: ArgumentHelp("Most descriptors that are open at a time; 1024 is the most.", valueName: "n"))
    var maxFiles: String?

    @Option(
        name: .customLong("max-stack"), help: ArgumentHelp("Bytes of the stack, e.g. 1MiB.", valueName: "size"))
    var maxStack: String?

    @Option(
        name: .customLong("timeout"),
        help: ArgumentHelp("Trap after this time, e.g. 10s or 500ms.", valueName: "duration"))
    var timeout: String?

    @Flag(name: .customLong("trace-wasi"), help: "Print each host call to standard error.")
    var tracesWASI = false

    @Option(
        name: .customLong("tcplisten"),
        help: ArgumentHelp("Give the program a socket that listens, from descriptor 3 on.", valueName: "address:port"))
    var listenAddresses: [String] = []

    @Flag(
        name: .customLong("listenfd"),
        help: "Give the program the listening sockets that its starter passes (LISTEN_FDS).")
    var takesListeners = false

    @Option(
        name: .customLong("accept-from"),
        help: ArgumentHelp("Take descriptors that a linked module hands over.", valueName: "module"))
    var acceptFrom: [String] = []

    @Option(
        name: .customLong("seal"),
        help: ArgumentHelp("Let the kernel enforce the grants: auto, require, log or off.", valueName: "mode"),
        completion: .list(SealMode.allCases.map(\.rawValue)))
    var seal: String?

    /// The grants. Directories keep their order, which is that of the program's descriptors.
    func grants() throws(GrantError) -> [Grant] {
        var grants: [Grant] = []
        for text in directories { grants.append(try Grant(directory: text)) }
        if inheritsEnvironment { grants.append(.inheritEnvironment) }
        for text in variables { grants.append(try Grant(environment: text)) }
        if let argv0 { grants.append(.argv0(argv0)) }
        if let invoke { grants.append(.invoke(invoke)) }
        if let maxMemory { grants.append(try Grant(maxMemory: maxMemory)) }
        if let maxFiles { grants.append(try Grant(maxFiles: maxFiles)) }
        if let maxStack { grants.append(try Grant(maxStack: maxStack)) }
        if let timeout { grants.append(try Grant(timeout: timeout)) }
        if tracesWASI { grants.append(.traceWASI) }
        for text in listenAddresses { grants.append(try Grant(tcpListen: text)) }
        if takesListeners { grants.append(.listenFD) }
        for module in acceptFrom { grants.append(.acceptFrom(module)) }
        if let seal { grants.append(try Grant(seal: seal)) }
        return grants
    }

    mutating func validate() throws {
        do { _ = try grants() } catch { throw ValidationError(error.description) }
    }
}

/// Options that other tools have and a later version may; each is refused by its name.
struct RefusedGrantOptions: ParsableArguments {
    @Option(name: .customLong("allow-outbound"), help: .hidden) var allowOutbound: [String] = []
    @Option(name: .customLong("allow-inbound"), help: .hidden) var allowInbound: [String] = []
    @Option(name: .customLong("allow-resolve"), help: .hidden) var allowResolve: [String] = []
    @Flag(name: .customLong("isolate-network"), help: .hidden) var isolatesNetwork = false
    @Option(name: .customLong("forward"), help: .hidden) var forward: [String] = []
    @Option(name: .customLong("resolv-conf"), help: .hidden) var resolvConf: String?
    @Option(name: .customLong("fuel"), help: .hidden) var fuel: String?
    @Option(name: .customLong("coredump"), help: .hidden) var coredump: String?

    mutating func validate() throws {
        try refuse([
            ("--allow-outbound", !allowOutbound.isEmpty), ("--allow-inbound", !allowInbound.isEmpty),
            ("--allow-resolve", !allowResolve.isEmpty),
            ("--isolate-network", isolatesNetwork), ("--forward", !forward.isEmpty),
            ("--resolv-conf", resolvConf != nil), ("--fuel", fuel != nil), ("--coredump", coredump != nil),
        ])
    }
}

/// Throws for the first option that was given.
func refuse(_ options: [(name: String, isGiven: Bool)]) throws {
    guard let option = options.first(where: \.isGiven) else { return }
    throw ValidationError("option \(option.name) is not supported by this version")
}
