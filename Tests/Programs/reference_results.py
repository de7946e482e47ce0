"""What the reference runtime does with each case, kept between runs."""

import base64
import dataclasses
import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path

import execution

REFERENCE = Path(__file__).with_name("reference.py")

# The reference compiles too: a case's time limit is about the case, not about that.
COMPILE_ALLOWANCE_S = 240


class ReferenceResults:
    """A folder with one file per case, named by a digest of everything that decides the result."""

    def __init__(self, folder):
        self.modules = folder / "modules"
        self.results = folder / "results"

    def is_available(self):
        return importlib.util.find_spec("wasmtime") is not None

    def outcome(self, case):
        """The reference's outcome for a case. Raises RuntimeError when it did not end in time."""
        path = self.results / f"{self.digest(case)}.json"
        if path.exists():
            kept = json.loads(path.read_text())
            return execution.Outcome(kept["status"], base64.b64decode(kept["stdout"]), b"", kept["tree"])
        outcome = self.run(case)
        if outcome.status is None:
            raise RuntimeError("no end under the reference runtime")
        self.results.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}-{id(case)}")
        partial.write_text(json.dumps({
            "name": case.name,
            "status": outcome.status,
            "stdout": base64.b64encode(outcome.stdout).decode(),
            "tree": outcome.tree,
        }))
        partial.replace(path)
        return outcome

    def run(self, case):
        with execution.scratch_folder(case) as folder:
            command = [sys.executable, str(REFERENCE), "--cache", str(self.modules),
                       *execution.grants(case, folder), str(case.wasm), *case.args]
            environment = os.environ | case.host_env
            slower = dataclasses.replace(case, timeout_s=case.timeout_s + COMPILE_ALLOWANCE_S)
            return execution.run_process(slower, folder, command, env=environment)

    @staticmethod
    def digest(case):
        """A digest of the module, the case and its inputs, and of the reference itself."""
        inputs = {
            "wasm": hashlib.sha256(case.wasm.read_bytes()).hexdigest(),
            "args": case.args,
            "env": case.env,
            "host_env": case.host_env,
            "stdin": None if case.stdin is None else hashlib.sha256(case.stdin.read_bytes()).hexdigest(),
            "root": None if case.root is None else execution.source_tree(case),
            "preopen_as": case.preopen_as,
            "read_only": case.read_only,
            "stdout_closed": case.stdout_closed,
            "reference": hashlib.sha256(REFERENCE.read_bytes()).hexdigest(),
        }
        return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()

