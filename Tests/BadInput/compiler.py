"""Runs wasmc with bounded time and memory, and checks what every run of it promises, whatever the input is."""

import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# CPU time for one run, which a busy machine does not change. Wall time ends only what waits for something.
CPU_S = 20
TIMEOUT_S = 300
# Of memory in use. The address space is larger: LLVM's library, and stacks that are reserved and not used.
PEAK_BYTES = 1 << 30
ADDRESS_SPACE_BYTES = 4 << 30

ELF_MAGIC = b"\x7fELF"

# Phases of an error that say something about the module; "internal" and "environment" do not.
MODULE_PHASES = {"foreign", "malformed", "invalid", "unsupported", "unlinkable"}


class Failure(Exception):
    """What was wrong with a run, in one line."""


@dataclass
class Outcome:
    status: int
    stdout: str
    stderr: str


class Compiler:
    """`wasmc` as its users call it."""

    def __init__(self, path):
        self.path = path
        # Never more than the user allows anyway.
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        self.address_space = ADDRESS_SPACE_BYTES if hard == resource.RLIM_INFINITY else min(hard, ADDRESS_SPACE_BYTES)

    def run(self, arguments, folder):
        """Runs a command in `folder`. Raises Failure when a promise is broken that does not depend on the command."""
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr, private_folder() as temporary:
            # prlimit sets the limit in the new process, where Python's preexec_fn is unsafe beside threads.
            process = subprocess.Popen(
                ["prlimit", f"--as={self.address_space}", f"--cpu={CPU_S}", "--core=0", self.path, *arguments],
                cwd=folder, env={**os.environ, "TMPDIR": str(temporary)}, stdin=subprocess.DEVNULL, stdout=stdout,
                stderr=stderr, start_new_session=True)
            status, peak_bytes = wait(process)
            stdout.seek(0)
            stderr.seek(0)
            outcome = Outcome(status, decoded(stdout.read()), decoded(stderr.read()))
            left_behind = sorted(entry.name for entry in temporary.iterdir())
        if status is None:
            raise Failure(f"no end within {TIMEOUT_S} s")
        if status == -signal.SIGXCPU:
            raise Failure(f"more than {CPU_S} s of CPU time")
        if status not in (0, 1):
            head = " ".join(outcome.stderr.split()[:40])
            raise Failure(f"exit status {status}: {head}" if status >= 0 else f"signal {-status}: {head}")
        if "internal error" in outcome.stderr:
            raise Failure(outcome.stderr.splitlines()[0])
        if peak_bytes > PEAK_BYTES:
            raise Failure(f"{peak_bytes >> 20} MiB of memory")
        if left_behind:
            raise Failure(f"left in the temporary directory: {' '.join(left_behind)}")
        return outcome

    def verdicts(self, folder, names):
        """Validates files of a folder in one run; their verdicts in order. Raises Failure when one of them is to blame."""
        outcome = self.run(["validate", "--json", *names], folder)
        if outcome.stderr:
            raise Failure(f"standard error: {outcome.stderr.splitlines()[0]}")
        try:
            verdicts = [json.loads(line) for line in outcome.stdout.splitlines()]
        except ValueError as error:
            raise Failure(f"the verdicts are not JSON: {error}") from None
        if [verdict["file"] for verdict in verdicts] != list(names):
            raise Failure(f"{len(verdicts)} verdicts for {len(names)} files")
        if outcome.status != (0 if all(verdict["valid"] for verdict in verdicts) else 1):
            raise Failure(f"exit status {outcome.status} does not follow from the verdicts")
        for verdict in verdicts:
            if not verdict["valid"] and verdict["error"]["phase"] not in MODULE_PHASES:
                raise Failure(f"{verdict['error']['phase']} error: {verdict['error']['message']}")
        return verdicts

    def refuse(self, folder, name):
        """Validates an invalid module and checks the error as people see it."""
        outcome = self.run(["validate", name], folder)
        check_error(outcome, name)

    def inspect(self, folder, name, is_valid):
        """Inspects a module: what can be shown is shown, and the status says whether it is valid."""
        outcome = self.run(["inspect", name], folder)
        if outcome.status != (0 if is_valid else 1):
            raise Failure(f"inspect: exit status {outcome.status} for a module that is {'' if is_valid else 'not '}valid")
        if is_valid and (outcome.stderr or not outcome.stdout):
            raise Failure("inspect: a valid module needs a report and no error")
        if not is_valid:
            check_error(Outcome(1, "", outcome.stderr), name)

    def explain(self, folder, name):
        """Explains a few places, in code and outside of it."""
        outcome = self.run(["explain-trap", name, "0x30", "0x100", "0xffffff"], folder)
        if outcome.status != 0 or outcome.stderr:
            raise Failure(f"explain-trap: exit status {outcome.status}: {outcome.stderr[:200]}")

    def build(self, folder, name, level, options=()):
        """Compiles a module; True when that gave an executable. A refusal has to be an error about the module."""
        with private_folder() as target:
            output = target / "program"
            outcome = self.run(["build", "-O", level, "-j", "1", *options, name, "-o", str(output)], folder)
            files = sorted(entry.name for entry in target.iterdir())
            if outcome.status == 0:
                # A remark about a giant function is no error.
                errors = [line for line in outcome.stderr.splitlines() if not line.startswith("note: ")]
                if files != [output.name] or errors or outcome.stdout:
                    raise Failure(f"build: success with the files {files} and the messages {errors}")
                if not os.access(output, os.X_OK) or output.read_bytes()[:4] != ELF_MAGIC:
                    raise Failure("build: the output is no executable")
                return True
            if files:
                raise Failure(f"build: exit status 1 and the files {files}")
            check_error(outcome, name)
            return False


def check_error(outcome, name):
    """One error, on standard error, about the file; what belongs to it is indented."""
    lines = [line for line in outcome.stderr.splitlines() if not line.startswith("    ")]
    if outcome.status != 1 or outcome.stdout or len(lines) != 1:
        raise Failure(f"expected status 1 and one line of error, found status {outcome.status} and {lines}")
    if not lines[0].startswith(f"{name}:"):
        raise Failure(f"the error does not begin with the file's name: {lines[0]}")


def wait(process):
    """(exit status or minus the signal, peak of memory in bytes); the status is None when time ran out."""
    is_late = threading.Event()

    def end():
        is_late.set()
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(TIMEOUT_S, end)
    timer.start()
    # The process keeps its id until the timer can no longer kill it.
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    timer.cancel()
    timer.join()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return None if is_late.is_set() else process.returncode, usage.ru_maxrss << 10


def decoded(content):
    return content.decode(errors="backslashreplace")


@contextmanager
def private_folder():
    """A new folder for one run."""
    folder = Path(tempfile.mkdtemp(prefix="wasmc-bad-input-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
