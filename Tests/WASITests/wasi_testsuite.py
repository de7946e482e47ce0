#!/usr/bin/env python3
"""Runs the prebuilt tests of ../shared/wasi-testsuite (preview1 and wasi-threads) as compiled executables.

Every test gets a fresh copy of its root directory, preopened as `/`, and an environment of its own.
Format: ../shared/wasi-testsuite/SPECIFICATION.md. Ends with `N passed, N failed`.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

PACKAGE = pathlib.Path(__file__).resolve().parents[2]
SUITE = PACKAGE.parent / "shared" / "wasi-testsuite"
LANGUAGES = ("c", "rust", "assemblyscript", "wasi-threads")
TIMEOUT_SECONDS = 60


def specification(wasm):
    path = wasm.with_suffix(".json")
    given = json.loads(path.read_text()) if path.exists() else {}
    return {"args": [], "root": None, "env": {}, "exit_code": 0, "stderr": "", "stdout": "", **given}


def fresh_root(source, target):
    """A copy without what earlier runs or git left behind; a missing root is created."""
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        target.mkdir()
    for path in list(target.rglob("*.cleanup")):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for keep in list(target.rglob(".keep")):
        keep.unlink()


def command(options, wasm, scratch):
    """The program to start, ahead of its arguments."""
    if options.engine == "interp":
        return [options.wasmc, "run", "--interp"], True
    program = scratch / "program"
    build = [options.wasmc, "build", str(wasm), "-o", str(program), "-O", options.O, "--bounds", options.bounds]
    subprocess.run(build, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    return [str(program)], False


def run(options, wasm):
    spec = specification(wasm)
    with tempfile.TemporaryDirectory() as directory:
        scratch = pathlib.Path(directory)
        grants = []
        if spec["root"] is not None:
            fresh_root(wasm.parent / spec["root"], scratch / "root")
            grants += ["--dir", f"{scratch / 'root'}::/"]
        for name, value in spec["env"].items():
            grants += ["--env", f"{name}={value}"]
        try:
            argv, is_run = command(options, wasm, scratch)
        except subprocess.CalledProcessError as error:
            return f"wasmc build: {error.stderr.decode(errors='replace').strip()}"
        environment = {} if is_run else {"WASMC_GRANTS": shlex.join(grants)}
        argv = argv + (grants + [str(wasm)] if is_run else []) + spec["args"]
        # Threads that read are to wait: nothing ever comes.
        silent, open_end = os.pipe() if wasm.parent.name == "wasi-threads" else (subprocess.DEVNULL, None)
        try:
            done = subprocess.run(argv, env=environment, capture_output=True, timeout=TIMEOUT_SECONDS, stdin=silent)
        except subprocess.TimeoutExpired:
            return f"no end after {TIMEOUT_SECONDS} s"
        finally:
            if open_end is not None:
                os.close(silent)
                os.close(open_end)
        if done.returncode != spec["exit_code"]:
            return f"exit status {done.returncode}, expected {spec['exit_code']}: {done.stderr.decode(errors='replace')[-300:]}"
        for stream, actual in (("stdout", done.stdout), ("stderr", done.stderr)):
            if spec[stream] and actual.decode(errors="replace") != spec[stream]:
                return f"{stream} is {actual!r}, expected {spec[stream]!r}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wasmc", required=True, help="the compiler to test")
    parser.add_argument("--engine", choices=("native", "interp"), default="native")
    parser.add_argument("-O", default="0", help="optimization level; default 0")
    parser.add_argument("--bounds", choices=("guard", "explicit"), default="guard")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.wasmc = str(pathlib.Path(options.wasmc).resolve())
    if not SUITE.is_dir():
        print("../shared/wasi-testsuite is absent: the WASI tests are left out")
        print("0 passed, 0 failed")
        return 0
    tests = [wasm for language in LANGUAGES for wasm in sorted((SUITE / language).glob("*.wasm"))]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for wasm, failure in zip(tests, pool.map(lambda wasm: run(options, wasm), tests)):
            if failure:
                failed += 1
                print(f"FAIL {wasm.parent.name}/{wasm.stem}: {failure}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
