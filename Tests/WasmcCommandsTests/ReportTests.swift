import Diagnostics
import Testing
import WasmBinary
import WasmSpec

@testable import WasmDriver
@testable import WasmcCommands

@Suite struct ReportTests {
    /// `(module (type (func (param i32))) (import "m" "f" (func (type 0))) (memory (export "e") 1 2))` and a custom
    /// section with a hostile name.
    private let bytes: [UInt8] =
        [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        + [1, 5, 1, 0x60, 1, 0x7F, 0]
        + [2, 7, 1, 1, 0x6D, 1, 0x66, 0, 0]
        + [5, 4, 1, 1, 1, 2]
        + [7, 5, 1, 1, 0x65, 2, 0]
        + [0, 4, 3, 0x1B, 0x5B, 0x6D]

    @Test func moduleAsJSON() throws {
        let report = ModuleReport(module: try decodeModule(bytes), features: ["mvp"], hash: "0a1b")
        #expect(
            report.json(file: "a.wasm").text == """
                {"file":"a.wasm","kind":"module","valid":true,"bytes":43,"sha256":"0a1b","sections":[\
                {"id":1,"name":"type","offset":10,"bytes":5},{"id":2,"name":"import","offset":17,"bytes":7},\
                {"id":5,"name":"memory","offset":26,"bytes":4},{"id":7,"name":"export","offset":32,"bytes":5},\
                {"id":0,"name":"custom \\"\\u001b[m\\"","offset":39,"bytes":4}],\
                "types":1,"functions":0,"imports":[{"module":"m","name":"f","kind":"func","type":"[i32] -> []"}],\
                "exports":[{"name":"e","kind":"memory","type":"1 2"}],"memories":["1 2"],"tables":[],"globals":0,\
                "tags":0,"dataSegments":0,"elementSegments":0,"start":null,"features":["mvp"],\
                "producers":[],"network":{"socketABIs":[],"sockets":[]},\
                "capabilities":["It cannot reach files: it imports no function for that.",\
                "It cannot open network connections, nor accept any.","It reads no environment variables.",\
                "It uses no standard stream.","It cannot start processes, send signals to others or load code.",\
                "What it imports from `m` has to come from linked modules."]}
                """)
    }

    @Test func moduleAsText() throws {
        let report = ModuleReport(module: try decodeModule(bytes), features: ["mvp"], hash: "0a1b")
        #expect(
            report.text(file: "a.wasm") == """
                a.wasm: WebAssembly module, 43 bytes
                sha256: 0a1b
                sections:
                  type at 0xa, 5 bytes
                  import at 0x11, 7 bytes
                  memory at 0x1a, 4 bytes
                  export at 0x20, 5 bytes
                  custom "\\u{1b}[m" at 0x27, 4 bytes
                types: 1
                functions: 0
                imports:
                  func m f: [i32] -> []
                exports:
                  memory e: 1 2
                memories:
                  64 KiB to 128 KiB (memory 1 2)
                globals: 0
                data segments: 0
                element segments: 0
                features: mvp
                capabilities:
                  It cannot reach files: it imports no function for that.
                  It cannot open network connections, nor accept any.
                  It reads no environment variables.
                  It uses no standard stream.
                  It cannot start processes, send signals to others or load code.
                  What it imports from `m` has to come from linked modules.
                """)
    }

    /// An invalid module may refer to what does not exist.
    @Test func indicesOutsideOfTheirSpaces() {
        var module = Module(source: ModuleBytes([]))
        module.imports = [Import(module: "m", name: "f", description: .function(9), offset: 0)]
        module.exports = [
            Export(name: "a", description: .function(0), offset: 0),
            Export(name: "b", description: .global(7), offset: 0),
        ]
        let text = ModuleReport(module: module, features: nil, hash: "").text(file: "-").description
        #expect(text.contains("func m f: unknown type 9"))
        #expect(text.contains("func a: unknown type 9"))
        #expect(text.contains("global b: unknown"))
    }

    @Test func executableAsJSON() {
        var note = ExecutableNote()
        note.version = "1"
        note.moduleName = "app"
        note.imports = ["wasi_snapshot_preview1 fd_write"]
        note.initializer = "wizer.initialize"
        note.grants = ["--dir=a::/b", "--seal=off"]
        note.moduleHash = "0a"
        note.producers = ["language C11"]
        #expect(
            ExecutableReport(
                note: note, systemCalls: SystemCalls(guest: ["close", "writev"], broker: ["socket"]), size: 7
            ).json(file: "app").text == """
                {"file":"app","kind":"executable","bytes":7,"version":"1","module":"app","moduleSha256":"0a","target":"",\
                "cpu":"","cpuFeatures":"","optimization":"","bounds":"","traps":"","initFunction":"wizer.initialize",\
                "invoke":false,"exports":[],\
                "features":[],"producers":["language C11"],"memories":[],\
                "imports":["wasi_snapshot_preview1 fd_write"],"systemCalls":["close","writev"],\
                "brokerSystemCalls":["socket"],"forwarderSystemCalls":[],\
                "ceiling":false,"grants":["--dir=a::/b","--seal=off"],\
                "network":{"socketABIs":[],"sockets":[],"outbound":[],"inbound":[],"resolve":[],\
                "isolated":false,"loopback":true,"forwards":[],"namespacePrefix":null,"resolvConf":null},\
                "capabilities":["It cannot reach files: it imports no function for that.",\
                "It cannot open network connections, nor accept any.","It reads no environment variables.",\
                "It can write standard output and error.",\
                "It cannot start processes, send signals to others or load code.",\
                "Its time is not limited, and its memory only by what its module declares."],\
                "seal":["Not sealed (--seal off): the runtime alone enforces the grants."],"linkedModules":[]}
                """)
    }

    @Test func linkedModulesAreListedByName() {
        var note = ExecutableNote()
        note.isCeiling = true
        var store = ExecutableNote.LinkedModule(name: "st\u{7}ore")
        store.moduleHash = "0b"
        store.imports = ["wasi_snapshot_preview1 fd_read"]
        store.memories = ["1"]
        store.grants = ["--dir=c::/c"]
        note.linkedModules = [store]
        let report = ExecutableReport(note: note, systemCalls: nil, size: 7)
        #expect(
            report.text(file: "app").description.hasSuffix(
                """
                module st\\u{7}ore:
                  moduleSha256: 0b
                  memories:
                    64 KiB (memory 1)
                  imports:
                    wasi_snapshot_preview1 fd_read
                  grants:
                    --dir=c::/c
                  capabilities:
                    It cannot reach files: it imports no function for that.
                    It cannot open network connections, nor accept any.
                    It reads no environment variables.
                    It uses no standard stream.
                    It cannot start processes, send signals to others or load code.
                """))
        #expect(
            report.text(file: "app").description.contains(
                "ceiling: nobody who starts it can grant more\ngrants: none\n"))
        #expect(
            report.json(file: "app").text.hasSuffix(
                """
                "linkedModules":[{"name":"st\\u0007ore","moduleSha256":"0b","memories":["1"],\
                "imports":["wasi_snapshot_preview1 fd_read"],"grants":["--dir=c::/c"],\
                "network":{"socketABIs":[],"sockets":[],"outbound":[],"inbound":[],"resolve":[]},\
                "capabilities":["It cannot reach files: it imports no function for that.",\
                "It cannot open network connections, nor accept any.","It reads no environment variables.",\
                "It uses no standard stream.",\
                "It cannot start processes, send signals to others or load code."]}]}
                """))
    }

    @Test func networkOfAnExecutable() {
        var note = ExecutableNote()
        note.imports = ["wasi_snapshot_preview1 fd_write", "wasi_snapshot_preview1 sock_open", "m sock_open"]
        note.socketABIs = ["preview1", "WasmEdge"]
        note.grants = [
            "--allow-outbound=tcp://a.example:443", "--allow-inbound=udp://0.0.0.0:53", "--allow-resolve=a.example",
            "--isolate-network", "--forward=8080:3000", "--namespace-prefix=shop", "--no-loopback",
            "--resolv-conf=resolv.conf",
        ]
        var parser = ExecutableNote.LinkedModule(name: "parser")
        parser.grants = ["--allow-resolve=b.example"]
        note.linkedModules = [parser]
        let calls = SystemCalls(guest: ["read"], broker: ["connect"], forwarder: ["splice"])
        let report = ExecutableReport(note: note, systemCalls: calls, size: 7)
        let text = report.text(file: "app").description
        #expect(
            text.contains(
                """
                network:
                  sockets: preview1, WasmEdge: sock_open
                  outbound: tcp://a.example:443
                  inbound: udp://0.0.0.0:53
                  resolve: a.example
                  namespace: its own, without a loopback, where that is permitted under the name shop-PID
                  forward: 8080:3000
                  resolv.conf: resolv.conf

                """))
        #expect(text.contains("  network:\n    resolve: b.example\n"))
        #expect(
            text.contains(
                "system calls: read\nsystem calls of the broker: connect\nsystem calls of the forwarder: splice\n"))
        #expect(
            report.json(file: "app").text.contains(
                """
                "network":{"socketABIs":["preview1","WasmEdge"],"sockets":["sock_open"],\
                "outbound":["tcp://a.example:443"],"inbound":["udp://0.0.0.0:53"],"resolve":["a.example"],\
                "isolated":true,"loopback":false,"forwards":["8080:3000"],"namespacePrefix":"shop",\
                "resolvConf":"resolv.conf"}
                """))
    }

    @Test func executableAsText() {
        var note = ExecutableNote()
        note.version = "1"
        note.moduleName = "a\u{1B}[31mb"
        note.hasInvoke = true
        note.exports = ["sum\n: [i32] -> []"]
        note.isCeiling = true
        #expect(
            ExecutableReport(note: note, systemCalls: SystemCalls(guest: ["close", "\u{7}"]), size: 7).text(file: "app")
                .description
                .hasPrefix(
                    """
                    app: executable made by wasmc, 7 bytes
                    version: 1
                    module: a\\u{1b}[31mb
                    invoke: exports can be called by name
                    exports:
                    """))
        #expect(
            ExecutableReport(note: note, systemCalls: SystemCalls(guest: ["close", "\u{7}"]), size: 7).text(file: "app")
                .description
                .hasSuffix(
                    """
                    system calls: close \\u{7}
                    ceiling: nobody who starts it can grant more
                    grants: none
                    capabilities:
                      It cannot reach files: it imports no function for that.
                      It cannot open network connections, nor accept any.
                      It reads no environment variables.
                      It uses no standard stream.
                      It cannot start processes, send signals to others or load code.
                      Its time is not limited, and its memory only by what its module declares.
                    seal:
                      The kernel enforces this, with Landlock and seccomp where it has them (--seal auto).
                      Paths: it makes no system call that takes one.
                      Sockets: it makes no system call for them.
                      Any other system call ends it, and so does making memory executable.
                    """))
    }
}
