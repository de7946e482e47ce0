"""What the test scripts share: a compiler, a folder for each part, and the count of what was checked."""

import os
import tempfile
import threading
from pathlib import Path


class Checks:
    """Counts checks and says what failed. `place` is the folder of the present part."""

    def __init__(self, wasmc):
        self.wasmc = str(Path(wasmc).resolve())
        self.passed = self.failed = 0
        self.place = None
        self.lock = threading.Lock()

    def holds(self, name, condition, detail=""):
        """`detail` is printed when the condition does not hold."""
        with self.lock:
            if condition:
                self.passed += 1
            else:
                self.failed += 1
                print(f"failed: {name}: {detail}", flush=True)

    def check(self, name, found, expected):
        self.holds(name, found == expected, f"found {found!r}, expected {expected!r}")

    def write(self, name, text):
        (self.place / name).write_text(text)

    def run_parts(self, parts, prepare=lambda checks: None):
        """Calls each of `parts` in a folder of its own, after `prepare`."""
        for part in parts:
            with tempfile.TemporaryDirectory(prefix="wasmc-test-") as directory:
                self.place = Path(directory)
                prepare(self)
                part(self)

    def finish(self):
        """Prints the last line; the exit status."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def environment(grants=None):
    """This process's variables without those for wasmc, without a cache, and with grants if there are some."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("WASMC_")}
    variables["WASMC_CACHE"] = "off"
    if grants is not None:
        variables["WASMC_GRANTS"] = grants
    return variables
