import Diagnostics
import Testing

@testable import WasmDriver

@Suite struct CacheTests {
    /// From the examples of the reference implementation.
    @Test(
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)])
    func checksums(text: String, hash: UInt64) {
        #expect(Array(text.utf8).withUnsafeBytes(Checksum.hash) == hash)
    }

    @Test func entriesAreWholeOrNone() {
        let key = CacheKey(compiler: "a", [[1]])
        let contents = Array("contents".utf8)
        let header = CacheEntry.header(key, contents)
        #expect(header.count == CacheEntry.headerBytes)
        #expect(CacheEntry.isWhole(header, key, contents))
        #expect(!CacheEntry.isWhole(header, key, contents + [0]))
        #expect(!CacheEntry.isWhole(header, CacheKey(compiler: "a", [[2]]), contents))
    }

    @Test func keysKeepPartsApart() {
        let long = [UInt8](repeating: 7, count: 100)
        let keys = [
            CacheKey(compiler: "a", [[1], [2]]), CacheKey(compiler: "a", [[1, 2]]),
            CacheKey(compiler: "a", [[1, 2], []]),
            CacheKey(compiler: "a\u{1}", [[2]]), CacheKey(compiler: "b", [[1], [2]]), CacheKey(compiler: "a", [long]),
            CacheKey(compiler: "a", [SHA256.hash(long)]),
        ]
        #expect(Set(keys).count == keys.count)
        #expect(CacheKey.isName(keys[0].name))
        #expect(!CacheKey.isName(keys[0].name + "0") && !CacheKey.isName("CACHEDIR.TAG"))
    }

    @Test func executablesKeepTheirRemarks() throws {
        for remarks in [[], ["one"], ["", "zwei \u{E4}"]] {
            let executable = BuiltExecutable(bytes: [1, 2, 3], remarks: remarks)
            #expect(BuiltExecutable(encoded: executable.encoded) == executable)
        }
        #expect(BuiltExecutable(encoded: []) == nil)
        #expect(BuiltExecutable(encoded: [1, 0, 0, 0, 9, 0, 0, 0, 1]) == nil)
        #expect(BuiltExecutable(encoded: [255, 255, 255, 255]) == nil)
    }

    /// What decides an executable is in its key, whatever is added to a plan; what is left out changes nothing.
    @Test func plansWithOtherOptionsHaveOtherKeys() {
        func parts(_ change: (inout BuildPlan) -> Void) -> [[UInt8]] {
            var plan = BuildPlan(input: "a/app.wasm")
            change(&plan)
            return plan.executableParts(main: [1], linked: [])
        }
        let plain = parts { _ in }
        #expect(parts { $0.jobs = 7 } == plain)
        #expect(parts { $0.input = "b/app.wat" } == plain)
        let others = [
            parts { $0.input = "a/other.wasm" }, parts { $0.optimization = .less }, parts { $0.bounds = .explicit },
            parts { $0.traps = .strict }, parts { $0.processor = "native" }, parts { $0.processorFeatures = "+avx2" },
            parts { $0.keepsSymbols = true }, parts { $0.isStripped = true }, parts { $0.isCeiling = true },
            parts { $0.invoked = "f" }, parts { $0.invoked = "" }, parts { $0.isIsolated = true },
            parts { $0.recordsHostCalls = true }, parts { $0.stressesHeap = true },
            parts { $0.grants = [Grant(.argv0, value: .text("x"))] },
            parts { $0.grants = [Grant(.argv0, value: .text("y"))] },
            parts { $0.linkedModules = [LinkedModule(name: "m", input: "m.wasm")] },
            parts { $0.linkedModules = [LinkedModule(name: "n", input: "m.wasm")] },
        ]
        #expect(Set(others + [plain]).count == others.count + 1)
        #expect(BuildPlan(input: "a/app.wasm").executableParts(main: [2], linked: []) != plain)
        #expect(BuildPlan(input: "a/app.wasm").executableParts(main: [1], linked: [[]]) != plain)
    }
}
