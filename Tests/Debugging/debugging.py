#!/usr/bin/env python3
"""Sessions of debuggers with executables of `wasmc build -g`.

    debugging.py --wasmc PATH [--filter RE] [--keep DIR]

Programs in C and Rust are built here with debug information, at -O0 and -O2, compiled at both levels, and looked at with
gdb, lldb, perf, valgrind and LLVM's tools. What is not installed is left out, with one line that says so. The last line is
`N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SDK = Path(os.environ.get("WASI_INCLUDE", "/usr/include/wasm32-wasi"))
RUSTC = os.environ.get("RUSTC", "/usr/bin/rustc")


class Session:
    """What has been found out, and where things are."""

    def __init__(self, options, directory):
        self.wasmc, self.directory = Path(options.wasmc).resolve(), directory
        self.filter = re.compile(options.filter)
        self.passed = self.failed = 0
        self.missing = set()

    def has(self, *tools):
        """Whether tools are installed; says once of each that is not."""
        for tool in tools:
            found = Path(tool).exists() if "/" in tool else shutil.which(tool)
            if not found:
                if tool not in self.missing:
                    print(f"debugging: no {tool}: what it shows is not tested")
                self.missing.add(tool)
                return False
        return True

    def run(self, *command, **more):
        more.setdefault("timeout", 120)
        return subprocess.run([str(word) for word in command], cwd=self.directory, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)

    def check(self, name, output, *patterns, absent=()):
        """Whether the lines of an output match patterns, in this order."""
        position, wrong = 0, None
        for pattern in patterns:
            found = re.compile(pattern, re.MULTILINE).search(output, position)
            if found is None:
                wrong = f"no `{pattern}`"
                break
            position = found.end()
        for pattern in absent:
            if re.search(pattern, output, re.MULTILINE):
                wrong = f"unexpected `{pattern}`"
        if wrong is None:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {name}: {wrong} in\n{output[-4000:]}")

    # Programs

    def module(self, source, *flags):
        """A module with debug information; None when its compiler is not there."""
        name = f"{Path(source).stem}{''.join(flags)}.wasm"
        if (self.directory / name).exists():
            return name
        if source.endswith(".rs"):
            if not self.has(RUSTC):
                return None
            command = [RUSTC, "--target", "wasm32-wasi", "-g", *flags, HERE / source, "-o", name]
        else:
            if not self.has("clang-22", str(SDK)):
                return None
            command = ["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-g", *flags,
                       HERE / source, "-o", name]
        result = self.run(*command)
        if result.returncode != 0:
            self.check(f"{name} builds", result.stdout, r"\A\Z")
            return None
        return name

    def executable(self, module, *flags, name=None):
        path = self.directory / (name or (Path(module).stem + "".join(flags)).replace(" ", ""))
        result = self.run(self.wasmc, "build", *flags, module, "-o", path)
        if result.returncode != 0:
            self.check(f"{path.name} is compiled", result.stdout, r"\A\Z")
        return path

    def gdb(self, executable, *commands):
        words = ["gdb", "-q", "-nx", "-batch", "-iex", f"add-auto-load-safe-path {self.directory}",
                 "-iex", "set debuginfod enabled off", "-ex", "set pagination off", "-ex", "set width 0"]
        for command in commands:
            words += ["-ex", command]
        return self.run(*words, executable).stdout

    def lldb(self, executable, *commands):
        words = ["lldb-22", "--no-lldbinit", "--batch"]
        for command in commands:
            words += ["-o", command]
        return self.run(*words, executable).stdout


# C


def c_unoptimized(session):
    module = session.module("list.c", "-O0")
    if module is None or not session.has("gdb"):
        return
    program = session.executable(module, "-O0", "-g")
    output = session.gdb(program, "break total", "break list.c:40", "run", "bt 2", "next", "info args", "info locals",
                         "next", "next", "next", "info locals", "finish", "continue", "info locals", "p list->next->value",
                         "p *list", "p list->name", "p &p", "p b", "next")
    session.check("C -O0: a function's breakpoint is behind its prologue", output,
                  r"^Breakpoint 1, total \(list=\(node ?\*\) 0x\w+, factor=3\) at .*list\.c:16$",
                  r"^#0 +total \(list=.*, factor=3\) at .*list\.c:16$", r"^#1 .* main \(argc=1, argv=.*\) at .*list\.c:39$")
    session.check("C -O0: steps, parameters and locals", output, r"^17\b.*for \(struct node", r"^factor = 3$", r"^sum = 0$",
                  r"^n = \(node ?\*\) 0x", r"^sum = \d+$", r"^Value returned is .* = \d+$")
    session.check("C -O0: a line's breakpoint, and values of all kinds", output,
                  r"^Breakpoint 2, main \(argc=1, argv=.*\) at .*list\.c:40$", r"^p = \{x = 3, y = 4, weight = 2\.5\}$",
                  r"^colour = BLUE$", r"^b = \{low = 5, high = 17, rest = -3\}$", r"^numbers = \{10, 20, 30, 1\}$",
                  r"^result = \d+$", r"= 300$", r"= \{next = \(node ?\*\) 0x\w+, value = 10, name = .* \"item\"\}$",
                  r"\"item\"$", r"^\$\d+ = \(point \*\) 0x", r"= \{low = 5, high = 17, rest = -3\}$", r"^41\b.*return 0")


def c_inlined(session):
    module = session.module("list.c", "-O0")
    if module is None or not session.has("gdb"):
        return
    for level in ("-O0", "-O2"):
        program = session.executable(module, level, "-g")
        output = session.gdb(program, "break scale", "run", "bt 3", "finish", "info symbol scale")
        session.check(f"C {level}: a function that is inlined has a frame", output, r"^Breakpoint 1, .*scale \(",
                      r"^#0 +scale \(.*\) at .*list\.c:1[12]$", r"^#1 .*total \(.*\) at .*list\.c:18$",
                      r"^#2 .*main \(.*\) at .*list\.c:39$")


def c_optimized(session):
    module = session.module("list.c", "-O2")
    if module is None or not session.has("gdb"):
        return
    program = session.executable(module, "-O2", "-g")
    output = session.gdb(program, "break total", "break list.c:19", "run", "bt 2", "continue", "bt 2", "next")
    session.check("C -O2: functions, lines and backtraces", output, r"^Breakpoint \d+, .*total \(.*\) at .*list\.c:1\d$",
                  r"^#0 .*total \(.*\) at .*list\.c:1\d$", r"^#1 .*main \(.*\) at .*list\.c:39$",
                  r"^Breakpoint \d+, .*total \(.*\) at .*list\.c:19$", r"^(1[789])\b")
    for level in ("-O0", "-O2"):
        program = session.executable(module, level, "-g")
        output = session.gdb(program, "break total", "break list.c:40", "run", "info args", "info locals", "p *$guest(list)",
                             "continue", "info locals")
        session.check(f"C -O2, {level}: parameters and variables in locals", output,
                      r"^Breakpoint 1, total \(list=\(node ?\*\) 0x\w+, factor=3\) at .*list\.c:17$",
                      r"^list = \(node ?\*\) 0x", r"^factor = 3$", r"^n = \(node ?\*\) 0x", r"^sum = 0$",
                      r"= \{next = \(node ?\*\) 0x\w+, value = 10, name = .* \"item\"\}$", r"^Breakpoint 2, main \(",
                      r"^result = 1734$")


def c_lldb(session):
    """A pointer of the guest is a structure with the number that it is."""
    module = session.module("list.c", "-O0")
    if module is None or not session.has("lldb-22"):
        return
    program = session.executable(module, "-O0", "-g")
    output = session.lldb(program, "breakpoint set --name total", "breakpoint set --file list.c --line 40", "run", "bt 2",
                          "next", "frame variable", "finish", "continue", "frame variable", "next")
    session.check("lldb, C -O0: a function's breakpoint, steps, parameters and locals", output,
                  r"stop reason = breakpoint 1\.1\n.*total\(list=\(__guest = \d+\), factor=3\) at list\.c:16:",
                  r"frame #1: .*main\(argc=1, .*\) at list\.c:39:", r"stop reason = step over\n.*total\(.* at list\.c:17:",
                  r"^\(int\) factor = 3$", r"^\(int\) sum = 0$", r"^\(node \*\) n = \(__guest = \d+\)$",
                  r"^Return value: \(int\) .* = 1734$")
    session.check("lldb, C -O0: a line's breakpoint, and values of all kinds", output,
                  r"stop reason = breakpoint 2\.1\n.*main\(argc=1, .*\) at list\.c:40:",
                  r"^\(point\) p = \(x = 3, y = 4, weight = 2\.5\)$", r"^\(colour\) colour = BLUE$",
                  r"^\(bits\) b = \(low = 5, high = 17, rest = -3\)$",
                  r"^\(int\[4\]\) numbers = \(\[0\] = 10, \[1\] = 20, \[2\] = 30, \[3\] = 1\)$", r"^\(int\) result = 1734$",
                  r"stop reason = step over\n.* at list\.c:41:")
    for module in (module, session.module("list.c", "-O2")):
        program = session.executable(module, "-O2", "-g")
        output = session.lldb(program, "breakpoint set --name scale", "run", "bt 3")
        session.check(f"lldb, {module} -O2: a function that is inlined has a frame", output,
                      r"^  \* frame #0: .*`scale.* at list\.c:1[12]:\d+ \[inlined\]$",
                      r"^    frame #1: .*`total\(.*\) at list\.c:18:", r"^    frame #2: .*`main\(.*\) at list\.c:39:")


# Rust


def rust_lldb(session):
    module = session.module("shapes.rs", "-C", "opt-level=2") if session.has(RUSTC) else None
    if module is None or not session.has("lldb-22"):
        return
    program = session.executable(module, "-O2", "-g")
    output = session.lldb(program, "breakpoint set --file shapes.rs --line 18", "breakpoint set --name rust_panic", "run more",
                          "bt 2", "breakpoint delete 1", "continue", "bt")
    session.check("lldb, Rust -O2: a line's breakpoint, and a panic's backtrace that reaches the user's line", output,
                  r"^  \* frame #0: .*`shapes::total.* at shapes\.rs:18:", r"^    frame #1: .*`shapes::main.* at shapes\.rs:26:",
                  r"stop reason = breakpoint 2", r"^    frame #\d+: .*`shapes::main.* at shapes\.rs:28:")


def rust(session):
    for opt, level in (("0", "-O0"), ("2", "-O2")):
        module = session.module("shapes.rs", "-C", f"opt-level={opt}") if session.has(RUSTC) else None
        if module is None or not session.has("gdb"):
            return
        # Functions without all of their parameters, inlined by one compiler or the other.
        other = session.executable(module, "-O2" if level == "-O0" else "-O0", "-g")
        session.check(f"Rust {level}: the other level", session.run(other).stdout, r"^\d+$")
        program = session.executable(module, level, "-g")
        output = session.gdb(program, "break shapes.rs:18", "break rust_panic", "run more", "bt 3", "info locals", "next",
                             "delete 1", "continue", "bt")
        session.check(f"Rust {level}: a line's breakpoint and a backtrace", output,
                      r"^Breakpoint 1, shapes::total .*shapes\.rs:18$", r"^#0 +shapes::total .*shapes\.rs:18$",
                      r"^#1 .*shapes::main .*shapes\.rs:26$")
        session.check(f"Rust {level}: a panic's backtrace reaches the user's line", output,
                      r"^Breakpoint 2, .*panic", r"^#\d+ .*shapes::main .*shapes\.rs:28$")
        if level == "-O0":
            session.check("Rust -O0: locals", output, r"^sum = \d+$")
            output = session.gdb(program, "break shapes::doubled", "run", "bt 3")
            session.check("Rust -O0: a function that is inlined has a frame", output,
                          r"^#0 +shapes::doubled .*shapes\.rs:\d+$", r"^#1 .*shapes::total .*shapes\.rs:17$",
                          r"^#2 .*shapes::main .*shapes\.rs:26$")


# Symbols and tools


def symbols(session):
    module = session.module("list.c", "-O2")
    if module is None:
        return
    text = HERE / "names.wat"
    program = session.executable(text, "-O0", "-g", name="names")
    if session.has("llvm-nm-22"):
        output = session.run("llvm-nm-22", program).stdout
        session.check("names of the name section are symbols; those that would move a cursor are not", output,
                      r" t plain name$", absent=["\x1b", r" wasm\.0\.func\.", "ends\n"])
        session.check("control characters are written out", output, r" t hostile\\x1b\[31m\\xa_$")
    session.check("hostile names do no harm", session.run(program).stdout, r"^$")
    if session.has("llvm-symbolizer-22"):
        program = session.executable(module, "-O2", "-g")
        output = session.run("llvm-dwarfdump-22", "--debug-line", program).stdout
        addresses = re.findall(r"^(0x\w+) +19 ", output, re.MULTILINE)
        output = session.run("llvm-symbolizer-22", f"--obj={program}", *addresses).stdout
        session.check("LLVM's symbolizer names functions, inlined ones too, and lines", output,
                      r"^total\n.*list\.c:19:\d+\nmain\n.*list\.c:39:\d+$")
        output = session.run("llvm-dwarfdump-22", "--verify", "--error-display=summary", program).stdout
        # Strings that share their ends with others are the linker's work.
        session.check("LLVM finds nothing wrong", output, r"Verifying", absent=[r"error: (?!.*str_offsets|Aggregated|Section)"])


def traps(session):
    """Places of traps do not change, at any level, with either kind of bounds."""
    module = session.module("traps.c", "-O2")
    if module is None:
        return
    for flags in (("-O0",), ("-O2",), ("-O2", "--bounds", "explicit")):
        plain = session.executable(module, *flags, name="traps")
        expected = [session.run(plain, str(kind)).stdout for kind in range(1, 6)]
        described = session.executable(module, *flags, "-g", name="traps")
        found = [session.run(described, str(kind)).stdout for kind in range(1, 6)]
        for kind in range(5):
            session.check(f"traps {flags}: {kind + 1}", found[kind], f"^{re.escape(expected[kind])}$")


def valgrind(session):
    module = session.module("list.c", "-O2")
    if module is None or not session.has("valgrind"):
        return
    program = session.executable(module, "-O2", "--bounds", "explicit", "-g")
    expected = session.run(program).stdout
    output = session.run("valgrind", program).stdout
    session.check("valgrind runs a program with explicit bounds", output, re.escape(expected), r"ERROR SUMMARY: 0 errors")


def perf(session):
    module = session.module("list.c", "-O2")
    if module is None or not session.has("perf"):
        return
    program = session.executable(HERE / "names.wat", "-O0", "-g", name="names")
    data = session.directory / "perf.data"
    recorded = session.run("perf", "record", "-q", "-e", "cpu-clock:u", "-o", data, program)
    if recorded.returncode != 0 or not data.exists():
        print("debugging: perf may not record here: what it shows is not tested")
        return
    output = session.run("perf", "report", "--stdio", "-i", data, "--sort", "symbol").stdout
    session.check("perf shows the guest's names", output, r"plain name")


PARTS = [c_unoptimized, c_inlined, c_optimized, c_lldb, rust, rust_lldb, symbols, traps, valgrind, perf]


def main():
    parser = argparse.ArgumentParser(description="debug executables")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--filter", default="", metavar="RE", help="only these parts")
    parser.add_argument("--keep", metavar="DIR", help="where everything is built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(options.keep or temporary).resolve()
        directory.mkdir(exist_ok=True)
        session = Session(options, directory)
        for part in PARTS:
            if session.filter.search(part.__name__):
                part(session)
    print(f"{session.passed} passed, {session.failed} failed")
    return 1 if session.failed else 0


if __name__ == "__main__":
    sys.exit(main())
