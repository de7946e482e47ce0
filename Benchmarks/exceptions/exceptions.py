#!/usr/bin/env python3
"""What exceptions cost: those who only may throw, and a throw through frames, beside wasmtime.

    exceptions.py [--wasmc PATH] [--quick]

README.md says how.
"""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402
import wasmtime_contender as wasmtime  # noqa: E402

FIBONACCI = 38
THROWS = 1_000_000

RECURSION = """(module
  (tag $e)
  (func $fib (param i32) (result i32)
    (if (i32.lt_u (local.get 0) (i32.const 2)) (then (return (local.get 0))))
    (if (i32.gt_u (local.get 0) (i32.const 1000)) (then {never}))
    {open}(return (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
      (call $fib (i32.sub (local.get 0) (i32.const 2))))){close})
  (func (export "_start") (drop (call $fib (i32.const {count})))))"""
TRY = ("(block $caught (try_table (catch $e $caught) ", ")) (i32.const 0)")
RECURSIONS = {
    "cannot throw": RECURSION.format(never="(unreachable)", open="", close="", count=FIBONACCI),
    "may throw": RECURSION.format(never="(throw $e)", open="", close="", count=FIBONACCI),
    "a handler in each frame": RECURSION.format(never="(throw $e)", open=TRY[0], close=TRY[1], count=FIBONACCI),
}

THROW = """(module
  (tag $e (param i32)) (memory 1)
  (func $deep (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (throw $e (i32.load (i32.const 16)))))
    {look}(i32.add (call $deep (i32.sub (local.get 0) (i32.const 1))) (i32.load (i32.const 8))){again})
  (func $once (result i32)
    (block $caught (result i32)
      (try_table (catch $e $caught) (return (call $deep (i32.const {frames}))))
      (unreachable)))
  (func (export "_start") (local i32 i32)
    (local.set 0 (i32.const {count}))
    (loop $again
      (local.set 1 (i32.add (local.get 1) (call $once)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (i32.store (i32.const 8) (local.get 1))))"""
LOOK = ("(block $c (result exnref) (try_table (catch_all_ref $c) (return ", ") (unreachable)) "
        "(i32.store (i32.const 8) (i32.const 0)) (throw_ref)")


def throw(frames, count, look=False):
    opening, closing = (LOOK[0], ")" + LOOK[1]) if look else ("", "")
    return THROW.format(frames=frames - 1, count=count, look=opening, again=closing), count


THROW_PROGRAMS = {
    "1 frame": throw(1, THROWS), "10 frames": throw(10, THROWS), "100 frames": throw(100, THROWS // 10),
    "10 frames, each of which throws again": throw(10, THROWS // 10, look=True),
}


def contenders(wasmc, folder, text):
    """Name -> function that runs the program."""
    source = folder / "program.wat"
    source.write_text(text)
    program = folder / "program"
    measure.checked(measure.run([wasmc, "build", source, "-o", program]), "wasmc build")
    module = folder / "program.wasm"
    measure.checked(measure.run([wasmc, "wat2wasm", source, "-o", module]), "wasmc wat2wasm")
    result = {"wasmc": lambda: measure.checked(measure.run([program]), "wasmc")}
    if not measure.missing(wasmtime.NEEDED):
        compiled = folder / "compiled"
        measure.checked(wasmtime.compile_module(module, compiled), "wasmtime")
        result["wasmtime"] = lambda: measure.checked(wasmtime.run(compiled, []), "wasmtime")
    return result


def compare(wasmc, text, rounds, unit_s):
    """wasmc's median, wasmtime's and their ratio, as text."""
    with tempfile.TemporaryDirectory(prefix="wasmc-exceptions-") as folder:
        runs = measure.in_turn(contenders(wasmc, Path(folder), text), rounds)
    cells = [f"{measure.median(results, 'cpu_s') / unit_s:.0f}" for results in runs.values()]
    if "wasmtime" in runs:
        cells.append(f"{measure.ratio(runs['wasmc'], runs['wasmtime'], 'cpu_s'):.2f}")
    return cells


def main():
    options = measure.parser("what exceptions cost").parse_args()
    wasmc, rounds = options.wasmc.resolve(), 3 if options.quick else 9
    measure.print_machine()
    print(f"fib({FIBONACCI}), ms of CPU time")
    rows = [[name, *compare(wasmc, text, rounds, 1e-3)] for name, text in RECURSIONS.items()]
    measure.print_table(["recursion", "wasmc", "wasmtime", "ratio"][:len(rows[0])], rows)
    print("a throw that is caught, ns of CPU time, with the calls that led there")
    rows = [[name, *compare(wasmc, text, rounds, 1e-9 * count)] for name, (text, count) in THROW_PROGRAMS.items()]
    measure.print_table(["through", "wasmc", "wasmtime", "ratio"][:len(rows[0])], rows)


if __name__ == "__main__":
    main()
