#!/usr/bin/env python3
"""wasmc on a terminal: progress, colours, and binary output that a terminal does not want.

    terminal.py --wasmc PATH

Each case runs wasmc on a pseudo-terminal. Nothing depends on how fast the machine is: where a build has to be slow, its
linker waits until the test has seen what it wanted to see.
"""

import argparse
import os
import pathlib
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile

MODULE = '(module (func (export "_start")))'
INVALID = "(module (func (result i32)))"
# A linker that waits for a file before it links.
WAITING_LINKER = """#!/bin/sh
while ! [ -e "$(dirname "$0")/go" ]; do sleep 0.1; done
exec LINKER "$@"
"""
TIMEOUT_S = 60


class Terminal:
    """A command on a terminal of its own; text is what it wrote there so far."""

    def __init__(self, command, cwd, variables, on="12"):
        self.master, slave = pty.openpty()
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", "WASMC_GRANTS")}
        environment.update({"TERM": "xterm-256color"}, **variables)
        streams = {"stdin": subprocess.DEVNULL, "stdout": slave, "stderr": slave}
        if "1" not in on:
            streams["stdout"] = subprocess.DEVNULL
        if "2" not in on:
            streams["stderr"] = subprocess.DEVNULL
        # A shell starts what it puts into the background with SIGINT ignored, and that is inherited.
        self.process = subprocess.Popen(
            command, cwd=cwd, env=environment,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **streams)
        os.close(slave)
        self.text = ""

    def read_until(self, wanted):
        """Reads until some text has come, or to the end for None; whether it has come."""
        while wanted is None or wanted not in self.text:
            if not select.select([self.master], [], [], TIMEOUT_S)[0]:
                return False
            try:
                block = os.read(self.master, 4096)
            except OSError:
                block = b""
            if not block:
                return wanted is None
            self.text += block.decode("utf-8", "backslashreplace")
        return True

    def end(self):
        """Reads the rest and returns the status."""
        self.read_until(None)
        os.close(self.master)
        return self.process.wait(TIMEOUT_S)


class Tests:
    def __init__(self, wasmc, directory):
        self.wasmc = str(wasmc)
        self.directory = directory
        self.passed = self.failed = 0
        (directory / "a.wat").write_text(MODULE)
        (directory / "bad.wat").write_text(INVALID)

    def check(self, condition, what):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {what}")

    def run(self, *arguments, on="12", **variables):
        terminal = Terminal([self.wasmc, *arguments], self.directory, variables, on)
        status = terminal.end()
        return status, terminal.text

    def waiting_build(self, *arguments, **variables):
        """A build whose linker waits for a file `go`."""
        linker = shutil.which("ld.lld-22") or shutil.which("ld.lld") or "/usr/lib/llvm-22/bin/ld.lld"
        script = self.directory / "ld"
        script.write_text(WAITING_LINKER.replace("LINKER", os.environ.get("WASMC_LLD", linker)))
        script.chmod(0o755)
        (self.directory / "go").unlink(missing_ok=True)
        variables["WASMC_LLD"] = str(script)
        return Terminal([self.wasmc, "build", "a.wat", *arguments], self.directory, variables)

    def go(self):
        (self.directory / "go").write_text("")

    def progress(self):
        build = self.waiting_build()
        self.check(build.read_until("linking, "), f"a long build says what it does: {build.text!r}")
        self.go()
        self.check(build.end() == 0, "a long build succeeds")
        self.check(build.text.endswith("\r\x1b[K"), f"the line is removed: {build.text!r}")
        shown = build.text.replace("\r\x1b[K", "")
        self.check("\n" not in shown, "progress stays on its line")

        build = self.waiting_build()
        build.read_until("linking, ")
        os.kill(build.process.pid, signal.SIGINT)
        self.check(build.end() == -signal.SIGINT, "an interrupted build ends by the signal")

    def no_progress(self):
        # Whether it would draw is known after the delay. The linker waits longer than that.
        for arguments, variables in [(["-q"], {}), (["--quiet"], {}), (["--json"], {}), ([], {"TERM": "dumb"})]:
            build = self.waiting_build(*arguments, **variables)
            drew = bool(select.select([build.master], [], [], 2.6)[0])
            self.go()
            build.end()
            self.check(not drew, f"no progress with {arguments} {variables}: {build.text!r}")

    def colors(self):
        _, text = self.run("validate", "bad.wat")
        self.check("\x1b[" in text, "errors on a terminal have colours")
        _, text = self.run("validate", "bad.wat", "--color", "always", on="2", NO_COLOR="1")
        self.check("\x1b[" in text, "--color always has the last word")
        for variables in [{"TERM": "dumb"}, {"TERM": ""}, {"NO_COLOR": "1"}]:
            _, text = self.run("validate", "bad.wat", **variables)
            self.check("\x1b" not in text, f"no colours with {variables}")
            _, text = self.run("build", "--bogus", **variables)
            self.check("\x1b" not in text and "unknown option" in text, f"usage errors: no colours with {variables}")
        _, text = self.run("validate", "bad.wat", NO_COLOR="")
        self.check("\x1b[" in text, "an empty NO_COLOR means nothing")
        for words in [["--color", "never"], ["--json"]]:
            _, text = self.run("validate", "bad.wat", *words)
            self.check("\x1b" not in text, f"no colours with {words}")
        _, text = self.run("build", "--bogus")
        self.check("\x1b[" in text, "usage errors have colours")
        _, text = self.run("inspect", "a.wat")
        self.check("\x1b" not in text, "facts have no colours")
        # Standard error is no terminal.
        done = subprocess.run([self.wasmc, "validate", "bad.wat"], cwd=self.directory, capture_output=True, text=True,
                              env={**os.environ, "TERM": "xterm"}, check=False)
        self.check("\x1b" not in done.stderr and done.stderr != "", "no colours in a file")

    def binary(self):
        refused = "binary output to a terminal"
        for words in [["wat2wasm", "a.wat", "-o", "-"], ["build", "a.wat", "-o", "-"],
                      ["build", "a.wat", "--emit", "obj", "-o", "-"],
                      ["build", "a.wat", "--emit", "llvm-bc", "-o", "-"]]:
            status, text = self.run(*words)
            self.check(status == 1 and refused in text and "\0" not in text, f"refused: {words}: {text[:200]!r}")
        for words in [["wasm2wat", "a.wat", "-o", "-"], ["build", "a.wat", "--emit", "asm", "-o", "-"],
                      ["build", "a.wat", "--emit", "llvm-ir", "-o", "-"]]:
            status, text = self.run(*words)
            self.check(status == 0 and refused not in text and text != "", f"text is shown: {words}")
        status, text = self.run("wat2wasm", "a.wat", "-o", "-", on="2")
        self.check(status == 0 and text == "", "binary output that goes elsewhere is not refused")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wasmc", required=True, type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tests = Tests(options.wasmc.resolve(), pathlib.Path(name))
        for case in [tests.progress, tests.no_progress, tests.colors, tests.binary]:
            case()
    print(f"{tests.passed} passed, {tests.failed} failed")
    return tests.failed != 0


if __name__ == "__main__":
    sys.exit(main())
