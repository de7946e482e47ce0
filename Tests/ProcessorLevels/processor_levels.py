#!/usr/bin/env python3
"""Compiles and links every instruction for every CPU that can be named: LLVM has calls for what a CPU cannot do, to
functions that may not be there.

    processor_levels.py --wasmc PATH

What code may call is the runtime, and the blocks of memory of `memory.copy` and its kind. The last line is
`N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from every_instruction import module_text

NM = "llvm-nm-22"
ALLOWED = {"memcpy", "memmove", "memset"}
TIMEOUT_S = 300

LEVELS = ["x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4", "native"]
# One feature less, with what implies it, or more; and some that contradict each other.
FEATURES = [
    ("x86-64-v2", "-sse3"), ("x86-64-v2", "-ssse3"), ("x86-64-v2", "-sse4.1"), ("x86-64-v2", "-sse4.2,-popcnt,-cx16"),
    ("x86-64-v3", "-avx"), ("x86-64-v3", "-avx2"), ("x86-64-v3", "-sse4.1"),
    ("x86-64-v3", "-fma,-f16c,-bmi,-bmi2,-lzcnt,-movbe"), ("x86-64-v4", "-avx512f"), ("x86-64-v4", "-avx512vl"),
    ("x86-64-v4", "-avx512bw,-avx512dq,-avx512cd"), ("x86-64", "+ssse3"), ("x86-64", "+avx2,-sse4.2"),
    ("x86-64", "+xop,+avx512f"), ("x86-64-v2", "-cmov,-mmx,-fxsr,-cx8"),
]
# What no program can do without: LLVM would end the process.
NEEDED = ["-sse", "-sse2", "-64bit", "+avx,-sse2"]


def call(*command):
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_S)


def check_code(wasmc, module, options):
    """What is wrong with the code of all instructions; nothing if all is well."""
    output = module.with_suffix("")
    result = call(wasmc, "build", "--invoke", "0", "--emit", "exe,obj", *options, "-o", str(output), str(module))
    if result.returncode != 0:
        return result.stdout
    called = call(NM, "--undefined-only", "--just-symbol-name", f"{output}.o").stdout.split()
    foreign = [name for name in called if not name.startswith("wasmc_") and name not in ALLOWED]
    if "wasmc_trap" not in called:
        return f"nothing traps: {called}"
    return f"calls {' '.join(foreign)}" if foreign else ""


def check_refused(wasmc, module, features):
    result = call(wasmc, "build", "--target-feature", features, "-o", str(module.with_suffix("")), str(module))
    return "" if result.returncode == 2 and "cannot do without" in result.stdout else result.stdout or "not refused"


def main():
    parser = argparse.ArgumentParser(description="compile every instruction for every CPU")
    parser.add_argument("--wasmc", required=True)
    wasmc = str(Path(parser.parse_args().wasmc).resolve())
    text, count = module_text()
    # A table that is written in another way must not go unnoticed.
    failures = {"rows of the table": "" if count > 400 else f"only {count}"}
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "every.wat"
        module.write_text(text)
        cases = [["--target-cpu", level, optimization] for level in LEVELS for optimization in ("-O0", "-O2")]
        cases += [["--target-cpu", level, "--target-feature", features] for level, features in FEATURES]
        for options in cases:
            failures[" ".join(options)] = check_code(wasmc, module, options)
        for features in NEEDED:
            failures[f"{features} is refused"] = check_refused(wasmc, module, features)
    failed = [name for name, message in failures.items() if message]
    for name in failed:
        print(f"{name}: {failures[name][:2000]}")
    print(f"{len(failures) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
