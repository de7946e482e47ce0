#!/usr/bin/env python3
"""What wasmc says: about files that are no modules, imports that nobody provides, errors in text, hostile names.

    messages.py --wasmc WASMC

Where ../shared/faults lies beside the project, its inputs are tried too. Ends with the line `N passed, N failed`.
Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402
from foreign import (  # noqa: E402
    FILES, FUNCTION, LINKED, TYPE_NOTHING, UNLINKED, custom, elf, import_section, module, named, section)
from wasm_encoding import u  # noqa: E402

SHARED = Path(__file__).resolve().parents[3] / "shared" / "faults"
ENGINES = ("--native", "--interp")
# A name that would forge a line, drive a terminal, and turn the reading direction around.
HOSTILE = "a\nwasmc: b\x1b[31m\u202egnp\u2066\u2028\u0085\U000e0041"
# What of it must never come out.
RAW = ["\x1b", "\u202e", "\u2066", "\u2028", "\u0085", "\U000e0041", "\nwasmc: b"]


class Suite(Checks):
    def check(self, name, condition, found=""):
        self.holds(name, condition, repr(found))

    def run(self, *command, grants=None, limit=None):
        """Status, standard output and standard error."""
        words = [self.wasmc if word == "wasmc" else word for word in command]
        if limit is not None:
            words = ["prlimit", f"--cpu={limit}", "--", *words]
        result = subprocess.run(words, cwd=self.place, env=environment(grants), capture_output=True, timeout=120)
        return result.returncode, result.stdout.decode(errors="replace"), result.stderr.decode(errors="replace")

    def write(self, name, contents):
        path = self.place / name
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return name

    def files(self):
        return sorted(path.name for path in self.place.iterdir())

    def says(self, name, outcome, words, status=1):
        """One error with all of these words; what follows it is indented."""
        found, _, error = outcome
        lines = error.splitlines()
        is_one = len(lines) > 0 and all(line.startswith("    ") for line in lines[1:])
        self.check(name, found == status and is_one and all(word in error for word in words), (found, error, words))


# MARK: what a file is

def commands(name):
    """Every command that reads a module, as words."""
    return {
        "run": ["run", name], "run --interp": ["run", "--interp", name], "validate": ["validate", name],
        "inspect": ["inspect", name], "wasm2wat": ["wasm2wat", name], "wat2wasm": ["wat2wasm", name],
        "wast": ["wast", "--engine", "interpreter", name],
        "--preload": ["run", "--interp", "--preload", f"lib={name}", "main.wat"],
        "manifest": ["build", "--config", "manifest.toml"],
    }


def foreign_files(suite):
    for name, (contents, words) in FILES.items():
        suite.write(name, contents)
        suite.write("main.wat", '(module (import "lib" "f" (func)) (func (export "_start")))')
        suite.write("manifest.toml", f'file = "main.wat"\n[module.lib]\nfile = "{name}"\n')
        before = suite.files()
        outcome = suite.run("wasmc", "build", name)
        suite.says(f"build {name}", outcome, words)
        suite.check(f"build {name}: names the file", outcome[2].startswith(f"{name}:"), outcome[2])
        for command, line in commands(name).items():
            # A script may be text that is no module, and of executables `inspect` speaks otherwise.
            if command == "inspect" and contents.startswith(b"\x7fELF"):
                words_here = ["not an executable that wasmc made"]
            elif command == "wast" and "unknown binary version" in words:
                words_here = ["binary format"]
            elif command == "wast" and words == ["unexpected end"]:
                words_here = ["binary format"]
            else:
                words_here = words
            suite.says(f"{command} {name}", suite.run("wasmc", *line), words_here)
        suite.check(f"{name}: nothing is written", suite.files() == before, suite.files())
        suite.check(f"{name}: unchanged", (suite.place / name).read_bytes() == contents)
        (suite.place / name).unlink()


def other_inputs(suite):
    (suite.place / "folder").mkdir()
    for command in [["build"], ["run"], ["validate"], ["inspect"], ["wasm2wat"], ["wast"]]:
        suite.says(f"{command[0]} a directory", suite.run("wasmc", *command, "folder"), ["directory", "name the"])
    suite.says("a file without end", suite.run("wasmc", "validate", "/dev/zero", limit=5), ["magic header"])
    suite.write("script.wast", "(module)\n(assert_return (invoke \"f\"))\n")
    suite.write("asserting.wat", ";; x\n(assert_invalid (module) \"\")\n")
    suite.says("a script is no module", suite.run("wasmc", "validate", "asserting.wat"), ["test script", "wasmc wast"])
    suite.says("a script behind a module", suite.run("wasmc", "build", "script.wast", "-o", "x"), ["2:1", "the end of"])
    suite.write("app.wat", '(module (func (export "_start")))')
    suite.check("a program", suite.run("wasmc", "build", "app.wat") == (0, "", ""))
    for command in [["run"], ["validate"], ["build", "-o", "x"]]:
        suite.says(f"{command[0]} of an executable", suite.run("wasmc", *command, "app"),
                   ["executable that wasmc made", "wasmc inspect"])
    suite.check("the executable is unchanged", suite.run("./app")[0] == 0)


def unlinked(suite):
    for name, (contents, words) in UNLINKED.items():
        suite.write(name, contents)
        before = suite.files()
        suite.says(f"build {name}", suite.run("wasmc", "build", name), words)
        stem = suite.write("stem", contents)
        suite.says(f"build {name} without a suffix", suite.run("wasmc", "build", stem), words)
        (suite.place / stem).unlink()
        for engine in ENGINES:
            suite.says(f"run {engine} {name}", suite.run("wasmc", "run", engine, name), words)
            suite.write("main.wat", '(module (func (export "_start")))')
            suite.says(f"run {engine} --preload {name}",
                       suite.run("wasmc", "run", engine, "--preload", f"lib={name}", "main.wat"), words + [f"{name}:"])
            (suite.place / "main.wat").unlink()
        suite.check(f"validate {name}", suite.run("wasmc", "validate", name) == (0, "", ""))
        suite.check(f"{name}: nothing is written", suite.files() == before, suite.files())
    for name, contents in LINKED.items():
        suite.write(name, contents)
        suite.check(f"run {name}", suite.run("wasmc", "run", "--interp", name)[0] == 0)
    # What is missing may be linked.
    suite.write("side.wat", '(module (@custom "dylink.0" (before first) "\\01\\04\\00\\00\\00\\00")'
                            ' (import "env" "memory" (memory 1)) (func (export "_start")))')
    suite.write("env.wat", '(module (memory (export "memory") 1))')
    suite.check("a dynamic library with what it imports",
                suite.run("wasmc", "run", "--interp", "--preload", "env=env.wat", "side.wat")[0] == 0)


# MARK: imports

IMPORTS = [
    ("wasix_32v1", "fd_dup", "(func (param i32 i32) (result i32))", "WASIX"),
    ("wasix_64v1", "futex_wait", "(func)", "WASIX"),
    ("wasi_ephemeral_nn", "load", "(func (param i32))", "wasi-nn"),
    ("wasi_snapshot_preview1", "sock_status", "(func (param i32 i32) (result i32))", "WasmEdge and WAMR"),
    ("wasi_snapshot_preview1", "fd_dup", "(func)", "preview 1 has no such function"),
    ("wasi", "thread_spawn", "(func (param i32) (result i32))", "`thread-spawn`"),
    ("wasi:cli/environment@0.2.3", "get-environment", "(func (param i32))", "WASI 0.2"),
    ("env", "emscripten_resize_heap", "(func (param i32) (result i32))", "emscripten"),
    ("env", "invoke_vi", "(func (param i32 i32))", "emscripten"),
    ("env", "__cxa_throw", "(func (param i32 i32 i32))", "emscripten"),
    ("a", "b", "(func)", "emscripten"),
    ("wbg", "__wbindgen_throw", "(func (param i32 i32))", "wasm-bindgen"),
    ("./app_bg.js", "__wbg_log_1", "(func)", "wasm-bindgen"),
    ("__wbindgen_placeholder__", "__wbindgen_describe", "(func (param i32))", "wasm-bindgen"),
    ("gojs", "runtime.wasmExit", "(func (param i32))", "GOOS=wasip1"),
    ("env", "abort", "(func (param i32 i32 i32 i32))", "AssemblyScript"),
    ("asyncify", "start_unwind", "(func (param i32))", "Asyncify"),
    ("GOT.mem", "x", "(global (mut i32))", "dynamic libraries"),
    ("env", "memory", "(memory 1)", "--import-memory"),
    ("env", "my_function", "(func)", "--preload env=FILE"),
    ("env", "proxy_log", "(func)", "proxy-wasm"),
    ("spectest", "print", "(func)", "wasmc wast"),
    ("something", "else", "(func)", "--preload NAME=FILE"),
]


def importing(imports):
    lines = "".join(f'  (import "{a}" "{b}" {kind})\n' for a, b, kind in imports)
    own = "" if any("(memory" in kind for _, _, kind in imports) else '  (memory (export "memory") 1)\n'
    return f"(module\n{lines}{own}  (func (export \"_start\")))\n"


def imports(suite):
    for module_name, name, kind, hint in IMPORTS:
        suite.write("one.wat", importing([(module_name, name, kind)]))
        outcome = suite.run("wasmc", "build", "one.wat")
        suite.says(f"import {module_name} {name}", outcome, ["one.wat:2:", "unknown import", module_name, name, hint])
    several = [(a, b, kind) for a, b, kind, _ in IMPORTS]
    suite.write("all.wat", importing(several))
    words = ["all.wat:2:", f"these {len(several)} imports", "... and 3 more"]
    words += [f'{line}:3: "{a}" "{b}"' for line, (a, b, _) in enumerate(several[:20], 2)]
    # What holds of any import is left out beside others.
    words += [hint for *_, hint in IMPORTS if "NAME" not in hint]
    for command in (["build"], ["run"], ["run", "--interp"]):
        outcome = suite.run("wasmc", *command, "all.wat")
        suite.says(f"{' '.join(command)}: all imports at once", outcome, words)
        suite.check(f"{' '.join(command)}: each hint once", outcome[2].count("hint: emscripten") == 1, outcome[2])
    # Two engines, the same words.
    errors = {suite.run("wasmc", *command, "all.wat")[2] for command in (["build"], ["run"], ["run", "--interp"])}
    suite.check("the engines say the same", len(errors) == 1, errors)

    suite.write("wrong.wat", importing([("wasi_snapshot_preview1", "fd_write", "(func)"), ("env", "a", "(func)"),
                                        ("wasi_snapshot_preview1", "fd_read", "(memory 1)")]))
    suite.says("types and names", suite.run("wasmc", "build", "wrong.wat"),
               ["unknown import", "these 3 imports", "the host has", '"env" "a": function', '"fd_read": memory 1'])
    suite.write("type.wat", importing([("wasi_snapshot_preview1", "fd_write", "(func)")]))
    suite.says("a type", suite.run("wasmc", "build", "type.wat"), ["incompatible import type", "fd_write"])
    suite.write("types.wat", importing([("wasi_snapshot_preview1", "sock_recv_from", "(func (param i32) (result i32))")]))
    known = [f"[{' '.join(['i32'] * count)}] -> [i32]" for count in (6, 7, 8, 1)]
    for command in (["build"], ["run", "--interp"]):
        suite.says(f"{' '.join(command)}: a type that none of several is", suite.run("wasmc", *command, "types.wat"),
                   ["incompatible import type", "sock_recv_from", " or ", *known])

    suite.write("lib.wat", '(module (func (export "f")))')
    suite.write("user.wat", importing([("lib", "g", "(func)"), ("lib", "f", "(func)"), ("lib", "h", "(func)"),
                                       ("env", "x", "(func)")]))
    for command in (["build"], ["run"], ["run", "--interp"]):
        suite.says(f"{' '.join(command)}: of a linked module",
                   suite.run("wasmc", *command, "--preload", "lib=lib.wat", "user.wat"),
                   ["these 3 imports", '"lib" "g": module lib exports no such name', '"lib" "h"', '"env" "x"'])
    suite.write("lib.wat", importing([("env", "x", "(func)"), ("env", "y", "(func)")]).replace('(export "_start")', ""))
    for command in (["build"], ["run", "--interp"]):
        suite.says(f"{' '.join(command)}: by a linked module",
                   suite.run("wasmc", *command, "--preload", "lib=lib.wat", "user.wat"), ["lib.wat:2:", "these 2 imports"])

    many = [("env", f"f{number}", "(func)") for number in range(5000)]
    suite.write("many.wat", importing(many))
    outcome = suite.run("wasmc", "build", "many.wat")
    suite.says("5,000 imports", outcome, ["these 5000 imports", "... and 4980 more"])
    suite.check("5,000 imports: bounded", len(outcome[2].splitlines()) < 30, outcome[2][-300:])


# MARK: entries

ENTRIES = {
    "a parameter": '(func (export "{}") (param i32))',
    "a result": '(func (export "{}") (result i32) (i32.const 0))',
    "a global": '(global (export "{}") i32 (i32.const 0))',
    "a memory": '(memory (export "{}") 1)',
    "a table": '(table (export "{}") 1 funcref)',
    "a tag": '(tag (export "{}"))',
}


def entries(suite):
    for name in ("_start", "_initialize"):
        for kind, text in ENTRIES.items():
            suite.write("entry.wat", f"(module\n  {text.format(name)})")
            for command in (["build"], ["run"], ["run", "--interp"]):
                before = suite.files()
                suite.says(f"{' '.join(command)}: {name} with {kind}", suite.run("wasmc", *command, "entry.wat"),
                           ["entry.wat:2:", f"`{name}` is not an entry point", "expected a function [] -> []"])
                suite.check(f"{' '.join(command)}: {name} with {kind}: nothing is written", suite.files() == before)
    suite.write("lib.wat", '(module (global (export "_initialize") i32 (i32.const 0)))')
    suite.write("main.wat", '(module (func (export "_start")))')
    for command in (["build"], ["run", "--interp"]):
        suite.says(f"{' '.join(command)}: of a linked module",
                   suite.run("wasmc", *command, "--preload", "lib=lib.wat", "main.wat"),
                   ["lib.wat:1:", "`_initialize` is not an entry point"])
    # What is invoked may be called anything.
    suite.write("start.wat", '(module (func (export "_start") (param i32) (result i32) (local.get 0)))')
    for engine in ENGINES:
        suite.check(f"{engine} --invoke _start",
                    suite.run("wasmc", "run", engine, "--invoke", "_start", "start.wat", "7") == (0, "7\n", ""))

    suite.write("add.wat", '(module (memory (export "mem") 1) (table (export "tab") 1 funcref) (global (export "g") i32'
                           ' (i32.const 5)) (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0)'
                           ' (local.get 1))))')
    for command in (["build", "-o", "add"], ["run"], ["run", "--interp"]):
        for export, words in {"mem": ["a memory"], "tab": ["a table"], "nothing": []}.items():
            suite.says(f"{' '.join(command)} --invoke {export}",
                       suite.run("wasmc", *command, "--invoke", export, "add.wat"),
                       ["no exported function is called", export, "it exports the function add"] + words,
                       status=2 if command[0] == "build" else 125)
    for engine in ENGINES:
        run = ["wasmc", "run", engine]
        suite.check(f"{engine}: a global is read", suite.run(*run, "--invoke", "g", "add.wat")[:2] == (0, "5\n"))
        status, _, error = suite.run(*run, "add.wat")
        suite.check(f"{engine}: a module without _start", status == 0 and "no `_start`" in error and "add" in error, error)
        status, _, error = suite.run(*run, "add.wat", "1", "2")
        suite.check(f"{engine}: arguments without _start",
                    status == 125 and "arguments: the program has no `_start`" in error, (status, error))
    status, _, error = suite.run("wasmc", "build", "add.wat")
    suite.check("build of a module without _start", status == 0 and error.startswith("note: ") and "--invoke" in error, error)
    suite.check("the executable alone", suite.run("./add") == (0, "", ""))
    suite.check("the executable with arguments", suite.run("./add", "1")[0] == 125)
    # A start function can take arguments.
    suite.write("started.wat", "(module (func $f) (start $f))")
    for engine in ENGINES:
        suite.check(f"{engine}: a start function", suite.run("wasmc", "run", engine, "started.wat", "1") == (0, "", ""))


# MARK: places

def carets(suite):
    """The line of an error, with a caret under its column."""
    def shown(text):
        suite.write("e.wat", text)
        lines = suite.run("wasmc", "validate", "e.wat")[2].splitlines()
        suite.check(f"caret: {text!r}: three lines", len(lines) == 3, lines)
        return lines if len(lines) == 3 else ["", "", ""]

    def case(name, text, line, under, cells):
        """`cells` stand before the caret on the line that is shown."""
        head, source, mark = shown(text)
        margin = source.find(" | ") + 3
        suite.check(f"caret: {name}", source[margin:] == line and mark[margin:] == " " * cells + "^"
                    and source[margin:][cells:].startswith(under) or line is None, (head, source, mark))

    case("plain", "(module\n  (func (result i32) (bogus)))", "  (func (result i32) (bogus)))", "bogus", 22)
    case("validation", "(module\n (func (result i32)\n  (f32.const 1)))", "  (f32.const 1)))", "))", 15)
    case("tabs", "(module\n\t(func\t(bogus)))", "    (func    (bogus)))", "bogus", 14)
    case("CRLF", "(module\r\n  (bogus))\r\n", "  (bogus))", "bogus", 3)
    case("carriage returns", "(module\r  (bogus))\r", "  (bogus))", "bogus", 3)
    case("controls", "(module (; \u202e\x9b ;) (bogus))", "(module (; \\u{202e}\\u{9b} ;) (bogus))",
         "bogus", 30)
    head, source, mark = shown("(module (; 漢字 e\u0301 😀 ;) (bogus))")
    # Two cells for each of three characters, none for the accent: one less than characters and three more.
    suite.check("caret: wide", mark.index("^") - source.index("bogus") == 3 - 1, (source, mark))
    long = "(module " + " " * 500 + "(; " + "x" * 1000 + " ;) (bogus) (; " + "y" * 100000 + " ;))"
    head, source, mark = shown(long)
    suite.check("caret: long", len(source) < 160 and source[mark.index("^"):].startswith("bogus)")
                and source.count("...") == 2, (source, mark))
    suite.write("bytes.wat", b"(module (; ok ;) \xff\xfe (bogus))")
    outcome = suite.run("wasmc", "validate", "bytes.wat")
    suite.check("caret: bytes that are no UTF-8", "\\xff\\xfe" in outcome[2], outcome[2])
    suite.write("lines.wat", "(module\n" + "\n" * 200000 + "(bogus))")
    outcome = suite.run("wasmc", "validate", "lines.wat", limit=10)
    suite.check("caret: many lines", outcome[2].count("(bogus)") == 1 and "200002:2" in outcome[2], outcome[2][-200:])


FEATURES = {
    "exception-handling": '(tag $e)\n (func $thrower (export "_start") (throw $e))',
    "gc": '(type $s (struct))\n (func $maker (export "_start") (drop (struct.new $s)))',
    "threads": '(memory 1 1 shared)\n (func $waiter (export "_start") (atomic.fence))',
}


def refusals(suite):
    """What the native engine cannot do names its place, and the engine that can."""
    for feature, text in FEATURES.items():
        suite.write("feature.wat", f"(module\n {text})")
        status, _, error = suite.run("wasmc", "build", "feature.wat")
        if status == 0:
            suite.check(f"{feature}: compiled", suite.run("wasmc", "run", "--interp", "feature.wat")[0] in (0, 134))
            continue
        suite.says(f"build with {feature}", (status, "", error), [feature, "wasmc run --interp"])
        suite.check(f"build with {feature}: its place", error.startswith(("feature.wat:2:", "feature.wat:3:")), error)


# MARK: exceptions

EXCEPTIONS = {
    "named": ('(tag $oops (param i32 i64 externref))', "(throw $oops (i32.const -3) (i64.const 5) (ref.null extern))",
              "oops(-3, 5, <null externref>)"),
    "numbers": ('(tag $n (param f32 f64 v128))', "(throw $n (f32.const 1.5) (f64.const -0.1) (v128.const i64x2 7 0))",
                "n(1.5, -0.1, 7)"),
    "exported": ('(tag (export "out") (param i32))', "(throw 0 (i32.const 1))", "out(1)"),
    "neither": ("(tag) (tag)", "(throw 1)", "tag[1]()"),
    "many values": (f'(tag $m (param{" i32" * 40}))', f'(throw $m {"(i32.const 6)" * 40})', f'm({"6, " * 16}...)'),
    "thrown again": ("(tag $e) (func $f (throw $e))", "(try (do (call $f)) (catch_all (rethrow 0)))", "e()"),
    "thrown again, known": ("(tag $e (param i32)) (func $f (throw $e (i32.const 4)))",
                            "(try (do (call $f)) (catch $e (drop) (rethrow 0)))", "e(4)"),
}


def exceptions(suite):
    """An exception that nothing catches: its tag, its values and its place, the same from every engine."""
    for label, (fields, code, expected) in EXCEPTIONS.items():
        suite.write("thrown.wat", f'(module {fields}\n (func $start (export "_start") {code}))')
        found = {words: suite.run("wasmc", "run", *words.split(), "thrown.wat")
                 for words in ("--native -O0", "--native -O2", "--interp")}
        first = found["--interp"]
        suite.check(f"exception, {label}",
                    first[0] == 134 and first[2].startswith(f"wasmc: trap: unhandled exception: {expected}\n    at "),
                    first)
        suite.check(f"exception, {label}: engines", set(found.values()) == {first}, found)
    suite.write("thrown.wat", '(module (tag (export "a\\n\\1b[31m")) (func (export "_start") (throw 0)))')
    suite.run("wasmc", "build", "thrown.wat", "-o", "thrown")
    _, _, error = suite.run("./thrown")
    suite.check("exception, hostile name", "unhandled exception: a\\x0a\\x1b[31m()" in error, error)
    _, _, error = suite.run("./thrown", grants="--json")
    suite.check("exception, JSON", json.loads(error)["message"].startswith("unhandled exception: a"), error)
    # The tag's name is its definer's, whoever throws.
    suite.write("lib.wat", '(module (tag $inner (export "outer") (param i32)))')
    suite.write("main.wat", '(module (tag $mine (import "lib" "outer") (param i32))'
                            ' (func (export "_start") (throw $mine (i32.const 9))))')
    found = {engine: suite.run("wasmc", "run", engine, "--preload", "lib=lib.wat", "main.wat") for engine in ENGINES}
    suite.check("exception, linked", "unhandled exception: inner(9)\n" in found["--interp"][2], found)
    suite.check("exception, linked: engines", len(set(found.values())) == 1, found)


# MARK: names

def names(suite):
    """Names of every kind, in every output: on one line, escaped, bounded."""
    long = "x" * 100000
    function = section(1, b"\1\x60\0\0") + section(3, b"\1\0")
    body = section(10, b"\1" + u(3) + b"\0\x00\x0b")

    def hostile_module(name):
        names_section = custom("name", b"\0" + u(len(named(name))) + named(name)
                               + b"\1" + u(len(b"\1\0" + named(name))) + b"\1\0" + named(name))
        producers = custom("producers", b"\1" + named("language") + b"\1" + named(name) + named(name))
        exports = section(7, b"\2" + named(name) + b"\0\0" + named("_start") + b"\0\0")
        return module(function, exports, body, names_section, producers, custom(name))

    for label, name in {"hostile": HOSTILE, "long": long}.items():
        suite.write("names.wasm", hostile_module(name))
        outputs = {command: suite.run("wasmc", *line) for command, line in {
            "inspect": ["inspect", "names.wasm"], "inspect --json": ["inspect", "--json", "names.wasm"],
            "wasm2wat": ["wasm2wat", "names.wasm"], "run": ["run", "names.wasm"],
            "run --interp": ["run", "--interp", "names.wasm"], "run --json": ["run", "--json", "names.wasm"],
        }.items()}
        suite.write("import.wasm", module(function[:6], import_section((name, name, FUNCTION), ("env", name, FUNCTION))))
        for command in (["build"], ["run", "--interp"], ["inspect"], ["build", "--json"]):
            outputs[f"{' '.join(command)} of imports"] = suite.run("wasmc", *command, "import.wasm")
        suite.write("invalid.wasm", module(function, section(10, b"\1" + u(3) + b"\0\x1a\x0b"),
                                           custom("name", b"\1" + u(len(b"\1\0" + named(name))) + b"\1\0" + named(name))))
        outputs["validate"] = suite.run("wasmc", "validate", "invalid.wasm")
        outputs["--invoke"] = suite.run("wasmc", "run", "--invoke", name[:1000], "names.wasm")
        suite.write("program.wasm", hostile_module(name))
        suite.run("wasmc", "build", "program.wasm", "-o", "program")
        outputs["the executable"] = suite.run("./program")
        outputs["inspect of the executable"] = suite.run("wasmc", "inspect", "program")
        for command, (status, output, error) in outputs.items():
            both = output + error
            suite.check(f"{label} names, {command}: escaped", not any(raw in both for raw in RAW), both[:2000])
            suite.check(f"{label} names, {command}: an end of its own", status in (0, 1, 125, 134), status)
            if command not in ("inspect --json", "wasm2wat"):
                suite.check(f"{label} names, {command}: bounded", len(both) < 5000, len(both))
    suite.check("names in the text format are kept",
                suite.run("wasmc", "wat2wasm", "-o", "again.wasm", suite.write("names.wat", outputs["wasm2wat"][1]))[0] == 0)
    for name in ("a\nb.wat", "\u202ea.wat", "\x1b[31m.wat"):
        suite.write(name, "(module (bogus))")
        outcome = suite.run("wasmc", "validate", name)
        suite.check(f"file name {name!r}", outcome[0] == 1 and name not in outcome[2], outcome[2])
    # What a host call shows of a path.
    path = HOSTILE.encode().hex()
    text = "".join(f"\\{path[at:at + 2]}" for at in range(0, len(path), 2))
    suite.write("path.wat", f'''(module
      (import "wasi_snapshot_preview1" "path_open"
        (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
      (memory (export "memory") 1) (data (i32.const 16) "{text}")
      (func (export "_start") (drop (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const {len(path) // 2})
        (i32.const 0) (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 0)))))''')
    for engine in ENGINES:
        _, _, error = suite.run("wasmc", "run", engine, "--trace-wasi", "--dir", ".", "path.wat")
        suite.check(f"{engine} --trace-wasi", "path_open" in error and not any(raw in error for raw in RAW), error)


# MARK: hostile ELF files

def notes(count):
    return bytes(12) * count


def elf_files(suite):
    def bounded(name, contents):
        suite.write("hostile.elf", contents)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for command in ("inspect", "build"):
            status, output, error = suite.run("prlimit", "--as=8589934592", "--", suite.wasmc, command, "hostile.elf", limit=5)
            suite.check(f"{command} {name}", status == 1 and len(error) < 2000 and not output, (status, error[:300]))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        suite.check(f"{name}: time", after.ru_utime - before.ru_utime < 5, after.ru_utime - before.ru_utime)

    many = notes(10000)
    for count in (1000, 10000, 65535):
        headers = [(4, 64 + 56 * count, len(many))] * count
        bounded(f"{count} segments of 10,000 notes", elf(2, headers=headers, tail=many))
    bounded("one segment of notes", elf(2, headers=[(4, 120, 12 << 20)], tail=notes(1 << 20)))
    huge = 0xFFFFFFFFFFFFFFFF
    for offset, size in [(huge, 1), (1, huge), (huge - 10, 20), (0, huge), (1 << 63, 1 << 63)]:
        bounded(f"a segment at {offset:#x} of {size:#x}", elf(2, headers=[(4, offset, size)], tail=notes(3)))
    records = b"format=1\0" + b"import=\0" * (4 << 20)
    note = len(b"wasmc\0").to_bytes(4, "little") + len(records).to_bytes(4, "little") + b"\1\0\0\0wasmc\0\0\0" + records
    bounded("a note of 32 MiB", elf(2, headers=[(4, 120, len(note) + 4)], tail=note + bytes(8)))

    suite.write("app.wat", '(module (func (export "_start")))')
    suite.run("wasmc", "build", "app.wat")
    good = (suite.place / "app").read_bytes()
    suite.check("inspect of a program", suite.run("wasmc", "inspect", "app")[0] == 0)
    generator = random.Random(3)
    outcomes = set()
    for number in range(60):
        damaged = bytearray(good)
        if number % 3 == 0:
            del damaged[generator.randrange(len(damaged)):]
        for _ in range(generator.randrange(1, 12)):
            # The headers decide what is read.
            table = generator.choice([0, 64, int.from_bytes(good[40:48], "little")])
            at = min(len(damaged) - 1, table + generator.randrange(200))
            if at >= 0 and damaged:
                damaged[at] = generator.choice([0, 1, 0x7F, 0x80, 0xFF, generator.randrange(256)])
        suite.write("damaged", bytes(damaged))
        status, output, error = suite.run("wasmc", "inspect", "damaged", limit=5)
        outcomes.add(status)
        if status not in (0, 1) or len(error) > 2000 or "internal" in error:
            suite.check(f"a damaged executable, {number}", False, (status, error[:300]))
    suite.check("damaged executables", outcomes <= {0, 1}, outcomes)


# MARK: JSON

def json_messages(suite):
    def object_of(name, outcome, status, **members):
        found, output, error = outcome
        try:
            lines = [json.loads(line) for line in error.splitlines()]
        except ValueError:
            lines = []
        suite.check(f"{name}: one object", found == status and len(lines) == 1 and isinstance(lines[0], dict),
                    (found, output, error))
        value = lines[0] if lines else {}
        for key, expected in members.items():
            got = value.get(key)
            holds = expected(got) if callable(expected) else got == expected
            suite.check(f"{name}: {key}", holds, value)

    def contains(text):
        return lambda value: value is not None and text in value

    for words in (["build", "--json"], ["build", "--json", "--bogus", "a.wat"], ["run", "--json"], ["inspect", "--json"],
                  ["build", "--json", "--max-memory", "x", "a.wat"], ["--json", "bogus"], ["validate", "--json", "-O7", "a"]):
        object_of(" ".join(words), suite.run("wasmc", *words), 2, phase="usage", message=lambda text: bool(text))
    suite.write("bad.wat", "(module\n (bogus))")
    object_of("build of bad text", suite.run("wasmc", "build", "--json", "bad.wat"), 1, phase="malformed", line=2, column=3)
    object_of("an absent file", suite.run("wasmc", "build", "--json", "absent.wat"), 1, phase="environment")
    suite.write("app.zip", b"PK\3\4")
    object_of("a zip archive", suite.run("wasmc", "build", "--json", "app.zip"), 1, phase="foreign", message=contains("zip"))
    suite.write("imports.wat", importing([("env", "a", "(func)"), ("env", "b", "(func)")]))
    object_of("imports", suite.run("wasmc", "build", "--json", "imports.wat"), 1, phase="unlinkable",
              notes=lambda notes: notes[0]["line"] == 2 and notes[1]["line"] == 3 and "hint" in notes[2]["message"])
    suite.write("trap.wat", '(module (func $in unreachable) (func (export "_start") (call 0)))')
    suite.write("exit.wat", '''(module (import "wasi_snapshot_preview1" "clock_time_get"
        (func $f (param i32 i64 i32) (result i32))) (memory (export "memory") 1) (func (export "_start") (loop (br 0))))''')
    for engine in ENGINES:
        run = ["wasmc", "run", engine, "--json"]
        object_of(f"{engine}: a trap", suite.run(*run, "trap.wat"), 134, phase="trap", message="unreachable",
                  function="in", offset=lambda offset: isinstance(offset, int) and offset > 0)
        object_of(f"{engine}: a timeout", suite.run(*run, "--timeout", "10ms", "exit.wat"), (suite.run(
            "wasmc", "run", engine, "--timeout", "10ms", "exit.wat")[0]), message=contains("timeout"))
        object_of(f"{engine}: a limit", suite.run(*run, "--max-memory", "1KiB", "exit.wat"), (suite.run(
            "wasmc", "run", engine, "--max-memory", "1KiB", "exit.wat")[0]), message=contains("--max-memory"))
    suite.run("wasmc", "build", "trap.wat")
    object_of("an executable", suite.run("./trap", grants="--json"), 134, phase="trap", message="unreachable")
    object_of("a wrong grant", suite.run("./trap", grants="--json --bogus"), 125, phase="environment", message=contains("--bogus"))
    suite.check("without --json", suite.run("./trap")[2].startswith("wasmc: trap: unreachable\n    at in (module offset 0x"))


def ceiling(suite):
    suite.write("app.wat", '(module (memory 1) (func (export "_start")))')
    suite.run("wasmc", "build", "--ceiling", "--max-memory", "1MiB", "app.wat")
    error = suite.run("./app", grants="--dir /tmp")[2]
    suite.check("the ceiling's message", error == "wasmc: WASMC_GRANTS: --dir '/tmp' is more than this program's ceiling grants\n",
                error)
    error = suite.run("./app", grants="--inherit-env")[2]
    suite.check("the ceiling's message without a value",
                error == "wasmc: WASMC_GRANTS: '--inherit-env' is more than this program's ceiling grants\n", error)


# MARK: shared inputs

SHARED_WORDS = {
    "ar.wasm": ["static library"], "bc.wasm": ["bitcode"], "comp.wat": ["component"], "dylink.wat": ["dynamic library"],
    "emsc.wat": ["emscripten_resize_heap", "invoke_vi", "emscripten"],
    "html.wasm": ["HTML"], "lfs.wasm": ["git lfs pull"], "multi.wat": ['"a"', '"b"'],
    "nn.wat": ["wasi-nn"], "rel.o": ["object file"], "wasix.wat": ["WASIX"], "zip.wasm": ["zip"],
}


def shared_inputs(suite):
    folder = SHARED / "messages"
    if not folder.is_dir():
        print("the shared inputs are absent: left out")
        return
    for source in sorted(folder.iterdir()):
        words = SHARED_WORDS.get(source.name)
        if source.suffix == ".py":
            subprocess.run([sys.executable, source], cwd=suite.place, check=True)
            for path in sorted(suite.place.glob("*.elf")):
                suite.says(f"inspect {path.name}", suite.run("wasmc", "inspect", path.name, limit=3), ["not an executable"])
            continue
        if words is None:
            continue
        # Under its own name, and without a suffix, where the output would have the input's name.
        for name in (source.name, source.stem):
            shutil.copy(source, suite.place / name)
            before = (suite.place / name).read_bytes()
            outcome = suite.run("wasmc", "build", name)
            # Of a module it is that name that is wrong first.
            is_module = outcome[2].startswith("error: the output would overwrite")
            suite.says(f"build {name}", outcome, ["-o"] if is_module and name == source.stem else words)
            suite.check(f"{name} is unchanged", (suite.place / name).read_bytes() == before)
            (suite.place / name).chmod(0o644)
    start = SHARED / "runtime" / "start-with-parameter.wat"
    for command in (["build", "-o", "x"], ["run"], ["run", "--interp"]):
        suite.says(f"{' '.join(command)} {start.name}", suite.run("wasmc", *command, str(start)), ["entry point"])


def main():
    parser = argparse.ArgumentParser(description="try what wasmc says")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--part", help="one part only")
    arguments = parser.parse_args()
    suite = Suite(arguments.wasmc)
    for part in [foreign_files, other_inputs, unlinked, imports, entries, carets, refusals, exceptions, names, elf_files,
                 json_messages, ceiling, shared_inputs]:
        if arguments.part not in (None, part.__name__):
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as directory:
            suite.place = Path(directory)
            part(suite)
        if arguments.part is not None:
            print(f"{part.__name__}: {time.monotonic() - start:.1f} s")
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
