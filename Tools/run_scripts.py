#!/usr/bin/env python3
"""Runs test scripts on an engine, as `wasmc wast` does for anybody.

    run_scripts.py --wasmc PATH [--jobs N] [--suite DIR] SCRIPTS [OPTION OF wasmc wast...]

SCRIPTS is one of these:
    own         the project's own
    executable  of these, all that do not look at what was stored before a trap: for `--traps strict`, the code that
                executables get. Without, code is what scripts get, which look at memories after a trap
    vectors     of these, those about vectors
    suite       the specification's test suite, without proposals that wasmc does not know
    memory      of the suite, those that access memory
    numbers     of the suite and of the project's own, those about numbers
    objects     of the suite and of the project's own, those about what lies in the garbage-collected heap
    threads     scripts of wasm-tools about threads
DIR is a checkout of the test suite's repository, or of the specification's; without it, the one that lies beside the
project is taken, and its scripts are left out where that is absent.

The last line is `N passed, N failed, N skipped`. Skipped are commands of modules with features that the native back end
refuses by name; the interpreter may skip none. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import collections
import concurrent.futures
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[1]
SHARED = PACKAGE_ROOT.parent / "shared" / "spec"
# What README names. Both hold the same scripts.
EXPECTED = {
    "https://github.com/WebAssembly/testsuite": "193e551ff22663995b1ac95dc62344133669e14b",
    "https://github.com/WebAssembly/spec": "93c7fab69e647f9ee544b97c8b2d1368ef2b526a",
}

SUMMARY = re.compile(r"^(\d+) passed, (\d+) failed, (\d+) skipped\n", re.MULTILINE)
SKIPPED = re.compile(r"^skipped (\d+): (.*)\n", re.MULTILINE)
NUMBERS = re.compile(r"(simd_.*|f[36].*|i[1368]+.*x.*|i(32|64)|relaxed_.*|float_.*|conversions)\.wast")
MEMORY = re.compile(r"memory|load|store")
OBJECTS = re.compile(r"(array.*|struct|i31|extern|ref_(cast|eq|test)|br_on_cast.*|type-.*|gc-.*)\.wast")
OWN_NUMBERS = re.compile(r"(simd.*|numeric.*|conversions)\.wast")

# Scripts that are not run, by parts of their paths.
LEFT_OUT = {
    "proposals/custom-descriptors/": "a proposal that wasmc does not know",
    "upstream-threads/LB.wast": "compares one local twice, and so forbids an order that is allowed",
    "upstream-threads/SB.wast": "likewise",
}

CPU_FEATURES = {
    "x86-64": "",
    "x86-64-v2": "cx16 lahf_lm popcnt ssse3 sse4_1 sse4_2",
    "x86-64-v3": "avx2 bmi2 fma f16c abm movbe",
    "x86-64-v4": "avx2 bmi2 fma f16c abm movbe avx512f avx512bw avx512cd avx512dq avx512vl",
}


def scripts_below(folder):
    return sorted(path for path in folder.rglob("*.wast") if not any(part in str(path) for part in LEFT_OUT))


def own_scripts(pattern=re.compile("")):
    folders = [PACKAGE_ROOT / "Tests" / "Regressions", PACKAGE_ROOT / "Tests" / "Scripts"]
    return [path for folder in folders for path in scripts_below(folder) if pattern.match(path.name)]


def suite_folders(suite):
    """Folders with the suite's scripts by the names that they have in the specification's repository."""
    for tests in (suite / "test", suite):
        if (tests / "core").is_dir():
            return {name: tests / name for name in ("core", "legacy", "custom") if (tests / name).is_dir()}
    return {"core": suite} if any(suite.glob("*.wast")) else {}


def suite_scripts(suite, place):
    """The suite's scripts below links in `place`: a script's features follow from the names of folders."""
    scripts = []
    for name, folder in suite_folders(suite).items():
        (place / name).symlink_to(folder)
        scripts += [place / name / path.relative_to(folder) for path in scripts_below(folder)]
    return scripts


def select(options, place):
    """The scripts. Says what is absent."""
    kind = options.scripts
    own = {"own": "", "executable": "(?!state-after-traps)", "vectors": ".*simd", "numbers": OWN_NUMBERS,
           "objects": OBJECTS}
    scripts = own_scripts(re.compile(own[kind])) if kind in own else []
    if kind == "threads":
        scripts = found(SHARED / "wasm-tools" / "upstream-threads", scripts_below)
    if kind in ("suite", "memory", "numbers", "objects"):
        suite = found(options.suite or SHARED / "core", lambda folder: suite_scripts(folder.resolve(), place))
        if kind == "memory":
            suite = [path for path in suite if MEMORY.search(path.read_text(errors="replace"))]
        elif kind in ("numbers", "objects"):
            pattern = NUMBERS if kind == "numbers" else OBJECTS
            suite = [path for path in suite if pattern.fullmatch(path.name)]
        scripts += suite
    return scripts


def found(folder, scripts):
    """The scripts of a folder, if there are any."""
    result = scripts(folder) if folder.is_dir() else []
    if not result:
        print(f"there are no scripts at {folder}: they are left out")
    return result


def can_run(options):
    """Whether this machine has what programs for the CPU ask for at their start."""
    if "--target-cpu" not in options:
        return True
    # Of a list the lowest is needed, and that comes first here.
    needed = CPU_FEATURES[options[options.index("--target-cpu") + 1].split(",")[0]].split()
    flags = re.search(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return set(needed) <= set(flags[1].split() if flags else [])


def wast(wasmc, arguments, scripts, place):
    """What is printed of scripts, their counts, and whether the run was whole."""
    command = [str(wasmc), "wast", *arguments, *map(str, scripts)]
    done = subprocess.run(command, cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    counts = SUMMARY.findall(done.stdout)
    is_whole = len(counts) == 1 and (done.returncode == 0 or int(counts[0][1]) > 0)
    text = SUMMARY.sub("", done.stdout).replace(f"{place}/", "")
    return text + ("" if is_whole else f"wasmc wast: exit status {done.returncode}\n"), counts, is_whole


def run(options, scripts, place):
    jobs = min(options.jobs, len(scripts))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        runs = [pool.submit(wast, options.wasmc, options.arguments, scripts[job::jobs], place) for job in range(jobs)]
        passed = failed = skipped = 0
        reasons = collections.Counter()
        for done in runs:
            text, counts, is_whole = done.result()
            print(SKIPPED.sub("", text), end="")
            for number, reason in SKIPPED.findall(text):
                reasons[reason] += int(number)
            for count in counts:
                passed, failed, skipped = passed + int(count[0]), failed + int(count[1]), skipped + int(count[2])
            failed += 0 if is_whole else 1
    for reason, number in sorted(reasons.items()):
        print(f"skipped {number}: {reason}")
    if skipped and "interpreter" in options.arguments:
        print("the interpreter may skip nothing")
        failed += 1
    return passed, failed, skipped


def tell_version(suite):
    """Which commit a checkout is of, if it is not the expected one."""
    done = subprocess.run(["git", "-C", str(suite), "rev-parse", "HEAD"], capture_output=True, text=True)
    if done.returncode == 0 and done.stdout.strip() not in EXPECTED.values():
        expected = ", or ".join(f"{commit} of {source}" for source, commit in EXPECTED.items())
        print(f"{suite} is at {done.stdout.strip()}; what wasmc is made for is {expected}")


def main():
    parser = argparse.ArgumentParser(description="run test scripts", allow_abbrev=False)
    parser.add_argument("--wasmc", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes at a time; default 1")
    parser.add_argument("--suite", type=Path, metavar="DIR", help="a checkout of the specification, or of its tests")
    parser.add_argument(
        "scripts", choices=["own", "executable", "vectors", "suite", "memory", "numbers", "objects", "threads"])
    options, options.arguments = parser.parse_known_args()
    options.wasmc = options.wasmc.resolve()
    if options.suite:
        if not options.suite.is_dir():
            parser.error(f"{options.suite} is no folder")
        tell_version(options.suite)
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        scripts = select(options, place)
        passed = failed = skipped = 0
        if not scripts:
            failed = 1 if options.suite else 0
        elif not can_run(options.arguments):
            print(f"this machine cannot run code for {' '.join(options.arguments)}: its scripts are left out")
        else:
            passed, failed, skipped = run(options, scripts, place)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
