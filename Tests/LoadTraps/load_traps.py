#!/usr/bin/env python3
"""Compares where functions trap that load what they do not need, between the interpreter and the native engine.

    load_traps.py --wasmc PATH [--count N] [--seed N] [--jobs N] [--keep DIR]

Generates scripts (generated_loads.py), asks the interpreter for every result, and has the native engine confirm them with
strict traps at one of several levels. The last line is `N passed, N failed`; N counts scripts. Exit status: 0 when nothing
failed, 1 otherwise.
"""

import argparse
import concurrent.futures
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "TrapState"))

from generated_loads import script  # noqa: E402
from trap_state import expect, wast  # noqa: E402

LEVELS = ["2", "1", "3", "s"]
FUNCTIONS = 60


def check(wasmc, seed, folder):
    """What is wrong with the script of a seed; nothing if all is well."""
    module, calls = script(seed, FUNCTIONS)
    # A line of its own for each call, behind those of the module.
    first_line = module.count("\n") + 2
    path = folder / f"{seed}.wast"
    lines = [f"(assert_return {call})" for call in calls]
    path.write_text("\n".join([module, *lines]) + "\n")
    messages, result = wast(wasmc, path, ["--engine", "interpreter"])
    for index, line in enumerate(lines):
        lines[index] = expect(line, messages.get(first_line + index, ""))
        if lines[index] is None:
            return f"seed {seed}: the interpreter gives no result: {result.stdout[:2000]}"
    path.write_text("\n".join([module, *lines]) + "\n")
    level = f"-O{LEVELS[seed % len(LEVELS)]}"
    _, result = wast(wasmc, path, ["--engine", "native", level, "--traps", "strict"])
    if result.returncode == 0 and f"{len(lines) + 1} passed, 0 failed, 0 skipped" in result.stdout:
        return ""
    return f"seed {seed}, {level}:\n{result.stdout[:1500]}"


def main():
    parser = argparse.ArgumentParser(description="compare where loads that nobody needs trap")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--count", type=int, default=24, metavar="N", help="scripts; default 24")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first script's")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", metavar="DIR", help="where the scripts are written")
    options = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        folder = Path(options.keep or temporary)
        folder.mkdir(exist_ok=True)
        seeds = range(options.seed, options.seed + options.count)
        for failure in pool.map(lambda seed: check(options.wasmc, seed, folder), seeds):
            if failure:
                print(failure)
                failed += 1
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
