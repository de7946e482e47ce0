#!/usr/bin/env python3
"""The cache of what was compiled: what is found in it, what is not, and what happens when something is wrong with it.

    cache.py --wasmc WASMC [--filter RE] [--kills N]

However it goes, the bytes of an executable are those of a build without a cache. As root, a cache on a full file system
and somebody else's are tried, too. Ends with the line `N passed, N failed`. Exit status: 0 when nothing failed, else 1.
"""

import argparse
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Determinism"))

from checks import Checks  # noqa: E402
import generated_module  # noqa: E402

TIMEOUT_S = 300
SMALL = """(module
  (memory (export "memory") 1)
  (func (export "_start") (i32.store (i32.const 0) (i32.const {value})))
  (func (export "trap") unreachable))
"""
LIBRARY = '(module (func (export "f") (result i32) (i32.const {value})))'
USER = '(module (import "library" "f" (func $f (result i32))) (func (export "_start") (drop (call $f))))'
# A library, which says so.
QUIET = '(module (func (export "f")))'

# Each alone makes another executable, or could.
OPTIONS = [
    ["-O0"], ["-O1"], ["-O3"], ["-Os"], ["-Oz"], ["--target-cpu", "x86-64"], ["--target-cpu", "x86-64-v3"],
    ["--target-cpu", "native"], ["--target-feature", "+avx2"], ["--bounds", "explicit"], ["--traps", "exact"],
    ["--traps", "relaxed"], ["-g"], ["--strip"], ["--dir", "data"], ["--dir", "data::/"], ["--env", "A=1"],
    ["--env", "A=2"], ["--timeout", "1s"], ["--ceiling"], ["--invoke", "trap"], ["--isolate-network"], ["--gc-stress"],
]
# These make the same one.
WITHOUT_EFFECT = [["-j", "1"], ["-j", "2"], ["--quiet"], ["--color", "never"], ["-o", "other"]]


class Suite(Checks):
    def run(self, *arguments, env=None, expected=0, preexec=None, cwd=None):
        """Runs wasmc without a cache by default; what it wrote to standard error."""
        variables = {"PATH": os.environ["PATH"], "WASMC_CACHE": "off"} if env is None else env
        for name in ("WASMC_LIBRARY_PATH", "WASMC_LLD"):
            if name in os.environ:
                variables[name] = os.environ[name]
        done = subprocess.run([self.wasmc, *map(str, arguments)], cwd=cwd or self.place, env=variables,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S,
                              preexec_fn=preexec, check=False)
        if done.returncode != expected:
            self.holds(f"{arguments}", False, f"status {done.returncode}: {done.stderr}")
        return done.stderr + done.stdout

    def build(self, *arguments, module="app.wat", output="app", cache="cache", **options):
        """Builds with a cache; the bytes and what was said."""
        said = self.run("build", "--cache", cache, "--trace-cache", "-o", output, *arguments, self.place / module, **options)
        return (self.place / output).read_bytes(), said

    def plain(self, *arguments, module="app.wat", output="plain", **options):
        """Builds without one."""
        self.run("build", "--no-cache", "-o", output, *arguments, self.place / module, **options)
        return (self.place / output).read_bytes()

    def entries(self, cache="cache"):
        return sorted(path for path in (self.place / cache).iterdir() if re.fullmatch("[0-9a-f]{64}", path.name))

    def leftovers(self, cache="cache"):
        return [path.name for path in (self.place / cache).iterdir() if path.name.startswith("tmp-")]


def is_hit(said):
    return "note: cache: hit, the executable\n" in said


def unit_counts(said):
    found = re.search(r"(\d+) hits and (\d+) misses of units", said)
    return tuple(map(int, found.groups())) if found else None


def hits(suite):
    """The second build is the first one's, whatever the file is called; a build without a cache keeps nothing."""
    plain = suite.plain()
    suite.holds("no cache without one", not (suite.place / "cache").exists())
    first, said = suite.build()
    suite.holds("the first is a miss", not is_hit(said), said)
    suite.check("the same bytes at first", first, plain)
    second, said = suite.build()
    suite.holds("the second is a hit", is_hit(said), said)
    suite.check("the same bytes again", second, plain)
    suite.holds("an executable", os.access(suite.place / "app", os.X_OK))
    mode = stat.S_IMODE((suite.place / "cache").stat().st_mode)
    suite.check("nobody else's", mode, 0o700)
    suite.check("entries are nobody else's",
                {stat.S_IMODE(path.stat().st_mode) for path in suite.entries()}, {0o600})
    suite.holds("a mark for backups",
                (suite.place / "cache" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55"))
    (suite.place / "elsewhere").mkdir()
    (suite.place / "elsewhere" / "app.wat").write_text(SMALL.format(value=1))
    moved, said = suite.build(module="elsewhere/app.wat")
    suite.holds("another folder", is_hit(said) and moved == plain, said)
    for options in WITHOUT_EFFECT:
        _, said = suite.build(*options, output="other" if "-o" in options else "app")
        suite.holds(f"{options} changes nothing", "--quiet" in options or is_hit(said), said)
    suite.write("other.wat", SMALL.format(value=1))
    renamed, said = suite.build(module="other.wat")
    suite.holds("another name is in the note", not is_hit(said), said)
    suite.check("of another name", renamed, suite.plain(module="other.wat"))


def options(suite):
    """Each option is a miss, then a hit, and its bytes are those without a cache."""
    (suite.place / "data").mkdir()
    suite.build()
    for words in OPTIONS:
        first, said = suite.build(*words)
        suite.holds(f"{words}: a miss", not is_hit(said), said)
        second, said = suite.build(*words)
        suite.holds(f"{words}: a hit", is_hit(said), said)
        suite.check(f"{words}: the same", second, first)
    for words in OPTIONS[::6]:
        cached, said = suite.build(*words)
        suite.holds(f"{words}: still there", is_hit(said), said)
        suite.check(f"{words}: as without", cached, suite.plain(*words))
    suite.write("app.wat", SMALL.format(value=2))
    _, said = suite.build()
    suite.holds("another module", not is_hit(said), said)


def toolchain(suite):
    """Another runtime makes another executable."""
    settings = json.loads(suite.run("settings", "--json"))
    runtime = Path(settings["targets"][0]["runtime"])
    copy = suite.place / "lib" / runtime.name
    copy.mkdir(parents=True)
    for path in runtime.iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    variables = {"PATH": os.environ["PATH"], "WASMC_LIBRARY_PATH": str(suite.place / "lib")}
    before = os.environ.pop("WASMC_LIBRARY_PATH", None)
    try:
        suite.build(env=variables)
        suite.holds("the same runtime", is_hit(suite.build(env=variables)[1]))
        os.utime(copy / "libwasmc.a", (1, 1))
        suite.holds("another runtime", not is_hit(suite.build(env=variables)[1]))
    finally:
        if before is not None:
            os.environ["WASMC_LIBRARY_PATH"] = before


def linked(suite):
    """What is linked is a part of the program."""
    suite.write("library.wat", LIBRARY.format(value=1))
    suite.write("user.wat", USER)
    words = ["--preload", "library=library.wat"]
    suite.build(*words, module="user.wat")
    cached, said = suite.build(*words, module="user.wat")
    suite.holds("nothing has changed", is_hit(said), said)
    suite.check("two modules, as without", cached, suite.plain(*words, module="user.wat"))
    suite.write("library.wat", LIBRARY.format(value=2))
    cached, said = suite.build(*words, module="user.wat")
    suite.holds("the library has changed", not is_hit(said), said)
    suite.check("another library, as without", cached, suite.plain(*words, module="user.wat"))


def running(suite):
    """`wasmc run` starts what is there, and says what the first start said."""
    suite.build()
    said = suite.run("run", "--cache", "cache", "--trace-cache", "app.wat")
    suite.holds("a build is run", is_hit(said), said)
    status = subprocess.run([suite.wasmc, "run", "--cache", "cache", "--invoke", "trap", "app.wat"], cwd=suite.place,
                            capture_output=True, check=False).returncode
    suite.check("another entry point", status, 134)
    suite.write("quiet.wat", QUIET)
    first = suite.run("run", "--cache", "cache", "quiet.wat")
    second = suite.run("run", "--cache", "cache", "--trace-cache", "quiet.wat")
    suite.holds("a remark", first.startswith("note: "), first)
    suite.check("and again", second, first + "note: cache: hit, the executable\n")
    arguments = ["run", "--dir", ".", "--cache", "cache", "app.wat"]
    said = suite.run(*arguments)
    suite.holds("a program that could change the cache", "could change it" in said, said)
    said = suite.run(*arguments[:1], "--dir", ".::/::ro", *arguments[3:])
    suite.check("a program that can read it", said, "")


def changed_function(suite):
    """Where one function of many has changed, its unit is compiled, and those beside it at most."""
    original = generated_module.module_text()
    lines = original.split("\n")
    start = next(index for index, line in enumerate(lines) if "func $f100 " in line)

    def changed(*insertions):
        return "\n".join(lines[:start + 2] + list(insertions) + lines[start + 2:])

    variants = {
        "larger": changed(*["    (local.set $x (i32.add (local.get $x) (i32.const 77)))"] * 50),
        "much larger": changed(*["    (local.set $x (i32.rotl (local.get $x) (i32.const 7)))"] * 3000),
        "another call": changed("    (local.set $x (call $f7 (local.get $x) (i32.const 0)))"),
        "new data": original.replace("(table", '(data (i32.const 9) "new")\n  (table'),
        "a function behind": original.replace('  (func (export "_start")', '  (func (export "f"))\n  (func (export "_start")'),
    }
    for level in ("-O0", "-O1"):
        suite.write("app.wat", original)
        first, said = suite.build(level)
        _, units = unit_counts(said)
        suite.holds(f"{level}: many units", units >= 8, said)
        suite.check(f"{level}: as without", first, suite.plain(level))
        for name, text in variants.items():
            if level == "-O1" and name != "larger":
                continue
            suite.write("app.wat", text)
            built, said = suite.build(level)
            found, compiled = unit_counts(said)
            # Beside its own unit, a function that is called from another one for the first time changes.
            limit = 0 if name == "new data" else 1 if name == "a function behind" else 3
            suite.holds(f"{level}, {name}: {compiled} units compiled, {found} found", compiled <= limit and found >= units - 4)
            suite.check(f"{level}, {name}: as without", built, suite.plain(level))
    suite.write("app.wat", original)
    suite.build("-O0", "--dir", "data")
    _, said = suite.build("-O0", "--dir", "other")
    suite.holds("other grants, the same code", unit_counts(said)[1] == 0, said)
    built, said = suite.build("-O0", "-g")
    suite.holds("-g has units of its own", unit_counts(said)[0] == 0, said)
    suite.write("app.wat", variants["larger"])
    built, said = suite.build("-O0", "-g")
    suite.holds("-g, another function", unit_counts(said)[1] <= 3, said)
    suite.check("-g, as without", built, suite.plain("-O0", "-g"))


def at_once(suite):
    """Builds at the same time use one cache."""
    suite.write("app.wat", generated_module.module_text())
    suite.write("small.wat", SMALL.format(value=3))
    expected = {"app.wat": suite.plain("-O0"), "small.wat": suite.plain("-O0", module="small.wat")}
    modules = ["app.wat", "small.wat"] * 4
    with ThreadPoolExecutor(8) as pool:
        built = list(pool.map(lambda pair: suite.build("-O0", "-j", "1", module=pair[1], output=f"app{pair[0]}")[0],
                              enumerate(modules)))
    for module, found in zip(modules, built):
        suite.holds(f"{module}, at the same time", found == expected[module])
    suite.check("no temporary files", suite.leftovers(), [])
    for module in expected:
        suite.holds(f"{module}, afterwards", is_hit(suite.build("-O0", module=module)[1]))


def killed(suite):
    """Builds that are killed at any time leave a cache that works, and no part of an entry."""
    suite.write("app.wat", generated_module.module_text())
    started = time.monotonic()
    expected, _ = suite.build("-O0", cache="measured")
    whole_s = time.monotonic() - started
    command = [suite.wasmc, "build", "-O0", "-j", "2", "--cache", "cache", "-o", "killed", "app.wat"]
    for number in range(suite.kills):
        process = subprocess.Popen(command, cwd=suite.place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole_s * (number + 1) / (suite.kills + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if number == suite.kills // 2:
            for path in suite.entries():
                path.unlink()
    built, _ = suite.build("-O0")
    suite.check("after killed builds", built == expected, True)
    (suite.place / "cache" / "tmp-1-1").write_bytes(b"left")
    os.utime(suite.place / "cache" / "tmp-1-1", (1, 1))
    (suite.place / "cache" / "tmp-2-2").write_bytes(b"being written")
    suite.write("small.wat", SMALL.format(value=4))
    suite.build(module="small.wat")
    suite.holds("what killed builds have left goes, when it is old",
                "tmp-1-1" not in suite.leftovers() and "tmp-2-2" in suite.leftovers())


def damage(path, how):
    contents = path.read_bytes()
    path.unlink()
    if how == "empty":
        path.write_bytes(b"")
    elif how == "short":
        path.write_bytes(contents[:-1])
    elif how == "long":
        path.write_bytes(contents + b"\0")
    elif how == "header":
        path.write_bytes(b"X" + contents[1:])
    elif how == "key":
        path.write_bytes(contents[:8] + bytes([contents[8] ^ 1]) + contents[9:])
    elif how == "length":
        path.write_bytes(contents[:40] + b"\xff" * 8 + contents[48:])
    elif how == "bit":
        middle = len(contents) // 2
        path.write_bytes(contents[:middle] + bytes([contents[middle] ^ 4]) + contents[middle + 1:])
    elif how == "directory":
        path.mkdir()
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "link":
        path.symlink_to("/etc/passwd")


def damaged(suite):
    """A damaged entry is none, and is written again."""
    suite.write("app.wat", generated_module.module_text())
    expected, _ = suite.build("-O0")
    for how in ("empty", "short", "long", "header", "key", "length", "bit", "pipe", "link"):
        # Of the executable alone it is what the units are for.
        for path in suite.entries():
            damage(path, how)
        built, said = suite.build("-O0")
        suite.holds(f"{how}: a miss", not is_hit(said) and unit_counts(said)[0] == 0, said)
        suite.holds(f"{how}: the same", built == expected)
        suite.holds(f"{how}: written again", is_hit(suite.build("-O0")[1]))
    for path in suite.entries():
        damage(path, "directory")
    built, said = suite.build("-O0")
    suite.holds("a directory in place of an entry", built == expected and "warning: the cache" in said, said)
    other = suite.entries()
    if len(other) > 1:
        for path in other:
            if path.is_dir():
                path.rmdir()
    suite.build("-O0")
    first, second = suite.entries()[:2]
    contents = first.read_bytes()
    second.write_bytes(contents)
    suite.holds("an entry under another's name", suite.build("-O0")[0] == expected)


def unusable(suite):
    """A cache that cannot be used is a warning."""
    def warns(name, cache, phrase, **options):
        (suite.place / "app").unlink(missing_ok=True)
        built, said = suite.build(cache=cache, **options)
        suite.holds(name, said.startswith("warning: ") and phrase in said and built == expected, said)

    expected = suite.plain()
    suite.write("file", "")
    warns("a file", "file", "Not a directory")
    warns("below a file", "file/cache", "Not a directory")
    warns("an empty name", "", "No such file or directory")
    (suite.place / "open").mkdir()
    (suite.place / "open").chmod(0o777)
    warns("one that others can change", "open", "others can write there")
    if os.geteuid() == 0:
        (suite.place / "theirs").mkdir()
        os.chown(suite.place / "theirs", 1, 1)
        warns("somebody else's", "theirs", "another user's")
        full(suite, warns)
    else:
        (suite.place / "locked").mkdir(mode=0o500)
        warns("one that cannot be changed", "locked", "Permission denied")
        warns("the system's", "/usr", "another user's")
    said = suite.run("build", "--no-cache", "--cache", "x", "app.wat", expected=2)
    suite.holds("both options", "exclude each other" in said, said)
    for size in ("", "x", "-1", "1.5G"):
        said = suite.run("build", f"--cache-size={size}", "app.wat", expected=2)
        suite.holds(f"a size that is none: {size}", "expected a size" in said, said)


def full(suite, warns):
    """A cache without room, and one on a file system that is read-only."""
    small = suite.place / "small"
    small.mkdir()
    for name, size, phrase in (("full", "size=8k", "No space left"), ("read-only", "ro", "Read-only")):
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"{size},mode=700", "none", str(small)],
                                 capture_output=True, check=False)
        if mounted.returncode:
            print(f"left out: a {name} file system, which mount(8) does not make here")
            continue
        try:
            warns(f"a {name} file system", "small", phrase)
        finally:
            subprocess.run(["umount", str(small)], check=True)


def eviction(suite):
    """What was not used for longest goes when there is too much."""
    for number in range(6):
        suite.write(f"app{number}.wat", SMALL.format(value=number))
        suite.build(module=f"app{number}.wat")
        for path in suite.entries():
            if path.stat().st_mtime > 10**9:
                os.utime(path, (number + 1, number + 1))
    size = sum(path.stat().st_blocks * 512 for path in suite.entries())
    # A hit makes an entry the youngest.
    suite.holds("all fit", is_hit(suite.build(module="app0.wat")[1]))
    suite.write("app6.wat", SMALL.format(value=6))
    suite.build("--cache-size", str(size), module="app6.wat")
    left = [number for number in range(7) if is_hit(suite.run(
        "build", "--cache", "cache", "--trace-cache", "--cache-size", str(size * 2), "-o", "app", f"app{number}.wat"))]
    suite.holds(f"the oldest went: {left}", left[0] == 0 and left[-1] == 6 and 1 not in left and len(left) >= 4)
    suite.build("--cache-size", "1", module="app6.wat")
    suite.write("app7.wat", SMALL.format(value=7))
    built, said = suite.build("--cache-size", "1", module="app7.wat")
    suite.check("larger than the cache may be", built, suite.plain(module="app7.wat"))
    said = suite.run("build", "--cache", "cache", "-o", "app", "app7.wat", env={"WASMC_CACHE_SIZE": "much"}, expected=1)
    suite.holds("WASMC_CACHE_SIZE", "WASMC_CACHE_SIZE is `much`" in said, said)


def places(suite):
    """Where the cache is."""
    def cache_of(variables, *arguments):
        path = {"PATH": os.environ["PATH"]}
        suite.run("build", "-o", "app", *arguments, "app.wat", env={**path, **variables})
        return sorted(str(found.parent.relative_to(suite.place)) for found in suite.place.rglob("CACHEDIR.TAG"))

    (suite.place / "home").mkdir()
    home, xdg = str(suite.place / "home"), str(suite.place / "xdg")
    suite.check("without HOME", cache_of({}), [])
    suite.check("HOME that is not there", cache_of({"HOME": str(suite.place / "absent")}), [])
    suite.check("off", cache_of({"HOME": home, "WASMC_CACHE": "off"}), [])
    suite.check("--no-cache", cache_of({"HOME": home}, "--no-cache"), [])
    suite.check("a relative XDG_CACHE_HOME is none", cache_of({"XDG_CACHE_HOME": "xdg"}), [])
    suite.check("HOME", cache_of({"HOME": home}), ["home/.cache/wasmc"])
    suite.check("XDG_CACHE_HOME", cache_of({"HOME": home, "XDG_CACHE_HOME": xdg}), ["home/.cache/wasmc", "xdg/wasmc"])
    suite.check("WASMC_CACHE", cache_of({"HOME": home, "WASMC_CACHE": str(suite.place / "own")}),
                ["home/.cache/wasmc", "own", "xdg/wasmc"])
    suite.check("--cache", len(cache_of({"HOME": home, "WASMC_CACHE": "off"}, "--cache", "deep/er")), 4)
    settings = suite.run("settings", "--json", env={"XDG_CACHE_HOME": xdg})
    suite.check("settings", json.loads(settings)["cache"], f"{xdg}/wasmc")


def command(suite):
    """`wasmc cache`."""
    suite.build()
    shown = json.loads(suite.run("cache", "--cache", "cache", "--json"))
    suite.check("entries", shown["entries"], len(suite.entries()))
    suite.check("bytes", shown["bytes"], sum(path.stat().st_blocks * 512 for path in suite.entries()))
    suite.check("limit", shown["limit"], 2 << 30)
    said = suite.run("cache", "show", "--cache", "cache")
    suite.holds("for people", re.fullmatch(r"directory: cache\nentries: \d\nsize: [\d.]+ KiB of 2 GiB\n", said), said)
    (suite.place / "cache" / "mine.txt").write_text("mine")
    said = suite.run("cache", "clean", "--cache", "cache")
    suite.holds("cleaned", said.startswith("removed ") and not suite.entries(), said)
    suite.holds("and nothing else", (suite.place / "cache" / "mine.txt").exists())
    suite.holds("a miss", not is_hit(suite.build()[1]))
    suite.check("nothing there", json.loads(suite.run("cache", "--cache", "absent", "--json"))["entries"], 0)
    suite.holds("none is made", not (suite.place / "absent").exists())
    suite.check("off", suite.run("cache", env={"WASMC_CACHE": "off"}), "there is no cache\n")


PARTS = [hits, options, toolchain, linked, running, changed_function, at_once, killed, damaged, unusable, eviction,
         places, command]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--filter", default="", help="parts whose names this regular expression finds")
    parser.add_argument("--kills", type=int, default=12, help="how many builds are killed")
    options = parser.parse_args()
    suite = Suite(options.wasmc)
    suite.kills = options.kills
    parts = [part for part in PARTS if re.search(options.filter, part.__name__)]
    suite.run_parts(parts, lambda suite: suite.write("app.wat", SMALL.format(value=1)))
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
