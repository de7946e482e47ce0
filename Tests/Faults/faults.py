#!/usr/bin/env python3
"""Runs the small inputs of ../shared/faults, each of which failed once, and ends with the line `N passed, N failed`.

    faults.py [--wasmc FILE] [--filter REGEX]

Each has tests of its kind elsewhere in the project, in the project's own words; this is the list of the inputs
themselves. Without the folder nothing runs. Bounds on processor time are many times what a run takes; the
memory of the compiler is bounded.
"""

import argparse
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
FAULTS = PACKAGE_ROOT.parent / "shared" / "faults"
MEMORY_BYTES = 4 << 30
TIMEOUT_S = 120
TESTS = []


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def test(function):
    TESTS.append(function)
    return function


def expect(condition, message):
    if not condition:
        raise Failed(message)


class Context:
    """A folder of its own for each test, and ways to run things."""

    def __init__(self, wasmc, directory):
        self.wasmc = wasmc
        self.directory = directory

    def run(self, *command, cpu_s=20, memory=None, **options):
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 2))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if memory:
                resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        options.setdefault("timeout", TIMEOUT_S)
        return subprocess.run(list(map(str, command)), cwd=self.directory, preexec_fn=limit, text=True,
                              errors="replace", **options)

    def compile(self, *arguments, **options):
        """`wasmc ARGUMENTS`, with bounded memory where no program runs, which would reserve address space."""
        memory = None if arguments[0] in ("run", "wast") else MEMORY_BYTES
        return self.run(self.wasmc, *arguments, memory=memory, **options)

    def build(self, *arguments, **options):
        result = self.compile("build", "-o", "program", *arguments, **options)
        expect(result.returncode == 0, f"build: status {result.returncode}: {result.stderr[-400:]}")
        return self.directory / "program"


# Linking


@test
def forged_references(context):
    words = ["--preload", f"lib={FAULTS}/linking/forge-lib.wat", FAULTS / "linking/forge-main.wat"]
    for command in (["build", "--invoke", "jump", "-o", "program"], ["run", "--interp"], ["run"]):
        result = context.compile(*command, *words)
        expect(result.returncode == 1 and "unlinkable: incompatible import type" in result.stderr,
               f"{command}: {result.returncode} {result.stderr}")


@test
def concrete_globals(context):
    for main in ("supertype-global-main", "same-type-other-index-main"):
        words = ["--preload", f"a={FAULTS}/linking/concrete-global-lib.wat", FAULTS / f"linking/{main}.wat"]
        expect(context.run(context.build(*words)).returncode == 0, main)
        result = context.compile("run", "--interp", *words)
        expect(result.returncode == 0, result.stderr)


@test
def table_minimum(context):
    for engine in ("native", "interpreter"):
        result = context.compile("wast", "--engine", engine, FAULTS / "linking/table-minimum.wast")
        expect(result.returncode == 0, f"{engine}: {result.stdout}{result.stderr}")


# Compile time


@test
def chained_vector_operations(context):
    context.build("-O2", FAULTS / "compile-time/pop5000.wasm", cpu_s=20)


@test
def live_vectors(context):
    context.build("-O2", FAULTS / "compile-time/lcv20000.wasm", cpu_s=20)
    context.build("-O0", FAULTS / "compile-time/frame5000.wasm", cpu_s=20)


@test
def many_locals(context):
    module = context.directory / "locals.wasm"
    with open(module, "wb") as output:
        subprocess.run([sys.executable, FAULTS / "compile-time/locals.py", "49999"], stdout=output, check=True)
    context.build("-O0", "--invoke", "f", module, cpu_s=30)


@test
def many_tables(context):
    result = context.compile("build", "-o", "program", FAULTS / "compile-time/tables.wat", cpu_s=20)
    program = context.directory / "program"
    expect(result.returncode == 1 or result.returncode == 0 and program.stat().st_size < 10 << 20,
           f"status {result.returncode}: {result.stderr[-300:]}")


@test
def endless_input(context):
    for command in (["build", "-o", "program"], ["validate"], ["inspect"], ["wasm2wat"], ["wat2wasm", "-o", "m.wasm"]):
        with open("/dev/zero", "rb") as zero:
            by_name = context.compile(*command, "/dev/zero")
            by_stream = context.compile(*command, "-", stdin=zero)
        for result in (by_name, by_stream):
            expect(result.returncode in (1, 2) and result.stderr + result.stdout, f"{command}: {result.returncode}")


# Run time


def both_engines(context, file, *arguments):
    yield "native", context.run(context.build(file), *arguments)
    yield "interpreted", context.compile("run", "--interp", file, *arguments)


@test
def swizzle_everywhere(context):
    for cpu in ("x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"):
        context.build("--target-cpu", cpu, FAULTS / "runtime/swizzle-x86-64.wat")
    context.build("--target-cpu", "x86-64-v2", "--target-feature", "-ssse3", FAULTS / "runtime/swizzle-x86-64.wat")


@test
def store_before_trap(context):
    for level in ("-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"):
        for bounds in ("guard", "explicit"):
            result = context.compile("wast", "--engine", "native", level, "--bounds", bounds,
                                     FAULTS / "runtime/store-before-trap.wast")
            expect(result.returncode == 0, f"{level} {bounds}: {result.stdout}{result.stderr}")


@test
def exit_statuses(context):
    for engine, result in both_engines(context, FAULTS / "runtime/exit-64.wat"):
        expect(result.returncode == 64, f"{engine}: {result.returncode}")
    for engine, result in both_engines(context, FAULTS / "runtime/exit-256.wat"):
        expect(result.returncode != 0, f"{engine}: success")


@test
def start_with_parameter(context):
    file = FAULTS / "runtime/start-with-parameter.wat"
    for command in (["build", "-o", "program"], ["run"], ["run", "--interp"]):
        result = context.compile(*command, file)
        expect(result.returncode == 1 and "_start" in result.stderr, f"{command}: {result.returncode} {result.stderr}")


@test
def seekdir(context):
    sources = ["clang-22", "--target=wasm32-wasi", "-O1", "-o", "seekdir.wasm", FAULTS / "runtime/seekdir.c"]
    if not shutil.which("clang-22") or context.run(*sources).returncode != 0:
        raise Skipped("clang cannot compile for WASI")
    entries = context.directory / "q"
    entries.mkdir()
    for number in range(20):
        (entries / f"file-{number}").touch()
    program = context.build("seekdir.wasm", "--dir", f"{entries}::/q")
    for result in (context.run(program), context.compile("run", "--interp", "--dir", f"{entries}::/q", "seekdir.wasm")):
        expect(result.returncode == 0 and "ok" in result.stdout, result.stdout + result.stderr)


@test
def timeout_with_blocked_stderr(context):
    program = context.build(FAULTS / "runtime/timeout-blocked-stderr.wat")
    for mask in (None, {"SIGALRM"}):
        reader, writer = os.pipe()
        process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {program}"] if mask is None else [sys.executable, "-c", (
                "import os, signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); "
                f"os.execv({str(program)!r}, ['program'])")],
            stderr=writer, env={**os.environ, "WASMC_GRANTS": "--timeout 1s"}, cwd=context.directory)
        os.close(writer)
        try:
            expect(process.wait(timeout=60) != 0, "success")
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failed("it never ends")
        finally:
            os.close(reader)


@test
def tables_beyond_max_memory(context):
    program = context.build(FAULTS / "runtime/tables-beyond-max-memory.wat")
    environment = {**os.environ, "WASMC_GRANTS": "--max-memory 64KiB"}
    result = context.run(program, env=environment)
    # `table.grow` gives -1, and the guest says so with `unreachable`.
    expect(result.returncode == 134 and "unreachable" in result.stderr, f"{result.returncode} {result.stderr}")


@test
def go_http_server(context):
    go = shutil.which("go")
    if not go:
        raise Skipped("Go is absent")
    environment = {**os.environ, "GOOS": "wasip1", "GOARCH": "wasm", "GOCACHE": str(context.directory / "cache"),
                   "GOFLAGS": "-mod=mod", "GO111MODULE": "off"}
    source = context.directory / "server.go"
    shutil.copy(FAULTS / "runtime/go-http-listener.go", source)
    built = context.run(go, "build", "-o", "server.wasm", source, env=environment, cpu_s=600, timeout=600)
    if built.returncode != 0:
        raise Skipped("Go cannot compile for WASI: " + built.stderr[-200:])
    program = context.build("server.wasm", "-O1", cpu_s=400, timeout=600)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen([str(program)], stderr=subprocess.DEVNULL,
                              env={**os.environ, "WASMC_GRANTS": f"--tcplisten 127.0.0.1:{port}"})
    try:
        while server.poll() is None:  # until it listens
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        for number in range(1, 6):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/x", timeout=20) as answer:
                expect(answer.read() == f"hello /x {number}\n".encode(), "another answer")
    except OSError as error:
        raise Failed(f"no answer: {error}")
    finally:
        server.kill()
        server.wait()


# Messages


# Sockets of WasmEdge, which were not provided when it was filed.
PROVIDED_SINCE = {"edge.wat"}


@test
def foreign_inputs(context):
    for file in sorted((FAULTS / "messages").iterdir()):
        if file.suffix == ".py":
            continue
        for name in (file.name, "renamed"):
            copy = context.directory / name
            shutil.copy(file, copy)
            before = copy.read_bytes()
            result = context.compile("build", copy)
            # Without the suffix, the output would have the input's name.
            expected = (0,) if file.name in PROVIDED_SINCE and name == file.name else (1, 2)
            expect(result.returncode in expected, f"{file.name}: status {result.returncode}")
            expect(result.stderr.count("error: ") + result.stderr.count("unlinkable: ") <= 1
                   and "unknown operator" not in result.stderr, f"{file.name}: {result.stderr}")
            expect(copy.read_bytes() == before, f"{file.name} was overwritten")


@test
def many_notes(context):
    subprocess.run([sys.executable, FAULTS / "messages/many-notes-elf.py"], cwd=context.directory, check=True)
    for file in sorted(context.directory.glob("*.elf")):
        result = context.compile("inspect", file, cpu_s=5)
        expect(result.returncode == 1, f"{file.name}: status {result.returncode}: {result.stderr[-200:]}")


def main():
    parser = argparse.ArgumentParser(description="run the inputs that failed once")
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--filter", default="", metavar="REGEX")
    options = parser.parse_args()
    if not FAULTS.is_dir():
        print("../shared/faults is absent: its inputs are left out")
        print("0 passed, 0 failed")
        return 0
    passed = failed = 0
    for function in TESTS:
        if not re.search(options.filter, function.__name__):
            continue
        with tempfile.TemporaryDirectory(prefix="wasmc-faults-") as directory:
            try:
                function(Context(options.wasmc.resolve(), Path(directory)))
                passed += 1
            except Skipped as reason:
                print(f"{function.__name__} is left out: {reason}")
            except (Failed, subprocess.SubprocessError) as error:
                failed += 1
                print(f"{function.__name__}: {error}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
