// The closed table of host functions: `runtime-c/include/wasmc/wasi.def`, read through CWasmcABI.

import CWasmcABI
import Diagnostics
import WasmSpec
import WasmValidation

/// A function that the runtime offers to guests.
public struct HostFunction: Hashable, Sendable {
    public let module: String
    public let name: String
    /// Its place in `wasi.def`.
    public let number: UInt32
    /// The runtime's symbol.
    public let symbol: String
    /// Its type as `wasi.def` has it, e.g. `ili:i`.
    public let signature: String
    public let type: FunctionType

    /// The type, and of a function of sockets whose it is: several ABIs have the same names.
    fileprivate var typeAndABI: String {
        let abi = SocketABI(function: name, parameterCount: type.parameters.count)
        return type.description + (abi.map { " (\($0.rawValue))" } ?? "")
    }
}

/// All host functions this build of wasmc knows.
public struct HostFunctionTable: Sendable {
    private var byName: [String: [HostFunction]] = [:]
    /// In the order of `wasi.def`.
    public private(set) var byNumber: [HostFunction] = []
    private var modules: Set<String> = []

    /// The table. Built once.
    public static let all = HostFunctionTable()

    private init() {
        var index: UInt32 = 0
        while true {
            let entry = wasmc_host_function_at(index)
            guard let module = entry.module else { break }
            let signature = String(cString: entry.signature)
            let function = HostFunction(
                module: String(cString: module), name: String(cString: entry.name), number: index,
                symbol: String(cString: entry.symbol), signature: signature, type: Self.type(signature))
            byName[Self.key(function.module, function.name), default: []].append(function)
            byNumber.append(function)
            modules.insert(function.module)
            index += 1
        }
    }

    private static func key(_ module: String, _ name: String) -> String { "\(module)\u{0}\(name)" }

    /// `iil:i` as a function type.
    private static func type(_ signature: String) -> FunctionType {
        func types(_ characters: Substring) -> [ValueType] { characters.map { $0 == "l" ? .i64 : .i32 } }
        let parts = signature.split(separator: ":", omittingEmptySubsequences: false)
        return FunctionType(parameters: types(parts[0]), results: parts.count > 1 ? types(parts[1]) : [])
    }

    /// Every known host function, in an order that does not change between runs.
    public var functions: [HostFunction] {
        byName.values.flatMap { $0 }.sorted { ($0.module, $0.name, $0.symbol) < ($1.module, $1.name, $1.symbol) }
    }

    /// Whether the host has functions under this module name.
    public func hasModule(_ name: String) -> Bool { modules.contains(name) }

    /// The function for an import of `module`. Several may share a name and differ in type.
    ///
    /// Throws "unknown import" or "incompatible import type", with both types.
    public func resolve(_ entry: Import, of module: ValidatedModule) throws(Diagnostic) -> HostFunction {
        switch entry.description {
        case .function(let type): return try resolve(entry, type: module.functionType(type))
        case .table: throw unknown(entry, "table")
        case .memory: throw unknown(entry, "memory")
        case .global: throw unknown(entry, "global")
        case .tag: throw unknown(entry, "tag")
        }
    }

    private func unknown(_ entry: Import, _ kind: String) -> Diagnostic {
        Diagnostic(
            .unlinkable, "unknown import", "\(entry.quotedName): nothing provides this \(kind)",
            at: .offset(entry.offset))
    }

    private func resolve(_ entry: Import, type: FunctionType) throws(Diagnostic) -> HostFunction {
        let name = entry.quotedName
        guard let candidates = byName[Self.key(entry.module, entry.name)] else {
            throw Diagnostic(
                .unlinkable, "unknown import", "\(name) \(type) is no host function this program can be linked with",
                at: .offset(entry.offset))
        }
        if let match = candidates.first(where: { $0.type == type }) { return match }
        let expected = candidates.map(\.typeAndABI).joined(separator: " or ")
        throw Diagnostic(
            .unlinkable, "incompatible import type", "\(name): the host has \(expected), the module wants \(type)",
            at: .offset(entry.offset))
    }
}
