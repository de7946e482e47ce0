#!/usr/bin/env python3
"""Checks that what wasmc costs is bounded whatever the input is, and ends with the line `N passed, N failed`.

    cost.py --wasmc PATH [--jobs N] [--filter RE] [--size BYTES]

1. Input that never ends, or is too large, is refused by each command that reads a module, in little memory.
2. Tables with a large minimum become small executables that do the right thing, or an error.
3. Scripts and programs of thousands of modules, which import from each other, take time in proportion to their number.
4. Bulk memory is the runtime's functions, and no loops over bytes.
5. Shapes of Benchmarks/compile, each of which has many of one thing: they compile within limits of CPU time and memory, and
   what comes out gives what the interpreter gives.

Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(PACKAGE_ROOT / "Benchmarks" / "compile"))

import object_shapes  # noqa: E402
import region_shapes  # noqa: E402
from shapes import SHAPES  # noqa: E402

# What is measured is compiled.
os.environ["WASMC_CACHE"] = "off"
CPU_S = 60
ADDRESS_SPACE_BYTES = 4 << 30
TIMEOUT_S = 300
# Enough for a function to be one that is not optimised, where there are many instructions to a byte.
SHAPE_BYTES = 15_000
# Of those whose limits are for programs or are tested one by one (FunctionCostTests).
SMALL_SHAPE_BYTES = 5_000
SMALL_SHAPES = {object_shapes.__name__, region_shapes.__name__}
# With more handlers than have landing pads of their own.
LARGE_SHAPES = {"handlers-counted": 200_000}
ARGUMENT = "8"
# What a program prints for a NaN depends on the machine, so that a chain of floating-point operations is compiled only.
FLOATS = re.compile(r"f32|f64|float")


def parse_arguments():
    parser = argparse.ArgumentParser(description="what wasmc costs is bounded")
    parser.add_argument("--wasmc", type=Path, required=True, help="the compiler to test")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at a time; default 2")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="checks, by name")
    parser.add_argument("--size", type=int, default=SHAPE_BYTES, metavar="BYTES", help="of a shape's module; some have a third")
    return parser.parse_args()


class Failure(Exception):
    """What was wrong, in one line."""


def run(command, cpu_s=CPU_S, address_space=ADDRESS_SPACE_BYTES, **settings):
    outcome = subprocess.run(
        ["prlimit", f"--cpu={cpu_s}", f"--as={address_space}", "--core=0", *map(str, command)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=TIMEOUT_S, text=True, errors="replace", **{"stdin": subprocess.DEVNULL, **settings})
    return outcome


def expect(condition, outcome, what):
    if not condition:
        head = " ".join((outcome.stderr or outcome.stdout).split()[:30])
        raise Failure(f"{what}: exit status {outcome.returncode}: {head}")


# Input


def commands(wasmc, name, folder):
    yield "build", [wasmc, "build", "-o", folder / "out", name]
    yield "run", [wasmc, "run", name]
    yield "run --interp", [wasmc, "run", "--interp", name]
    yield "preload", [wasmc, "build", "-o", folder / "out", "--preload", f"a={name}", folder / "empty.wat"]
    for command in ("validate", "inspect", "wast"):
        yield command, [wasmc, command, name]
    for command in ("wat2wasm", "wasm2wat"):
        yield command, [wasmc, command, name, "-o", folder / "out"]


def endless_text(wasmc, folder):
    """A pipe that never ends, with something that could be text."""
    for title, command in commands(wasmc, "/dev/stdin", folder):
        with subprocess.Popen(["yes", "(module)"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as source:
            outcome = run(command, cpu_s=20, address_space=1 << 30, stdin=source.stdout)
            source.stdout.close()
            source.kill()
        text = outcome.stdout + outcome.stderr
        expect(outcome.returncode == 1 and "too large" in text and "134217728 bytes" in text, outcome, title)


def endless_zeros(wasmc, folder):
    """No module begins like that: what follows is not read."""
    for title, command in commands(wasmc, "/dev/zero", folder):
        outcome = run(command, cpu_s=5, address_space=1 << 30)
        expect(outcome.returncode == 1 and "internal" not in outcome.stderr, outcome, title)


def large_file(wasmc, folder):
    """A file of a terabyte, most of it a hole, is not read at all."""
    path = folder / "large.wasm"
    path.write_bytes(b"\0asm\1\0\0\0")
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    for title, command in commands(wasmc, path, folder):
        outcome = run(command, cpu_s=5, address_space=1 << 30)
        text = outcome.stdout + outcome.stderr
        expect(outcome.returncode == 1 and "536870912 bytes" in text, outcome, title)


# Tables

SPARSE = """(module
  (type $f (func (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (table $t 9000000 funcref)
  (table $u 9000000 9000000 funcref)
  (elem (table $t) (i32.const 8999999) func $last)
  (elem (table $t) (i32.const 5) func $five)
  (elem (table $u) (i32.const 1000) func $last)
  (func $five (result i32) (i32.const 5))
  (func $last (result i32) (i32.const 7))
  (func (export "call") (param i32) (result i32) (call_indirect $t (type $f) (local.get 0)))
  (func (export "other") (param i32) (result i32) (call_indirect $u (type $f) (local.get 0)))
  (func (export "null") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0)))))
"""
SPARSE_RESULTS = [
    ("call", 5, "5"), ("call", 8999999, "7"), ("call", 6, "uninitialized element"), ("call", 9000000, "undefined element"),
    ("other", 1000, "7"), ("other", 5, "uninitialized element"), ("null", 5, "0"), ("null", 6, "1"),
    ("null", 9000000, "out of bounds table access"),
]


def sparse_table(wasmc, folder):
    """Nulls take no room in the executable."""
    path = folder / "sparse.wat"
    path.write_text(SPARSE)
    program = folder / "sparse"
    for export in ("call", "other", "null"):
        outcome = run([wasmc, "build", "--invoke", export, path, "-o", program], cpu_s=20)
        expect(outcome.returncode == 0 and program.stat().st_size < 1 << 20, outcome, "sparse table")
        for name, argument, expected in SPARSE_RESULTS:
            if name == export:
                outcome = run([program, str(argument)], address_space=1 << 45)
                expect(expected in outcome.stdout + outcome.stderr, outcome, f"{name} {argument}")


def tables_of_a_program(wasmc, folder):
    """What many tables ask for is counted together."""
    path = folder / "tables.wat"
    path.write_text("(module " + "(table 9000000 funcref)" * 4 + '(func (export "_start")))')
    outcome = run([wasmc, "build", path, "-o", folder / "out"], cpu_s=5, address_space=1 << 30)
    expect(outcome.returncode == 1 and "tables too large" in outcome.stderr, outcome, "four tables")
    path.write_text('(module (table 2000000 (ref func) (ref.func 0)) (func (export "_start")))')
    outcome = run([wasmc, "build", path, "-o", folder / "out"], cpu_s=5, address_space=1 << 30)
    expect(outcome.returncode == 1 and "table too large" in outcome.stderr, outcome, "filled table")


# Programs of many modules

MODULES = 2500


def script_of_many_modules(wasmc, folder):
    """Each imports from the one before it; what a module costs does not depend on how many there are."""
    path = folder / "modules.wast"
    lines = ['(module $m0 (func (export "f") (result i32) (i32.const 0)))', '(register "m0" $m0)']
    for number in range(1, MODULES):
        lines.append(
            f'(module $m{number} (import "m{number - 1}" "f" (func $f (result i32))) (global $g (mut i32) (i32.const 1))'
            f'  (func (export "f") (result i32) (i32.const {number}))'
            f'  (func (export "g") (result i32) (i32.add (call $f) (global.get $g))))')
        lines.append(f'(register "m{number}" $m{number})')
        lines.append(f'(assert_return (invoke $m{number} "g") (i32.const {number}))')
    path.write_text("\n".join(lines))
    for engine in ("interpreter", "native"):
        outcome = run([wasmc, "wast", "-O0", "--engine", engine, path], address_space=1 << 46)
        expect(outcome.returncode == 0 and " 0 failed, 0 skipped" in outcome.stdout, outcome, engine)


def program_of_many_modules(wasmc, folder):
    """The one that is instantiated first is named last."""
    command = [wasmc, "run", "--interp"]
    for number in range(MODULES):
        imported = f'(import "m{number + 1}" "f" (func $f))' if number + 1 < MODULES else "(func $f)"
        path = folder / f"{number}.wat"
        path.write_text(f'(module {imported} (func (export "f") (call $f)))')
        command += ["--preload", f"m{number}={path}"]
    path = folder / "main.wat"
    path.write_text('(module (import "m0" "f" (func $f)) (func (export "_start") (call $f)))')
    outcome = run([*command, path], cpu_s=20, address_space=1 << 46)
    expect(outcome.returncode == 0, outcome, "run --interp")


# Bulk memory

BULK = """(module (memory (export "memory") 2)
  (func (export "_start") (local $size i32)
    (local.set $size (i32.load (i32.const 4)))
    (memory.fill (i32.const 1000) (i32.const 7) (i32.const 50000))
    (memory.fill (local.get $size) (i32.const 8) (local.get $size))
    (memory.copy (local.get $size) (i32.const 60000) (i32.const 40000))
    (memory.copy (i32.load (i32.const 8)) (i32.const 1) (local.get $size))))
"""


def bulk_memory(wasmc, folder):
    """At every level; a byte at a time takes thirty times as long."""
    path, assembly = folder / "bulk.wat", folder / "bulk.s"
    path.write_text(BULK)
    for level in range(4):
        outcome = run([wasmc, "build", f"-O{level}", "--emit", "asm", path, "-o", assembly], cpu_s=20)
        calls = re.findall(r"\t(?:callq|jmp)\t(memset|memmove)\b", assembly.read_text())
        is_right = calls == ["memset", "memset", "memmove", "memmove"]
        expect(outcome.returncode == 0 and is_right, outcome, f"-O{level}: {calls}")


# Shapes


def check_shape(wasmc, folder, name, size):
    path = folder / f"{name}.wasm"
    path.write_bytes(SHAPES[name](size))
    program = folder / name
    outcome = run([wasmc, "build", "-j1", "-O2", "--invoke", "f0", path, "-o", program])
    if outcome.returncode == 1 and "unsupported" in outcome.stderr:
        # A refusal is an answer.
        return
    expect(outcome.returncode == 0, outcome, "build")
    native = run([program, ARGUMENT], address_space=1 << 46, env={"WASMC_GRANTS": "--timeout 1s"})
    interpreted = run([wasmc, "run", "--interp", "--timeout", "1s", "--invoke", "f0", path, ARGUMENT], address_space=1 << 46)
    program.unlink()
    if FLOATS.search(name):
        return
    if verdict(native) != verdict(interpreted):
        raise Failure(f"native: {verdict(native)}; interpreter: {verdict(interpreted)}")


def verdict(outcome):
    """The result, or the trap's phrase without its place."""
    first = (outcome.stdout or outcome.stderr).strip().splitlines()
    return outcome.returncode, first[0] if first else ""


def main():
    options = parse_arguments()
    wasmc = options.wasmc.resolve()
    checks = [(check.__name__.replace("_", "-"), check)
              for check in (endless_text, endless_zeros, large_file, sparse_table, tables_of_a_program, script_of_many_modules,
                            program_of_many_modules, bulk_memory)]
    for name, shape in SHAPES.items():
        size = options.size * SMALL_SHAPE_BYTES // SHAPE_BYTES if shape.__module__ in SMALL_SHAPES else options.size
        size = LARGE_SHAPES.get(name, size)
        checks.append((name, lambda wasmc, folder, name=name, size=size: check_shape(wasmc, folder, name, size)))

    def one(check):
        name, function = check
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "empty.wat").write_text("(module)")
            try:
                function(wasmc, Path(folder))
            except (Failure, subprocess.TimeoutExpired) as failure:
                print(f"FAIL {name}: {failure}", flush=True)
                return False
        return True

    selected = [check for check in checks if options.filter.search(check[0])]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(one, selected))
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
