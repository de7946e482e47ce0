import Diagnostics
import Testing

@testable import WasmDriver

@Suite struct ManifestTests {
    private func manifest(_ text: String, directory: String = ".") throws -> Manifest {
        try Manifest(Array(text.utf8), directory: directory)
    }

    @Test func grantsOfEveryKind() throws {
        let manifest = try manifest(
            """
            file = "app.wasm"
            dir = ["data::/data", "/srv::/srv::ro"]
            env = ["A", "B=2"]
            inherit-env = true
            argv0 = "name"
            invoke = "run"
            max-memory = "256MiB"
            max-files = 64
            max-stack = "1MiB"
            timeout = "10s"
            trace-wasi = true
            tcplisten = ["127.0.0.1:80"]
            listenfd = true
            seal = "require"
            accept-from = ["store"]
            ceiling = true
            """)
        #expect(manifest.mainFile == "app.wasm")
        #expect(manifest.isCeiling)
        #expect(
            manifest.grants.map(\.word) == [
                "--dir=data::/data", "--dir=/srv::/srv::ro", "--env=A", "--env=B=2", "--inherit-env", "--argv0=name",
                "--invoke=run", "--max-memory=256MiB", "--max-files=64", "--max-stack=1MiB",
                "--timeout=10s", "--trace-wasi", "--tcplisten=127.0.0.1:80", "--listenfd", "--accept-from=store",
                "--seal=require",
            ])
    }

    @Test func nothingIsGrantedByDefault() throws {
        let manifest = try manifest("[module.b]\nfile = \"b.wasm\"\n[module.a]\nfile = \"/a.wasm\"\n", directory: "x/y")
        #expect(manifest.grants.isEmpty)
        #expect(manifest.mainFile == nil)
        #expect(!manifest.isCeiling)
        #expect(manifest.modules.map(\.name) == ["b", "a"])
        #expect(manifest.modules.allSatisfy { $0.grants.isEmpty })
        #expect(manifest.modules.map(\.file) == ["x/y/b.wasm", "/a.wasm"])
    }

    @Test func grantsOfAModule() throws {
        let manifest = try manifest(
            """
            [module.store]
            dir = ["cache::/cache"]
            args = ["-v", ""]
            inherit-stdio = ["stdout", "stderr"]
            accept-from = ["main"]
            trace = 1
            """.split(separator: "\n").dropLast().joined(separator: "\n"))
        #expect(
            manifest.modules[0].grants.map(\.word) == [
                "--dir=cache::/cache", "--arg=-v", "--arg=", "--accept-from=main", "--inherit-stdio=stdout",
                "--inherit-stdio=stderr",
            ])
    }

    @Test func falseGrantsNothing() throws {
        #expect(try manifest("inherit-env = false\nlistenfd = false").grants.isEmpty)
        #expect(try manifest("[network]\nisolation = false\nloopback_enabled = true").grants.isEmpty)
    }

    @Test func networkOfTheProgramAndOfItsModules() throws {
        let manifest = try manifest(
            """
            allow-outbound = ["tcp://api.example.com:443"]
            [network]
            isolation = true
            namespace_prefix = "shop"
            loopback_enabled = false
            forward = ["8080:3000", "5353:53/udp"]
            resolv_conf = "resolv.conf"
            allow-outbound = ["udp://192.0.2.0/24:53"]
            [module.payments]
            allow-outbound = ["tcp://10.1.0.0/16:5432"]
            allow-inbound = ["tcp://127.0.0.1:*"]
            allow-resolve = ["db.internal"]
            [module.parser]
            """)
        #expect(
            manifest.grants.map(\.word) == [
                "--allow-outbound=tcp://api.example.com:443", "--allow-outbound=udp://192.0.2.0/24:53",
                "--isolate-network", "--forward=8080:3000", "--forward=5353:53/udp", "--namespace-prefix=shop",
                "--no-loopback", "--resolv-conf=resolv.conf",
            ])
        #expect(
            manifest.modules.map { $0.grants.map(\.word) } == [
                [
                    "--allow-outbound=tcp://10.1.0.0/16:5432", "--allow-inbound=tcp://127.0.0.1:*",
                    "--allow-resolve=db.internal",
                ], [],
            ])
    }

    @Test(arguments: [
        ("dirs = []", 1, 1, "unknown key `dirs`"),
        ("\n  Dir = []", 2, 3, "unknown key `Dir`"),
        ("[module.a]\nfile = 'x'\nseal = 'off'", 3, 1, "unknown key `seal`"),
        ("[module.a]\nfile = 'x'\ntimeout = '1s'", 3, 1, "unknown key `timeout`"),
        ("args = ['x']", 1, 1, "unknown key `args`"),
        ("inherit-stdio = ['stdin']", 1, 1, "unknown key `inherit-stdio`"),
        ("[other]", 1, 1, "unknown key `other`"),
        ("[module.a.b]", 1, 1, "unknown key `b`"),
        ("dir = 'data'", 1, 1, "type of `dir`"),
        ("dir = ['a', 1]", 1, 13, "type of `dir`"),
        ("inherit-env = 'yes'", 1, 1, "type of `inherit-env`"),
        ("max-memory = 1000", 1, 1, "type of `max-memory`"),
        ("max-files = '10'", 1, 1, "type of `max-files`"),
        ("max-files = 1e3", 1, 1, "type of `max-files`"),
        ("ceiling = 1", 1, 1, "type of `ceiling`"),
        ("file = ['x']", 1, 1, "type of `file`"),
        ("file = ''", 1, 1, "empty `file`"),
        ("module = 1", 1, 1, "type of `module`"),
        ("module.a = 1", 1, 1, "type of `a`"),
        ("dir = ['ok', 'a:b']", 1, 14, "value of `dir`"),
        ("env = ['=x']", 1, 8, "value of `env`"),
        ("max-memory = 'much'", 1, 1, "value of `max-memory`"),
        ("max-files = 0", 1, 1, "value of `max-files`"),
        ("max-files = 1048577", 1, 1, "value of `max-files`"),
        ("seal = 'some'", 1, 1, "value of `seal`"),
        ("[module.a]\ninherit-stdio = ['out']", 2, 18, "value of `inherit-stdio`"),
        ("isolation = true", 1, 1, "unknown key `isolation`"),
        ("isolate-network = true", 1, 1, "unknown key `isolate-network`"),
        ("[network]\nisolate = true", 2, 1, "unknown key `isolate`"),
        ("[network]\ndir = ['data']", 2, 1, "unknown key `dir`"),
        ("[module.a]\nforward = ['8080:80']", 2, 1, "unknown key `forward`"),
        ("[module.a.network]", 1, 1, "unknown key `network`"),
        ("network = true", 1, 1, "type of `network`"),
        ("[network]\nisolation = 'yes'", 2, 1, "type of `isolation`"),
        ("[network]\nforward = '8080:80'", 2, 1, "type of `forward`"),
        ("[network]\nforward = [8080]", 2, 12, "type of `forward`"),
        ("[network]\nforward = ['8080']", 2, 12, "value of `forward`"),
        ("[network]\nnamespace_prefix = 'a/b'", 2, 1, "value of `namespace_prefix`"),
        ("allow-outbound = ['tcp://a.example:80', 'a.example']", 1, 41, "value of `allow-outbound`"),
        ("[module.a]\nallow-inbound = ['tcp://*:80']", 2, 18, "value of `allow-inbound`"),
        ("[network]\nallow-resolve = ['a..b']", 2, 18, "value of `allow-resolve`"),
        ("dir = []\ndir = []", 2, 1, "duplicate `dir`"),
        ("[module.a]\n[module.a]", 2, 1, "duplicate `module.a`"),
        ("[module.main]\nfile = 'x'", 1, 1, "module name `main`"),
        ("[module.'']\nfile = 'x'", 1, 1, "module name ``"),
    ])
    func errorHasItsPlace(text: String, line: Int, column: Int, message: String) throws {
        let error = try #require(throws: Diagnostic.self) { try manifest(text) }
        #expect(error.phase == .manifest)
        #expect(error.message == message)
        #expect(error.location == .text(line: line, column: column))
    }

    @Test func filesOfModulesComeFromOnePlace() throws {
        let manifest = try manifest("[module.a]\nmax-files = 5\n[module.b]\nfile = 'b.wasm'")
        let linked = try manifest.linkedModules(adding: [
            LinkedModule(name: "c", input: "c.wasm"), LinkedModule(name: "a", input: "a.wasm"),
        ])
        #expect(linked.map(\.name) == ["a", "b", "c"])
        #expect(linked.map(\.input) == ["a.wasm", "b.wasm", "c.wasm"])
        #expect(linked.map { $0.grants.count } == [1, 0, 0])
        #expect(throws: Diagnostic.self) { try manifest.linkedModules(adding: []) }
        #expect(throws: Diagnostic.self) {
            try manifest.linkedModules(adding: [
                LinkedModule(name: "a", input: "a"), LinkedModule(name: "b", input: "b"),
            ])
        }
    }
}
