#!/usr/bin/env python3
"""Damages modules and checks that wasmc refuses or compiles each one, and never crashes, hangs or leaves a file behind.

    bad_input.py --wasmc PATH [--jobs N] [--filter RE] [--scale F]

1. Every module of Tests/Regressions: once it broke a promise.
2. Valid modules that ask for much (exhausting_modules.py): `validate`, `inspect`, `build`.
3. Modules whose debug information asks for much (hostile_debug_info.py): `build`, `build -g`, `explain-trap`.
4. Modules cut at every section boundary and at 1,000 other offsets, and modules with one bit flipped: `validate`.
5. A sample of those that are not valid: the error as people see it.
6. A sample of all: `inspect`.
7. A sample of those that are valid: `build`, whose executables are not run.

Each has to end with status 0, or with status 1 and one error about the module, within 20 s of CPU time and 1 GiB. A module that
breaks that is saved in Tests/Regressions. The same mutants are made in each run. The last line is `N passed, N failed`.
Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import concurrent.futures
import hashlib
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

import exhausting_modules
import hostile_debug_info
from compiler import Compiler, Failure, private_folder
from mutants import SEED, Source, cuts, flips

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
REGRESSIONS = PACKAGE_ROOT / "Tests" / "Regressions"
# The first two need other tools to be built, the third is not part of the package.
MODULE_FOLDERS = [
    PACKAGE_ROOT / ".build" / "corpus", PACKAGE_ROOT / ".build" / "programs", PACKAGE_ROOT.parent / "shared" / "programs",
]
TEXT_FOLDERS = [PACKAGE_ROOT / "Examples"]

# A module above this is cut at fewer offsets, because each cut costs as much as the module has bytes.
SMALL_MODULE_BYTES = 100 << 10
# Above this a module is left out.
LARGE_MODULE_BYTES = 500 << 10
# Of more modules than that, those are taken that lie evenly between the smallest and the largest.
SMALL_MODULES = 64
LARGE_MODULES = 8

CUTS_OF_SMALL = 1000
CUTS_OF_LARGE = 60
FLIPS = 10000
REFUSED = 300
INSPECTED = 400
BUILT = 1000
OPTIMIZED = 100
# A build costs more than the others: of modules below this only.
BUILT_MODULE_BYTES = 60 << 10

BATCH = 100


def parse_arguments():
    parser = argparse.ArgumentParser(description="compile damaged modules")
    parser.add_argument("--wasmc", type=Path, required=True, help="the compiler to test")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at a time; default 2")
    parser.add_argument("--filter", type=re.compile, default=re.compile(""), metavar="RE", help="modules, by name")
    parser.add_argument("--scale", type=float, default=1, metavar="F", help="times as many mutants; default 1")
    return parser.parse_args()


def module_name(path, folder):
    return str(path.relative_to(folder).with_suffix("")).replace("/", "-")


def load_sources(name_filter):
    """The modules to damage, smallest first, each content once."""
    paths = [(path, module_name(path, folder)) for folder in MODULE_FOLDERS for path in sorted(folder.rglob("*.wasm"))
             if "src" not in path.parts and "work" not in path.parts]
    paths += [(path, module_name(path, folder)) for folder in TEXT_FOLDERS for path in sorted(folder.glob("*.wat"))]
    small, large = {}, {}
    for path, name in paths:
        size = path.stat().st_size
        if size > LARGE_MODULE_BYTES or not name_filter.search(name):
            continue
        content = path.read_bytes()
        group = small if size <= SMALL_MODULE_BYTES else large
        group.setdefault(hashlib.sha256(content).digest(), Source(name, path, content))
    ordered = [sorted(group.values(), key=lambda source: (len(source.content), source.name)) for group in (small, large)]
    return evenly(ordered[0], SMALL_MODULES), evenly(ordered[1], LARGE_MODULES)


def evenly(items, count):
    return [items[position * len(items) // count] for position in range(count)] if len(items) > count else items


class Suite:
    """The checks, and what came of them."""

    def __init__(self, compiler, jobs):
        self.compiler = compiler
        self.pool = concurrent.futures.ThreadPoolExecutor(jobs)
        self.counts = Counter()
        # File name of a mutant -> its verdict, for those that have one.
        self.verdicts = {}

    def record(self, mutant, failure=None):
        """Counts a check; a mutant that failed is kept."""
        if failure is None:
            self.counts["passed"] += 1
            return
        self.counts["failed"] += 1
        REGRESSIONS.mkdir(parents=True, exist_ok=True)
        saved = REGRESSIONS / mutant.file_name
        saved.write_bytes(mutant.content)
        print(f"FAIL {mutant.file_name}: {failure}", flush=True)

    def for_each(self, function, items):
        """Runs a function on a pool, and whatever went wrong in it goes on here."""
        for future in [self.pool.submit(function, item) for item in items]:
            future.result()

    # Validation, in batches

    def validate(self, mutants):
        batches = [mutants[start:start + BATCH] for start in range(0, len(mutants), BATCH)]
        self.for_each(self.validate_batch, batches)

    def validate_batch(self, batch):
        """Validates mutants in one process; when a promise is broken, in two, and so on down to the culprit."""
        try:
            with private_folder() as folder:
                for mutant in batch:
                    (folder / mutant.file_name).write_bytes(mutant.content)
                verdicts = self.compiler.verdicts(folder, [mutant.file_name for mutant in batch])
        except Failure as failure:
            if len(batch) == 1:
                self.record(batch[0], failure)
                return
            middle = len(batch) // 2
            self.validate_batch(batch[:middle])
            self.validate_batch(batch[middle:])
            return
        for mutant, verdict in zip(batch, verdicts):
            self.verdicts[mutant.file_name] = verdict
            self.record(mutant, self.contradiction(mutant, verdict))

    @staticmethod
    def contradiction(mutant, verdict):
        """Why a verdict cannot be true, or None."""
        phase = "valid" if verdict["valid"] else verdict["error"]["phase"]
        if mutant.must_be_malformed and phase != "malformed":
            return f"a module without its end is {phase}"
        return None

    def is_valid(self, mutant):
        return self.verdicts[mutant.file_name]["valid"]

    # One process each

    def single(self, check, mutants):
        """Runs check(folder, mutant) for each mutant."""
        def run(mutant):
            try:
                with private_folder() as folder:
                    (folder / mutant.file_name).write_bytes(mutant.content)
                    check(folder, mutant)
            except Failure as failure:
                self.record(mutant, failure)
            else:
                self.record(mutant)

        self.for_each(run, mutants)

    def refuse(self, mutants):
        self.single(lambda folder, mutant: self.compiler.refuse(folder, mutant.file_name), mutants)

    def inspect(self, mutants):
        self.single(
            lambda folder, mutant: self.compiler.inspect(folder, mutant.file_name, self.is_valid(mutant)), mutants)

    def build(self, mutants, level):
        def check(folder, mutant):
            built = self.compiler.build(folder, mutant.file_name, level)
            self.counts["executables" if built else "refused by build"] += 1

        self.single(check, mutants)

    # Named modules

    def named(self, check, named_modules):
        """Runs check(folder, name) for each (file name, function that makes the content)."""
        def run(item):
            name, make = item
            try:
                with private_folder() as folder:
                    (folder / name).write_bytes(make())
                    check(folder, name)
            except Failure as failure:
                self.counts["failed"] += 1
                print(f"FAIL {name}: {failure}", flush=True)
            else:
                self.counts["passed"] += 1

        self.for_each(run, named_modules)

    def debug_information(self, named_modules):
        """What modules say of their source: all are valid, and become executables."""
        def check(folder, name):
            for options in (["--invoke", "f0"], ["--invoke", "f0", "-g"]):
                if not self.compiler.build(folder, name, "0", options):
                    raise Failure("refused")
            self.compiler.explain(folder, name)

        self.named(check, named_modules)

    def everything(self, named_modules):
        """Each in every way."""
        def check(folder, name):
            is_valid = self.compiler.verdicts(folder, [name])[0]["valid"]
            self.compiler.inspect(folder, name, is_valid)
            for level in ("0", "2"):
                if not self.compiler.build(folder, name, level):
                    break

        self.named(check, named_modules)


def kept_modules():
    return [(path.name, path.read_bytes) for path in sorted(REGRESSIONS.rglob("*")) if path.suffix in (".wasm", ".wat")]


def named_modules(makers):
    return [(f"{make.__name__.replace('_', '-')}.wasm", make) for make in makers]


def sample(candidates, count, purpose):
    chooser = random.Random(f"{SEED} {purpose}")
    return candidates if len(candidates) <= count else chooser.sample(candidates, count)


def make_mutants(small, large, scale):
    mutants = []
    for sources, count in ((small, CUTS_OF_SMALL), (large, CUTS_OF_LARGE)):
        for source in sources:
            mutants += cuts(source, int(count * scale))
    sources = small + large
    for source in sources:
        mutants += flips(source, int(FLIPS * scale) // len(sources) + 1)
    return mutants


def run(options):
    small, large = load_sources(options.filter)
    if not small + large:
        sys.exit("bad_input.py: no modules")
    mutants = make_mutants(small, large, options.scale)
    suite = Suite(Compiler(options.wasmc.resolve()), options.jobs)

    def part(title, function, *arguments):
        start = time.monotonic()
        function(*arguments)
        print(f"{title}: {len(arguments[0])} in {time.monotonic() - start:.0f} s", flush=True)

    def scaled(candidates, count, purpose):
        return sample(candidates, int(count * options.scale), purpose)

    part("regressions", suite.everything, kept_modules())
    part("exhausting modules", suite.everything, named_modules(exhausting_modules.ALL))
    part("debug information", suite.debug_information, named_modules(hostile_debug_info.ALL))
    part(f"validated, of {len(small) + len(large)} modules", suite.validate, mutants)
    judged = [mutant for mutant in mutants if mutant.file_name in suite.verdicts]
    valid = [mutant for mutant in judged if suite.is_valid(mutant)]
    part("refused", suite.refuse,
         scaled([mutant for mutant in judged if not suite.is_valid(mutant)], REFUSED, "refuse"))
    part("inspected", suite.inspect, scaled(judged, INSPECTED, "inspect"))
    buildable = [mutant for mutant in valid if len(mutant.source.content) <= BUILT_MODULE_BYTES]
    part("built at -O0", suite.build, scaled(buildable, BUILT, "build"), "0")
    part("built at -O2", suite.build, scaled(buildable, OPTIMIZED, "optimize"), "2")

    counts = suite.counts
    print(f"{len(valid)} of the mutants are valid; {counts['executables']} executables, "
          f"{counts['refused by build']} refused by build")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(run(parse_arguments()))
