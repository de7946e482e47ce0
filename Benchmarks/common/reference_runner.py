#!/usr/bin/env python3
"""Compiles and runs modules with wasmtime (the wheel of PyPI), and measures only that.

    reference_runner.py --report FILE compile MODULE COMPILED
    reference_runner.py --report FILE run [--dir HOST::GUEST[::ro]]... [--env NAME=VALUE]... [--argv0 NAME]
                                      COMPILED [ARGUMENT]...

The report holds the CPU and wall seconds between the start of the compilation, or of the instantiation, and the end of
it, or of `_start`; Python's start, loading the library and loading the compiled module are not part of them.
Exit status as of Tests/Programs/reference.py: the guest's, 134 for a trap, 70 when it cannot be run.
"""

import argparse
import json
import resource
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "Tests" / "Programs"))
import reference  # noqa: E402


@contextmanager
def reported(path):
    """Measures the body, however it ends."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    try:
        yield
    finally:
        wall_s = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        path.write_text(json.dumps({"cpu_s": cpu_s, "wall_s": wall_s}))


def make_engine(wasmtime):
    """Cranelift at its default, which is the highest level."""
    config = wasmtime.Config()
    config.max_wasm_stack = reference.MAX_WASM_STACK_BYTES
    config.wasm_exceptions = True
    config.wasm_gc = True
    return wasmtime.Engine(config)


def compile_module(wasmtime, options):
    engine = make_engine(wasmtime)
    content = options.module.read_bytes()
    with reported(options.report):
        compiled = wasmtime.Module(engine, content).serialize()
        options.compiled.write_bytes(compiled)
    return 0


def run_module(wasmtime, options):
    engine = make_engine(wasmtime)
    module = wasmtime.Module.deserialize_file(engine, str(options.compiled))
    wasi = wasmtime.WasiConfig()
    wasi.argv = [options.argv0, *options.arguments]
    wasi.env = options.env
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    for host, guest, is_writable in options.dir:
        wasi.preopen_dir(host, guest, is_writable)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    store = wasmtime.Store(engine)
    store.set_wasi(wasi)
    with reported(options.report):
        try:
            linker.instantiate(store, module).exports(store)["_start"](store)
        except wasmtime.ExitTrap as exit_trap:
            return exit_trap.code
        except wasmtime.Trap as trap:
            print(f"trap: {trap.message}", file=sys.stderr)
            return reference.TRAP_STATUS
    return 0


def parse_arguments():
    parser = argparse.ArgumentParser(description="compile and run a module with wasmtime, and measure it")
    parser.add_argument("--report", type=Path, required=True, help="file for the times, as JSON")
    commands = parser.add_subparsers(required=True)
    compiling = commands.add_parser("compile")
    compiling.set_defaults(function=compile_module)
    compiling.add_argument("module", type=Path)
    compiling.add_argument("compiled", type=Path)
    running = commands.add_parser("run")
    running.set_defaults(function=run_module)
    running.add_argument("--dir", action="append", type=reference.parse_directory, default=[])
    running.add_argument("--env", action="append", type=reference.parse_variable, default=[])
    running.add_argument("--argv0", default="program.wasm")
    running.add_argument("compiled", type=Path)
    running.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args()


def main():
    options = parse_arguments()
    wasmtime = reference.load_wasmtime()
    try:
        return options.function(wasmtime, options)
    except (wasmtime.WasmtimeError, OSError, KeyError) as error:
        print(f"reference_runner.py: {error}", file=sys.stderr)
        return reference.CANNOT_RUN_STATUS


if __name__ == "__main__":
    sys.exit(main())
