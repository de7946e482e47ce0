#!/usr/bin/env python3
"""Core dumps of the guest (--coredump), and ends by SIGABRT (--abort), of executables and of the interpreter.

    coredumps.py --wasmc WASMC

Dumps are read by a reader of this file's own, and by wasmc's decoder. The last line is `N passed, N failed`. Exit status: 0
when nothing failed, 1 otherwise.
"""

import argparse
import json
import os
import resource
import signal
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

ENGINES = [("run", "-O0"), ("run", "-O2"), ("run", "-O2", "--bounds", "explicit"), ("run", "--interp")]


class Reader:
    """Numbers and names of a module's binary format."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        assert self.at + count <= len(self.data), "the dump ends too early"
        self.at += count
        return self.data[self.at - count:self.at]

    def byte(self):
        return self.take(1)[0]

    def leb128(self):
        """The bits of a LEB128 number, how many there are, and whether the last byte's highest is a sign."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value, shift, bool(byte & 0x40)

    def unsigned(self):
        return self.leb128()[0]

    def signed(self):
        value, bits, is_negative = self.leb128()
        return value - (1 << bits) if is_negative else value

    def name(self):
        return self.take(self.unsigned()).decode()

    def vector(self, element):
        return [element() for _ in range(self.unsigned())]

    def zero(self):
        assert self.byte() == 0


class Dump:
    """https://github.com/WebAssembly/tool-conventions/blob/main/Coredump.md"""

    def __init__(self, data):
        reader = Reader(data)
        assert reader.take(8) == b"\0asm\1\0\0\0"
        self.order, self.custom = [], {}
        self.memories, self.globals, self.segments = [], [], []
        while reader.at < len(data):
            section, size = reader.byte(), reader.unsigned()
            contents = Reader(reader.take(size))
            self.order.append(section)
            if section == 0:
                self.read_custom(contents)
            else:
                read = {5: self.read_memory, 6: self.read_global, 11: self.read_segment}[section]
                contents.vector(lambda: read(contents))
            assert contents.at == size, f"section {section} has {size - contents.at} bytes more"

    def read_custom(self, reader):
        name = reader.name()
        reads = {"core": self.read_process, "coremodules": lambda r: r.vector(lambda: self.read_module(r)),
                 "coreinstances": lambda r: r.vector(lambda: self.read_instance(r)), "corestack": self.read_stack}
        self.custom[name] = reads[name](reader)

    def read_process(self, reader):
        reader.zero()
        return reader.name()

    def read_module(self, reader):
        reader.zero()
        return reader.name()

    def read_instance(self, reader):
        reader.zero()
        return reader.unsigned(), reader.vector(reader.unsigned), reader.vector(reader.unsigned)

    def read_stack(self, reader):
        reader.zero()
        return reader.name(), reader.vector(lambda: self.read_frame(reader))

    def read_frame(self, reader):
        reader.zero()
        frame = reader.unsigned(), reader.unsigned(), reader.unsigned()
        frame += (reader.vector(lambda: self.read_local(reader)),)
        assert reader.vector(reader.byte) == []
        return frame

    def read_local(self, reader):
        """A value, its bits if it is a floating-point one; None when it is missing."""
        kind = reader.byte()
        return {0x01: lambda: None, 0x7F: reader.signed, 0x7E: reader.signed, 0x7D: lambda: reader.take(4),
                0x7C: lambda: reader.take(8)}[kind]()

    def read_memory(self, reader):
        flags = reader.byte()
        minimum = reader.unsigned()
        maximum = reader.unsigned() if flags & 1 else None
        page = reader.unsigned() if flags & 8 else 16
        self.memories.append((flags & 6, minimum, maximum, page))

    def read_global(self, reader):
        kind, is_mutable = reader.byte(), reader.byte()
        opcode = reader.byte()
        value = {0x41: reader.signed, 0x42: reader.signed, 0x43: lambda: struct.unpack("<I", reader.take(4))[0],
                 0x44: lambda: struct.unpack("<Q", reader.take(8))[0], 0xD0: lambda: ("null", reader.byte()),
                 0xFD: lambda: (reader.unsigned(), reader.take(16))}[opcode]()
        assert reader.byte() == 0x0B
        self.globals.append((kind, is_mutable, value))

    def read_segment(self, reader):
        memory = reader.unsigned() and reader.unsigned()
        opcode = reader.byte()
        assert opcode in (0x41, 0x42)
        offset = reader.signed()
        if opcode == 0x41:
            offset &= 0xFFFFFFFF
        assert reader.byte() == 0x0B
        self.segments.append((memory, offset, reader.take(reader.unsigned())))

    def bytes_at(self, memory, start, count):
        result = bytearray(count)
        for number, offset, data in self.segments:
            if number != memory:
                continue
            for position, byte in enumerate(data):
                if start <= offset + position < start + count:
                    result[offset + position - start] = byte
        return bytes(result)

    @property
    def frames(self):
        return self.custom["corestack"][1]


class Suite(Checks):
    def run(self, *command, grants=None, **more):
        words = [self.wasmc if word == "wasmc" else word for word in command]
        result = subprocess.run(words, cwd=self.place, env=environment(grants), stdin=subprocess.DEVNULL,
                                capture_output=True, timeout=120, **more)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def dump(self, name, *command, status=134, grants=None):
        """The dump that a command writes into the file `core`."""
        path = self.place / "core"
        path.unlink(missing_ok=True)
        result = self.run(*command, grants=grants)
        self.check(f"status of {name}", (result[0], "core dump" in result[2]), (status, False))
        if not path.exists() or path.stat().st_size == 0:
            self.holds(f"the dump of {name}", False, result)
            return None
        try:
            dump = Dump(path.read_bytes())
        except (AssertionError, KeyError, IndexError) as error:
            self.holds(f"the dump of {name} is well formed: {error}", False, path.read_bytes()[:200])
            return None
        # A dump is a module, which imports nothing.
        self.check(f"wasmc reads the dump of {name}", self.run("wasmc", "validate", "core")[0], 0)
        return dump


STATE = """(module
  (memory (export "memory") 3 10)
  (memory $second 1)
  (memory $wide i64 2)
  (global $i32 (mut i32) (i32.const -7)) (global $i64 (mut i64) (i64.const 0x123456789abcdef))
  (global $f32 (mut f32) (f32.const 1.5)) (global $f64 (mut f64) (f64.const nan:0x123))
  (global $v128 (mut v128) (v128.const i32x4 1 2 3 4)) (global $constant i32 (i32.const 99))
  (global $function (mut funcref) (ref.func $start)) (global $host (mut externref) (ref.null extern))
  (data (i32.const 65530) "spans a page") (data (memory $second) (i32.const 0) "second")
  (func $fail (param i32)
    (i32.store (i32.const 131072) (i32.const 0x04030201))
    (i32.store8 $second (i32.const 65535) (i32.const 0xff))
    (i64.store $wide (i64.const 70000) (i64.const 0x0807060504030201))
    (global.set $i32 (local.get 0))
    (drop (memory.grow (i32.const 1)))
    (i32.store (i32.const 262140) (i32.const 0x5a5a5a5a))
    (drop (i32.div_u (i32.const 1) (i32.const 0))))
  (func $between (param i32) (call $fail (i32.add (local.get 0) (i32.const 1))) (global.set $i32 (i32.const 0)))
  (func $start (export "_start") (call $between (i32.const 41)) (global.set $i32 (i32.const 1))))
"""


def state(suite):
    """Memories of all kinds, globals of all types and frames, the same from all engines."""
    suite.write("state.wat", STATE)
    first = None
    for engine in ENGINES:
        dump = suite.dump(f"state, {engine}", "wasmc", *engine, "--coredump", "core", "state.wat")
        if dump is None:
            continue
        suite.check(f"sections, {engine}", (list(dump.custom), dump.order[-3:]),
                    (["core", "coremodules", "coreinstances", "corestack"], [5, 6, 11]))
        suite.check(f"names, {engine}", (dump.custom["core"], dump.custom["coremodules"]), ("state", ["state"]))
        suite.check(f"instances, {engine}", dump.custom["coreinstances"], [(0, [0, 1, 2], list(range(8)))])
        suite.check(f"memories, {engine}", dump.memories, [(0, 4, 10, 16), (0, 1, None, 16), (4, 2, None, 16)])
        suite.check(f"globals, {engine}", dump.globals,
                    [(0x7F, 1, 42), (0x7E, 1, 0x123456789ABCDEF), (0x7D, 1, 0x3FC00000), (0x7C, 1, 0x7FF0000000000123),
                     (0x7B, 1, (12, struct.pack("<4I", 1, 2, 3, 4))), (0x7F, 0, 99), (0x70, 1, ("null", 0x70)),
                     (0x6F, 1, ("null", 0x6F))])
        suite.check(f"contents, {engine}",
                    [dump.bytes_at(*place) for place in [(0, 65530, 12), (0, 131072, 4), (0, 262140, 4), (1, 0, 6),
                                                         (1, 65535, 1), (2, 70000, 8)]],
                    [b"spans a page", bytes([1, 2, 3, 4]), b"ZZZZ", b"second", b"\xff", bytes(range(1, 9))])
        suite.holds(f"zeros are left out, {engine}", sum(len(data) for *_, data in dump.segments) <= 7 * 4096,
                    [(memory, offset, len(data)) for memory, offset, data in dump.segments])
        suite.check(f"frames, {engine}", [frame[:2] for frame in dump.frames], [(0, 0), (0, 1), (0, 2)])
        suite.holds(f"offsets in functions, {engine}", all(0 < frame[2] < 200 for frame in dump.frames), dump.frames)
        contents = (dump.order, dump.memories, dump.globals, dump.segments, [frame[:3] for frame in dump.frames])
        first = first or contents
        suite.check(f"the dump but for locals, {engine}", contents == first, True)
        suite.check(f"locals, {engine}", [frame[3] for frame in dump.frames],
                    [[42], [41], []] if "--interp" in engine else [[None], [None], []])


def local_values(suite):
    """Locals of all types, in the interpreter's dumps; compiled code has them where it likes."""
    suite.write("locals.wat", """(module
      (func $inner (param i32 f64) (result i32) (local i64 f32 v128 funcref i32)
        (local.set 2 (i64.const -0x123456789)) (local.set 3 (f32.const 0.5)) (local.set 6 (i32.const 1000))
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (local.set 6 (i32.div_u (i32.const 7) (i32.sub (local.get 6) (i32.const 1000)))) (local.get 6))
      (func (export "_start") (local $n i32) (local.set $n (i32.const 7))
        (drop (i32.add (call $inner (i32.const -5) (f64.const 1.5)) (local.tee $n (i32.const 8))))))""")
    for engine in ENGINES:
        dump = suite.dump(f"locals, {engine}", "wasmc", *engine, "--coredump", "core", "locals.wat")
        known = [[-6, struct.pack("<d", 1.5), -0x123456789, struct.pack("<f", 0.5), None, None, 1000], [7]]
        suite.check(f"values of locals, {engine}", dump and [frame[3] for frame in dump.frames],
                    known if "--interp" in engine else [[None] * 7, [None]])
    # Many locals in many frames: the outermost have none in the dump, which stays small.
    suite.write("many.wat", f"""(module (func $deep (param i32) (local {"i64 " * 4000}) (local.set 9 (i64.const -1))
        (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))) (else (unreachable))))
      (func (export "_start") (call $deep (i32.const 1200))))""")
    for engine in ENGINES[1::2]:
        dump = suite.dump(f"many locals, {engine}", "wasmc", *engine, "--max-stack", "1GiB", "--coredump", "core", "many.wat")
        counts = [len(frame[3]) for frame in dump.frames] if dump else []
        suite.holds(f"their frames, {engine}", len(counts) == 1202 and counts[0] == 4001 and counts[-2] == 0, counts[:3])
        suite.holds(f"the size of their dump, {engine}", (suite.place / "core").stat().st_size < 3 << 20)


def modules(suite):
    """Instances of several modules share memories and globals."""
    suite.write("lib.wat", """(module
      (memory (export "memory") 1) (global (export "count") (mut i32) (i32.const 5)) (global i64 (i64.const 7))
      (data (i32.const 16) "library")
      (func (export "divide") (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0))))""")
    suite.write("app.wat", """(module
      (import "lib" "divide" (func $divide (param i32) (result i32)))
      (import "lib" "memory" (memory 1)) (import "lib" "count" (global $count (mut i32)))
      (global $own (mut i64) (i64.const 11)) (memory $own 2)
      (func (export "_start") (i32.store (i32.const 32) (i32.const 77)) (global.set $count (i32.const 6))
        (i32.store $own (i32.const 65536) (i32.const 78)) (drop (i32.add (i32.const 1) (call $divide (i32.const 0))))))""")
    for engine in ENGINES:
        dump = suite.dump(f"modules, {engine}", "wasmc", *engine, "--preload", "lib=lib.wat", "--coredump", "core", "app.wat")
        if dump is None:
            continue
        suite.check(f"modules, {engine}", (dump.custom["core"], dump.custom["coremodules"]), ("app", ["lib", "app"]))
        suite.check(f"their instances, {engine}", dump.custom["coreinstances"],
                    [(0, [0], [0, 1]), (1, [0, 1], [0, 2])])
        suite.check(f"their globals, {engine}", [value for *_, value in dump.globals], [6, 7, 11])
        suite.check(f"their frames, {engine}", [frame[:2] for frame in dump.frames], [(0, 0), (1, 1)])
        suite.check(f"their memories, {engine}", (dump.bytes_at(0, 16, 7), dump.bytes_at(0, 32, 1), dump.bytes_at(1, 65536, 1)),
                    (b"library", b"M", b"N"))


def deep(suite):
    """All calls of a deep stack are there, and of one that is exhausted as many as a dump has."""
    suite.write("deep.wat", """(module (func $even (param i32) (result i32)
        (if (result i32) (local.get 0) (then (i32.add (i32.const 1) (call $odd (i32.sub (local.get 0) (i32.const 1)))))
          (else (unreachable))))
      (func $odd (param i32) (result i32) (i32.add (i32.const 1) (call $even (i32.sub (local.get 0) (i32.const 1)))))
      (func (export "even") (param i32) (result i32) (call $even (local.get 0)))
      (func $forever (param i32) (result i32) (i32.add (i32.const 1) (call $forever (i32.add (local.get 0) (i32.const 1)))))
      (func (export "forever") (result i32) (i32.add (i32.const 1) (call $forever (i32.const 0)))))""")
    for engine in ENGINES:
        dump = suite.dump(f"deep, {engine}", "wasmc", *engine, "--coredump", "core", "--invoke", "even", "deep.wat", "1000")
        if dump:
            suite.check(f"calls of a deep stack, {engine}", [frame[1] for frame in dump.frames], [0, 1] * 500 + [0, 2])
    for engine in ENGINES[1::2]:
        dump = suite.dump(f"exhausted, {engine}", "wasmc", *engine, "--coredump", "core", "--max-stack", "64MiB",
                          "--invoke", "forever", "deep.wat")
        if dump:
            suite.check(f"calls of an exhausted stack, {engine}", {frame[1] for frame in dump.frames} <= {3, 4}, True)
            suite.holds(f"their number, {engine}", 1000 < len(dump.frames) <= 65536, len(dump.frames))


def traps(suite):
    """Traps of each kind write one: of the hardware, of a host call, of the start function, of data that does not fit."""
    bodies = {
        "load": "(func (export \"_start\") (drop (i32.load (i32.const 0x7fffffff))))",
        "host": "(func (export \"_start\") (drop (i32.add (i32.const 1) (call $args (i32.const -4) (i32.const -4)))))",
        "start": "(func $s (i32.store (i32.const 8) (i32.const 1)) (unreachable)) (start $s)",
        "segment": "(data (i32.const 8) \"a\") (data (i32.const 65535) \"two\")",
        "exception": "(tag $t (param i32)) (func (export \"_start\") (throw $t (i32.const 3)))",
    }
    for name, body in bodies.items():
        suite.write(f"{name}.wat", f"""(module
          (import "wasi_snapshot_preview1" "args_sizes_get" (func $args (param i32 i32) (result i32)))
          (memory (export "memory") 1) (global (mut i32) (i32.const 5)) {body})""")
        for engine in ENGINES[1::2]:
            dump = suite.dump(f"{name}, {engine}", "wasmc", *engine, "--coredump", "core", f"{name}.wat")
            if dump:
                suite.check(f"frames of {name}, {engine}", [frame[:2] for frame in dump.frames],
                            [] if name == "segment" else [(0, 1)])
                suite.check(f"globals of {name}, {engine}", dump.globals, [(0x7F, 1, 5)])


def files(suite):
    """The file is empty without a trap, is no secret's leak, and has to be one; executables can be made for it."""
    suite.write("end.wat", """(module (func (export "_start")))""")
    suite.write("trap.wat", """(module (memory (export "memory") 1) (func $f (unreachable)) (func (export "_start") (call $f)))""")
    for engine in ENGINES[1::2]:
        (suite.place / "core").write_bytes(b"what was there")
        suite.check(f"no trap, {engine}", suite.run("wasmc", *engine, "--coredump", "core", "end.wat")[0], 0)
        suite.check(f"its file, {engine}", (suite.place / "core").read_bytes(), b"")
        (suite.place / "core").unlink()
        suite.run("wasmc", *engine, "--coredump", "core", "trap.wat")
        suite.check(f"who may read it, {engine}", (suite.place / "core").stat().st_mode & 0o777, 0o600)
        os.mkfifo(suite.place / "pipe")
        for path, reason in [("missing/core", "no such directory"), (".", "no regular file"), ("pipe", "no regular file"),
                             ("/dev/null", "no regular file")]:
            status, _, error = suite.run("wasmc", *engine, "--coredump", path, "end.wat")
            suite.check(f"--coredump {path}, {engine}", (status, error),
                        (125, f"wasmc: cannot create the file of --coredump '{path}': {reason}\n"))
        (suite.place / "pipe").unlink()

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
        suite.write("large.wat", """(module (memory 1) (data (i32.const 0) "much") (func (export "_start") (unreachable)))""")
        if engine[1] == "--interp":
            status, _, error = suite.run("wasmc", *engine, "--coredump", "core", "large.wat", preexec_fn=limit)
            suite.check(f"a limit on files, {engine}", (status, error.splitlines()[-1]),
                        (134, "wasmc: the core dump is not complete: the limit on the size of files (ulimit -f) is reached"))
    suite.run("wasmc", "build", "--coredump", "core", "trap.wat", "-o", "baked")
    suite.check("a baked file", [frame[:2] for frame in suite.dump("baked", "./baked").frames], [(0, 0), (0, 1)])
    suite.check("another one", [frame[:2] for frame in
                                suite.dump("granted", "./baked", grants="--coredump=core").frames], [(0, 0), (0, 1)])
    suite.run("wasmc", "build", "--coredump", "core", "--strip", "trap.wat", "-o", "stripped")
    suite.check("a stripped one", [frame[:2] for frame in suite.dump("stripped", "./stripped").frames], [(0, 0), (0, 1)])
    suite.run("wasmc", "build", "trap.wat", "-o", "plain")
    for grants in ("--coredump core", "--abort"):
        status, _, error = suite.run("./plain", grants=grants)
        suite.check(f"{grants} of a program that cannot", (status, error),
                    (125, "wasmc: --coredump, --abort: this program was built without them\n"))


def sealed(suite):
    """A sealed program writes its dump; its filter has gained what that takes and nothing else."""
    suite.write("trap.wat", """(module (func (export "_start") (unreachable)))""")
    dump = suite.dump("sealed", "wasmc", "run", "--seal", "require", "--coredump", "core", "trap.wat")
    suite.check("frames of a sealed program", dump and [frame[:2] for frame in dump.frames], [(0, 0)])
    calls = {}
    for name, options in [("plain", []), ("dumping", ["--coredump", "core"]), ("aborting", ["--abort"])]:
        suite.run("wasmc", "build", *options, "trap.wat", "-o", name)
        calls[name] = set(json.loads(suite.run("wasmc", "inspect", "--json", name)[1])["systemCalls"])
    suite.check("system calls of --coredump", calls["dumping"] - calls["plain"], {"pwritev", "setitimer"})
    suite.check("system calls of --abort", calls["aborting"] - calls["plain"], {"timer_settime"})


def aborts(suite):
    """With --abort, a trap's message is followed by SIGABRT; --timeout is a trap; whoever blocks or ignores it has no say."""
    suite.write("trap.wat", """(module (func $f (unreachable)) (func (export "_start") (call $f))
        (func (export "spin") (loop (br 0))) (func (export "fine")))""")

    def deaf():
        signal.signal(signal.SIGABRT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGABRT])
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def no_core():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for engine in ENGINES[1::2]:
        for name, prepare in [("abort", no_core), ("abort, ignored", deaf)]:
            status, _, error = suite.run("wasmc", *engine, "--seal", "auto", "--abort", "trap.wat", preexec_fn=prepare)
            suite.check(f"{name}, {engine}", (status, error.splitlines()[0]), (-signal.SIGABRT, "wasmc: trap: unreachable"))
        status, _, error = suite.run("wasmc", *engine, "--abort", "--timeout", "200ms", "--invoke", "spin", "trap.wat",
                                     preexec_fn=no_core)
        suite.check(f"timeout, {engine}", (status, error.splitlines()[0]), (-signal.SIGABRT, "wasmc: trap: timeout"))
        suite.check(f"no trap, {engine}", suite.run("wasmc", *engine, "--abort", "--invoke", "fine", "trap.wat")[0], 0)
        dump = suite.dump(f"both, {engine}", "wasmc", *engine, "--abort", "--coredump", "core", "trap.wat",
                          status=-signal.SIGABRT)
        suite.check(f"the dump of both, {engine}", dump and [frame[:2] for frame in dump.frames], [(0, 0), (0, 1)])


def threads(suite):
    """The thread that traps has its calls and its globals in the dump."""
    suite.write("threads.wat", """(module
      (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
      (memory (export "memory") 1 1 shared) (global $g (mut i32) (i32.const 1))
      (func $fail (global.set $g (i32.const 2)) (i32.store (i32.const 4) (i32.const 9)) (unreachable))
      (func (export "wasi_thread_start") (param i32 i32) (call $fail))
      (func (export "_start") (drop (call $spawn (i32.const 0))) (loop (br 0))))""")
    for engine in ENGINES[1::2]:
        dump = suite.dump(f"threads, {engine}", "wasmc", *engine, "--coredump", "core", "threads.wat")
        if dump:
            suite.check(f"a thread's dump, {engine}",
                        (dump.globals, [frame[:2] for frame in dump.frames], dump.memories, dump.bytes_at(0, 4, 1)),
                        ([(0x7F, 1, 2)], [(0, 1), (0, 2)], [(2, 1, 1, 16)], b"\t"))


def main_program():
    parser = argparse.ArgumentParser(description="check core dumps of the guest")
    parser.add_argument("--wasmc", required=True)
    suite = Suite(parser.parse_args().wasmc)
    suite.run_parts([state, local_values, modules, deep, traps, files, sealed, aborts, threads])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main_program())
