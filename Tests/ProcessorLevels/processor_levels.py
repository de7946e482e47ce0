#!/usr/bin/env python3
"""Compiles and links every instruction for every CPU that can be named, and lists of them: LLVM has calls for what a CPU
cannot do, to functions that may not be there. What a program with versions for several CPUs does is what it does with one.

    processor_levels.py --wasmc PATH

What code may call is the runtime, and the blocks of memory of `memory.copy` and its kind. The last line is
`N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from every_instruction import module_text

NM = "llvm-nm-22"
ALLOWED = {"memcpy", "memmove", "memset"}
TIMEOUT_S = 300

LEVELS = ["x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4", "native"]
# One feature less, with what implies it, or more; and some that contradict each other.
FEATURES = [
    ("x86-64-v2", "-sse3"), ("x86-64-v2", "-ssse3"), ("x86-64-v2", "-sse4.1"), ("x86-64-v2", "-sse4.2,-popcnt,-cx16"),
    ("x86-64-v3", "-avx"), ("x86-64-v3", "-avx2"), ("x86-64-v3", "-sse4.1"),
    ("x86-64-v3", "-fma,-f16c,-bmi,-bmi2,-lzcnt,-movbe"), ("x86-64-v4", "-avx512f"), ("x86-64-v4", "-avx512vl"),
    ("x86-64-v4", "-avx512bw,-avx512dq,-avx512cd"), ("x86-64", "+ssse3"), ("x86-64", "+avx2,-sse4.2"),
    ("x86-64", "+xop,+avx512f"), ("x86-64-v2", "-cmov,-mmx,-fxsr,-cx8"),
]
# Of the lowest is needed what a program needs, and hot functions have a version for each.
LISTS = ["x86-64,v2", "x86-64-v2,v3,v4", "v4,v3", "x86-64,x86-64-v2,x86-64-v3,x86-64-v4"]
LISTS_REFUSED = ["v2,v2", "v2,x86-64-v2", "v2,native", "v2,", ",v2", "v2,v5", "86-64,v2"]
# Loops that are worth it, which call each other, are called through a table and by reference, throw, trap and call tails.
LOOPS = """(module
  (memory 1) (tag $e (param i32)) (type $t (func (param i32 i32) (result i32)))
  (table 4 funcref) (elem (i32.const 0) func $sum $bits $plain $vectors)
  (func $sum (type $t) (local $s i32)
    (loop $l (i32.store8 (local.get 0) (local.get 0))
      (local.set $s (i32.add (local.get $s) (i32.load (local.get 0))))
      (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 4))) (local.get 1))))
    (local.get $s))
  (func $bits (type $t) (local $s i32)
    (loop $l (local.set $s (i32.add (local.get $s) (i32.rotl (i32.popcnt (local.get 0)) (i32.clz (local.get 1)))))
      (if (i32.and (local.get 0) (i32.const 64)) (then (local.set $s (i32.add (local.get $s)
        (call $sum (i32.const 0) (i32.and (local.get 0) (i32.const 0xffc)))))))
      (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 3))) (local.get 1))))
    (if (i32.eq (local.get 1) (i32.const 77)) (then (throw $e (local.get $s))))
    (local.get $s))
  (func $plain (type $t) (i32.sub (local.get 0) (local.get 1)))
  (func $vectors (type $t) (local $v v128)
    (loop $l (local.set $v (i32x4.add (local.get $v) (i32x4.mul (v128.load (local.get 0)) (i32x4.splat (local.get 1)))))
      (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 16))) (local.get 1))))
    (return_call $bits (i32x4.extract_lane 2 (f32x4.add (local.get $v) (local.get $v))) (i32.const 99)))
  (func (export "run") (param $n i32) (result i32) (local $i i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 31)) (call_indirect (type $t)
        (i32.const 16) (local.get $n) (i32.and (local.get $i) (i32.const 3)))))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 9))))
    (block $caught (result i32)
      (try_table (catch $e $caught) (drop (call $bits (i32.const 0) (i32.const 77))))
      (i32.const 0))
    (i32.add (local.get $s))))
"""
# Of this module: these functions have versions.
LOOP_FUNCTIONS = [0, 1, 3]
# What no program can do without: LLVM would end the process.
NEEDED = ["-sse", "-sse2", "-64bit", "+avx,-sse2"]


def call(*command):
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_S)


def check_code(wasmc, module, options):
    """What is wrong with the code of all instructions; nothing if all is well."""
    output = module.with_suffix("")
    result = call(wasmc, "build", "--invoke", "0", "--emit", "exe,obj", *options, "-o", str(output), str(module))
    if result.returncode != 0:
        return result.stdout
    called = call(NM, "--undefined-only", "--just-symbol-name", f"{output}.o").stdout.split()
    foreign = [name for name in called if not name.startswith("wasmc_") and name not in ALLOWED]
    if "wasmc_trap" not in called:
        return f"nothing traps: {called}"
    return f"calls {' '.join(foreign)}" if foreign else ""


def check_refused(wasmc, module, features):
    result = call(wasmc, "build", "--target-feature", features, "-o", str(module.with_suffix("")), str(module))
    return "" if result.returncode == 2 and "cannot do without" in result.stdout else result.stdout or "not refused"


def check_list_refused(wasmc, module, list_):
    result = call(wasmc, "build", "--target-cpu", list_, "-o", str(module.with_suffix("")), str(module))
    return "" if result.returncode == 2 and "in a list" in result.stdout else result.stdout or "not refused"


def run_loops(wasmc, module, *options):
    """What the program does with some arguments, one of which traps with a place."""
    output = module.with_suffix("")
    result = call(wasmc, "build", "-q", "--invoke", "run", *options, "-o", str(output), str(module))
    if result.returncode != 0:
        return result.stdout
    ends = [call(str(output), argument) for argument in ["0", "100", "64000", "200000"]]
    return [(end.returncode, end.stdout) for end in ends]


def check_versions(wasmc, module, list_, options):
    """Whether functions have versions in the object, and the program does the same."""
    levels = sorted(word if word.startswith("x86") else f"x86-64-{word}" for word in list_.split(","))
    output = module.with_suffix("")
    result = call(wasmc, "build", "-q", "--invoke", "run", "--emit", "obj", "--target-cpu", list_, *options, "-o",
                  str(output.with_suffix(".o")), str(module))
    if result.returncode != 0:
        return result.stdout
    names = set(call(NM, "--just-symbol-name", str(output.with_suffix(".o"))).stdout.split())
    expected = {f"wasm.0.func.{number}.{level}" for number in LOOP_FUNCTIONS for level in levels}
    found = {name for name in names if name.startswith("wasm.0.func.") and name.count(".") == 4}
    if found != expected:
        return f"versions: {sorted(found)}"
    plain, versions = run_loops(wasmc, module, *options), run_loops(wasmc, module, "--target-cpu", list_, *options)
    return "" if plain == versions else f"{plain} and {versions}"


def main():
    parser = argparse.ArgumentParser(description="compile every instruction for every CPU")
    parser.add_argument("--wasmc", required=True)
    wasmc = str(Path(parser.parse_args().wasmc).resolve())
    text, count = module_text()
    # A table that is written in another way must not go unnoticed.
    failures = {"rows of the table": "" if count > 400 else f"only {count}"}
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "every.wat"
        module.write_text(text)
        cases = [["--target-cpu", level, optimization] for level in LEVELS for optimization in ("-O0", "-O2")]
        cases += [["--target-cpu", level, "--target-feature", features] for level, features in FEATURES]
        cases += [["--target-cpu", list_, "-O2"] for list_ in LISTS[:2]]
        for options in cases:
            failures[" ".join(options)] = check_code(wasmc, module, options)
        for features in NEEDED:
            failures[f"{features} is refused"] = check_refused(wasmc, module, features)
        loops = Path(folder) / "loops.wat"
        loops.write_text(LOOPS)
        for list_, options in [(list_, [level]) for list_ in LISTS for level in ("-O0", "-O2")] + [
                (LISTS[1], ["-O3", "--bounds", "explicit", "--traps", "exact"])]:
            failures[f"versions for {list_} {options}"] = check_versions(wasmc, loops, list_, options)
        for list_ in LISTS_REFUSED:
            failures[f"{list_} is refused"] = check_list_refused(wasmc, loops, list_)
        result = call(wasmc, "build", "-g", "--target-cpu", LISTS[1], "-o", str(loops.with_suffix("")), str(loops))
        failures["-g is refused"] = "" if "name one CPU" in result.stdout else result.stdout or "not refused"
    failed = [name for name, message in failures.items() if message]
    for name in failed:
        print(f"{name}: {failures[name][:2000]}")
    print(f"{len(failures) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
