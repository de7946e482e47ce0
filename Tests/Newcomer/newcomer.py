#!/usr/bin/env python3
"""What a newcomer types, and what wasmc says.

    newcomer.py --wasmc PATH [--filter REGEX] [--bless]

A `.txt` file beside this one is a session in a shell: lines that begin with `$ ` are commands, each followed by what it
prints on both streams and, unless its status is 0, by the status as `[N]`. A line `...` stands for any number of lines,
`...` within a line for any text. Lines before the first command, and lines that begin with `#` before a command, are
remarks. Every session starts in a fresh directory with a copy of `files/`, and with the wasmc under test in PATH; EXAMPLES names
the examples.

--bless rewrites what commands printed that printed something else; read the difference before it is committed.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# A command that asks for more is stuck.
TIMEOUT_S = 120


class Case:
    """A command, the remarks before it, and the lines that it should print."""

    def __init__(self, line, remarks, command):
        self.line = line
        self.remarks = remarks
        self.command = command
        self.expected = []


def parse(text):
    """The lines before the first command, and the cases."""
    head, cases, remarks = [], [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("$ "):
            cases.append(Case(number, remarks, line[2:]))
            remarks = []
        elif line.startswith("#") or (remarks and not line):
            remarks.append(line)
        elif cases:
            # Remarks end at a command: what looked like one was printed.
            cases[-1].expected += remarks + [line]
            remarks = []
        else:
            head += remarks + [line]
            remarks = []
    for case in cases:
        while case.expected and case.expected[-1] == "":
            case.expected.pop()
    return head, cases


def render(head, cases):
    """The text of a session."""
    lines = list(head)
    for case in cases:
        lines += case.remarks + ["$ " + case.command] + case.expected + [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def line_matches(expected, actual):
    parts = [re.escape(part) for part in expected.split("...")]
    return re.fullmatch(".*".join(parts), actual) is not None


def matches(expected, actual):
    """Whether the lines are those expected; a line `...` is any number of lines."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    return bool(actual) and line_matches(expected[0], actual[0]) and matches(expected[1:], actual[1:])


def environment(wasmc, directory):
    """Nothing of the caller's that wasmc would look at."""
    home = directory / "home"
    return {
        "PATH": f"{wasmc.parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(directory / "tmp"),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "EXAMPLES": str(HERE.parents[1] / "Examples"),
    }


def run(case, wasmc, directory):
    """The lines that a command prints, with its status unless that is 0."""
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", case.command], cwd=directory / "work", env=environment(wasmc, directory),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return ["[no end]"]
    text = done.stdout.decode("utf-8", "backslashreplace").replace(str(directory / "work"), "$PWD")
    text = text.replace("\x1b", "\\e").replace("\r", "\\r")
    status = [f"[{done.returncode}]"] if done.returncode else []
    lines = text.splitlines() + status
    while lines and lines[-1] == "":
        lines.pop()
    return lines


def run_session(path, wasmc, options):
    """Runs a file; how many commands did what was expected, and how many did not."""
    head, cases = parse(path.read_text())
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        shutil.copytree(HERE / "files", directory / "work")
        for part in ["home", "tmp"]:
            (directory / part).mkdir()
        for case in cases:
            actual = run(case, wasmc, directory)
            if matches(case.expected, actual):
                passed += 1
                continue
            failed += 1
            if options.bless:
                # What looks like a command or a remark is not written as it is.
                case.expected = ["..." + line[1:] if line.startswith(("#", "$ ")) else line for line in actual]
                continue
            print(f"{path.name}:{case.line}: $ {case.command}")
            print("\n".join(["  expected:"] + ["    " + line for line in case.expected]))
            print("\n".join(["  printed:"] + ["    " + line for line in actual]))
    if options.bless and failed:
        path.write_text(render(head, cases))
        print(f"{path.name}: {failed} rewritten")
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wasmc", required=True, type=pathlib.Path)
    parser.add_argument("--filter", default="", help="sessions whose names match this regular expression")
    parser.add_argument("--bless", action="store_true")
    options = parser.parse_args()
    passed = failed = 0
    for path in sorted(HERE.glob("*.txt")):
        if re.search(options.filter, path.name):
            more_passed, more_failed = run_session(path, options.wasmc.resolve(), options)
            passed += more_passed
            failed += more_failed
    print(f"{passed} passed, {failed} failed")
    return failed != 0 and not options.bless


if __name__ == "__main__":
    sys.exit(main())
