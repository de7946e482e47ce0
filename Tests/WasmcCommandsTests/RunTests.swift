import Testing

@testable import WasmDriver

@Suite struct RunTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.add("app.wat", sampleProgram)
        try place.add("arguments.wat", argumentsProgram)
    }

    @Test func outputAndStatusAreThePrograms() throws {
        let (status, output) = try place.run("exec $WASMC run app.wat")
        #expect(status == .exited(7))
        #expect(output == "hello\n")
    }

    @Test func argumentsArriveAsTheyAre() throws {
        let (_, output) = try place.run(
            "mkdir d && mv arguments.wat d && $WASMC run d/arguments.wat -O3 '' 'a b' -- --help; rm -r d")
        #expect(output == "arguments.wat|-O3||a b|--|--help|")
    }

    @Test func argumentZeroCanBeGranted() throws {
        let (_, output) = try place.run("$WASMC run --argv0 'a b' arguments.wat x")
        #expect(output == "a b|x|")
    }

    @Test func exportsAreInvokedByName() throws {
        try place.add(
            "add.wat", "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))")
        let (_, output) = try place.run(
            """
            $WASMC run --invoke add add.wat 40 2; $WASMC build --invoke add add.wat && ./add 1 -3
            $WASMC run --invoke sub add.wat 40 2 2> /dev/null; echo $?
            """)
        #expect(output == "42\n-2\n125\n")
    }

    @Test func trapHasAMessageAndStatus134() throws {
        try place.add("trap.wat", "(module (func $f unreachable) (func (export \"_start\") (call $f)))")
        let (status, output) = try place.run("exec $WASMC run trap.wat")
        #expect(status == .exited(134))
        #expect(output.hasPrefix("wasmc: trap: unreachable\n"))
    }

    /// The program replaces the compiler, so a signal to the process is a signal to the program.
    @Test func signalEndsTheProgram() throws {
        try place.add("loop.wat", "(module (func (export \"_start\") (loop (br 0))))")
        let (_, output) = try place.run(
            """
            setsid env --default-signal $WASMC run loop.wat & 
            while [ "$(tr '\\0' ' ' < /proc/$!/cmdline)" != "loop.wat " ]; do sleep 0.05; done
            kill -TERM $!; { wait $!; } 2> /dev/null; echo $?
            """)
        #expect(output == "143\n")
    }

    @Test func standardInputIsThePrograms() throws {
        try place.add("cat.wat", catProgram)
        let (_, output) = try place.run("printf 'some input' | $WASMC run cat.wat")
        #expect(output == "some input")
    }

    @Test func grantsOfTheEnvironmentHoldToo() throws {
        let (_, output) = try place.run(
            "WASMC_GRANTS='--argv0 zero' $WASMC run arguments.wat 1; WASMC_GRANTS='--bogus' $WASMC run app.wat; echo $?"
        )
        #expect(output.hasPrefix("zero|1|"))
        #expect(output.hasSuffix("125\n"))
    }

    @Test func nothingStaysInTheTemporaryDirectory() throws {
        let (_, output) = try place.run("mkdir tmp; TMPDIR=$PWD/tmp $WASMC run app.wat; ls -A tmp; rmdir tmp")
        #expect(output == "hello\n")
    }
}

/// Both engines: the same output, messages and statuses.
@Suite struct RunEngineTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    @Test(arguments: ["--native", "--interp"])
    func outputAndStatusAreThePrograms(engine: String) throws {
        try place.add("app.wat", sampleProgram)
        let (status, output) = try place.run("exec $WASMC run \(engine) app.wat")
        #expect(status == .exited(7))
        #expect(output == "hello\n")
    }

    @Test(arguments: ["--native", "--interp"])
    func argumentsArriveAsTheyAre(engine: String) throws {
        try place.add("arguments.wat", argumentsProgram)
        let (_, output) = try place.run(
            """
            $WASMC run \(engine) arguments.wat -O3 '' 'a b' --; echo
            WASMC_GRANTS='--argv0 zero' $WASMC run \(engine) arguments.wat 1
            """)
        #expect(output == "arguments.wat|-O3||a b|--|\nzero|1|")
    }

    @Test(arguments: ["--native", "--interp"])
    func standardInputIsThePrograms(engine: String) throws {
        try place.add("cat.wat", catProgram)
        let (_, output) = try place.run("printf 'some input' | $WASMC run \(engine) cat.wat")
        #expect(output == "some input")
    }

    @Test(arguments: ["--native", "--interp"])
    func exportsAreInvoked(engine: String) throws {
        try place.add("invoke.wat", invokedProgram)
        let (_, output) = try place.run(
            """
            run() { $WASMC run \(engine) --invoke "$@"; echo "= $?"; }
            run add invoke.wat 2 -3; run add invoke.wat 2; run add invoke.wat 2 x; run nothing invoke.wat
            run constant invoke.wat; run values invoke.wat 1.5 nan
            """)
        #expect(
            output == """
                -1
                = 0
                wasmc: --invoke: wrong number of arguments for 'add': expected 2, found 1
                = 125
                wasmc: --invoke: argument 'x' is not an i32
                = 125
                error: --invoke: no exported function is called 'nothing': it exports the functions add, values, store, recurse, pointer, spin, grow
                = 125
                42
                = 0
                NaN
                1.5
                <null funcref>
                = 0

                """)
    }

    /// The place of a trap is that of the instruction; one in a host call names the call.
    @Test(arguments: ["--native", "--interp"])
    func trapsSayWhere(engine: String) throws {
        try place.add("invoke.wat", invokedProgram)
        let (_, output) = try place.run(
            """
            run() { $WASMC run \(engine) "$@" 2>&1 | sed 's/0x[0-9a-f]*/0x/; s/d [0-9]* m/d N m/'; }
            run --invoke store invoke.wat; run --invoke recurse invoke.wat; run --invoke pointer invoke.wat
            run --timeout 100ms --invoke spin invoke.wat | head -n 1
            $WASMC run \(engine) --invoke store invoke.wat 2> /dev/null; echo $?
            """)
        #expect(
            output == """
                wasmc: trap: out of bounds memory access
                    at store (module offset 0x)
                wasmc: trap: call stack exhausted
                    at recurse (module offset 0x)
                    [previous frame repeated N more times]
                wasmc: trap: out of bounds memory access by a host call
                    in args_sizes_get
                    at func[5] <pointer> (module offset 0x)
                wasmc: trap: timeout
                134

                """)
    }

    @Test(arguments: ["--native", "--interp"])
    func limitsHold(engine: String) throws {
        try place.add("invoke.wat", invokedProgram)
        try place.add("app.wat", sampleProgram)
        let (_, output) = try place.run(
            """
            $WASMC run \(engine) --max-memory 128KiB --invoke grow invoke.wat
            $WASMC run \(engine) --max-memory 1KiB invoke.wat 2> /dev/null; echo $?
            $WASMC run \(engine) --dir absent app.wat; echo $?
            WASMC_GRANTS=--bogus $WASMC run \(engine) app.wat; echo $?
            """)
        #expect(
            output == """
                1
                -1
                125
                wasmc: cannot open the directory of --dir 'absent::absent': no such directory
                125
                wasmc: WASMC_GRANTS: unknown option '--bogus'
                125

                """)
    }
}

@Suite struct InspectTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.add("app.wat", sampleProgram)
    }

    @Test func executableTellsItsGrants() throws {
        let (status, output) = try place.run(
            """
            $WASMC build app.wat --dir 'a b::/d::ro' --env X=1 -O0 && chmod -x app && $WASMC inspect app \
            | tail -n +3 | grep -v '^system calls: ' | sed -e 's/^moduleSha256: .*/moduleSha256: .../' -e '/^capabilities:/,$d'
            """)
        #expect(status == .exited(0))
        #expect(
            output == """
                module: app
                moduleSha256: ...
                target: x86_64-linux-musl
                cpu: x86-64-v2
                optimization: 0
                bounds: guard
                traps: strict
                features: mvp
                memories:
                  64 KiB (memory 1)
                imports:
                  wasi_snapshot_preview1 fd_write
                  wasi_snapshot_preview1 proc_exit
                grants:
                  --dir=a b::/d::ro
                  --env=X=1

                """)
    }

    /// What it imports decides, not what it was granted.
    @Test func executableTellsItsSystemCalls() throws {
        let (status, output) = try place.run(
            "$WASMC build app.wat --dir . -O0 && $WASMC inspect app | grep '^system calls: '")
        #expect(status == .exited(0))
        let calls = output.split(whereSeparator: \.isWhitespace)
        #expect(calls.contains("writev"))
        #expect(calls.contains("exit_group"))
        #expect(!calls.contains { $0.hasPrefix("open") || $0.hasPrefix("unlink") || $0.hasPrefix("accept") })
    }

    @Test func strippedExecutableStillTells() throws {
        let (status, output) = try place.run(
            "$WASMC build app.wat --inherit-env && strip app && $WASMC inspect --json app | grep -A 2 '\"grants\"'")
        #expect(status == .exited(0))
        #expect(output == "  \"grants\": [\n    \"--inherit-env\"\n  ],\n")
    }

    @Test func invalidModuleIsShownAndReported() throws {
        try place.add("bad.wat", "(module (func $f (export \"f\") (result i32) (i64.const 0)))")
        let (status, output) = try place.run(
            "$WASMC inspect bad.wat 2>&1 | grep -e 'func f' -e 'invalid'; exit ${PIPESTATUS:-0}")
        #expect(status == .exited(0))
        #expect(output.hasPrefix("  func f: [] -> [i32]\n"))
        #expect(output.contains("invalid module: type mismatch"))
    }

    @Test func everySettingIsJSON() throws {
        let (_, output) = try place.run(
            "$WASMC settings --json | python3 -c 'import json,sys; print(*json.load(sys.stdin))'")
        #expect(output == "version llvm targets linker cache license licenseText notices features limits\n")
    }

    @Test func verdictsAsJSON() throws {
        try place.add("bad.wat", "(module (func $f (result i32) (i64.const 0)))")
        let (status, output) = try place.run("exec $WASMC validate --json app.wat bad.wat")
        #expect(status == .exited(1))
        let lines = output.split(separator: "\n")
        #expect(lines.first == "{\"file\":\"app.wat\",\"valid\":true}")
        #expect(
            lines.last?.hasPrefix("{\"file\":\"bad.wat\",\"valid\":false,\"error\":{\"phase\":\"invalid\",") == true)
    }

    @Test func namesCannotDriveTheTerminal() throws {
        try place.add("esc.wat", "(module (func (export \"a\\1b[31m\")))")
        let (_, output) = try place.run("$WASMC inspect esc.wat | grep 'func a'")
        #expect(output == "  func a\\u{1b}[31m: [] -> []\n")
    }
}

/// Prints its arguments, each followed by a bar.
private let argumentsProgram = """
    (module
      (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start")
        (local $at i32)
        (local $end i32)
        (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
        (drop (call $args_get (i32.const 0x100) (i32.const 0x1000)))
        (local.set $at (i32.const 0x1000))
        (local.set $end (i32.add (local.get $at) (i32.load (i32.const 4))))
        (loop $byte
          (if (i32.eqz (i32.load8_u (local.get $at))) (then (i32.store8 (local.get $at) (i32.const 0x7C))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br_if $byte (i32.lt_u (local.get $at) (local.get $end))))
        (i32.store (i32.const 8) (i32.const 0x1000))
        (i32.store (i32.const 12) (i32.load (i32.const 4)))
        (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))))
    """

/// Copies one block of standard input to standard output.
private let catProgram = """
    (module
      (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (data (i32.const 0) "\\20\\00\\00\\00\\00\\10\\00\\00")
      (func (export "_start")
        (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
        (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
    """

/// Exports to be invoked.
private let invokedProgram = """
    (module
      (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
      (memory (export "memory") 1)
      (global (export "constant") i64 (i64.const 42))
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "values") (param f32 f64) (result f64 f32 funcref)
        (local.get 1) (local.get 0) (ref.null func))
      (func $store (export "store") (i32.store (i32.const -1) (i32.const 0)))
      (func $recurse (export "recurse") (result i32) (i32.add (call $recurse) (i32.load (i32.const 4))))
      (func (export "pointer") (result i32) (call $args_sizes_get (i32.const -1) (i32.const 0)))
      (func (export "spin") (loop (br 0)))
      (func (export "grow") (result i32 i32) (memory.grow (i32.const 1)) (memory.grow (i32.const 1))))
    """
