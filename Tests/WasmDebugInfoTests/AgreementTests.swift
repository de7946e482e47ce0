import Glibc
import Support
import Testing
import WasmBinary
import WasmDebugInfo
import WasmDriver

/// Every row of a compiler's line table, as LLVM's own reader sees it.
@Suite struct AgreementTests {
    private static let source = """
        struct pair { int first; struct pair *next; };
        static inline int sum(struct pair *p) {
            int result = 0;
            for (; p; p = p->next) { int twice = p->first * 2; result += twice; }
            return result;
        }
        static inline __attribute__((always_inline)) int both(struct pair *p, struct pair *q) {
            return sum(p) + sum(q);
        }
        __attribute__((export_name("f"))) int f(struct pair *p) { return both(p, p->next) / p->first; }
        """

    /// The path of a program of LLVM's; nil, and a line, when it is not installed.
    private static func tool(_ name: String) -> String? {
        let path = "/usr/lib/llvm-22/bin/\(name)"
        if Files.exists(path) { return path }
        print("no \(path): what LLVM sees is not compared")
        return nil
    }

    @Test(arguments: ["-O0", "-O2"], ["-gdwarf-4", "-gdwarf-5"])
    func framesAreLLVMs(_ level: String, _ version: String) throws {
        guard let clang = Self.tool("clang"), let symbolizer = Self.tool("llvm-symbolizer"),
            Self.tool("wasm-ld") != nil
        else { return }
        let base = "\(temporaryDirectory())/wasmc-debug-info-\(getpid())\(level)\(version)"
        defer { for suffix in [".c", ".wasm"] { unlink(base + suffix) } }
        try Files.write(Array(Self.source.utf8), toFile: base + ".c")
        let arguments = [
            "--target=wasm32", "-nostdlib", "-Wl,--no-entry", level, version, base + ".c", "-o", base + ".wasm",
        ]
        let built = try Subprocess(executable: clang, arguments: arguments).run()
        try #require(built.status == .exited(0), "\(built.output)")

        let module = try decodeModule(try Files.read(base + ".wasm"))
        let info = try #require(DebugInfo(module))
        let code = try #require(module.sections.first { $0.id == 10 }?.range)
        let addresses = (2..<code.count).filter { !info.lookup(code.lowerBound + $0).isEmpty }
        #expect(addresses.count > 50)
        let expected = try Subprocess(
            executable: symbolizer,
            arguments: ["--functions=short", "--obj=\(base).wasm"] + addresses.map { "\($0)" }
        ).run().output
        let frames = addresses.map { address in
            info.lookup(code.lowerBound + address).map { frame in
                "\(frame.function ?? "??")\n\(frame.file ?? "??"):\(frame.line):\(frame.column)\n"
            }.joined() + "\n"
        }
        #expect(frames.joined() == expected)
    }

    private func temporaryDirectory() -> String { EnvironmentVariables.value("TMPDIR") ?? "/tmp" }
}
