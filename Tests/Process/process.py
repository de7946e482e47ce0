#!/usr/bin/env python3
"""How a program starts and ends, compiled, under `wasmc run` and interpreted: statuses, bytes that are no text, signals.

    process.py --wasmc WASMC

Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks  # noqa: E402

TIMEOUT, CANNOT_START, TRAP = 124, 125, 134
ENGINES = ("--native", "--interp")

WASI = '(import "wasi_snapshot_preview1" '
# Exports for what is tried; `tell` prints arguments, variables and the first directory's name, each ended by a NUL.
PROGRAM = f"""(module
  {WASI}"proc_exit" (func $proc_exit (param i32)))
  {WASI}"args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  {WASI}"args_get" (func $args_get (param i32 i32) (result i32)))
  {WASI}"environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
  {WASI}"environ_get" (func $environ_get (param i32 i32) (result i32)))
  {WASI}"fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
  {WASI}"fd_prestat_dir_name" (func $fd_prestat_dir_name (param i32 i32 i32) (result i32)))
  {WASI}"fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  {WASI}"poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  {WASI}"sock_accept" (func $sock_accept (param i32 i32 i32) (result i32)))
  (memory (export "memory") 4)
  (data (i32.const 2000) "!")
  (func $print (param $address i32) (param $bytes i32)
    (i32.store (i32.const 16) (local.get $address))
    (i32.store (i32.const 20) (local.get $bytes))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))))
  (func $tell
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 1024) (i32.const 65536)))
    (call $print (i32.const 65536) (i32.load (i32.const 4)))
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 1024) (i32.const 65536)))
    (call $print (i32.const 65536) (i32.load (i32.const 4)))
    (if (i32.eqz (call $fd_prestat_get (i32.const 3) (i32.const 0)))
      (then
        (drop (call $fd_prestat_dir_name (i32.const 3) (i32.const 65536) (i32.load (i32.const 4))))
        (call $print (i32.const 65536) (i32.load (i32.const 4))))))
  (func (export "_start") (call $tell))
  (func (export "exit") (param i32) (call $proc_exit (local.get 0)))
  (func (export "trap") unreachable)
  (func (export "spin") (loop (br 0)))
  (func (export "accept") (drop (call $sock_accept (i32.const 3) (i32.const 0) (i32.const 0))))
  (func (export "sleep")
    (call $print (i32.const 2000) (i32.const 1))
    (i64.store (i32.const 1024) (i64.const 0))
    (i32.store (i32.const 1040) (i32.const 1)) ;; the monotonic clock
    (i64.store (i32.const 1048) (i64.const 100000000000))
    (drop (call $poll_oneoff (i32.const 1024) (i32.const 1200) (i32.const 1) (i32.const 1300)))))
"""


class Suite(Checks):
    def command(self, engine, options, *words):
        """A start of the program: the executable `app`, or `wasmc run`."""
        if engine == "executable":
            return ["./app", *words], {"WASMC_GRANTS": " ".join(options)}
        return [self.wasmc, "run", engine, *options, "app.wat", *words], {}

    def run(self, command, variables=None, **options):
        done = subprocess.run(command, cwd=self.place, env=variables or {}, capture_output=True, timeout=60, **options)
        return done.returncode, done.stdout, done.stderr

    def start(self, engine, options, *words):
        return self.run(*self.command(engine, options, *words))


def statuses(suite):
    """What a program asks for is what its starter sees, except that nothing but 0 is success."""
    values = [*range(256), 256, 257, 511, 512, 65536, 2**31, 2**32 - 1]
    for engine in ("executable", "--interp"):
        found = [suite.start(engine, ["--invoke", "exit"], str(value))[0] for value in values]
        suite.check(f"statuses, {engine}", found, [value & 0xff or min(value, 1) for value in values])
        error = suite.start(engine, ["--trace-wasi", "--invoke", "exit"], "256")[2]
        suite.check(f"a status that does not fit is told, {engine}",
                    b"wasmc: status 256 does not fit: the process ends with 1\n" in error, True)
    for value in (0, 1, 2, 64, 255, 256):
        suite.check(f"status {value}, wasmc run", suite.start("--native", ["--invoke", "exit"], str(value))[0],
                    value & 0xff or min(value, 1))


def failures(suite):
    """A program that cannot start, one that takes too long and one that traps are told apart, from each other and from
    what programs end with."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = taken.getsockname()[1]
    for engine in ("executable", *ENGINES):
        for name, options, words, expected in [
            ("no such directory", ["--dir", "absent"], [], CANNOT_START),
            ("a port in use", ["--tcplisten", f"127.0.0.1:{port}", "--invoke", "accept"], [], CANNOT_START),
            ("an argument of --invoke", ["--invoke", "exit"], ["one"], CANNOT_START),
            ("no such export", ["--invoke", "absent"], [], CANNOT_START),
            ("a timeout", ["--timeout", "50ms", "--invoke", "spin"], [], TIMEOUT),
            ("a timeout while waiting", ["--timeout", "50ms", "--invoke", "sleep"], [], TIMEOUT),
            ("a trap", ["--invoke", "trap"], [], TRAP),
        ]:
            suite.check(f"{name}, {engine}", suite.start(engine, options, *words)[0], expected)
    suite.check("WASMC_GRANTS", suite.start("executable", ["--bogus"])[0], CANNOT_START)
    for engine in ENGINES:
        command, _ = suite.command(engine, [])
        suite.check(f"WASMC_GRANTS, {engine}", suite.run(command, {"WASMC_GRANTS": "--bogus"})[0], CANNOT_START)
    suite.run([suite.wasmc, "build", "--ceiling", "--dir", "d", "app.wat", "-o", "ceiling"])
    suite.check("a ceiling", suite.run(["./ceiling"], {"WASMC_GRANTS": "--dir /"})[0], CANNOT_START)
    taken.close()


def no_text(suite):
    """Arguments, variables and names of files are bytes."""
    odd = [b"\xff", b"a\x80b", b"\xc3", b"\xed\xa0\x80", b"\xf4\x8f\xba\x80", b"\xf4\x8f\xba", "é€😀".encode(), b""]
    name = b"m\xff\xfe.wat"
    folder = b"d\xff\x80"
    place = os.fsencode(suite.place)
    os.mkdir(os.path.join(place, folder))
    with open(os.path.join(place, name), "wb") as file:
        file.write(PROGRAM.encode())
    told = b"".join(text + b"\0" for text in [*odd, b"V=\xfe=\xff", b"W=\x81", folder])
    told = told[:-1]  # the directory's name ends without one
    options = [b"--dir", folder, b"--env", b"V=\xfe=\xff", b"--env", b"W"]
    wasmc = os.fsencode(suite.wasmc)
    variables = {b"W": b"\x81", b"PATH": b"/usr/bin"}
    for engine in ENGINES:
        found = suite.run([wasmc, b"run", engine.encode(), *options, name, *odd], variables)
        suite.check(f"bytes, {engine}", found, (0, name + b"\0" + told, b""))
        found = suite.run([wasmc, b"run", engine.encode(), name], variables | {b"WASMC_GRANTS": b"--env X=\xff"})
        suite.check(f"bytes in WASMC_GRANTS, {engine}", found, (0, name + b"\0X=\xff\0", b""))
    output = b"o\xff/p\xfe"
    os.mkdir(os.path.join(place, b"o\xff"))
    suite.check("build", suite.run([wasmc, b"build", *options, b"-o", output, name], variables), (0, b"", b""))
    suite.check("bytes, baked in", suite.run([b"./" + output, *odd], variables), (0, b"./" + output + b"\0" + told, b""))
    suite.check("nothing is left over", os.listdir(os.path.join(place, b"o\xff")), [b"p\xfe"])
    for command in [[b"validate", name], [b"inspect", name], [b"inspect", output], [b"wat2wasm", name, b"-o", b"w\xff"],
                    [b"wasm2wat", b"w\xff", b"-o", b"t\xff"]]:
        suite.check(f"{command}", suite.run([wasmc, *command])[0], 0)
    status, _, error = suite.run([wasmc, b"validate", b"absent\xff"])
    suite.check("a message shows bytes", (status, b"absent\\xff" in error), (1, True))
    status, output, error = suite.run([wasmc, b"validate", b"--json", b"absent\xff"])
    suite.check("JSON, too", (status, b"absent\\udcff" in output + error), (1, True))


def first_process(suite):
    """As the first process of a container, a program ends by the signals that end it elsewhere."""
    unshare = ["unshare", "--pid", "--fork"] + ([] if os.getuid() == 0 else ["--user", "--map-root-user"])
    try:
        if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
            print("process.py: the first process of a container is left out: no namespace can be made")
            return
    except FileNotFoundError:
        print("process.py: the first process of a container is left out, missing: unshare")
        return
    for engine in ("executable", *ENGINES):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            command, variables = suite.command(engine, ["--invoke", "sleep"])
            with subprocess.Popen([*unshare, *command], cwd=suite.place, env=variables | {"PATH": os.environ["PATH"]},
                                  stdout=subprocess.PIPE) as process:
                process.stdout.read(1)  # it runs
                child = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]
                os.kill(int(child), number)
                try:
                    status = process.wait(20)
                except subprocess.TimeoutExpired:
                    os.kill(int(child), signal.SIGKILL)
                    status = "did not end"
            suite.check(f"{number.name} to the first process, {engine}", status, 128 + number)


def build_program(suite):
    suite.write("app.wat", PROGRAM)
    (suite.place / "d").mkdir()
    built = suite.run([suite.wasmc, "build", "--invoke", "_start", "app.wat", "-o", "app"])
    suite.check("build", built, (0, b"", b""))


def main():
    # A shell starts what it puts into the background with some ignored; that is inherited, and programs respect it.
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    parser = argparse.ArgumentParser(description="how programs start and end")
    parser.add_argument("--wasmc", required=True)
    suite = Suite(parser.parse_args().wasmc)
    suite.run_parts([statuses, failures, no_text, first_process], build_program)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
