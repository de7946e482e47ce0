#!/usr/bin/env python3
"""Profiles: what `wasmc run --interp --profile-out` counts, and what `--profile-use` makes of it.

    profile.py --wasmc WASMC [--filter RE]

However wrong a profile is, a program does what it does without. Ends with the line `N passed, N failed`. Exit status: 0 when
nothing failed, else 1.
"""

import argparse
import random
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

TIMEOUT_S = 300
# The sites of `work`: a loop, an `if`, a `br_table`, a call through a table, a `br_if`.
PROGRAM = """(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory 1)
  (type $op (func (param i32) (result i32)))
  (table {table} funcref (elem $inc $dec $inc $double $dec))
  (func $inc (type $op) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $op) (i32.sub (local.get 0) (i32.const 1)))
  (func $double (type $op) (i32.shl (local.get 0) (i32.const 1)))
  (func $other (param i64) (result i32) (i32.const 9))
  (elem declare func $other)
  (func $never (result i32) (loop (br_if 0 (memory.grow (i32.const 1)))) (i32.const 3))
  (func $work (param $n i32) (result i32) (local $i i32) (local $sum i32)
    (loop $l
      (if (i32.eqz (i32.rem_u (local.get $i) (i32.const 10)))
        (then (local.set $sum (i32.add (local.get $sum) (i32.const 1)))))
      (block $c (block $b (block $a
        (br_table $a $b $c (i32.and (local.get $i) (i32.const 3))))
        (local.set $sum (i32.add (local.get $sum) (i32.const 5))) (br $c))
        (local.set $sum (i32.xor (local.get $sum) (i32.const 7))))
      (local.set $sum (call_indirect (type $op) (local.get $sum)
        (select (i32.const 3) (i32.const {hot}) (i32.eq (i32.const 50) (local.get $i)))))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (if (i32.gt_u (local.get $n) (i32.const 1000)) (then (return (call $never))))
    (local.get $sum))
  {more}
  (func (export "_start") (call $exit (i32.and (call $work (i32.const {n})) (i32.const 127)))))
"""
# What `work` does 100 times: every tenth `if`, labels in turn, all calls but one of `dec`.
COUNTS = ["loop 100", "branch 100 10", "table 25 25 50", "calls 0 0:1=99 0:2=1", "branch 100 99", "branch 1 0"]

TRAPS = """(module
  (type $f (func (result i32))) (type $g (func (param i32)))
  (table {table} funcref (elem $a $b))
  (func $a (type $f) (i32.const 1)) (func $b (type $g))
  (func (export "call") (param i32) (result i32) (call_indirect (type $f) (local.get 0))))
"""

LIBRARY = """(module (type $f (func (result i32)))
  (table (export "t") 2 funcref) (elem (table 0) (i32.const 0) func $a)
  (func $a (export "a") (result i32) (i32.const 20)))
"""
USER = """(module (import "lib one" "t" (table 2 funcref)) (import "lib one" "a" (func $a (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (memory 1)
  (type $f (func (result i32)))
  (elem (table 0) (i32.const 1) func $b)
  (func $b (result i32) (i32.const 2))
  (func (export "_start") (local $i i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (call_indirect (type $f) (i32.eqz (local.get $i)))))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5))))
    (call $exit (local.get $s))))
"""

REFERENCES = """(module (type $f (func (param i32) (result i32 i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (memory 1)
  (elem declare func $a $b)
  (func $a (type $f) (local.get 0) (i32.const 2))
  (func $b (type $f) (i32.const 1) (local.get 0))
  (func $call (param (ref null $f)) (param i32) (result i32)
    (i32.add (call_ref $f (local.get 1) (local.get 0))))
  (func (export "_start") (local $i i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $call (ref.func $a) (local.get $i))))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 9))))
    (call $exit (i32.add (local.get $s) (call $call (ref.func $b) (i32.const 1))))))
"""


def program(n=100, hot=1, table="", more=""):
    return PROGRAM.format(n=n, hot=hot, table=table, more=more)


class Suite(Checks):
    def run(self, *arguments, expected=0):
        done = subprocess.run([self.wasmc, *map(str, arguments)], cwd=self.place, env=environment(),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        self.check(" ".join(map(str, arguments)), done.returncode, expected)
        return done.stderr

    def status(self, file, *options):
        """Of the compiled program."""
        self.run("build", "-q", "-o", "out", *options, file)
        done = subprocess.run([self.place / "out"], env=environment(), capture_output=True, text=True,
                              timeout=TIMEOUT_S, check=False)
        return done.returncode, done.stderr

    def ir(self, file, *options):
        self.run("build", "-q", "-O0", "--emit", "llvm-ir", "-o", "out.ll", *options, file)
        return (self.place / "out.ll").read_text()

    def count(self, file, output="p", *options, expected):
        self.run("run", "-q", "--interp", "--profile-out", output, *options, file, expected=expected)
        return (self.place / output).read_text()


def counts_are_those_of_the_code(suite):
    suite.write("a.wat", program())
    status = suite.status("a.wat")[0]
    text = suite.count("a.wat", expected=status)
    entries = {line.split()[5]: int(line.split()[4]) for line in text.splitlines() if line.startswith("function ") and
               len(line.split()) == 6}
    suite.check("entries", entries, {"inc": 0, "dec": 99, "double": 1, "other": 0, "never": 0, "work": 1})
    work = re.search(r"^function \d+ \d+ \w+ 1 work\n((?:(?!function|end).*\n)*)", text, re.MULTILINE)[1]
    suite.check("sites", [re.sub(r"^(\w+) \d+", r"\1", line) for line in work.splitlines()], COUNTS)


def a_trap_and_an_exit_leave_a_profile(suite):
    suite.write("a.wat", '(module (func $f (loop (nop))) (func (export "_start") (call $f) unreachable))')
    suite.holds("trap", " 1 f\n" in suite.count("a.wat", expected=134))
    suite.write("a.wat", '(module (func $f) (func (export "g") (call $f) (call $f)))')
    suite.holds("invoke", " 2 f\n" in suite.count("a.wat", "p", "--invoke", "g", expected=0))


def a_program_that_does_not_start_leaves_the_profile_as_it_was(suite):
    suite.write("a.wat", "(module (memory 10))")
    suite.write("p", "before")
    suite.check("kept", suite.count("a.wat", "p", "--max-memory", "64K", expected=125), "before")


def results_are_the_same(suite):
    for name, text in [("constant", program()), ("changing", program(table="(export \"t\")", more="(func (table.set 0"
                        " (i32.const 0) (ref.func $inc)) (drop (table.grow 0 (ref.null func) (i32.const 1))))")),
                       ("references", REFERENCES)]:
        suite.write("a.wat", text)
        plain = suite.status("a.wat")
        suite.count("a.wat", expected=plain[0])
        for level in ["-O0", "-O1", "-O2", "-O3", "-Os"]:
            for options in [[], ["--bounds", "explicit", "--traps", "exact"]]:
                suite.check(f"{name} {level}", suite.status("a.wat", level, "--profile-use", "p", *options), plain)


def counts_are_weights_of_branches(suite):
    suite.write("a.wat", program())
    suite.count("a.wat", expected=suite.status("a.wat")[0])
    ir = suite.ir("a.wat", "--profile-use", "p")
    for weights in ["i32 10, i32 90", "i32 50, i32 25, i32 25", "i32 99, i32 1", "i32 0, i32 1"]:
        suite.holds(weights, f'"branch_weights", {weights}}}' in ir, ir[-2000:])
    suite.holds("entries", '"function_entry_count", i64 99}' in ir)
    suite.holds("summary", '"ProfileSummary"' in ir)
    suite.holds("none without", "ProfileSummary" not in suite.ir("a.wat"))


def the_profile_overrules_hints(suite):
    suite.write("a.wat", """(module (func $f (param i32) (@metadata.code.branch_hint "\\00") (if (local.get 0) (then nop)))
        (func (export "_start") (call $f (i32.const 1)) (call $f (i32.const 1))))""")
    suite.holds("hint", '"branch_weights", i32 1, i32 2000}' in suite.ir("a.wat"))
    suite.count("a.wat", expected=0)
    ir = suite.ir("a.wat", "--profile-use", "p")
    suite.holds("counted", '"branch_weights", i32 2, i32 0}' in ir, ir)
    suite.holds("no hint", '"branch_weights", i32 1, i32 2000}' not in ir)


def frequent_callees_are_called_directly(suite):
    suite.write("a.wat", program())
    suite.count("a.wat", expected=suite.status("a.wat")[0])
    ir = suite.ir("a.wat", "--profile-use", "p")
    suite.holds("by index", re.search(r"icmp eq i64 %\w+, 1\n", ir) and "call.direct" in ir, ir)
    suite.holds("rare ones are not", ir.count("call.direct:") == 1)
    suite.holds("none without", "call.direct" not in suite.ir("a.wat"))


def traps_of_calls_are_the_same(suite):
    for table in ["", '(export "t")']:
        suite.write("a.wat", TRAPS.format(table=table))
        suite.run("run", "-q", "--interp", "--profile-out", "p", "--invoke", "call", "a.wat", "0")
        suite.run("build", "-q", "-o", "plain", "--invoke", "call", "a.wat")
        suite.run("build", "-q", "-o", "profiled", "--invoke", "call", "--profile-use", "p", "a.wat")
        for argument in ["0", "1", "2", "-1"]:
            found = [subprocess.run([suite.place / name, argument], env=environment(), capture_output=True, text=True,
                                    timeout=TIMEOUT_S, check=False) for name in ["plain", "profiled"]]
            suite.check(f"call {argument}", (found[1].returncode, found[1].stdout, found[1].stderr),
                        (found[0].returncode, found[0].stdout, found[0].stderr))


def linked_modules_have_their_own_counts(suite):
    suite.write("lib.wat", LIBRARY)
    suite.write("main.wat", USER)
    modules = ["--preload", "lib one=lib.wat"]
    plain = suite.status("main.wat", *modules)
    suite.check("status", plain[0], 82)
    text = suite.count("main.wat", "p", *modules, expected=82)
    suite.holds("names", "module lib%20one\n" in text and "module\n" in text, text)
    suite.holds("targets", re.search(r"^calls \d+ 0 0:0=4 1:0=1$", text, re.MULTILINE), text)
    suite.check("result", suite.status("main.wat", *modules, "--profile-use", "p"), plain)
    ir = "".join(file.read_text() for file in suite.place.glob("*.ll"))
    suite.run("build", "-q", "-O0", "--emit", "llvm-ir", "-o", "out.ll", *modules, "--profile-use", "p", "main.wat")
    ir = "".join(file.read_text() for file in suite.place.glob("*.ll"))
    suite.holds("direct", "call.direct" in ir and re.search(r"call \w+ i32 @wasm.0.func.0\(\)", ir), ir[:500])


def an_older_profile_is_used_where_functions_are_the_same(suite):
    suite.write("a.wat", program())
    suite.count("a.wat", expected=suite.status("a.wat")[0])
    suite.write("b.wat", program(n=200, more="(func $new (param i64))").replace("(i32.const 9)", "(i32.const 10)"))
    plain = suite.status("b.wat")
    suite.check("silent", suite.run("build", "--profile-use", "p", "-o", "out", "b.wat"), "")
    suite.holds("weights", '"branch_weights", i32 10, i32 90}' in suite.ir("b.wat", "--profile-use", "p"))
    suite.check("result", suite.status("b.wat", "--profile-use", "p"), plain)
    suite.write("c.wat", program().replace("(local.get $sum))\n", "(local.get $sum) nop)\n"))
    message = suite.run("build", "--profile-use", "p", "-o", "out", "c.wat")
    suite.holds("said", "of 4 functions that the profile has seen run, 1 is not" in message, message)
    suite.write("d.wat", '(module (func (export "_start") nop nop nop))')
    message = suite.run("build", "--profile-use", "p", "-o", "out", "d.wat")
    suite.holds("another program", "the profile is of another program" in message, message)


def profiles_are_merged(suite):
    suite.write("a.wat", program())
    status = suite.status("a.wat")[0]
    suite.count("a.wat", "p", expected=status)
    suite.count("a.wat", "q", expected=status)
    suite.run("profile", "merge", "p", "q", "-o", "merged")
    merged = (suite.place / "merged").read_text()
    suite.holds("sums", re.search(r"^calls \d+ 0 0:1=198 0:2=2$", merged, re.MULTILINE), merged)
    suite.check("as two options", suite.ir("a.wat", "--profile-use", "p", "--profile-use", "q"),
                suite.ir("a.wat", "--profile-use", "merged"))


def the_cache_knows_profiles(suite):
    suite.write("a.wat", program())
    suite.count("a.wat", expected=suite.status("a.wat")[0])
    suite.run("build", "-q", "--cache", "cache", "-o", "out", "a.wat")
    build = ["build", "--cache", "cache", "--trace-cache", "-o", "out", "--profile-use", "p", "a.wat"]
    suite.holds("another", "miss" in suite.run(*build))
    suite.holds("the same", "hit" in suite.run(*build))
    suite.write("p", (suite.place / "p").read_text().replace("branch 100", "branch 101").replace(" 100\n", " 101\n"))
    suite.holds("a changed one", "miss" in suite.run(*build))


def damaged_profiles_do_no_harm(suite):
    suite.write("a.wat", program())
    plain = suite.status("a.wat")
    text = suite.count("a.wat", expected=plain[0])
    for name, damaged in [("empty", ""), ("cut", text[:-20]), ("other", "\x7fELF"), ("newer", text.replace("1", "2", 1))]:
        suite.write("p", damaged)
        message = suite.run("build", "-q", "--profile-use", "p", "-o", "out", "a.wat", expected=1)
        suite.holds(name, message.startswith("p:"), message)
    suite.run("build", "-q", "--profile-use", "none", "-o", "out", "a.wat", expected=1)
    # All that can be wrong in numbers: still a profile, and a lie.
    chance = random.Random(5)

    def lie(match):
        return str(chance.choice([0, 1, 2, 5, 99, 2**31, 2**32 - 1, 2**32, 2**63, 2**64 - 1, 2**70]))

    def lies(line):
        word = line.split(" ")[0]
        if word in ("loop", "branch", "table"):
            head = " ".join(line.split(" ")[:2])
            return head + re.sub(r"\d+", lie, line[len(head):])
        if word == "calls":
            return f"{' '.join(line.split(' ')[:2])} {lie(None)} " + " ".join(
                f"0:{number}={lie(None)}" for number in chance.sample(range(7), 4))
        return line

    for _ in range(12):
        suite.write("p", "\n".join(lies(line) for line in text.split("\n")))
        suite.check("a lie", suite.status("a.wat", chance.choice(["-O1", "-O2"]), "--profile-use", "p"), plain)


def options_that_make_no_sense_are_refused(suite):
    suite.write("a.wat", program())
    suite.holds("native", "add `--interp`" in suite.run("run", "--profile-out", "p", "a.wat", expected=2))
    suite.holds("interpreted", "`--profile-use`" in suite.run("run", "--interp", "--profile-use", "p", "a.wat", expected=2))
    suite.run("run", "-q", "--interp", "--profile-out", "no/p", "a.wat", expected=1)


PARTS = [
    counts_are_those_of_the_code, a_trap_and_an_exit_leave_a_profile,
    a_program_that_does_not_start_leaves_the_profile_as_it_was, results_are_the_same, counts_are_weights_of_branches,
    the_profile_overrules_hints, frequent_callees_are_called_directly, traps_of_calls_are_the_same,
    linked_modules_have_their_own_counts, an_older_profile_is_used_where_functions_are_the_same, profiles_are_merged,
    the_cache_knows_profiles, damaged_profiles_do_no_harm, options_that_make_no_sense_are_refused,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--filter", type=re.compile, default=re.compile(""))
    options = parser.parse_args()
    suite = Suite(options.wasmc)
    suite.run_parts([part for part in PARTS if options.filter.search(part.__name__)])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
