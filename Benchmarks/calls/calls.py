#!/usr/bin/env python3
"""What a host call costs: fd_write, fd_read and path_open, beside native C and wasmtime.

    calls.py [--wasmc PATH] [--quick]

README.md says how.
"""

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402
import wasmtime_contender as wasmtime  # noqa: E402

WASI_INCLUDE = Path("/usr/include/wasm32-wasi")
NEEDED = ("clang-22 with wasi-libc", "apt: clang-22 wasi-libc libclang-rt-22-dev-wasm32",
          measure.has_command("clang-22") and WASI_INCLUDE.exists())
# Calls of each kind.
COUNTS = {"write": 400_000, "read": 400_000, "open": 100_000, "stat": 200_000, "statpath": 100_000, "unlink": 30_000,
          "poll": 200_000}
BASELINE = "C, static musl"


def build(wasmc, folder):
    """Name -> function that runs the program with arguments, in `folder`."""
    module = folder / "calls.wasm"
    measure.checked(measure.run(["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "-O2", "-nostdlibinc", "-isystem",
                                 WASI_INCLUDE, HERE / "calls.c", "-o", module]), "clang-22 for wasm32-wasi")
    contenders = {}
    if not measure.missing(("musl-gcc", "apt: musl-tools", measure.has_command("musl-gcc"))):
        native = folder / "native"
        measure.checked(measure.run(["musl-gcc", "-static", "-O2", HERE / "calls.c", "-o", native]), "musl-gcc")
        contenders[BASELINE] = lambda *words: measure.run([native, *words], cwd=folder)
    for name, seal in (("wasmc", "require"), ("wasmc, unsealed", "off")):
        program = folder / f"sealed-{seal}"
        measure.checked(measure.run([wasmc, "build", module, "-o", program, "--seal", seal]), "wasmc build")
        environment = {**os.environ, "WASMC_GRANTS": "--dir ."}
        contenders[name] = lambda *words, program=program: measure.run([program, *words], cwd=folder, env=environment)
    if not measure.missing(wasmtime.NEEDED):
        compiled = folder / "compiled"
        measure.checked(wasmtime.compile_module(module, compiled), "wasmtime")
        contenders["wasmtime"] = lambda *words: wasmtime.run(compiled, words, ["--dir", ".::."], cwd=folder)
    return contenders


def main():
    options = measure.parser("what host calls cost").parse_args()
    if measure.missing(NEEDED):
        return
    measure.print_machine()
    print("wall time of a call, in nanoseconds; ratios to native C")
    with tempfile.TemporaryDirectory(prefix="wasmc-calls-") as folder:
        (Path(folder) / "folder").mkdir()
        contenders = build(options.wasmc.resolve(), Path(folder))
        rows = []
        for kind, count in COUNTS.items():
            runs = measure.in_turn(
                {name: lambda run=run: measure.checked(run(kind, str(count)), kind) for name, run in contenders.items()},
                3 if options.quick else 9)
            for name, results in runs.items():
                row = [f"{kind}, {name}", f"{measure.median(results, 'wall_s') / count * 1e9:.0f}"]
                if BASELINE in runs:
                    row.append(f"{measure.ratio(results, runs[BASELINE], 'wall_s'):.2f}")
                rows.append(row)
        measure.print_table(["call", "ns"] + (["ratio"] if BASELINE in contenders else []), rows)


if __name__ == "__main__":
    main()
