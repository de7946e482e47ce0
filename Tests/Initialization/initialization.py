#!/usr/bin/env python3
"""`wasmc build --init-func`: a program begins in the state that an export has left when it was compiled.

    initialization.py --wasmc WASMC [--modules N]

1. What is kept: for each kind of state, the program does what it does when the same function runs at its start.
2. The same of modules at random, of which there are N; default 30.
3. What is refused, and what messages say; places in the module's file are as without an initialization.
4. A program in C, as Wizer's users write it, when there is a compiler for it.

Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

TIMEOUT_S = 120

# Fields of a module: `$init` is called in advance, `check` afterwards. What `start` names has run before.
STATES = {
    "memory": """(memory (export "memory") 1) (data (i32.const 8) "abc")
      (func $init (i32.store (i32.const 70) (i32.const 0x01020304)) (i32.store8 (i32.const 9) (i32.const 0)))
      (func (export "check") (result i64 i32)
        (i64.load (i32.const 8)) (i32.load (i32.const 70)))""",
    "the last byte of a memory": """(memory 1)
      (func $init (i32.store8 (i32.const 65535) (i32.const 7)))
      (func (export "check") (result i32) (i32.load8_u (i32.const 65535)))""",
    "a memory that has grown": """(memory 0 5)
      (func $init (drop (memory.grow (i32.const 2))) (i32.store (i32.const 131068) (i32.const -5)))
      (func (export "check") (result i32 i32 i32)
        (memory.size) (i32.load (i32.const 131068)) (memory.grow (i32.const 4)))""",
    "memories of 64 bits": """(memory $a i64 1) (memory $b 1)
      (func $init (i64.store $a (i64.const 65528) (i64.const -2)) (i32.store $b (i32.const 0) (i32.const 9)))
      (func (export "check") (result i64 i32) (i64.load $a (i64.const 65528)) (i32.load $b (i32.const 0)))""",
    "numbers": """(global $a (mut i32) (i32.const 1)) (global $b (mut i64) (i64.const 1))
      (global $c (mut f32) (f32.const 1)) (global $d (mut f64) (f64.const 1))
      (global $e (mut v128) (v128.const i64x2 1 1)) (global $f i32 (i32.const 12))
      (func $init (global.set $a (i32.const -2147483648)) (global.set $b (i64.const -9223372036854775808))
        (global.set $c (f32.const nan:0x200001)) (global.set $d (f64.const -0))
        (global.set $e (v128.const i64x2 -3 0x8000000000000000)))
      (func (export "check") (result i32 i64 i32 i64 i64 i64 i32)
        (global.get $a) (global.get $b) (i32.reinterpret_f32 (global.get $c)) (i64.reinterpret_f64 (global.get $d))
        (i64x2.extract_lane 0 (global.get $e)) (i64x2.extract_lane 1 (global.get $e)) (global.get $f))""",
    "a dropped segment of data": """(memory 1) (data $d "xyz") (data $e "uvw")
      (func $init (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3)) (data.drop $d))
      (func (export "check") (result i32 i32)
        (memory.init $e (i32.const 3) (i32.const 0) (i32.const 3)) (i32.load (i32.const 0))
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)) (i32.const 0))""",
    "functions in a table": """(type $t (func (result i32))) (table $t 3 funcref) (elem (i32.const 1) $one)
      (func $one (type $t) (i32.const 1)) (func $two (type $t) (i32.const 2)) (elem declare func $two)
      (func $init (table.set (i32.const 0) (ref.func $two)) (drop (table.grow (ref.func $one) (i32.const 2)))
        (table.set (i32.const 1) (ref.null func)))
      (func (export "check") (result i32 i32 i32 i32 i32)
        (table.size) (call_indirect (type $t) (i32.const 0)) (call_indirect (type $t) (i32.const 4))
        (ref.is_null (table.get (i32.const 1))) (call_indirect (type $t) (i32.const 1)))""",
    "a table without nulls": """(type $t (func (result i32))) (table $t 2 4 (ref $t) (ref.func $one))
      (func $one (type $t) (i32.const 1)) (func $two (type $t) (i32.const 2)) (elem declare func $two)
      (func $init (table.set (i32.const 1) (ref.func $two)) (drop (table.grow (ref.func $two) (i32.const 1))))
      (func (export "check") (result i32 i32 i32 i32)
        (table.size) (call_ref $t (table.get (i32.const 0))) (call_ref $t (table.get (i32.const 1)))
        (call_ref $t (table.get (i32.const 2))))""",
    "a dropped segment of elements": """(table 2 funcref) (elem $e func $one) (elem $f func $one) (func $one)
      (func $init (table.init $e (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $e))
      (func (export "check") (result i32 i32)
        (table.init $f (i32.const 1) (i32.const 0) (i32.const 1)) (ref.is_null (table.get (i32.const 1)))
        (table.init $e (i32.const 0) (i32.const 0) (i32.const 1)) (i32.const 0))""",
    "references in globals": """(type $t (func (result i32))) (global $f (mut (ref null $t)) (ref.null $t))
      (global $i (mut i31ref) (ref.null i31)) (global $x (mut externref) (ref.null extern))
      (global $n (mut funcref) (ref.func $three))
      (func $three (type $t) (i32.const 3)) (elem declare func $three)
      (func $init (global.set $f (ref.func $three)) (global.set $i (ref.i31 (i32.const -1)))
        (global.set $x (extern.convert_any (ref.i31 (i32.const 77)))) (global.set $n (ref.null func)))
      (func (export "check") (result i32 i32 i32 i32)
        (call_ref $t (global.get $f)) (i31.get_s (global.get $i))
        (i31.get_u (ref.cast (ref i31) (any.convert_extern (global.get $x)))) (ref.is_null (global.get $n)))""",
    "an imported function": """(import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
      (type $t (func (param i32) (result i32))) (memory (export "memory") 1) (table 1 funcref)
      (elem declare func $close)
      (func $init (table.set (i32.const 0) (ref.func $close)))
      (func (export "check") (result i32) (call_indirect (type $t) (i32.const 77) (i32.const 0)))""",
    "what the host does not have": """
      (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ (param i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
      (memory (export "memory") 1) (data (i32.const 0) "\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff") (global $r (mut i32) (i32.const 0))
      (func $init
        (global.set $r (i32.add (call $environ (i32.const 0) (i32.const 4)) (call $prestat (i32.const 3) (i32.const 8)))))
      (func (export "check") (result i32 i64) (global.get $r) (i64.load (i32.const 0)))""",
}
START = """(memory 1) (start $begin)
  (func $begin (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
  (func (export "_initialize") (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (i32.const 1))))
  (func (export "init") (i32.store (i32.const 8)
    (i32.add (i32.load (i32.const 8)) (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 4))))))
  (func (export "check") (result i32 i32 i32)
    (i32.load (i32.const 0)) (i32.load (i32.const 4)) (i32.load (i32.const 8)))"""
TRAPS = """(module (memory 1)
  (func (export "init") (i32.store (i32.const 0) (i32.const 1)))
  (func $inner unreachable)
  (func (export "_start") (call $inner)))"""

# Fields, the arguments of a build, and what the message says.
REFUSED = [
    ('(func (export "f"))', ["--init-func", "init"], "the module exports no such function"),
    ('(func (export "inti"))', ["--init-func", "init"], "no such function: it exports `inti`"),
    ('(func (export "init") (param i32))', ["--init-func", "init"], "has the type [i32] -> []"),
    ('(memory (export "init") 1)', ["--init-func", "init"], "the module exports no such function"),
    ('(func $f unreachable) (func (export "init") (call $f))', ["--init-func", "init"],
     "initialization failed: unreachable (in func[0] <f>)"),
    ('(func $f (export "init") (call $f))', ["--init-func", "init"], "initialization failed: call stack exhausted"),
    ('(tag $e) (func (export "init") (throw $e))', ["--init-func", "init"], "initialization failed: uncaught exception"),
    ('(import "wasi_snapshot_preview1" "random_get" (func $r (param i32 i32) (result i32))) '
     '(memory (export "memory") 1) (func (export "init") (drop (call $r (i32.const 0) (i32.const 8))))',
     ["--init-func", "init"], "initialization failed: calls random_get: what the host gives belongs to the run"),
    ('(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) '
     '(func (export "init") (call $exit (i32.const 0)))', ["--init-func", "init"], "calls proc_exit"),
    ('(import "wasi_snapshot_preview1" "fd_write" (func $w (param i32 i32 i32 i32) (result i32))) '
     '(memory (export "memory") 1) (func (export "init") '
     '(drop (call $w (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0))))', ["--init-func", "init"], "calls fd_write"),
    ('(type $s (struct)) (global $g (mut (ref null $s)) (ref.null $s)) '
     '(func (export "init") (global.set $g (struct.new $s)))', ["--init-func", "init"], "unsupported: initialized object"),
    ('(type $a (array i8)) (table 1 anyref) '
     '(func (export "init") (table.set (i32.const 0) (array.new_default $a (i32.const 3))))',
     ["--init-func", "init"], "unsupported: initialized object"),
    ('(memory 1 1 shared) (func (export "init"))', ["--init-func", "init"], "initialization of a shared memory"),
    ('(import "other" "f" (func)) (func (export "init"))', ["--init-func", "init", "--preload", "other=other.wat"],
     "initialization of a linked module"),
    ('(import "wasi_snapshot_preview1" "nothing" (func)) (func (export "init"))', ["--init-func", "init"],
     "unlinkable: unknown import"),
    ('(func (export "init") (drop (memory.size)))', ["--init-func", "init"], "invalid module"),
]

C_PROGRAM = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern void __wasm_call_ctors(void);
static char *words[100];
static int count;
__attribute__((export_name("wizer.initialize"))) void initialize(void) {
    __wasm_call_ctors();
    for (int i = 0; i < 100; i++) {
        words[i] = malloc(40);
        snprintf(words[i], 40, "word %d of %g", i, i / 8.0);
        count++;
    }
}
int main(int argc, char **argv) {
    unsigned sum = 0;
    for (int i = 0; i < count; i++)
        for (char *c = words[i]; *c; c++) sum = sum * 31 + *c;
    printf("%d %u %s %d %s\n", count, sum, words[count ? count - 1 : 0], argc, getenv("NAME") ? getenv("NAME") : "-");
    free(words[0]);
    return 0;
}
"""
LIBRARIES = "/usr/lib/wasm32-wasi"


class Suite(Checks):
    def wasmc_build(self, *arguments, expected=0):
        done = subprocess.run([self.wasmc, "build", *map(str, arguments)], cwd=self.place, env=environment(),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        if done.returncode != expected:
            self.holds(f"build {arguments}", False, f"status {done.returncode}: {done.stderr}")
        return done.stderr

    def start(self, *command, **variables):
        done = subprocess.run([self.place / command[0], *command[1:]], cwd=self.place, env={**environment(), **variables},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        return done.returncode, done.stdout, done.stderr.replace(str(self.place), "")

    def compare(self, name, fields, *options):
        """The same function in advance, and at the start."""
        self.write("advance.wat", f'(module {fields} (export "init" (func $init)))')
        self.write("at-start.wat", f"(module {fields} (start $init))")
        self.wasmc_build("advance.wat", "--init-func", "init", "--invoke", "check", *options)
        self.wasmc_build("at-start.wat", "--invoke", "check", *options)
        # A trap's place is another one: in the other text there is no export.
        found, expected = ((status, out, error.splitlines()[:1]) for status, out, error in (
            self.start("advance"), self.start("at-start")))
        self.check(name, found, expected)


def kept(suite):
    for name, fields in STATES.items():
        suite.compare(name, fields)
        suite.compare(f"{name}, explicit bounds", fields, "-O0", "--bounds", "explicit")


def starts(suite):
    suite.write("start.wat", f"(module {START})")
    suite.wasmc_build("start.wat", "--init-func", "init", "--invoke", "check")
    suite.check("what begins runs once", suite.start("start"), (0, "1\n1\n2\n", ""))
    suite.wasmc_build("start.wat", "--init-func", "_initialize", "--invoke", "check")
    suite.check("_initialize itself", suite.start("start"), (0, "1\n1\n0\n", ""))
    error = suite.wasmc_build("start.wat", "--init-func", "init", "--invoke", "init", "-o", "other", expected=2)
    suite.holds("the export is gone", "no exported function is called 'init'" in error, error)
    done = subprocess.run([suite.wasmc, "inspect", "--json", "start"], cwd=suite.place, capture_output=True, text=True,
                          env=environment(), timeout=TIMEOUT_S, check=False)
    suite.check("inspect", json.loads(done.stdout).get("initFunction"), "_initialize")
    suite.wasmc_build("start.wat", "--init-func", "init", "--invoke", "check", "-o", "again")
    suite.wasmc_build("start.wat", "--init-func", "init", "--invoke", "check", "-o", "once")
    suite.check("the same bytes", (suite.place / "again").read_bytes(), (suite.place / "once").read_bytes())


def cached(suite):
    """One file, three programs."""
    suite.write("start.wat", f"(module {START})")
    cache = ["--cache", suite.place / "cache", "--invoke", "check"]
    for _ in range(2):
        for options, expected in ((["--init-func", "init"], "1\n1\n2\n"), (["--init-func", "_initialize"], "1\n1\n0\n"),
                                  ([], "1\n1\n0\n")):
            suite.wasmc_build("start.wat", *options, *cache)
            suite.check(f"cached, {options}", suite.start("start")[1], expected)


def random_fields(generator):
    """Stores, globals, tables and sizes, as they come; `check` folds all of it into a number."""
    def value():
        return generator.choice([0, 1, -1, generator.randrange(-2**31, 2**31)])

    lines = []
    for _ in range(generator.randrange(1, 40)):
        address = generator.choice([generator.randrange(0, 300), generator.randrange(0, 65528), 65528])
        lines.append(generator.choice([
            f"(i32.store offset={address} (i32.const 0) (i32.const {value()}))",
            f"(i64.store offset={address} (i32.const 0) (i64.const {value()}))",
            f"(i32.store8 offset={address} (i32.const 0) (i32.const {value()}))",
            f"(global.set $a (i32.add (global.get $a) (i32.const {value()})))",
            f"(global.set $b (i64.xor (global.get $b) (i64.const {value()})))",
            f"(drop (memory.grow (i32.const {generator.randrange(3)})))",
            f"(drop (table.grow (ref.func $f{generator.randrange(3)}) (i32.const {generator.randrange(4)})))",
            f"(table.set (i32.const {generator.randrange(4)}) (ref.func $f{generator.randrange(3)}))",
            f"(table.set (i32.const {generator.randrange(4)}) (ref.null func))",
            f"(memory.fill (i32.const {address % 60000}) (i32.const {value()}) (i32.const {generator.randrange(5000)}))",
            "(data.drop $p)", "(elem.drop $e)",
        ]))
    functions = "".join(f"(func $f{n} (type $t) (i32.const {n + 5})) " for n in range(3))
    return f"""(type $t (func (result i32))) (memory 1 9) (table 4 40 funcref) (elem (i32.const 2) $f1 $f2)
      (data (i32.const {generator.randrange(60000)}) "some bytes") (data $p "more") (elem $e func $f0)
      (global $a (mut i32) (i32.const 3)) (global $b (mut i64) (i64.const 5)) {functions}
      (elem declare func $f0 $f1 $f2)
      (func $init {" ".join(lines)})
      (func (export "check") (result i64 i32 i64 i32) (local $h i64) (local $i i32)
        (loop $l
          (local.set $h (i64.add (i64.mul (local.get $h) (i64.const 6364136223846793005)) (i64.load (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 8)))
          (br_if $l (i32.lt_u (local.get $i) (i32.mul (memory.size) (i32.const 65536)))))
        (local.set $i (i32.const 0))
        (loop $l
          (local.set $h (i64.mul (i64.add (local.get $h) (i64.const 1)) (i64.const 31)))
          (if (i32.eqz (ref.is_null (table.get (local.get $i))))
            (then (local.set $h (i64.add (local.get $h) (i64.extend_i32_u (call_indirect (type $t) (local.get $i)))))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $l (i32.lt_u (local.get $i) (table.size))))
        (local.get $h) (global.get $a) (global.get $b) (memory.grow (i32.const 1)))"""


def at_random(count):
    def part(suite):
        for seed in range(count):
            suite.compare(f"module {seed}", random_fields(random.Random(seed)), "-O0")
    return part


def refused(suite):
    suite.write("other.wat", '(module (func (export "f")))')
    for fields, options, message in REFUSED:
        suite.write("refused.wat", f"(module {fields})")
        error = suite.wasmc_build("refused.wat", *options, "-o", "refused",
                                  expected=2 if "no such function" in message or "has the type" in message else 1)
        suite.holds(f"refused: {fields}", message in error, error)
        suite.holds("no output", not (suite.place / "refused").exists())
    suite.write("refused.wat", f"(module\n{REFUSED[4][0]})")
    error = json.loads(suite.wasmc_build("refused.wat", "--init-func", "init", "--json", expected=1))
    suite.check("as JSON", (error["phase"], error["message"], error["line"], error["column"]),
                ("initialization", "unreachable", 2, 10))
    suite.holds("who called", "called by func[1] <init>" in json.dumps(error), error)


def places(suite):
    """Where a trap is does not depend on the initialization."""
    suite.write("traps.wat", TRAPS)
    suite.wasmc_build("traps.wat", "-o", "plain")
    suite.wasmc_build("traps.wat", "-o", "initialized", "--init-func", "init")
    plain, initialized = suite.start("plain"), suite.start("initialized")
    suite.check("the message of a trap", initialized[2].replace("initialized", "plain"), plain[2])
    suite.wasmc_build("traps.wat", "-o", "traps", "--init-func", "init", "--strip")
    message = suite.start("traps")[2]
    explained = subprocess.run([suite.wasmc, "explain-trap", "traps"], cwd=suite.place, env=environment(), input=message,
                               capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    suite.holds("stripped", "at (code 0x" in message, message)
    # With the places in the text behind them.
    suite.check("stripped and explained", [line.rsplit(" ", 1)[0] for line in explained.stdout.splitlines()[1:]],
                plain[2].splitlines()[1:])


def c_program(suite):
    compiler = shutil.which("clang-22")
    if compiler is None or not Path(LIBRARIES).is_dir():
        print("left out: clang-22 and wasi-libc are not there", flush=True)
        return
    suite.write("words.c", C_PROGRAM)
    built = subprocess.run([compiler, "--target=wasm32-wasi", "-O1", "-nostdlibinc", "-isystem", "/usr/include/wasm32-wasi",
                            "words.c", "-o", "words.wasm"], cwd=suite.place, capture_output=True, text=True, check=False)
    suite.holds("words.c", built.returncode == 0, built.stderr)
    suite.wasmc_build("words.wasm", "-o", "plain")
    suite.wasmc_build("words.wasm", "-o", "words", "--init-func", "wizer.initialize", "--env", "NAME=me")
    suite.check("without", suite.start("plain")[1][:2], "0 ")
    status, out, _ = suite.start("words", "a", "b")
    suite.check("with", (status, out.startswith("100 "), out.split(" ", 2)[2]), (0, True, "word 99 of 12.375 3 me\n"))


def main():
    parser = argparse.ArgumentParser(description="initialization at compile time")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--modules", type=int, default=30, metavar="N")
    options = parser.parse_args()
    suite = Suite(options.wasmc)
    suite.run_parts([kept, starts, cached, at_random(options.modules), refused, places, c_program])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
