"""--timeout ends a program whatever it is doing and whoever started it; a trap's message never keeps it from ending."""

import fcntl
import os
import signal

from suite import ENGINES, TIMED_OUT, TRAPPED

SPIN = '(module (func (export "_start") (loop (br 0))))'
START = '(module (func $s (loop (br 0))) (start $s) (func (export "_start")))'
WRITE = """(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\00\\10\\00\\00")
  (func (export "_start") (loop (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8))) (br 0))))"""
READ = WRITE.replace("fd_write", "fd_read").replace("i32.const 2", "i32.const 0")
TRAP = '(module (func (export "_start") unreachable))'
OUTSIDE = '(module (memory 1) (func (export "_start") (drop (i32.load (i32.const 70000)))))'
DEEP = '(module (func $f (export "_start") (call $f)))'
QUIT = """(module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (func (export "_start") (call $exit (i32.const 7))))"""

# Standard error that nobody reads; the guest spins, is blocked in host calls, or has trapped by itself.
BLOCKED = [("spinning", SPIN), ("in its start function", START), ("writing", WRITE), ("reading", READ)]

TIMEOUT = "wasmc: trap: timeout\n"
ALL_SIGNALS = set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}


def full_pipe():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writer, True)
    return reader, writer


def block_signals():
    signal.pthread_sigmask(signal.SIG_BLOCK, ALL_SIGNALS)


def block_with_one_pending():
    block_signals()
    for number in (signal.SIGALRM, signal.SIGSEGV, signal.SIGFPE):
        os.kill(os.getpid(), number)


def ignore_signals():
    for number in (signal.SIGALRM, signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


STARTERS = [("blocked", block_signals), ("blocked and pending", block_with_one_pending), ("ignored", ignore_signals)]


def commands(suite, text):
    """The program compiled, and interpreted."""
    suite.write("guest.wat", text)
    suite.build("guest.wat", "guest")
    yield "compiled", lambda *grants: (("./guest",), " ".join(grants) or None)
    yield "interpreted", lambda *grants: (("wasmc", "run", "--interp", *grants, "guest.wat"), None)


def run(suite, command, *grants, **options):
    words, line = command(*grants)
    return suite.run(*words, grants=line, **options)


def check_unread(suite):
    for name, text in BLOCKED:
        for engine, command in commands(suite, text):
            reader, writer = full_pipe()
            waiting, held = os.pipe()
            status, _, _ = run(suite, command, "--timeout", "200ms", stderr=writer, stdin=waiting)
            suite.check(f"time: {name}, nobody reads, {engine}", status, TIMED_OUT)
            for end in (reader, writer, waiting, held):
                os.close(end)
    for grants in ((), ("--timeout", "100ms")):
        for engine, command in commands(suite, TRAP):
            reader, writer = full_pipe()
            status, _, _ = run(suite, command, *grants, stderr=writer)
            suite.check(f"time: a trap that nobody reads of, {grants}, {engine}", status, TRAPPED)
            os.close(reader)
            os.close(writer)


def check_starters(suite):
    for starter, prepare in STARTERS:
        for engine, command in commands(suite, SPIN):
            status, _, err = run(suite, command, "--timeout", "200ms", preexec_fn=prepare)
            suite.check(f"time: signals {starter}, {engine}", (status, err.startswith(TIMEOUT)), (TIMED_OUT, True))
        for engine, command in commands(suite, QUIT):
            status, _, err = run(suite, command, "--timeout", "1h", preexec_fn=prepare)
            suite.check(f"time: signals {starter}, no trap, {engine}", (status, err), (7, ""))
        for name, text, message in (("memory", OUTSIDE, "out of bounds memory access"),
                                    ("recursion", DEEP, "call stack exhausted")):
            for engine, command in commands(suite, text):
                status, _, err = run(suite, command, preexec_fn=prepare)
                suite.check(f"traps: signals {starter}, {name}, {engine}",
                            (status, err.startswith(f"wasmc: trap: {message}\n")), (TRAPPED, True))


def check_message(suite):
    """A reader that is slow gets all of it."""
    for engine, command in commands(suite, TRAP):
        reader, writer = full_pipe()
        room = fcntl.fcntl(writer, fcntl.F_GETPIPE_SZ)
        words, line = command()
        process = suite.start(*words, grants=line, stderr=writer)
        os.close(writer)
        contents = b""
        while part := os.read(reader, room):
            contents += part
        os.close(reader)
        suite.check(f"time: a slow reader, {engine}", (process.wait(), contents.lstrip(b"x").split(b"\n")[0]),
                    (TRAPPED, b"wasmc: trap: unreachable"))
        process.stdout.close()


def check(suite):
    check_unread(suite)
    check_starters(suite)
    check_message(suite)
