#!/usr/bin/env python3
"""Compares wasmc's engines with each other on generated modules, for some minutes, and ends with the line
`N passed, N failed`.

    fuzz.py --minutes N [--wasmc FILE] [--fuzz FILE] [--seed N] [--jobs N] [--out DIR]
    fuzz.py --check SCRIPT [--options OPTIONS]

Modules are those of `wasmc-fuzz script`, of every feature that either engine has; of every fourth seed they are two that
are linked. Each of their exports is invoked several times on both engines (`wasmc wast --engine both`), at one level and
with one way of bounds and traps after the other. No other engine takes part. Modules that the native engine refuses by
name are counted as skipped, so that what it learns is compared from then on.

A finding is reduced and written to --out as a script with the interpreter's results, `SEED-OPTIONS.wast`: a candidate for
Tests/Regressions, once somebody has read it. --check tells by its status whether a script has a finding: 0 when it has.
Seeds begin at --seed, or at a number of the present time, which is printed.
Exit status: 0 when nothing was found, 1 otherwise, 2 when something is missing.
"""

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]

SEEDS_PER_SCRIPT = 25
# One after the other. The second leaves out what makes most modules need a heap.
FEATURES = (
    "engines",
    "mvp,mutable-globals,sign-ext,nontrapping-fptoint,multivalue,bulk-memory,reference-types,multi-table,extended-const,"
    "simd128,tail-call,function-references,multimemory,memory64,threads,custom-page-sizes,wide-arithmetic",
    "mvp,mutable-globals,sign-ext,nontrapping-fptoint,multivalue,bulk-memory,reference-types,multi-table,extended-const,"
    "simd128,tail-call,function-references,exception-handling,legacy-exceptions,multimemory",
)
SIZES = (100, 300, 600)
OPTIONS = (
    "-O2", "-O0", "-O2 --traps strict", "-O1 --bounds explicit", "-O3 --traps strict --bounds explicit",
    "-Os --target-cpu x86-64-v3", "-O2 --bounds explicit",
)
# What a script of 25 modules takes is seconds.
TIMEOUT_S = 300
SHRINK_ATTEMPTS = 400


def configuration(number):
    """Features, size and options of a script; their cycles have no common divisor but for sizes."""
    return (FEATURES[number % len(FEATURES)], SIZES[number // len(FEATURES) % len(SIZES)],
            OPTIONS[number % len(OPTIONS)])


def wast(wasmc, engine, options, path):
    """Passed, skipped, and failures as (line, message); line 0 is the whole script."""
    command = [str(wasmc), "wast", "--json", "--engine", engine, *options.split(), str(path)]
    try:
        result = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return 0, 0, [(0, f"did not end within {TIMEOUT_S} s")]
    try:
        summary = json.loads(result.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return 0, 0, [(0, f"status {result.returncode}: {(result.stdout + result.stderr)[-800:]}")]
    return summary["passed"], summary["skipped"], [
        (failure["line"], failure["message"]) for failure in summary["failures"]]


def generate(options, features, size, seed, count, path):
    """Writes a script; returns the seed of each line."""
    command = [str(options.fuzz), "script", "--seed", str(seed), "--count", str(count), "--size", str(size),
               "--features", features, "--out", str(path)]
    counts = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return [seed + position for position, lines in enumerate(counts) for _ in range(int(lines))]


def run_number(options, number, directory):
    """Modules, commands that agree, commands that were skipped, and findings of a script, by its number."""
    features, size, words = configuration(number)
    first = options.seed + number * SEEDS_PER_SCRIPT
    path = Path(directory) / f"{number}.wast"
    seeds = generate(options, features, size, first, SEEDS_PER_SCRIPT, path)
    modules = path.read_text().count("(module ")
    passed, skipped, failures = wast(options.wasmc, "both", words, path)
    path.unlink()
    findings = {}
    for line, message in failures:
        for seed in [seeds[line - 1]] if 0 < line <= len(seeds) else sorted(set(seeds)):
            findings.setdefault(seed, message)
    if any(line == 0 for line, _ in failures):
        findings = alone(options, findings, configuration(number), directory)
    return modules, passed, skipped, [(seed, message, number) for seed, message in findings.items()]


def alone(options, findings, configured, directory):
    """Of the seeds of a script that has failed as a whole, those that fail by themselves; or all of them."""
    features, size, words = configured
    result = {}
    for seed in findings:
        path = Path(directory) / f"alone-{seed}.wast"
        generate(options, features, size, seed, 1, path)
        failures = wast(options.wasmc, "both", words, path)[2]
        path.unlink()
        if failures:
            result[seed] = failures[0][1]
    return result or findings


# Findings


def is_finding(wasmc, options, path):
    return bool(wast(wasmc, "both", options, path)[2])


def reduce(options, seed, number):
    """Writes the candidate of a finding; returns its path."""
    features, size, words = configuration(number)
    name = f"{seed}-" + re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")
    path = options.out / f"{name}.wast"
    command = [str(options.fuzz), "shrink", "--script", "--seed", str(seed), "--size", str(size), "--features", features,
               "--attempts", str(SHRINK_ATTEMPTS), "--out", str(path), "--",
               sys.executable, __file__, f"--wasmc={options.wasmc}", f"--options={words}", "--check"]
    subprocess.run(command, capture_output=True)
    if not path.exists():
        # Not found again: it depends on what else was in the script.
        generate(options, features, size, seed, 1, path)
    failures = wast(options.wasmc, "both", words, path)[2]
    text = expectations(options.wasmc, path)
    message = failures[0][1] if failures else "not found again in a script of its own"
    path.write_text(f";; Generated: seed {seed}, at most {size} bytes of choices. Compiled with {words},\n"
                    f";; {' '.join(message.split())[:300]}\n{text}")
    return path


def expectations(wasmc, path):
    """The script with what the interpreter makes of it."""
    lines = path.read_text().splitlines()
    asked = [f"(assert_return {line})" if line.startswith("(invoke ") else line for line in lines]
    path.write_text("\n".join(asked) + "\n")
    found = dict(wast(wasmc, "interpreter", "", path)[2])
    return "\n".join(expected(line, question, found.get(number)) for number, (line, question)
                     in enumerate(zip(lines, asked), 1)) + "\n"


def expected(line, question, message):
    if message is None:
        return question
    outcome = re.sub(r'^expected .*?, found ', "", message)
    if outcome.startswith('trap "'):
        kind = "exhaustion" if "exhausted" in outcome else "trap"
        return f"(assert_{kind} {line} {outcome.removeprefix('trap ').removeprefix('exhaustion ')})"
    if outcome.startswith('exhaustion "'):
        return f"(assert_exhaustion {line} {outcome.removeprefix('exhaustion ')})"
    if outcome == "an exception":
        return f"(assert_exception {line})"
    return f"(assert_return {line} {outcome})" if outcome.startswith("(") else f";; {message}\n{line}"


# The whole


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare both engines on generated modules")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--fuzz", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc-fuzz")
    parser.add_argument("--seed", type=int, default=int(time.time()) * 1000, help="the first one")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, default=PACKAGE_ROOT / "build" / "fuzz", help="of candidates")
    parser.add_argument("--check", type=Path, metavar="SCRIPT")
    parser.add_argument("--options", default="-O2", help="of wasmc wast, for --check")
    return parser.parse_args()


def main():
    options = parse_arguments()
    options.wasmc, options.fuzz, options.out = (path.resolve() for path in (options.wasmc, options.fuzz, options.out))
    if options.check:
        return 0 if is_finding(options.wasmc, options.options, options.check) else 1
    for tool in (options.wasmc, options.fuzz):
        if not os.access(tool, os.X_OK):
            print(f"{tool}: not found; see --help", file=sys.stderr)
            return 2
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"seeds from {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="wasmc-fuzz-") as directory:
        return fuzz(options, directory)


def fuzz(options, directory):
    end = time.monotonic() + 60 * options.minutes
    modules = passed = skipped = failed = number = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        pending = set()
        while pending or time.monotonic() < end:
            while len(pending) < options.jobs and time.monotonic() < end:
                pending.add(pool.submit(run_number, options, number, directory))
                number += 1
            done, pending = concurrent.futures.wait(pending, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                count, agreed, refused, findings = future.result()
                modules, passed, skipped = modules + count, passed + agreed, skipped + refused
                for seed, message, script in findings:
                    failed += 1
                    print(f"finding: seed {seed}, {configuration(script)[2]}: {message[:500]}", flush=True)
                    print(f"    {reduce(options, seed, script)}", flush=True)
    print(f"{modules} modules in {number} scripts; {skipped} commands of modules that are refused by name")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
