import Glibc
import Support
import Testing

@testable import WasmDriver

@Suite struct LinkJobTests {
    @Test func executableArguments() {
        let job = LinkJob(
            .executable(.init(libraryDirectory: "/lib/w")), target: .x86_64LinuxMusl,
            linker: "/bin/ld.lld", objects: ["/t/0.o", "/t/1.o"], output: "/t/out")
        #expect(
            job.arguments == [
                "-m", "elf_x86_64", "-o", "/t/out",
                "-static", "-pie", "--no-dynamic-linker", "-z", "text",
                "-z", "relro", "-z", "now", "-z", "noexecstack",
                "--gc-sections", "-z", "noseparate-code", "--hash-style=gnu", "--build-id=none", "-O2",
                "-z", "nostart-stop-gc", "--no-undefined", "--exclude-libs=ALL", "--fatal-warnings",
                "--strip-all",
                "/lib/w/rcrt1.o", "/lib/w/crti.o", "/t/0.o", "/t/1.o", "/lib/w/libwasmc.a", "/lib/w/libc.a",
                "/lib/w/crtn.o",
            ])
    }

    @Test func symbolsAndInvocationOnDemand() {
        var options = LinkJob.ExecutableOptions(libraryDirectory: "/l")
        options.keepsSymbols = true
        options.includesInvoke = true
        options.includesIsolation = true
        let job = LinkJob(.executable(options), target: .x86_64LinuxMusl, linker: "l", objects: [], output: "o")
        #expect(!job.arguments.contains("--strip-all"))
        #expect(job.arguments.contains("/l/gdb.o"))
        #expect(job.arguments.contains("--undefined=wasmc_invoke"))
        #expect(job.arguments.contains("--undefined=wasmc_net_start"))
    }

    @Test func tableOfFramesForExceptionsAlone() {
        var options = LinkJob.ExecutableOptions(libraryDirectory: "/l")
        for hasExceptions in [false, true] {
            options.hasExceptions = hasExceptions
            let job = LinkJob(.executable(options), target: .x86_64LinuxMusl, linker: "l", objects: [], output: "o")
            #expect(job.arguments.contains("--eh-frame-hdr") == hasExceptions)
        }
    }

    @Test func recordingBetweenTheProgramAndTheRuntime() {
        var options = LinkJob.ExecutableOptions(libraryDirectory: "/l")
        func arguments() -> [String] {
            LinkJob(.executable(options), target: .x86_64LinuxMusl, linker: "l", objects: [], output: "o").arguments
        }
        #expect(!arguments().contains { $0.hasPrefix("--wrap") })
        options.includesRecording = true
        #expect(arguments().contains("--wrap=wasmc_guest_bytes"))
        #expect(arguments().contains("--undefined=wasmc_record_call"))
        #expect(!arguments().contains("--wrap=wasmc_invoke"))
        options.includesInvoke = true
        #expect(arguments().contains("--wrap=wasmc_invoke"))
    }

    @Test func relocatableArguments() {
        let job = LinkJob(.relocatable, target: .x86_64LinuxMusl, linker: "l", objects: ["a", "b"], output: "o")
        #expect(job.arguments == ["-m", "elf_x86_64", "-o", "o", "-r", "a", "b"])
    }

    @Test func failureHasTheLinkersWords() throws {
        let directory = try TemporaryDirectory()
        let linker = try directory.script("ld", "echo \"ld.lld: error: no space\" >&2; exit 3")
        let job = LinkJob(.relocatable, target: .x86_64LinuxMusl, linker: linker, objects: [], output: "o")
        let error = try #require(throws: Diagnostic.self) { try job.run() }
        #expect(error.phase == .environment)
        #expect(error.message == "the linker failed with exit status 3")
        #expect(error.notes.map(\.text) == ["ld.lld: error: no space"])
    }

    @Test func killedLinkerIsReported() throws {
        let directory = try TemporaryDirectory()
        let linker = try directory.script("ld", "kill -KILL $$")
        let job = LinkJob(.relocatable, target: .x86_64LinuxMusl, linker: linker, objects: [], output: "o")
        let error = try #require(throws: Diagnostic.self) { try job.run() }
        #expect(error.message == "the linker was killed by signal 9")
    }

    /// A crash of the linker is told in one line; a full disk is not the linker's fault.
    @Test(arguments: [
        (
            "PLEASE submit a bug report to x\nStack dump:\n0.\tProgram arguments: ld\n #0 0x7f main\nLLVM ERROR: odd\n",
            6,
            "the linker was killed by signal 6: LLVM ERROR: odd"
        ),
        (
            "LLVM ERROR: IO failure on output stream: No space left on device\n", 6,
            "cannot write temporary files in `/t`: No space left on device; TMPDIR may name another directory"
        ),
        (
            "", SIGBUS,
            "cannot write temporary files in `/t`: No space left on device; TMPDIR may name another directory"
        ),
        ("", SIGXFSZ, "cannot write temporary files in `/t`: File too large; `ulimit -f` limits the size of files"),
    ])
    func crashIsTold(output: String, signal: Int32, expected: String) throws {
        let outcome = Subprocess.Outcome(status: .signaled(signal), output: output)
        let error = try #require(LinkJob.error(of: outcome, writing: "/t/wasmc-1/executable"))
        let words = [error.message, error.detail] + error.notes.map(\.text)
        #expect(words.filter { !$0.isEmpty }.joined(separator: ": ") == expected)
    }
}
