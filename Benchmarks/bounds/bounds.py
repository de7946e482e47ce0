#!/usr/bin/env python3
"""What compares of addresses cost: explicit bounds and 64-bit memories beside guard pages, by kind of loop.

    bounds.py [--wasmc PATH] [--quick]

README.md says how.
"""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402

# Kernel -> how often it runs.
KERNELS = {"sum": 4000, "matrix": 12, "structures": 100_000, "sieve": 150, "list": 1500, "histogram": 600}
# Name -> target, options of wasmc.
FORMS = {
    "guard pages": ("wasm32", []), "explicit bounds": ("wasm32", ["--bounds", "explicit"]),
    "64-bit memory": ("wasm64", []),
}


def build(wasmc, folder, kernel, turns, form):
    target, options = FORMS[form]
    module, program = folder / f"{target}.wasm", folder / form.replace(" ", "-")
    measure.checked(measure.run(
        ["clang-22", f"--target={target}", "-nostdlib", "-ffreestanding", "-O2", f"-DKERNEL={kernel}", f"-DTURNS={turns}",
         HERE / "kernels.c", "-o", module]), "clang-22")
    measure.checked(measure.run([wasmc, "build", *options, module, "-o", program]), "wasmc build")
    return lambda: measure.checked(measure.run([program]), form)


def main():
    options = measure.parser("what compares of addresses cost").parse_args()
    wasmc, rounds = options.wasmc.resolve(), 3 if options.quick else 9
    measure.print_machine()
    rows = []
    for kernel, turns in KERNELS.items():
        with tempfile.TemporaryDirectory(prefix="wasmc-bounds-") as folder:
            runs = measure.in_turn({form: build(wasmc, Path(folder), kernel, turns, form) for form in FORMS}, rounds)
        guard = runs["guard pages"]
        rows.append([kernel, f"{measure.median(guard, 'cpu_s'):.3f} s",
                     *(f"{measure.ratio(results, guard, 'cpu_s'):.2f}" for form, results in runs.items()
                       if form != "guard pages")])
    print("CPU time; ratios to guard pages")
    measure.print_table(["loop", *FORMS], rows)


if __name__ == "__main__":
    main()
