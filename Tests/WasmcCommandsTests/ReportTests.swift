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
        let report = ModuleReport(module: try decodeModule(bytes), features: ["mvp"])
        #expect(
            report.json(file: "a.wasm").text == """
                {"file":"a.wasm","kind":"module","valid":true,"bytes":43,"sections":[\
                {"id":1,"name":"type","offset":10,"bytes":5},{"id":2,"name":"import","offset":17,"bytes":7},\
                {"id":5,"name":"memory","offset":26,"bytes":4},{"id":7,"name":"export","offset":32,"bytes":5},\
                {"id":0,"name":"custom \\"\\u001b[m\\"","offset":39,"bytes":4}],\
                "types":1,"functions":0,"imports":[{"module":"m","name":"f","kind":"func","type":"[i32] -> []"}],\
                "exports":[{"name":"e","kind":"memory","type":"1 2"}],"memories":["1 2"],"tables":[],"globals":0,\
                "tags":0,"dataSegments":0,"elementSegments":0,"start":null,"features":["mvp"]}
                """)
    }

    @Test func moduleAsText() throws {
        let report = ModuleReport(module: try decodeModule(bytes), features: ["mvp"])
        #expect(
            report.text(file: "a.wasm") == """
                a.wasm: WebAssembly module, 43 bytes
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
                  1 2
                globals: 0
                data segments: 0
                element segments: 0
                features: mvp
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
        let text = ModuleReport(module: module, features: nil).text(file: "-")
        #expect(text.contains("func m f: unknown type 9"))
        #expect(text.contains("func a: unknown type 9"))
        #expect(text.contains("global b: unknown"))
    }

    @Test func executableAsJSON() {
        var note = ExecutableNote()
        note.version = "1"
        note.moduleName = "app"
        note.imports = ["wasi_snapshot_preview1 fd_write"]
        note.grants = ["--dir=a::/b"]
        #expect(
            ExecutableReport(note: note, systemCalls: ["close", "writev"], size: 7).json(file: "app").text == """
                {"file":"app","kind":"executable","bytes":7,"version":"1","module":"app","target":"","cpu":"",\
                "cpuFeatures":"","optimization":"","bounds":"","traps":"","invoke":false,"features":[],"memories":[],\
                "imports":["wasi_snapshot_preview1 fd_write"],"systemCalls":["close","writev"],\
                "ceiling":false,"grants":["--dir=a::/b"],"linkedModules":[]}
                """)
    }

    @Test func linkedModulesAreListedByName() {
        var note = ExecutableNote()
        note.isCeiling = true
        var store = ExecutableNote.LinkedModule(name: "st\u{7}ore")
        store.imports = ["wasi_snapshot_preview1 fd_read"]
        store.memories = ["1"]
        store.grants = ["--dir=c::/c"]
        note.linkedModules = [store, ExecutableNote.LinkedModule(name: "pure")]
        let report = ExecutableReport(note: note, systemCalls: nil, size: 7)
        #expect(
            report.text(file: "app").hasSuffix(
                """
                ceiling: nobody who starts it can grant more
                grants: none
                module st\\u{7}ore:
                  memories:
                    1
                  imports:
                    wasi_snapshot_preview1 fd_read
                  grants:
                    --dir=c::/c
                module pure:
                  grants: none
                """))
        #expect(
            report.json(file: "app").text.hasSuffix(
                """
                "ceiling":true,"grants":[],"linkedModules":[{"name":"st\\u0007ore","memories":["1"],\
                "imports":["wasi_snapshot_preview1 fd_read"],"grants":["--dir=c::/c"]},\
                {"name":"pure","memories":[],"imports":[],"grants":[]}]}
                """))
    }

    @Test func executableAsText() {
        var note = ExecutableNote()
        note.version = "1"
        note.moduleName = "a\u{1B}[31mb"
        note.hasInvoke = true
        #expect(
            ExecutableReport(note: note, systemCalls: ["close", "\u{7}"], size: 7).text(file: "app") == """
                app: executable made by wasmc, 7 bytes
                version: 1
                module: a\\u{1b}[31mb
                invoke: exports can be called by name
                system calls: close \\u{7}
                grants: none
                """)
    }
}
