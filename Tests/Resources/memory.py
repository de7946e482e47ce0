"""--max-memory: one budget for all memories and tables of a program, and within it one for a linked module."""

import re

from suite import ENGINES, TRAPPED

KIB = 1024
PAGE = 64 * KIB
ELEMENTS_OF_A_PAGE = PAGE // 8


def module(*definitions, body="", imports=""):
    """Grows what it has, by exports that are invoked; `run` prints what its body leaves."""
    return f"(module {imports} {' '.join(definitions)} {body})"


def sequence(*steps):
    """An export that returns all of the steps' results: -1, or the old size."""
    return f'(func (export "run") (result{" i32" * len(steps)}) {" ".join(steps)})'


def grow_memory(pages, memory=0):
    return f"(memory.grow {memory} (i32.const {pages}))"


def grow_table(elements, table=0):
    return f"(table.grow {table} (ref.null func) (i32.const {elements}))"


MEMORY = '(memory (export "memory") 1)'

# Name, limit, module, and what `run` returns.
GROWTH = [
    ("a table", PAGE, module(MEMORY, "(table 0 funcref)", body=sequence(grow_table(1), grow_table(10_000_000))), (-1, -1)),
    ("many tables", 2 * PAGE, module(MEMORY, *["(table 0 funcref)"] * 20, body=sequence(
        *[grow_table(ELEMENTS_OF_A_PAGE // 2, table) for table in range(4)])), (0, 0, -1, -1)),
    ("elements that are not null", 2 * PAGE, module(
        MEMORY, "(table 0 funcref) (func $f) (elem declare func $f)",
        body=sequence(f"(table.grow (ref.func $f) (i32.const {ELEMENTS_OF_A_PAGE + 1}))",
                      f"(table.grow (ref.func $f) (i32.const {ELEMENTS_OF_A_PAGE}))")), (-1, 0)),
    ("external references", PAGE, module(MEMORY, "(table 0 externref)", body=sequence(
        "(table.grow (ref.null extern) (i32.const 1))")), (-1,)),
    ("a table of 64-bit indices", PAGE, module(MEMORY, "(table i64 0 funcref)", body=sequence(
        "(i32.wrap_i64 (table.grow (ref.null func) (i64.const 1)))")), (-1,)),
    ("what a table begins with", 2 * PAGE, module(MEMORY, "(table 100 funcref)", body=sequence(
        grow_memory(1), grow_table(ELEMENTS_OF_A_PAGE - 100), grow_table(1))), (-1, 100, -1)),
    ("two memories", 3 * PAGE, module(MEMORY, "(memory 1)", body=sequence(
        grow_memory(1), grow_memory(1), grow_memory(1, 1), grow_memory(0, 1))), (1, -1, -1, 1)),
    ("memory, then a table", 3 * PAGE, module(MEMORY, "(table 0 funcref)", body=sequence(
        grow_memory(1), grow_table(ELEMENTS_OF_A_PAGE + 1), grow_table(ELEMENTS_OF_A_PAGE), grow_memory(1))),
     (1, -1, 0, -1)),
    ("a table, then memory", 3 * PAGE, module(MEMORY, "(table 0 funcref)", body=sequence(
        grow_table(ELEMENTS_OF_A_PAGE), grow_memory(2), grow_memory(1), grow_memory(1))), (0, -1, 1, -1)),
    ("a refusal costs nothing", 3 * PAGE, module(MEMORY, "(table 0 20 funcref)", body=sequence(
        *[grow_table(21)] * 3, *[grow_memory(9)] * 3, grow_memory(2))), (-1, -1, -1, -1, -1, -1, 1)),
    ("a memory of 64 bits", 2 * PAGE, module('(memory (export "memory") i64 1)', body=sequence(
        "(i32.wrap_i64 (memory.grow (i64.const 2)))", "(i32.wrap_i64 (memory.grow (i64.const 1)))",
        "(i32.wrap_i64 (memory.grow (i64.const 1)))")), (-1, 1, -1)),
    ("a memory of small pages", 1000, module('(memory (export "memory") 1 (pagesize 1))', body=sequence(
        grow_memory(1000), grow_memory(999), grow_memory(1))), (-1, 1, -1)),
    ("no limit", None, module(MEMORY, "(table 0 funcref)", body=sequence(
        grow_table(1_000_000), grow_memory(100))), (0, 1)),
]

TABLES = "wasmc: cannot set up tables: more is needed at start than --max-memory allows\n"

# Name, limit, module; None: it starts.
STARTS = [
    ("a small table beside a memory of the limit", PAGE, module(MEMORY, "(table 8 funcref)", body=sequence("(i32.const 7)")),
     None),
    ("a large table", PAGE, module(f"(table {2 * ELEMENTS_OF_A_PAGE + 1} funcref)"), TABLES),
    ("many tables", PAGE, module(*["(table 8000 funcref)"] * 4), TABLES),
    ("two memories", 2 * PAGE - 1, module(MEMORY, "(memory 1)"), "--max-memory allows\n"),
    ("memory beside a large table", 4 * PAGE, module(
        "(memory 4)", f"(table {2 * ELEMENTS_OF_A_PAGE} funcref)"), "--max-memory allows\n"),
]

LIBRARY = """(module
  (memory (export "memory") 1) (table $t (export "table") 0 funcref)
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "fill") (result i32) (table.grow $t (ref.null func) (i32.const 8192))))"""

USER = """(module
  (import "lib" "grow" (func $grow (result i32)))
  (import "lib" "fill" (func $fill (result i32)))
  (import "lib" "table" (table 0 funcref))
  (import "lib" "memory" (memory $theirs 1))
  (memory $own 1)
  (func (export "run") (result i32 i32 i32 i32 i32) (memory.grow $own (i32.const 1)) (call $grow) (call $fill)
    (table.grow (ref.null func) (i32.const 8192)) (memory.grow $theirs (i32.const 1))))"""

# Name, the program's limit, the library's, results of: own memory, library's memory, its table, and from here again.
LINKED = [
    ("one budget for all modules", 3, None, (1, -1, -1, -1, -1)),
    ("which any of them uses up", 5, None, (1, 1, 0, -1, -1)),
    ("a library's own within it", 9, 2, (1, 1, -1, -1, -1)),
    ("its table counts for it whoever makes it grow", 9, 3, (1, 1, 0, -1, -1)),
    ("more than the program's is the program's", 4, 9, (1, 1, -1, -1, -1)),
    ("a library's alone", None, 1, (1, -1, -1, -1, -1)),
]

OBJECTS = """(module
  (type $bytes (array (mut i8)))
  (type $list (struct (field (ref null $bytes)) (field (ref null $list))))
  (global $kept (mut (ref null $list)) (ref.null $list))
  (func (export "garbage") (result i32) (local $n i32)
    (loop $more
      (drop (array.new_default $bytes (i32.const 65536)))
      (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 500))))
    (local.get $n))
  (func (export "keep")
    (loop $more
      (global.set $kept (struct.new $list (array.new_default $bytes (i32.const 65536)) (global.get $kept)))
      (br $more))))"""


def limit(size):
    return [] if size is None else ["--max-memory", str(size)]


def check_growth(suite):
    for name, size, text, expected in GROWTH:
        suite.write("grows.wat", text)
        for engine in ENGINES:
            found = suite.run("wasmc", "run", engine, *limit(size), "--invoke", "run", "grows.wat")
            suite.check(f"memory: {name}, {engine}", found, (0, "".join(f"{value}\n" for value in expected), ""))


def check_starts(suite):
    for name, size, text, message in STARTS:
        suite.write("starts.wat", text)
        for engine in ENGINES:
            status, _, err = suite.run("wasmc", "run", engine, *limit(size), "starts.wat")
            suite.check(f"memory at start: {name}, {engine}", (status != 0, err.endswith(message or "")),
                        (message is not None, True))


def check_linked(suite):
    suite.write("lib.wat", LIBRARY)
    suite.write("user.wat", USER)
    for name, program, library, expected in LINKED:
        manifest = "" if program is None else f'max-memory = "{program * PAGE}"\n'
        manifest += '[module.lib]\nfile = "lib.wat"\n'
        manifest += "" if library is None else f'max-memory = "{library * PAGE}"\n'
        suite.write("wasmc.toml", manifest)
        for engine in ENGINES:
            found = suite.run("wasmc", "run", engine, "--config", "wasmc.toml", "--invoke", "run", "user.wat")
            suite.check(f"memory of modules: {name}, {engine}", found, (0, "".join(f"{value}\n" for value in expected), ""))


COLLECTION = re.compile(r"wasmc: gc (\d+): (\d+) bytes -> (\d+) alive, heap (\d+), \d+ us")


def check_objects(suite):
    """The heap has a limit of its own, or that of memories."""
    suite.write("objects.wat", OBJECTS)
    for engine in ENGINES:
        for option in ("--max-gc-heap", "--max-memory"):
            words = ["wasmc", "run", engine, option, "1MiB"]
            name = f"heap: {option}, {engine}"
            found = suite.run(*words, "--invoke", "garbage", "objects.wat")
            suite.check(f"{name}, garbage", found, (0, "500\n", ""))
            status, _, err = suite.run(*words, "--invoke", "keep", "objects.wat")
            suite.check(f"{name}, objects", (status, "trap: GC heap exhausted" in err), (TRAPPED, True))
        words = ["wasmc", "run", engine, "--max-memory", "64KiB", "--max-gc-heap", "2MiB", "--trace-gc"]
        status, out, err = suite.run(*words, "--invoke", "garbage", "objects.wat")
        lines = [COLLECTION.fullmatch(line) for line in err.splitlines()]
        facts = (status, out, len(lines) > 10, all(lines))
        suite.check(f"heap: --trace-gc, {engine}", facts, (0, "500\n", True, True))
        numbers = [[int(word) for word in line.groups()] for line in lines if line]
        suite.check(f"heap: what is reported, {engine}",
                    all(number == place and before >= alive and heap <= 2 << 20
                        for place, (number, before, alive, heap) in enumerate(numbers, 1)), True)


def check(suite):
    check_growth(suite)
    check_starts(suite)
    check_linked(suite)
    check_objects(suite)
