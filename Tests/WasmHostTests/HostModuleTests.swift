import Diagnostics
import Glibc
import Testing
import WasmBinary
import WasmHostTable
import WasmInterpreter
import WasmSpec
import WasmText
import WasmValidation

@testable import WasmHost

@Suite struct HostModuleTests {
    @Test func resultsArriveInGuestMemory() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "args_get" (func $get (param i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "sizes") (result i32) (call $sizes (i32.const 8) (i32.const 12)))
            (func (export "get") (result i32) (call $get (i32.const 16) (i32.const 64)))
            """, arguments: ["program", "b"])
        #expect(try guest.invoke("sizes") == [.i32(0)])
        #expect(guest.word(at: 8) == 2)
        #expect(guest.word(at: 12) == 10)
        #expect(try guest.invoke("get") == [.i32(0)])
        #expect(guest.word(at: 16) == 64)
        #expect(guest.word(at: 20) == 72)
        #expect(guest.text(at: 64, bytes: 10) == "program\u{0}b\u{0}")
    }

    /// The guest's part of an argument's slot is its lower half; what an earlier i64 left above must not count.
    @Test func argumentsOfBothWidthsArePassed() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "seek") (param i32 i64 i32 i32) (result i32)
              (call $seek (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
            (func (export "time") (result i32) (call $time (i32.const 1) (i64.const -1) (i32.const 8)))
            """)
        #expect(try guest.invoke("seek", [.i32(99), .i64(-1), .i32(0), .i32(8)]) == [.i32(8)])
        #expect(try guest.invoke("time") == [.i32(0)])
        #expect(guest.word(at: 8) != 0)
    }

    /// Nine arguments and the context: some of them travel on the native stack.
    @Test func argumentsOnTheStackArePassed() throws {
        let directory = try Directory()
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "path_open"
              (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
            (memory (export "memory") 1)
            (data (i32.const 16) "new")
            (func (export "open") (result i32)
              (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 3) (i32.const 1) (i64.const 64)
                (i64.const 0) (i32.const 4) (i32.const 40)))
            """, environment: ["WASMC_GRANTS=--dir=\(directory.path)::/"])
        #expect(try guest.invoke("open") == [.i32(0)])
        #expect(guest.word(at: 40) == 4)
        #expect(access("\(directory.path)/new", F_OK) == 0)
    }

    @Test func guestAddressOutsideMemoryIsATrap() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "sizes") (param i32) (result i32) (call $sizes (local.get 0) (i32.const 0)))
            """)
        for address: Int32 in [65533, 65536, -4] {
            #expect(guest.end("sizes", [.i32(address)]) == .trap(code: 22, call: "args_sizes_get"))
        }
        // The host can be called again.
        #expect(try guest.invoke("sizes", [.i32(65532)]) == [.i32(0)])
    }

    @Test func withoutExportedMemoryEveryAddressIsOutside() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (memory 1)
            (func (export "sizes") (result i32) (call $sizes (i32.const 0) (i32.const 4)))
            """)
        #expect(guest.end("sizes") == .trap(code: 22, call: "args_sizes_get"))
    }

    @Test func grownMemoryIsReached() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "grow") (result i32)
              (drop (memory.grow (i32.const 1)))
              (drop (call $sizes (i32.const 0x1_0000) (i32.const 0x1_0004)))
              (i32.load (i32.const 0x1_0000)))
            """, arguments: ["a", "b", "c"])
        #expect(try guest.invoke("grow") == [.i32(3)])
    }

    /// Not memory 0, but the one with the name; and it is there when the start function runs.
    @Test func memoryIsTheExportedOne() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (memory $other 1)
            (memory $exported (export "memory") 1)
            (func $start (drop (call $sizes (i32.const 0) (i32.const 4))))
            (start $start)
            (func (export "count") (result i32 i32) (i32.load $other (i32.const 0)) (i32.load $exported (i32.const 0)))
            """)
        #expect(try guest.invoke("count") == [.i32(0), .i32(1)])
    }

    @Test func exitIsAValue() throws {
        let guest = try Guest(
            """
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (import "wasi_snapshot_preview1" "proc_raise" (func $raise (param i32) (result i32)))
            (func (export "exit") (param i32) (call $exit (local.get 0)))
            (func (export "raise") (param i32) (result i32) (call $raise (local.get 0)))
            """)
        #expect(guest.end("exit", [.i32(3)]) == .exit(status: 3))
        // No status that a process can have, and not success.
        #expect(guest.end("exit", [.i32(256)]) == .exit(status: 1))
        #expect(guest.end("raise", [.i32(6)]) == .exit(status: 134))
        #expect(try guest.invoke("raise", [.i32(16)]) == [.i32(0)])
    }

    @Test func descriptorsEndWithTheHost() throws {
        let directory = try Directory()
        let before = try openDescriptors()
        do {
            let host = try HostModule(
                arguments: ["a"], environment: ["WASMC_GRANTS=--dir=\(directory.path)::/a --dir=\(directory.path)::/b"])
            #expect(try openDescriptors() == before + 2)
            withExtendedLifetime(host) {}
        }
        #expect(try openDescriptors() == before)
    }

    @Test func refusedGrantIsAnExit() {
        #expect(throws: HostEnd.exit(status: 125)) {
            try HostModule(arguments: ["a"], environment: ["WASMC_GRANTS=--bogus"])
        }
        #expect(throws: HostEnd.exit(status: 125)) {
            try HostModule(arguments: ["a"], environment: ["WASMC_GRANTS=--dir=/does/not/exist"])
        }
    }

    @Test(arguments: [
        ("\"env\" \"f\" (func)", "unknown import", "\"env\" \"f\" [] -> [] is no host function this program"),
        (
            "\"wasi_snapshot_preview1\" \"proc_exit\" (func (param i64))", "incompatible import type",
            "\"wasi_snapshot_preview1\" \"proc_exit\": the host has [i32] -> [], the module wants [i64] -> []"
        ),
        ("\"env\" \"memory\" (memory 1)", "unknown import", "\"env\" \"memory\": nothing provides this memory"),
    ])
    func unknownImportsAreLinkErrors(entry: String, phrase: String, detail: String) throws {
        let module = try validModule("(import \(entry))")
        let host = try HostModule(arguments: [], environment: [])
        let error = try #require(throws: Diagnostic.self) { try host.imports(of: module, in: Store()) }
        #expect(error.phase == .unlinkable)
        #expect(error.message == phrase)
        #expect(error.detail.hasPrefix(detail))
    }

    @Test func everyHostFunctionCanBeCalled() throws {
        let imports = HostFunctionTable.all.functions.map { function in
            let parameters = function.type.parameters.map { " \($0)" }.joined()
            let results = function.type.results.map { " \($0)" }.joined()
            return "(import \"\(function.module)\" \"\(function.name)\" (func (param\(parameters)) (result\(results))))"
        }
        let host = try HostModule(arguments: [], environment: [])
        let values = try host.imports(of: try validModule(imports.joined(separator: "\n")), in: Store())
        let types = values.compactMap { value -> FunctionType? in
            if case .function(let function) = value { function.type } else { nil }
        }
        #expect(types == HostFunctionTable.all.functions.map(\.type))
    }

    /// Each module's host calls work on its own memory and descriptors.
    @Test func linkedModulesHaveHostsOfTheirOwn() throws {
        let fields = """
            (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $stat (param i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "run") (result i32)
              (drop (call $sizes (i32.const 0) (i32.const 4)))
              (i32.add (i32.mul (i32.load (i32.const 0)) (i32.const 100)) (call $stat (i32.const 1) (i32.const 8))))
            """
        let store = Store()
        let main = try HostModule(
            grants: ["--env=A=1", "--module=lib", "--env=B=1", "--env=C=1", "--max-files=9"], arguments: ["a"],
            environment: [])
        let linked = try HostModule(linkedAs: "lib", with: main)
        try main.checkModules()
        var results: [Value] = []
        for host in [linked, main] {
            let module = try validModule(fields)
            var imports = try host.imports(of: module, in: store).makeIterator()
            let instance = try instantiate(module, imports: { _, _ in imports.next() }, in: store)
            guard case .function(let function)? = instance.export("run") else { return }
            results += try store.invoke(function)
        }
        // Two variables and no standard output; one variable and one.
        #expect(results == [.i32(208), .i32(100)])
    }

    @Test func grantsOfModulesThatAreNotThereAreRefused() throws {
        let main = try HostModule(grants: ["--module=lib"], arguments: ["a"], environment: [])
        #expect(throws: HostEnd.exit(status: 125)) { try main.checkModules() }
        #expect(throws: HostEnd.exit(status: 125)) {
            let main = try HostModule(grants: ["--module=lib", "--seal=off"], arguments: ["a"], environment: [])
            _ = try HostModule(linkedAs: "lib", with: main)
        }
    }
}
