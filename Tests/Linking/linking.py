#!/usr/bin/env python3
"""Compares linked modules with a reference engine, and ends with the line `N passed, N failed`.

    linking.py [--wasmc FILE] [--pairs N] [--programs N] [--seed N] [--jobs N] [--keep DIRECTORY]

The reference is the `wasmtime` package of PyPI. What is compared, on both engines:

- pairs (pairs.py): whether a random library and a module that imports from it can be linked. What the native back
  end refuses by name after it has found that the modules fit counts as a verdict.
- programs (programs.py): what two modules with common functions, globals, memories and tables result in.

A failure names its seed: `linking.py --seed N --pairs 1 --programs 0 --keep DIR` writes the modules again. Exit
status: 0 when nothing failed, 1 otherwise, 2 when something is missing.
"""

import argparse
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(PACKAGE_ROOT / "Tests" / "Differential"))

try:
    import wasmtime
except ImportError:
    print("the wasmtime package of PyPI is absent: linked modules are not compared with it")
    print("0 passed, 0 failed")
    sys.exit(0)

from differential import reference_engine, run_script  # noqa: E402
from pairs import Pair  # noqa: E402
from programs import write_program  # noqa: E402

TIMEOUT_S = 60
PAIRS_PER_TASK = 50
PROGRAMS_PER_SCRIPT = 25
RUNS = ["interpreter:", "native:-O0", "native:-O2"]


# Pairs


def is_valid(engine, modules):
    """Whether the generator has made modules; declared supertypes may not fit."""
    try:
        for text in modules.values():
            wasmtime.Module(engine, text)
        return True
    except wasmtime.WasmtimeError:
        return False


def reference_verdict(engine, modules):
    """None when the reference links the modules, else its message."""
    store = wasmtime.Store(engine)
    linker = wasmtime.Linker(engine)
    try:
        for name, text in modules.items():
            instance = linker.instantiate(store, wasmtime.Module(engine, text))
            linker.define_instance(store, name, instance)
    except wasmtime.WasmtimeError as error:
        if "incompatible import type" not in str(error):
            raise
        return str(error).splitlines()[-1]
    return None


def run(command):
    return subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace", timeout=TIMEOUT_S)


class Undecided(Exception):
    """The native back end has refused a program whose modules fit, but for sizes, at which it has not looked."""


def wasmc_verdict(result, expected=None):
    """None when the modules are linked, else the message; `expected` is the reference's."""
    if ": unsupported: " in result.stderr and "cannot lower" in result.stderr:
        if expected and " limits " in expected:
            raise Undecided
        return None
    if result.returncode == 0:
        return None
    if result.returncode > 0 and "incompatible import type" in result.stderr:
        return result.stderr
    raise RuntimeError(f"status {result.returncode}: {result.stderr[-600:]}")


def verdicts(wasmc, pair, directory, expected):
    """By engine, the verdict."""
    files = {}
    for name, text in pair.text.items():
        files[name] = directory / f"{name}.wat"
        files[name].write_text(text)
    main = files.pop("main")
    words = [word for name, file in files.items() for word in ("--preload", f"{name}={file}")]
    output = directory / "program"
    result = {"interpreter": wasmc_verdict(run([wasmc, "run", "--interp", *words, main]))}
    emit = ["-o", output] if pair.grows else ["--emit", "llvm-ir", "-o", directory / "program.ll"]
    built = run([wasmc, "build", "-O0", *words, *emit, main])
    try:
        result["native"] = wasmc_verdict(built, expected)
    except Undecided:
        return result
    if pair.grows and built.returncode == 0:
        # Whether something has grown enough is seen at the start.
        result["native"] = wasmc_verdict(run([output]))
    return result


def compare_pairs(wasmc, seeds, keep):
    """How many verdicts agree, how many pairs fit, and failures as text."""
    engine = reference_engine()
    passed, fitting, failures = 0, 0, []
    with tempfile.TemporaryDirectory(prefix="wasmc-linking-") as temporary:
        for seed in seeds:
            pair = Pair(seed, lambda modules: is_valid(engine, modules))
            directory = Path(keep or temporary)
            try:
                expected = reference_verdict(engine, pair.text)
                fitting += expected is None
                found = verdicts(wasmc, pair, directory, expected)
            except (RuntimeError, subprocess.TimeoutExpired, wasmtime.WasmtimeError, wasmtime.Trap) as error:
                failures.append(f"pair {seed}: {error}")
                continue
            for name, verdict in found.items():
                if (verdict is None) == (expected is None):
                    passed += 1
                else:
                    failures.append(
                        f"pair {seed}: the reference says {expected or 'linked'}, {name} {verdict or 'linked'}")
    return passed, fitting, failures


# Programs


def compare_programs(wasmc, seeds, keep):
    """How many commands pass, how many programs trap at the reference, and failures as text."""
    engine = reference_engine()
    passed, failures = 0, []
    with tempfile.TemporaryDirectory(prefix="wasmc-linking-") as temporary:
        path = Path(keep or temporary) / f"programs-{seeds[0]}.wast"
        lines = []
        with open(path, "w", encoding="utf-8") as script:
            for seed in seeds:
                commands = write_program(engine, seed)
                script.write("\n".join(commands) + "\n")
                lines += [seed] * len(commands)
        for engine_run in RUNS:
            count, skipped, failed = run_script(wasmc, path, lines, engine_run)
            passed += count
            failures += failed
            if skipped:
                failures.append(f"{engine_run} seeds {seeds[0]} to {seeds[-1]}: {skipped} commands were skipped")
    return passed, 0, failures


# The whole


def chunks(items, size):
    return [items[start:start + size] for start in range(0, len(items), size)]


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare linked modules with a reference engine")
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="the first one's")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY", help="keep the last modules and all scripts here")
    return parser.parse_args()


def main():
    options = parse_arguments()
    options.wasmc = options.wasmc.resolve()
    if not os.access(options.wasmc, os.X_OK):
        print(f"{options.wasmc}: not found; see --help", file=sys.stderr)
        return 2
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        # They share a folder.
        options.jobs = 1
    tasks = []
    seeds = list(range(options.seed, options.seed + max(options.pairs, options.programs)))
    tasks += [(compare_pairs, chunk) for chunk in chunks(seeds[:options.pairs], PAIRS_PER_TASK)]
    tasks += [(compare_programs, chunk) for chunk in chunks(seeds[:options.programs], PROGRAMS_PER_SCRIPT)]
    passed = failed = fitting = 0
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for future in [pool.submit(task, options.wasmc, chunk, options.keep) for task, chunk in tasks]:
            count, fits, failures = future.result()
            passed += count
            fitting += fits
            failed += len(failures)
            for failure in failures:
                print(failure, flush=True)
    print(f"{options.pairs} pairs, of which {fitting} can be linked; {options.programs} programs")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
