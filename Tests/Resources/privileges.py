"""A program whose file has privileges of its own is granted nothing by who starts it."""

import os
import shutil
import subprocess

PROGRAM = """(module
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (call $prestat (i32.const 3) (i32.const 16)))))"""

NOBODY, BADF = 65534, 8
REFUSED = "wasmc: WASMC_GRANTS is refused: this file is setuid"


def as_nobody():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def has_setuid(folder):
    """Whether the file system and the container honour the bit."""
    tool = folder / "id"
    shutil.copy("/usr/bin/id", tool)
    os.chmod(tool, 0o4755)
    found = subprocess.run([tool, "-u"], preexec_fn=as_nobody, capture_output=True)
    return found.stdout == b"0\n"


def check(suite):
    if os.getuid() != 0:
        print("resources: not root, so no setuid program")
        return
    os.chmod(suite.place, 0o755)
    if not has_setuid(suite.place):
        print("resources: setuid programs gain nothing here")
        return
    suite.write("program.wat", PROGRAM)
    suite.build("program.wat", "plain")
    suite.build("program.wat", "ceiling", "--ceiling", "--dir", "/usr::/u", "--dir", "/etc::/e")
    suite.build("program.wat", "relative", "--dir", "data")
    (suite.place / "data").mkdir()
    for mode, user in ((0o4755, "setuid"), (0o2755, "setgid"), (0o755, "")):
        for program in ("plain", "ceiling", "relative"):
            os.chmod(suite.place / program, mode)

        def start(name, program, grants, expected):
            status, _, err = suite.run(f"./{program}", grants=grants, preexec_fn=as_nobody)
            suite.check(f"privileges: {name}, {user or 'none'}", (status, err.startswith(expected[1])), (expected[0], True))

        start("a grant of the starter's", "plain", "--dir /", (125, REFUSED) if user else (0, ""))
        start("a limit of the starter's", "plain", "--timeout 1h", (125, REFUSED) if user else (BADF, ""))
        start("no grant", "plain", None, (BADF, ""))
        start("within a ceiling", "ceiling", "--dir /usr::/u::ro", (0, ""))
        start("more than the ceiling", "ceiling", "--dir /", (125, "wasmc: WASMC_GRANTS: --dir"))
        start("a trace", "ceiling", "--trace-wasi", (125, "wasmc: WASMC_GRANTS: '--trace-wasi'") if user else (0, "wasmc: sealed"))
        start("a directory of the starter's", "relative", None,
              (125, "wasmc: a file that is setuid") if user else (0, ""))
