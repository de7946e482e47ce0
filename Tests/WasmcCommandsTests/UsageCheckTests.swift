import Diagnostics
import Testing

@testable import WasmcCommands

@Suite struct UsageCheckTests {
    private func message(_ line: String) -> String? {
        UsageCheck(line.split(separator: " ").map(String.init)).diagnostic().map { "\($0.message): \($0.detail)" }
    }

    @Test(arguments: [
        ("biuld a", "unknown command `biuld`: did you mean `wasmc build`?"),
        ("compile a", "unknown command `compile`: did you mean `wasmc build`?"),
        ("help rnu", "unknown command `rnu`: did you mean `wasmc help run`?"),
        ("version", "unknown command `version`: did you mean `wasmc --version`?"),
        ("a.wasm", "`a.wasm` is not a command: write `wasmc run a.wasm` to run it, or `wasmc build a.wasm`"),
        ("a.wat x --y", "`a.wat` is not a command: write `wasmc run a.wat x --y` to run it, or `wasmc build a.wat`"),
        ("-O2 a", "unknown option `-O2`: options come behind the command, as in `wasmc build -O2 ...`"),
        (
            "--json run a",
            "unknown option `--json`: options come behind the command, as in `wasmc run --json ...`"
        ),
        ("build --emits obj a", "unknown option `--emits`: did you mean `--emit`?"),
        ("build --emits=obj a", "unknown option `--emits`: did you mean `--emit=obj`?"),
        ("build --dri=. a", "unknown option `--dri`: did you mean `--dir=.`?"),
        ("build -dir . a", "unknown option `-dir`: did you mean `--dir`?"),
        ("build --interp a", "unknown option `--interp`: it is an option of `wasmc run`"),
        ("build -O9 a", "`-O 9`: expected 0, 1, 2, 3, s or z"),
        ("run --interp --native a", "`--interp` and `--native` exclude each other: write one of them"),
        ("validate", "no file is given: write `wasmc validate FILE...`"),
        ("build --bounds gaurd a", "`--bounds gaurd`: expected guard or explicit; did you mean `guard`?"),
        ("build -o", "`-o` needs a value: write `-o FILE`"),
        ("build --dir --env A a", "`--dir` needs a value: write `--dir HOST[::GUEST][::ro]`"),
        ("build -g=1 a", "`-g` takes no value: write `-g` alone"),
        ("settings a", "unexpected argument `a`: `wasmc settings` takes options only"),
        ("inspect", "no file is given: write `wasmc inspect FILE`"),
        ("completion", "no shell is given: write `wasmc completion SHELL`: bash, zsh or fish"),
        // The first wrong word is named, before what is missing.
        ("build --bogus", "unknown option `--bogus`: "),
        ("validate --stirct", "unknown option `--stirct`: "),
    ])
    func firstWrongWordIsNamed(line: String, expected: String) {
        #expect(message(line) == expected)
    }

    @Test(arguments: [
        "build a", "build -O2 -gq a", "build -j4 a -oout", "run --dir . a --bogus -O9", "run -- --bogus", "build -- -a",
        "build --target-feature -avx a", "help", "help build", "--help", "run --help", "build --emit=obj -",
        "wast --engine native a b c",
    ])
    func rightWordsPass(line: String) {
        #expect(message(line) == nil)
    }

    /// Everything that another tool knows has an answer, joined or not.
    @Test(arguments: [
        ("run -W timeout=5s a", "`--timeout 5s`"), ("run -Wtimeout=5s a", "`--timeout 5s`"),
        ("run --wasm timeout=5s a", "`--timeout 5s`"), ("run --wasm=timeout=5s a", "`--timeout 5s`"),
        ("run -W max-memory-size=9,timeout=5s a", "`--max-memory 9`; write `--timeout 5s`"),
        ("run -S inherit-env=y a", "`--inherit-env`"), ("run -Sinherit-env a", "`--inherit-env`"),
        ("run -S a.wasm", "wasmtime's -S"), ("build -S a.wasm", "`--emit asm`"),
        ("run -C cache=n a", "`--no-cache`"), ("build -C opt-level=3 a", "`-O 3`"),
        ("run -D debug-info a", "`-g`"), ("run -O opt-level=2 a", "`-O 2`"),
        ("run --mapdir /g::h a", "`--dir h::/g`"), ("run --mapdir=/g:h a", "`--dir h::/g`"),
        ("run --map-dir=/g::h a", "`--dir h::/g`"), ("run --volume h:/g a", "`--dir h::/g`"),
        ("run --mapdir a", "`--dir HOST::GUEST`"),
        ("run --addr-pool=1.2.3.4/15 a", "`--allow-outbound tcp://ADDRESS/BITS:PORTS`"),
        ("run --stack-size=65536 a", "`--max-stack 65536`"), ("run --enable-simd a", "always on"),
        ("build --opt-level=3 a", "`-O 3`"), ("build -march=native a", "`--target-cpu native`"),
    ])
    func wordsOfOtherToolsHaveAnEquivalent(line: String, expected: String) throws {
        let text = try #require(message(line))
        #expect(text.hasPrefix("unknown option") || text.hasPrefix("`-O"))
        #expect(text.contains(expected), "\(text)")
    }

    /// Remedies name options and commands that exist.
    @Test func remediesAreTrue() {
        let names = Set(CommandDefinition.root.subcommands.flatMap(\.options).flatMap(\.names) + ["--version"])
        let words = ForeignWords.everyRemedy.flatMap { $0.split { " `;".contains($0) } }
        // `{+a,-b}` stands for what the user wrote.
        for option in words.map({ $0.prefix { $0 != "," } }) where option.hasPrefix("-") {
            #expect(names.contains(String(option)) || ["-W", "-S:", "-W:"].contains(option), "\(option)")
        }
        for command in ForeignWords.commands.values where !command.hasPrefix("-") {
            #expect(CommandDefinition.root.subcommand(command) != nil, "\(command)")
        }
    }

    @Test func jsonAndColorAreFoundBeforeTheProgramsArguments() {
        #expect(UsageCheck(["build", "--json", "--bogus"]).isJSON)
        #expect(UsageCheck(["build", "--bogus", "--json"]).isJSON)
        #expect(!UsageCheck(["run", "--bogus", "a", "--json"]).isJSON)
        #expect(UsageCheck(["nonsense", "--json"]).isJSON)
        #expect(UsageCheck(["--json", "build"]).isJSON)
        #expect(UsageCheck(["build", "--bogus", "--color", "never"]).color == "never")
    }

    @Test(arguments: [
        ("build", "build", 0), ("biuld", "build", 1), ("buil", "build", 1), ("", "abc", 3), ("abc", "", 3),
        ("kitten", "sitting", 3), ("BUILD", "build", 0), ("ab", "ba", 1),
    ])
    func distance(one: String, two: String, expected: Int) {
        #expect(Spelling.distance(one, two) == expected)
    }

    @Test func nearestIsNear() {
        #expect(Spelling.nearest(to: "--preloda", among: ["--preload", "--config"]) == "--preload")
        #expect(Spelling.nearest(to: "--target", among: ["--target-cpu"]) == "--target-cpu")
        #expect(Spelling.nearest(to: "--t", among: ["--target-cpu", "--timeout"]) == nil)
        #expect(Spelling.nearest(to: "xyz", among: ["build", "run"]) == nil)
    }
}

@Suite struct JSONReaderTests {
    @Test func valuesAreRead() {
        let value = JSONReader.read(#"{ "a" : [1, true, null, "x\"\\\/\u0041\n"], "b": {} }"#)
        #expect(value?.text == #"{"a":[1,true,null,"x\"\\/A\n"],"b":{}}"#)
        for text in ["", "{", "[1", "\"", "{\"a\"}", "1 2", "nul"] { #expect(JSONReader.read(text) == nil) }
    }
}
