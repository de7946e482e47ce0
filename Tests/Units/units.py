#!/usr/bin/env python3
"""Builds in steps, `wasmc build --emit units`: the commands of build.ninja make what `wasmc build` makes, to a byte.

    units.py --wasmc WASMC [--filter RE]

Commands are run as another engine would: each alone, in a directory that holds its inputs and nothing else. Where ninja is
installed, it runs them, too. Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Determinism"))

from checks import Checks, environment  # noqa: E402
import generated_module  # noqa: E402

TIMEOUT_S = 300
SMALL = '(module (memory 1) (func $f (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))\n' \
        '  (func (export "_start") (drop (call $f (i32.const 0)))))'
THROWING = '(module (tag $e (param i32)) (func $f (throw $e (i32.const 3)))\n' \
           '  (func (export "_start") (block $h (result i32) (try_table (catch $e $h) (call $f)) (i32.const 0)) drop))'
TAIL = '(module (func $f (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i32) unreachable)\n' \
       '  (func $g (param i64) (result i32) (return_call $f (local.get 0) (local.get 0) (local.get 0) (local.get 0)\n' \
       '    (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)))\n' \
       '  (func (export "_start") (drop (call $g (i64.const 1)))))'


class Suite(Checks):
    def run(self, *command, cwd=None, expected=0):
        done = subprocess.run(list(map(str, command)), cwd=cwd or self.place, env=environment(), capture_output=True,
                              stdin=subprocess.DEVNULL, text=True, timeout=TIMEOUT_S, check=False)
        if done.returncode != expected:
            self.holds(" ".join(map(str, command)), False, f"status {done.returncode}: {done.stderr}")
        return done.stderr

    def steps(self, directory):
        """The edges of build.ninja, (outputs, rule, inputs), and the commands of its rules."""
        text = (directory / "build.ninja").read_text()
        variables = dict(re.findall(r"^(\w+) = (.*)$", text, re.MULTILINE))
        rules = dict(re.findall(r"^rule (\w+)\n  command = (.*)$", text, re.MULTILINE))
        edges = []
        for line in re.findall(r"^build (.*)$", text, re.MULTILINE):
            outputs, _, rest = line.partition(": ")
            rule, *inputs = rest.split(" ")
            edges.append((outputs.replace("$ ", " ").replace("$$", "$"), rule, inputs))
        commands = {name: command.replace("$wasmc", variables["wasmc"].replace("$$", "$"))
                    for name, command in rules.items()}
        return edges, commands

    def build_alone(self, directory):
        """Runs each command in a directory with its inputs alone; the bytes of the last output."""
        edges, commands = self.steps(directory)
        for output, rule, inputs in edges:
            with tempfile.TemporaryDirectory(prefix="wasmc-test-") as place:
                for name in inputs:
                    shutil.copy(directory / name, place)
                command = commands[rule].replace("$in", " ".join(map(shlex.quote, inputs)))
                self.run("sh", "-c", command.replace("$out", shlex.quote(output)), cwd=place)
                made = set(os.listdir(place)) - set(inputs)
                self.holds(f"{output} alone is made", made == {output}, made)
                shutil.copy(Path(place) / output, directory)
        return (directory / edges[-1][0]).read_bytes()

    def compare(self, name, module, *options):
        self.run(self.wasmc, "build", "-o", "whole", *options, module)
        shutil.rmtree(self.place / "units", ignore_errors=True)
        self.run(self.wasmc, "build", "--emit", "units", "-o", "units", *options, module)
        built = self.build_alone(self.place / "units")
        self.holds(f"{name}: the same bytes", built == (self.place / "whole").read_bytes())
        self.holds(f"{name}: an executable", os.access(self.place / "units" / Path(module).stem, os.X_OK))


def programs(suite):
    """Programs of one unit, of several modules, with what is passed from lowering to the tables of places."""
    suite.write("small.wat", SMALL)
    suite.write("throwing.wat", THROWING)
    suite.write("tail calls.wat", TAIL)
    suite.write("library.wat", '(module (func (export "f") (param i32) (result i32) (local.get 0)))')
    suite.write("user.wat", '(module (import "library" "f" (func $f (param i32) (result i32)))\n'
                            '  (func (export "_start") (drop (i32.div_u (i32.const 1) (call $f (i32.const 0))))))')
    for module in ("small.wat", "throwing.wat", "tail calls.wat"):
        suite.compare(module, module)
    suite.compare("-O0 -g", "small.wat", "-O0", "-g")
    suite.compare("-O2 -g", "tail calls.wat", "-g")
    suite.compare("--strip --ceiling", "small.wat", "--strip", "--ceiling", "--env", "A=b c")
    suite.compare("explicit", "small.wat", "--bounds", "explicit", "--traps", "exact", "--target-feature", "+avx2,-bmi")
    suite.compare("linked", "user.wat", "--preload", "library=library.wat")


def large(suite):
    """A program of several units; after a change, most of their files stay as they are."""
    text = generated_module.module_text()
    suite.write("large.wat", text)
    suite.compare("many units", "large.wat", "-O0")
    units = suite.place / "units"
    before = {path.name: path.stat().st_mtime_ns for path in units.glob("*.unit")}
    suite.holds("many units", len(before) > 8, before)
    lines = text.split("\n")
    start = next(index for index, line in enumerate(lines) if "func $f100 " in line)
    lines.insert(start + 2, "    (local.set $x (i32.add (local.get $x) (i32.const 77)))")
    suite.write("large.wat", "\n".join(lines))
    suite.run(suite.wasmc, "build", "--emit", "units", "-o", "units", "-O0", "large.wat")
    changed = [name for name, time in before.items() if (units / name).stat().st_mtime_ns != time]
    suite.holds(f"written again: {changed}", 2 <= len(changed) <= 4 and "program.unit" in changed)
    suite.run(suite.wasmc, "build", "-o", "whole", "-O0", "large.wat")
    suite.holds("after a change", suite.build_alone(units) == (suite.place / "whole").read_bytes())
    if not shutil.which("ninja"):
        return
    suite.run("ninja", "-C", "units")
    suite.holds("ninja", (units / "large").read_bytes() == (suite.place / "whole").read_bytes())
    suite.holds("nothing to do", "no work to do" in subprocess.run(
        ["ninja", "-C", "units"], cwd=suite.place, capture_output=True, text=True, check=False).stdout)


def errors(suite):
    """Files that are something else, and outputs that cannot be."""
    suite.write("small.wat", SMALL)
    suite.run(suite.wasmc, "build", "--emit", "units", "small.wat")
    units = suite.place / "small.units"
    suite.holds("the directory's name", (units / "build.ninja").exists())
    unit = (units / "unit-0-0.unit").read_bytes()

    def says(phrase, *arguments, expected=1):
        said = suite.run(suite.wasmc, *arguments, expected=expected)
        suite.holds(f"{arguments}", phrase in said and said.count("\n") <= 3, said)

    (suite.place / "damaged.unit").write_bytes(unit[:-1] + bytes([unit[-1] ^ 1]))
    (suite.place / "short.unit").write_bytes(unit[:40])
    says("this unit is damaged", "compile-unit", "damaged.unit", "-o", "x.o")
    says("damaged", "compile-unit", "short.unit", "-o", "x.o")
    says("this is no unit", "compile-unit", "small.wat", "-o", "x.o")
    says("cannot read", "compile-unit", "absent.unit", "-o", "x.o")
    plan = units / "program.link"
    says("1 objects", "link-units", plan, "-o", "x", expected=2)
    says("this is no plan", "link-units", "small.wat", "-o", "x")
    (suite.place / "no.o").write_bytes(b"no object")
    said = suite.run(suite.wasmc, "link-units", plan, "no.o", "-o", "x", expected=1)
    suite.holds("no object of a unit", "the object of a unit is damaged" in said, said)
    says("nothing else is made", "build", "--emit", "units,exe", "small.wat", expected=2)
    (suite.place / "file").write_text("")
    says("is no directory", "build", "--emit", "units", "-o", "file", "small.wat")
    says("units are a directory", "build", "--emit", "units", "-o", "-", "small.wat")
    suite.holds("nothing was written", not (suite.place / "x.o").exists() and not (suite.place / "x").exists())


PARTS = [programs, large, errors]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--filter", default="", help="parts whose names this regular expression finds")
    options = parser.parse_args()
    suite = Suite(options.wasmc)
    suite.run_parts([part for part in PARTS if re.search(options.filter, part.__name__)])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
