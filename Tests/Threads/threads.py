#!/usr/bin/env python3
"""Programs that start threads (wasi-threads), on both engines. Ends with `N passed, N failed`.

    threads.py --wasmc FILE [--operations N] [--filter TEXT]

--operations: atomic operations of each of 16 threads.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ENGINES = {
    "-O0": ["-O0"],
    "-O2": ["-O2"],
    "-O2, explicit bounds": ["-O2", "--bounds", "explicit"],
    "interpreter": None,
}
LIMIT_SECONDS = 120

# What every program here has: imports, a memory that it imports and nobody provides, and `$wait`, which returns when the
# word at 0 says how many threads are done.
HEAD = """
(module
  (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 2 100 shared))
  (export "memory" (memory 0))
  (func $done
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1))))
  (func $wait (param $count i32) (local $seen i32)
    (loop $again
      (if (i32.lt_u (local.tee $seen (i32.atomic.load (i32.const 0))) (local.get $count))
        (then
          (drop (memory.atomic.wait32 (i32.const 0) (local.get $seen) (i64.const -1)))
          (br $again)))))
  (func $start (param $count i32)
    (loop $again
      (if (local.get $count)
        (then
          (if (i32.le_s (call $spawn (local.get $count)) (i32.const 0)) (then (call $exit (i32.const 90))))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br $again)))))
  (func $check (param i32 i32)
    (if (i32.ne (local.get 0) (local.get 1)) (then (call $exit (i32.const 91)))))
"""

# name: (text behind HEAD, exit status, options of the program, substrings of standard error)
PROGRAMS = {
    "counting": ("""
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
      (drop (i64.atomic.rmw8.add_u (i32.const 72) (i64.const 1)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const OPERATIONS))))
    (call $done))
  (func (export "_start")
    (call $start (i32.const 16))
    (call $wait (i32.const 16))
    (call $check (i32.load (i32.const 64)) (i32.mul (i32.const 16) (i32.const OPERATIONS)))
    (call $check (i32.load8_u (i32.const 72))
      (i32.and (i32.mul (i32.const 16) (i32.const OPERATIONS)) (i32.const 255)))
    (call $exit (i32.const 7))))""", 7, [], []),

    # Globals, tables and dropped segments are each thread's; what the main thread did to its own is not seen.
    "instances": ("""
  (type $f (func (result i32)))
  (global $g (mut i32) (i32.const 1000))
  (table $t 4 20 funcref)
  (elem (table $t) (i32.const 0) func $one $two)
  (elem $passive func $two)
  (data $bytes "abc")
  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))
  (func $look
    (call $check (global.get $g) (i32.const 1000))
    (call $check (table.size $t) (i32.const 4))
    (call $check (call_indirect $t (type $f) (i32.const 0)) (i32.const 1))
    (memory.init $bytes (i32.const 128) (i32.const 0) (i32.const 3))
    (table.init $t $passive (i32.const 3) (i32.const 0) (i32.const 1))
    (call $check (call_indirect $t (type $f) (i32.const 3)) (i32.const 2))
    (global.set $g (i32.add (global.get $g) (i32.const 1)))
    (table.set $t (i32.const 0) (ref.null func))
    (call $check (table.grow $t (ref.null func) (i32.const 5)) (i32.const 4))
    (data.drop $bytes)
    (elem.drop $passive)
    (call $check (global.get $g) (i32.const 1001))
    (call $check (table.size $t) (i32.const 9)))
  (func (export "wasi_thread_start") (param i32 i32) (call $look) (call $done))
  (func (export "_start")
    (call $look)
    (call $start (i32.const 8))
    (call $wait (i32.const 8))
    (call $check (global.get $g) (i32.const 1001))
    (call $check (table.size $t) (i32.const 9))))""", 0, [], []),

    # A start function runs in each thread, active data is written once.
    "start functions": ("""
  (global $g (mut i32) (i32.const 0))
  (data (i32.const 200) "\\05")
  (func $begin (global.set $g (i32.atomic.rmw.add (i32.const 200) (i32.const 1))))
  (start $begin)
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (i32.atomic.rmw.or (i32.const 204) (i32.shl (i32.const 1) (global.get $g))))
    (call $done))
  (func (export "_start")
    (call $check (global.get $g) (i32.const 5))
    (call $start (i32.const 4))
    (call $wait (i32.const 4))
    (call $check (i32.load (i32.const 200)) (i32.const 10))
    (call $check (i32.load (i32.const 204)) (i32.const 0x3c0))))""", 0, [], []),

    "growing": ("""
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32) (local $old i32)
    (loop $again
      (if (i32.ne (local.tee $old (memory.grow (i32.const 1))) (i32.const -1))
        (then
          ;; Each page is one thread's.
          (call $check (i32.atomic.rmw.add (i32.shl (local.get $old) (i32.const 16)) (i32.const 1)) (i32.const 0))
          (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (call $done))
  (func (export "_start")
    (call $start (i32.const 8))
    (call $wait (i32.const 8))
    (call $check (memory.size) (i32.const 100))
    (call $check (i32.load (i32.const 64)) (i32.const 98))))""", 0, [], []),

    "growing within a limit": ("""
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1))
        (then (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (call $done))
  (func (export "_start")
    (call $start (i32.const 8))
    (call $wait (i32.const 8))
    (call $check (i32.load (i32.const 64)) (i32.const 8))))""", 0, ["--max-memory", "640KiB"], []),

    "most threads": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1))))
  (func (export "_start")
    (call $start (i32.const 3))
    (call $check (call $spawn (i32.const 0)) (i32.const -6))
    (call $check (call $spawn (i32.const 0)) (i32.const -6))
    (call $exit (i32.const 5))))""", 5, ["--max-threads", "3"], []),

    "no threads": ("""
  (func (export "wasi_thread_start") (param i32 i32))
  (func (export "_start") (call $check (call $spawn (i32.const 0)) (i32.const -6))))""", 0, ["--max-threads", "0"], []),

    # One after the other, more than may run at a time; numbers are new and positive.
    "many threads": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (i32.store (i32.const 64) (local.get 0))
    (i32.store (i32.const 68) (local.get 1))
    (call $done))
  (func (export "_start") (local $i i32) (local $id i32)
    (loop $again
      (loop $retry
        (br_if $retry (i32.eq (local.tee $id (call $spawn (local.get $i))) (i32.const -6))))
      (call $wait (local.tee $i (i32.add (local.get $i) (i32.const 1))))
      (call $check (i32.load (i32.const 64)) (local.get $id))
      (call $check (i32.load (i32.const 68)) (i32.sub (local.get $i) (i32.const 1)))
      (if (i32.le_s (local.get $id) (i32.const 0)) (then (call $exit (i32.const 92))))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 200))))))""", 0, ["--max-threads", "2"], []),

    "exit of a thread": ("""
  (func (export "wasi_thread_start") (param i32 i32) (call $exit (i32.const 33)))
  (func (export "_start")
    (call $start (i32.const 1))
    (loop $for_ever (br $for_ever))))""", 33, [], []),

    "end of the first": ("""
  (func (export "wasi_thread_start") (param i32 i32) (call $done) (loop $for_ever (br $for_ever)))
  (func (export "_start") (call $start (i32.const 4)) (call $wait (i32.const 4))))""", 0, [], []),

    "trap of a thread": ("""
  (func $culprit (export "wasi_thread_start") (param i32 i32)
    (drop (i32.load (i32.const 0x7fff0000))))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                         134, [], ["trap: out of bounds memory access", "culprit"]),

    "many traps": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (call $done)
    (call $wait (i32.const 16))
    unreachable)
  (func (export "_start")
    (call $start (i32.const 16))
    (call $wait (i32.const 16))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""", 134, [], ["trap: unreachable"]),

    "recursion of a thread": ("""
  (func $deeper (param i32) (result i32)
    (i32.add (call $deeper (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func (export "wasi_thread_start") (param i32 i32) (drop (call $deeper (i32.const 0))))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                              134, ["--max-stack", "256KiB"], ["trap: call stack exhausted"]),

    "misaligned": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (i64.atomic.rmw.add offset=4 (i32.const 8) (i64.const 1))))
  (func (export "_start")
    (call $start (i32.const 1))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                   134, [], ["trap: unaligned atomic"]),

    "timeout": ("""
  (func (export "wasi_thread_start") (param i32 i32) (loop $for_ever (br $for_ever)))
  (func (export "_start")
    (call $start (i32.const 4))
    (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))))""",
                124, ["--timeout", "500ms"], ["trap: timeout"]),

    # A timeout that is over, counts of notify, and values that are not there.
    "waiting": ("""
  (func (export "wasi_thread_start") (param i32 i32)
    (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
    (drop (memory.atomic.wait64 (i32.const 32) (i64.const 0) (i64.const -1)))
    (call $done))
  (func (export "_start") (local $woken i32)
    (call $check (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const 1000000)) (i32.const 2))
    (call $check (memory.atomic.wait64 (i32.const 16) (i64.const 0) (i64.const 0)) (i32.const 2))
    (call $check (memory.atomic.wait32 (i32.const 16) (i32.const 1) (i64.const -1)) (i32.const 1))
    (call $check (memory.atomic.wait64 (i32.const 16) (i64.const 0x100000000) (i64.const -1)) (i32.const 1))
    (call $check (memory.atomic.notify (i32.const 16) (i32.const -1)) (i32.const 0))
    (call $start (i32.const 5))
    ;; Not before they are there; then as many as are asked for, and no more.
    (loop $again
      (call $check (memory.atomic.notify (i32.const 36) (i32.const -1)) (i32.const 0))
      (local.set $woken (i32.add (local.get $woken) (memory.atomic.notify (i32.const 32) (i32.const 2))))
      (br_if $again (i32.lt_u (local.get $woken) (i32.const 5))))
    (call $check (local.get $woken) (i32.const 5))
    (call $wait (i32.const 5))
    (call $check (memory.atomic.notify (i32.const 32) (i32.const -1)) (i32.const 0))))""", 0, [], []),

    # Host calls of all threads at once: a line of each is whole.
    "writing": ("""
  (data (i32.const 1024) "\\00\\08\\00\\00\\10\\00\\00\\00")
  (data (i32.const 2048) "fifteen letters\\0a")
  (func (export "wasi_thread_start") (param i32 i32) (local $i i32)
    (loop $again
      (call $check (call $write (i32.const 1) (i32.const 1024) (i32.const 1)
        (i32.add (i32.const 4096) (i32.shl (local.get 0) (i32.const 2)))) (i32.const 0))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))
    (call $done))
  (func (export "_start") (call $start (i32.const 8)) (call $wait (i32.const 8))))""", 0, [], []),
}
OUTPUTS = {"writing": "fifteen letters\n" * 400}

# What is no program: the text of the module, and what the message says.
REFUSED = {
    "without wasi_thread_start": ("""(module (import "wasi" "thread-spawn" (func $s (param i32) (result i32)))
      (import "env" "memory" (memory 1 1 shared)) (export "memory" (memory 0))
      (func (export "_start") (drop (call $s (i32.const 0)))))""", "wasi_thread_start"),
    "with one of another type": ("""(module (import "wasi" "thread-spawn" (func $s (param i32) (result i32)))
      (import "env" "memory" (memory 1 1 shared)) (export "memory" (memory 0))
      (func (export "wasi_thread_start") (param i32))
      (func (export "_start") (drop (call $s (i32.const 0)))))""", "wasi_thread_start"),
    "a memory that is not shared": ("""(module (import "wasi" "thread-spawn" (func $s (param i32) (result i32)))
      (import "env" "memory" (memory 1 1 shared)) (export "memory" (memory 0)) (memory 1)
      (func (export "wasi_thread_start") (param i32 i32))
      (func (export "_start") (drop (call $s (i32.const 0)))))""", "not shared"),
}


class Suite:
    def __init__(self, wasmc, directory, filter):
        self.wasmc, self.directory, self.filter = wasmc, directory, filter
        self.passed = self.failed = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: {detail}")

    def command(self, engine, path, options):
        """The command, and its environment, that runs a module."""
        flags = ENGINES[engine]
        if flags is None:
            return [self.wasmc, "run", "--interp", *options, path], None
        executable = f"{path}.{len(flags)}{flags[0]}"
        built = subprocess.run([self.wasmc, "build", *flags, path, "-o", executable], capture_output=True, text=True)
        if built.returncode != 0:
            return None, built.stderr
        return [executable], {"WASMC_GRANTS": " ".join(["--seal", "require", *options])}

    def run(self, name, engine, text, status, options, words):
        path = f"{self.directory}/{name.replace(' ', '-')}.wat"
        Path(path).write_text(HEAD + text)
        command, environment = self.command(engine, path, options)
        name = f"{name}, {engine}"
        if command is None:
            return self.check(name, False, environment)
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_SECONDS,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return self.check(name, False, f"no end after {LIMIT_SECONDS} s")
        self.check(name, done.returncode == status and all(word in done.stderr for word in words)
                   and done.stderr.count("trap:") == sum("trap:" in word for word in words)
                   and done.stdout == OUTPUTS.get(name.split(",")[0], ""),
                   f"status {done.returncode}, expected {status}: {done.stderr[:300]}")

    def run_refused(self, name, engine, text, words):
        path = f"{self.directory}/refused.wat"
        Path(path).write_text(text)
        command, environment = self.command(engine, path, [])
        error = environment if command is None else subprocess.run(command, capture_output=True, text=True).stderr
        self.check(f"{name}, {engine}", words in error and "refused.wat:" in error, error)

    def ended_by_signal(self, engine):
        """SIGTERM ends the program, whichever thread the kernel gives it to."""
        path = f"{self.directory}/signal.wat"
        Path(path).write_text(HEAD + PROGRAMS["writing"][0].replace(
            '(call $wait (i32.const 8))', '(call $wait (i32.const 8)) (loop $for_ever (br $for_ever))'))
        command, environment = self.command(engine, path, [])
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        written = 0
        while written < len(OUTPUTS["writing"]):
            written += len(os.read(process.stdout.fileno(), 65536))
        process.send_signal(signal.SIGTERM)
        process.stdout.close()
        self.check(f"ended by a signal, {engine}", process.wait(LIMIT_SECONDS) == -signal.SIGTERM, process.returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--operations", type=int, default=20000)
    parser.add_argument("--filter", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        suite = Suite(str(Path(options.wasmc).resolve()), directory, options.filter)
        for engine in ENGINES:
            for name, (text, status, grants, words) in PROGRAMS.items():
                if options.filter in name:
                    suite.run(name, engine, text.replace("OPERATIONS", str(options.operations)), status, grants, words)
            for name, (text, words) in REFUSED.items():
                if options.filter in name:
                    suite.run_refused(name, engine, text, words)
            if options.filter in "ended by a signal":
                suite.ended_by_signal(engine)
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
