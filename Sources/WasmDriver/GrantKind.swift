// What can be granted: the rows of `runtime-c/include/wasmc/grants.def`, read through CWasmcABI.

import CWasmcABI

/// A row of the table: an option, whose it can be, and what follows it.
public struct GrantKind: Sendable {
    /// What follows an option. Of all but lists the last one counts.
    public enum Value: Sendable {
        case flag, text, size, duration, count, sealMode
        /// Of a network's name (NetworkWord.swift).
        case namePrefix
        /// In lists.
        case texts, directories, variables, addresses, streams
        /// In lists, in the grammars of the network (NetworkWord.swift).
        case outboundRules, inboundRules, namePatterns, forwards
    }

    /// With its dashes.
    public let option: String
    public let value: Value
    /// The key in a manifest, `TABLE.KEY` in a table, with `!` before a flag that is given as false; empty for what cannot
    /// be written there.
    public let key: String
    /// What a value is called in help.
    public let valueName: String
    /// Empty for what the command line has no option for.
    public let help: String
    /// Whether the main module can have it.
    public let isForMain: Bool
    /// Whether a linked module can have it.
    public let isForModules: Bool
    /// Of numbers.
    let range: ClosedRange<UInt64>

    public var isList: Bool {
        switch value {
        case .flag, .text, .size, .duration, .count, .sealMode, .namePrefix: false
        case .texts, .directories, .variables, .addresses, .streams: true
        case .outboundRules, .inboundRules, .namePatterns, .forwards: true
        }
    }
}

extension GrantKind: Hashable {
    public static func == (left: Self, right: Self) -> Bool { left.option == right.option }
    public func hash(into hasher: inout Hasher) { hasher.combine(option) }
}

extension GrantKind {
    /// Every grant that a module can have, in the order of the table, which is that of words in executables.
    public static let all: [Self] = rows.compactMap { row in
        guard row.scope != WASMC_SCOPE_BUILD.rawValue, let value = Value(wasmc_grant_value(row.value)) else {
            return nil
        }
        return Self(row, value)
    }

    /// The keys of a manifest for what is decided when a program is linked.
    static let buildKeys: [String] = rows.filter { $0.scope == WASMC_SCOPE_BUILD.rawValue }
        .map { String(cString: $0.key) }

    /// Options that are refused by name, and whether a value follows.
    public static let refused: [(option: String, takesValue: Bool)] = rows.compactMap { row in
        switch wasmc_grant_value(row.value) {
        case WASMC_VALUE_REFUSED: (String(cString: row.option), true)
        case WASMC_VALUE_REFUSED_FLAG: (String(cString: row.option), false)
        default: nil
        }
    }

    private static var rows: [wasmc_grant_row] {
        Array(
            sequence(state: UInt32(0)) { index in
                let row = wasmc_grant_row_at(index)
                index += 1
                return row.option == nil ? nil : row
            })
    }

    private init(_ row: wasmc_grant_row, _ value: Value) {
        self.init(
            option: String(cString: row.option), value: value, key: String(cString: row.key),
            valueName: String(cString: row.value_name), help: String(cString: row.help),
            isForMain: row.scope & WASMC_SCOPE_PROGRAM.rawValue != 0,
            isForModules: row.scope & WASMC_SCOPE_LINKED.rawValue != 0,
            range: UInt64(row.least)...(row.most == 0 ? .max : UInt64(row.most)))
    }

    /// The kind that the runtime has under a number.
    private static func kind(_ id: wasmc_grant_id) -> Self {
        let option = String(cString: rows[Int(id.rawValue)].option)
        guard let kind = all.first(where: { $0.option == option }) else {
            preconditionFailure("\(option) is nothing that a module can have")
        }
        return kind
    }

    public static let directory = kind(WASMC_GRANT_DIR)
    public static let environment = kind(WASMC_GRANT_ENV)
    public static let inheritEnvironment = kind(WASMC_GRANT_INHERIT_ENV)
    public static let argv0 = kind(WASMC_GRANT_ARGV0)
    public static let argument = kind(WASMC_GRANT_ARG)
    public static let invoke = kind(WASMC_GRANT_INVOKE)
    public static let maxMemory = kind(WASMC_GRANT_MAX_MEMORY)
    public static let maxFiles = kind(WASMC_GRANT_MAX_FILES)
    public static let maxThreads = kind(WASMC_GRANT_MAX_THREADS)
    public static let maxStack = kind(WASMC_GRANT_MAX_STACK)
    public static let timeout = kind(WASMC_GRANT_TIMEOUT)
    public static let coredump = kind(WASMC_GRANT_COREDUMP)
    public static let abort = kind(WASMC_GRANT_ABORT)
    public static let json = kind(WASMC_GRANT_JSON)
    public static let tcpListen = kind(WASMC_GRANT_TCP_LISTEN)
    public static let listenFD = kind(WASMC_GRANT_LISTEN_FD)
    public static let allowOutbound = kind(WASMC_GRANT_ALLOW_OUTBOUND)
    public static let allowInbound = kind(WASMC_GRANT_ALLOW_INBOUND)
    public static let allowResolve = kind(WASMC_GRANT_ALLOW_RESOLVE)
    public static let isolateNetwork = kind(WASMC_GRANT_ISOLATE_NETWORK)
    public static let forward = kind(WASMC_GRANT_FORWARD)
    public static let namespacePrefix = kind(WASMC_GRANT_NAMESPACE_PREFIX)
    public static let noLoopback = kind(WASMC_GRANT_NO_LOOPBACK)
    public static let resolvConf = kind(WASMC_GRANT_RESOLV_CONF)
    public static let acceptFrom = kind(WASMC_GRANT_ACCEPT_FROM)
    public static let seal = kind(WASMC_GRANT_SEAL)
}

extension GrantKind.Value {
    /// Nil for what is no grant of a module.
    fileprivate init?(_ value: wasmc_grant_value) {
        switch value {
        case WASMC_VALUE_FLAG: self = .flag
        case WASMC_VALUE_WORD: self = .text
        case WASMC_VALUE_PREFIX: self = .namePrefix
        case WASMC_VALUE_SIZE: self = .size
        case WASMC_VALUE_DURATION: self = .duration
        case WASMC_VALUE_COUNT: self = .count
        case WASMC_VALUE_MODE: self = .sealMode
        case WASMC_VALUE_STREAM: self = .streams
        case WASMC_VALUE_WORDS: self = .texts
        case WASMC_VALUE_DIRECTORY: self = .directories
        case WASMC_VALUE_VARIABLE: self = .variables
        case WASMC_VALUE_ADDRESS: self = .addresses
        case WASMC_VALUE_OUTBOUND: self = .outboundRules
        case WASMC_VALUE_INBOUND: self = .inboundRules
        case WASMC_VALUE_PATTERN: self = .namePatterns
        case WASMC_VALUE_FORWARD: self = .forwards
        case WASMC_VALUE_SECTION, WASMC_VALUE_REFUSED, WASMC_VALUE_REFUSED_FLAG: return nil
        default: preconditionFailure("unknown value \(value.rawValue) in grants.def")
        }
    }
}
