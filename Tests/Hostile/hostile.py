#!/usr/bin/env python3
"""Hostile guests, as compiled executables: what they try must come to an errno or a trap, and a tree beside the granted
directories must stay as it is. README.md beside this file says what is tried. Ends with `N passed, N failed`.
"""

import argparse
import concurrent.futures
import os
import shlex
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import names
import pointers
import rules
import trees

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1]
GUESTS = ("escape", "rights", "descriptors", "exhaustion")
WASI_INCLUDE = os.environ.get("WASI_INCLUDE", "/usr/include/wasm32-wasi")
CLANG = os.environ.get("CLANG", "clang-22")
TIMEOUT_SECONDS = 120
NOBODY = 65534
OPENAT2 = "437"
ENOSYS, EPERM = 38, 1
TRAPPED = 134


@dataclass(frozen=True)
class Host:
    """Where a guest runs: as whom, on what kernel, sealed or not."""

    user: int
    missing: int  # the errno of openat2, 0 when it is there
    seal: str

    def __str__(self):
        resolver = f"openat2 fails with {self.missing}" if self.missing else "openat2"
        return f"user {self.user}, {resolver}, --seal {self.seal}"

    def command(self, launcher, program):
        missing = ["-e", str(self.missing), OPENAT2] if self.missing else []
        return [launcher, "-u", str(self.user), *missing, "--", program]


class Suite:
    """Counts cases and runs the tools."""

    def __init__(self, options, folder, tree_folder):
        self.compiler = str(Path(options.wasmc).resolve())
        self.jobs = options.jobs
        self.wasi_include = WASI_INCLUDE
        self.folder = folder
        self.trees = tree_folder
        self.passed = 0
        self.failed = 0
        self.named = set()
        self.lock = threading.Lock()

    def case(self, name, is_right, problem=None, where=""):
        """One case; `where`: the same case on another host is counted, but has no name of its own."""
        with self.lock:
            self.named.add(name)
            self.passed += bool(is_right)
            self.failed += not is_right
            if not is_right:
                print(f"FAIL {name}{f' ({where})' if where else ''}: {problem}", flush=True)

    def wasmc(self, *arguments, cwd=None):
        return subprocess.run([self.compiler, *map(str, arguments)], cwd=cwd,
                              capture_output=True, timeout=TIMEOUT_SECONDS)

    def build(self, source, program, *options):
        done = self.wasmc("build", source, "-o", program, *options)
        if done.returncode != 0:
            raise SystemExit(f"hostile: wasmc build {source}: {done.stderr.decode(errors='replace')}")
        os.chmod(program, 0o755)

    def build_guest(self, name):
        """A guest in C; where libc's part is more than a few calls, it is not hostile."""
        module, program = self.folder / f"{name}.wasm", self.folder / name
        command = [CLANG, "--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-nostdlibinc", "-isystem",
                   WASI_INCLUDE, "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-O1",
                   str(HERE / f"guests/{name}.c"), "-o", str(module)]
        subprocess.run(command, check=True)
        self.build(module, program)
        return program

    def run(self, host, program, grants, stdin=subprocess.DEVNULL, arguments=(), environment=None):
        grants = [*grants, "--seal", host.seal]
        return subprocess.run([*host.command(self.launcher, program), *arguments],
                              env={"WASMC_GRANTS": shlex.join(map(str, grants)), **(environment or {})}, stdin=stdin,
                              capture_output=True, cwd=self.folder, timeout=TIMEOUT_SECONDS)

    def build_launcher(self):
        """The tests' own: another user, system calls that fail."""
        self.launcher = str(self.folder / "host")
        source = PACKAGE / "runtime-c/tests/programs/host.c"
        subprocess.run([CLANG, "-std=c11", "-D_GNU_SOURCE", "-O1", source, "-o", self.launcher], check=True)


class Trees:
    """Granted, read-only and outside directories for one host."""

    def __init__(self, suite, user):
        self.directory = tempfile.TemporaryDirectory(dir=suite.trees)
        self.top = Path(self.directory.name)
        trees.make(self.top)
        if os.getuid() == 0:
            trees.give(self.top, user)
        self.canary = trees.Canary(self.top)
        self.grants = ["--dir", f"{self.top / 'granted'}::/", "--dir", f"{self.top / 'readonly'}::/ro::ro"]

    def check(self, suite, group, host):
        changes = self.canary.changes()
        suite.case(f"{group}/what lies outside is untouched", not changes, changes, host)
        self.directory.cleanup()


def run_guest(suite, host, name):
    """A guest that prints a line for each of its cases."""
    tree = Trees(suite, host.user)
    done = suite.run(host, suite.programs[name], [*tree.grants, "--max-files", "1024"])
    lines = done.stdout.decode(errors="replace").splitlines()
    for line in lines:
        verdict, _, rest = line.partition(" ")
        label, _, problem = rest.partition(": ")
        suite.case(label, verdict == "ok", problem, host)
    suite.case(f"{name}/ends", done.returncode == 0 and not done.stderr and len(lines) > 50,
               f"status {done.returncode}, {len(lines)} lines, {done.stderr[-300:]!r}", host)
    tree.check(suite, name, host)


def stdin_socket():
    """A connected stream with something to read, for the calls on sockets."""
    ours, theirs = socket.socketpair()
    ours.send(b"x" * 100)
    return ours, theirs


def run_pointer(suite, host, grants, case):
    ours, theirs = stdin_socket()
    try:
        done = suite.run(host, suite.programs["pointers"], [*grants, "--env",
                         "B=1", "--argv0", "a", "--invoke", case.export], stdin=theirs)
    finally:
        ours.close()
        theirs.close()
    trap = (re.escape(f"wasmc: trap: out of bounds memory access by a host call\n    in {case.function}\n")
            + r"    at func\[\d+\] <case_\d+> \(module offset 0x[0-9a-f]+\)\n").encode()
    if case.traps:
        is_right = done.returncode == TRAPPED and re.fullmatch(trap, done.stderr) and not done.stdout
    else:
        is_right = done.returncode == 0 and not done.stderr
    suite.case(case.name, is_right, f"status {done.returncode}, {done.stdout!r}, {done.stderr[-300:]!r}", host)


def run_pointers(suite, host, cases):
    tree = Trees(suite, host.user)
    with concurrent.futures.ThreadPoolExecutor(suite.jobs) as pool:
        list(pool.map(lambda case: run_pointer(suite, host, tree.grants, case), cases))
    tree.check(suite, "pointer", host)


def run_procfs(suite, host):
    done = suite.run(host, suite.programs["procfs"], ["--dir", "/::/"])
    for line in done.stdout.decode(errors="replace").splitlines():
        verdict, _, rest = line.partition(" ")
        suite.case(rest.partition(": ")[0], verdict == "ok", line, host)
    suite.case("procfs/ends", done.returncode == 0, done.stderr[-300:], host)
    done = suite.run(host, suite.programs["procfs"], ["--dir", "/proc/self::/"])
    suite.case("procfs/is not granted", done.returncode ==
               125 and b"procfs cannot be granted" in done.stderr, done.stderr, host)


FLOODS = {"100000 arguments": (["x"] * 100000, {}), "an argument of 128 KiB": (["y" * 131071], {}),
          "1 MiB of variables": ([], {f"V{n}": "z" * 1000 for n in range(1000)})}


def run_floods(suite, host):
    for name, (arguments, environment) in FLOODS.items():
        done = suite.run(host, suite.programs["flood"], ["--inherit-env", "--argv0", "a"], arguments=arguments,
                         environment=environment)
        counts = (1 + len(arguments), 2 + sum(len(a) + 1 for a in arguments))
        wanted = "%d %d" % counts
        given = done.stdout.decode(errors="replace").split()
        variables = sum(len(k) + len(v) + 2 for k, v in environment.items())
        is_right = done.returncode == 0 and " ".join(given[:2]) == wanted and len(given) == 4 \
            and (not environment or int(given[3]) >= variables)
        suite.case(f"exhaustion/{name}", is_right, f"{done.returncode}, {given}, {done.stderr[-200:]!r}", host)
        done = suite.run(host,
    suite.programs["flood"],
    ["--inherit-env",
    "--max-memory",
    "192KiB"],
    arguments=arguments,
     environment=environment)
        # wasi-libc cannot hold them, says so with its own exit status, and nothing is outside memory.
        suite.case(f"exhaustion/{name} in too little memory", done.returncode in (0, 70, 71, 1, TRAPPED)
                   and b"internal error" not in done.stderr, f"{done.returncode}, {done.stderr[-200:]!r}", host)


def hosts(suite, seal):
    users = [0, NOBODY] if os.getuid() == 0 else [os.getuid()]
    if len(users) == 1:
        print("hostile: not root, so only as this user")
    for user in users:
        for missing in (0, ENOSYS):
            for mode in (seal, "off"):
                yield Host(user, missing, mode)
        yield Host(user, EPERM, seal)


def missing_tools():
    found = [tool for tool in (CLANG, "wasm-ld-22", "llvm-nm-22") if shutil.which(tool) is None]
    return found + ([] if Path(WASI_INCLUDE, "wasi/api.h").exists() else ["wasi-libc"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wasmc", required=True, help="the compiler to test")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument(
    "--only",
     help="one group: escape, rights, descriptors, exhaustion, pointers, procfs, names, rules")
    options = parser.parse_args()
    if missing := missing_tools():
        print(f"hostile: left out, missing: {', '.join(missing)}\n0 passed, 0 failed")
        return 0
    os.umask(0o022)
    # Programs where they may be executed, trees where no disk has to be waited for.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="wasmc-hostile-") as directory, \
            tempfile.TemporaryDirectory(prefix="wasmc-hostile-", dir=memory) as tree_directory:
        suite = Suite(options, Path(directory), Path(tree_directory))
        os.chmod(directory, 0o755)
        os.chmod(tree_directory, 0o755)
        run_all(suite, options.only)
    print(f"{len(suite.named)} named cases")
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


def run_all(suite, only):
    def wanted(group):
        return only in (None, group)

    suite.build_launcher()
    generator = pointers.Generator(pointers.host_functions(PACKAGE / "runtime-c/include/wasmc"))
    (suite.folder / "pointers.wat").write_text(generator.generate())
    suite.programs = {name: suite.build_guest(name) for name in (*GUESTS, "procfs", "flood", *rules.GUESTS)}
    suite.programs["pointers"] = suite.folder / "pointers"
    suite.build(suite.folder / "pointers.wat", suite.programs["pointers"], "-O", "0", "--invoke", "case_0")
    seal = "require"
    probe = Host(os.getuid(), 0, seal)
    if suite.run(probe, suite.programs["flood"], []).returncode != 0:
        print("hostile: this kernel cannot seal completely; --seal auto instead of require")
        seal = "auto"
    for host in hosts(suite, seal):
        before = suite.passed + suite.failed
        for name in GUESTS:
            if wanted(name):
                run_guest(suite, host, name)
        if wanted("pointers"):
            run_pointers(suite, host, generator.cases)
        if wanted("procfs"):
            run_procfs(suite, host)
        if wanted("exhaustion"):
            run_floods(suite, host)
        print(f"hostile: {host}: {suite.passed + suite.failed - before} cases", flush=True)
    if wanted("names"):
        (suite.folder / "names").mkdir()
        names.check(suite, suite.folder / "names")
    if wanted("rules"):
        rules.check(suite, suite.trees / "rules", Host, seal)


if __name__ == "__main__":
    sys.exit(main())
