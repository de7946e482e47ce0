#!/usr/bin/env python3
"""Loops of many shapes, or frames, at the edges: compiled code comes to what the interpreter comes to, value for value and trap
for trap.

    loops.py [--wasmc FILE] [--frames] [--cases N] [--seed N] [--jobs N] [--keep DIR]

Each script is run by the interpreter, whose results become its expectations, and then compiled in several ways. It ends with
`N passed, N failed`, where each call compiled in each way counts, and what it leaves behind where that is compared. --keep
writes scripts with failures to a directory.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import generated_frames
import generated_loops

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = 20
CALLS = 25
# Calls of a script, compiled in each way.
CASES = FUNCTIONS * CALLS * 4
# With 32-bit memories. Bounds are compared in the last two; what was stored before a trap counts with exact traps.
WAYS = [["-O2", "--traps", "strict"], ["-O3", "--traps", "strict", "--target-cpu", "x86-64-v3"],
        ["-O2", "--traps", "relaxed", "--target-cpu", "x86-64"], ["-O2", "--bounds", "explicit"],
        ["-O2", "--bounds", "explicit", "--traps", "exact"]]
# What frames load is not needed often, so that it does trap.
FRAME_WAYS = [way for way in WAYS if "relaxed" not in way] + [["-O2", "--traps", "strict", "--target-cpu", "x86-64"],
                                                              ["-O1", "--traps", "exact"]]
# With 64-bit ones.
WIDE_WAYS = [["-O2"], ["-O3", "--traps", "exact", "--target-cpu", "x86-64-v3"]]


def invocation(call, operand):
    name, arguments = call
    words = " ".join(f"({operand}.const {argument})" for argument in arguments)
    return f'(invoke "{name}" {words})'


def run(wasmc, path, *options):
    command = [wasmc, "wast", "--json", "-q", "-j1", *options, path]
    result = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        return json.loads(result.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        raise RuntimeError(f"{' '.join(map(str, command))}: {result.returncode}: {result.stderr}") from None


def expectations(wasmc, path, module, calls, operand):
    """For each call, what is expected of it and of what it leaves behind: the interpreter names what it has found where it
    should not have."""
    head = module.count("\n")
    invocations = [text for call in calls for text in (invocation(call, operand), '(invoke "left")')]
    path.write_text(module + "".join(f"(assert_return {text} (i64.const 0x7ff4badbadbadbad))\n" for text in invocations))
    found = {failure["line"] - head - 1: failure["message"]
             for failure in run(wasmc, path, "--engine", "interpreter")["failures"]}
    lines = []
    for number, text in enumerate(invocations):
        value = re.search(r"found \(i64\.const ([^)]*)\)", found[number])
        trap = re.search(r'found trap "([^"]*)"', found[number])
        if not value and not trap:
            raise RuntimeError(f"{text}: {found[number]}")
        lines.append(f"(assert_return {text} (i64.const {value[1]}))" if value
                     else f'(assert_trap {text} "{trap[1]}")')
    return lines


def check(options, seed):
    """Numbers of assertions that held and that did not, and what is wrong."""
    generator = generated_frames if options.frames else generated_loops
    module, calls, operand = generator.script(seed, FUNCTIONS, CALLS)
    with tempfile.TemporaryDirectory(prefix="wasmc-loops-") as directory:
        path = Path(directory) / f"{generator.__name__}-{seed}.wast"
        lines = expectations(options.wasmc, path, module, calls, operand)
        passed, problems = 0, []
        narrow = FRAME_WAYS if options.frames else WAYS
        for way in WIDE_WAYS if "(memory i64" in module else narrow:
            asserted = lines if "exact" in way else lines[::2]
            text = module + "\n".join(asserted) + "\n"
            path.write_text(text)
            failures = run(options.wasmc, path, *way)["failures"]
            passed += len(asserted) - len(failures)
            for failure in failures:
                line = text.splitlines()[failure["line"] - 1]
                problems.append(f"seed {seed}, {' '.join(way)}: {line}: {failure['message']}")
            if failures and options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / path.name).write_text(text)
        return passed, problems


def main():
    parser = argparse.ArgumentParser(description="compare loops with the interpreter")
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--frames", action="store_true", help="frames in place of loops")
    parser.add_argument("--cases", type=int, default=3 * CASES, metavar="N", help="about how many calls")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="number of the first script")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write scripts with failures here")
    options = parser.parse_args()
    scripts = -(-options.cases // CASES)
    with ThreadPoolExecutor(options.jobs) as executor:
        results = list(executor.map(lambda seed: check(options, seed), range(options.seed, options.seed + scripts)))
    problems = [problem for _, found in results for problem in found]
    for problem in problems[:40]:
        print(problem)
    print(f"{sum(passed for passed, _ in results)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
