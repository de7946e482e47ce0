#!/usr/bin/env python3
"""The speed of `wasmc run --interp` beside other interpreters.

    interpreter.py [--wasmc PATH] [--wasmkit PATH] [--wasm3 PATH] [--quick] [--filter RE]

README.md says how.
"""

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
sys.path.insert(0, str(HERE.parents[1] / "Tests" / "Programs"))
import cases as case_lists  # noqa: E402
import measure  # noqa: E402

CASES = measure.PACKAGE_ROOT / "Tests" / "Corpus" / "cases.json"
MANIFEST = measure.PACKAGE_ROOT.parent / "shared" / "programs" / "manifest.json"

OURS = "wasmc"
# What wasm3 gives a program is too little for some of these.
WASM3_STACK_BYTES = 1 << 20
RUN_TIMEOUT_S = 300


@dataclass(frozen=True)
class Program:
    """A case with the arguments of a run of about a second; `args` None: those of the case."""

    case: str
    args: tuple[str, ...] | None = None
    # The part of the output that does not depend on the time; None: all of it.
    stable: re.Pattern | None = None


# None of them opens a file: how that is granted differs from interpreter to interpreter.
PROGRAMS = [
    Program("shared/wavm/coremark", ("0x0", "0x0", "0x66", "4000"), re.compile(rb"^.*crc.*$", re.MULTILINE)),
    Program("shared/wavm/binary-trees", ("14",)),
    Program("shared/wavm/fannkuch-redux", ("10",)),
    Program("shared/wavm/mandelbrot", ("1600",)),
    Program("shared/wavm/nbody", ("1000000",)),
    Program("shared/wavm/spectral-norm", ("1500",)),
    Program("shared/sightglass/shootout-base64"),
    Program("shared/sightglass/shootout-ctype"),
    Program("shared/sightglass/shootout-matrix"),
    Program("shared/sightglass/shootout-random"),
    Program("shared/sightglass/shootout-sieve"),
    Program("corpus/brotli/compress-stream"),
    Program("corpus/bzip2/compress-stream"),
    Program("corpus/mbedtls/selftest", stable=re.compile(rb"^.*passed.*$", re.MULTILINE)),
    Program("corpus/sqlite3/speedtest1", ("--size", "5", "--memdb", "--verify"),
            re.compile(rb"^.*hash.*$", re.MULTILINE)),
]


def load_programs(name_filter):
    """(program, case) of those whose module is there."""
    available = {}
    if not measure.missing(("modules of the corpus", "make corpus", measure.CORPUS.exists())):
        available |= {case.name: case for case in case_lists.load_list(CASES, measure.PACKAGE_ROOT / ".build")}
    if not measure.missing(("shared programs", "not part of the package", MANIFEST.exists())):
        available |= {case.name: case for case in case_lists.load_manifest(MANIFEST)}
    selected = [program for program in PROGRAMS if name_filter.search(program.case)]
    return [(program, available[program.case]) for program in selected
            if program.case in available and available[program.case].wasm.exists()]


def find_contenders(options):
    """Name -> the words before the module; wasmc first."""
    contenders = {OURS: [options.wasmc.resolve(), "run", "--interp"]}
    wasmkit = options.wasmkit or shutil.which("wasmkit")
    if not measure.missing(("wasmkit", "part of Swift's toolchain; --wasmkit PATH", wasmkit is not None)):
        contenders["wasmkit"] = [wasmkit, "run"]
    if not measure.missing(("wasm3", "https://github.com/wasm3/wasm3; --wasm3 PATH", options.wasm3 is not None)):
        contenders["wasm3"] = [options.wasm3.resolve(), "--stack-size", WASM3_STACK_BYTES]
    return contenders


def run(words, program, case):
    arguments = case.args if program.args is None else program.args
    return measure.run([*words, case.wasm, *arguments], stdin=case.stdin, timeout_s=RUN_TIMEOUT_S)


def stable_output(program, outcome):
    return outcome.stdout if program.stable is None else program.stable.findall(outcome.stdout)


def agreeing(contenders, program, case):
    """The contenders whose first run does what wasmc's does; the others are said."""
    outcomes = {name: run(words, program, case) for name, words in contenders.items()}
    ours = outcomes[OURS]
    result = []
    for name, outcome in outcomes.items():
        if outcome.status != ours.status:
            reason = f"exit status {outcome.status}, that of {OURS} is {ours.status}"
        elif stable_output(program, outcome) != stable_output(program, ours):
            reason = "the outputs differ"
        else:
            result.append(name)
            continue
        print(f"{program.case}: not compared with {name}: {reason}", flush=True)
    return result


def measure_program(options, contenders, program, case):
    """Name of the contender -> its runs."""
    names = agreeing(contenders, program, case)
    # Each function keeps its own words.
    functions = {name: lambda words=contenders[name]: run(words, program, case) for name in names}
    return measure.in_turn(functions, 3 if options.quick else 7, warms_up=False)


def ratio_cells(results, name):
    if name not in results:
        return ["-", "-", "-"]
    least, largest = measure.ratio_range(results[OURS], results[name], "cpu_s")
    ratio = measure.ratio(results[OURS], results[name], "cpu_s")
    return [f"{measure.median(results[name], 'cpu_s'):.3f}", f"{ratio:.2f}", f"{least:.2f} to {largest:.2f}"]


def print_results(measured, others):
    """The table, the geometric means, and where wasmc is slower."""
    header = ["program", OURS]
    for name in others:
        header += [name, "ratio", "range of the rounds"]
    rows = []
    ratios = {name: {} for name in others}
    for program, results in measured.items():
        row = [program, f"{measure.median(results[OURS], 'cpu_s'):.3f}"]
        for name in others:
            row += ratio_cells(results, name)
            if name in results:
                ratios[name][program] = measure.ratio(results[OURS], results[name], "cpu_s")
        rows.append(row)
    means = ["geometric mean", ""]
    for name in others:
        means += ["", f"{measure.geometric_mean(ratios[name].values()):.2f}" if ratios[name] else "-", ""]
    measure.print_table(header, [*rows, means])
    for name in others:
        slower = [program for program, ratio in ratios[name].items() if ratio > 1]
        print(f"slower than {name}: {', '.join(slower) if slower else 'none'}")


def main():
    parser = measure.parser("run programs under wasmc's interpreter and others")
    parser.add_argument("--wasmkit", type=Path, help="default: the one on PATH")
    parser.add_argument("--wasm3", type=Path, help="an executable of wasm3; default: it is left out")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="programs, by case")
    options = parser.parse_args()
    programs = load_programs(options.filter)
    contenders = find_contenders(options)
    others = [name for name in contenders if name != OURS]
    if not programs or not others:
        return
    measure.print_machine()
    print("CPU seconds of runs in turn, from start to end; ratio below 1: wasmc is faster")
    measured = {}
    for program, case in programs:
        measured[program.case] = measure_program(options, contenders, program, case)
        print(f"  {program.case}", file=sys.stderr, flush=True)
    print_results(measured, others)


if __name__ == "__main__":
    main()
