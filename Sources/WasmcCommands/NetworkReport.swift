import Diagnostics
import WasmDriver
import WasmHostTable

/// What `wasmc inspect` prints of the network: a module's sockets and rules, and how the program is connected.
struct NetworkReport {
    /// Nil of a module that has not been built.
    var grants: NetworkGrants?
    /// As a note has them.
    var imports: [String]
    var socketABIs: [String]

    private var functions: [String] { SocketABI.functions(in: imports) }

    /// - Parameter isProgram: whether the grants are the main module's, which has what is everybody's.
    func lines(isProgram: Bool) -> [String] {
        var lines: [String] = []
        if !functions.isEmpty {
            let abis = socketABIs.isEmpty ? "" : " \(socketABIs.joined(separator: ", ")):"
            lines.append("sockets:\(abis) \(functions.joined(separator: " "))")
        }
        guard let grants else { return lines }
        lines += grants.outbound.map { "outbound: \($0)" }
        lines += grants.inbound.map { "inbound: \($0)" }
        lines += grants.names.map { "resolve: \($0)" }
        guard isProgram else { return lines }
        if grants.isIsolated {
            let name = grants.namespacePrefix.map { ", where that is permitted under the name \($0)-PID" } ?? ""
            lines.append("namespace: its own\(grants.hasLoopback ? "" : ", without a loopback")\(name)")
        }
        lines += grants.forwards.map { "forward: \($0)" }
        if let path = grants.resolvConf { lines.append("resolv.conf: \(path)") }
        return lines
    }

    func json(isProgram: Bool) -> JSONObject {
        var object = JSONObject()
        object.add("socketABIs", strings(socketABIs))
        object.add("sockets", strings(functions))
        guard let grants else { return object }
        object.add("outbound", strings(grants.outbound))
        object.add("inbound", strings(grants.inbound))
        object.add("resolve", strings(grants.names))
        guard isProgram else { return object }
        object.add("isolated", .bool(grants.isIsolated))
        object.add("loopback", .bool(grants.hasLoopback))
        object.add("forwards", strings(grants.forwards))
        object.add("namespacePrefix", grants.namespacePrefix.map { .string($0) } ?? .null)
        object.add("resolvConf", grants.resolvConf.map { .string($0) } ?? .null)
        return object
    }
}

func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }
