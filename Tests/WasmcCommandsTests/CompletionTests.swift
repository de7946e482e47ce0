import Testing

@testable import WasmcCommands

@Suite struct CompletionTests {
    private func words(_ line: String...) -> [String] { Completion(line).candidates.map(\.word) }

    @Test func commandsComeFirst() {
        #expect(words("b") == ["build"])
        #expect(words("").contains("inspect"))
        #expect(words("--v") == ["--version"])
        #expect(words("help", "se") == ["settings"])
        #expect(words("nonsense", "").isEmpty)
    }

    @Test func optionsAreThoseOfTheCommand() {
        #expect(words("build", "--em") == ["--emit"])
        #expect(words("run", "--em").isEmpty)
        #expect(words("run", "--int") == ["--interp"])
        // Given already, and hidden ones.
        #expect(words("build", "--bounds", "guard", "--bou").isEmpty)
        #expect(words("build", "--env", "A", "--env") == ["--env"])
        #expect(words("build", "--fue").isEmpty)
    }

    @Test func valuesFollowTheirOption() {
        #expect(words("build", "--emit", "o") == ["obj"])
        #expect(words("build", "--emit", "obj,a") == ["obj,asm"])
        #expect(words("build", "--emit", "obj,o").isEmpty)
        #expect(words("build", "--emit=obj,a") == ["--emit=obj,asm"])
        #expect(words("run", "--seal", "re") == ["require"])
        #expect(words("build", "--target-cpu", "x86-64-v") == ["x86-64-v2", "x86-64-v3", "x86-64-v4"])
        #expect(words("build", "--target-feature", "-av").contains("-avx2"))
        #expect(words("build", "--target-feature", "+bmi,-avx51").contains("+bmi,-avx512f"))
        #expect(words("build", "-O") == ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"])
        #expect(words("build", "-O", "") == ["0", "1", "2", "3", "s", "z"])
        #expect(words("completion", "") == ["bash", "zsh", "fish"])
        #expect(words("wast", "--engine", "n") == ["native"])
        #expect(words("run", "--env", "PAT").contains("PATH"))
    }

    @Test func filesAreTheShells() {
        #expect(Completion(["build", ""]).files == .files(["wasm", "wat"]))
        #expect(Completion(["validate", "a.wasm", ""]).files == .files(["wasm", "wat"]))
        #expect(Completion(["build", "a.wasm", ""]).files == .none)
        #expect(Completion(["wast", ""]).files == .files(["wast"]))
        #expect(Completion(["build", "-o", ""]).files == .files([]))
        #expect(Completion(["build", "--config", ""]).files == .files(["toml"]))
        #expect(Completion(["run", "--dir", ""]).files == .directories)
        #expect(Completion(["run", "a.wasm", "--dir", ""]).files == .files([]))
        #expect(Completion(["run", "a.wasm", "--di"]).candidates.isEmpty)
    }

    @Test func filesMayHaveAPrefix() {
        let directory = Completion(["run", "--dir=da"])
        #expect(directory.files == .directories)
        #expect(directory.prefix == "--dir=")
        let module = Completion(["run", "--preload=lib=a"])
        #expect(module.files == .files(["wasm", "wat"]))
        #expect(module.prefix == "--preload=lib=")
        #expect(Completion(["run", "--preload", "lib=a"]).text == "files\twasm,wat\tlib=")
        #expect(Completion(["run", "--preload", "li"]).files == .none)
    }
}
