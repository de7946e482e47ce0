"""Grants of directories that contradict each other: what is granted read-only is refused where another grant lets it be
written, by what it is and not by how it is spelled."""

import json
import os
import resource
import shlex
import subprocess

from suite import ENGINES, environment

# Creates `new` in the directory of descriptor 3; the errno is the status.
CREATE = """(module
  (import "wasi_snapshot_preview1" "path_create_directory" (func $create (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "new")
  (func (export "_start") (call $exit (call $create (i32.const DIRECTORY) (i32.const 0) (i32.const 3)))))"""

PERM = 63
REFUSED = "would not be read-only"

# Words that contradict each other, in either order.
CONTRADICTIONS = [
    ("below", "a", "a/b::ro"),
    ("deep below", "a", "a/b/c/d::ro"),
    ("the same", "a::/one", "a::/two::ro"),
    ("the same, spelled otherwise", "a::/one", "a/b/../../a/.::/two::ro"),
    ("an absolute path", "a", "{top}/a/b::/b::ro"),
    ("through a link", "a", "to-b::ro"),
    ("what a link leads to", "to-a::/x", "a/b::ro"),
    ("both through links", "to-a::/x", "to-b/c::ro"),
    ("a link in a directory beside it", "c", "c/to-c::/x::ro"),
    ("everything", "/::/", "a::ro"),
]

# Words that do not; then what creating in the first directory comes to.
AGREEMENTS = [
    ("beside it", ["a", "c::ro"], 0),
    ("a name that only begins like it", ["a", "ab::ro"], 0),
    ("writable in what is read-only", ["a/b", "a::ro"], 0),
    ("read-only, but for what is in it", ["a::ro", "a/b"], PERM),
    ("both writable", ["a", "a/b"], 0),
    ("both read-only", ["a::ro", "a/b::ro"], PERM),
    ("the last of two for one name", ["a::/x", "a::/x::ro"], PERM),
    ("the last of two, the other way", ["a/b::/x::ro", "a::/x"], 0),
]

# What is mounted, and words that contradict each other by it.
MOUNTS = [
    ("what is below, mounted elsewhere", "mount --bind a/b m", ["a", "m::ro"]),
    ("deep below, mounted elsewhere", "mount --bind a/b m", ["a", "m/c::ro"]),
    ("what holds it, mounted elsewhere", "mount --bind a m", ["m", "a/b::ro"]),
    ("mounted in what is writable", "mount --bind c a/b", ["a", "c::ro"]),
    ("a directory above, mounted in what is writable", "mount --bind e a/b", ["a", "e/f::ro"]),
    ("a mount with a blank in its name", "mount --bind a/b 'm m'", ["a", "m m::ro"]),
    ("mounted twice", "mount --bind a/b m && mount --bind m 'm m'", ["a", "m m/c::ro"]),
]

HARMLESS_MOUNTS = [
    ("mounts of others", "mount --bind c m", ["a", "m::ro"]),
    ("a tmpfs", "mount -t tmpfs none m", ["a", "m::ro"]),
]


def make_tree(top):
    for name in ("a/b/c/d", "ab", "c", "e/f", "m", "m m"):
        (top / name).mkdir(parents=True)
    (top / "to-a").symlink_to("a")
    (top / "to-b").symlink_to(top / "a/b")
    (top / "c/to-c").symlink_to(".")


def clean(top):
    for name in ("a/new", "a/b/new", "c/new"):
        if (top / name).exists():
            (top / name).rmdir()


def options(words):
    return [part for word in words for part in ("--dir", word)]


def check_words(suite):
    for name, first, second in CONTRADICTIONS:
        for order in ((first, second), (second, first)):
            words = options(word.format(top=suite.place) for word in order)
            for engine in ENGINES:
                status, _, err = suite.run("wasmc", "run", engine, *words, "create.wat")
                suite.check(f"directories: {name}, {order}, {engine}", (status, REFUSED in err), (125, True))
    for name, words, expected in AGREEMENTS:
        for engine in ENGINES:
            clean(suite.place)
            status, _, err = suite.run("wasmc", "run", engine, *options(words), "create.wat")
            suite.check(f"directories: {name}, {engine}", (status, err), (expected, ""))


def check_sources(suite):
    """Words that are baked in, and those of the start."""
    suite.build("create.wat", "baked", "--dir", "a")
    for name, grants, expected in (("contradicts", "--dir a/b::ro", 125), ("agrees", "--dir c::ro", 0),
                                   ("takes its place", "--dir a/b::a::ro", PERM)):
        clean(suite.place)
        status, _, _ = suite.run("./baked", grants=grants)
        suite.check(f"directories: a start {name}", status, expected)
    status, _, err = suite.run("./baked", grants="--dir a/b::ro")
    suite.check("directories: the message names both words", ("'a/b::ro'" in err, "'a::a' lets" in err), (True, True))
    suite.write("nothing.wat", "(module (memory (export \"memory\") 1) (func (export \"_start\")))")
    suite.build("nothing.wat", "nothing")
    suite.check("directories: a program without paths", suite.run("./nothing", grants="--dir a --dir a/b::ro"), (0, "", ""))


def check_modules(suite):
    """Each module's grants are its own."""
    library = CREATE.replace("_start", "run").replace("DIRECTORY", "3").replace("(call $exit", "(drop")
    suite.write("lib.wat", library)
    suite.write("main.wat", CREATE.replace("DIRECTORY", "3").replace(
        "(memory", '(import "lib" "run" (func $run)) (memory'))
    for name, own, theirs, expected in (("in two modules", '["a"]', '["a/b::ro"]', 0),
                                        ("in a library", '["c"]', '["a", "a/b::ro"]', 125)):
        clean(suite.place)
        suite.write("wasmc.toml", f'dir = {own}\n[module.lib]\nfile = "lib.wat"\ndir = {theirs}\n')
        for engine in ENGINES:
            clean(suite.place)
            status, _, err = suite.run("wasmc", "run", engine, "--config", "wasmc.toml", "main.wat")
            suite.check(f"directories: {name}, {engine}", (status, REFUSED in err), (expected, expected != 0))


def check_mounts(suite):
    if os.getuid() != 0:
        print("resources: not root, so no mounts")
        return
    for mounts, expected in ((MOUNTS, (125, True)), (HARMLESS_MOUNTS, (0, False))):
        for name, mount, words in mounts:
            for order in (words, words[::-1]) if expected[0] else (words,):
                clean(suite.place)
                script = f"mount --make-rprivate / && {mount} || exit 99; exec ./create"
                done = subprocess.run(["unshare", "-m", "sh", "-c", script], cwd=suite.place, capture_output=True,
                                      env=environment(shlex.join(options(order))))
                if done.returncode == 99 or b"unshare" in done.stderr:
                    print("resources: no mount is allowed here")
                    return
                suite.check(f"directories: {name}, {order}", (done.returncode, REFUSED.encode() in done.stderr), expected)


def check_many(suite):
    """More directories than one module may have, in two: the kernel hears of all."""
    suite.write("lib.wat", CREATE.replace("_start", "run").replace("DIRECTORY", "3").replace("(call $exit", "(drop"))
    lists = []
    for module in ("main", "lib"):
        names = [f"many/{module}-{number}" for number in range(600)]
        for name in names:
            (suite.place / name).mkdir(parents=True)
        lists.append(json.dumps(names))
    suite.write("wasmc.toml", f'dir = {lists[0]}\n[module.lib]\nfile = "lib.wat"\ndir = {lists[1]}\n')
    suite.build("main.wat", "many-grants", "--config", "wasmc.toml")
    if suite.run("./create", grants="--seal require --dir c")[0] == 1:
        print("resources: this kernel cannot seal completely")
        return
    limits = (4096, max(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    status, _, err = suite.run("./many-grants", grants="--seal require --trace-wasi",
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits))
    suite.check("directories: 1,200 of two modules", (status, "(directories: 1200)" in err), (0, True))


def check(suite):
    make_tree(suite.place)
    suite.write("create.wat", CREATE.replace("DIRECTORY", "3"))
    suite.build("create.wat", "create")
    check_words(suite)
    check_sources(suite)
    check_modules(suite)
    check_many(suite)
    check_mounts(suite)
