// Whose sockets a module was compiled for. Several hosts have added functions to WASI preview 1 under the same names.

import WasmSpec

/// A set of socket functions that compilers and libraries know.
public enum SocketABI: String, CaseIterable, Sendable {
    /// WASI preview 1's own: accept on what was granted.
    case preview1
    case wasmEdge = "WasmEdge"
    case wamr = "WAMR"

    /// The ABI that a function is of, told by its name and the number of its parameters; nil for what is no socket's, and
    /// for what more than one ABI has.
    init?(function name: String, parameterCount: Int) {
        switch (name, parameterCount) {
        case ("sock_accept", 3), ("sock_recv", _), ("sock_send", _), ("sock_shutdown", _): self = .preview1
        case ("sock_listen", _): return nil
        case ("sock_open", 3), ("sock_bind", 3), ("sock_connect", 3), ("sock_accept", 2), ("sock_recv_from", 7...8),
            ("sock_send_to", 7), ("sock_getsockopt", _), ("sock_setsockopt", _), ("sock_getlocaladdr", _),
            ("sock_getpeeraddr", _), ("sock_getaddrinfo", _), ("epoll_oneoff", _):
            self = .wasmEdge
        default:
            guard name.hasPrefix("sock_") else { return nil }
            self = name.hasSuffix("_v2") ? .wasmEdge : .wamr
        }
    }

    /// Those that a module's imports are of, each once.
    ///
    /// - Parameter module: need not be valid.
    public static func all(in module: Module) -> [SocketABI] {
        let found = module.imports.compactMap { entry -> SocketABI? in
            guard case .function(let index) = entry.description, module.types.indices.contains(index.position),
                case .function(let type) = module.types[index.position].composite, hostModules.contains(entry.module)
            else { return nil }
            return SocketABI(function: entry.name, parameterCount: type.parameters.count)
        }
        return allCases.filter(found.contains)
    }

    private static let hostModules: Set<String> = ["wasi_snapshot_preview1", "wasi_unstable"]

    /// The socket functions among imports `module name`, as a note has them.
    public static func functions(in imports: [String]) -> [String] {
        imports.compactMap { item in
            let parts = item.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, hostModules.contains(parts[0]) else { return nil }
            return parts[1].hasPrefix("sock_") || parts[1] == "epoll_oneoff" ? parts[1] : nil
        }
    }
}
