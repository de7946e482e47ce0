#!/usr/bin/env python3
"""Programs of several modules, built and run: who reaches what, and what is handed over.

    modules.py --wasmc WASMC

Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402
from guest import (  # noqa: E402
    GIVEN, PATH_OPEN, READ, SEEK, WRITE, call, give, hand_over_import, library, main, open_file, say)

SUCCESS, ACCES, BADF, INVAL, MFILE, NOENT, PERM, NOTCAPABLE = 0, 2, 8, 28, 33, 44, 63, 76


class Suite(Checks):
    def run(self, *command, grants=None):
        words = [self.wasmc if word == "wasmc" else word for word in command]
        result = subprocess.run(
            words, cwd=self.place, env=environment(grants), text=True, capture_output=True, timeout=60)
        return result.returncode, result.stdout, result.stderr

    def case(self, name, files, expected, manifest=None, options=(), engines=("--native", "--interp")):
        """Builds and runs; then the same with `run`, compiled and interpreted."""
        for file, text in files.items():
            self.write(file, text)
        words = list(options)
        if manifest is not None:
            self.write("wasmc.toml", manifest)
            words += ["--config", "wasmc.toml"]
        built = self.run("wasmc", "build", *words, "main.wat", "-o", "program")
        if built[0] != 0:
            self.check(name, built, "a program")
            return
        self.check(name, self.run("./program")[:2], (0, expected))
        for engine in engines:
            self.refresh()
            self.check(f"{name}, {engine}", self.run("wasmc", "run", engine, *words, "main.wat")[:2], (0, expected))

    def refresh(self):
        for folder in ["data", "cache"]:
            (self.place / folder).mkdir(exist_ok=True)
            (self.place / folder / "file").write_text("abc")
        (self.place / "cache" / "new").unlink(missing_ok=True)

    def refused(self, name, options, text, files=None):
        """A build that fails with status 1 and this text."""
        for file, contents in (files or {}).items():
            self.write(file, contents)
        status, _, error = self.run("wasmc", "build", *options, "-o", "refused")
        self.check(name, (status, text in error, (self.place / "refused").exists()), (1, True, False))
        if text not in error:
            print(f"  {error!r} has no {text!r}")


STORE = '[module.store]\nfile = "store.wat"\n'


def deny_by_default(suite):
    body = say(
        call("store.prestat", 3), call("store.prestat", 0), call("store.write", 1), call("store.read", 0),
        call("store.write", 2), open_file(3), call("store.args"), call("store.variables"))
    files = {"main.wat": main(body), "store.wat": library(text="file")}
    expected = f"{BADF} {BADF} {BADF} {BADF} {BADF} {BADF} 0 0 "
    suite.case("a preload has nothing", files, expected, options=["--preload", "store=store.wat"])
    suite.case("the main module's grants are its own", files, expected,
               options=["--preload", "store=store.wat", "--dir", "data", "--env", "A=1", "--inherit-env"])
    suite.case("a table without grants grants nothing", files, expected, manifest=STORE)
    granted = STORE + 'dir = ["cache::/c::ro"]\nenv = ["A=1"]\nargs = ["x", "y"]\ninherit-stdio = ["stdin"]\n'
    suite.case("what a table grants", files,
               f"{SUCCESS} {BADF} {BADF} {SUCCESS} {BADF} {SUCCESS} 3 1 ", manifest=granted)


def separate_tables(suite):
    """Descriptor 3 of one module is not that of another, whatever number is guessed."""
    body = (
        f"(drop {call('open', 3, 4, f'(i64.const {READ | SEEK})')})" + say("(i32.load (i32.const 16))")
        + say(*[call("store.read", fd) for fd in [3, 4, 5, 100, 1 << 31]], call("store.close", 4))
        + say(call("fd_close", 4)))
    files = {"main.wat": main(body, text="file"), "store.wat": library()}
    suite.case("numbers of another's descriptors", files, f"4 {BADF} {BADF} {BADF} {BADF} {BADF} {BADF} {SUCCESS} ",
               options=["--preload", "store=store.wat", "--dir", "data"])
    body = say(open_file(3, rights=WRITE), open_file(3), call("store.write", "(call $store.opened)"),
               call("store.read", "(call $store.opened)"), call("store.byte"))
    files = {"main.wat": main(body), "store.wat": library(text="file")}
    suite.case("read-only for one", files, f"{PERM} {SUCCESS} {NOTCAPABLE} {SUCCESS} 97 ",
               manifest='dir = ["cache"]\n' + STORE + 'dir = ["cache::/c::ro"]\n')


def files_of_a_module(suite):
    body = say(open_file(3, 1, READ | WRITE), "(call $store.opened)")
    files = {"main.wat": main(body), "store.wat": library(text="new")}
    suite.case("no file becomes a standard stream", files, f"{SUCCESS} 4 ", manifest=STORE + 'dir = ["cache"]\n')
    suite.case("--max-files of a module", files, f"{MFILE} 0 ",
               manifest=STORE + 'dir = ["cache"]\nmax-files = 4\n')
    suite.case("the program's --max-files holds for modules", files, f"{MFILE} 0 ",
               manifest='max-files = 4\n' + STORE + 'dir = ["cache"]\n')
    suite.case("their own comes first", files, f"{SUCCESS} 4 ",
               manifest='max-files = 4\n' + STORE + 'dir = ["cache"]\nmax-files = 5\n')


def order_of_initialisation(suite):
    """Each `_initialize` adds its digit; what is imported from comes first."""
    def module(digit, other, starts=False):
        function = "(start $f)" if starts else '(export "_initialize" (func $f))'
        where = f'(import "{other}" "log" (global $log (mut i32)))' if other else '(global $log (mut i32) (i32.const 0))'
        return f"""(module {where} (export "log" (global $log))
          (func $f (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (i32.const {digit}))))
          {function})"""
    files = {
        "main.wat": main(say("(global.get $log)"), uses=(), more='(import "c" "log" (global $log (mut i32)))'),
        "a.wat": module(1, None), "b.wat": module(2, "a"), "c.wat": module(3, "b", starts=True),
    }
    options = ["--preload", "c=c.wat", "--preload", "b=b.wat", "--preload", "a=a.wat"]
    suite.case("_initialize in the order of imports", files, "123 ", options=options)
    suite.refused("cycle", ["--preload", "a=a.wat", "--preload", "b=b.wat", "main.wat"], "`a`, `b`",
                  {"a.wat": module(1, "b"), "b.wat": module(2, "a")})


def hand_over(suite):
    accepting = 'dir = ["data"]\n' + STORE + 'accept-from = ["main"]\ninherit-stdio = ["stdin"]\n'
    def case(name, body, expected, manifest=accepting, text="storefile", more=""):
        files = {"main.wat": main(body, text=text, more=hand_over_import() + more), "store.wat": library(text="file")}
        suite.case(name, files, expected, manifest=manifest)

    name, path = 1024, 1029
    opened = f"""(drop (call $path_open (i32.const 3) (i32.const 1) (i32.const {path}) (i32.const 4) (i32.const 0)
      (i64.const {READ | WRITE | SEEK}) (i64.const 0) (i32.const 0) (i32.const 16)))"""
    case("with fewer rights", opened + say(
        give(4, READ), GIVEN, call("store.read", GIVEN), call("store.byte"), call("store.write", GIVEN),
        call("fd_close", 4), call("store.read", GIVEN), call("store.byte"), call("store.close", GIVEN),
        call("store.read", GIVEN)),
        f"0 3 0 97 {NOTCAPABLE} 0 0 98 0 {BADF} ")
    case("with more rights", opened + say(
        give(4, READ | PATH_OPEN), give(4, READ, 1 << 40), give(4, (1 << 64) - 1 - (1 << 63)), call("store.read", 3)),
        f"{NOTCAPABLE} {NOTCAPABLE} {NOTCAPABLE} {BADF} ")
    case("closed, never open, negative", opened + say(
        call("fd_close", 4), give(4, 0), give(77, 0), give(-1, 0)), f"0 {BADF} {BADF} {BADF} ")
    case("renumbered", opened + opened + say(
        call("fd_renumber", 5, 4), give(5, READ), give(4, READ), call("store.renumber", GIVEN, 0),
        call("store.read", 0), call("store.byte"), call("store.read", GIVEN)), f"0 {BADF} 0 0 0 97 {BADF} ")
    case("a directory with few rights", say(
        give(3, PATH_OPEN, READ), open_file(GIVEN, rights=READ | WRITE), open_file(GIVEN),
        call("store.read", "(call $store.opened)"), open_file(GIVEN, 1), call("store.prestat", GIVEN)),
        f"0 {NOTCAPABLE} 0 0 {NOTCAPABLE} {BADF} ")
    case("a read-only directory", say(
        give(3, PATH_OPEN, READ | WRITE), open_file(GIVEN, rights=WRITE), open_file(GIVEN)), f"0 {PERM} 0 ",
        manifest=accepting.replace('"data"', '"data::/data::ro"'))
    case("to oneself and to nobody", say(
        give(3, 0, name_bytes=4), give(3, 0, name_bytes=4, name=1028), give(3, 0, name_bytes=0), give(3, 0, name_bytes=6)),
        f"{INVAL} {NOENT} {NOENT} {NOENT} ", text="mainobody")
    case("nobody accepts by default", say(give(3, 0), give(77, 0)), f"{ACCES} {ACCES} ",
         manifest='dir = ["data"]\n' + STORE)
    case("accepting somebody else", say(give(3, 0)), f"{ACCES} ",
         manifest='dir = ["data"]\n' + STORE + 'accept-from = ["mai", "store", "Main"]\n')
    case("a full table", say(give(3, 0), give(3, 0), give(3, 0), call("store.close", 4), give(3, 0), GIVEN),
         f"0 0 {MFILE} 0 0 4 ", manifest=accepting + "max-files = 5\n")


def hand_over_between_libraries(suite):
    """`lend` passes on what main gave it, as far as it may."""
    lend = library(text="store", more=hand_over_import(), body=f"""
      (func (export "lend") (param $fd i32) (param $rights i64) (result i32)
        (call $hand_over (local.get $fd) (i32.const 1024) (i32.const 5) (local.get $rights) (i64.const 0) (i32.const 32)))
      (func (export "given") (result i32) (i32.load (i32.const 32)))""")
    more = hand_over_import() + """
      (import "lend" "lend" (func $lend (param i32 i64) (result i32))) (import "lend" "given" (func $given (result i32)))"""
    opened = f"""(drop (call $path_open (i32.const 3) (i32.const 1) (i32.const 1028) (i32.const 4) (i32.const 0)
      (i64.const {READ | WRITE | SEEK}) (i64.const 0) (i32.const 0) (i32.const 16)))"""
    body = opened + say(
        give(4, READ, name_bytes=4), f"(call $lend {GIVEN} (i64.const {READ | WRITE}))", f"(call $lend {GIVEN} (i64.const {READ}))",
        call("store.read", "(call $given)"), call("store.byte"), "(call $lend (i32.const 4) (i64.const 0))",
        give(4, READ, name_bytes=5, name=1032))
    files = {
        "main.wat": main(body, text="lendfilestore", uses=("store",), more=more),
        "lend.wat": lend, "store.wat": library(),
    }
    manifest = ('dir = ["data"]\n[module.lend]\nfile = "lend.wat"\naccept-from = ["main"]\n' + STORE
                + 'accept-from = ["lend"]\n')
    suite.case("passed on", files, f"0 {NOTCAPABLE} 0 0 97 {BADF} {ACCES} ", manifest=manifest)


def ceiling(suite):
    body = say(call("fd_prestat_get", 3, 16), call("fd_prestat_get", 4, 16), call("environ_sizes_get", 16, 20),
               "(i32.load (i32.const 16))")
    suite.refresh()
    suite.write("main.wat", main(body, uses=()))
    (suite.place / "data" / "sub").mkdir(exist_ok=True)
    link = suite.place / "data" / "link"
    link.unlink(missing_ok=True)
    link.symlink_to("../cache")
    built = suite.run("wasmc", "build", "main.wat", "-o", "program", "--ceiling", "--dir", "data::/d", "--dir",
                      "cache::/c::ro", "--env", "A", "--env", "B=1", "--max-memory", "1MiB", "--max-files", "16")
    suite.check("build --ceiling", built, (0, "", ""))

    def start(name, grants, expected):
        suite.check(f"ceiling: {name}", suite.run("./program", grants=grants)[:2], (0, expected))

    def refuse(name, grants, word):
        status, _, error = suite.run("./program", grants=grants)
        suite.check(f"ceiling: {name}", (status, word in error and "ceiling" in error), (125, True))

    start("unchanged", None, "0 0 0 1 ")
    start("other words do not take away", "--trace-wasi --seal require", "0 0 0 1 ")
    start("one of the directories", "--dir cache::/c::ro", f"0 {BADF} 0 1 ")
    start("below a directory, read-only", "--dir data/sub::/x::ro --env A=2", f"0 {BADF} 0 1 ")
    start("smaller limits", "--max-memory 64KiB --max-files 5", "0 0 0 1 ")
    for name, grants, word in [
        ("another directory", "--dir /etc", "/etc"), ("out of a directory", "--dir data/../cache::/x", "data/../cache"),
        ("writable", "--dir cache::/c", "cache::/c"), ("another variable", "--env HOME", "HOME"),
        ("another value", "--env B=2", "B=2"), ("all variables", "--inherit-env", "--inherit-env"),
        ("more memory", "--max-memory 2MiB", "2MiB"), ("more files", "--max-files 17", "17"),
        ("less sealing", "--seal off", "off"), ("a socket", "--tcplisten 127.0.0.1:0", "127.0.0.1:0"),
        ("passed sockets", "--listenfd", "--listenfd"),
    ]:
        refuse(name, grants, word)
    status, _, error = suite.run("./program", grants="--dir data/link::/x")
    suite.check("ceiling: a link below", (status, "data/link" in error), (125, True))
    suite.check("inspect tells the ceiling",
                json.loads(suite.run("wasmc", "inspect", "--json", "program")[1])["ceiling"], True)


def starts(suite):
    """What whoever starts a program can say about its modules."""
    suite.refresh()
    suite.write("main.wat", main(say(call("store.prestat", 3), call("store.variables"))))
    suite.write("store.wat", library())
    suite.write("wasmc.toml", STORE + 'env = ["A=1"]\n')
    suite.run("wasmc", "build", "--config", "wasmc.toml", "main.wat", "-o", "program")
    suite.check("a start grants to a module", suite.run("./program", grants="--dir data --module store --dir cache"),
                (0, "0 1 ", ""))
    status, output, error = suite.run("./program", grants="--trace-wasi")
    suite.check("each line of the trace names its module", (status, output), (0, f"{BADF} 1 "))
    lines = [line for line in error.splitlines() if "(" in line and not line.startswith("wasmc:")]
    suite.check("there are lines of both", {line.split(":")[0] for line in lines}, {"main", "store"})
    for name, grants in [
        ("unknown module", "--module nobody --env A"), ("twice", "--module store --module store"),
        ("the program's option", "--module store --seal off"), ("a module's option", "--arg x"),
        ("without a name", "--module"), ("not the last word", "--module store --bogus"),
    ]:
        suite.check(f"a start refuses: {name}", suite.run("./program", grants=grants)[:2], (125, ""))
    status, _, error = suite.run("wasmc", "run", "--config", "wasmc.toml", "main.wat", grants="--module store --dir /")
    suite.check("run refuses a module's grants in the variable", (status, "WASMC_GRANTS" in error), (1, True))
    facts = json.loads(suite.run("wasmc", "inspect", "--json", "program")[1])
    suite.check("inspect lists grants by module", [(m["name"], m["grants"]) for m in facts["linkedModules"]],
                [("store", ["--env=A=1"])])
    suite.check("and what the program asks the host for itself",
                any(entry.startswith("store ") for entry in facts["imports"]), False)


def refusals(suite):
    suite.write("main.wat", main(""))
    suite.write("store.wat", library())
    preload = ["--preload", "store=store.wat", "main.wat"]
    suite.refused("a preload that is a command", preload, "is a command", {"store.wat": main("", uses=())})
    suite.refused("an export that is missing", preload, "main.wat:", {"store.wat": "(module)"})
    suite.refused("an import that nothing provides", preload, "store.wat:1:9",
                  {"store.wat": '(module (import "env" "system" (func)))'})
    suite.refused("an invalid module", preload, "store.wat:1:", {"store.wat": "(module (func (result i32)))"})
    suite.refused("a file that is missing", ["--preload", "store=absent.wat", "main.wat"], "absent.wat")
    suite.refused("reserved name", ["--preload", "main=store.wat", "main.wat"], "`main` is the main module")
    suite.refused("unknown key", ["--config", "wasmc.toml", "main.wat"], "wasmc.toml:2:1: invalid manifest: unknown key",
                  {"wasmc.toml": "# a manifest\ndirs = []\n"})
    suite.refused("wrong type", ["--config", "wasmc.toml", "main.wat"], "wasmc.toml:1:8: invalid manifest",
                  {"wasmc.toml": "dir = [1]\n"})
    suite.refused("two main modules", ["--config", "wasmc.toml", "main.wat"], "two main modules",
                  {"wasmc.toml": 'file = "main.wat"\n'})
    suite.refused("no main module", ["--config", "wasmc.toml"], "no main module", {"wasmc.toml": ""})


LIMITED = """(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func $recurse (export "recurse") (call $recurse))
  (func (export "spin") (loop (br 0)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "open") (result i32)
    (call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
  (data (i32.const 0) "file"))
"""


def limits(suite):
    """Every limit, on both engines."""
    suite.write("limited.wat", LIMITED)
    for engine in ["--native", "--interp"]:
        for options, invoked, expected in [
            ("--max-memory 64KiB", "grow", (0, "-1\n")), ("--max-memory 128KiB", "grow", (0, "1\n")),
            ("--max-memory 1KiB", "grow", (125, "")), ("--max-stack 64KiB", "recurse", (134, "")),
            ("--timeout 100ms", "spin", (124, "")), ("--dir data --max-files 4", "open", (0, f"{MFILE}\n")),
            ("--dir data --max-files 5", "open", (0, "0\n")), ("--dir data --max-files 3", "open", (125, "")),
            ("--max-files 0", "open", (2, "")), ("--max-files 1048577", "open", (2, "")),
        ]:
            found = suite.run("wasmc", "run", engine, *options.split(), "--invoke", invoked, "limited.wat")
            suite.check(f"{options}, {engine}", found[:2], expected)
    status, _, error = suite.run("wasmc", "run", "--interp", "-O3", "limited.wat")
    suite.check("--interp with options of the compiler", (status, "compiles nothing" in error), (2, True))


def example(suite):
    folder = Path(__file__).resolve().parents[2] / "Examples" / "modules"
    manifest = str(folder / "wasmc.toml")
    built = suite.run("wasmc", "build", "--config", manifest, "-o", "lines")
    suite.check("the example is built", built, (0, "", ""))
    (suite.place / "wasmc.toml").write_text("a\nb\nc\n")
    suite.check("the example runs", suite.run("./lines"), (0, "3 lines\n", ""))
    for engine in ["--native", "--interp"]:
        suite.check(f"the example runs, {engine}", suite.run("wasmc", "run", engine, "--config", manifest),
                    (0, "3 lines\n", ""))


def sealed_union(suite):
    """The kernel allows what any module needs; the runtime keeps them apart."""
    body = say(open_file(3), call("store.read", "(call $store.opened)"), call("store.byte"))
    files = {"main.wat": main(body), "store.wat": library(text="file")}
    suite.case("sealed", files, "0 0 97 ", engines=["--native"], manifest='seal = "require"\n' + STORE + 'dir = ["data::/d::ro"]\n')


def main_program():
    parser = argparse.ArgumentParser(description="run programs of several modules")
    parser.add_argument("--wasmc", required=True)
    suite = Suite(parser.parse_args().wasmc)
    suite.run_parts(
        [deny_by_default, separate_tables, files_of_a_module, order_of_initialisation, hand_over,
         hand_over_between_libraries, ceiling, starts, refusals, limits, example, sealed_union], Suite.refresh)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main_program())
