#!/usr/bin/env python3
"""Compares wasmc with a reference engine on generated modules, and ends with the line `N passed, N failed`.

    differential.py [--wasmc FILE] [--fuzz FILE] [--count N] [--seed N] [--mutants N] [--jobs N]
                    [--run ENGINE:ARGUMENTS]... [--keep DIRECTORY]

The modules are those of `wasmc-fuzz generate`; the reference is the `wasmtime` package of PyPI. What is compared:

- validity: of each module, and of mutants of it;
- results: each export of each valid module is invoked with several arguments, and `state` between, which hashes
  memories, tables and globals. What the reference results in becomes a script, which `wasmc wast` runs on each
  engine and level of --run (default: interpreter:, native:-O0 and native:-O2). Results are bits; the generator sees
  to it that NaNs are canonical.

A failure names the seed of the module: `wasmc-fuzz generate --seed N --out DIR` writes it again. With --keep the
scripts stay. Exit status: 0 when nothing failed, 1 otherwise, 2 when something is missing.
"""

import argparse
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import wasmtime
except ImportError:
    print("the wasmtime package of PyPI is needed: pip install wasmtime", file=sys.stderr)
    sys.exit(2)

PACKAGE_ROOT = Path(__file__).resolve().parents[2]

# Modules that one script has, and so one program: compiling and linking is shared.
MODULES_PER_SCRIPT = 25
# Invocations of each export.
INVOCATIONS = 2

TRAP_PHRASES = {
    "STACK_OVERFLOW": None,
    "MEMORY_OUT_OF_BOUNDS": "out of bounds memory access",
    "HEAP_MISALIGNED": "unaligned atomic",
    "TABLE_OUT_OF_BOUNDS": "out of bounds table access",
    "INDIRECT_CALL_TO_NULL": "uninitialized element",
    "BAD_SIGNATURE": "indirect call type mismatch",
    "INTEGER_OVERFLOW": "integer overflow",
    "INTEGER_DIVISION_BY_ZERO": "integer divide by zero",
    "BAD_CONVERSION_TO_INTEGER": "invalid conversion to integer",
    "UNREACHABLE": "unreachable",
    # Which kind of reference it is follows here.
    "NULL_REFERENCE": "null ",
    "CAST_FAILURE": "cast failure",
    "ARRAY_OUT_OF_BOUNDS": "out of bounds array access",
}

BITS = {"i32": 32, "i64": 64}
EDGES = [0, 1, -1, 2, 7, 31, 32, 63, 64, 255, 65535, 65536, 2**31 - 1, -(2**31), 0x3F800000, 0x7FC00000, 0x7FA00000]
EDGES_64 = EDGES + [2**32, 2**63 - 1, -(2**63), 0x3FF0000000000000, 0x7FF8000000000000, 0x41E0000000000000]


class ReferenceFailure(Exception):
    """The reference ended in something that no script can expect."""


def reference_engine():
    """An engine with every feature that wasmc has and the reference can have."""
    config = wasmtime.Config()
    for feature in ("threads", "tail_call", "reference_types", "simd", "relaxed_simd", "bulk_memory", "multi_value",
                    "multi_memory", "memory64", "function_references", "gc", "wide_arithmetic", "exceptions",
                    "custom_page_sizes"):
        setattr(config, "wasm_" + feature, True)
    config.shared_memory = True
    return wasmtime.Engine(config)


# Validity


def reference_verdict(engine, contents):
    """None for a valid module, else the reference's message."""
    try:
        wasmtime.Module.validate(engine, contents)
        return None
    except wasmtime.WasmtimeError as error:
        return str(error)


def wasmc_verdicts(wasmc, files):
    """By file, None for a valid module, else the error as wasmc prints it."""
    command = [str(wasmc), "validate", "--json", *map(str, files)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    verdicts = {}
    for line in result.stdout.splitlines():
        entry = json.loads(line)
        verdicts[entry["file"]] = None if entry["valid"] else entry.get("error", {})
    if result.returncode not in (0, 1) or len(verdicts) != len(files):
        missing = next((str(file) for file in files if str(file) not in verdicts), "?")
        raise RuntimeError(f"wasmc validate: status {result.returncode} at {missing}: {result.stderr[-500:]}")
    return verdicts


def is_known_difference(reference, error):
    """Whether only one of both engines has the limit or the proposal that the verdict rests on."""
    if error is not None:
        return error.get("phase") == "unsupported"
    limits = ("exceeds limit", "implementation limit", "size is out of bounds", "too large", "count exceeds",
              "maximum number", "legacy", "out of range of", "bigger than the maximum")
    return any(limit in reference for limit in limits)


def compare_validity(wasmc, files):
    """How many were compared, how many verdicts differ by a limit, and failures with their files."""
    engine = reference_engine()
    failures = []
    known = 0
    verdicts = wasmc_verdicts(wasmc, files)
    for file in files:
        reference = reference_verdict(engine, file.read_bytes())
        error = verdicts[str(file)]
        if (reference is None) == (error is None):
            continue
        if is_known_difference(reference, error):
            known += 1
            continue
        failures.append((file, f"{file.name}: the reference says {reference or 'valid'!r}, wasmc {error or 'valid'}"))
    return len(files), known, failures


# Results


CALL_INDIRECT = (0x11, 0x13)


def trap_phrase(trap, contents):
    """What a script expects for a trap of the reference in the module of `contents`."""
    code = trap.trap_code
    if code is None:
        raise ReferenceFailure(f"a trap without a code: {trap}")
    phrase = TRAP_PHRASES.get(code.name)
    # The reference has one code for both; the instruction tells them apart.
    if code.name == "TABLE_OUT_OF_BOUNDS" and trap.frames and contents[trap.frames[0].module_offset] in CALL_INDIRECT:
        phrase = "undefined element"
    if phrase is None:
        raise ReferenceFailure(f"the reference ends in {code.name}")
    return phrase


def constant(type_, value):
    bits = BITS[type_]
    return f"({type_}.const {value & ((1 << bits) - 1):#x})"


def arguments_of(parameters, numbers):
    """Arguments for parameter types, as signed integers."""
    result = []
    for type_ in parameters:
        bits = BITS[type_]
        edge = numbers.choice(EDGES if bits == 32 else EDGES_64)
        value = edge if numbers.random() < 0.6 else numbers.getrandbits(bits)
        value &= (1 << bits) - 1
        result.append(value - (1 << bits) if value >> (bits - 1) else value)
    return result


class ModuleScript:
    """The commands of one module, with the reference's results as expectations."""

    def __init__(self, engine, file):
        self.lines = []
        self.seed = file.stem
        contents = file.read_bytes()
        self.contents = contents
        module = wasmtime.Module(engine, contents)
        store = wasmtime.Store(engine)
        binary = "".join(f"\\{byte:02x}" for byte in contents)
        self.numbers = random.Random(int(self.seed))
        try:
            instance = wasmtime.Instance(store, module, [])
        except wasmtime.Trap as trap:
            self.lines.append(f'(assert_trap (module binary "{binary}") "{trap_phrase(trap, contents)}")')
            return
        self.lines.append(f'(module binary "{binary}")')
        exports = instance.exports(store)
        names = [export.name for export in module.exports]
        for _ in range(INVOCATIONS):
            for name in names:
                self.invoke(store, name, exports[name])
        self.invoke(store, "state", exports["state"])

    def invoke(self, store, name, function):
        type_ = function.type(store)
        parameters = [str(parameter) for parameter in type_.params]
        arguments = arguments_of(parameters, self.numbers)
        text = " ".join(constant(*pair) for pair in zip(parameters, arguments))
        action = f'(invoke "{name}" {text})'
        try:
            results = function(store, *arguments)
        except wasmtime.Trap as trap:
            self.lines.append(f'(assert_trap {action} "{trap_phrase(trap, self.contents)}")')
            return
        if results is None:
            results = []
        elif not isinstance(results, list):
            results = [results]
        expected = " ".join(constant(str(result), value) for result, value in zip(type_.results, results))
        self.lines.append(f"(assert_return {action} {expected})")


def write_script(files, path):
    """Writes the script of some modules; returns the seed of each line."""
    engine = reference_engine()
    seeds = []
    with open(path, "w") as script:
        for file in files:
            module = ModuleScript(engine, file)
            script.write("\n".join(module.lines) + "\n")
            seeds += [module.seed] * len(module.lines)
    return seeds


def run_script(wasmc, path, seeds, run):
    """Runs a script; returns what passed, what was skipped, and failures as text."""
    engine, *arguments = run.split(":")
    command = [str(wasmc), "wast", "--json", "--engine", engine, *filter(None, arguments), str(path)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    where = f"{run}: "
    try:
        summary = json.loads(result.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        seeds = f"seeds {seeds[0]} to {seeds[-1]}"
        return 0, 0, [f"{where}{seeds}: status {result.returncode}: {(result.stdout + result.stderr)[-800:]}"]
    failures = []
    for failure in summary["failures"]:
        line = failure["line"]
        seed = seeds[line - 1] if 0 < line <= len(seeds) else f"{seeds[0]} to {seeds[-1]}"
        failures.append(f"{where}seed {seed}, line {line}: {failure['message'][:400]}")
    return summary["passed"], summary["skipped"], failures


def compare_results(wasmc, files, path, runs):
    """Passed, skipped and failures of each run. Each module whose lowering is refused by name counts as skipped."""
    seeds = write_script(files, path)
    outcomes = []
    for run in runs:
        outcome = run_script(wasmc, path, seeds, run)
        if any("line 0: " in failure and ": unsupported: " in failure for failure in outcome[2]):
            outcome = (0, 1, []) if len(files) == 1 else halves(wasmc, files, path, run)
        outcomes.append(outcome)
    return outcomes


def halves(wasmc, files, path, run):
    """The outcome of a script whose program is refused, from two scripts of half of its modules each."""
    middle = len(files) // 2
    first, second = (
        compare_results(wasmc, half, path.with_name(f"{half[0].stem}-{len(half)}.wast"), [run])[0]
        for half in (files[:middle], files[middle:]))
    return tuple(left + right for left, right in zip(first, second))


# The whole


def chunks(items, size):
    return [items[start:start + size] for start in range(0, len(items), size)]


def generate(fuzz, options, directory):
    command = [str(fuzz), "generate", "--seed", str(options.seed), "--count", str(options.count),
               "--mutants", str(options.mutants), "--size", str(options.size), "--out", str(directory)]
    if options.features:
        command += ["--features", options.features]
    subprocess.run(command, check=True)
    number = re.compile(r"(\d+)(?:\.(\d+))?\.wasm")
    found = [(tuple(int(group or 0) for group in number.fullmatch(path.name).groups()), path)
             for path in directory.glob("*.wasm")]
    ordered = [path for _, path in sorted(found)]
    return [path for path in ordered if path.name.count(".") == 1], [p for p in ordered if p.name.count(".") == 2]


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare wasmc with a reference engine on generated modules")
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--fuzz", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc-fuzz")
    parser.add_argument("--count", type=int, default=500, help="modules")
    parser.add_argument("--seed", type=int, default=1, help="the first module's")
    parser.add_argument("--size", type=int, default=300, help="bytes of choices for a module, at most")
    parser.add_argument("--mutants", type=int, default=4, help="mutants of each module, for validity only")
    parser.add_argument("--features", help="features to generate, or all; default: those that native code has")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--run", action="append", metavar="ENGINE:ARGUMENT",
                        help="default: interpreter:, native:-O0 and native:-O2; none: compare validity only")
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY", help="keep modules and scripts here")
    return parser.parse_args()


def main():
    options = parse_arguments()
    options.wasmc, options.fuzz = options.wasmc.resolve(), options.fuzz.resolve()
    for tool in (options.wasmc, options.fuzz):
        if not os.access(tool, os.X_OK):
            print(f"{tool}: not found; see --help", file=sys.stderr)
            return 2
    runs = [run for run in options.run or ["interpreter:", "native:-O0", "native:-O2"] if run != "none"]
    directory = options.keep or Path(tempfile.mkdtemp(prefix="wasmc-differential-"))
    try:
        return compare(options, runs, directory)
    finally:
        if not options.keep:
            shutil.rmtree(directory, ignore_errors=True)


def compare(options, runs, directory):
    modules, mutants = generate(options.fuzz, options, directory)
    passed = failed = known = skipped = 0
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        pending = [pool.submit(compare_validity, options.wasmc, chunk) for chunk in chunks(modules + mutants, 500)]
        for future in pending:
            count, differences, failures = future.result()
            passed += count - len(failures) - differences
            known += differences
            failed += len(failures)
            for _, failure in failures:
                print(f"validity: {failure}", flush=True)
        pending = [
            pool.submit(compare_results, options.wasmc, chunk, directory / f"{chunk[0].stem}.wast", runs)
            for chunk in (chunks(modules, MODULES_PER_SCRIPT) if runs else [])
        ]
        for future in pending:
            for count, refused, failures in future.result():
                passed += count
                skipped += refused
                failed += len(failures)
                for failure in failures:
                    print(f"results: {failure}", flush=True)
    print(f"{len(modules)} modules and {len(mutants)} mutants from seed {options.seed}; {known} verdicts differ by a "
          f"limit of one engine; {skipped} refused by name")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
