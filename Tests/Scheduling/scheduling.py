#!/usr/bin/env python3
"""Tests of Tools/run_tests.py with parts that are made up.

    scheduling.py

The last line is `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import contextlib
import io
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tools"))
from run_tests import Scheduler, judge  # noqa: E402
from test_parts import SETS, Part  # noqa: E402

# What a part leaves behind, its exit status, and what is said of it.
OUTCOMES = [
    ("counts", Part("p", ""), 0, "3 passed, 0 failed\n", (3, 0)),
    ("several counts", Part("p", ""), 1, "3 passed, 1 failed\n-- more\n2 passed, 0 failed, 7 skipped\n", (5, 1)),
    ("no counts", Part("p", ""), 0, "fine\n", (0, 1)),
    ("an end before the counts", Part("p", ""), 139, "", (0, 1)),
    ("an end after counts without a failure", Part("p", ""), 1, "3 passed, 0 failed\n", (3, 1)),
    ("counts that are not a line", Part("p", ""), 0, "note: 3 passed, 0 failed\n", (0, 1)),
    ("a step that succeeds", Part("p", "", counts=False), 0, "", (1, 0)),
    ("a step that fails", Part("p", "", counts=False), 2, "why\n", (0, 1)),
]


def check_outcomes():
    for name, part, status, output, expected in OUTCOMES:
        passed, failed, text = judge(part, status, output)
        complete = text.startswith(output) and text.rstrip().splitlines()[-1].split(", ")[1].endswith(" failed")
        yield f"outcome: {name}", (passed, failed) == expected and complete


def run(parts, jobs):
    """What is printed, and the results."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        results = Scheduler(parts, Namespace(wasmc="w", jobs=jobs, jobs_of_part=max(1, jobs // 2))).run()
    return printed.getvalue(), results


def check_schedules(folder):
    """Who runs beside whom is seen from files, not from times: each of a pair waits until the other has begun."""
    script = folder / "part.sh"
    script.write_text("""cd $(dirname $0)
case $1 in
pair) touch $2; while ! [ -e $3 ]; do sleep 0.01; done ;;
alone) mkdir alone || exit 1; for i in 1 2 3 4 5 6; do sleep 0.01; test ! -e other || exit 1; done; rmdir alone ;;
other) touch other; test ! -e alone || exit 1; sleep 0.02; rm other ;;
die) echo half; kill -9 $$ ;;
esac
echo "1 passed, 0 failed"
""")

    def part(title, arguments, **options):
        return Part(title, f"sh {script} {arguments}", **options)

    _, results = run([part("a", "pair x y"), part("b", "pair y x {jobs}")], 2)
    yield "two parts run side by side", [result.failed for result in results] == [0, 0]
    _, results = run([part("a", "other"), part("b", "alone", alone=True), part("c", "other")], 2)
    yield "what is alone runs alone", sum(result.failed for result in results) == 0 and len(results) == 3
    output, results = run([part("a", "die"), part("b", "other")], 1)
    yield "a part that dies is a failure, and the others run", [result.failed for result in results] == [1, 0]
    yield "whole outputs, in the order of their ends", "half\nexit status -9\n0 passed, 1 failed\n== b (" in output
    _, results = run([Part("a", "/absent/command")], 1)
    yield "a command that is not there is a failure", [result.failed for result in results] == [1]


def check_lists():
    for name, parts in SETS.items():
        yield f"titles are unique: {name}", len({part.title for part in parts}) == len(parts)
        yield f"everything has it: {name}", {part.title for part in parts} <= {part.title for part in SETS["all"]}


def check_folders():
    """Cases are run beside a build. None may look at the working directory, which the path of EMPTY_ROOT is."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Programs"))
    import cases
    import execution
    case = cases.Case("case", Path("case.wasm"), root=cases.EMPTY_ROOT)
    yield "an empty folder has no contents", execution.source_tree(case) == {}
    with execution.scratch_folder(case) as folder:
        yield "an empty folder is made", list(folder.iterdir()) == []


def main():
    with tempfile.TemporaryDirectory() as folder:
        outcomes = [*check_outcomes(), *check_schedules(Path(folder)), *check_lists(), *check_folders()]
    failed = [name for name, good in outcomes if not good]
    for name in failed:
        print(f"FAIL {name}")
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
