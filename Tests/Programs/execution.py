"""Runs one case in a process: its folder, its standard streams, its time limit, and what it leaves behind."""

import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cases import EMPTY_ROOT


@dataclass
class Outcome:
    """What a run did. `status` is None when it was ended by the time limit; a signal N is 128 + N."""

    status: int | None
    stdout: bytes
    stderr: bytes
    # Path below the preopened folder -> "directory", "link TARGET" or the digest of a file's bytes.
    tree: dict[str, str] = field(default_factory=dict)


@contextmanager
def scratch_folder(case):
    """A fresh copy of the case's folder, or None for a case without one. `.keep` only keeps a folder alive in git."""
    with tempfile.TemporaryDirectory(prefix="wasmc-root-") as parent:
        if case.root is None:
            yield None
            return
        folder = Path(parent) / "root"
        if starts_empty(case):
            folder.mkdir()
        else:
            shutil.copytree(case.root, folder, symlinks=True, ignore=shutil.ignore_patterns(".keep"))
            make_writable(folder)
        yield folder


def starts_empty(case):
    """Whether the case's folder holds nothing. EMPTY_ROOT is a name for that, and as a path the working directory."""
    return case.root == EMPTY_ROOT or not case.root.exists()


def source_tree(case):
    """The contents of the case's folder, before it runs."""
    return {} if starts_empty(case) else digest_tree(case.root)


def make_writable(folder):
    """Copies of a read-only fixture are as read-only as it was; the guest's rights are decided by the grant."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o700 if path.is_dir() else 0o600))


def digest_tree(folder):
    tree = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            tree[name] = f"link {os.readlink(path)}"
        elif path.is_dir():
            tree[name] = "directory"
        else:
            tree[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return tree


def tree_differences(expected, actual):
    """The differences between two trees of `digest_tree`, one line each."""
    problems = []
    for name in sorted(expected.keys() | actual.keys()):
        if name not in actual:
            problems.append(f"folder: {name} is absent")
        elif name not in expected:
            problems.append(f"folder: {name} was not expected")
        elif expected[name] != actual[name]:
            problems.append(f"folder: {name} differs")
    return problems[:10]


def grants(case, folder):
    """The case's grants, as arguments of wasmc and of reference.py, whose grammar is the same."""
    arguments = []
    if folder is not None:
        arguments += ["--dir", f"{folder}::{case.preopen_as}" + ("::ro" if case.read_only else "")]
    for name, value in case.env.items():
        arguments += ["--env", f"{name}={value}"]
    return arguments


def run_executable(case, executable):
    """Runs a case as a native executable. The one who starts it grants, through WASMC_GRANTS."""
    with scratch_folder(case) as folder:
        environment = dict(case.host_env)
        granted = grants(case, folder)
        if granted:
            environment["WASMC_GRANTS"] = shlex.join(granted)
        command = [case.wasm.name, *case.args]
        return run_process(case, folder, command, executable=executable, env=environment)


def run_interpreted(case, wasmc):
    """Runs a case with `wasmc run --interp`, with grants as options."""
    with scratch_folder(case) as folder:
        command = [wasmc, "run", "--interp", *grants(case, folder), case.wasm, *case.args]
        return run_process(case, folder, command, env=dict(case.host_env))


def run_process(case, folder, command, **options):
    """Runs a command with the case's standard streams and time limit."""
    with open(case.stdin or os.devnull, "rb") as stdin, tempfile.TemporaryFile() as stdout, \
            tempfile.TemporaryFile() as stderr:
        stream = closed_pipe() if case.stdout_closed else stdout.fileno()
        try:
            process = subprocess.Popen(command, stdin=stdin, stdout=stream, stderr=stderr, start_new_session=True,
                                       **options)
        finally:
            if case.stdout_closed:
                os.close(stream)
        try:
            status = process.wait(case.timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = None
        if status is not None and status < 0:
            status = 128 - status
        stdout.seek(0)
        stderr.seek(0)
        tree = {} if folder is None else digest_tree(folder)
        return Outcome(status, stdout.read(), stderr.read(), tree)


def closed_pipe():
    """The writing end of a pipe that nobody reads."""
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    return writing_end
