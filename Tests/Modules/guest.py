"""Guests in the text format, made from a few calls each."""

WASI = {
    "fd_close": "i32",
    "fd_read": "i32 i32 i32 i32",
    "fd_renumber": "i32 i32",
    "fd_write": "i32 i32 i32 i32",
    "fd_prestat_get": "i32 i32",
    "path_open": "i32 i32 i32 i32 i32 i64 i64 i32 i32",
    "args_sizes_get": "i32 i32",
    "environ_sizes_get": "i32 i32",
}

# Rights of WASI preview1.
READ, WRITE, SEEK, PATH_OPEN = 1 << 1, 1 << 6, 1 << 2, 1 << 13
RIGHTS = READ | WRITE | SEEK | PATH_OPEN

# Where texts for calls lie; below are results and iovecs.
TEXT = 1024


def imports(names):
    lines = [
        f'(import "wasi_snapshot_preview1" "{name}" (func ${name} (param {WASI[name]}) (result i32)))' for name in names
    ]
    return "\n  ".join(lines)


# What a guest says: `say` prints a number and a blank to standard output.
SAY = """
  (func $say (param $value i32)
    (local $at i32)
    (local.set $at (i32.const 96))
    (i32.store8 (i32.const 96) (i32.const 32))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $value) (i32.const 10))))
      (local.set $value (i32.div_u (local.get $value) (i32.const 10)))
      (br_if $next (local.get $value)))
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (i32.sub (i32.const 97) (local.get $at)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
"""


def data(text):
    return f'(data (i32.const {TEXT}) "{text}")'


def library(body="", text="", more=""):
    """A module for others: functions that use one descriptor each and give the errno."""
    return f"""(module
  {imports(WASI)}
  {more}
  (memory (export "memory") 1)
  {data(text)}
  (func (export "prestat") (param i32) (result i32) (call $fd_prestat_get (local.get 0) (i32.const 16)))
  (func (export "read") (param i32) (result i32)
    (i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 1))
    (call $fd_read (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8)))
  (func (export "byte") (result i32) (i32.load8_u (i32.const 64)))
  (func (export "write") (param i32) (result i32)
    (i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 1))
    (i32.store8 (i32.const 64) (i32.const 120))
    (call $fd_write (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8)))
  (func (export "close") (param i32) (result i32) (call $fd_close (local.get 0)))
  (func (export "renumber") (param i32 i32) (result i32) (call $fd_renumber (local.get 0) (local.get 1)))
  (func (export "open") (param $dir i32) (param $oflags i32) (param $rights i64) (result i32)
    (call $path_open (local.get $dir) (i32.const 1) (i32.const {TEXT}) (i32.const {len(text)}) (local.get $oflags)
      (local.get $rights) (i64.const 0) (i32.const 0) (i32.const 16)))
  (func (export "opened") (result i32) (i32.load (i32.const 16)))
  (func (export "args") (result i32)
    (drop (call $args_sizes_get (i32.const 16) (i32.const 20))) (i32.load (i32.const 16)))
  (func (export "variables") (result i32)
    (drop (call $environ_sizes_get (i32.const 16) (i32.const 20))) (i32.load (i32.const 16)))
  {body})
"""


def from_library(name):
    """The functions of `library` as imports: `$name.function`."""
    signatures = {
        "prestat": "(param i32) (result i32)",
        "read": "(param i32) (result i32)",
        "byte": "(result i32)",
        "write": "(param i32) (result i32)",
        "close": "(param i32) (result i32)",
        "renumber": "(param i32 i32) (result i32)",
        "open": "(param i32 i32 i64) (result i32)",
        "opened": "(result i32)",
        "args": "(result i32)",
        "variables": "(result i32)",
    }
    return "\n  ".join(
        f'(import "{name}" "{function}" (func ${name}.{function} {type}))' for function, type in signatures.items()
    )


def hand_over_import():
    return ('(import "wasmc_capability" "fd_hand_over" '
            '(func $hand_over (param i32 i32 i32 i64 i64 i32) (result i32)))')


def main(body, text="", uses=("store",), more=""):
    """A command whose `_start` is `body`."""
    libraries = "\n  ".join(from_library(name) for name in uses)
    return f"""(module
  {imports(WASI)}
  {libraries}
  {more}
  (memory (export "memory") 1)
  {data(text)}
  {SAY}
  (func $open (param $dir i32) (param $length i32) (param $rights i64) (result i32)
    (call $path_open (local.get $dir) (i32.const 1) (i32.const {TEXT}) (local.get $length) (i32.const 0)
      (local.get $rights) (i64.const 0) (i32.const 0) (i32.const 16)))
  (func (export "_start")
  {body}))
"""


def say(*expressions):
    return "\n".join(f"(call $say {expression})" for expression in expressions)


def const(number):
    return f"(i32.const {number})"


def open_file(dir, oflags=0, rights=READ):
    """`store` opens the file that its text names."""
    dir = const(dir) if isinstance(dir, int) else dir
    return f"(call $store.open {dir} (i32.const {oflags}) (i64.const {rights}))"


def call(function, *arguments):
    return f"(call ${function} {' '.join(const(a) if isinstance(a, int) else a for a in arguments)})"


def give(fd, base, inheriting=0, name_bytes=5, name=TEXT):
    """Hands over to the module whose name begins the text."""
    return (f"(call $hand_over {const(fd) if isinstance(fd, int) else fd} {const(name)} {const(name_bytes)} "
            f"(i64.const {base}) (i64.const {inheriting}) (i32.const 32))")


GIVEN = "(i32.load (i32.const 32))"
