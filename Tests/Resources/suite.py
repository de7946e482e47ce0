"""Counting cases; building and running programs."""

import os
import subprocess
from pathlib import Path

ENGINES = ("--native", "--interp")
TRAPPED = 134
TIMED_OUT = 124
# What is expected not to hang is ended then, with status None. Long, as no time decides a test.
PATIENCE_SECONDS = 60


class Suite:
    def __init__(self, wasmc):
        self.wasmc = str(Path(wasmc).resolve())
        self.passed = self.failed = 0
        self.place = None

    def check(self, name, found, expected):
        if found == expected:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {name}: found {found!r}, expected {expected!r}", flush=True)

    def write(self, name, text):
        (self.place / name).write_text(text)

    def build(self, source, program, *options):
        status, out, err = self.run("wasmc", "build", *options, source, "-o", program)
        if status != 0:
            raise SystemExit(f"resources: wasmc build {source}: {out}{err}")

    def environment(self, grants):
        variables = {name: value for name, value in os.environ.items() if not name.startswith("WASMC_")}
        if grants is not None:
            variables["WASMC_GRANTS"] = grants
        return variables

    def start(self, *command, grants=None, **options):
        words = [self.wasmc if word == "wasmc" else word for word in command]
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen(words, cwd=self.place, env=self.environment(grants), **options)

    def run(self, *command, grants=None, **options):
        """Status, output and errors; status None for what does not end."""
        process = self.start(*command, grants=grants, **options)
        try:
            out, err = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, "", ""
        return process.returncode, (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace")
