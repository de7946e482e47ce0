#!/usr/bin/env python3
"""The run time of every test program that runs long enough, as a ratio to wasmtime's.

    programs.py [--wasmc PATH] [--quick] [--filter RE] [-O LEVEL] [--minimum-ms N]

README.md says how.
"""

import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
sys.path.insert(0, str(HERE.parents[1] / "Tests" / "Programs"))
import cases as case_lists  # noqa: E402
import execution  # noqa: E402
import measure  # noqa: E402
import wasmtime_contender as wasmtime  # noqa: E402

CASE_LISTS = [measure.PACKAGE_ROOT / "Tests" / "Corpus" / "cases.json"]
MANIFEST = measure.PACKAGE_ROOT.parent / "shared" / "programs" / "manifest.json"

# Programs that run until some time has passed, and how their output says what they got done in it.
SELF_TIMED = {
    "coremark.wasm": re.compile(rb"^Iterations +: (\d+)", re.MULTILINE),
    "dhrystone.wasm": re.compile(rb"^(\d+) runs", re.MULTILINE),
}

# Not comparable, and why.
LEFT_OUT = {
    "shared/wasm3/coremark": "counts nanoseconds in 32 bits, so that chance decides how long it runs",
}

# A run above this shows little noise, and needs fewer rounds.
LONG_RUN_S = 5
# Wall time; CoreMark takes a minute on a busy machine.
RUN_TIMEOUT_S = 600


@dataclass
class Result:
    """CPU seconds of a run; of a program that times itself, for a million units of its work."""

    cpu_s: float
    status: int
    stdout: bytes


def load_cases(name_filter):
    """The cases that may be slow: all that neither need an absent module nor are about a closed pipe."""
    selected = []
    for path in CASE_LISTS:
        selected += case_lists.load_list(path, measure.PACKAGE_ROOT / ".build")
    if not measure.missing(("shared programs", "not part of the package", MANIFEST.exists())):
        selected += case_lists.load_manifest(MANIFEST)
    if measure.missing(("modules of the corpus", "make corpus", any(case.wasm.exists() for case in selected))):
        return []
    return [case for case in selected
            if case.wasm.exists() and not case.stdout_closed and case.name not in LEFT_OUT
            and name_filter.search(case.name)]


def result(case, outcome):
    cpu_s = outcome.cpu_s
    pattern = SELF_TIMED.get(case.wasm.name)
    if pattern is not None:
        units = sum(int(count) for count in pattern.findall(outcome.stdout))
        if units > 0:
            cpu_s = cpu_s / units * 1e6
    return Result(cpu_s, outcome.status, outcome.stdout)


def arguments_of(case):
    return case.args if case.benchmark_args is None else case.benchmark_args


def run_native(case, executable):
    with execution.scratch_folder(case) as folder:
        environment = {"WASMC_GRANTS": shlex.join(execution.grants(case, folder))}
        command = [case.wasm.name, *arguments_of(case)]
        return result(case, measure.run(command, executable=executable, env=environment, stdin=case.stdin,
                                        timeout_s=RUN_TIMEOUT_S))


def run_wasmtime(case, compiled):
    with execution.scratch_folder(case) as folder:
        return result(case, wasmtime.run(compiled, arguments_of(case), execution.grants(case, folder), case.wasm.name,
                                         stdin=case.stdin, timeout_s=RUN_TIMEOUT_S))


def compile_both(options, module, folder):
    """(executable, module compiled by wasmtime), or None with a line that says why not."""
    executable, compiled = folder / "executable", folder / "compiled"
    for name, outcome in (
            ("wasmc", measure.run([options.wasmc, "build", module, "-o", executable, "-O", options.level])),
            ("wasmtime", wasmtime.compile_module(module, compiled))):
        if outcome.status != 0:
            print(f"{module.name}: {name} does not compile it: {outcome.stderr.decode(errors='replace').strip()}")
            return None
    return executable, compiled


def disagreement(case, native, theirs):
    """Why two runs cannot be compared, or None."""
    if native.status != theirs.status:
        return f"exit status {native.status}, under wasmtime {theirs.status}"
    # The output of a benchmark's longer run has no expectation, but both have to agree on it.
    if case.deterministic and native.stdout != theirs.stdout:
        return "the outputs differ"
    return None


def measure_case(options, case, executable, compiled):
    """(wasmc's results, wasmtime's) or None when the program ends too soon or cannot be compared."""
    native, theirs = run_native(case, executable), run_wasmtime(case, compiled)
    if case.wasm.name not in SELF_TIMED and max(native.cpu_s, theirs.cpu_s) * 1000 < options.minimum_ms:
        return None
    reason = disagreement(case, native, theirs)
    if reason is not None:
        print(f"{case.name}: not compared: {reason}", flush=True)
        return None
    is_long = max(native.cpu_s, theirs.cpu_s) > LONG_RUN_S or case.wasm.name in SELF_TIMED
    rounds = 3 if options.quick or is_long else 7
    results = measure.in_turn(
        {"wasmc": lambda: run_native(case, executable), "wasmtime": lambda: run_wasmtime(case, compiled)},
        rounds, warms_up=False)
    return results["wasmc"], results["wasmtime"]


def measure_all(options, selected):
    """Name of the case -> (wasmc's results, wasmtime's), and how many cases were too short."""
    modules = {}
    for case in selected:
        modules.setdefault(case.wasm, []).append(case)
    measured, left_out = {}, 0
    for module, cases in modules.items():
        with tempfile.TemporaryDirectory(prefix="wasmc-bench-") as folder:
            compiled = compile_both(options, module, Path(folder))
            if compiled is None:
                continue
            for case in cases:
                results = measure_case(options, case, *compiled)
                if results is None:
                    left_out += 1
                    continue
                measured[case.name] = results
                print(f"  {case.name}: {measure.ratio(*results, 'cpu_s'):.2f}", file=sys.stderr, flush=True)
    return measured, left_out


def main():
    parser = measure.parser("run the test programs under wasmtime and as executables")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="cases, by name")
    parser.add_argument("-O", dest="level", default="2", metavar="LEVEL", help="optimization level; default 2")
    parser.add_argument("--minimum-ms", type=float, default=50, metavar="N",
                        help="CPU time of the slower contender below which a case is left out; default 50")
    options = parser.parse_args()
    options.wasmc = options.wasmc.resolve()
    if measure.missing(wasmtime.NEEDED):
        return
    selected = load_cases(options.filter)
    if not selected:
        return
    measure.print_machine()
    print(f"CPU seconds of runs, wasmc -O{options.level} and wasmtime in turn; ratio below 1: wasmc is faster")
    measured, left_out = measure_all(options, selected)
    if not measured:
        return
    rows = []
    ratios = {name: measure.ratio(*results, "cpu_s") for name, results in measured.items()}
    for name, (ours, theirs) in measured.items():
        least, largest = measure.ratio_range(ours, theirs, "cpu_s")
        rows.append([name, f"{measure.median(ours, 'cpu_s'):.3f}", f"{measure.median(theirs, 'cpu_s'):.3f}",
                     f"{ratios[name]:.2f}", f"{least:.2f} to {largest:.2f}"])
    rows.append(["geometric mean", "", "", f"{measure.geometric_mean(ratios.values()):.2f}", ""])
    measure.print_table(["case", "wasmc", "wasmtime", "ratio", "range of the rounds"], rows)
    slower = [name for name, ratio in ratios.items() if ratio > 1]
    print(f"{len(measured)} cases, {left_out} ran for less than {options.minimum_ms:g} ms or cannot be compared")
    print(f"slower than wasmtime: {', '.join(slower) if slower else 'none'}")


if __name__ == "__main__":
    main()
