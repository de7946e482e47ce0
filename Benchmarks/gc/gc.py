#!/usr/bin/env python3
"""What objects cost: binary trees and what dies at once, beside wasmtime; and a lot in a small heap.

    gc.py [--wasmc PATH] [--quick]

README.md says how.
"""

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402
import wasmtime_contender as wasmtime  # noqa: E402

KEPT_DEPTH, DEPTH, ROUNDS = 18, 16, 80
DYING = 20_000_000
# 100 GB in objects of 16 bytes.
SMALL_HEAP, TOTAL = "64MiB", 6_250_000_000

TYPES = """(module
  (type $n (struct (field (ref null $n)) (field (ref null $n))))
  (global $g (mut (ref null $n)) (ref.null $n))"""

TREES = TYPES + f"""
  (func $make (param i32) (result (ref $n))
    (if (i32.eqz (local.get 0)) (then (return (struct.new $n (ref.null $n) (ref.null $n)))))
    (struct.new $n (call $make (i32.sub (local.get 0) (i32.const 1)))
      (call $make (i32.sub (local.get 0) (i32.const 1)))))
  (func $count (param (ref null $n)) (result i32)
    (if (ref.is_null (struct.get $n 0 (local.get 0))) (then (return (i32.const 1))))
    (i32.add (i32.const 1)
      (i32.add (call $count (struct.get $n 0 (local.get 0))) (call $count (struct.get $n 1 (local.get 0))))))
  (func (export "_start") (local $rounds i32)
    (global.set $g (call $make (i32.const {KEPT_DEPTH})))
    (local.set $rounds (i32.const {ROUNDS}))
    (loop $again
      (if (i32.ne (call $count (call $make (i32.const {DEPTH}))) (i32.const {2 ** (DEPTH + 1) - 1}))
        (then unreachable))
      (br_if $again (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (if (i32.ne (call $count (global.get $g)) (i32.const {2 ** (KEPT_DEPTH + 1) - 1})) (then unreachable))))"""


def dying(count):
    """Each object is reachable until the next one is there."""
    return TYPES + f"""
  (func (export "_start") (local $count i64)
    (local.set $count (i64.const {count}))
    (loop $again
      (global.set $g (struct.new $n (ref.null $n) (ref.null $n)))
      (br_if $again (i64.ne (i64.const 0) (local.tee $count (i64.sub (local.get $count) (i64.const 1))))))))"""


PROGRAMS = {
    "binary trees": (TREES, 2 ** (KEPT_DEPTH + 1) - 1 + ROUNDS * (2 ** (DEPTH + 1) - 1)),
    "what dies at once": (dying(DYING), DYING),
}


def build(wasmc, folder, text):
    source = folder / "program.wat"
    source.write_text(text)
    program = folder / "program"
    measure.checked(measure.run([wasmc, "build", source, "-o", program]), "wasmc build")
    return source, program


def run(program, heap):
    environment = {**os.environ, "WASMC_GRANTS": f"--max-gc-heap={heap}"}
    return measure.checked(measure.run([program], env=environment), "wasmc")


def contenders(wasmc, folder, text):
    """Name -> function that runs the program."""
    source, program = build(wasmc, folder, text)
    result = {f"wasmc, {heap}": lambda heap=heap: run(program, heap) for heap in (SMALL_HEAP, "256MiB")}
    if not measure.missing(wasmtime.NEEDED):
        module, compiled = folder / "program.wasm", folder / "compiled"
        measure.checked(measure.run([wasmc, "wat2wasm", source, "-o", module]), "wasmc wat2wasm")
        measure.checked(wasmtime.compile_module(module, compiled), "wasmtime")
        result["wasmtime"] = lambda: measure.checked(wasmtime.run(compiled, []), "wasmtime")
    return result


def compare(wasmc, text, objects, rounds):
    """Medians by contender, as text."""
    with tempfile.TemporaryDirectory(prefix="wasmc-gc-") as folder:
        runs = measure.in_turn(contenders(wasmc, Path(folder), text), rounds)
    return {name: f"{measure.median(results, 'cpu_s') / objects * 1e9:.1f}" for name, results in runs.items()}


def main():
    options = measure.parser("what objects cost").parse_args()
    wasmc, rounds = options.wasmc.resolve(), 3 if options.quick else 9
    measure.print_machine()
    print("ns of CPU time for each object")
    rows = {name: compare(wasmc, *program, rounds) for name, program in PROGRAMS.items()}
    names = list(next(iter(rows.values())))
    measure.print_table(["program", *names], [[name, *cells.values()] for name, cells in rows.items()])
    if not options.quick:
        with tempfile.TemporaryDirectory(prefix="wasmc-gc-") as folder:
            outcome = run(build(wasmc, Path(folder), dying(TOTAL))[1], SMALL_HEAP)
        print(f"{TOTAL * 16 / 1e9:.0f} GB in a heap of {SMALL_HEAP}: {outcome.cpu_s:.1f} s of CPU time, "
              f"{outcome.peak_bytes / 2 ** 20:.0f} MiB at most")


if __name__ == "__main__":
    main()
