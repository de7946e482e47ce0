#!/usr/bin/env python3
"""Size and start-up of the smallest programs; README.md says how.

    hello.py [--wasmc PATH] [--quick]
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402

OUTPUT = b"hello, world\n"
BASELINE = "C, static musl"
DATA_BYTES = 50_000_000
WASI_INCLUDE = Path("/usr/include/wasm32-wasi")


@dataclass
class Start:
    wall_us: float
    cpu_us: float


def start_once(executable):
    """From exec to exit. posix_spawn shares the parent's memory, so that the size of this process does not count."""
    actions = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begin = time.perf_counter_ns()
    process = os.posix_spawn(executable, [executable], {}, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall_ns = time.perf_counter_ns() - begin
    if status != 0:
        raise SystemExit(f"{executable}: status {status}")
    return Start(wall_ns / 1e3, (usage.ru_utime + usage.ru_stime) * 1e6)


def command(words, what):
    measure.checked(measure.run(words), what)


def native_c(output):
    if measure.has_command("musl-gcc"):
        command(["musl-gcc", "-static", "-O2", "-s", HERE / "hello.c", "-o", output], "musl-gcc")
        return True
    return False


def wasm_c(source, output):
    if not measure.has_command("clang-22") or not WASI_INCLUDE.exists():
        return False
    (output.parent / "data.bin").write_bytes(bytes(range(1, 251)) * (DATA_BYTES // 250))
    command(["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "-O2", "-nostdlibinc", "-isystem", WASI_INCLUDE,
             "-std=c23", f"--embed-dir={output.parent}", "-Wl,--strip-all", HERE / source, "-o", output],
            "clang-22 for wasm32-wasi")
    return True


def build_all(wasmc, folder):
    """Name -> executable."""
    programs = {}
    if native_c(folder / "native"):
        programs[BASELINE] = folder / "native"
    else:
        measure.missing(("musl-gcc", "apt: musl-tools", False))
    modules = {"wasmc, hello.wat": HERE / "hello.wat"}
    if wasm_c("hello.c", folder / "hello.wasm") and wasm_c("data.c", folder / "data.wasm"):
        modules["wasmc, the same C"] = folder / "hello.wasm"
        modules["wasmc, the same C and 50 MB of data"] = folder / "data.wasm"
    else:
        measure.missing(("clang-22 with wasi-libc", "apt: clang-22 wasi-libc libclang-rt-22-dev-wasm32", False))
    for name, module in modules.items():
        output = folder / module.name.replace(".", "-")
        command([wasmc, "build", module, "-o", output], "wasmc build")
        programs[name] = output
    unsealed = folder / "unsealed"
    command([wasmc, "build", modules["wasmc, hello.wat"], "--seal", "off", "-o", unsealed], "wasmc build")
    programs["wasmc, hello.wat, --seal off"] = unsealed
    for name, executable in programs.items():
        printed = subprocess.run([executable], capture_output=True, env={}, check=True).stdout
        if printed != OUTPUT:
            raise SystemExit(f"{name}: printed {printed!r}")
    return programs


def main():
    options = measure.parser("size and start-up of hello").parse_args()
    measure.print_machine()
    with tempfile.TemporaryDirectory(prefix="wasmc-hello-") as folder:
        programs = build_all(options.wasmc.resolve(), Path(folder))
        starts = measure.in_turn(
            {name: lambda path=str(path): start_once(path) for name, path in programs.items()},
            50 if options.quick else 500)
        rows = []
        for name, path in programs.items():
            row = [name, path.stat().st_size, f"{measure.median(starts[name], 'wall_us'):.0f}"]
            if BASELINE in programs:
                row.append(f"{measure.ratio(starts[name], starts[BASELINE], 'wall_us'):.2f}")
            rows.append(row)
        header = ["program", "bytes", "exec to exit, µs"] + (["ratio"] if BASELINE in programs else [])
        measure.print_table(header, rows)


if __name__ == "__main__":
    main()
