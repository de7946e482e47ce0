#!/usr/bin/env python3
"""programs.py NETWORK HOST [SECONDS] - programs with rules as a whole (../programs/network.c): their modules, what they say of
themselves, and what is left of connections, resets and slow peers, for some rounds or so many seconds (HOST:
../programs/host.c)."""

import errno
import os
import re
import resource
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dns_server
from guest import ACCES, CONNREFUSED, INPROGRESS, ISCONN, NONBLOCK, Guest

NETWORK, HOST = map(os.path.abspath, sys.argv[1:3])
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 0
ROUNDS, WARM = 1500, 300
FCNTL, F_SETFL, IOCTL = 72, 4, 16
IS_ROOT = os.geteuid() == 0

passed = 0
failed = 0


def check(name, found, expected=True):
    global passed, failed
    if found == expected:
        passed += 1
    else:
        failed += 1
        print(f"failed: {name}: expected {expected!r}, found {found!r}")


class Server:
    """Streams and datagrams at one port."""

    def __init__(self, address):
        self.stream = socket.socket()
        self.stream.bind((address, 0))
        self.stream.listen(256)
        self.address = self.stream.getsockname()
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(self.address)

    def took(self):
        came = 0
        while ready := select.select([self.stream, self.datagrams], [], [], 0)[0]:
            for one in ready:
                came += 1
                if one is self.stream:
                    one.accept()[0].close()
                else:
                    one.recv(65536)
        return came


FIRST, SECOND = Server("127.0.0.11"), Server("127.0.0.12")


def url(protocol, server):
    return f"{protocol}://{server.address[0]}:{server.address[1]}"


def connects(guest, server, module=0, fd=None):
    """The error of a connection, and whether somebody noticed."""
    opened = None
    if fd is None:
        opened = guest.do("open", family=socket.AF_INET, a=socket.SOCK_STREAM, module=module)
        if opened.error:
            return opened.error, server.took()
        fd = opened.value
    error = guest.do("connect", fd, address=server.address, module=module).error
    if opened is not None:
        guest.do("close", fd, module=module)
    return error, server.took()


def check_modules():
    """Rules are one module's."""
    grants = f"--allow-outbound {url('tcp', FIRST)} --module=other --allow-outbound {url('tcp', SECOND)} "
    with Guest(NETWORK, grants) as guest:
        check("main, its own", connects(guest, FIRST), (0, 1))
        check("main, the other's", connects(guest, SECOND), (ACCES, 0))
        check("other, its own", connects(guest, SECOND, module=1), (0, 1))
        check("other, the main module's", connects(guest, FIRST, module=1), (ACCES, 0))
    # Isolated, all of 127.0.0.0/8 is its own, where nobody is.
    for isolation, main in [("", (0, 1)), ("--isolate-network ", (CONNREFUSED, 0))]:
        with Guest(NETWORK, f"{isolation}--allow-outbound {url('tcp', FIRST)}") as guest:
            check(f"{isolation}main", connects(guest, FIRST), main)
            check(f"{isolation}other has none", connects(guest, FIRST, module=1), (ACCES, 0))


def admits(guest, address, port=80, **how):
    """Whether a stream may go to an address where nobody is."""
    fd = guest.do("open", family=socket.AF_INET6 if ":" in address else socket.AF_INET, a=socket.SOCK_STREAM,
                  module=how.get("module", 0)).value
    guest.do("set_flags", fd, a=NONBLOCK, module=how.get("module", 0))
    error = guest.do("connect", fd, address=(address, port), **how).error
    guest.do("close", fd, module=how.get("module", 0))
    return error != ACCES


def check_answers():
    """One name, two modules, and an answer for each: who was given an address may go there, and nobody else."""
    first, second = "192.0.2.61", "192.0.2.62"
    words = "--allow-outbound tcp://shop.test:80 --allow-resolve shop.test"
    with dns_server.Server("127.0.0.1") as server, tempfile.NamedTemporaryFile("w") as conf:
        conf.write(f"nameserver [127.0.0.1]:{server.port}\n")
        conf.flush()
        with Guest(NETWORK, f"{words} --resolv-conf {conf.name} --module=other {words}") as guest:
            def found():
                return [admits(guest, address, module=module) for module in (0, 1) for address in (first, second)]

            check("nobody has asked", found(), [False] * 4)
            for module, address, expected in [(0, first, [True, False, False, False]), (1, second, [True, False, False, True]),
                                              (0, second, [True, True, False, True])]:
                dns_server.RECORDS["shop.test"] = [(dns_server.A, 300, address)]
                check(f"module {module} asks", guest.do("resolve", module=module, payload=b"shop.test").error, 0)
                check(f"module {module} was told {address}", found(), expected)


def check_scopes():
    """The number of a link chooses among links; who may be reached is said by the address."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        print("left out: scopes: this host has no IPv6")
        return
    loopback = socket.if_nametoindex("lo")
    with Guest(NETWORK, "--allow-outbound tcp://[fe80::61]:80 --allow-outbound tcp://[::ffff:127.0.0.61]:80") as guest:
        for scope in (0, loopback, 0x7FFFFFFF):
            for address, expected in [("fe80::61", True), ("fe80::62", False), ("::1", False), ("::ffff:127.0.0.61", True),
                                      ("::ffff:127.0.0.62", False), ("::127.0.0.62", False)]:
                check(f"{address} and link {scope}", admits(guest, address, scope=scope), expected)


def hand_over(guest, fd, module=0):
    done = guest.do("hand_over", fd, module=module, payload=b"main" if module else b"other")
    check("handed over", done.error, 0)
    return done.value


def check_hand_over():
    """A socket that is handed over reaches what its giver may reach, and no more."""
    grants = (f"--allow-outbound {url('tcp', FIRST)} --allow-outbound {url('udp', FIRST)} --accept-from other "
              f"--module=other --allow-outbound {url('tcp', SECOND)} --allow-outbound {url('udp', SECOND)} --accept-from main ")
    with Guest(NETWORK, grants) as guest:
        for giver, taker, own, foreign in [(0, 1, FIRST, SECOND), (1, 0, SECOND, FIRST)]:
            fds = [guest.open(module=giver) for _ in range(2)] + [guest.open(kind=socket.SOCK_DGRAM, module=giver)]
            taken = [hand_over(guest, fd, giver) for fd in fds]
            check("the taker's own rules are not the socket's", connects(guest, foreign, taker, taken[0]), (ACCES, 0))
            check("the giver's are", connects(guest, own, taker, taken[0]), (0, 1))
            check("for the giver, too", connects(guest, foreign, giver, fds[1]), (ACCES, 0))
            for server, expected in [(foreign, (ACCES, 0)), (own, (0, 1))]:
                error = guest.do("send_to", taken[2], module=taker, address=server.address, payload=b"x").error
                check("a datagram", (error, server.took()), expected)
            # What the giver closes, the taker keeps.
            guest.do("close", fds[1], module=giver)
            check("closed by its giver", connects(guest, own, taker, taken[1]), (0, 1))
    with Guest(NETWORK, f"--allow-outbound {url('tcp', FIRST)} --module=other --accept-from main ") as guest:
        fd = hand_over(guest, guest.open())
        check("to a module without rules", connects(guest, FIRST, 1, fd), (0, 1))
        check("which has no others", connects(guest, SECOND, 1, fd)[1], 0)
        check("and opens none", connects(guest, FIRST, 1), (ACCES, 0))


def check_fresh():
    """A connection is one that the broker makes: of what was done with a socket before, it lacks nothing, and of what was done
    with others it has nothing."""
    closed = socket.socket()
    closed.bind(("127.0.0.11", 0))
    refused = closed.getsockname()
    grants = (f"--seal require --allow-outbound {url('tcp', FIRST)} --allow-outbound tcp://127.0.0.11:{refused[1]} "
              "--allow-inbound tcp://127.0.0.15:*")
    with Guest(NETWORK, grants, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))) as guest:
        def connect(fd, to=FIRST.address):
            return guest.do("connect", fd, address=to).error

        first = guest.open()
        waiting = guest.host(first)
        check("a first connection", (connect(first), guest.host(first) == waiting), (0, False))
        # The socket that was opened serves again, and is as it was made.
        second = guest.open()
        check("its socket serves again", guest.host(second), waiting)
        guest.do("set_flags", second, a=NONBLOCK)
        check("not waiting", connect(second), INPROGRESS)
        FIRST.took()
        third = guest.open()
        check("its socket serves again", (guest.host(third), guest.call(FCNTL, waiting, F_SETFL, 0)), (waiting, 0))
        check("bound", guest.do("bind", third, address=("127.0.0.15", 0)).error, 0)
        check("a bound socket is itself", (guest.do("listen", third, a=1).error, guest.host(third)), (0, waiting))
        peer = socket.create_connection((guest.do("local", third).host, guest.do("local", third).port))
        accepted = guest.do("accept", third)
        check("and blocks", accepted.error, 0)
        # What was done with it stays.
        for name, act in [("an option", lambda fd: guest.option(fd, "no_delay", 1)),
                          ("another", lambda fd: guest.option(fd, "keep_idle", 77)),
                          ("an end", lambda fd: guest.do("shutdown", fd, a=2))]:
            fd = guest.open()
            act(fd)
            host = guest.host(fd)
            check(name, (connect(fd), guest.host(fd)), (0, host))
            if name == "an option":
                check("is there", guest.option(fd, "no_delay").value, 1)
            guest.do("close", fd)
        # Who is refused can try again, elsewhere too.
        fd = guest.open()
        host = guest.host(fd)
        check("refused", (connect(fd, refused), connect(fd, refused)), (CONNREFUSED, CONNREFUSED))
        check("denied", (connect(fd, SECOND.address), guest.host(fd)), (ACCES, host))
        check("elsewhere", (connect(fd), connect(fd)), (0, ISCONN))
        peer.close()
        # Whoever uses up the host's descriptors opens sockets that can still be connected.
        fds = []
        while (opened := guest.do("open", family=socket.AF_INET, a=socket.SOCK_STREAM)).error == 0:
            fds.append(opened.value)
        check("the last of all descriptors", [connect(fd) for fd in fds[-3:]], [0, 0, 0])
    FIRST.took()
    closed.close()


def check_small_stack():
    """A datagram of one piece takes little stack."""
    with Guest(NETWORK, f"--max-stack 64KiB --allow-outbound {url('udp', FIRST)}") as guest:
        fd = guest.open(kind=socket.SOCK_DGRAM)
        error = guest.do("send_to", fd, address=FIRST.address, payload=b"x" * 9000).error
        check("a small stack", (error, FIRST.took()), (0, 1))


def said(grants, act, lacking=()):
    """Lines on standard error that are the runtime's own, with numbers that depend on the kernel as N; the status."""
    with tempfile.TemporaryFile() as errors:
        with Guest(NETWORK, f"--trace-wasi {grants}", before=[HOST, *map(str, lacking), "--"], stderr=errors) as guest:
            act(guest)
        errors.seek(0)
        lines = [line for line in errors.read().decode().splitlines() if line.startswith("wasmc: ")]
    lines = [re.sub(r"(Landlock|calls:) \d+", r"\1 N", line) for line in lines]
    return [line for line in lines if not line.startswith("wasmc: sealed")]


def check_refused_inside():
    """What the broker inside finds missing ends the program before its guest runs, however it is sealed."""
    for seal in "require", "auto", "log", "off":
        for listens in "", " --tcplisten 127.0.0.1:80":
            done = subprocess.run([HOST, "-e", str(errno.EPERM), str(IOCTL), "--", NETWORK], capture_output=True, text=True,
                                  env={"WASMC_GRANTS": f"--isolate-network --seal {seal}{listens}"}, input="")
            check(f"without a loopback, --seal {seal}{listens}", (done.returncode, done.stdout, done.stderr.count("\n")),
                  (1, "", 1))
            check("its message", "refuses to bring up the loopback" in done.stderr)


def check_report():
    """What --trace-wasi says is enforced, and by which rule a call would be allowed."""
    one = "(Landlock N, system calls: N)"
    by_rules, inside = f"a process opens sockets by the rules {one}", f"a process opens sockets inside {one}"
    rule = f"--allow-outbound {url('tcp', FIRST)} "

    def nothing(guest):
        guest.do("close", 99)

    rows = [("", "nothing is allowed"), (rule, by_rules), ("--isolate-network ", f"isolated, {inside}"),
            (rule + "--isolate-network ", f"isolated, {by_rules}, {inside}"),
            ("--isolate-network --forward 0:80 --forward 0:81/udp ", f"isolated, {inside}, forwards: 2")]
    for grants, expected in rows:
        lines = [line for line in said(grants + "--seal require ", nothing) if line.startswith("wasmc: network")]
        check(f"{grants}: report", lines, [f"wasmc: network: {expected}"])
    landlock = ["-e", 38, 444, 445, 446]
    check("without Landlock", said(rule, nothing, landlock),
          ["wasmc: network: a process opens sockets by the rules (no Landlock, system calls: N)"])
    check("not sealed", said(rule + "--seal log ", nothing)[-1:],
          ["wasmc: network: a process opens sockets by the rules (no Landlock, any system call)"])

    port = SECOND.address[1]
    rows = [("connect", socket.SOCK_STREAM, ("127.0.0.12", port), f"--allow-outbound tcp://127.0.0.12:{port}"),
            ("connect", socket.SOCK_DGRAM, ("127.0.0.12", port), f"--allow-outbound udp://127.0.0.12:{port}"),
            ("send_to", socket.SOCK_DGRAM, ("127.0.0.12", port), f"--allow-outbound udp://127.0.0.12:{port}"),
            ("connect", socket.SOCK_STREAM, ("2001:db8::1", port), f"--allow-outbound tcp://[2001:db8::1]:{port}"),
            ("connect", socket.SOCK_STREAM, ("::ffff:127.0.0.12", port), f"--allow-outbound tcp://127.0.0.12:{port}"),
            ("bind", socket.SOCK_STREAM, ("127.0.0.12", 18080), "--allow-inbound tcp://127.0.0.12:18080"),
            ("bind", socket.SOCK_DGRAM, ("127.0.0.12", 0), "--allow-inbound udp://127.0.0.12:*")]
    for action, kind, address, needed in rows:
        def act(guest):
            fd = guest.open(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, kind)
            check(f"{action} {address}", guest.do(action, fd, address=address).error, ACCES)
        # The rule that it names is the one that is needed.
        check(f"{action} {address}: said", said(rule, act)[-1:], [f"wasmc: no rule admits this; {needed} would"])

        def again(guest):
            fd = guest.open(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, kind)
            guest.do("set_flags", fd, a=NONBLOCK)
            check(f"{action} {address}: by {needed}", guest.do(action, fd, address=address).error != ACCES)
        said(rule + needed + " ", again)

    def ask(guest):
        check("a name", guest.do("resolve", payload=b"www.example.test").error != 0)
    check("a name: said", said(rule + "--allow-resolve other.test ", ask)[-1:],
          ["wasmc: no pattern admits this; --allow-resolve www.example.test would"])


def memory_kib(process):
    return int(re.search(r"VmRSS:\s*(\d+)", Path(f"/proc/{process}/status").read_text()).group(1))


def measure(guest):
    """What each process has: descriptors (root alone sees those of a broker), memory; how many there are."""
    processes = [guest.process.pid, *guest.children()]
    files = [len(os.listdir(f"/proc/{process}/fd")) for process in processes] if IS_ROOT else []
    return files, [memory_kib(process) for process in processes]


class Load:
    """Rounds of what goes well and what does not."""

    def __init__(self, guest):
        self.guest = guest
        self.slow = []

    def connection(self, number):
        fd = self.guest.open()
        error = self.guest.do("connect", fd, address=FIRST.address).error
        assert error == 0, f"connect: {error}"
        peer = FIRST.stream.accept()[0]
        if number % 3 == 0:  # reset
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()
            self.guest.do("send", fd, payload=b"x" * 1000)
        elif number % 3 == 1:  # slow: it reads nothing, and is there for longer
            self.guest.do("set_flags", fd, a=NONBLOCK)
            self.guest.do("send", fd, payload=b"y" * 65536)
            self.slow.append(peer)
            if len(self.slow) > 32:
                self.slow.pop(0).close()
        else:
            self.guest.do("send", fd, payload=b"ping")
            peer.sendall(peer.recv(4))
            assert self.guest.do("receive", fd, a=16).payload == b"ping"
            peer.close()
        self.guest.do("close", fd)

    def refusals(self):
        fd = self.guest.open()
        assert self.guest.do("connect", fd, address=SECOND.address).error == ACCES
        self.guest.do("set_flags", fd, a=NONBLOCK)
        self.guest.do("connect", fd, address=("127.0.0.13", FIRST.address[1]))
        self.guest.do("close", fd)

    def datagrams(self):
        fd = self.guest.open(kind=socket.SOCK_DGRAM)
        for _ in range(3):
            assert self.guest.do("send_to", fd, address=FIRST.address, payload=b"z" * 500).error == 0
            data, sender = FIRST.datagrams.recvfrom(2000)
            FIRST.datagrams.sendto(data, sender)
            assert self.guest.do("receive", fd, a=2000).payload == data
        assert self.guest.do("send_to", fd, address=SECOND.address, payload=b"z").error == ACCES
        self.guest.do("close", fd)

    def listener(self, address):
        """Some come, some may not, some reset and some are never accepted."""
        fd = self.guest.open()
        assert self.guest.do("bind", fd, address=(address, 0)).error == 0
        assert self.guest.do("listen", fd, a=16).error == 0
        local = self.guest.do("local", fd)
        clients = []
        for source in (address, "127.0.0.1", address, address):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.bind((source, 0))
            client.connect((local.host, local.port))
            clients.append(client)
        accepted = self.guest.do("accept", fd)
        assert accepted.error == 0 and accepted.host == address, (accepted.error, accepted.host)
        for client in clients:
            client.close()
        self.guest.do("close", accepted.value)
        self.guest.do("close", fd)

    def run(self, number):
        self.connection(number)
        self.refusals()
        self.datagrams()
        if number % 5 == 0:
            self.listener("127.8.0.1")  # kept by the broker: rules say who may come
            self.listener("127.0.0.14")
        if number % 25 == 0:
            self.guest.do("resolve", payload=b"small.test")
            self.guest.do("resolve", payload=b"nobody.test")


def check_load():
    """Of a crowd, nothing is left behind."""
    with dns_server.Server("127.0.0.1") as server, tempfile.TemporaryDirectory() as folder:
        conf = Path(folder) / "resolv.conf"
        conf.write_text(f"nameserver [127.0.0.1]:{server.port}\n")
        grants = (f"--seal require --allow-outbound {url('tcp', FIRST)} --allow-outbound {url('udp', FIRST)} "
                  f"--allow-outbound tcp://127.0.0.13:* --allow-inbound tcp://127.8.0.0/16:* "
                  "--allow-inbound tcp://127.0.0.14:* "
                  f"--allow-resolve *.test --allow-outbound tcp://*.test:80 --resolv-conf {conf}")
        with Guest(NETWORK, grants) as guest:
            load = Load(guest)
            end = time.monotonic() + SECONDS
            for number in range(WARM):
                load.run(number)
            time.sleep(0.2)  # processes of lookups end by themselves
            before = measure(guest)
            number = 0
            while number < ROUNDS or time.monotonic() < end:
                load.run(number)
                number += 1
            for _ in range(100):
                after = measure(guest)
                if after[0] == before[0] and len(after[1]) == len(before[1]):
                    break
                time.sleep(0.05)
            for peer in load.slow:
                peer.close()
            check("descriptors", after[0], before[0])
            check("processes", len(after[1]), len(before[1]))
            check("memory", all(now <= then + 512 for now, then in zip(after[1], before[1])), True)
            if SECONDS:
                print(f"{number} rounds: descriptors {before[0]} and {after[0]}, KiB {before[1]} and {after[1]}")
    SECOND.took()


PARTS = [check_modules, check_answers, check_scopes, check_hand_over, check_fresh, check_small_stack, check_refused_inside, check_report,
         check_load]

if __name__ == "__main__":
    for part in [check_load] if SECONDS else PARTS:
        start = time.monotonic()
        part()
        if os.environ.get("TIMES"):
            print(f"{part.__name__}: {time.monotonic() - start:.1f} s")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)
