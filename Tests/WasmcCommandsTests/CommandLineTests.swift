import ArgumentParser
import Testing
import WasmDriver
import WasmLowering

@testable import WasmcCommands

@Suite struct CommandLineTests {
    @Test func optimizationIsJoinedOrNot() throws {
        for words in [["-O3", "a.wasm"], ["-O", "3", "a.wasm"], ["a.wasm", "-O3"]] {
            #expect(try BuildCommand.parse(words).codegen.optimization == .aggressive)
        }
        #expect(try BuildCommand.parse(["-Oz", "a"]).codegen.optimization == .smallest)
        #expect(try BuildCommand.parse(["a"]).codegen.optimization == .standard)
        #expect(throws: (any Error).self) { try BuildCommand.parse(["-O4", "a"]) }
    }

    @Test func jobs() throws {
        #expect(try BuildCommand.parse(["-j3", "a"]).codegen.jobs == 3)
        #expect(try BuildCommand.parse(["-j", "3", "a"]).codegen.jobs == 3)
        #expect(try BuildCommand.parse(["a"]).codegen.jobs >= 1)
        #expect(throws: (any Error).self) { try BuildCommand.parse(["-j0", "a"]) }
    }

    @Test func emitIsACommaList() throws {
        #expect(try BuildCommand.parse(["a"]).artifacts == [.executable])
        #expect(try BuildCommand.parse(["a", "--emit", "obj,asm"]).artifacts == [.object, .assembly])
        #expect(
            try BuildCommand.parse(["a", "--emit=exe,llvm-ir", "--emit", "exe"]).artifacts == [.executable, .llvmIR])
    }

    @Test(arguments: ["staticlib", "sharedlib", "c-header", "oci", "", "obj,", "OBJ"])
    func otherArtifactsAreRefused(list: String) {
        #expect(throws: (any Error).self) { try BuildCommand.parse(["a", "--emit", list]) }
    }

    @Test func featureWordsMayBeginWithMinus() throws {
        let command = try BuildCommand.parse(["a", "--target-feature", "-avx,+bmi"])
        #expect(command.codegen.processorFeatures == "-avx,+bmi")
    }

    @Test func namesAreCheckedBeforeAnythingIsRead() {
        for words in [
            ["--target", "sparc"], ["--target-cpu", "i486"], ["--target-feature", "avx"], ["--bounds", "none"],
            ["--traps", "none"], ["--color", "blue"],
        ] {
            #expect(throws: (any Error).self) { try BuildCommand.parse(["a"] + words) }
        }
    }

    @Test func grantsKeepTheOrderOfDirectories() throws {
        let command = try BuildCommand.parse([
            "--dir", "b", "--env", "X=1", "--dir", "a::/a::ro", "--inherit-env", "--max-memory", "1MiB", "app.wasm",
        ])
        #expect(
            try command.grants.grants().map(\.word)
                == ["--dir=b::b", "--dir=a::/a::ro", "--env=X=1", "--inherit-env", "--max-memory=1MiB"])
    }

    /// Each row of the table with a help is an option, and listed.
    @Test func everyGrantIsAnOption() throws {
        let help = BuildCommand.helpMessage()
        for kind in GrantKind.all where !kind.help.isEmpty {
            #expect(help.contains(kind.option), "\(kind.option)")
            if kind.value == .flag {
                let command = try BuildCommand.parse([kind.option, "a"])
                #expect(try command.grants.grants().map(\.word) == [kind.option])
            }
        }
        // `--json` is an option of every command's, too.
        for kind in GrantKind.all where kind.help.isEmpty && kind.option != "--json" {
            #expect(!help.contains("\(kind.option) "), "\(kind.option)")
        }
    }

    @Test func wrongGrantsAreUsageErrors() {
        for words in [
            ["--dir", "a:b"], ["--env", "=x"], ["--max-stack", "0"], ["--timeout", "0"],
            ["--allow-outbound", "tcp://*:80"], ["--allow-inbound", "127.0.0.1:80"], ["--allow-resolve", "10.0.0.1"],
        ] {
            let error = #expect(throws: (any Error).self) { try BuildCommand.parse(["a"] + words) }
            if let error { #expect(Wasmc.exitCode(for: error) == .validationFailure) }
        }
    }

    @Test(arguments: [
        ["--fuel", "1"]
    ])
    func laterOptionsAreRefusedByName(words: [String]) throws {
        let error = try #require(throws: (any Error).self) { try BuildCommand.parse(["a"] + words) }
        #expect(Wasmc.message(for: error) == "option \(words[0]) is not supported by this version")
    }

    @Test func preloadsHaveNamesAndFiles() throws {
        let command = try BuildCommand.parse(["a", "--preload", "x=b=c.wasm", "--preload", "y=z"])
        #expect(try command.modules.preloads.map(\.name) == ["x", "y"])
        #expect(try command.modules.preloads.map(\.input) == ["b=c.wasm", "z"])
        for text in ["x", "=x", "x=", ""] {
            #expect(throws: (any Error).self) { try BuildCommand.parse(["a", "--preload", text]) }
        }
    }

    @Test func manifestMayNameTheMainModule() throws {
        #expect(throws: (any Error).self) { try BuildCommand.parse([]) }
        #expect(try BuildCommand.parse(["--config", "c"]).input == nil)
        #expect(throws: (any Error).self) { try RunCommand.parse([]) }
        #expect(try RunCommand.parse(["--config", "c"]).words.isEmpty)
    }

    @Test func interpreterRefusesOptionsOfTheCompiler() throws {
        for words in [["-O3"], ["--bounds", "explicit"], ["--traps", "relaxed"], ["--target-cpu", "native"]] {
            let error = try #require(throws: (any Error).self) { try RunCommand.parse(["--interp"] + words + ["a"]) }
            #expect(Wasmc.exitCode(for: error) == .validationFailure)
            #expect(Wasmc.message(for: error).hasPrefix("`" + (words[0].hasPrefix("-O") ? "-O" : words[0]) + "`"))
        }
        _ = try RunCommand.parse(["--interp", "a", "-O3"])
    }

    @Test func everythingBehindTheFileIsTheProgramsOwn() throws {
        let command = try RunCommand.parse(["-O0", "--env", "A", "app.wasm", "-O3", "--help", "--", "-", "--env=B"])
        #expect(command.words == ["app.wasm", "-O3", "--help", "--", "-", "--env=B"])
        #expect(command.codegen.optimization == OptimizationLevel.none)
        #expect(try command.grants.grants().map(\.word) == ["--env=A"])
    }

    @Test func runRefusesWhatItDoesNotKnow() {
        for words in [["--bogus", "a.wasm"], ["--interp", "--native", "a.wasm"], [], ["-x"], ["--fuel", "1", "a"]] {
            #expect(throws: (any Error).self) { try RunCommand.parse(words) }
        }
    }

    @Test func doubleDashEndsTheOptionsOfRun() throws {
        #expect(try RunCommand.parse(["--", "-odd.wasm", "x"]).words == ["--", "-odd.wasm", "x"])
    }
}
