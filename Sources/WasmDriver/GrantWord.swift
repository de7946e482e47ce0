extension Grant {
    /// The grant of one word as `word` writes it; nil for anything else. Words of an executable's note may come from a
    /// later version, or from somebody hostile.
    public init?(word: String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count == 2 ? parts[1] : nil
        do throws(GrantError) {
            guard let grant = try Self(option: parts[0], value: value) else { return nil }
            self = grant
        } catch { return nil }
    }

    private init?(option: String, value: String?) throws(GrantError) {
        guard let value else {
            switch option {
            case "--inherit-env": self = .inheritEnvironment
            case "--trace-wasi": self = .traceWASI
            case "--listenfd": self = .listenFD
            case "--json": self = .json
            default: return nil
            }
            return
        }
        switch option {
        case "--dir": self = try Grant(directory: value)
        case "--env": self = try Grant(environment: value)
        case "--argv0": self = .argv0(value)
        case "--invoke": self = .invoke(value)
        case "--max-memory": self = try Grant(maxMemory: value)
        case "--max-stack": self = try Grant(maxStack: value)
        case "--max-files": self = try Grant(maxFiles: value)
        case "--timeout": self = try Grant(timeout: value)
        case "--seal": self = try Grant(seal: value)
        case "--tcplisten": self = try Grant(tcpListen: value)
        case "--accept-from": self = .acceptFrom(value)
        case "--inherit-stdio": self = try Grant(inheritStream: value)
        case "--arg": self = .argument(value)
        default: return nil
        }
    }
}
