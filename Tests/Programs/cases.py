"""The cases of the test programs: what to run, with what, and what must come out.

A case list is a JSON object:

    {"build": "programs",          folder below .build with the modules
     "cases": [{
        "name": "c/exit/42",       unique over all lists; --filter matches it
        "wasm": "c-exit.wasm",     file in the build folder
        "args": ["42"],            arguments after argument 0, which is the module's file name; default none
        "env": {"A": "B"},         the guest's whole environment; default empty
        "host_env": {"A": "B"},    variables of the host that must not reach the guest
        "stdin": "input.txt",      file with standard input; default empty
        "root": "fixture",         folder of which a fresh copy is preopened; "" is an empty folder; default none
        "preopen_as": "/",         the guest's name of that folder; default "/"
        "read_only": true,         preopened for reading only; default false
        "stdout_closed": true,     standard output is a pipe that nobody reads; default false
        "exit_code": 42,           default 0; 134 is a trap; a list when several are right
        "stdout": "expected.txt",  expected output; default: what the reference runtime gives
        "deterministic": false,    do not compare the output nor the folder's contents; default true
        "reference": false,        the reference runtime cannot do it, see "why"; default true
        "timeout_s": 60,           seconds for one run; default 60
        "benchmark_args": [...],   arguments of a longer run, for benchmarks
        "why": "..."               what the case is about
     }]}

Paths are relative to the list's folder; one that starts with "@build/" is in the build folder. After a run the contents
of the preopened folder are compared with those that the reference leaves. The shared corpus's `manifest.json` has a
form of its own, read by `load_manifest`.
"""

import fnmatch
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

FIELDS = {
    "name", "wasm", "args", "env", "host_env", "stdin", "root", "preopen_as", "read_only", "stdout_closed",
    "exit_code", "stdout", "deterministic", "reference", "timeout_s", "benchmark_args", "why",
}

# Root of a case that has an empty folder of its own.
EMPTY_ROOT = Path()

DEFAULT_TIMEOUT_S = 60
# The manifest's benchmarks run for as long as they please; one of them takes minutes under the reference.
MANIFEST_TIMEOUT_S = 1200


@dataclass(frozen=True)
class Expectation:
    """What upstream expects of standard output; one of the fields is set, or none when output is not compared."""

    content: bytes | None = None
    sha256: str | None = None
    sha1: str | None = None
    pattern: str | None = None

    def is_empty(self):
        return self == Expectation()

    def mismatch(self, actual):
        """None when `actual` is as expected, else one line that says why not."""
        if self.content is not None and actual != self.content:
            return f"standard output differs: {len(actual)} bytes, expected {len(self.content)}"
        for name, expected in (("sha256", self.sha256), ("sha1", self.sha1)):
            digest = hashlib.new(name, actual).hexdigest()
            if expected is not None and digest != expected:
                return f"standard output has {name} {digest}, expected {expected}"
        if self.pattern is not None and not fnmatch.fnmatchcase(actual.decode(errors="replace"), self.pattern):
            return f"standard output does not match {self.pattern!r}"
        return None


@dataclass(frozen=True)
class Case:
    name: str
    wasm: Path
    args: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    host_env: dict[str, str] = field(default_factory=dict)
    stdin: Path | None = None
    root: Path | None = None
    preopen_as: str = "/"
    read_only: bool = False
    stdout_closed: bool = False
    exit_codes: tuple[int, ...] = (0,)
    expected: Expectation = Expectation()
    expected_file: Path | None = None
    deterministic: bool = True
    reference: bool = True
    timeout_s: float = DEFAULT_TIMEOUT_S
    benchmark_args: tuple[str, ...] | None = None


def load_list(path, build_root):
    """Reads a case list. Raises ValueError on a field that it does not know, so that a misspelt one is noticed."""
    content = json.loads(path.read_text())
    build = build_root / content["build"]

    def located(text):
        if text is None:
            return None
        if text == "":
            return EMPTY_ROOT
        return build / text.removeprefix("@build/") if text.startswith("@build/") else path.parent / text

    cases = []
    for entry in content["cases"]:
        unknown = entry.keys() - FIELDS
        if unknown:
            raise ValueError(f"{path}: case {entry.get('name')!r} has unknown fields {sorted(unknown)}")
        expected_file = located(entry.get("stdout"))
        has_content = expected_file is not None and expected_file.exists()
        benchmark_args = entry.get("benchmark_args")
        cases.append(Case(
            name=entry["name"],
            wasm=build / entry["wasm"],
            args=tuple(entry.get("args", ())),
            env=entry.get("env", {}),
            host_env=entry.get("host_env", {}),
            stdin=located(entry.get("stdin")),
            root=located(entry.get("root")),
            preopen_as=entry.get("preopen_as", "/"),
            read_only=entry.get("read_only", False),
            stdout_closed=entry.get("stdout_closed", False),
            exit_codes=as_tuple(entry.get("exit_code", 0)),
            expected=Expectation(content=expected_file.read_bytes()) if has_content else Expectation(),
            expected_file=expected_file,
            deterministic=entry.get("deterministic", True),
            reference=entry.get("reference", True),
            timeout_s=entry.get("timeout_s", DEFAULT_TIMEOUT_S),
            benchmark_args=None if benchmark_args is None else tuple(benchmark_args),
        ))
    return cases


def as_tuple(exit_code):
    return tuple(exit_code) if isinstance(exit_code, list) else (exit_code,)


def load_manifest(path):
    """Reads the shared corpus's manifest. Its expected values are in it, so the reference runtime is not needed."""
    cases = []
    for entry in json.loads(path.read_text()):
        upstream = entry.get("upstream")
        if upstream is not None:
            expected = Expectation(sha1=upstream.get("stdout_sha1"), pattern=upstream.get("stdout_pattern"))
            exit_code = upstream.get("exit_code", 0)
        else:
            expected = manifest_expectation(entry, path.parent)
            exit_code = entry["exit_code"]
        stdin = entry.get("stdin")
        root = entry.get("root")
        cases.append(Case(
            name=f"shared/{entry['group']}/{entry['name']}",
            wasm=path.parent / entry["wasm"],
            args=tuple(entry["args"]),
            env=entry["env"],
            stdin=None if stdin is None else path.parent / stdin,
            root=None if root is None else path.parent / root,
            preopen_as=entry["preopen_as"] or "/",
            exit_codes=(exit_code,),
            expected=expected,
            deterministic=entry.get("deterministic", True),
            reference=False,
            timeout_s=MANIFEST_TIMEOUT_S,
        ))
    return cases


def manifest_expectation(entry, folder):
    if not entry["deterministic"]:
        return Expectation()
    if "stdout" in entry:
        return Expectation(content=(folder / entry["stdout"]).read_bytes())
    return Expectation(sha256=entry["stdout_sha256"])
