#!/usr/bin/env python3
"""Prints what `wasmc build` makes of the test programs, as hashes, to compare two compilers byte for byte.

    hashes.py --wasmc PATH [--largest BYTES] [--filter RE] [--jobs N] [-- OPTION...]

A line for each program: the first digits of the SHA-256 of its object files and of its executable, and its name. The
objects say what the lowering makes; the executable changes with the runtime, too. A change of structure leaves all of
it as it was: `diff` of the lists before and after is empty. The options behind `--` go to `wasmc build`.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [PACKAGE_ROOT / ".build" / "programs", PACKAGE_ROOT / ".build" / "corpus",
           PACKAGE_ROOT.parent / "shared" / "programs"]
DIGITS = 16


def digest(paths):
    """Of the contents, in the order of the names."""
    result = hashlib.sha256()
    for path in sorted(paths):
        result.update(path.read_bytes())
    return result.hexdigest()[:DIGITS]


def hash_program(wasmc, program, options):
    with tempfile.TemporaryDirectory() as folder:
        command = [wasmc, "build", "-j", "1", "--emit", "exe,obj", program, "-o", Path(folder) / "program", *options]
        outcome = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if outcome.returncode != 0:
            return f"{'refused':{2 * DIGITS + 1}}"
        executable = Path(folder) / "program"
        objects = [path for path in Path(folder).iterdir() if path != executable]
        return f"{digest(objects)} {digest([executable])}"


def programs(largest, pattern):
    """Each by its path below the folder that it is in."""
    for folder in FOLDERS:
        if not folder.is_dir():
            print(f"left out: {folder.name}, which is not there", file=sys.stderr)
        for path in sorted(folder.rglob("*.wasm")):
            name = f"{folder.name}/{path.relative_to(folder)}"
            if path.stat().st_size <= largest and pattern.search(name):
                yield name, path


def main():
    arguments = argparse.ArgumentParser(description="hashes of what is made of the test programs")
    arguments.add_argument("--wasmc", type=Path, required=True, metavar="PATH")
    arguments.add_argument("--largest", type=int, default=300_000, metavar="BYTES", help="programs up to this size")
    arguments.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="programs, by name")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N")
    arguments.add_argument("options", nargs="*", metavar="OPTION", help="options of `wasmc build`")
    options = arguments.parse_args()
    chosen = list(programs(options.largest, options.filter))
    with ThreadPoolExecutor(options.jobs) as pool:
        for (name, _), line in zip(chosen, pool.map(
                lambda program: hash_program(options.wasmc.resolve(), program[1], options.options), chosen)):
            print(line, name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
