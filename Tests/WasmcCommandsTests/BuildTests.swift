import Testing

@testable import WasmDriver

/// The commands as a user types them.
@Suite struct BuildTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.add("app.wat", sampleProgram)
    }

    @Test func executableRuns() throws {
        let (status, output) = try place.run("$WASMC build app.wat && ./app; echo $?; ls")
        #expect(status == .exited(0))
        #expect(output == "hello\n7\napp\napp.wat\n")
    }

    @Test func bytesDependOnNothingElse() throws {
        let (status, output) = try place.run(
            """
            $WASMC build -j1 app.wat -o one && mkdir tmp && TMPDIR=$PWD/tmp $WASMC build -j2 ./app.wat -o two \
              && cmp one two && rmdir tmp
            """)
        #expect(output.isEmpty)
        #expect(status == .exited(0))
        _ = try place.run("rm -rf tmp")
    }

    @Test func artifactsAreWhatTheirNamesSay() throws {
        let (status, output) = try place.run(
            """
            $WASMC build app.wat --emit exe,obj,asm,llvm-ir,llvm-bc && head -c4 app.o | tail -c3 && echo && \
              head -c2 app.bc && echo && grep -c _start app.ll app.s > /dev/null; ls
            """)
        #expect(output == "ELF\nBC\napp\napp.bc\napp.ll\napp.o\napp.s\napp.wat\n")
        #expect(status == .exited(0))
    }

    @Test func artifactGoesToStandardOutput() throws {
        let (status, output) = try place.run("$WASMC build app.wat --emit llvm-ir -o - | grep -c '^target triple'; ls")
        #expect(output == "1\napp.wat\n")
        #expect(status == .exited(0))
    }

    @Test func writtenFilesAsJSON() throws {
        let (status, output) = try place.run("$WASMC build app.wat --emit exe,obj -o x --json")
        #expect(output == "{\"outputs\":[\"x\",\"x.o\"]}\n")
        #expect(status == .exited(0))
    }

    @Test func bakedSecretsAreWarnedOf() throws {
        let (_, output) = try place.run(
            """
            $WASMC build app.wat --env API_KEY=hunter2 --env API_TOKEN --env TZ=UTC 2>&1; \
            $WASMC build app.wat --json --env API_KEY=hunter2 2>&1; ./app
            """)
        let lines = output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("warning: the value of `API_KEY` looks secret") == true)
        #expect(lines[1].hasPrefix("{\"outputs\":[\"app\"],\"warnings\":[\"the value of `API_KEY` looks secret"))
        #expect(lines[2] == "hello")
    }

    /// The hash that `inspect` prints of a file, and of the executable made from it, is what `sha256sum` prints.
    @Test func hashesAreThoseOfTheFiles() throws {
        try place.add("lib.wat", "(module (func (export \"f\")))")
        let (_, output) = try place.run(
            """
            $WASMC build app.wat --preload lib=lib.wat
            for file in app.wat lib.wat; do
                hash=$(sha256sum < $file | cut -d ' ' -f 1)
                $WASMC inspect $file | grep -c "^sha256: $hash$"
                $WASMC inspect app | grep -c "moduleSha256: $hash$"
            done
            """)
        #expect(output == "1\n1\n1\n1\n")
    }

    @Test func errorLeavesNothingBehind() throws {
        try place.add("bad.wat", "(module (func (result i32) (i64.const 0)))")
        let (status, output) = try place.run("echo old > bad; $WASMC build bad.wat; echo $?; cat bad; ls -A")
        #expect(
            output == """
                bad.wat:1:41: invalid module: type mismatch: instruction requires [i32] but stack has [i64] in `end` \
                (in func[0])
                    1 | (module (func (result i32) (i64.const 0)))
                      |                                         ^
                1
                old
                app.wat
                bad
                bad.wat

                """)
        #expect(status == .exited(0))
    }

    @Test func linkersErrorLeavesNothingBehind() throws {
        try place.add("ld", "#!/bin/sh\necho broken >&2\nexit 1\n")
        let (_, output) = try place.run(
            "chmod +x ld && mkdir tmp && TMPDIR=$PWD/tmp WASMC_LLD=$PWD/ld $WASMC build app.wat; echo $?; ls -A . tmp; rmdir tmp"
        )
        #expect(output == "error: the linker failed with exit status 1\n    broken\n1\n.:\napp.wat\nld\ntmp\n\ntmp:\n")
    }

    /// The signal arrives while the linker works; wasmc ends by it, and the linker and all files are gone.
    @Test(arguments: ["TERM", "INT", "HUP"])
    func signalLeavesNothingBehind(signal: String) throws {
        try place.add("ld", "#!/bin/sh\necho $$ > pid\nexec sleep 60\n")
        let (_, output) = try place.run(
            """
            chmod +x ld && mkdir tmp
            TMPDIR=$PWD/tmp WASMC_LLD=$PWD/ld setsid env --default-signal $WASMC build app.wat &
            waits=0; while ! [ -s pid ] && [ $((waits += 1)) -lt 600 ]; do sleep 0.05; done
            kill -\(signal) $!
            { wait $!; } 2> /dev/null; echo $?
            grep -qs '^State:[[:space:]]*[RSDTt]' /proc/$(cat pid)/status && echo the linker lives
            rm pid; ls -A . tmp; rmdir tmp
            """)
        let number = ["HUP": 1, "INT": 2, "TERM": 15][signal] ?? 0
        #expect(output == "\(128 + number)\n.:\napp.wat\nld\ntmp\n\ntmp:\n")
    }

    @Test func inputIsNotOverwritten() throws {
        let (_, output) = try place.run("mv app.wat app; $WASMC build app; echo $?; head -c7 app")
        #expect(output == "error: the output would overwrite the input `app`: name it with -o\n1\n(module")
    }

    @Test func exitStatuses() throws {
        try place.add("trap.wat", "(module (func (export \"_start\") unreachable))")
        let (_, output) = try place.run(
            """
            s() { "$@" > /dev/null 2>&1; echo $?; }
            s $WASMC --version; s $WASMC; s $WASMC nonsense; s $WASMC build; s $WASMC build -O9 app.wat
            s $WASMC build absent.wat; s $WASMC build --dir a:b app.wat; s $WASMC run --interp app.wat
            s $WASMC run app.wat; s $WASMC run trap.wat; s $WASMC validate app.wat; s $WASMC validate absent
            s $WASMC inspect app.wat; s $WASMC inspect /bin/sh; s $WASMC settings; s $WASMC completion bash
            """)
        #expect(
            output.split(separator: "\n") == [
                "0", "2", "2", "2", "2", "1", "2", "7", "7", "134", "0", "1", "0", "1", "0", "0",
            ])
    }
}
