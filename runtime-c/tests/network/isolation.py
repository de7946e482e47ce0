#!/usr/bin/env python3
"""isolation.py ISOLATED HOST - what --isolate-network isolates: ./isolated as root and as nobody, alone and beside
another, and on hosts that refuse it (HOST, ../programs/host.c)."""

import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from watching import children, until

NOBODY = 65534
# Copied to where nobody, too, can read.
FOLDER = tempfile.TemporaryDirectory()
os.chmod(FOLDER.name, 0o755)
ISOLATED, HOST = (shutil.copy(path, FOLDER.name) for path in sys.argv[1:])
IS_ROOT = os.geteuid() == 0
# Linux's numbers of system calls, of this architecture.
NUMBERS = {"x86_64": (272, 16, 126, 55, 2), "aarch64": (97, 29, 91, 209, 56)}
UNSHARE, IOCTL, CAPSET, GETSOCKOPT, OPEN = NUMBERS[os.uname().machine]
OF_FILES, LOW_PORTS = 0x1F, 1 << 10
NAMES = Path("/run/netns")
# What the keeper's filter lets through. One more is a decision.
CALLS = "close exit_group ppoll restart_syscall rt_sigreturn umount2 unlinkat write"

passed = 0
failed = 0


def check(name, found, expected):
    global passed, failed
    if found == expected:
        passed += 1
    else:
        failed += 1
        print(f"failed: {name}: expected {expected!r}, found {found!r}")


def command(actions, user, lacking=()):
    return [HOST, "-u", str(user), *map(str, lacking), "--", ISOLATED, *map(str, actions)]


def run(actions, *, grants="--isolate-network", user=NOBODY, lacking=()):
    """Status, lines of output, errors."""
    done = subprocess.run(command(actions, user, lacking), env={"WASMC_GRANTS": grants}, capture_output=True, text=True,
                          timeout=30)
    return done.returncode, done.stdout.split("\n")[:-1], done.stderr


def start(grants, user):
    """A program that runs until its input ends."""
    program = subprocess.Popen(command(["cookie", "wait"], user), env={"WASMC_GRANTS": grants}, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    program.cookie = program.stdout.readline()
    program.stdout.readline()
    return program


def check_reach(user):
    """What a program reaches: nothing but itself."""
    with socket.socket() as listener, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        datagrams.bind(("127.0.0.1", 0))
        port, udp_port = listener.getsockname()[1], datagrams.getsockname()[1]
        actions = ["connect", "127.0.0.1", port, "send", "127.0.0.1", udp_port]
        # Not isolated, it does reach them.
        check("reach of the host's network", run(actions, grants="", user=user)[:2], (0, ["0", "0"]))
        listener.accept()[0].close()
        datagrams.recv(1)
        status, lines, _ = run([*actions, "connect", "192.0.2.1", 80, "connect", "2001:db8::1", 80, "send", "192.0.2.1", 80,
                                "interfaces"], user=user)
        expected = [errno.ECONNREFUSED, 0, errno.ENETUNREACH, errno.ENETUNREACH, errno.ENETUNREACH]
        check("reach of an isolated network", (status, lines), (0, [*map(str, expected), "1 1"]))
        for late in listener, datagrams:
            late.setblocking(False)
        for name, receive in ("connection", listener.accept), ("datagram", lambda: datagrams.recv(1)):
            try:
                receive()
                check(f"a {name} comes out", True, False)
            except BlockingIOError:
                check(f"no {name} comes out", True, True)


def check_inside(user):
    """Its own loopback, whatever the port, and its files."""
    status, lines, _ = run(["bind", "127.0.0.1", 80, "connect", "127.0.0.1", 80, "bind", "::1", 53, "connect", "::1", 53,
                            "bind", "0.0.0.0", 3000], user=user)
    check("binding and connecting inside", (status, lines), (0, ["0"] * 5))
    # The host's settings cannot be written: a capability over the namespace takes their place.
    status, lines, _ = run(["bind", "127.0.0.1", 80, "capabilities"], user=user, lacking=("-e", errno.EROFS, OPEN))
    kept = (OF_FILES if user == 0 else 0) | LOW_PORTS
    check("low ports without /proc/sys", (status, lines), (0, ["0", f"{kept:016x}"]))
    status, lines, _ = run(["interfaces", "connect", "127.0.0.1", 80], user=user, grants="--isolate-network --no-loopback")
    check("without a loopback", (status, lines), (0, ["1 0", str(errno.ENETUNREACH)]))
    status, lines, _ = run(["capabilities"], user=user)
    check("capabilities", (status, lines), (0, [f"{OF_FILES if user == 0 else 0:016x}"]))
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        other, made = Path(folder, "other"), Path(folder, "made")
        other.write_text("x")
        other.chmod(0o600)
        if IS_ROOT:
            os.chown(other, 1, 1)
        status, lines, _ = run(["open", other, "make", made], user=user)
        may_read = user == 0 or not IS_ROOT
        check("files", (status, lines), (0, ["0" if may_read else str(errno.EACCES), "0"]))
        check("the owner of a new file", made.stat().st_uid, user)


def check_side_by_side(user):
    programs = [start("--isolate-network", user) for _ in range(2)]
    mine = run(["cookie"], grants="", user=user)[1][0]
    check("networks are different", len({mine, *(program.cookie.strip() for program in programs)}), 3)
    for program in programs:
        program.communicate("")
        check("ends by itself", program.returncode, 0)


def check_names(user):
    program = start("--isolate-network --namespace-prefix wasmc-test", user)
    name = f"wasmc-test-{program.pid}"
    check("a name where it is permitted", (NAMES / name).exists(), user == 0)
    check("a keeper where there is a name", len(children(program.pid)), int(user == 0))
    if user != 0:
        program.communicate("")
        return
    check("the name is the network's", (NAMES / name).stat().st_ino, os.stat(f"/proc/{program.pid}/ns/net").st_ino)
    if shutil.which("ip"):
        inside = subprocess.run(["ip", "netns", "exec", name, "ip", "-o", "link"], capture_output=True, text=True)
        check("ip netns exec enters it", (inside.returncode, inside.stdout.count("\n")), (0, 1))
    else:
        print("left out, missing: ip (apt: iproute2)")
    keeper = children(program.pid)[0]
    for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT:
        os.kill(keeper, number)
    check("what ends others does not end the keeper", (NAMES / name).exists(), True)
    check("the keeper holds nothing else", sorted(os.listdir(f"/proc/{keeper}/fd")), ["0", "1", "2"])
    state = Path(f"/proc/{keeper}/status").read_text()
    check("the keeper is sealed", re.findall(r"(?:Seccomp|NoNewPrivs):\t(\d)", state), ["1", "2"])
    check("the keeper can mount", re.search(r"CapPrm:\t(\w+)", state)[1], f"{1 << 21:016x}")
    program.kill()
    program.wait()
    check("the name ends with SIGKILL", until(lambda: not (NAMES / name).exists()), True)
    check("the keeper ends with SIGKILL", until(lambda: not Path(f"/proc/{keeper}").exists()), True)
    program = start("--isolate-network --namespace-prefix a.B_9-", user)
    program.communicate("")
    check("the name ends with the program", until(lambda: not (NAMES / f"a.B_9--{program.pid}").exists()), True)


def check_calls():
    names = re.findall(rb"keeper:(\w+)\0", Path(ISOLATED).read_bytes())
    check("the keeper's system calls", " ".join(sorted({name.decode() for name in names})), CALLS)


def check_prefixes():
    for prefix in "", "-a", ".a", "../a", "a/b", "a b", "a" * 65, "\u00e4":
        status, _, errors = run([], grants=f"--isolate-network --namespace-prefix '{prefix}'")
        check(f"prefix {prefix}", (status, "expected 1 to 64 letters, digits" in errors), (125, True))
    check("a prefix of 64", run([], grants=f"--isolate-network --namespace-prefix {'a' * 64}")[0], 0)


def refused(name, words, **host):
    status, lines, errors = run(["cookie"], **host)
    check(f"{name}: status, and nothing runs", (status, lines), (1, []))
    check(f"{name}: one line", (errors.count("\n"), errors.startswith("wasmc: --isolate-network: ")), (1, True))
    for word in words:
        check(f"{name}: says {word}", word in errors or errors, True)


def check_refusals(user):
    remedies = {
        errno.EPERM: ["EPERM", "allow"],
        errno.EACCES: ["EACCES"],
        errno.ENOSPC: ["ENOSPC", "user.max_user_namespaces"],
        errno.EUSERS: ["EUSERS", "nested"],
        errno.ENOSYS: ["ENOSYS", "CONFIG_NET_NS"],
        errno.EINVAL: ["EINVAL", "CONFIG_USER_NS"],
        errno.ENOMEM: ["ENOMEM", "memory"],
        errno.EMFILE: [f"errno {errno.EMFILE}"],
    }
    for number, words in remedies.items():
        words += ["refuses this program a network of its own", "isolation = false", "--allow-outbound"]
        refused(f"unshare, {errno.errorcode[number]}", words, user=user, lacking=("-e", number, UNSHARE))
    refused("loopback", ["bring up the loopback", "EPERM"], user=user, lacking=("-e", errno.EPERM, IOCTL))
    refused("cookie", ["SO_NETNS_COOKIE", "Linux 5.14"], user=user, lacking=("-e", errno.ENOPROTOOPT, GETSOCKOPT))
    refused("capabilities", ["capabilities away", "EPERM"], user=user, lacking=("-e", errno.EPERM, CAPSET))
    status, _, errors = run([], grants="--json --isolate-network", user=user, lacking=("-e", errno.EPERM, UNSHARE))
    check("refused as JSON", (status, errors.startswith('{"phase":"environment","message":"--isolate-network: ')), (1, True))


def check_limits(user):
    """A real limit, in a user namespace around it."""
    script = "echo 0 > /proc/sys/user/max_net_namespaces && exec \"$@\""
    words = [HOST, "-u", str(user), "--", "/usr/bin/unshare", "-Ur", "sh", "-c", script, "sh", ISOLATED, "cookie"]
    done = subprocess.run(words, env={"WASMC_GRANTS": "--isolate-network"}, capture_output=True, text=True, timeout=30)
    if "max_net_namespaces: " in done.stderr or done.stderr.startswith("unshare: "):
        print("left out: limits on namespaces cannot be set here")
        return
    check("no namespaces allowed", (done.returncode, done.stdout), (1, ""))
    check("no namespaces allowed: remedy", "set the sysctl user.max_net_namespaces to more than 0" in done.stderr
          or done.stderr, True)


def main():
    users = [0, NOBODY] if IS_ROOT else [os.getuid()]
    if not IS_ROOT:
        print("left out: isolation as root takes root")
    for user in users:
        status, _, errors = run([], user=user)
        if status == 1 and errors.startswith("wasmc: --isolate-network: "):
            print(f"left out, as user {user}: {errors.strip()}")
            continue
        check_reach(user)
        check_inside(user)
        check_side_by_side(user)
        check_names(user)
    for user in users:
        check_refusals(user)
        check_limits(user)
    check_prefixes()
    check_calls()
    print(f"isolation: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
