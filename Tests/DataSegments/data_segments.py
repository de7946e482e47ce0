#!/usr/bin/env python3
"""Modules with large data segments begin with the memory that the specification says, whether pages are moved or copied.

    data_segments.py --wasmc WASMC

Each guest writes its memory to standard output. Ends with the line `N passed, N failed`.
"""

import argparse
import hashlib
import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PACKAGE / "Tests/common"))

from checks import Checks, environment  # noqa: E402
from wasm_encoding import const, u  # noqa: E402

# WASMC_MAPPED_DATA_BYTES.
LARGE = 128 * 1024
PAGE = 4096
PAGES = 24
MEMORY = PAGES * 65536
MREMAP, EPERM, ENOSYS = 25, 1, 38
RANDOM = random.Random(12)
# Where the guest keeps its vector; never part of what is compared.
VECTOR = MEMORY - 16


def section(number, items):
    body = u(len(items)) + b"".join(items)
    return bytes([number]) + u(len(body)) + body


def name(text):
    return u(len(text)) + text.encode()


def store(address, number):
    return const(address) + const(number) + b"\x36\x02\x00"


def call(function, fd):
    """fd_read or fd_write of the vector."""
    return const(fd) + const(VECTOR) + const(1) + const(VECTOR + 8) + b"\x10" + bytes([function]) + b"\x1a"


def module(segments, waits=False, first=b""):
    """Writes all of its memory but the vector, after `first`; before that it waits for a byte if it is to."""
    code = store(VECTOR, VECTOR + 12) + store(VECTOR + 4, 1)
    code += call(0, 0) if waits else b""
    code += first + store(VECTOR, 0) + store(VECTOR + 4, VECTOR) + call(1, 1)
    body = b"\x00" + code + b"\x0b"
    imports = [name("wasi_snapshot_preview1") + name(call_name) + b"\x00\x00" for call_name in ("fd_read", "fd_write")]
    data = [(b"\x00" + const(address) + b"\x0b" if address is not None else b"\x01") + u(len(contents)) + contents
            for address, contents in segments]
    return b"".join([
        b"\0asm\1\0\0\0", section(1, [b"\x60\x04\x7f\x7f\x7f\x7f\x01\x7f", b"\x60\x00\x00"]), section(2, imports),
        section(3, [b"\x01"]), section(5, [b"\x00" + u(PAGES)]),
        section(7, [name("memory") + b"\x02\x00", name("_start") + b"\x00\x02"]),
        b"\x0c" + u(len(u(len(segments)))) + u(len(segments)), section(10, [u(len(body)) + body]),
        section(11, data)])


def image(segments):
    memory = bytearray(MEMORY)
    for address, contents in segments:
        if address is not None:
            memory[address:address + len(contents)] = contents
    return bytes(memory[:VECTOR])


def some(count):
    return RANDOM.randbytes(count)


def cases():
    """Name -> segments."""
    yield "at the beginning of a page", [(PAGE, some(LARGE))]
    yield "as large as is copied", [(PAGE, some(LARGE - 1))]
    yield "within pages", [(7, some(LARGE + 1)), (4 * LARGE + 4095, some(LARGE + 4097))]
    yield "up to the end", [(VECTOR - LARGE, some(LARGE))]
    yield "neighbours in a page", [(100, some(LARGE)), (100 + LARGE, some(LARGE)), (100 + 2 * LARGE, some(10))]
    yield "small ones around", [(0, some(50)), (50, some(LARGE + 77)), (LARGE + 127, some(60))]
    yield "a small one over its beginning, later", [(PAGE, some(LARGE)), (PAGE - 3, some(9))]
    yield "a small one over its middle, later", [(PAGE, some(LARGE)), (LARGE // 2, some(2 * PAGE))]
    yield "a small one over its end, earlier", [(LARGE, some(2 * PAGE)), (PAGE, some(LARGE))]
    yield "one over another", [(0, some(2 * LARGE)), (LARGE, some(2 * LARGE))]
    yield "the same place twice", [(9, some(LARGE)), (9, some(LARGE))]
    yield "empty ones within", [(PAGE, some(LARGE)), (2 * PAGE, b""), (PAGE, b"")]
    yield "zeros", [(PAGE + 5, bytes(3 * LARGE))]
    yield "many", [(i * LARGE + i, some(LARGE)) for i in range(11)]


class Suite(Checks):
    def build(self, label, contents, *options):
        source, executable = self.place / "m.wasm", self.place / label
        source.write_bytes(contents)
        subprocess.run([self.wasmc, "build", "-O0", *options, source, "-o", executable], check=True, env=environment())
        return executable

    def output(self, *command, **options):
        done = subprocess.run(list(map(str, command)), capture_output=True, env=environment(""), **options)
        return done.returncode, done.stdout

    def same(self, label, found, segments):
        self.holds(label, found == (0, image(segments)), f"status {found[0]}, {len(found[1])} bytes, not those expected")


def check_contents(suite):
    host = suite.place / "host"
    subprocess.run(["clang-22", "-D_GNU_SOURCE", "-O1", PACKAGE / "runtime-c/tests/programs/host.c", "-o", host], check=True)
    for label, segments in cases():
        for options in [], ["--bounds", "explicit"]:
            executable = suite.build("program", module(segments), *options)
            suite.same(f"{label} {options}", suite.output(executable), segments)
            for error in EPERM, ENOSYS:
                suite.same(f"{label} {options}, without mremap: {error}",
                           suite.output(host, "-e", error, MREMAP, "--", executable), segments)
        suite.same(f"{label}, interpreted", suite.output(suite.wasmc, "run", "--interp", suite.place / "m.wasm"), segments)


def check_writes(suite):
    """What a guest writes stays its own; what was dropped stays so; a segment outside is a trap, and nothing ran."""
    segments = [(PAGE, some(2 * LARGE)), (None, some(LARGE))]
    passive = const(4 * LARGE) + const(5) + const(LARGE - 5) + b"\xfc\x08\x01\x00"
    executable = suite.build("written", module(segments, first=store(LARGE, 1) + store(LARGE + 4, 2) + passive))
    before = hashlib.sha256(executable.read_bytes()).digest()
    written = [*segments, (LARGE, b"\1\0\0\0\2\0\0\0"), (4 * LARGE, segments[1][1][5:])]
    for time in "once", "again":
        suite.same(f"written to, {time}", suite.output(executable), written)
    suite.check("the executable", hashlib.sha256(executable.read_bytes()).digest(), before)
    dropped = const(0) + const(0) + const(1) + b"\xfc\x08\x00\x00"
    suite.check("memory.init of an active one",
                suite.output(suite.build("dropped", module(segments, first=dropped)))[0], 134)
    outside = [(PAGE, some(LARGE)), (MEMORY - LARGE + 1, some(LARGE))]
    suite.check("outside", suite.output(suite.build("outside", module(outside))), (134, b""))


def check_places(suite):
    """Pages of the executable are where the guest has them, and some that are copied are not."""
    for label, segments, expected in [("large", [(PAGE + 3, some(LARGE))], 1), ("small", [(PAGE + 3, some(LARGE - 1))], 0),
                                      ("overlapping", [(0, some(LARGE)), (PAGE, some(3))], 0)]:
        executable = suite.build("placed", module(segments, waits=True))
        with subprocess.Popen([executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment("")) as process:
            # It has begun when its memory can be read.
            maps = Path(f"/proc/{process.pid}/maps")
            found = 0
            while process.poll() is None:
                lines = [line.split() for line in maps.read_text().splitlines()]
                if any(line[1] == "rw-p" and int(line[0].split("-")[0], 16) == 0x10000 for line in lines):
                    waiting = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "S"
                    if waiting:
                        found = sum(line[-1] == str(executable) and line[1] == "rw-p" and
                                    int(line[0].split("-")[1], 16) <= 0x10000 + MEMORY for line in lines)
                        break
            out, _ = process.communicate(b"x")
            suite.check(f"{label}: parts of the executable in memory", found, expected)
            suite.same(f"{label}: memory", (process.returncode, out), segments)


def main():
    parser = argparse.ArgumentParser(description="memories of modules with large data segments")
    parser.add_argument("--wasmc", required=True)
    suite = Suite(parser.parse_args().wasmc)
    suite.run_parts([check_contents, check_writes, check_places])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
