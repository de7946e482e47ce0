"""Measures contenders as ratios: each in turn (A B A B), so that what else the machine does meets all of them alike.

Times are user plus system CPU time where nothing else is said: waiting for a processor that another process has is
not counted. What remains of the noise is shown as the range of the rounds.
"""

import argparse
import math
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
WASMC = PACKAGE_ROOT / ".build" / "release" / "wasmc"
CORPUS = PACKAGE_ROOT / ".build" / "corpus"

# What is measured is compiled.
os.environ["WASMC_CACHE"] = "off"


@dataclass
class Run:
    """One run of one contender."""

    status: int
    cpu_s: float
    wall_s: float
    # Of the largest process among the command and what it started.
    peak_bytes: int
    stdout: bytes
    stderr: bytes


def run(command, *, stdin=None, executable=None, env=None, cwd=None, timeout_s=3600):
    """Runs a command and measures it from start to end. When time runs out it is killed, which its status shows."""
    with open(stdin or os.devnull, "rb") as source, tempfile.TemporaryFile() as stdout, \
            tempfile.TemporaryFile() as stderr:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], executable=executable, env=env, cwd=cwd,
                                   stdin=source, stdout=stdout, stderr=stderr)
        timer = threading.Timer(timeout_s, process.kill)
        timer.start()
        # The process keeps its id until the timer can no longer kill it.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        timer.cancel()
        timer.join()
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        stdout.seek(0)
        stderr.seek(0)
        return Run(process.returncode, usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss << 10,
                   stdout.read(), stderr.read())


def checked(outcome, what):
    """The outcome, if it is a success. Ends the benchmark otherwise: a failure has no speed."""
    if outcome.status != 0:
        raise SystemExit(f"{what}: exit status {outcome.status}\n{outcome.stderr.decode(errors='replace')}")
    return outcome


def in_turn(contenders, rounds, warms_up=True):
    """Runs name -> function in turn, `rounds` times after one that does not count; name -> results in order."""
    if warms_up:
        for function in contenders.values():
            function()
    results = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, function in contenders.items():
            results[name].append(function())
    return results


def median(results, attribute):
    return statistics.median(getattr(result, attribute) for result in results)


def ratio(ours, theirs, attribute):
    """The ratio of the medians."""
    return median(ours, attribute) / median(theirs, attribute)


def ratio_range(ours, theirs, attribute):
    """The least and the largest ratio of two runs that stood side by side."""
    ratios = [getattr(our, attribute) / getattr(their, attribute) for our, their in zip(ours, theirs)]
    return min(ratios), max(ratios)


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(math.log(value) for value in values) / len(values))


def print_table(header, rows):
    """A Markdown table; all columns but the first are numbers and stand right."""
    cells = [header, *rows]
    widths = [max(len(str(row[column])) for row in cells) for column in range(len(header))]

    def line(row):
        aligned = [str(cell).ljust(width) if column == 0 else str(cell).rjust(width)
                   for column, (cell, width) in enumerate(zip(row, widths))]
        return "| " + " | ".join(aligned) + " |"

    print(line(header))
    print("|" + "|".join("-" * (width + 1) + (":" if column else "-") for column, width in enumerate(widths)) + "|")
    for row in rows:
        print(line(row))
    print(flush=True)


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown processor"


def print_machine():
    """Where the figures come from; they are good for nothing else."""
    load = os.getloadavg()[0]
    print(f"{processor()}, {len(os.sched_getaffinity(0))} processors, Linux {os.uname().release}, load {load:.1f}")


def parser(description):
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--wasmc", type=Path, default=WASMC, help="the compiler; default the release build")
    arguments.add_argument("--quick", action="store_true", help="fewer rounds: a first impression")
    return arguments


def missing(*needs):
    """Says what is not there and returns whether something is: (what, how to get it, whether it is there)."""
    absent = [f"{what} ({how})" for what, how, is_there in needs if not is_there]
    if absent:
        print(f"left out, missing: {', '.join(absent)}", flush=True)
    return bool(absent)


def has_command(name):
    return shutil.which(name) is not None
