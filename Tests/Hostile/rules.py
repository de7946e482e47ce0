"""What the host may do to a guest, and what the guest then gets: every errno, failing system calls, signals, peers that
are slow or gone, full disks, terminals. runtime-c/tests/RULES.md lists the rules and where each is tested.
"""

import errno
import fcntl
import json
import os
import pty
import re
import resource
import signal
import socket
import stat
import struct
import subprocess
import termios
import time
from pathlib import Path

import trees

GUESTS = ("behaviour",)
PACKAGE = Path(__file__).resolve().parents[2]
MKDIRAT = 258
ET_DYN, PT_INTERP, PT_GNU_STACK, PT_GNU_RELRO = 3, 3, 0x6474E551, 0x6474E552

# WASI has no word for these; the nearest.
SYNONYMS = {"ENOTSUP": "NOTSUP", "EOPNOTSUPP": "NOTSUP", "EHOSTDOWN": "HOSTUNREACH", "EPFNOSUPPORT": "AFNOSUPPORT",
            "ESOCKTNOSUPPORT": "PROTONOSUPPORT", "ETIME": "TIMEDOUT", "EWOULDBLOCK": "AGAIN", "EDEADLOCK": "DEADLK"}


def wasi_errnos(include):
    """WASI's errnos by name, from wasi-libc: not the runtime's own table, which is what is tested."""
    text = Path(include, "wasi/api.h").read_text()
    return {name: int(number) for name, number in re.findall(r"#define __WASI_ERRNO_(\w+) \(UINT16_C\((\d+)\)\)", text)}


def system_call_numbers():
    text = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h").read_text()
    return {name: int(number) for name, number in re.findall(r"#define __NR_(\w+) (\d+)", text)}


class Rules:
    def __init__(self, suite, folder, host_type, seal):
        self.suite, self.folder = suite, folder
        folder.mkdir()
        self.user = os.getuid()
        self.host = host_type(self.user, 0, seal)
        (folder / "granted").mkdir()

    def command(self, what, grants=(), launcher=()):
        return [self.suite.launcher, *launcher, "--", self.suite.programs["behaviour"], what]

    def environment(self, grants):
        words = ["--dir", f"{self.folder}/granted::/", "--seal", self.host.seal, *grants]
        return {"WASMC_GRANTS": " ".join(words)}

    def start(self, what, *grants, launcher=(), **streams):
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        return subprocess.Popen(self.command(what, launcher=launcher), env=self.environment(grants), **streams)

    def run(self, what, *grants, launcher=(), **streams):
        """Status, output and errors; a guest that hangs is ended, with status None."""
        process = self.start(what, *grants, launcher=launcher, **streams)
        try:
            out, err = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, b"", b""
        return process.returncode, out or b"", err or b""

    def case(self, name, outcome, expected):
        self.suite.case(f"rule/{name}", outcome == expected, f"{outcome}, expected {expected}")

    def expect(self, name, outcome, error, used=None):
        """What the guest prints: an errno, and a number unless it does not matter."""
        status, out, err = outcome
        words = out.decode(errors="replace").split() or err.decode(errors="replace").split()
        numbers = [int(word) if word.isdigit() else word for word in words[:2]]
        wanted = [error, used if used is not None else (numbers[1] if len(numbers) > 1 else None)]
        self.suite.case(f"rule/{name}", status == 0 and numbers == wanted,
                        f"status {status}, {out[-200:]!r} {err[-200:]!r}, expected {wanted}")

    # Every errno of the host, by seccomp.
    def errnos(self):
        wasi = wasi_errnos(self.suite.wasi_include)
        for number in range(1, 134):
            name = errno.errorcode.get(number, "")
            word = SYNONYMS.get(name, name[1:])
            expected = wasi[word if word in wasi and word != "NOTCAPABLE" else "IO"]
            outcome = self.run("mkdir", launcher=["-e", str(number), str(MKDIRAT)])
            self.expect(f"errno {name or number} is {word if word in wasi else 'IO'}", outcome, expected)

    # A system call that fails is an errno of the guest's, or a message at
    # start; never a signal, never more than was granted.
    def failing_calls(self):
        numbers = system_call_numbers()
        programs = ["rights", "exhaustion", "descriptors"]
        calls = set()
        for program in programs:
            done = self.suite.wasmc("inspect", "--json", self.suite.programs[program])
            calls |= set(json.loads(done.stdout)["systemCalls"])
        tree_folder = self.folder / "trees"
        tree_folder.mkdir()
        trees.make(tree_folder)
        canary = trees.Canary(tree_folder)
        grants = ["--dir", f"{tree_folder}/granted::/", "--dir", f"{tree_folder}/readonly::/ro::ro", "--seal",
                  self.host.seal, "--timeout", "20s", "--max-files", "1024"]
        for call in sorted(calls - {"exit", "exit_group", "rt_sigreturn", "restart_syscall"}):
            for error in (errno.EPERM, errno.EINVAL, errno.ENOSYS):
                for program in programs:
                    done = subprocess.run([self.suite.launcher, "-e", str(error), str(numbers[call]), "--",
                                           self.suite.programs[program]], env={"WASMC_GRANTS": " ".join(grants)},
                                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
                    self.suite.case(
    f"rule/{program} while {call} fails with {errno.errorcode[error]}",
    done.returncode in (
        0,
        1,
        71,
        125,
        134) and b"internal error" not in done.stderr and b"timeout" not in done.stderr,
         f"status {done.returncode}, {done.stderr[-200:]!r}")
        self.case("nothing outside is changed while system calls fail", canary.changes(), [])

    def pipes(self):
        reader, writer = os.pipe()
        os.close(reader)
        self.expect("a closed pipe is PIPE and no signal", self.run("write", stdout=writer), 64)
        os.close(writer)
        for name, flags in (("", 0), (" that somebody made non-blocking", os.O_NONBLOCK)):
            reader, writer = os.pipe2(flags)
            process = self.start("read", stdin=reader)
            time.sleep(0.1)
            self.case(f"reading waits at a pipe{name}", process.poll(), None)
            os.write(writer, b"12345")
            out, err = process.communicate(timeout=30)
            self.expect(f"and gets what comes{name}", (process.returncode, out, err), 0, 5)
            self.case(f"the host's flags stay{name}", fcntl.fcntl(reader, fcntl.F_GETFL) & os.O_NONBLOCK, flags)
            os.close(reader)
            os.close(writer)
        reader, writer = os.pipe()
        self.expect("NONBLOCK on a pipe is AGAIN", self.run("nonblock", stdin=reader), 0, 6)
        self.case("and the host's descriptor still blocks", fcntl.fcntl(reader, fcntl.F_GETFL) & os.O_NONBLOCK, 0)
        os.close(reader)
        os.close(writer)
        os.mkfifo(self.folder / "granted/fifo")
        self.expect("a FIFO without a writer is opened at once", self.run("fifo"), 0, 0)

    def blocked(self):
        trap = (124, b"", b"wasmc: trap: timeout\n")
        reader, writer = os.pipe()
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("\0wasmc-hostile-%d" % os.getpid())
        listener.listen()
        ours, theirs = socket.socketpair()
        ours.send(b"a part")
        for what, stdin in (("read", reader), ("poll", reader), ("sleep for ever", reader), ("accept", listener),
                            ("receive", theirs), ("send", theirs)):
            status, out, err = self.run(what, "--timeout", "100ms", stdin=stdin)
            self.case(f"a guest that would {what} for ever ends in time", (status, out, err.split(b"    at")[0]), trap)
        ours.close()
        self.expect("a peer that is gone, sending", self.run("send", stdin=theirs), 64)
        self.expect("accept on what does not listen is INVAL", self.run("accept", stdin=theirs), 28)
        for end in (reader, writer):
            os.close(end)
        listener.close()
        theirs.close()

    def signals(self):
        reader, writer = os.pipe()
        process = self.start("read", stdin=reader)
        for _ in range(5):
            time.sleep(0.02)
            process.send_signal(signal.SIGSTOP)
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGWINCH)
        self.case("stopped and continued, reading goes on", process.poll(), None)
        os.write(writer, b"123")
        out, err = process.communicate(timeout=30)
        self.expect("and ends with what comes", (process.returncode, out, err), 0, 3)
        os.close(reader)
        os.close(writer)
        started = time.monotonic()
        process = self.start("sleep")
        for _ in range(5):
            time.sleep(0.05)
            process.send_signal(signal.SIGSTOP)
            time.sleep(0.01)
            process.send_signal(signal.SIGCONT)
        out, err = process.communicate(timeout=30)
        self.expect("stopped and continued, sleeping goes on", (process.returncode, out, err), 0, 1)
        self.case("for as long as was asked for", time.monotonic() - started >= 0.7, True)
        process = self.start("sleep for ever")
        time.sleep(0.1)
        process.terminate()
        self.case("SIGTERM ends a program", process.wait(30), -signal.SIGTERM)

    def disks(self):
        full = os.open("/dev/full", os.O_WRONLY)
        self.expect("a full disk is NOSPC", self.run("write", stdout=full), 51)
        os.close(full)
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150000, 150000))  # noqa: E731
        process = self.start("fill", preexec_fn=limit)
        out, err = process.communicate(timeout=30)
        self.expect("a limit on a file's size is FBIG and no signal", (process.returncode, out, err), 22, 150000)
        (self.folder / "granted/filled").unlink()
        if os.getuid() != 0:
            print("hostile: not root, so no disk that fills up")
            return
        small = self.folder / "small"
        small.mkdir()
        script = f"mount -t tmpfs -o size=256k none '{small}' 2> /dev/null || exit 99; exec \"$@\""
        environment = {"WASMC_GRANTS": f"--dir {small}::/ --seal {self.host.seal}", "PATH": os.environ["PATH"]}
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", self.suite.programs["behaviour"], "fill"],
                              env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
        if done.returncode == 99 or b"unshare" in done.stderr:
            print("hostile: no mount is allowed here, so no disk that fills up")
            return
        self.expect("a disk that fills up is NOSPC, after what fits",
                    (done.returncode, done.stdout, done.stderr), 51, 262144)

    def files(self):
        self.expect("append", self.run("append"), 0, 1)
        self.case("appends whatever the offset, until the flag is gone",
                  (self.folder / "granted/appended").read_bytes(), b"axcabcabc")
        before = os.umask(0o027)
        self.expect("creating", self.run("create"), 0)
        os.umask(before)
        modes = [stat.S_IMODE((self.folder / "granted" / name).stat().st_mode) for name in ("made", "made-too")]
        self.case("what is created has the modes that the umask leaves", modes, [0o640, 0o750])
        host = {**self.environment([]), "SECRET": "1", "PATH": "/bin"}
        process = subprocess.run(self.command("environment"), env=host, capture_output=True, timeout=30)
        self.expect("no variable of the host's comes by itself",
                    (process.returncode, process.stdout, process.stderr), 0, 0)

    def terminal(self):
        for what, status in (("nonblock", 0), ("nonblock and trap", 134)):
            ours, theirs = pty.openpty()
            before = termios.tcgetattr(theirs), fcntl.fcntl(theirs, fcntl.F_GETFL)
            process = self.start(what, stdin=theirs, stdout=theirs, stderr=theirs)
            self.case(f"at a terminal: {what}", process.wait(30), status)
            self.case(
    f"its modes and flags stay: {what}",
    (termios.tcgetattr(theirs),
    fcntl.fcntl(
        theirs,
        fcntl.F_GETFL)),
         before)
            os.close(ours)
            os.close(theirs)


    def executable(self):
        """The file and, while it runs, the process."""
        contents = self.suite.programs["behaviour"].read_bytes()
        offset, count = struct.unpack_from("<Q", contents, 32)[0], struct.unpack_from("<H", contents, 56)[0]
        headers = [struct.unpack_from("<II", contents, offset + 56 * number) for number in range(count)]
        kinds = {kind: flags for kind, flags in headers}
        self.case("an executable is position-independent", struct.unpack_from("<H", contents, 16)[0], ET_DYN)
        self.case("no segment can be written and executed", [f for _, f in headers if f & 3 == 3], [])
        self.case("its stack is not executable", kinds.get(PT_GNU_STACK), 6)
        self.case("it asks for no interpreter", PT_INTERP in kinds, False)
        self.case("its relocated data becomes read-only", PT_GNU_RELRO in kinds, True)
        reader, writer = os.pipe()
        process = self.start("read", stdin=reader)
        time.sleep(0.2)
        maps = [line.split()[:2] for line in Path(f"/proc/{process.pid}/maps").read_text().splitlines()]
        facts = dict(re.findall(r"^(\w+):\s+(\d+)$", Path(f"/proc/{process.pid}/status").read_text(), re.M))
        descriptors = sorted(int(name) for name in os.listdir(f"/proc/{process.pid}/fd"))
        os.close(writer)
        process.communicate(timeout=30)
        os.close(reader)
        self.case("nothing in memory can be written and executed",
                  [place for place, flags in maps if "w" in flags and "x" in flags], [])
        if self.host.seal == "require":
            self.case("privileges cannot be gained", facts.get("NoNewPrivs"), "1")
            self.case("system calls are filtered", facts.get("Seccomp"), "2")
        self.case("nothing is open but the streams and what is granted", descriptors, [0, 1, 2, 3])


def check(suite, folder, host_type, seal):
    rules = Rules(suite, folder, host_type, seal)
    for part in (rules.errnos, rules.failing_calls, rules.pipes, rules.blocked, rules.signals, rules.disks, rules.files,
                 rules.terminal, rules.executable):
        part()
