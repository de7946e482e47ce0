#!/usr/bin/env python3
"""Compares what memories, globals and tables hold after traps between the interpreter and the native engine.

    trap_state.py --wasmc PATH [--count N] [--seed N] [--jobs N] [--keep DIR] [-- OPTIONS OF wasmc wast...]

Generates scripts (generated_script.py), asks the interpreter for every result, and has the native engine confirm them,
with one of a list of options or with those given. With `--traps strict`, which is for executables, everything but the
state after a trap is compared. The last line is `N passed, N failed`; N counts scripts. Exit status: 0 when nothing
failed, 1 otherwise.
"""

import argparse
import concurrent.futures
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from generated_script import script

# Where LLVM moves, joins and leaves out the most. Each script has the next of these.
OPTIONS = [
    ["-O2", "--bounds", "guard"], ["-O3", "--bounds", "guard", "--target-cpu", "x86-64-v3"],
    ["-O2", "--bounds", "explicit"], ["-O1", "--bounds", "guard"], ["-O2", "--bounds", "guard"],
    ["-Os", "--bounds", "guard"], ["-O3", "--bounds", "explicit"], ["-Oz", "--bounds", "guard"],
    ["-O2", "--traps", "strict"], ["-O3", "--traps", "strict"], ["-O1", "--traps", "strict"],
]

TIMEOUT_S = 300

# What the interpreter says about a line that expects no results: the results, or a trap, that came instead.
FOUND = re.compile(r"^.*?:(\d+):\d+: expected .*?, found (.*)$")


def wast(wasmc, path, options):
    """The messages of `wasmc wast` by line, and its whole output."""
    result = subprocess.run(
        [wasmc, "wast", *options, str(path)], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=TIMEOUT_S)
    messages = {}
    for line in result.stdout.splitlines():
        match = FOUND.match(line)
        if match:
            messages[int(match[1])] = match[2]
    return messages, result


def expect(line, found):
    """A command with the result that the interpreter found; None for what is no result."""
    action = line.removeprefix("(assert_return ").removesuffix(")")
    for kind, form in (("trap", "assert_trap"), ("exhaustion", "assert_exhaustion")):
        if found.startswith(f'{kind} "'):
            return f"({form} {action} {found.removeprefix(kind).strip()})"
    value = re.fullmatch(r"\(?(i32|i64)(?:\.const)?[ :]+(\S+?)\)?", found)
    return f"(assert_return {action} ({value[1]}.const {value[2]}))" if value else None


def check(wasmc, seed, options, folder):
    """What is wrong with the script of a seed; nothing if all is well."""
    lines, commands = script(seed)
    path = folder / f"{seed}.wast"
    path.write_text("\n".join(lines) + "\n")
    messages, result = wast(wasmc, path, ["--engine", "interpreter"])
    for group in commands:
        for command in group:
            expected = expect(lines[command], messages.get(command + 1, ""))
            if expected is None:
                return f"seed {seed}: the interpreter gives no result: {result.stdout[:2000]}"
            lines[command] = expected
        if "strict" in options and not lines[group[0]].startswith("(assert_return"):
            for command in group[1:]:
                lines[command] = f";; {lines[command]}"
    path.write_text("\n".join(lines) + "\n")
    _, result = wast(wasmc, path, ["--engine", "native", *options])
    summary = re.search(r"^(\d+) passed, 0 failed, 0 skipped$", result.stdout, re.MULTILINE)
    if result.returncode == 0 and summary and int(summary[1]) >= len(commands):
        return ""
    return f"seed {seed}, {' '.join(options)}:\n{result.stdout[:1500]}"


def main():
    arguments = sys.argv[1:]
    given = None
    if "--" in arguments:
        place = arguments.index("--")
        given = arguments[place + 1:]
        arguments = arguments[:place]
    parser = argparse.ArgumentParser(description="compare memories after traps")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--count", type=int, default=33, metavar="N", help="scripts; default 33")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first script's")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", metavar="DIR", help="where the scripts are written")
    parsed = parser.parse_args(arguments)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(parsed.jobs) as pool:
        folder = Path(parsed.keep or temporary)
        folder.mkdir(exist_ok=True)
        seeds = range(parsed.seed, parsed.seed + parsed.count)
        sets = [given or OPTIONS[seed % len(OPTIONS)] for seed in seeds]
        for failure in pool.map(lambda seed, options: check(parsed.wasmc, seed, options, folder), seeds, sets):
            if failure:
                print(failure)
                failed += 1
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
