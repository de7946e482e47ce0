"""Building and running programs."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

ENGINES = ("--native", "--interp")
TRAPPED = 134
TIMED_OUT = 124
# What is expected not to hang is ended then, with status None. Long, as no time decides a test.
PATIENCE_SECONDS = 60


class Suite(Checks):
    def build(self, source, program, *options):
        status, out, err = self.run("wasmc", "build", *options, source, "-o", program)
        if status != 0:
            raise SystemExit(f"resources: wasmc build {source}: {out}{err}")

    def start(self, *command, grants=None, **options):
        words = [self.wasmc if word == "wasmc" else word for word in command]
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen(words, cwd=self.place, env=environment(grants), **options)

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
