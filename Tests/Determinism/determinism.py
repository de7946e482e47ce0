#!/usr/bin/env python3
"""Checks that a module and the options decide every byte that `wasmc build` writes.

    determinism.py --wasmc PATH [--filter RE]

Modules of several partitions are compiled with 1, 2 and 4 threads, twice in the same way, from another directory,
under another name of the output and from another copy of the input; what comes out has to be the same. The last line
is `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generated_module import module_text

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
CORPUS = PACKAGE_ROOT / ".build" / "corpus"
SHARED = PACKAGE_ROOT.parent / "shared" / "programs"

# Modules of several partitions; those that are not there are left out, with a line that says so.
PROGRAMS = [CORPUS / "cmark.wasm", CORPUS / "sqlite3-speedtest1.wasm", SHARED / "w2c2" / "gowasi-tinygo.wasm"]

BUILD_TIMEOUT_S = 600


@dataclass(frozen=True)
class Variant:
    """A way of building that must not matter."""

    name: str
    jobs: int
    output: str = "program"
    # A directory to work in, in which the input is found by a relative path.
    is_elsewhere: bool = False


BASE = Variant("-j 1", 1)
VARIANTS = [
    Variant("-j 2", 2),
    Variant("-j 4", 4),
    Variant("-j 4 again", 4),
    Variant("another directory, another output", 2, output="other", is_elsewhere=True),
]


@dataclass(frozen=True)
class Build:
    """What is built, the same in each variant."""

    name: str
    options: tuple[str, ...]
    emit: tuple[str, ...]


# The order of the threads has nothing to do with the level, so most variants are built at the fastest one.
BUILDS = [
    (Build("-O0", ("-O0",), ("exe", "obj", "llvm-ir")), VARIANTS),
    (Build("-O0 -g --bounds explicit", ("-O0", "-g", "--bounds", "explicit"), ("exe", "obj")), VARIANTS[3:4]),
    (Build("-O2", ("-O2",), ("exe",)), VARIANTS[1:2]),
]


def build(wasmc, module, build_, variant, folder):
    """Builds below `folder`; what follows the output's name in the name of each file -> the file's bytes."""
    target = folder / "output"
    target.mkdir()
    directory = folder
    source = str(module)
    if variant.is_elsewhere:
        directory = folder / "a" / "b"
        directory.mkdir(parents=True)
        shutil.copy(module, folder / "a" / module.name)
        source = f"../{module.name}"
    done = subprocess.run(
        [wasmc, "build", "--no-cache", source, "-o", target / variant.output, "-j", str(variant.jobs), *build_.options,
         "--emit", ",".join(build_.emit)],
        cwd=directory, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S)
    if done.returncode != 0:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr.strip()}")
    return {path.name.removeprefix(variant.output) or "executable": path.read_bytes() for path in target.iterdir()}


def differences(expected, actual):
    if expected.keys() != actual.keys():
        return [f"files {sorted(expected)} and {sorted(actual)}"]
    return [f"{name}: {len(expected[name])} and {len(actual[name])} bytes, "
            f"different from byte {first_difference(expected[name], actual[name])}"
            for name in sorted(expected) if expected[name] != actual[name]]


def first_difference(left, right):
    return next((offset for offset, pair in enumerate(zip(left, right)) if pair[0] != pair[1]),
                min(len(left), len(right)))


def check_module(wasmc, module):
    """Yields (what was checked, what was wrong with it)."""
    for build_, variants in BUILDS:
        with tempfile.TemporaryDirectory(prefix="wasmc-determinism-") as folder:
            expected = build(wasmc, module, build_, BASE, Path(folder))
        if "llvm-ir" in build_.emit:
            parts = sum(name.endswith(".ll") for name in expected)
            yield "partitions", [] if parts > 2 else [f"{parts} LLVM modules: too few to tell anything"]
        for variant in variants:
            with tempfile.TemporaryDirectory(prefix="wasmc-determinism-") as folder:
                actual = build(wasmc, module, build_, variant, Path(folder))
            yield f"{build_.name}, {variant.name}", differences(expected, actual)


def parse_arguments():
    parser = argparse.ArgumentParser(description="check that builds are reproducible")
    parser.add_argument("--wasmc", type=Path, required=True, help="the compiler to test")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="modules, by name")
    return parser.parse_args()


def main():
    options = parse_arguments()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="wasmc-determinism-") as folder:
        generated = Path(folder) / "generated.wat"
        generated.write_text(module_text())
        modules = [module for module in [generated, *PROGRAMS] if options.filter.search(module.name)]
        for module in modules:
            if not module.exists():
                print(f"{module.name}: not there, left out")
                continue
            try:
                for name, problems in check_module(options.wasmc.resolve(), module):
                    passed += not problems
                    failed += bool(problems)
                    if problems:
                        print(f"FAIL {module.name}: {name}", *problems, sep="\n    ", flush=True)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                failed += 1
                print(f"FAIL {module.name}: {error}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
