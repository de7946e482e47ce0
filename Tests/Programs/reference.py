#!/usr/bin/env python3
"""Runs a WASI command under the reference runtime (the `wasmtime` wheel of PyPI, which carries no command line).

    reference.py [--dir HOST::GUEST[::ro]]... [--env NAME=VALUE]... [--argv0 NAME] [--cache DIR] MODULE [ARGUMENT]...

Standard input, output and error are this process's. Exit status: the guest's; 134 when it traps; 70 when the module
cannot be run at all. The grammar of --dir and --env is wasmc's.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

# Bytes of stack for guest code. Cases are either far below or unbounded, so the exact value decides nothing.
MAX_WASM_STACK_BYTES = 1 << 20

TRAP_STATUS = 134
CANNOT_RUN_STATUS = 70


def load_wasmtime():
    try:
        import wasmtime
    except ImportError:
        sys.exit("reference.py: missing: the reference runtime (pip: wasmtime)")
    return wasmtime


def parse_directory(text):
    """HOST::GUEST[::ro] -> (host path, guest name, whether it is writable)."""
    parts = text.split("::")
    if len(parts) == 3 and parts[2] == "ro":
        return parts[0], parts[1], False
    if len(parts) == 2:
        return parts[0], parts[1], True
    raise argparse.ArgumentTypeError(f"expected HOST::GUEST[::ro], found {text!r}")


def parse_variable(text):
    name, separator, value = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"expected NAME=VALUE, found {text!r}")
    return name, value


def parse_arguments():
    parser = argparse.ArgumentParser(description="run a WASI command under the reference runtime")
    parser.add_argument("--dir", action="append", type=parse_directory, default=[], metavar="HOST::GUEST[::ro]")
    parser.add_argument("--env", action="append", type=parse_variable, default=[], metavar="NAME=VALUE")
    parser.add_argument("--argv0", help="the guest's argument 0; default the module's file name")
    parser.add_argument("--cache", type=Path, help="folder that keeps compiled modules")
    parser.add_argument("module", type=Path)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args()


def compile_module(wasmtime, engine, path, cache):
    """Compiles a module, or takes it from the cache folder, where a name is a digest of the module's bytes."""
    content = path.read_bytes()
    if cache is None:
        return wasmtime.Module(engine, content)
    compiled = cache / f"{hashlib.sha256(content).hexdigest()}.cwasm"
    if compiled.exists():
        try:
            return wasmtime.Module.deserialize_file(engine, str(compiled))
        except wasmtime.WasmtimeError:
            pass  # another version's or configuration's: compiled again below
    module = wasmtime.Module(engine, content)
    cache.mkdir(parents=True, exist_ok=True)
    partial = compiled.with_suffix(f".{os.getpid()}")
    partial.write_bytes(module.serialize())
    partial.replace(compiled)
    return module


def run(wasmtime, options):
    config = wasmtime.Config()
    config.max_wasm_stack = MAX_WASM_STACK_BYTES
    config.wasm_exceptions = True
    engine = wasmtime.Engine(config)
    module = compile_module(wasmtime, engine, options.module, options.cache)

    wasi = wasmtime.WasiConfig()
    wasi.argv = [options.argv0 or options.module.name, *options.arguments]
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
    instance = linker.instantiate(store, module)
    start = instance.exports(store)["_start"]
    try:
        start(store)
    except wasmtime.ExitTrap as exit_trap:
        return exit_trap.code
    except wasmtime.Trap as trap:
        print(f"trap: {trap.message}", file=sys.stderr)
        return TRAP_STATUS
    except wasmtime.WasmtimeError as error:
        # A host call's own failure: a guest address outside memory is a trap, an exit status that this runtime
        # refuses to pass on is not.
        if "invalid exit status" in str(error):
            raise
        print(f"trap: {error}", file=sys.stderr)
        return TRAP_STATUS
    return 0


def main():
    options = parse_arguments()
    wasmtime = load_wasmtime()
    try:
        return run(wasmtime, options)
    except (wasmtime.WasmtimeError, OSError, KeyError) as error:
        print(f"reference.py: {options.module}: {error}", file=sys.stderr)
        return CANNOT_RUN_STATUS


if __name__ == "__main__":
    sys.exit(main())
