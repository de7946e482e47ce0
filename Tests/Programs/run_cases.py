#!/usr/bin/env python3
"""Compiles the test programs with wasmc, runs each case and compares it with what is expected.

    run_cases.py --wasmc PATH [--cases FILE...] [--filter RE] [-O LEVEL] [--bounds guard|explicit] [--jobs N]
    run_cases.py --wasmc PATH --engine interp [--timeout S]      interprets the programs instead
    run_cases.py --bless      writes what the reference runtime gives into the `stdout` files of the case lists
    run_cases.py --list       prints the cases' names

Without --cases: every case list of Tests/Corpus and Tests/Programs, and the shared corpus beside the project when it is
there. Expected values come from the case list or else from the reference runtime (reference.py), whose results are kept
in .build/reference. The last line is `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import concurrent.futures
import dataclasses
import difflib
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import cases as case_lists
import execution
from reference_results import ReferenceResults

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
BUILD_ROOT = PACKAGE_ROOT / ".build"
SHARED_MANIFEST = PACKAGE_ROOT.parent / "shared" / "programs" / "manifest.json"

# Go's modules take minutes at the highest level on a small machine.
BUILD_TIMEOUT_S = 1800
DIFF_LINES = 20


def parse_arguments():
    parser = argparse.ArgumentParser(description="compile and run the test programs")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--wasmc", type=Path, help="the compiler to test")
    mode.add_argument("--bless", action="store_true", help="rewrite the expected output from the reference runtime")
    mode.add_argument("--list", action="store_true", help="print the names of the cases")
    parser.add_argument("--cases", type=Path, nargs="+", action="extend", default=[], metavar="FILE")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="cases to run, by name")
    parser.add_argument("-O", dest="level", default="2", metavar="LEVEL", help="optimization level; default 2")
    parser.add_argument("--engine", choices=["native", "interp"], default="native",
                        help="compile the programs (default), or run them with `wasmc run --interp`")
    parser.add_argument("--timeout", type=float, metavar="S", help="seconds for each case instead of its own limit")
    parser.add_argument("--bounds", choices=["guard", "explicit"], default="guard")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="programs at a time; default 2")
    return parser.parse_args()


def load_file(path):
    if path.name == "manifest.json":
        return case_lists.load_manifest(path)
    return case_lists.load_list(path, BUILD_ROOT)


def load_cases(options):
    """All cases that the options select. What a list needs and is not there is said in one line each."""
    paths = options.cases
    if not paths:
        paths = sorted((PACKAGE_ROOT / "Tests" / "Corpus").glob("cases.json"))
        paths += sorted((PACKAGE_ROOT / "Tests" / "Programs").glob("*/cases.json"))
        if SHARED_MANIFEST.exists():
            paths.append(SHARED_MANIFEST)
        else:
            print(f"no shared corpus ({SHARED_MANIFEST} is absent)")
    selected = []
    for path in paths:
        try:
            loaded = load_file(path)
        except (OSError, ValueError, KeyError) as error:
            sys.exit(f"run_cases.py: {path}: {error}")
        loaded = [case for case in loaded if options.filter.search(case.name)]
        absent = sorted({case.wasm.name for case in loaded if not case.wasm.exists()})
        if absent:
            print(f"{path}: not built, cases left out: {' '.join(absent)} (make corpus, make programs)")
        selected += [case for case in loaded if case.wasm.exists()]
    names = [case.name for case in selected]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        sys.exit(f"run_cases.py: repeated case names: {' '.join(repeated)}")
    return selected


def diff_head(expected, actual):
    """The first lines of a comparison; of binary output only where it first differs."""
    try:
        texts = [content.decode().splitlines() for content in (expected, actual)]
    except UnicodeDecodeError:
        limit = min(len(expected), len(actual))
        offset = next((i for i in range(limit) if expected[i] != actual[i]), limit)
        return [f"first difference at byte {offset}: expected {expected[offset:offset + 16].hex(' ')}, "
                f"found {actual[offset:offset + 16].hex(' ')}"]
    lines = list(difflib.unified_diff(*texts, "expected", "actual", lineterm="", n=1))
    more = [f"... {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []
    return [line[:200] for line in lines[:DIFF_LINES]] + more


def status_text(case):
    return " or ".join(map(str, case.exit_codes))


def check(case, outcome, reference):
    """The differences between a run and what is expected of it, as lines; empty when it passes.

    `reference` is the reference runtime's outcome, or None where there is none to compare with.
    """
    problems = []
    if outcome.status is None:
        return [f"no end within {case.timeout_s} s"]
    if outcome.status not in case.exit_codes:
        problems.append(f"exit status {outcome.status}, expected {status_text(case)}")
    if case.deterministic:
        expected = case.expected
        if expected.is_empty() and reference is not None:
            expected = case_lists.Expectation(content=reference.stdout)
        mismatch = expected.mismatch(outcome.stdout)
        if mismatch is not None:
            problems.append(mismatch)
            if expected.content is not None:
                problems += diff_head(expected.content, outcome.stdout)
        if reference is not None:
            problems += execution.tree_differences(reference.tree, outcome.tree)
    if problems and outcome.stderr:
        problems += ["standard error:", *outcome.stderr.decode(errors="replace").splitlines()[-5:]]
    return problems


def reference_outcome(case, references):
    """The reference's outcome where one is needed, else None. Raises RuntimeError when the case list contradicts it."""
    if not case.reference or references is None:
        return None
    outcome = references.outcome(case)
    if outcome.status not in case.exit_codes:
        raise RuntimeError(f"the reference runtime's exit status is {outcome.status}, expected {status_text(case)}")
    return outcome


def build(options, wasm, executable):
    """Compiles one module; None when that worked, else what the compiler said."""
    command = [options.wasmc, "build", wasm, "-o", executable, "-O", options.level, "--bounds", options.bounds]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=BUILD_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return [f"wasmc build: no end within {BUILD_TIMEOUT_S} s"]
    if done.returncode == 0 and executable.exists():
        return None
    return [f"wasmc build: exit status {done.returncode}", *done.stderr.decode(errors="replace").splitlines()[-5:]]


def run_module(options, references, wasm, cases_of_module):
    """Compiles a module, unless it is interpreted, and runs its cases; yields (case, problems)."""
    results = []
    with tempfile.TemporaryDirectory(prefix="wasmc-cases-") as folder:
        executable = Path(folder) / wasm.stem
        refusal = build(options, wasm, executable) if options.engine == "native" else None
        for case in cases_of_module:
            if refusal is not None:
                results.append((case, refusal))
                continue
            try:
                reference = reference_outcome(case, references)
                if options.engine == "native":
                    outcome = execution.run_executable(case, executable)
                else:
                    outcome = execution.run_interpreted(case, options.wasmc)
                results.append((case, check(case, outcome, reference)))
            except (RuntimeError, OSError) as error:
                results.append((case, [str(error)]))
    return results


def run_all(options, selected, references):
    modules = defaultdict(list)
    for case in selected:
        modules[case.wasm].append(case)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = [pool.submit(run_module, options, references, *item) for item in modules.items()]
        for future in concurrent.futures.as_completed(futures):
            for case, problems in future.result():
                if problems:
                    failed += 1
                    print(f"FAIL {case.name}", *problems, sep="\n    ", flush=True)
                else:
                    passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def bless(selected, references):
    for case in selected:
        if case.expected_file is None or not case.reference:
            continue
        outcome = reference_outcome(case, references)
        if not case.expected_file.exists() or case.expected_file.read_bytes() != outcome.stdout:
            case.expected_file.parent.mkdir(parents=True, exist_ok=True)
            case.expected_file.write_bytes(outcome.stdout)
            print(f"wrote {case.expected_file}")
    return 0


def main():
    options = parse_arguments()
    selected = load_cases(options)
    if options.timeout is not None:
        selected = [dataclasses.replace(case, timeout_s=options.timeout) for case in selected]
    if options.list:
        print(*(case.name for case in selected), sep="\n")
        return 0
    references = ReferenceResults(BUILD_ROOT / "reference")
    if not references.is_available():
        references = None
        print("no reference runtime (pip: wasmtime): compared only with the expected values of the case lists")
    if options.bless:
        return bless(selected, references)
    options.wasmc = options.wasmc.resolve()
    return run_all(options, selected, references)


if __name__ == "__main__":
    sys.exit(main())
