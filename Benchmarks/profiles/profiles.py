#!/usr/bin/env python3
"""The run time of test programs compiled with a profile, as a ratio to that without.

    profiles.py [--wasmc PATH] [--quick] [--filter RE] [--minimum-ms N]

README.md says how.
"""

import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "programs"))
import programs  # noqa: E402
from programs import execution, measure  # noqa: E402


def one_of_each_program(cases):
    """Of each module the case with the most to do, as far as that is known: one whose benchmark has arguments, or the first."""
    chosen = {}
    for case in cases:
        known = chosen.get(case.wasm)
        if known is None or (case.benchmark_args is not None and known.benchmark_args is None):
            chosen[case.wasm] = case
    return list(chosen.values())


def count(wasmc, case, profile):
    """Interprets the case; whether there is a profile."""
    with execution.scratch_folder(case) as folder:
        command = [wasmc, "run", "-q", "--interp", "--profile-out", profile, *execution.grants(case, folder), case.wasm,
                   *case.args]
        measure.run(command, stdin=case.stdin, timeout_s=programs.RUN_TIMEOUT_S)
    return profile.exists()


def measure_case(options, case, folder):
    """A row of the table and its ratio, or None."""
    profile = folder / "profile"
    if not count(options.wasmc, case, profile):
        print(f"{case.name}: not compared: no profile", flush=True)
        return None
    build = [options.wasmc, "build", "-q", "--no-cache", case.wasm, "-o"]
    plain, profiled = folder / "plain", folder / "profiled"
    compiled = [measure.checked(measure.run(command), case.name)
                for command in ([*build, plain], [*build, profiled, "--profile-use", profile])]
    first = [programs.run_native(case, executable) for executable in (profiled, plain)]
    if first[0].status != first[1].status or (case.deterministic and first[0].stdout != first[1].stdout):
        raise SystemExit(f"{case.name}: the profile changes what the program does")
    if max(run.cpu_s for run in first) * 1000 < options.minimum_ms:
        return None
    results = measure.in_turn(
        {"profiled": lambda: programs.run_native(case, profiled), "plain": lambda: programs.run_native(case, plain)},
        3 if options.quick else 7, warms_up=False)
    ratio = measure.ratio(results["profiled"], results["plain"], "cpu_s")
    least, largest = measure.ratio_range(results["profiled"], results["plain"], "cpu_s")
    print(f"  {case.name}: {ratio:.2f}", file=sys.stderr, flush=True)
    return [case.name, *(f"{measure.median(results[name], 'cpu_s'):.3f}" for name in ("profiled", "plain")),
            f"{ratio:.2f}", f"{least:.2f} to {largest:.2f}",
            f"{compiled[1].cpu_s:.1f} and {compiled[0].cpu_s:.1f}"], ratio


def main():
    parser = measure.parser("run the test programs compiled with a profile and without")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="cases, by name")
    parser.add_argument("--minimum-ms", type=float, default=50, metavar="N",
                        help="CPU time below which a case is left out; default 50")
    options = parser.parse_args()
    options.wasmc = options.wasmc.resolve()
    selected = one_of_each_program(programs.load_cases(options.filter))
    measure.print_machine()
    rows, ratios = [], []
    for case in selected:
        with tempfile.TemporaryDirectory(prefix="wasmc-bench-") as folder:
            found = measure_case(options, case, Path(folder))
        if found is not None:
            rows.append(found[0])
            ratios.append(found[1])
    if not rows:
        return
    rows.append(["geometric mean", "", "", f"{measure.geometric_mean(ratios):.2f}", "", ""])
    measure.print_table(["case", "profiled", "plain", "ratio", "range of the rounds", "compiling"], rows)


if __name__ == "__main__":
    main()
