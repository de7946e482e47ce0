#!/usr/bin/env python3
"""A disk that is full, for temporary files and for output.

    full_disk.py --wasmc PATH

Each command ends with one message, status 1, and nothing left behind: not a part of the output, not a temporary file. As
root this is tried on file systems of some pages, where everything that can fail does at some size; without that, and
besides, with the limit on file sizes (RLIMIT_FSIZE).
"""

import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

MODULE = """(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "%s")
  (func (export "_start") (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
""" % ("x" * 9000)
# LLVM's words when it crashes.
CRASH_WORDS = ["PLEASE", "Stack dump", "LLVM ERROR", "Program arguments"]
TIMEOUT_S = 120


class Tests:
    def __init__(self, wasmc, directory):
        self.wasmc = str(wasmc)
        self.directory = directory
        self.passed = self.failed = 0
        (directory / "a.wat").write_text(MODULE)
        (directory / "a.wast").write_text(MODULE + '(assert_trap (module (func unreachable) (start 0)) "unreachable")\n')

    def check(self, condition, what):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {what}")

    def run(self, arguments, temporary, limit=None):
        def set_limit():
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return subprocess.run([self.wasmc, *arguments], cwd=self.directory, stdin=subprocess.DEVNULL,
                              env={"PATH": "/usr/bin:/bin", "TMPDIR": str(temporary)}, capture_output=True,
                              timeout=TIMEOUT_S, preexec_fn=set_limit, check=False)

    def check_failure(self, done, what):
        text = done.stderr.decode("utf-8", "backslashreplace")
        said = not any(word in text for word in CRASH_WORDS) and len(text.splitlines()) == 1
        self.check(done.returncode == 1 and said, f"{what}: one message and status 1: {done.returncode}: {text[:1000]}")

    def check_build(self, done, what, output, temporary):
        """Whatever room there was: done, or nothing. Returns whether it was done."""
        if done.returncode == 0:
            self.check(output.exists() and output.read_bytes()[:4] != b"old\n", f"{what}: succeeded without output")
        else:
            self.check_failure(done, what)
            self.check(output.read_text() == "old\n", f"{what}: the older output is as it was")
        left = [path for path in temporary.iterdir() if path.name.startswith(("wasmc-", "."))]
        self.check(not left, f"{what}: nothing is left behind: {left}")
        return done.returncode == 0

    def full_temporary(self, small):
        """The temporary directory has room for nothing, the objects, a part of the executable, all of it."""
        done = []
        for pages in list(range(1, 14)) + [64]:
            with Mount(small, pages):
                output = self.directory / "app"
                output.write_text("old\n")
                what = f"build, {pages} pages for temporary files"
                done.append(self.check_build(self.run(["build", "a.wat", "-o", "app"], small), what, output, small))
        self.check(not done[0] and done[-1], f"too little room and enough were both tried: {done}")
        with Mount(small, 2):
            self.check_failure(self.run(["run", "a.wat"], small), "run")
            done = self.run(["wast", "--engine", "native", "a.wast"], small)
            text = (done.stdout + done.stderr).decode("utf-8", "backslashreplace")
            self.check(done.returncode == 1 and not any(word in text for word in CRASH_WORDS), f"wast: {text[:1000]}")
            self.check(not list(small.iterdir()), "run and wast leave nothing behind")

    def full_output(self, small):
        temporary = self.directory / "tmp"
        for command, name in [(["build", "a.wat"], "app"), (["build", "--emit", "obj", "a.wat"], "app"),
                              (["build", "--emit", "asm", "a.wat"], "app"), (["wat2wasm", "a.wat"], "a.wasm"),
                              (["wasm2wat", "a.wat"], "b.wat")]:
            done = []
            for pages in [2, 3, 4, 5, 6, 64]:
                with Mount(small, pages):
                    output = small / name
                    output.write_text("old\n")
                    what = f"{' '.join(command)}, {pages} pages for output"
                    done.append(self.check_build(self.run([*command, "-o", str(output)], temporary), what, output, small))
            self.check(not done[0] and done[-1], f"{command}: too little room and enough were both tried: {done}")

    def small_files(self):
        temporary = self.directory / "tmp"
        for command, name in [(["build", "a.wat"], "app"), (["build", "--emit", "obj", "a.wat"], "app"),
                              (["wat2wasm", "a.wat"], "a.wasm"), (["wasm2wat", "a.wat"], "b.wat")]:
            done = []
            for limit in [1024, 8192, 9000, 1 << 20]:
                output = self.directory / name
                output.write_text("old\n")
                what = f"{' '.join(command)}, files of at most {limit} bytes"
                done.append(self.check_build(
                    self.run([*command, "-o", name], temporary, limit), what, output, temporary))
            left = [path.name for path in self.directory.iterdir() if path.name.endswith(".tmp")]
            self.check(not left, f"{command}: nothing is left behind: {left}")
            self.check(not done[0] and done[-1], f"{command}: too small and large enough were both tried: {done}")


class Mount:
    """A file system of some pages."""

    def __init__(self, path, pages):
        self.path = path
        self.pages = pages

    def __enter__(self):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.pages * 4}k", "tmpfs", str(self.path)], check=True,
                       stderr=subprocess.DEVNULL)

    def __exit__(self, *_):
        subprocess.run(["umount", str(self.path)], check=True)


def can_mount(path):
    try:
        with Mount(path, 1):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wasmc", required=True, type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        for part in ["small", "tmp"]:
            (directory / part).mkdir()
        tests = Tests(options.wasmc.resolve(), directory)
        if can_mount(directory / "small"):
            tests.full_temporary(directory / "small")
            tests.full_output(directory / "small")
        else:
            print("file systems cannot be mounted: a full disk is not tried")
        tests.small_files()
    print(f"{tests.passed} passed, {tests.failed} failed")
    return tests.failed != 0


if __name__ == "__main__":
    sys.exit(main())
