#!/usr/bin/env python3
"""The run time of numeric kernels in C, as a ratio to native code.

    kernels.py [--wasmc PATH] [--baseline PATH] [--cpu native|x86-64-v2] [--filter RE] [--rounds N]

Each kernel is compiled by clang -O3 to WebAssembly and from there by wasmc, and by clang -O3 to native code without
contraction of floating-point operations, for the same CPU. Outputs have to be equal. The contenders run in turn; a time is
the median of user time. --baseline is another wasmc to compare with. README.md says more.
"""

import argparse
import math
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402

CLANG = "clang-22"
WASI = ["--target=wasm32-wasi", "-Wno-deprecated"]


def build(kernel, directory, options):
    """The commands of the contenders, by name; the first is what the others are compared with."""
    source = HERE / f"{kernel}.c"
    module = directory / f"{kernel}.wasm"
    first = source.read_text().partition("\n")[0]
    flags = first.removeprefix("// FLAGS:").split() if first.startswith("// FLAGS:") else []
    subprocess.run([CLANG, *WASI, "-O3", *flags, source, "-o", module], check=True)
    native = directory / f"{kernel}.native"
    subprocess.run([CLANG, "-O3", f"-march={options.cpu}", "-ffp-contract=off", source, "-lm", "-o", native], check=True)
    commands = {"native": native}
    for name, wasmc in [("wasmc", options.wasmc), ("baseline", options.baseline)]:
        if wasmc is None:
            continue
        commands[name] = directory / f"{kernel}.{name}"
        subprocess.run([wasmc, "build", "-q", "--target-cpu", options.cpu, module, "-o", commands[name]], check=True)
    return commands


def times(commands, rounds):
    found = {name: [] for name in commands}
    outputs = set()
    for _ in range(rounds):
        for name, command in commands.items():
            outcome = measure.checked(measure.run([command]), name)
            found[name].append(outcome.cpu_s)
            outputs.add(outcome.stdout)
    if len(outputs) != 1:
        raise RuntimeError(f"outputs differ: {outputs}")
    return {name: statistics.median(values) for name, values in found.items()}


def main():
    parser = argparse.ArgumentParser(description="measure numeric kernels")
    parser.add_argument("--wasmc", type=Path, default=measure.WASMC)
    parser.add_argument("--baseline", type=Path, help="another wasmc")
    parser.add_argument("--cpu", default="native", help="native or x86-64-v2")
    parser.add_argument("--filter", default="", metavar="RE")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--quick", action="store_const", dest="rounds", const=1)
    options = parser.parse_args()
    kernels = [path.stem for path in sorted(HERE.glob("*.c")) if re.search(options.filter, path.stem)]
    ratios = {}
    with tempfile.TemporaryDirectory(prefix="wasmc-kernels-") as directory:
        for kernel in kernels:
            found = times(build(kernel, Path(directory), options), options.rounds)
            native = found.pop("native")
            line = f"{kernel:20} native {native:6.3f} s"
            for name, seconds in found.items():
                ratios.setdefault(name, []).append(seconds / native)
                line += f"   {name} {seconds / native:5.2f}"
            print(line, flush=True)
    for name, values in ratios.items():
        print(f"{name}: geometric mean {math.exp(statistics.fmean(map(math.log, values))):.3f} of native code")


if __name__ == "__main__":
    main()
