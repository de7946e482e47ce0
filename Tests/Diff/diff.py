#!/usr/bin/env python3
"""`wasmc diff`: programs that do the same on both engines, and planted differences that are found where they are.

    diff.py --wasmc WASMC [--jobs N] [--programs RE]

A difference is planted by compiling another module than the one that is interpreted (`--native`): a text in which a few
words of the other were replaced. What has to be named is the function that does it and the offset of the instruction.
The prebuilt programs in ../shared/programs are compared too, those whose name matches --programs.
Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

SHARED = Path(__file__).resolve().parents[3] / "shared" / "programs"
REGRESSIONS = Path(__file__).resolve().parents[1] / "Regressions"
# What takes less than a second.
QUICK = r"^wazero/(cat-(tinygo|zig|zig-cc)|print-args|wasi-env|exit-on-start.*|panic-tinygo|stdlib-zig-cc-poll)$|^wasmkit/"

PROGRAM = """(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (memory $other 1 1)
  (global $number (mut i64) (i64.const 7))
  (global $vector (mut v128) (v128.const i32x4 1 2 3 4))
  (data (i32.const 64) "hello\\n")
  (func $say
    (i32.store (i32.const 0) (i32.const 64))
    (i32.store (i32.const 4) (i32.const 6))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $listen (param $at i32)
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (i32.const 8))
    ;; The number of bytes lies in the buffer: by then the call has written there itself.
    (drop (call $fd_read (i32.const 0) (i32.const 16) (i32.const 1) (local.get $at))))
  (func $main (export "_start")
    (drop (call $random_get (i32.const 1000) (i32.const 100)))
    (drop (call $clock (i32.const 1) (i64.const 0) (i32.const 2000)))
    (call $listen (i32.const 3000))
    (call $say)
    (i64.store $other (i32.const 100) (i64.load (i32.const 2000)))
    (global.set $number (i64.load (i32.const 1000)))
    (global.set $vector (v128.load (i32.const 1008)))
    (i32.store8 (i32.const 0x1fffe) (i32.const 1))
    (drop (call $yield))
    (call $exit (i32.const 3))))
"""

TRAPS = """(module
  (memory (export "memory") 1)
  (func $divide (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func $work (export "_start")
    (i32.store (i32.const 8) (i32.const 5))
    (drop (call $divide (i32.const 1) (i32.load (i32.const 0)))))
)
"""

# Name, module, replacement, options, words of the message.
PLANTED = [
    ("an argument", PROGRAM, ("(i32.const 1) (i32.const 8)", "(i32.const 1) (i32.const 12)"), [],
     ["host call 4: argument 3 of fd_write differs", "native: 0xc; interpreter: 0x8", "func[7] <say>"]),
    ("another host function", PROGRAM, ("(drop (call $yield))", "(call $exit (i32.const 3))"), [],
     ["host call 5: host calls differ", "native: calls proc_exit; interpreter: calls sched_yield", "func[9] <main>"]),
    ("a host call less", PROGRAM, ("(drop (call $yield))\n    (call $exit (i32.const 3))", ""), [],
     ["host call 5: host calls differ", "native: ends with status 0; interpreter: calls sched_yield"]),
    ("a host call more", PROGRAM, ("(drop (call $yield))", "(drop (call $yield)) (drop (call $yield))"), [],
     ["host call 6: host calls differ", "native: calls sched_yield; interpreter: calls proc_exit"]),
    ("memory that is read", PROGRAM, ("(i32.const 4) (i32.const 6)", "(i32.const 4) (i32.const 5)"), [],
     ["memory that fd_write works on differs at address 0x4: native: 05 00 00 00; interpreter: 06 00 00 00",
      "<say>"]),
    ("a buffer that is read", PROGRAM, ('"hello\\n"', '"heLlo\\n"'), [],
     ["memory that fd_write works on differs at address 0x42: native: 4c 6c 6f 0a; interpreter: 6c 6c 6f 0a"]),
    ("exit status", PROGRAM, ("$exit (i32.const 3)", "$exit (i32.const 2)"), [],
     ["argument 0 of proc_exit differs: native: 0x2; interpreter: 0x3", "<main>"]),
    ("memory at the end", PROGRAM, ("0x1fffe) (i32.const 1)", "0x1ffff) (i32.const 1)"), [],
     ["memory 0 differs at the end in 2 bytes, first at address 0x1fffe: native: 00 01; interpreter: 01 00"]),
    ("another memory at the end", PROGRAM, ("$other (i32.const 100)", "$other (i32.const 108)"), [],
     ["memory 1 differs at the end", "first at address 0x6"]),
    ("the size of a memory", PROGRAM, ("(drop (call $yield))", "(drop (memory.grow (i32.const 1)))"), [],
     ["host call 5: host calls differ"]),
    ("a global at the end", PROGRAM, ("(global.set $number (i64.load (i32.const 1000)))",
                                      "(global.set $number (i64.load (i32.const 3000)))"), [],
     ["global 0 differs at the end"]),
    ("a vector at the end", PROGRAM, ("(v128.load (i32.const 1008))", "(v128.load (i32.const 1009))"), [],
     ["global 1 differs at the end"]),
    ("a trap in place of an end", TRAPS, ("(i32.store (i32.const 8) (i32.const 5))", "unreachable"), [],
     ["ends differ: native: traps: unreachable at module offset 0x", "interpreter: traps: integer divide by zero",
      "func[0] <divide>"]),
    ("no trap", TRAPS, ("i32.div_u", "i32.mul"), [],
     ["ends differ: native: ends with status 0; interpreter: traps: integer divide by zero", "<divide>"]),
    ("the place of a trap", TRAPS, ("(func $work", "(func (export \"longer\")) (func $work"), [],
     ["places of the trap differ: integer divide by zero: native: module offset 0x", "<divide>"]),
    ("memory after a trap", TRAPS, ("(i32.const 8) (i32.const 5)", "(i32.const 8) (i32.const 4)"),
     ["--traps", "exact"], ["memory 0 differs at the end in 1 byte, first at address 0x8"]),
]


class Suite(Checks):
    def diff(self, *words, text="", grants=None, cwd=None, timeout=300):
        result = subprocess.run([self.wasmc, "diff", *map(str, words)], input=text.encode(), capture_output=True,
                                cwd=cwd or self.place, env=environment(grants), timeout=timeout)
        return result.returncode, result.stdout.decode(errors="replace"), result.stderr.decode(errors="replace")

    def write(self, name, text):
        super().write(name, text)
        return name


def check_planted(suite):
    def check(number, planted):
        name, text, (old, new), options, words = planted
        assert old in text, old
        interpreted, native = suite.write(f"{number}.wat", text), suite.write(f"{number}n.wat", text.replace(old, new))
        for level in ("-O2", "-O0") if number % 4 == 0 else ("-O2",):
            status, _, error = suite.diff(level, *options, "--native", native, interpreted, text="12345678")
            suite.holds(f"planted: {name}, {level}",
                        status == 1 and "divergence: " in error and all(word in error for word in words),
                        (status, error))

    with ThreadPoolExecutor(suite.jobs) as pool:
        list(pool.map(lambda item: check(*item), enumerate(PLANTED)))
    status, _, error = suite.diff("--json", "--native", "6n.wat", "6.wat", text="12345678")
    found = json.loads(error)
    suite.holds("planted: as JSON", status == 1 and found["phase"] == "divergence" and "<main>" in found["function"],
                error)


def check_equal(suite):
    program, traps = suite.write("program.wat", PROGRAM), suite.write("traps.wat", TRAPS)
    for options in (["-O0"], ["-O1"], ["-O3", "--bounds", "explicit"], ["-Os", "--traps", "exact"], ["--seal", "off"],
                    ["--trace-wasi"], ["--max-memory", "1MiB", "--max-stack", "128KiB", "--inherit-env"]):
        status, out, error = suite.diff(*options, program, "x", text="12345678")
        suite.holds(f"equal: {' '.join(options)}", (status, out) == (0, "hello\n") and
                    "no divergence: 6 host calls, exit status 3, memories and globals" in error, (status, out, error))
    for options, state in (([], ""), (["--traps", "exact"], ", memories and globals")):
        status, _, error = suite.diff(*options, traps)
        suite.holds(f"equal: a trap {options}", status == 0 and
                    error.endswith(f"no divergence: 0 host calls, trap: integer divide by zero{state}\n"), error)
    status, _, error = suite.diff("-q", program)
    suite.holds("equal: quiet", (status, error) == (0, ""), (status, error))
    status, _, error = suite.diff("--json", program)
    suite.holds("equal: as JSON", json.loads(error) == {
        "divergence": None, "host_calls": 6, "end": "exit status 3", "state": True}, error)


def check_invoke(suite):
    text = '(module (memory 1) (func $f (export "f") (param i32 i64) (result i64 f64) %s (f64.const 0.5)))'
    add = "(i64.add (i64.extend_i32_u (local.get 0)) (local.get 1))"
    path, other = suite.write("f.wat", text % add), suite.write("g.wat", text % add.replace("add", "sub"))
    status, out, error = suite.diff("--invoke", "f", path, "1", "2")
    suite.holds("--invoke", (status, out) == (0, "3\n0.5\n"), (status, out, error))
    status, _, error = suite.diff("--invoke", "f", "--native", other, path, "1", "2")
    suite.holds("--invoke: a result", status == 1 and "result 0 differs: native: 0xffffffffffffffff; interpreter: 0x3"
                in error, error)
    status, _, error = suite.diff("--invoke", "f", path, "1")
    suite.holds("--invoke: wrong arguments", status == 125 and error.count("\n") == 1, (status, error))


def check_places(suite):
    """Accesses that are compared together trap where each of them does."""
    for address in ("i32", "i64"):
        module = suite.write("places.wat", f"""(module (memory {address} 1 1)
          (func (export "f") (param {address}) (result i32)
            (i32.load (local.get 0))
            (i32.store offset=4 (local.get 0) (i32.const 1))
            (i32.add (i32.load offset=12 (local.get 0)))
            (i32.add (i32.load8_u offset=20 (local.get 0)))
            (i32.add (i32.load offset=8 (local.get 0)))))""")
        for index, options in ((65516, "-O2"), (65524, "-O2"), (65521, "-O2 --traps exact"), (65529, "-O0"), (65533, "-O1")):
            status, _, error = suite.diff("--bounds", "explicit", *options.split(), "--invoke", "f", module, str(index))
            suite.holds(f"place of a trap: {address}, {index}, {options}", status == 0 and
                        "no divergence: 0 host calls, trap: out of bounds" in error, (status, error))


def check_ends(suite):
    """Programs that something else than themselves ends, and those that never start."""
    loop = suite.write("loop.wat", """(module
      (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
      (func (export "_start") (drop (call $yield)) (loop $again (br $again))))""")
    calls = suite.write("calls.wat", """(module
      (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
      (func (export "_start") (loop $again (drop (call $yield)) (br $again))))""")
    status, _, error = suite.diff("--timeout", "100ms", calls)
    suite.holds("--timeout", status == 0 and "ended from outside" in error, (status, error))
    rais = suite.write("raise.wat", """(module
      (import "wasi_snapshot_preview1" "proc_raise" (func $raise (param i32) (result i32)))
      (func (export "_start") (drop (call $raise (i32.const 15)))))""")
    status, _, error = suite.diff(rais)
    suite.holds("a signal", status == 0 and "no divergence: 1 host call" in error, (status, error))
    deep = suite.write("deep.wat", '(module (func $f (export "_start") (call $f) (call $f)))')
    status, _, error = suite.diff(deep)
    suite.holds("a stack that is exhausted", status == 0 and "call stack exhausted" in error, (status, error))
    pointer = suite.write("pointer.wat", """(module
      (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start") (drop (call $random_get (i32.const -1) (i32.const 100)))))""")
    status, _, error = suite.diff("--traps", "exact", pointer)
    suite.holds("a trap in a host call", status == 0 and "by a host call, memories and globals" in error,
                (status, error))
    program = suite.write("program.wat", PROGRAM)
    status, _, error = suite.diff("--dir", "no/such::/", program)
    suite.holds("a grant that is refused", status == 125 and "no/such" in error, (status, error))
    suite.write("bad.wat", "(module (func (export \"_start\") i32.add))")
    suite.holds("an invalid module", suite.diff("bad.wat")[0] == 2)
    suite.holds("a file that is missing", suite.diff("missing.wat")[0] == 2)
    suite.holds("a wrong command line", suite.diff("--bogus", rais)[0] == 2)
    limited = subprocess.run(["prlimit", "--fsize=20000000", suite.wasmc, "diff", calls], cwd=suite.place,
                             capture_output=True, env=environment())
    suite.holds("a record that is full", limited.returncode == 125 and b"record of host calls is full"
                in limited.stderr, limited.stderr)
    process = subprocess.Popen([suite.wasmc, "diff", loop], cwd=suite.place, env=environment())
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
    suite.holds("an interrupt", process.wait(timeout=20) in (-signal.SIGTERM, 128 + signal.SIGTERM), process.returncode)


def check_streams(suite):
    """What the starter passes reaches the compiled program."""
    text = """(module
      (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $stat (param i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start")
        (drop (call $accept (i32.const 99) (i32.const 0) (i32.const 8)))
        (call $exit (call $stat (i32.const 3) (i32.const 8)))))"""
    suite.write("listener.wat", text)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for variables, expected in (("LISTEN_PID=$$ LISTEN_FDS=1", 0), ("LISTEN_PID=1 LISTEN_FDS=1", 8)):
            command = f"{variables} exec \"$0\" diff --listenfd listener.wat 3<&{listener.fileno()}"
            result = subprocess.run(["sh", "-c", command, suite.wasmc], cwd=suite.place, env=environment(), text=True,
                                    capture_output=True, pass_fds=[listener.fileno()])
            suite.holds(f"--listenfd: {variables}", f"exit status {expected}" in result.stderr, result.stderr)
    for options in (["--tcplisten", "127.0.0.1:0"], ["--isolate-network"]):
        status, _, error = suite.diff(*options, "listener.wat", timeout=60)
        expected = 0 if options[0] == "--tcplisten" else 8
        # Who may not make namespaces is told so.
        suite.holds(f"network: {options}", status in (1, 125) if "refuse" in error else
                    status == 0 and f"exit status {expected}" in error, (status, error))


def check_modules(suite):
    suite.write("library.wat", """(module
      (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
      (memory (export "memory") 1)
      (global (export "counter") (mut i32) (i32.const 0))
      (func (export "draw") (result i32)
        (drop (call $random_get (i32.const 8) (i32.const 4)))
        (i32.load (i32.const 8))))""")
    text = """(module
      (import "library" "draw" (func $draw (result i32)))
      (import "library" "counter" (global $counter (mut i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (memory (export "memory") 1)
      (func $main (export "_start")
        (i32.store (i32.const 100) (call $draw))
        (global.set $counter (call $draw))
        (call $exit (i32.and (i32.load (i32.const 100)) (i32.const 7)))))"""
    suite.write("main.wat", text)
    suite.write("mainn.wat", text.replace("(i32.const 7)", "(i32.const -1)"))
    for options in (["-O2"], ["-O0", "--bounds", "explicit"]):
        status, _, error = suite.diff(*options, "--preload", "library=library.wat", "main.wat")
        suite.holds(f"modules: {options}", status == 0 and "no divergence: 3 host calls" in error, (status, error))
    status, _, error = suite.diff("--preload", "library=library.wat", "--native", "mainn.wat", "main.wat")
    suite.holds("modules: a difference", status == 1 and "main.wat:" in error and "<main>" in error, (status, error))
    suite.write("divider.wat", """(module (func $inner (export "divide") (param i32) (result i32)
        (i32.div_u (i32.const 1) (local.get 0))))""")
    text = """(module (import "divider" "divide" (func $divide (param i32) (result i32)))
      (func (export "_start") (drop (call $divide (i32.const 0)))))"""
    suite.write("trap.wat", text)
    suite.write("none.wat", text.replace("const 0", "const 1"))
    status, _, error = suite.diff("--preload", "divider=divider.wat", "--native", "none.wat", "trap.wat")
    suite.holds("modules: a trap of one", status == 1 and "divider.wat:" in error and "divider!func[0] <inner>" in error,
                (status, error))
    suite.write("wasmc.toml", 'file = "main.wat"\n[module.library]\nfile = "library.wat"\ninherit-env = true\n')
    status, _, error = suite.diff("--config", "wasmc.toml", "x")
    suite.holds("modules: a manifest", status == 0 and "3 host calls" in error, (status, error))


def check_scripts(suite):
    """`wasmc wast --engine both`."""
    def wast(*words):
        result = subprocess.run([suite.wasmc, "wast", *map(str, words)], cwd=suite.place, capture_output=True, text=True,
                                env=environment())
        return result.returncode, result.stdout

    for name in ("indirect-call-messages", "state-after-traps"):
        for options in (["-O2"], ["-O0", "--traps", "strict"]):
            status, out = wast("--engine", "both", *options, REGRESSIONS / f"{name}.wast")
            suite.holds(f"both engines: {name}, {options}", status == 0 and " 0 failed" in out, out)
    # Without expectations any end will do, if it is that of both.
    script = suite.write("any.wast", """(module
      (global $g (mut i32) (i32.const 0))
      (func (export "f") (result i32) (global.set $g (i32.const 1)) (unreachable))
      (func (export "g") (result i32) (global.get $g)))
    (invoke "f")
    (invoke "g")
    (module (func (export "deep") (call 0) (call 0)))
    (invoke "deep")
    (module $m (memory 1) (data (i32.const 70000) "x") (func (export "f")))
    (invoke $m "f")
    (register "m" $m)
    (module (import "m" "f" (func)))""")
    suite.holds("both engines: without expectations", wast("--engine", "both", script)[1].endswith(
        "7 passed, 0 failed, 2 skipped\n"), wast("--engine", "both", script)[1])
    status, out = wast("--engine", "both", "--traps", "strict", script)
    suite.holds("both engines: nothing is known after a strict trap", out.endswith("6 passed, 0 failed, 3 skipped\n"), out)


def check_programs(suite, pattern):
    manifest = SHARED / "manifest.json"
    if not manifest.exists():
        return print("../shared/programs is not there", file=sys.stderr)
    entries = [entry for entry in json.loads(manifest.read_text())
               if pattern.search(f"{entry['group']}/{entry['name']}")]
    with ThreadPoolExecutor(suite.jobs) as pool:
        list(pool.map(lambda entry: check_program(suite, entry), entries))


def check_program(suite, entry):
    name = f"{entry['group']}/{entry['name']}"
    words = ["-q"]
    with tempfile.TemporaryDirectory() as folder:
        if entry.get("preopen_as"):
            root = Path(folder) / "root"
            source = SHARED / entry["root"]
            shutil.copytree(source, root) if source.exists() else root.mkdir()
            words += ["--dir", f"{root}::{entry['preopen_as']}"]
        for key, value in entry.get("env", {}).items():
            words += ["--env", f"{key}={value}"]
        text = (SHARED / entry["stdin"]).read_bytes().decode(errors="surrogateescape") if entry.get("stdin") else ""
        status, _, error = suite.diff(*words, SHARED / entry["wasm"], *entry.get("args", []), text=text, timeout=3600)
    suite.holds(f"program {name}", status == 0, (status, error[-600:]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--programs", type=re.compile, default=re.compile(QUICK))
    arguments = parser.parse_args()
    suite = Suite(arguments.wasmc)
    suite.jobs = arguments.jobs
    suite.run_parts([check_planted, check_equal, check_invoke, check_places, check_ends, check_streams, check_modules, check_scripts,
                     lambda part: check_programs(part, arguments.programs)])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
