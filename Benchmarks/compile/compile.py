#!/usr/bin/env python3
"""Measures what compiling costs for large modules of many shapes (shapes.py).

    compile.py [--wasmc PATH] [--level L]... [--filter RE] [--size BYTES] [--function-size BYTES] [--quick] [--keep FOLDER]

For each shape and level: CPU time and memory of `wasmc build -j 1` for modules of half the size and of the size (1 MB),
and the ratio of the two, each without what a module of one empty function costs. A line ends with what is beyond the
bounds: 60 s, 4 GB, a ratio of 2.5 (below half a second a ratio says nothing). What is beyond is measured again, twice at the
most, and the least of each counts: a busy machine adds to CPU time, too. The last line is `N within, N beyond`.
With `--function-size`, modules consist of copies of what a shape makes of so many bytes: most limits are for one function.
"""

import re
import sys
import tempfile
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "common"))

from measure import parser, print_machine, run  # noqa: E402
from shapes import SHAPES, one  # noqa: E402, it makes the next one visible
from tiles import tiled  # noqa: E402
from wasm_encoding import const  # noqa: E402

LARGEST_CPU_S = 60
LARGEST_BYTES = 4 << 30
LARGEST_RATIO = 2.5
# What is shorter is mostly noise.
SHORTEST_CPU_S = 0.5
TRIES = 3


@dataclass
class Cost:
    status: int
    cpu_s: float
    peak_bytes: int
    message: str


def build(wasmc, module, level):
    """Compiles a module on one thread, within bounds that are a little wider than those that are reported."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shape.wasm"
        path.write_bytes(module)
        outcome = run(["prlimit", f"--cpu={LARGEST_CPU_S + 30}", "--as=16000000000", "--core=0", wasmc, "build", "-j1",
                       f"-O{level}", "--invoke", "f0", path, "-o", Path(folder) / "shape"])
        text = outcome.stderr.decode(errors="replace")
    errors = [line for line in text.splitlines() if not line.startswith("note:")]
    return Cost(outcome.status, outcome.cpu_s, outcome.peak_bytes, errors[0][:100] if errors else "")


def cheaper(one, other):
    """What each measured least, of two builds of one module."""
    return Cost(other.status, min(one.cpu_s, other.cpu_s), min(one.peak_bytes, other.peak_bytes), other.message)


def make(name, size, function_size):
    return tiled(SHAPES[name](min(size, function_size)), size) if function_size else SHAPES[name](size)


def measure(wasmc, name, size, function_size, level, base_s):
    """The whole of a shape, its ratio to half of it, and what is wrong."""
    halves, wholes = [], []
    for _ in range(TRIES):
        halves.append(build(wasmc, make(name, size // 2, function_size), level))
        wholes.append(build(wasmc, make(name, size, function_size), level))
        half, whole = reduce(cheaper, halves), reduce(cheaper, wholes)
        ratio, faults = judge(half, whole, base_s)
        if not faults:
            break
    return whole, ratio, faults


def judge(half, whole, base_s):
    """The ratio, and what is wrong."""
    faults = []
    # A refusal is an answer, as long as it is one of the module.
    if whole.status != 0 and not (whole.status == 1 and "unsupported" in whole.message):
        faults.append(f"status {whole.status} {whole.message}")
    if whole.cpu_s > LARGEST_CPU_S:
        faults.append("CPU")
    if whole.peak_bytes > LARGEST_BYTES:
        faults.append("memory")
    ratio = (whole.cpu_s - base_s) / max(half.cpu_s - base_s, 0.01)
    if ratio > LARGEST_RATIO and whole.cpu_s > SHORTEST_CPU_S:
        faults.append("ratio")
    return ratio, faults


def main():
    arguments = parser("what compiling large modules costs")
    arguments.add_argument("--level", action="append", metavar="L", help="-O levels; default 0, 1 and 2")
    arguments.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="shapes, by name")
    arguments.add_argument("--size", type=int, metavar="BYTES", help="default 1,000,000; with --quick 100,000")
    arguments.add_argument("--function-size", type=int, metavar="BYTES", help="copies of functions of this size")
    arguments.add_argument("--keep", type=Path, metavar="FOLDER", help="write the modules there, and compile nothing")
    options = arguments.parse_args()
    size = options.size or (100_000 if options.quick else 1_000_000)
    names = [name for name in SHAPES if options.filter.search(name)]
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for name in names:
            (options.keep / f"{name}.wasm").write_bytes(make(name, size, options.function_size))
        return 0
    print_machine()
    counts = {True: 0, False: 0}
    for level in options.level or ["0", "1", "2"]:
        base_s = build(options.wasmc, one(const(0)), level).cpu_s
        for name in names:
            whole, ratio, faults = measure(options.wasmc, name, size, options.function_size, level, base_s)
            counts[not faults] += 1
            refused = f" (refused: {whole.message})" if whole.status == 1 else ""
            print(f"-O{level} {name:34} {whole.cpu_s:7.2f} s {whole.peak_bytes >> 20:6} MiB  n/2 to n: {ratio:5.2f}"
                  f"{refused}{'  BEYOND: ' + ', '.join(faults) if faults else ''}", flush=True)
    print(f"{counts[True]} within, {counts[False]} beyond")
    return 1 if counts[False] else 0


if __name__ == "__main__":
    sys.exit(main())
