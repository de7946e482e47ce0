"""Names that a module gives to its imports and exports, chosen to hit something else: symbols of libc and of the
runtime, sections, paths, options, what shells and terminals act on. An import that the host does not have is an error of
the compiler; an export's name stays data, and never becomes a symbol.
"""

import shlex
import subprocess

EXPORTS = [
    "main", "malloc", "free", "memcpy", "memmove", "memset", "memcmp", "exit", "_exit", "write", "open", "environ",
    "__libc_start_main", "_init", "_fini", "__stack_chk_fail", "__environ", "wasmc_program", "wasmc_trap", "wasmc_seal",
    "wasmc_wasi_fd_write", "wasmc_wasi_path_open", "wasmc_path_open", "wasmc_sys_openat2", "__start_wasmc_syscalls",
    "__stop_wasmc_text", "__start_wasmc_text", "wasmc_text", "wasmc_syscalls", ".text", ".init_array", ".note.wasmc",
    "llvm.trap", "llvm.memcpy.p0.p0.i64", "llvm.used", "\x01memcpy", "_GLOBAL_OFFSET_TABLE_", "__ehdr_start",
    "_DYNAMIC",
    "wasm.func.0", "", " ", ".", "..", "/", "../../etc/passwd", "/etc/passwd", "a\0b", "\0", "\n", "a\nb", "\t", "\r\n",
    "\x1b[31m", "\x1b]0;title\x07", "%s%s%s%n", "%d", "$(touch touched)", "`touch touched`", "; touch touched #", "'",
    '"',
    "\\", "-o", "--version", "--help", "--", "@response", "*", "?", "~", "a" * 255, "b" * 4096, "c" * 100000,
    "\u202egnp",
    "\u00fc", "\U0001f600", "\ufeff", "\uffff", "\u0301", "_start2", "__wasm_call_ctors", "memory",
    "__indirect_function_table",
]

FUNCTION = "(func (param i32 i32 i32 i32) (result i32))"
IMPORTS = [
    ("env", "system", FUNCTION), ("env", "malloc", FUNCTION), ("env", "memcpy", FUNCTION), ("env", "main", FUNCTION),
    ("env", "wasmc_trap", FUNCTION), ("env", "wasmc_sys_openat", FUNCTION), ("", "", FUNCTION), ("\0", "\0", FUNCTION),
    ("wasi_snapshot_preview1", "", FUNCTION), ("wasi_snapshot_preview1", "fd_write\0", FUNCTION),
    ("wasi_snapshot_preview1\0", "fd_write", FUNCTION), ("wasi_snapshot_preview1", "\0fd_write", FUNCTION),
    ("wasi_snapshot_preview1", "FD_WRITE", FUNCTION), ("wasi_snapshot_preview1", "fd_write ", FUNCTION),
    ("wasi_snapshot_preview1", "wasmc_wasi_fd_write", FUNCTION), ("wasi_snapshot_preview1", "../fd_write", FUNCTION),
    ("wasi_snapshot_preview1", "fd_write\n", FUNCTION), ("wasi_snapshot_preview2", "fd_write", FUNCTION),
    ("WASI_SNAPSHOT_PREVIEW1", "fd_write", FUNCTION), ("libc.so.6", "system", FUNCTION), ("/bin/sh", "-c", FUNCTION),
    ("$(touch touched)", "`touch touched`", FUNCTION), ("%s%n", "%s%n", FUNCTION), ("\x1b[31m", "\x1b[31m", FUNCTION),
    ("llvm", "llvm.trap", FUNCTION), ("wasmc", "wasmc_program", FUNCTION), ("a" * 100000, "b" * 100000, FUNCTION),
    ("env", "memory", "(memory 1)"), ("env", "table", "(table 1 funcref)"), ("env", "global", "(global i32)"),
    ("wasi_snapshot_preview1", "fd_write", "(memory 1)"), ("wasi_snapshot_preview1", "fd_write", "(func)"),
    ("wasi_snapshot_preview1", "fd_write", "(func (param i64 i64 i64 i64) (result i32))"),
    ("wasi_snapshot_preview1", "proc_exit", "(func (param i32) (result i32))"),
    ("wasi_unstable", "fd_write", "(func (param i32))"),
]

FILE_NAMES = ["-o.wat", "--help.wat", "a b.wat", "$(touch touched).wat", "@response.wat", "a'b\".wat", "a\nb.wat",
              "%s%n.wat", "\x1b[31m.wat"]


def quoted(name):
    """A name in the text format, every byte as an escape."""
    return '"' + "".join(f"\\{byte:02x}" for byte in name.encode()) + '"'


def shown(name):
    return repr(name if len(name) < 60 else f"{name[:20]}... of {len(name)} bytes")


def global_symbols(program):
    done = subprocess.run(["llvm-nm-22", "--extern-only", "--defined-only", program], capture_output=True, check=True)
    return {line.split()[-1] for line in done.stdout.splitlines() if line.strip()}


def all_symbols(program):
    done = subprocess.run(["llvm-nm-22", program], capture_output=True, check=True)
    return {line.split()[-1].decode(errors="replace") for line in done.stdout.splitlines() if line.strip()}


def exporting(names):
    """A module that exports function number n, which returns n, under name n; they are called that inside, too."""
    functions = "".join(f"  (func (export {quoted(name)}) (result i32) (i32.const {number}))\n"
                        for number, name in enumerate(names))
    named = '  (func $memcpy (export "first") (result i32) (i32.const 77))\n  (func $main (export "second"))\n'
    return f'(module\n  (memory (export "the memory") 1)\n{named}{functions})\n'


def check_exports(suite, folder):
    """Each name is a case: no symbol, invoked it does what it should."""
    plain, hostile = folder / "plain", folder / "hostile"
    for program, names in ((plain, [f"f{n}" for n in range(len(EXPORTS))]), (hostile, EXPORTS)):
        source = folder / "exports.wat"
        source.write_text(exporting(names))
        suite.build(source, program, "--invoke", "first")
    suite.case("names/global symbols do not depend on exports", global_symbols(plain) == global_symbols(hostile),
               sorted(global_symbols(plain) ^ global_symbols(hostile)))
    own = all_symbols(plain)
    added = all_symbols(hostile) - own
    for number, name in enumerate(EXPORTS):
        problem = f"a symbol {name}" if name in added else None
        if "\0" not in name: # which no environment variable can hold
            done = subprocess.run([hostile], env={"WASMC_GRANTS": f"--invoke {shlex.quote(name)}"}, capture_output=True,
                                  cwd=folder, timeout=60)
            if (done.returncode, done.stdout) != (0, f"{number}\n".encode()):
                problem = f"invoked: status {done.returncode}, {done.stdout!r}, {done.stderr[-200:]!r}"
        suite.case(f"names/export {shown(name)}", problem is None, problem)
    suite.case("names/nothing was run", not (folder / "touched").exists())


def check_imports(suite, folder):
    for module, name, kind in IMPORTS:
        source = folder / "import.wat"
        source.write_text(f'(module (import {quoted(module)} {quoted(name)} {kind}) (memory (export "memory") 1)'
                          ' (func (export "_start")))\n')
        done = suite.wasmc("build", source, "-o", folder / "import", cwd=folder)
        phrase = b"unknown import" in done.stderr or b"incompatible import type" in done.stderr
        raw = any(byte < 32 and byte != 10 for byte in done.stderr)
        suite.case(f"names/import {shown(module)} {shown(name)} {kind}",
                   done.returncode == 1 and phrase and not raw and not (folder / "import").exists(),
                   f"status {done.returncode}: {done.stderr[-200:]!r}")
    suite.case("names/importing ran nothing", not (folder / "touched").exists())


def check_file_names(suite, folder):
    for name in FILE_NAMES:
        (folder / name).write_text('(module (memory 1) (func (export "_start")))\n')
        done = suite.wasmc("build", "-o", folder / "out", "--", name, cwd=folder)
        ran = done.returncode == 0 and subprocess.run([folder / "out"], env={}, timeout=60).returncode == 0
        suite.case(f"names/file {shown(name)}", ran and not (folder / "touched").exists(), done.stderr[-200:])
        (folder / "out").unlink(missing_ok=True)


def check(suite, folder):
    check_exports(suite, folder)
    check_imports(suite, folder)
    check_file_names(suite, folder)
