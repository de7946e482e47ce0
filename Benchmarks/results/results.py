#!/usr/bin/env python3
"""Measures kernels and programs beside native C, wasmtime and others, and writes Benchmarks/RESULTS.md and results.svg.

    results.py [--wasmc PATH] [--quick] [--minutes N] [--resume] [--build-only] [--filter RE] [--output FOLDER]

README.md says how.
"""

import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import contenders
import plot
from contenders import measure

STATE = contenders.BUILT / "state.json"
GROUPS = ["kernels", "programs", "modules"]
# After these rounds only what is noisy goes on, until it is not or time is over.
ROUNDS = 5
MOST_ROUNDS = 15
# Of the range between the quartiles of a contender's times, in parts of the median.
NOISY = 0.05
# Below this time of the slowest contender the start of processes decides; kernels were written to run longer than theirs.
SHORTEST_S = 0.05

TITLES = {
    "kernels": "Numeric kernels",
    "programs": "Programs in C from Debian's source packages",
    "modules": "Modules that others made",
}
# Column -> (its contender, what it is divided by).
RATIOS = {
    "wasmc, x86-64-v2": ("wasmc v2", "clang v2"),
    "wasmc, native": ("wasmc native", "clang native"),
    "wasmtime": ("wasmtime", "clang native"),
    "wasm2c": ("wasm2c", "clang native"),
    "interpreter": ("interpreter", "clang native"),
}


def without_commit(identity):
    """What makes times comparable: the compiler is known by its contents."""
    return {name: value for name, value in identity.items() if name != "commit"}


class State:
    """The times so far, kept after each item, so that an interrupted run can go on."""

    def __init__(self, identity, resumes):
        self.identity = identity
        # Item -> contender -> CPU seconds in order.
        self.times = {}
        # Item -> seconds of the interpreter, or the limit that it exceeded as a negative number.
        self.interpreted = {}
        # Item -> why it is not compared.
        self.dropped = {}
        if resumes and STATE.exists():
            kept = json.loads(STATE.read_text())
            if without_commit(kept["identity"]) == without_commit(identity):
                self.times, self.interpreted, self.dropped = kept["times"], kept["interpreted"], kept["dropped"]
            else:
                print("what was measured before is of another compiler or machine: begun anew", file=sys.stderr)

    def save(self):
        STATE.parent.mkdir(parents=True, exist_ok=True)
        unfinished = STATE.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(self.__dict__))
        unfinished.replace(STATE)

    def rounds(self, item):
        return min((len(values) for values in self.times.get(item.name, {}).values()), default=0)

    def spread(self, item):
        """The largest spread of the item's contenders."""
        return max(spread(values) for values in self.times[item.name].values())


def spread(values):
    """The range between the quartiles, in parts of the median; all of it for fewer than three values."""
    if len(values) < 3:
        return 1.0
    first, middle, third = statistics.quantiles(values, n=4)
    return (third - first) / middle


def run_round(state, item):
    """Each contender once, in turn. What does not agree, or ends too soon, is dropped with a reason."""
    outcomes = {name: run() for name, run in item.runs.items()}
    statuses = {name: outcome.observed[0] for name, outcome in outcomes.items()}
    if len({outcome.observed for outcome in outcomes.values()}) != 1:
        state.dropped[item.name] = f"the contenders do not agree (status: {statuses})"
    elif item.group != "kernels" and max(outcome.cpu_s for outcome in outcomes.values()) < SHORTEST_S:
        state.dropped[item.name] = ""
    else:
        times = state.times.setdefault(item.name, {})
        for name, outcome in outcomes.items():
            times.setdefault(name, []).append(outcome.cpu_s)
        item.observed = next(iter(outcomes.values())).observed
    state.save()


def measure_all(options, items, state):
    """What has native code beside it first, with most of the time."""
    start = time.monotonic()
    modules = [item for item in items if item.group == "modules"]
    others = [item for item in items if item.group != "modules"]
    share = 0.7 if modules and others else 1
    measure_some(options, others, state, start + options.minutes * 60 * share)
    measure_some(options, modules, state, start + options.minutes * 60)


def measure_some(options, items, state, end):
    """Round after round of all items, then of the noisy ones, until time is over."""
    for wanted in range(1, MOST_ROUNDS + 1):
        ran = 0
        for item in items:
            if time.monotonic() > end:
                return
            if item.name in state.dropped or state.rounds(item) >= wanted:
                continue
            if wanted > options.rounds and (options.quick or state.spread(item) < NOISY):
                continue
            run_round(state, item)
            ran += 1
        if ran == 0 and wanted > options.rounds:
            return
        print(f"round {wanted}, {(end - time.monotonic()) / 60:.1f} minutes are left", file=sys.stderr, flush=True)
        if wanted == 1 and not options.quick:
            interpret_all(options, items, state, end)


def interpret_all(options, items, state, end):
    """The interpreter runs once, and not for long."""
    for item in items:
        if time.monotonic() > end:
            return
        if item.name in state.dropped or item.name in state.interpreted or item.group == "modules":
            continue
        outcome = item.interpret(options.interpreter_seconds)
        if outcome is None:
            state.interpreted[item.name] = -options.interpreter_seconds
        elif outcome.observed != getattr(item, "observed", outcome.observed):
            state.dropped[item.name] = "the interpreter does not agree"
        else:
            state.interpreted[item.name] = outcome.cpu_s
        state.save()


def medians(state, name):
    return {contender: statistics.median(values) for contender, values in state.times[name].items()}


def ratios_of(state, name):
    """Column -> ratio, of what was measured; the interpreter's is negative when it is only a lower bound."""
    found = medians(state, name)
    if name in state.interpreted:
        found["interpreter"] = state.interpreted[name]
    return {column: found[contender] / found[base] for column, (contender, base) in RATIOS.items()
            if contender in found and base in found}


def against_wasmtime(state, name):
    """wasmc's time by wasmtime's, with instructions of the same processor where that was measured."""
    found = medians(state, name)
    ours = found.get("wasmc native", found.get("wasmc v2"))
    return ours / found["wasmtime"] if ours and "wasmtime" in found else None


def cell(ratio):
    if ratio is None:
        return "-"
    return f"> {-ratio:.0f}" if ratio < 0 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def geometric_means(state, items):
    """Column -> geometric mean, over the items that have the column."""
    gathered = {}
    for item in items:
        for column, value in ratios_of(state, item.name).items():
            gathered.setdefault(column, []).append(value)
        value = against_wasmtime(state, item.name)
        if value:
            gathered.setdefault("wasmc / wasmtime", []).append(value)
    return {column: measure.geometric_mean(values) for column, values in gathered.items() if min(values) > 0}


def group_table(state, items):
    columns = [name for name in RATIOS if any(name in ratios_of(state, item.name) for item in items)]
    header = ["case", *(["C, s"] if columns else []), *columns, "wasmc / wasmtime", "rounds", "spread"]
    rows = []
    for item in items:
        found, values = medians(state, item.name), ratios_of(state, item.name)
        native = found.get("clang native")
        seconds = [] if not columns else [f"{native:.3f}" if native else "-"]
        rows.append([item.name, *seconds, *(cell(values.get(column)) for column in columns),
                     cell(against_wasmtime(state, item.name)), str(state.rounds(item)),
                     f"{state.spread(item):.1%}" if state.rounds(item) > 2 else "-"])
    means = geometric_means(state, items)
    rows.append(["**geometric mean**", *([""] if columns else []), *(cell(means.get(column)) for column in columns),
                 cell(means.get("wasmc / wasmtime")), "", ""])
    return table(header, rows)


def report(options, items, state, absent):
    """The text of RESULTS.md."""
    kept = [item for item in items if is_measured(state, item)]
    parts = [
        "# Results\n",
        f"Written by `make results` ({datetime.date.today().isoformat()}, "
        f"wasmc of {state.identity['commit'] or 'no known commit'}): "
        f"{measure.processor()}, {state.identity['processors']} processors, Linux {state.identity['linux']}. "
        "[results/README.md](results/README.md) says what is measured and how.\n",
        "CPU time, medians of rounds in turn, as ratios of one run: *wasmc, x86-64-v2* to `clang-22 -O3 "
        "-march=x86-64-v2`, the other columns to `clang-22 -O3 -march=native`, both with `-ffp-contract=off`; "
        "*wasmc / wasmtime* with instructions of this processor on both sides, but for modules that others made, where "
        "wasmc's are of x86-64-v2. Below 1 is faster. The spread is the largest range between quartiles among the "
        "contenders of a row, in parts of the median: a difference below it is none. "
        f"The interpreter runs once, {options.interpreter_seconds:g} s at most; `>` says that it had not ended.\n",
    ]
    if absent:
        parts.append(f"Not there, and so not measured: {absent}.\n")
    parts.append("![Run time as a ratio to native C](results.svg)\n")
    for group in GROUPS:
        members = [item for item in kept if item.group == group]
        if members:
            parts += [f"## {TITLES[group]}\n", group_table(state, members)]
    unequal = [f"- {name}: {reason}" for name, reason in state.dropped.items() if reason]
    unequal += [f"- {name} cannot be built" for name in contenders.failures]
    if unequal:
        parts += ["## Not compared\n", "\n".join(unequal) + "\n"]
    short = sum(1 for reason in state.dropped.values() if not reason)
    if short:
        parts.append(f"{short} more programs take less than {SHORTEST_S * 1000:.0f} ms with every contender.\n")
    return "\n".join(parts)


def is_measured(state, item):
    return item.name in state.times and item.name not in state.dropped


def write(options, items, state, absent):
    (options.output / "RESULTS.md").write_text(report(options, items, state, absent))
    if options.output == contenders.HERE.parent:
        write_summary(measure.PACKAGE_ROOT / "README.md", summary(items, state))
    groups = []
    for group in GROUPS[:2]:
        members = [item for item in items if item.group == group and is_measured(state, item)]
        rows = [(item.name, ratios_of(state, item.name)) for item in members]
        if rows:
            groups.append((TITLES[group], rows, geometric_means(state, members)))
    if groups:
        (options.output / "results.svg").write_text(plot.draw(groups))


def summary(items, state):
    """The geometric means for README.md."""
    rows = []
    columns = [*RATIOS, "wasmc / wasmtime"]
    for group in GROUPS:
        members = [item for item in items if item.group == group and is_measured(state, item)]
        if members:
            means = geometric_means(state, members)
            rows.append([f"{TITLES[group]} ({len(members)})", *(cell(means.get(column)) for column in columns)])
    return table(["CPU time, geometric means", *columns], rows)


def write_summary(path, text):
    """Replaces what stands between the two marks."""
    before, begin, rest = path.read_text().partition("<!-- results: written by make results -->\n")
    _, end, after = rest.partition("<!-- end of results -->")
    if not end:
        raise SystemExit(f"{path}: the marks of the results are gone")
    path.write_text(before + begin + "\n" + text + "\n" + end + after)


def identity(builder, options):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=builder.wasmc.parent, capture_output=True,
                            text=True)
    return {"commit": commit.stdout.strip(), "compiler": contenders.fingerprint(*builder.wasmc_parts),
            "processor": measure.processor(), "processors": len(os.sched_getaffinity(0)), "linux": os.uname().release}


def parse_arguments():
    parser = measure.parser("measure everything beside native C and write RESULTS.md")
    parser.add_argument("--minutes", type=float, default=20, metavar="N",
                        help="end measuring after N minutes; default 20")
    parser.add_argument("--resume", action="store_true", help="go on with what an earlier run has measured")
    parser.add_argument("--build-only", action="store_true", help="build what will be measured, and end")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="cases, by name")
    parser.add_argument("--groups", type=lambda text: text.split(","), default=GROUPS, metavar="LIST",
                        help="of " + ",".join(GROUPS))
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="builds at a time; default 2")
    parser.add_argument("--interpreter-seconds", type=float, default=4, metavar="N", help="its time limit; default 4")
    parser.add_argument("--wasm2c", type=Path, help="WABT's wasm2c; default: the one on PATH")
    parser.add_argument("--wabt-include", type=Path, help="the folder of WABT's sources with wasm-rt-impl.c")
    parser.add_argument("--output", type=Path, default=contenders.HERE.parent, metavar="FOLDER")
    options = parser.parse_args()
    options.rounds = 1 if options.quick else ROUNDS
    options.wasm2c, options.wabt_include = contenders.find_wasm2c(options)
    return options


def main():
    options = parse_arguments()
    if measure.missing((contenders.CLANG, "apt: clang-22", measure.has_command(contenders.CLANG)),
                       ("headers of the C library", "apt: libc6-dev", Path("/usr/include/stdio.h").exists())):
        return 1
    measure.missing(("the corpus", "make corpus", measure.CORPUS.exists()),
                    ("the corpus as native code", "make native-corpus", contenders.NATIVE_CORPUS.exists()),
                    ("shared programs", "not part of the package", contenders.SHARED.exists()))
    builder = contenders.Builder(options)
    absent = builder.absent()
    if absent:
        print(f"left out, missing: {absent}")
    items = contenders.everything(builder, options)
    print(f"{len(items)} cases are built", flush=True)
    if options.build_only:
        return 0
    state = State(identity(builder, options), options.resume)
    measure_all(options, items, state)
    write(options, items, state, absent)
    print(f"written: {options.output / 'RESULTS.md'}")
    # What differs, or what wasmc cannot build, is a fault that nobody should overlook. Peers may lack a feature.
    return 1 if any(state.dropped.values()) or any(".wasmc-" in name for name in contenders.failures) else 0


if __name__ == "__main__":
    sys.exit(main())
