import Testing
import WasmBinary
import WasmText

@testable import WasmHostTable

@Suite struct SocketABITests {
    /// Names that several have are told apart by their parameters.
    @Test(arguments: [
        ("sock_accept", 3, SocketABI.preview1), ("sock_accept", 2, .wasmEdge), ("sock_open", 3, .wasmEdge),
        ("sock_open", 4, .wamr), ("sock_bind", 3, .wasmEdge), ("sock_bind", 2, .wamr), ("sock_connect", 2, .wamr),
        ("sock_recv_from", 6, .wamr), ("sock_recv_from", 7, .wasmEdge), ("sock_recv_from", 8, .wasmEdge),
        ("sock_send_to", 6, .wamr), ("sock_send_to", 7, .wasmEdge), ("sock_getaddrinfo", 8, .wasmEdge),
        ("epoll_oneoff", 4, .wasmEdge), ("sock_addr_resolve", 6, .wamr), ("sock_set_tcp_no_delay", 2, .wamr),
        ("sock_open_v2", 3, .wasmEdge), ("sock_listen", 2, nil), ("fd_read", 4, nil),
    ])
    func abiOfAFunction(name: String, parameters: Int, abi: SocketABI?) {
        #expect(SocketABI(function: name, parameterCount: parameters) == abi)
    }

    @Test func abisOfAModule() throws {
        let text = """
            (module
              (import "wasi_snapshot_preview1" "sock_open" (func (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_shutdown" (func (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_connect" (func (param i32 i32 i32) (result i32)))
              (import "other" "sock_open" (func (param i32 i32 i32 i32) (result i32))))
            """
        let module = try decodeModule(try assembleModule(text: Array(text.utf8)).bytes)
        #expect(SocketABI.all(in: module) == [.preview1, .wasmEdge])
        let imports = module.imports.map { "\($0.module) \($0.name)" }
        #expect(SocketABI.functions(in: imports) == ["sock_open", "sock_shutdown", "sock_connect"])
        #expect(
            SocketABI.functions(in: ["", " ", "wasi_snapshot_preview1", "wasi_unstable sock_recv"]) == ["sock_recv"])
    }
}
