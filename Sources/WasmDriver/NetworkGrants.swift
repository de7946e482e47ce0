/// What grants say about the network: the rules of a module, and how the whole program is connected.
public struct NetworkGrants: Hashable, Sendable {
    /// Rules and patterns, as they were written.
    public private(set) var outbound: [String] = []
    public private(set) var inbound: [String] = []
    public private(set) var names: [String] = []
    /// Whether the program has a network of its own.
    public private(set) var isIsolated = false
    public private(set) var hasLoopback = true
    public private(set) var forwards: [String] = []
    public private(set) var namespacePrefix: String?
    public private(set) var resolvConf: String?

    /// - Parameter words: as a note has them; they may come from a hostile file.
    public init(_ words: [String]) {
        for grant in words.compactMap({ Grant(word: $0) }) {
            switch (grant.kind, grant.value) {
            case (.allowOutbound, .text(let rule)): outbound.append(rule)
            case (.allowInbound, .text(let rule)): inbound.append(rule)
            case (.allowResolve, .text(let pattern)): names.append(pattern)
            case (.isolateNetwork, _): isIsolated = true
            case (.noLoopback, _): hasLoopback = false
            case (.forward, .text(let forward)): forwards.append(forward)
            case (.namespacePrefix, .text(let prefix)): namespacePrefix = prefix
            case (.resolvConf, .text(let path)): resolvConf = path
            default: continue
            }
        }
    }
}
