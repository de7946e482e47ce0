"""wasmtime as a contender: its compiler and its runs, in processes of their own."""

import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import measure

RUNNER = Path(__file__).with_name("reference_runner.py")
NEEDED = ("wasmtime", "pip install wasmtime", importlib.util.find_spec("wasmtime") is not None)


def measured(arguments, **options):
    """A run of the runner; its times are those that it reports. Without a report they stay the process's."""
    with tempfile.TemporaryDirectory(prefix="wasmc-bench-") as folder:
        report = Path(folder) / "report.json"
        outcome = measure.run([sys.executable, RUNNER, "--report", report, *arguments], **options)
        if report.exists():
            times = json.loads(report.read_text())
            outcome.cpu_s = times["cpu_s"]
            outcome.wall_s = times["wall_s"]
        return outcome


def compile_module(module, compiled):
    return measured(["compile", module, compiled])


def run(compiled, arguments, grants=(), argv0="program.wasm", **options):
    return measured(["run", *grants, "--argv0", argv0, compiled, *arguments], **options)
