"""What the kernel enforces for an interpreted program, and what is refused as it cannot."""

import os
import re
from pathlib import Path

READ = """(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\01\\00\\00\\00")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))))"""


def facts_while_running(suite, *options):
    """Of the process, once the program has written something."""
    reader, writer = os.pipe()
    process = suite.start("wasmc", "run", "--interp", *options, "read.wat", stdin=reader)
    process.stdout.read(1)
    status = Path(f"/proc/{process.pid}/status").read_text()
    os.close(writer)
    _, err = process.communicate()
    os.close(reader)
    return re.search(r"^NoNewPrivs:\s+(\d)$", status, re.M)[1], process.returncode, err.decode()


def check(suite):
    suite.write("read.wat", READ)
    (suite.place / "data").mkdir()
    inherited = re.search(r"^NoNewPrivs:\s+(\d)$", Path("/proc/self/status").read_text(), re.M)[1]
    suite.check("seal: privileges cannot be gained", facts_while_running(suite), ("1", 0, ""))
    suite.check("seal: off", facts_while_running(suite, "--seal", "off"), (inherited, 0, ""))
    _, _, err = facts_while_running(suite, "--trace-wasi", "--dir", "data")
    line = err.split("\n")[0]
    suite.check("seal: what holds is told", (line.startswith("wasmc: sealed as an interpreted program: no_new_privs,"),
                                             line.endswith("any system call")), (True, True))
    suite.check("seal: files", "Landlock" in line and ("(directories: 1)" in line or "no Landlock" in line), True)
    for mode in ("require", "log"):
        status, _, err = suite.run("wasmc", "run", "--interp", "--seal", mode, "read.wat")
        suite.check(f"seal: {mode} is refused", (status, "of an interpreted program cannot be restricted" in err), (125, True))
