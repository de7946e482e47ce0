// Imports that are known to belong to another host than WASI preview 1. They only decide what an error advises.

import WasmSpec

/// Imports that mean the same to whoever built the module.
struct ImportFamily: Sendable {
    /// Of the import's module. `x*` and `*x` stand for all that begin and end with `x`, `*x*` for those that hold it.
    var modules: [String]
    /// Of its name; empty for any.
    var names: [String] = []
    /// The type, where the names say too little.
    var type: String?
    var hint: String

    /// What to do about an import that nothing provides.
    static func hint(for entry: Import, type: String) -> String {
        all.first { $0.holds(entry, type) }?.hint ?? hintForAny
    }

    static let hintForAny = "a module that exports them can be linked with --preload NAME=FILE"

    private func holds(_ entry: Import, _ type: String) -> Bool {
        modules.contains { Self.matches($0, entry.module) }
            && (names.isEmpty || names.contains { Self.matches($0, entry.name) })
            && (self.type == nil || self.type == type)
    }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        switch (pattern.hasPrefix("*"), pattern.hasSuffix("*")) {
        case (false, false): text == pattern
        case (false, true): text.hasPrefix(String(pattern.dropLast()))
        case (true, false): text.hasSuffix(String(pattern.dropFirst()))
        case (true, true): text.contains(String(pattern.dropFirst().dropLast()))
        }
    }

    /// The first that holds an import counts.
    private static let all = wasi + javaScript + hosts + linking

    private static let preview1 = ["wasi_snapshot_preview1", "wasi_unstable"]

    private static let wasi = [
        ImportFamily(
            modules: ["wasix_*"],
            hint: "WASIX is wasmer's own extension of WASI; build for wasm32-wasip1 (cargo build, not cargo wasix)"),
        ImportFamily(
            modules: ["wasi_ephemeral_nn", "wasi_nn", "wasi:nn/*"],
            hint: "wasi-nn (machine learning) is an extension of WASI that wasmc does not have"),
        ImportFamily(
            modules: preview1, names: ["sock_*"],
            hint:
                "of sockets, wasmc has the calls of preview 1, WasmEdge and WAMR; this is none of them, but maybe "
                + "WASIX's"),
        ImportFamily(
            modules: preview1,
            hint: "WASI preview 1 has no such function; the module was built for an extension of it"),
        ImportFamily(
            modules: ["wasi"], names: ["thread_spawn"],
            hint: "of wasi-threads, the function is called `thread-spawn`"),
        ImportFamily(modules: ["wasi_ephemeral_*"], hint: "wasmc does not have this extension of WASI"),
        ImportFamily(
            modules: ["extism:*"],
            hint: "this is a plugin for extism, whose host provides these functions"),
        ImportFamily(modules: ["lunatic::*"], hint: "these are functions of lunatic"),
        ImportFamily(
            modules: ["wasm:*"], hint: "these are JavaScript's builtin functions; build for WASI, not for JavaScript"),
        ImportFamily(
            modules: ["*:*", "cm32p2*", "[export]*", "$root"],
            hint:
                "these belong to a component (WASI 0.2 or later); build for preview 1, e.g. with cargo build --target "
                + "wasm32-wasip1"),
    ]

    private static let emscripten =
        "emscripten's JavaScript provides these; link with -sSTANDALONE_WASM, and use -fwasm-exceptions or none"
    private static let wasmBindgen =
        "wasm-bindgen's JavaScript provides these; build for wasm32-wasip1, without wasm-bindgen"
    private static let go =
        "Go's JavaScript provides these; build with GOOS=wasip1 GOARCH=wasm, or tinygo build -target=wasip1"

    private static let javaScript = [
        ImportFamily(
            modules: ["env"],
            names: [
                "emscripten_*", "_emscripten_*", "invoke_*", "__syscall_*", "__cxa_*", "*_js", "__resumeException",
                "llvm_eh_typeid_for", "getTempRet0", "setTempRet0", "saveSetjmp", "testSetjmp", "segfault",
                "abortOnCannotGrowMemory", "abortStackOverflow", "nullFunc_*",
            ], hint: emscripten),
        ImportFamily(modules: ["asm2wasm", "global", "global.Math"], hint: emscripten),
        // The names of optimized builds are minified.
        ImportFamily(modules: ["a"], hint: emscripten),
        ImportFamily(
            modules: ["asyncify", "bysyncify"],
            hint: "Asyncify's runtime provides these; run wasm-opt --asyncify only for hosts that unwind the stack"),
        ImportFamily(modules: ["wbg", "__wbindgen_*", "*_bg.js"], hint: wasmBindgen),
        ImportFamily(modules: ["env"], names: ["__wbindgen_*", "__wbg_*"], hint: wasmBindgen),
        ImportFamily(modules: ["go", "gojs"], hint: go),
        ImportFamily(modules: ["env"], names: ["runtime.*", "syscall/js.*"], hint: go),
        ImportFamily(
            modules: ["env"], names: ["abort"], type: "function [i32 i32 i32 i32] -> []", hint: assemblyScript),
        ImportFamily(
            modules: ["env"], names: ["seed", "trace", "console.*", "Date.*", "performance.*", "process.*"],
            hint: assemblyScript),
        ImportFamily(
            modules: ["js_code", "intrinsics", "dart2wasm", "*.mjs", "*.js"],
            hint: "JavaScript provides these; build for WASI, not for JavaScript"),
    ]

    private static let assemblyScript =
        "AssemblyScript's host provides these; build with @assemblyscript/wasi-shim, or with --use abort="

    /// Hosts that are not WASI.
    private static let hosts = [
        ("env", ["proxy_*"], "this is a filter for proxy-wasm (Envoy)"),
        ("fastly_*", [], "these are functions of Fastly's Compute"),
        ("wasmedge_*", [], "these are functions of WasmEdge"),
        ("wapc", [], "this is a guest of waPC"),
        ("ic0", [], "these are functions of the Internet Computer"),
        ("spin-*", [], "these are functions of Spin"),
        ("spectest", [], "this is the specification's test module, which `wasmc wast` provides"),
    ].map { module, names, text in ImportFamily(modules: [module], names: names, hint: text) }

    private static let linking = [
        ImportFamily(
            modules: ["GOT.mem", "GOT.func"],
            hint: "a loader of dynamic libraries provides these; link the program statically"),
        ImportFamily(
            modules: ["env"],
            names: [
                "__memory_base", "__table_base", "__stack_pointer", "__linear_memory", "__indirect_function_table",
            ],
            hint: "a linker or loader provides these; link the program statically"),
        ImportFamily(
            modules: ["env"], names: ["memory"],
            hint: "the program imports its memory; link without --import-memory, so that it has one of its own"),
        ImportFamily(
            modules: ["env"],
            hint: "`env` is where a linker puts functions that no library defines: link what defines them, or a module "
                + "that exports them with --preload env=FILE"),
    ]
}
