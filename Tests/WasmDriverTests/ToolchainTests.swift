import LLVMBridge
import Testing

@testable import WasmDriver

@Suite struct ToolchainTests {
    @Test func candidatesOfAnInstallation() {
        let search = ToolchainSearch(executable: "/opt/w/bin/wasmc", path: "")
        #expect(search.libraryCandidates(for: .host) == ["/opt/w/lib/wasmc/x86_64-linux-musl"])
    }

    @Test func candidatesOfTheBuildTree() {
        let search = ToolchainSearch(executable: "/src/wasmc/.build/x86_64-unknown-linux-gnu/release/wasmc", path: "")
        #expect(
            search.libraryCandidates(for: .host) == [
                "/src/wasmc/.build/x86_64-unknown-linux-gnu/lib/wasmc/x86_64-linux-musl",
                "/src/wasmc/build/lib/wasmc/x86_64-linux-musl",
            ])
    }

    @Test func overrideIsTheOnlyCandidate() {
        let search = ToolchainSearch(executable: "/opt/w/bin/wasmc", path: "", libraryOverride: "/x")
        #expect(search.libraryCandidates(for: .host) == ["/x/x86_64-linux-musl"])
    }

    @Test func missingRuntimeNamesThePlaces() throws {
        let search = ToolchainSearch(executable: "/nonexistent/bin/wasmc", path: "")
        let error = try #require(throws: Diagnostic.self) { try search.libraryDirectory(for: .host) }
        #expect(error.phase == .environment)
        #expect(error.detail.contains("/nonexistent/lib/wasmc/x86_64-linux-musl"))
    }

    @Test func incompleteRuntimeNamesTheFile() throws {
        let directory = try TemporaryDirectory()
        let library = directory.path + "/x86_64-linux-musl"
        _ = try Subprocess(executable: "/bin/mkdir", arguments: [library]).run()
        defer { _ = try? Subprocess(executable: "/bin/rm", arguments: ["-r", library]).run() }
        let search = ToolchainSearch(executable: "", path: "", libraryOverride: directory.path)
        for file in ["libwasmc.a", "rcrt1.o", "crti.o", "libc.a"] {
            _ = try directory.write([], name: "x86_64-linux-musl/\(file)")
        }
        let error = try #require(throws: Diagnostic.self) { try search.libraryDirectory(for: .host) }
        #expect(error.detail == "no crtn.o in \(library)")
        _ = try directory.write([], name: "x86_64-linux-musl/crtn.o")
        #expect(try search.libraryDirectory(for: .host) == library)
    }

    @Test func documentsAreInstalledOrInTheBuildTree() throws {
        let directory = try TemporaryDirectory()
        _ = try Subprocess(executable: "/bin/mkdir", arguments: [directory.path + "/.build"]).run()
        defer { _ = try? Subprocess(executable: "/bin/rm", arguments: ["-r", directory.path + "/.build"]).run() }
        let search = ToolchainSearch(executable: directory.path + "/.build/release/wasmc", path: "")
        let error = try #require(throws: Diagnostic.self) { try search.document(named: "LICENSE") }
        #expect(error.phase == .environment)
        #expect(error.detail.contains("\(directory.path)/.build/share/doc/wasmc/LICENSE"))
        let license = try directory.write([], name: "LICENSE")
        #expect(try search.document(named: "LICENSE") == license)
    }

    @Test func linkerOverrideHasToBeExecutable() throws {
        let directory = try TemporaryDirectory()
        let linker = try directory.script("ld", "exit 0")
        #expect(try ToolchainSearch(executable: "", path: "", linkerOverride: linker).linker() == linker)
        let plain = try directory.write([], name: "plain")
        for path in [plain, directory.path, "/nonexistent"] {
            #expect(throws: Diagnostic.self) {
                try ToolchainSearch(executable: "", path: "", linkerOverride: path).linker()
            }
        }
    }

    @Test func linkerIsFoundInPATH() throws {
        let directory = try TemporaryDirectory()
        let linker = try directory.script("ld.lld-22", "exit 0")
        let search = ToolchainSearch(executable: "", path: "relative::/nonexistent:\(directory.path)")
        #expect(try search.linker() == linker)
    }

    @Test func targetsByName() throws {
        #expect(try Target.named("x86_64-linux-musl") == .x86_64LinuxMusl)
        #expect(try Target.named("x86_64-unknown-linux-musl") == .x86_64LinuxMusl)
        #expect(Target.x86_64LinuxMusl.triple == "x86_64-linux-musl")
        #expect(Architecture(triple: Target.x86_64LinuxMusl.architecture.linuxTriple) == .x86_64)
        #expect(Architecture(triple: "mips-unknown-linux-musl") == nil)
        #expect(Architecture(triple: "") == nil)
        let error = try #require(throws: Diagnostic.self) { try Target.named("sparc-linux-gnu") }
        #expect(error.phase == .unsupported)
        #expect(error.detail.contains("x86_64-linux-musl"))
    }
}
