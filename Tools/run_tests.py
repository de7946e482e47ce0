#!/usr/bin/env python3
"""Runs the parts of the test suite, side by side, and says what each one took.

    run_tests.py --wasmc PATH [--jobs N] [--set NAME] [--only RE] [--list]

The parts stand in test_parts.py. Each one's whole output is printed when it ends, below a line with its name and its
times; it ends with its `N passed, N failed`. A part that fails does not keep the others from running. At the end stands
a table of all parts. Times decide nothing. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from test_parts import SETS

PACKAGE_ROOT = Path(__file__).resolve().parents[1]
COUNTS = re.compile(r"^(\d+) passed, (\d+) failed(?:, \d+ skipped)?$", re.MULTILINE)


@dataclass
class Result:
    """What came of a part. Times are in seconds; `cpu_s` is that of the part and of all that it has waited for."""

    title: str
    output: str
    passed: int
    failed: int
    wall_s: float
    cpu_s: float


def command_line(part, options):
    values = {"wasmc": options.wasmc, "jobs": options.jobs_of_part, "all_jobs": options.jobs}
    return [word.format(**values) for word in part.command.split()]


def judge(part, status, output):
    """The counts of a part, and its output, which may have to be added to."""
    counts = COUNTS.findall(output)
    passed = sum(int(count) for count, _ in counts)
    failed = sum(int(count) for _, count in counts)
    # What only succeeds or fails has no counts of its own, and a part that dies has not come to its own.
    incomplete = not counts or (status != 0 and failed == 0)
    if incomplete:
        if status != 0:
            output += f"exit status {status}\n"
            failed += 1
        elif part.counts:
            output += "no test was counted\n"
            failed += 1
        else:
            passed += 1
        output += f"{passed} passed, {failed} failed\n"
    return passed, failed, output


class Scheduler:
    """Starts parts in their order, as many as there are jobs for."""

    def __init__(self, parts, options):
        self.waiting = list(parts)
        self.options = options
        self.free = options.jobs
        self.running = {}
        self.changed = threading.Condition()
        self.results = []

    def weight(self, part):
        """The jobs that a part takes; what must be alone takes all of them."""
        if part.alone:
            return self.options.jobs
        return self.options.jobs_of_part if "{jobs}" in part.command else 1

    def run(self):
        with self.changed:
            while self.waiting or self.running:
                self.start_what_fits()
                self.changed.wait()
        return self.results

    def start_what_fits(self):
        for part in list(self.waiting):
            if self.weight(part) <= self.free:
                self.free -= self.weight(part)
                self.waiting.remove(part)
                command = command_line(part, self.options)
                output = tempfile.TemporaryFile()
                # A session of its own: nothing of it reads this terminal, and all of it can be ended. `env` says so
                # when a command is not there.
                process = subprocess.Popen(["env", *command], cwd=PACKAGE_ROOT, stdin=subprocess.DEVNULL,
                                           stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
                self.running[part.title] = process
                threading.Thread(target=self.wait, args=[part, process, output], daemon=True).start()

    def wait(self, part, process, output):
        started = time.monotonic()
        # In place of Popen.wait, which has no resource usage.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.monotonic() - started
        with output:
            output.seek(0)
            text = output.read().decode(errors="replace")
        passed, failed, text = judge(part, process.returncode, text)
        result = Result(part.title, text, passed, failed, wall_s, usage.ru_utime + usage.ru_stime)
        with self.changed:
            print(f"== {result.title} ({result.wall_s:.0f} s, {result.cpu_s:.0f} s of CPU)\n{text}", end="", flush=True)
            self.results.append(result)
            del self.running[part.title]
            self.free += self.weight(part)
            self.changed.notify()

    def end(self):
        """Ends what is running."""
        for process in self.running.values():
            os.killpg(process.pid, signal.SIGTERM)


def print_table(results, wall_s):
    width = max(len(result.title) for result in results)
    print(f"\n{'part':{width}} {'s':>6} {'CPU s':>6} {'passed':>8} {'failed':>7}")
    for result in results:
        print(f"{result.title:{width}} {result.wall_s:6.0f} {result.cpu_s:6.0f} {result.passed:8} {result.failed:7}")
    print(f"{'all':{width}} {wall_s:6.0f} {sum(result.cpu_s for result in results):6.0f}"
          f" {sum(result.passed for result in results):8} {sum(result.failed for result in results):7}")


def main():
    parser = argparse.ArgumentParser(description="run the parts of the test suite")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N")
    parser.add_argument("--set", choices=SETS, default="test", help="which parts there are; default test")
    parser.add_argument("--only", type=re.compile, default=re.compile(""), metavar="RE", help="parts to run, by name")
    parser.add_argument("--list", action="store_true", help="print the parts and their commands")
    options = parser.parse_args()
    parts = [part for part in SETS[options.set] if options.only.search(part.title)]
    if not parts:
        sys.exit("run_tests.py: no such part")
    # Two parts share the jobs: what has a long end leaves the other at work.
    options.jobs_of_part = options.jobs if len(parts) == 1 else max(1, options.jobs // 2)
    if options.list:
        for part in parts:
            print(f"{part.title}: {' '.join(command_line(part, options))}")
        return 0
    # What is tested is compiled, and the user's cache is left alone.
    os.environ["WASMC_CACHE"] = "off"
    started = time.monotonic()
    scheduler = Scheduler(parts, options)
    try:
        results = scheduler.run()
    except KeyboardInterrupt:
        scheduler.end()
        return 130
    results.sort(key=lambda result: [part.title for part in parts].index(result.title))
    print_table(results, time.monotonic() - started)
    failed = [result.title for result in results if result.failed]
    print(f"== there are failures: {', '.join(failed)}" if failed else "== all tests passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
