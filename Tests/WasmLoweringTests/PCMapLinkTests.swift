import Diagnostics
import LLVMBridge
import Support
import Testing

@testable import WasmDriver
@testable import WasmLowering

/// Links tables with code and with the runtime's reader of them, and looks up where accesses really fault.
@Suite(.serialized) struct PCMapLinkTests {
    /// Calls each function of `guest_functions` with an address that nothing is mapped at, and prints the place
    /// of the fault.
    private static let program = """
        #define _GNU_SOURCE
        #include <setjmp.h>
        #include <signal.h>
        #include <stdio.h>
        #include <ucontext.h>
        #include "wasmc/pcmap.h"

        extern long f0(void *), f1(void *), f2(void *), f3(void *);
        /* p[0] leads on, p[1] leads nowhere. */
        static void *chain[3][2] = {{chain[1], 0}, {chain[2], 0}, {0, 0}};
        static sigjmp_buf after;

        static void handle(int number, siginfo_t *info, void *context)
        {
            (void)number;
            (void)info;
            ucontext_t *state = context;
            printf("%d\\n", (int)wasmc_pcmap_lookup((uintptr_t)state->uc_mcontext.gregs[REG_RIP]));
            siglongjmp(after, 1);
        }

        int main(void)
        {
            struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_NODEFER};
            sigaction(SIGSEGV, &action, NULL);
            long (*const functions[])(void *) = {f0, f1, f2, f3};
            for (int i = 0; i < 4; i++)
                for (int step = 0; step < 3; step++)
                    if (!sigsetjmp(after, 1))
                        functions[i](step == 0 ? NULL : chain[3 - step]);
            printf("%d\\n", wasmc_pcmap_lookup((uintptr_t)main) == WASMC_MODULE_OFFSET_UNKNOWN);
            return 0;
        }
        """

    /// Functions `f<n>` of three loads, each through what the one before gave. The third is where the first is; where
    /// the second of `f3` is, nobody knows.
    private func makeObject(_ number: Int, functions: Range<Int>) throws -> [[UInt8]] {
        let symbol = "wasm.text.\(number)"
        let fixture = try IRFixture()
        fixture.startText(symbol)
        for index in functions {
            let base = UInt32(100_000 * (index + 1))
            let function = fixture.define("f\(index)", [fixture.context.ptr], fixture.context.i64, line: base)
            let first = fixture.guestLoad(fixture.context.ptr, function.parameter(0), line: base + 11)
            let second = fixture.guestLoad(fixture.context.ptr, first, line: index == 3 ? 0 : base + 300)
            fixture.builder.ret(fixture.guestLoad(fixture.context.i64, second, line: base + 11))
        }
        let object = try fixture.object()
        return [object, try #require(try makePCMapObject(for: object, textSymbol: symbol))]
    }

    private func run(_ executable: String, _ arguments: [String]) throws -> String {
        let outcome = try Subprocess(executable: executable, arguments: arguments).run()
        #expect(outcome.status == .exited(0), Comment(rawValue: outcome.output))
        return outcome.output
    }

    /// Tables survive every way to collect sections, in a PIE and in one at a fixed address.
    @Test(arguments: [
        ["-pie"], ["-pie", "-Wl,--gc-sections"], ["-pie", "-Wl,--gc-sections", "-Wl,-z,nostart-stop-gc"],
        ["-no-pie", "-Wl,--gc-sections"], ["-static-pie", "-Wl,--gc-sections", "-Wl,--strip-all"],
    ])
    func placesOfFaults(_ options: [String]) throws {
        let directory = try TemporaryDirectory()
        var files = [try directory.write(Array(Self.program.utf8), name: "main.c")]
        for (number, functions) in [0..<1, 1..<4].enumerated() {
            for (kind, bytes) in zip(["code", "map"], try makeObject(number, functions: functions)) {
                files.append(try directory.write(bytes, name: "\(kind)\(number).o"))
            }
        }
        let runtime = "\(packageRoot)/runtime-c"
        let program = "\(directory.path)/program"
        _ = try run(
            "/usr/bin/env",
            ["clang-22", "-O1", "-fPIE", "-fuse-ld=lld", "-I\(runtime)/include"] + options
                + files + ["\(runtime)/src/pcmap.c", "\(runtime)/src/leb128.c", "-o", program])
        var expected: [Int?] = []
        for base in stride(from: 100_000, through: 400_000, by: 100_000) {
            expected += [base + 11, base == 400_000 ? -1 : base + 300, base + 11]
        }
        #expect(try run(program, []).split(separator: "\n").map { Int($0) } == expected + [1])
    }

    /// RISC-V and AArch64: the linker computes the distance too.
    @Test(arguments: [("aarch64", "aarch64linux"), ("riscv64", "elf64lriscv")])
    func linkForOtherMachines(_ machine: (name: String, emulation: String)) throws {
        let fixture = try IRFixture(triple: "\(machine.name)-unknown-linux-musl")
        fixture.startText()
        let function = fixture.define("_start", [fixture.context.ptr], fixture.context.i64)
        fixture.builder.ret(fixture.guestLoad(fixture.context.i64, function.parameter(0), alignment: 8))
        let object = try fixture.object()
        let map = try #require(try makePCMapObject(for: object, textSymbol: IRFixture.textSymbol))
        let directory = try TemporaryDirectory()
        let files = [try directory.write(object, name: "code.o"), try directory.write(map, name: "map.o")]
        let program = "\(directory.path)/program"
        let search = ToolchainSearch.current()
        _ = try run(
            search.linker(), ["-m", machine.emulation, "-pie", "--gc-sections", "-o", program] + files)
        let linked = try ObjectFile(MemoryBuffer(Files.read(program)), in: fixture.context)
        let table = try #require(linked.section(named: "wasmc_pcmap"))
        let text = try #require(linked.section(named: "wasmc_text"))
        let distance = table.contents.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(table.address &+ distance == text.address)
    }
}
