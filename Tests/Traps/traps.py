#!/usr/bin/env python3
"""Messages of traps: the calls that led there, from executables and from the interpreter.

    traps.py --wasmc WASMC [--seed N]

Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import json
import random
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

ENGINES = [("run", "-O0"), ("run", "-O2"), ("run", "--interp")]
FRAME = re.compile(r"^    at (?:(.*) )?\(module offset (?:0x([0-9a-f]+)|unknown)\)")


class Suite(Checks):
    seed = 0

    def run(self, *command, grants=None, stdin="", timeout=120):
        words = [self.wasmc if word == "wasmc" else word for word in command]
        result = subprocess.run(
            words, cwd=self.place, env=environment(grants), input=stdin.encode(), capture_output=True, timeout=timeout)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def trap(self, engine, *words):
        """The lines of the message on standard error of a program that ends in a trap."""
        status, _, error = self.run("wasmc", *engine, *words)
        self.check(f"status of {engine} {words}", status, 134)
        return error.splitlines()

    def frames(self, name, engine, words, expected):
        """The names of the frames, from the message; lines in brackets as they are."""
        lines = self.trap(engine, *words)
        self.check(f"{name}, {engine}", [frame_name(line) for line in lines[1:]], expected)


def frame_name(line):
    match = FRAME.match(line)
    return match[1] if match else line.strip()


CALLS = r"""(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (table 4 funcref)
  (elem (i32.const 0) $mid $leaf)
  (type $unary (func (param i32) (result i32)))
  (func $leaf (param i32) (result i32) (i32.load (local.get 0)))
  (func $mid (param i32) (result i32) (i32.add (i32.const 1) (call $leaf (i32.mul (local.get 0) (i32.const 4)))))
  (func (export "load") (result i32) (call $mid (i32.const 0x3ffffff0)))
  (func $indirect (result i32)
    (i32.add (i32.const 1) (call_indirect (type $unary) (i32.const 0x3ffffff0) (i32.const 0))))
  (func (export "table") (result i32) (i32.add (i32.const 1) (call $indirect)))
  (func $div (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
  (func (export "div") (result i32) (i32.add (call $div (i32.const 0)) (i32.const 1)))
  (func (export "fill") (memory.fill (i32.const 65530) (i32.const 0) (i32.const 100)))
  (func (export "table.fill") (table.fill (i32.const 3) (ref.null func) (i32.const 100)))
  (func $host (result i32) (i32.add (call $args (i32.const -4) (i32.const -4)) (i32.const 1)))
  (func (export "host") (result i32) (i32.add (call $host) (i32.const 1)))
  (func $down (export "down") (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $down (i32.sub (local.get 0) (i32.const 1)))))
      (else (unreachable))))
  (func $even (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $odd (i32.sub (local.get 0) (i32.const 1))))) (else (unreachable))))
  (func $odd (param i32) (result i32) (i32.add (i32.const 1) (call $even (i32.sub (local.get 0) (i32.const 1)))))
  (func (export "even") (param i32) (result i32) (call $even (local.get 0)))
  (func $forever (param i32) (result i32) (i32.add (i32.const 1) (call $forever (i32.add (local.get 0) (i32.const 1)))))
  (func (export "forever") (result i32) (call $forever (i32.const 0)))
  (func $spin (param i32) (loop (i32.store (i32.const 0) (local.get 0)) (br 0)))
  (func (export "spin") (call $spin (i32.const 1))))
"""


def calls(suite):
    """Frames of direct, indirect and inlined calls; traps of the hardware, of compares, of the runtime, of host calls."""
    suite.write("calls.wat", CALLS)
    for engine in ENGINES:
        def frames(name, *expected, arguments=()):
            suite.frames(name, engine, ["--invoke", name, "calls.wat", *arguments], list(expected))
        frames("load", "leaf", "mid", "func[3] <load>")
        frames("table", "leaf", "mid", "indirect", "func[5] <table>")
        frames("div", "div", "func[7] <div>")
        frames("fill", "func[8] <fill>")
        frames("table.fill", "func[9] <table.fill>")
        frames("host", "in args_sizes_get", "host", "func[11] <host>")
        frames("down", "down", arguments=["0"])
        frames("down", "down", "down", arguments=["1"])
        frames("down", "down", "down", "[previous frame repeated 1 more time]", arguments=["2"])
        frames("down", "down", "down", "[previous frame repeated 4999 more times]", arguments=["5000"])
        # 100 frames, 20 frames, and how many are between.
        frames("even", *["even", "odd"] * 50, "[82 more frames]", *["even", "odd"] * 9, "even", "func[15] <even>",
               arguments=["200"])
        frames("even", *["even", "odd"] * 50, "even", "func[15] <even>", arguments=["100"])


def equal_messages(suite):
    """Compiled and interpreted programs say the same, to the byte, as text and as JSON."""
    suite.write("calls.wat", CALLS)
    for words in (["load"], ["table"], ["div"], ["fill"], ["table.fill"], ["host"], ["down", "3"], ["even", "1000"]):
        for options in ([], ["--json"]):
            invoke = [*options, "--invoke", words[0], "calls.wat", *words[1:]]
            messages = {tuple(engine): "\n".join(suite.trap(engine, *invoke)) for engine in ENGINES}
            suite.check(f"messages of {invoke}", len(set(messages.values())), 1)
            if options:
                trap = json.loads(messages[ENGINES[0]])
                first = trap["frames"][0]
                suite.check(f"the first frame of {invoke}", (first["function"], first["offset"]),
                            (trap["function"], trap["offset"]))
    trap = json.loads(suite.trap(ENGINES[0], "--json", "--invoke", "down", "calls.wat", "500")[0])
    suite.check("repeated frames", [frame.get("repeated") for frame in trap["frames"]], [None, 499])
    trap = json.loads(suite.trap(ENGINES[0], "--json", "--invoke", "even", "calls.wat", "500")[0])
    suite.check("omitted frames", [frame["omitted"] for frame in trap["frames"] if "omitted" in frame], [382])


def exhaustion(suite):
    """A full stack ends the walk; a timeout says where it was, whoever waits."""
    suite.write("calls.wat", CALLS)
    for engine in ENGINES:
        for stack in ("64KiB", "8MiB", "64MiB"):
            lines = suite.trap(engine, "--max-stack", stack, "--invoke", "forever", "calls.wat")
            # The first is where the stack was too small, which may be another place of the function.
            names = [frame_name(line) for line in lines[1:] if not line.strip().startswith("[")]
            suite.check(f"frames of a full stack, {engine}, {stack}", (set(names[:-1]), names[-1]),
                        ({"forever"}, "func[17] <forever>") if len(names) > 1 else (set(), "forever"))
            counts = [int(count) for count in re.findall(r"repeated (\d+) more", "\n".join(lines))]
            suite.holds(f"their number, {engine}, {stack}", sum(counts) > 500, lines)
    for engine in ENGINES:
        status, _, error = suite.run("wasmc", *engine, "--timeout", "200ms", "--invoke", "spin", "calls.wat")
        names = [frame_name(line) for line in error.splitlines()[1:]]
        suite.check(f"frames of a timeout, {engine}", (status, names[-1:]), (124, ["func[19] <spin>"]))


def large_frames(suite):
    """Frames of many pages, whose stack is probed before it is used, and frames with wide vectors."""
    locals_ = " ".join(f"(local $v{i} v128)" for i in range(900))
    fill = " ".join(f"(local.set $v{i} (i8x16.splat (i32.add (local.get 0) (i32.const {i}))))" for i in range(900))
    use = " ".join(f"(local.set $v0 (v128.xor (local.get $v0) (local.get $v{i})))" for i in range(900))
    suite.write("large.wat", f"""(module
      (func $large (param i32) (result i32) {locals_} {fill}
        (local.set 0 (call $large (i32.add (local.get 0) (i32.const 1)))) {use}
        (i32.add (local.get 0) (i8x16.extract_lane_u 0 (local.get $v0))))
      (func (export "f") (result i32) (i32.add (call $large (i32.const 0)) (i32.const 1))))""")
    for options in ([], ["--target-cpu", "x86-64-v3"]):
        lines = suite.trap(("run", "-O2", *options), "--invoke", "f", "large.wat")
        names = [frame_name(line) for line in lines[1:]]
        suite.check(f"large frames, {options}", (names[0], names[-1]), ("large", "func[1] <f>"))
        suite.holds(f"their number, {options}", any("repeated" in name for name in names), names)


def tail_calls(suite):
    """Frames of callers whose callee has been replaced by one with more or fewer parameters on the stack."""
    generator = random.Random(suite.seed)
    types = ["i32", "i64", "f32", "f64", "v128"]
    for number in range(12):
        functions = []
        signatures = [[generator.choice(types) for _ in range(generator.choice([0, 1, 5, 8, 13, 20, 30]))]
                      for _ in range(7)]

        def arguments(signature):
            return " ".join("(v128.const i32x4 1 2 3 4)" if kind == "v128" else f"({kind}.const 1)" for kind in signature)

        for index, signature in enumerate(signatures):
            parameters = f"(param {' '.join(signature)})" if signature else ""
            following = index + 1
            target = arguments(signatures[following]) if following < len(signatures) else ""
            # The caller of an indirect call cannot know what has been replaced.
            through = generator.choice(["", "_indirect"])
            kind = generator.choice(["call", "return_call"])
            if following == len(signatures):
                body = "(unreachable)"
            elif through:
                body = f"({kind}_indirect (type $t{following}) {target} (i32.const {following}))"
            else:
                body = f"({kind} $f{following} {target})"
            if kind == "call" and following < len(signatures):
                body = f"(i32.add (i32.const 1) {body})"
            functions.append((index, kind, parameters, body))
        text = "(module (memory 1) (table funcref (elem " + " ".join(f"$f{f[0]}" for f in functions) + "))\n"
        text += "\n".join(f"(type $t{index} (func {parameters} (result i32)))" for index, _, parameters, _ in functions)
        text += "\n".join(f"(func $f{index} {parameters} (result i32) {body})"
                          for index, _, parameters, body in functions)
        # Through a table that changes, nothing is inlined.
        if number % 2:
            text += "(func (export \"change\") (param i32) (table.set (local.get 0) (ref.null func)))"
        text += f"""(func (export "run") (result i32)
            (i32.add (i32.const 1) (call_indirect (type $t0) {arguments(signatures[0])} (i32.load (i32.const 0))))))"""
        suite.write(f"tail{number}.wat", text)
        messages = {engine: "\n".join(suite.trap(engine, "--invoke", "run", f"tail{number}.wat")) for engine in ENGINES}
        expected = messages[("run", "--interp")]
        for engine in ENGINES[:2]:
            suite.check(f"tail calls {number}, {engine}", messages[engine], expected)


def modules(suite):
    """In a program of several modules, frames say whose they are."""
    suite.write("lib.wat", """(module
      (func $inner (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
      (func (export "divide") (param i32) (result i32) (i32.add (i32.const 1) (call $inner (local.get 0)))))""")
    suite.write("app.wat", """(module
      (import "lib" "divide" (func $divide (param i32) (result i32)))
      (func $main (export "_start") (drop (i32.add (i32.const 1) (call $divide (i32.const 0))))))""")
    for engine in ENGINES:
        suite.frames("modules", engine, ["--preload", "lib=lib.wat", "app.wat"],
                     ["lib!inner", "lib!func[1] <divide>", "app!main"])
        trap = json.loads(suite.trap(engine, "--json", "--preload", "lib=lib.wat", "app.wat")[0])
        suite.check(f"modules as JSON, {engine}", [frame["module"] for frame in trap["frames"]], ["lib", "lib", "app"])


def exceptions(suite):
    """Code that may throw has its frames in another table; an exception that nothing catches says who threw it."""
    suite.write("exceptions.wat", """(module
      (tag $oops (param i32))
      (func $thrower (param i32) (if (local.get 0) (then (throw $oops (local.get 0)))))
      (func $divider (param i32) (result i32) (call $thrower (i32.const 0)) (i32.div_u (i32.const 1) (local.get 0)))
      (func $middle (param i32) (result i32)
        (block $caught (result i32) (try_table (result i32) (catch $oops $caught) (call $divider (local.get 0)))))
      (func (export "divide") (result i32) (i32.add (i32.const 1) (call $middle (i32.const 0))))
      (func (export "throw") (param i32) (result i32) (call $thrower (local.get 0)) (i32.const 1)))""")
    for engine in ENGINES:
        suite.frames("a trap where exceptions are", engine, ["--invoke", "divide", "exceptions.wat"],
                     ["divider", "middle", "func[3] <divide>"])
    for engine in ENGINES:
        suite.frames("an exception", engine, ["--invoke", "throw", "exceptions.wat", "42"],
                     ["thrower", "func[4] <throw>"])


def hostile_names(suite):
    """A name is text of one line, whatever it is."""
    names = [b"\x1b[31mred", b"two\nlines", "\u202egnirts".encode(), b"x" * 100_000, b"", b" (module offset 0x1)",
             b'"quoted\\"', b"nul\0nul", "\U000e0041".encode()]
    count = len(names)

    def uleb(value):
        result = b""
        while value >= 0x80:
            result += bytes([value & 0x7F | 0x80])
            value >>= 7
        return result + bytes([value])

    def vector(items):
        return uleb(len(items)) + b"".join(items)

    def section(number, contents):
        return bytes([number]) + uleb(len(contents)) + contents

    bodies = [bytes([0, 0x10, *uleb(index + 1), 0x0B]) for index in range(count - 1)] + [bytes([0, 0, 0x0B])]
    # Names of functions that are not there, and a list that ends too early.
    entries = [uleb(index) + uleb(len(name)) + name for index, name in enumerate(names)] + [uleb(4_000_000_000) + b"\1z"]
    name_map = uleb(len(entries) + 5) + b"".join(entries)
    name_section = b"\4name" + section(1, name_map)
    module = (b"\0asm\1\0\0\0" + section(1, vector([b"\x60\0\0"])) + section(3, vector([b"\0"] * count))
              + section(7, vector([b"\6_start\0\0"])) + section(10, vector([uleb(len(b)) + b for b in bodies]))
              + section(0, name_section))
    (suite.place / "names.wasm").write_bytes(module)
    for engine in ENGINES:
        lines = suite.trap(engine, "names.wasm")
        suite.check(f"lines of hostile names, {engine}", len(lines), 1 + count)
        suite.holds(f"they are printable, {engine}", all(line.isprintable() for line in lines), lines)
        suite.holds(f"they are short, {engine}", all(len(line) < 1000 for line in lines), lines)
        json.loads(suite.trap(engine, "--json", "names.wasm")[0])


STRIPPED = f"""(module (memory 1)
  {"".join(f'(func $pad{n} (export "pad{n}") (param i32) (result i32) (i32.load (i32.load (local.get 0))))' for n in range(200))}
  (type $unary (func (param i32) (result i32)))
  (func $secret_inner (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (unreachable))) (i32.load (local.get 0)))
  (func $secret_middle (param i32) (result i32) (i32.add (i32.const 1) (call $secret_inner (local.get 0))))
  (func $secret_deep (param i32 i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0)) (then (call $secret_middle (local.get 1)))
      (else (i32.add (i32.const 1) (call $secret_deep (i32.sub (local.get 0) (i32.const 1)) (local.get 1))))))
  (func (export "explicit") (drop (call $secret_deep (i32.const 3) (i32.const 0))))
  (func (export "guarded") (drop (call $secret_deep (i32.const 5) (i32.const -4))))
  (func (export "_start") (drop (call $secret_deep (i32.const 2) (i32.const -4)))))"""


def strip(suite):
    """--strip leaves names and places out; `explain-trap` makes them again, and says the same as of a message that has them."""
    suite.write("app.wat", STRIPPED)
    for flags in (["-O0"], ["-O2"], ["-O2", "--bounds", "explicit"]):
        for words in ([], ["--invoke", "explicit"], ["--invoke", "guarded"]):
            name = " ".join(flags + words[1:])
            suite.run("wasmc", "build", *flags, *words, "app.wat", "-o", "app")
            suite.run("wasmc", "build", *flags, *words, "--strip", "app.wat", "-o", "stripped")
            full, stripped = ((suite.place / name).read_bytes() for name in ("app", "stripped"))
            suite.check(f"names, {name}", (b"secret_inner" in full, b"secret_inner" in stripped), (True, False))
            # Without --invoke, functions that nobody calls are in neither.
            suite.holds(f"size, {name}", not words or len(stripped) < len(full), (len(stripped), len(full)))
            messages = [suite.run(f"./{program}")[2] for program in ("app", "stripped")]
            suite.holds(f"frames, {name}", all(re.fullmatch(r"    at \(code 0x[0-9a-f]+\)|    \[.*\]", line)
                                               for line in messages[1].splitlines()[1:]), messages[1])
            for number, message in enumerate(messages):
                suite.write(f"message{number}", message)
            explained = [suite.run("wasmc", "explain-trap", program, "--message", f"message{number}")
                         for number, program in enumerate(("app", "stripped"))]
            suite.check(f"explained, {name}", explained[1][:2], explained[0][:2])
            suite.holds(f"its functions, {name}", all(function in explained[1][1] for function in (
                "secret_inner", "secret_middle", "secret_deep")), explained[1])
    status, _, error = suite.run("wasmc", "explain-trap", "app.wat", "--message", "message1")
    suite.holds("a module alone does not do", status != 0 and "name the executable" in error, error)
    record = json.loads(suite.run("./stripped", grants="--json")[2].splitlines()[-1])
    suite.holds("as JSON", record["code"] == record["frames"][0]["code"] and "offset" not in record, record)
    # Of other code, the same places would be wrong.
    suite.write("app.wat", STRIPPED.replace("(i32.const 3)", "(i32.const 4)"))
    status, _, error = suite.run("wasmc", "explain-trap", "stripped", "--message", "message1")
    suite.holds("another module does not do", status != 0 and "is not found" in error, error)
    suite.write("lib.wat", """(module (func $secret (export "divide") (param i32) (result i32)
        (i32.div_u (i32.const 1) (local.get 0))))""")
    suite.write("app.wat", """(module (import "lib" "divide" (func $divide (param i32) (result i32)))
        (func (export "_start") (drop (i32.add (i32.const 1) (call $divide (i32.const 0))))))""")
    for program, flags in (("app", []), ("stripped", ["--strip"])):
        suite.run("wasmc", "build", *flags, "--preload", "lib=lib.wat", "app.wat", "-o", program)
        suite.write("message", suite.run(f"./{program}")[2])
        found = suite.run("wasmc", "explain-trap", program, "--message", "message")[1]
        suite.holds(f"two modules, {program}", re.search(r"at lib!secret \(.*\n    at .*func\[1\] <_start> \(", found), found)


C_PROGRAM = """#include <stdlib.h>
static int check(int n) { if (n > 2) __builtin_trap(); return n * 3; }
__attribute__((noinline)) int descend(int n) { return check(n) + 1; }
int main(int argc, char **argv) { return descend(argc + 2) + (argv == 0); }
"""

CPP_PROGRAM = """namespace shop {
template <typename T> struct Stack {
    T items[4]; int count;
    T &operator[](int index) { if (index < 0 || index >= count) __builtin_trap(); return items[index]; }
};
__attribute__((noinline)) int last(Stack<int> &stack, int step) { return stack[stack.count - 1 + step]; }
}
static shop::Stack<int> all = {{1, 2, 3, 4}, 4};
int main(int argc, char **argv) { return shop::last(all, argc) + 1; }
"""

RUST_PROGRAM = """fn pick(values: &[u32], index: usize) -> u32 { values[index] }
#[inline(never)]
fn user_function(count: usize) -> u32 {
    pick(&[1, 2, 3][..], count + 7)
}
fn main() { println!("{}", user_function(std::env::args().count())); }
"""


def compiled(*command):
    """Whether a compiler is there and has made its output."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def explain(suite):
    """explain-trap names functions, files and lines, of a text module, of C and of Rust, also of what has no names."""
    suite.write("calls.wat", CALLS)
    suite.run("wasmc", "build", "--strip", "--invoke", "load", "calls.wat", "-o", "stripped")
    message = suite.run("./stripped")[2]
    status, output, _ = suite.run("wasmc", "explain-trap", "stripped", stdin=message)
    lines = CALLS.splitlines()
    places = [re.fullmatch(r"    at (.*) \(module offset 0x[0-9a-f]+\) calls.wat:(\d+):(\d+)", line)
              for line in output.splitlines()[1:]]
    suite.check("frames of a text module", (status, [place and place[1] for place in places]),
                (0, ["leaf", "mid", "func[3] <load>"]))
    for place, text in zip(places, ["i32.load", "call $leaf", "call $mid"]):
        if place:
            suite.check(f"the text of {place[1]}", lines[int(place[2]) - 1][int(place[3]) - 1:].lstrip("(").startswith(text), True)
    offset = re.findall("0x[0-9a-f]+", output)[0]
    suite.check("an offset", suite.run("wasmc", "explain-trap", "calls.wat", offset)[1], output.splitlines()[1] + "\n")
    suite.check("no offset", suite.run("wasmc", "explain-trap", "calls.wat", "x")[0], 2)
    hostile = "\x1b[31m\n    at x (module offset 0xffffffffffffffffffff)\n    at (module offset 0x\n"
    status, output, _ = suite.run("wasmc", "explain-trap", "calls.wat", stdin=hostile)
    suite.check("a hostile message", (status, output.isascii(), "\x1b" in output, len(output.splitlines())),
                (0, True, False, 3))

    suite.write("program.c", C_PROGRAM)
    if compiled("clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "-g", "-O1", "-nostdlibinc", "-isystem",
                "/usr/include/wasm32-wasi", suite.place / "program.c", "-o", suite.place / "program.wasm"):
        explained(suite, "program.wasm", [(r"check \(inlined\) .*program.c:2:\d+"),
                                          (r"descend \(module offset 0x[0-9a-f]+\) .*program.c:3:\d+"),
                                          (r"\S*main\S* .*program.c:4:\d+")])
    suite.write("program.rs", RUST_PROGRAM)
    if compiled("/usr/bin/rustc", "--target", "wasm32-wasi", "-g", "-O", suite.place / "program.rs", "-o",
                suite.place / "rust.wasm"):
        explained(suite, "rust.wasm", [r".*panic.*", r".*pick \(inlined\) .*program.rs:1:\d+",
                                       r".*user_function \(module offset 0x[0-9a-f]+\) .*program.rs:4:\d+",
                                       r".*main.* .*program.rs:6:\d+"])


def source(suite):
    """A program whose module has debug information says files, lines and inlined functions itself, on both engines."""
    suite.write("program.c", C_PROGRAM)
    suite.write("program.rs", RUST_PROGRAM)
    suite.write("program.cpp", CPP_PROGRAM)
    flags = ["--target=wasm32-wasi", "-Wno-deprecated", "-nostdlibinc", "-isystem", "/usr/include/wasm32-wasi"]
    for version in ("-gdwarf-4", "-gdwarf-5"):
        if compiled("clang-22", *flags, version, "-O1", suite.place / "program.c", "-o", suite.place / "c.wasm"):
            sourced(suite, "c.wasm", [r"check \(inlined\) .*/program\.c:2:\d+", r"descend \(module offset 0x\w+\) .*/program\.c:3:\d+",
                                      r"main \(module offset 0x\w+\) .*/program\.c:4:\d+"])
    if compiled("clang-22", *flags, "-g", "-O2", "-fno-exceptions", suite.place / "program.cpp", "-o", suite.place / "cpp.wasm"):
        sourced(suite, "cpp.wasm", [r"shop::Stack::operator\[\] \(inlined\) .*/program\.cpp:4:\d+",
                                    r"shop::last \(module offset 0x\w+\) .*/program\.cpp:6:\d+", r"main \(module.* .*/program\.cpp:9:\d+"])
    if compiled("/usr/bin/rustc", "--target", "wasm32-wasi", "-g", "-O", suite.place / "program.rs", "-o",
                suite.place / "rust.wasm"):
        sourced(suite, "rust.wasm", [r"std::panicking::begin_panic_handler .*", r"program::pick \(inlined\) .*/program\.rs:1:\d+",
                                     r"program::user_function \(module offset 0x\w+\) .*/program\.rs:4:\d+",
                                     r"program::main .*/program\.rs:6:\d+", r".*call_once \(inlined\) .*function\.rs:\d+:\d+"])


def sourced(suite, module, expected):
    """All engines say the same, in which lines match in this order; as JSON, too; nothing of it is in a stripped program."""
    messages = {engine: "\n".join(suite.trap(engine, module)) for engine in ENGINES}
    suite.check(f"messages of {module}", len(set(messages.values())), 1)
    lines = messages[ENGINES[0]].splitlines()
    remaining = iter(lines)
    for pattern in expected:
        suite.holds(f"{module}: {pattern}", any(re.fullmatch("    at " + pattern, line) for line in remaining), "\n".join(lines))
    traps = [suite.trap(engine, "--json", module)[-1] for engine in ENGINES]
    suite.check(f"JSON of {module}", len(set(traps)), 1)
    shown = [f"    at {frame['function']} " + ("(inlined)" if frame.get("inlined") else f"(module offset {frame['offset']:#x})")
             + (f" {frame['file']}" if "file" in frame else "") + (f":{frame['line']}" if "line" in frame else "")
             + (f":{frame['column']}" if "column" in frame else "") for frame in json.loads(traps[0])["frames"]]
    suite.check(f"frames of {module} as JSON", shown, [line for line in lines if line.startswith("    at ")])
    for name, options in [("full", []), ("stripped", ["--strip"])]:
        suite.run("wasmc", "build", *options, module, "-o", name)
    full, stripped = (suite.run(f"./{name}")[2] for name in ("full", "stripped"))
    suite.check(f"an executable of {module}", full, messages[ENGINES[1]] + "\n")
    tables = [b"wasmc_source" in (suite.place / name).read_bytes() for name in ("full", "stripped")]
    suite.check(f"tables in executables of {module}", tables, [True, False])
    # What is explained already, and what is not, become the same; the executable is as good as its module, and without
    # places better.
    explanations = [suite.run("wasmc", "explain-trap", file, stdin=text) for file, text in (
        (module, full), ("./full", full), ("./stripped", full), ("./stripped", stripped))]
    suite.check(f"explanations of {module}", (explanations[0][0], len(set(explanations))), (0, 1))
    (suite.place / module).write_bytes(b"\0asm\1\0\0\0")
    status, _, error = suite.run("wasmc", "explain-trap", "./stripped", stdin=stripped)
    suite.holds(f"another module than {module}", status == 1 and "a module of the executable is not found" in error, error)


def explained(suite, module, expected):
    """The explanation of a trap has lines that match, in this order; with -g the frames are the same."""
    suite.run("wasmc", "build", "-g", module, "-o", "program")
    with_debug_info = re.findall("offset 0x[0-9a-f]+", suite.run("./program")[2])
    suite.run("wasmc", "build", "--strip", module, "-o", "program")
    message = suite.run("./program")[2]
    output = suite.run("wasmc", "explain-trap", "./program", stdin=message)[1]
    suite.check(f"{module} with -g", with_debug_info, re.findall("offset 0x[0-9a-f]+", output))
    remaining = iter(output.splitlines())
    for pattern in expected:
        found = any(re.fullmatch("    at " + pattern, line) for line in remaining)
        suite.holds(f"{module}: {pattern}", found, output)


def main_program():
    parser = argparse.ArgumentParser(description="compare messages of traps")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    suite = Suite(options.wasmc)
    suite.seed = options.seed
    suite.run_parts([calls, equal_messages, exhaustion, large_frames, tail_calls, modules, exceptions, hostile_names, strip, explain, source])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main_program())
