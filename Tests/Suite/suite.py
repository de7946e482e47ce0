#!/usr/bin/env python3
"""Tests of Tools/run_scripts.py, with checkouts of a test suite that are made up.

    suite.py --wasmc PATH

The last line is `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
RUN_SCRIPTS = PACKAGE_ROOT / "Tools" / "run_scripts.py"

RIGHT = '(module (func (export "f") (result i32) (i32.const 1)))\n(assert_return (invoke "f") (i32.const 1))\n'
WRONG = '(module (func (export "f") (result i32) (i32.const 1)))\n(assert_return (invoke "f") (i32.const 2))\n'
# Holds where a proposal is off that the specification's own scripts do without.
PAGE_SIZE = '(assert_malformed (module (memory 0 (pagesize 1))) "malformed limits flags")\n'
# Each thread has a heap of its own.
THREADS_WITH_HEAP = ('(module $m (memory (export "m") 1 1 shared) (type $s (struct)))\n'
                     '(thread $t (shared (module $m)) (module (func (export "g"))) (invoke "g"))\n(wait $t)\n')

SPECIFICATION = {"test/core/right.wast": RIGHT, "test/core/simd/right.wast": RIGHT, "test/legacy/a/right.wast": RIGHT,
                 "test/harness/no-script.wast": WRONG}
MIRROR = {"right.wast": RIGHT, "proposals/threads/right.wast": RIGHT, "proposals/custom-descriptors/wrong.wast": WRONG}

# Files, the folder in them that is given, further arguments, the exit status, and what is printed.
CASES = [
    ("the specification's repository", SPECIFICATION, ".", [], 0, ["6 passed, 0 failed, 0 skipped"]),
    ("its folder with tests", SPECIFICATION, "test", [], 0, ["6 passed, 0 failed, 0 skipped"]),
    ("its folder with the core's tests", SPECIFICATION, "test/core", [], 0, ["4 passed, 0 failed, 0 skipped"]),
    ("the test suite's repository", MIRROR, ".", [], 0, ["4 passed, 0 failed, 0 skipped"]),
    ("several processes", MIRROR, ".", ["--jobs", "5"], 0, ["4 passed, 0 failed, 0 skipped"]),
    ("an assertion that does not hold", MIRROR | {"wrong.wast": WRONG}, ".", ["--jobs", "2"], 1,
     ["core/wrong.wast:2:1: expected", "5 passed, 1 failed, 0 skipped"]),
    ("what is no script", MIRROR | {"bad.wast": "(module"}, ".", [], 1, ["core/bad.wast", "4 passed, 1 failed"]),
    ("no scripts", {"README.md": ""}, ".", [], 1, ["no scripts", "0 passed, 1 failed"]),
    ("no folder", {}, "absent", [], 2, ["absent is no folder"]),
    ("features, where the suite has none", {"x.wast": PAGE_SIZE}, ".", [], 0, ["1 passed, 0 failed"]),
    ("features, of a proposal", {"x.wast": RIGHT, "proposals/custom-page-sizes/y.wast": PAGE_SIZE}, ".", [], 1,
     ["custom-page-sizes/y.wast:1:1", "2 passed, 1 failed"]),
    ("threads and a heap, natively", {"x.wast": THREADS_WITH_HEAP}, ".", ["native"], 0,
     [" 0 failed, 0 skipped"]),
    ("threads and a heap", {"x.wast": THREADS_WITH_HEAP}, ".", [], 0, [" 0 failed, 0 skipped"]),
]


def check(wasmc, files, folder, arguments, status, printed):
    engine = "native" if "native" in arguments else "interpreter"
    arguments = [argument for argument in arguments if argument != "native"]
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = Path(root) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        command = [sys.executable, RUN_SCRIPTS, "--wasmc", wasmc, "--suite", Path(root) / folder, *arguments]
        done = subprocess.run([*command, "suite", "--engine", engine], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    good = done.returncode == status and all(words in done.stdout for words in printed)
    return "" if good else f"exit status {done.returncode}, expected {status} and {printed}:\n{done.stdout}"


def main():
    parser = argparse.ArgumentParser(description="run made-up test suites")
    parser.add_argument("--wasmc", type=Path, required=True)
    wasmc = parser.parse_args().wasmc.resolve()
    failed = 0
    for name, *case in CASES:
        problem = check(wasmc, *case)
        if problem:
            failed += 1
            print(f"FAIL {name}: {problem}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
