#!/usr/bin/env python3
"""SQLite's speedtest1: compile time, memory and output of the compilers, and the speed of what they make.

    speedtest.py [--wasmc PATH] [--quick] [--size N]

README.md says how.
"""

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402
import wasmtime_contender as wasmtime  # noqa: E402

MODULE = measure.CORPUS / "sqlite3-speedtest1.wasm"
AMALGAMATION = measure.CORPUS / "work" / "sqlite3" / "sqlite3.c"
SOURCES = measure.CORPUS / "src" / "sqlite3" / "tree"
# As Tests/Corpus/recipes/sqlite3.sh has them, but for what only WASI needs.
SQLITE_FLAGS = [
    "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION", "-DSQLITE_OMIT_WAL", "-DSQLITE_ENABLE_FTS5",
    "-DSQLITE_ENABLE_RTREE", "-DSQLITE_ENABLE_MATH_FUNCTIONS",
]
BASELINE = "wasmtime"
WASMC_OPTIONS = {
    "wasmc -O2": ["-O2"],
    "wasmc -O3": ["-O3"],
    "wasmc -O2 --bounds explicit": ["-O2", "--bounds", "explicit"],
    "wasmc -O1": ["-O1"],
    "wasmc -O0": ["-O0"],
}


@dataclass
class Contender:
    """`compile` and `run` each return a measure.Run."""

    output: Path
    compile: Callable[[], measure.Run]
    run: Callable[[], measure.Run]


def make_wasmc(wasmc, options, output, arguments):
    return Contender(
        output,
        lambda: measure.run([wasmc, "build", MODULE, "-o", output, *options]),
        lambda: measure.run([output, *arguments], env={}))


def make_wasmtime(output, arguments):
    return Contender(
        output,
        lambda: wasmtime.compile_module(MODULE, output),
        lambda: wasmtime.run(output, arguments))


def make_native(output, arguments):
    speedtest = next(SOURCES.rglob("test/speedtest1.c"))
    return Contender(
        output,
        lambda: measure.run(["clang-22", "-O2", "-w", "-s", *SQLITE_FLAGS, "-I", AMALGAMATION.parent, AMALGAMATION,
                             speedtest, "-lm", "-o", output]),
        lambda: measure.run([output, *arguments], env={}))


def make_contenders(options, folder, arguments):
    contenders = {}
    if not measure.missing(wasmtime.NEEDED):
        contenders[BASELINE] = make_wasmtime(folder / "wasmtime.cwasm", arguments)
    for number, (name, words) in enumerate(WASMC_OPTIONS.items()):
        contenders[name] = make_wasmc(options.wasmc.resolve(), words, folder / f"wasmc-{number}", arguments)
    if not measure.missing(("clang-22", "apt: clang-22", measure.has_command("clang-22")),
                           ("sqlite3.c", "make corpus", AMALGAMATION.exists())):
        contenders["clang-22 -O2, native"] = make_native(folder / "native", arguments)
    return contenders


def verification(outcome):
    """What --verify prints: a digest of all results."""
    found = re.search(rb"Verification Hash: (.*)", outcome.stdout)
    if found is None:
        raise SystemExit("speedtest1 printed no verification hash")
    return found.group(1)


def measure_compilers(contenders, rounds):
    def compiling(name):
        return lambda: measure.checked(contenders[name].compile(), name)

    results = measure.in_turn({name: compiling(name) for name in contenders}, rounds, warms_up=False)
    rows = []
    for name, runs in results.items():
        ratio = f"{measure.ratio(runs, results[BASELINE], 'cpu_s'):.1f}" if BASELINE in results else "-"
        rows.append([
            name, f"{measure.median(runs, 'cpu_s'):.2f}", ratio, f"{measure.median(runs, 'wall_s'):.2f}",
            f"{measure.median(runs, 'peak_bytes') / 1e6:.0f}", contenders[name].output.stat().st_size])
    measure.print_table(["compiler", "CPU s", "ratio", "wall s", "peak MB", "output bytes"], rows)


def measure_runs(contenders, rounds):
    def running(name):
        return lambda: measure.checked(contenders[name].run(), name)

    results = measure.in_turn({name: running(name) for name in contenders}, rounds)
    hashes = {name: {verification(outcome) for outcome in runs} for name, runs in results.items()}
    if len(set().union(*hashes.values())) != 1:
        raise SystemExit(f"the results differ: {hashes}")
    rows = []
    for name, runs in results.items():
        row = [name, f"{measure.median(runs, 'cpu_s'):.2f}"]
        if BASELINE in results:
            least, largest = measure.ratio_range(runs, results[BASELINE], "cpu_s")
            row += [f"{measure.ratio(runs, results[BASELINE], 'cpu_s'):.2f}", f"{least:.2f} to {largest:.2f}"]
        else:
            row += ["-", "-"]
        rows.append(row)
    measure.print_table(["program of", "CPU s", "ratio", "range of the rounds"], rows)


def main():
    parser = measure.parser("compile and run SQLite's speedtest1")
    parser.add_argument("--size", default=None, metavar="N", help="speedtest1's --size; default 100, with --quick 25")
    options = parser.parse_args()
    if measure.missing(("sqlite3-speedtest1.wasm", "make corpus", MODULE.exists())):
        return
    size = options.size or ("25" if options.quick else "100")
    measure.print_machine()
    print(f"speedtest1 --size {size} --memdb --verify; ratios to {BASELINE}, below 1 is less")
    with tempfile.TemporaryDirectory(prefix="wasmc-speedtest-") as folder:
        contenders = make_contenders(options, Path(folder), ["--size", size, "--memdb", "--verify"])
        measure_compilers(contenders, 1 if options.quick else 3)
        measure_runs(contenders, 1 if options.quick else 5)


if __name__ == "__main__":
    main()
