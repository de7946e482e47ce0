#!/usr/bin/env python3
"""forwarding.py FORWARDED HOST - what --forward brings into an isolated network: ./forwarded, over loopback, as root and
as nobody (HOST is ../programs/host.c)."""

import errno
import hashlib
import json
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from watching import children, until

NOBODY = 65534
# Copied to where nobody, too, can read.
FOLDER = tempfile.TemporaryDirectory()
os.chmod(FOLDER.name, 0o755)
FORWARDED, HOST = (shutil.copy(path, FOLDER.name) for path in sys.argv[1:])
IS_ROOT = os.geteuid() == 0


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


HAS_IPV6 = has_ipv6()
RESET = struct.pack("ii", 1, 0)
PATIENCE_S = 30
# What the forwarder's filter lets through. One more is a decision.
CALLS = ("accept4 clock_gettime close connect epoll_ctl epoll_pwait exit_group fcntl getsockopt pipe2 recvfrom recvmsg "
         "restart_syscall rt_sigreturn sendmsg sendto setsockopt shutdown socket splice write")

passed = 0
failed = 0


def check(name, found, expected):
    global passed, failed
    if found == expected:
        passed += 1
    else:
        failed += 1
        print(f"failed: {name}: expected {expected!r:.200}, found {found!r:.200}", flush=True)


def pattern(count):
    period = bytes((i * 7 + i // 251) % 256 for i in range(251 * 256))
    return (period * (count // len(period) + 1))[:count]


class Program:
    """A program with forwards, whose ports it was left to choose."""

    def __init__(self, forwards, actions, *, user=None, grants="", files=None, waits=False, **options):
        words = " ".join(f"--forward {forward}" for forward in forwards)
        command = [HOST, "-u", str(os.getuid() if user is None else user), "--", FORWARDED, *actions]
        if files is not None:
            command = ["sh", "-c", f'ulimit -n {files} && exec "$@"', "sh", *command]
        self.process = subprocess.Popen(command, env={"WASMC_GRANTS": f"--isolate-network {words} {grants}"},
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        **options)
        self.told = [self.process.stderr.readline() for forward in forwards if re.search(r"(^|:)0:", forward)]
        self.ports = [int(re.search(r":(\d+) to ", line)[1]) for line in self.told]
        self.forwarder = None
        self.wait_for("waiting" if waits else "ready")
        self.forwarder = children(self.process.pid)[0]

    def wait_for(self, line):
        found = self.process.stdout.readline().strip()
        check("output of the program", found, line)

    def say(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def descriptors(self):
        """Of the forwarder, which shows them to nobody but root; else 0."""
        if not IS_ROOT:
            return 0
        return len(os.listdir(f"/proc/{self.forwarder}/fd"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate("")
        check("the forwarder ends with the program", until(lambda: not is_alive(self.forwarder)), True)


def is_alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def connect(port, address="127.0.0.1", line=None):
    connection = socket.create_connection((address, port), timeout=PATIENCE_S)
    if line is not None:
        connection.sendall(line.encode() + b"\n")
    return connection


def read_all(connection):
    """What comes until the end, and the errno that it ended with."""
    parts = []
    try:
        while part := connection.recv(1 << 20):
            parts.append(part)
    except OSError as error:
        return b"".join(parts), error.errno
    return b"".join(parts), 0


def ask(port, line, sent=b"", address="127.0.0.1"):
    with connect(port, address, line) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return read_all(connection)


def check_told():
    with Program(["0:3000", "0:53/udp", "127.0.0.2:0:3001/tcp"], ["tcp", "127.0.0.1", "3000"]) as program:
        a, b, c = program.ports
        expected = [f"wasmc: forwarding 127.0.0.1:{a} to 3000\n", f"wasmc: forwarding 127.0.0.1:{b} to 53/udp\n",
                    f"wasmc: forwarding 127.0.0.2:{c} to 3001\n"]
        check("ports are told", program.told, expected)
    if HAS_IPV6:
        with Program(["[::1]:0:3000"], ["tcp", "::1", "3000"]) as program:
            check("a port of IPv6 is told", program.told, [f"wasmc: forwarding [::1]:{program.ports[0]} to 3000\n"])
    with Program(["0:3000"], ["tcp", "127.0.0.1", "3000"], grants="--json") as program:
        told = {"phase": "network", "message": f"forwarding 127.0.0.1:{program.ports[0]} to 3000"}
        check("a port is told as JSON", json.loads(program.told[0]), told)


def check_bytes(port):
    """Both ways at once, every byte compared."""
    sent = os.urandom(1 << 20)
    total = 64 << 20
    with connect(port, line="echo") as connection:
        def send():
            for _ in range(total // len(sent)):
                connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        sender = threading.Thread(target=send)
        sender.start()
        digest, count = hashlib.sha1(), 0
        while part := connection.recv(1 << 20):
            digest.update(part)
            count += len(part)
        sender.join()
    expected = hashlib.sha1()
    for _ in range(total // len(sent)):
        expected.update(sent)
    check("64 MiB both ways", (count, digest.digest()), (total, expected.digest()))


def check_ends(program, port):
    """Half-closed from either side, and ends with much on the way."""
    check("the client ends first", ask(port, "count", b"x" * 1_000_000), (struct.pack("<Q", 1_000_000), 0))
    with connect(port, line="finish") as connection:
        check("the program ends first", read_all(connection), (b"", 0))
        connection.sendall(b"y" * 300_000)
        connection.shutdown(socket.SHUT_WR)
        program.wait_for("received 300000")
    with connect(port, line="send 8000000") as connection:
        time.sleep(0.05) # until nobody can send more
        check("the program closes behind 8 MB", read_all(connection), (pattern(8_000_000), 0))
    for _ in range(100):
        with connect(port, line="send 1000") as connection:
            if read_all(connection) != (pattern(1000), 0):
                check("the program closes at once", False, True)
    # In one piece, so that it is there when the program closes.
    with connect(port, line="send 1000\nnever read") as connection:
        data, error = read_all(connection)
        check("what comes before a reset", (data, error), (pattern(1000), errno.ECONNRESET))


    # In the middle, and with nothing behind it.
    for parts in [(b"ab", b"!", b"cd"), (b"", b"!", b"")]:
        with connect(port, line="count") as connection:
            connection.sendall(parts[0])
            connection.send(parts[1], socket.MSG_OOB)
            connection.sendall(parts[2])
            connection.shutdown(socket.SHUT_WR)
            answer = (struct.pack("<Q", len(b"".join(parts))), 0)
            check("urgent data are passed on", read_all(connection), answer)


def check_resets(program, port):
    with connect(port, line="reset") as connection:
        check("the program resets", read_all(connection), (b"", errno.ECONNRESET))
    with connect(port, line="hold") as connection:
        connection.sendall(b"z" * 100_000)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    program.wait_for(f"held {errno.ECONNRESET}")
    # One whose sending had ended before, while the program sends.
    before = program.descriptors()
    with connect(port, line="send 1000000000") as connection:
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)
        check("a connection has descriptors", program.descriptors() > before - 2, True)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    check("a reset behind the end ends the program's side, too", until(lambda: program.descriptors() <= before), True)


def check_pressure(program, port):
    """A program that does not read stops the sender, who loses nothing."""
    with connect(port, line="patience") as connection:
        connection.setblocking(False)
        sent, part = 0, bytes(1 << 16)
        while sent < 256 << 20:
            if not select.select([], [connection], [], 0.3)[1]:
                break
            sent += connection.send(part)
        check("a sender is stopped", sent < 64 << 20 or sent, True)
        check("others are not", ask(port, "count", b"abc"), (struct.pack("<Q", 3), 0))
        program.say()
        connection.setblocking(True)
        connection.shutdown(socket.SHUT_WR)
        check("and loses nothing", read_all(connection), (struct.pack("<Q", sent), 0))


def check_many(program, port):
    before = program.descriptors()
    connections = [connect(port, line="echo") for _ in range(400)]
    for i, connection in enumerate(connections):
        connection.sendall(b"%d" % i)
    wrong = [i for i, connection in enumerate(connections) if connection.recv(100) != b"%d" % i]
    check("400 connections at once", wrong, [])
    for connection in connections:
        connection.close()
    # Pipes are kept.
    check("no descriptor is left", until(lambda: program.descriptors() <= before + 2 * 32) or program.descriptors(), True)


def check_early(user):
    actions = ["read", "tcp", "127.0.0.1", "3000", "read", "close", "read"]
    with Program(["0:3000"], actions, user=user, waits=True) as program:
        port = program.ports[0]
        early = [connect(port, line="count") for _ in range(50)]
        for connection in early:
            connection.sendall(b"early")
            connection.shutdown(socket.SHUT_WR)
        check("nobody is refused before the program listens", select.select(early, [], [], 0.2)[0], [])
        program.say()
        program.wait_for("waiting")
        check("all are served when it does", {read_all(connection) for connection in early}, {(struct.pack("<Q", 5), 0)})
        program.say()
        program.wait_for("waiting")
        for connection in early:
            connection.close()
        try:
            with connect(port) as connection:
                end = read_all(connection)
        except ConnectionResetError as error: # so soon
            end = b"", error.errno
        check("refused when it no longer does", end, (b"", errno.ECONNRESET))


def check_families():
    if not HAS_IPV6:
        print("left out: this host has no IPv6")
        return
    for address in "127.0.0.1", "0.0.0.0", "::1", "::":
        with Program(["0:80", "[::1]:0:80", "0:53/udp"], ["tcp", address, "80", "udp", address, "53"]) as program:
            answer = (struct.pack("<Q", 2), 0)
            v4, v6, datagrams = program.ports
            check(f"IPv4 to {address}", ask(v4, "count", b"ab"), answer)
            check(f"IPv6 to {address}", ask(v6, "count", b"ab", "::1"), answer)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.settimeout(PATIENCE_S)
                client.connect(("127.0.0.1", datagrams))
                client.send(b"datagram")
                check(f"datagrams to {address}", client.recv(100), b"datagram")


def check_all_addresses():
    """An address of IPv6 is IPv6 alone, so that both families can have one port."""
    with socket.socket(socket.AF_INET6) as probe:
        probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        probe.bind(("::", 0))
        port = probe.getsockname()[1]
    forwards = [f"0.0.0.0:{port}:80", f"[::]:{port}:81", f"0.0.0.0:{port}:80/udp", f"[::]:{port}:80/udp"]
    with Program(forwards, ["tcp", "127.0.0.1", "80", "tcp", "::1", "81"]):
        for address in "127.0.0.1", "127.0.0.9", "::1":
            check(f"by {address}", ask(port, "send 5", address=address), (pattern(5), 0))


def check_side_by_side(user):
    programs = [Program(["0:8080"], ["tcp", "0.0.0.0", "8080"], user=user) for _ in range(2)]
    for program in programs:
        check("two with the same port inside", ask(program.ports[0], "send 5"), (pattern(5), 0))
    for program in programs:
        with program:
            pass


def check_last_words():
    """What a program sent before it ended."""
    program = Program(["0:3000"], ["tcp", "127.0.0.1", "3000"])
    with connect(program.ports[0], line="exit 4000000") as connection:
        check("the program ends", program.process.wait(PATIENCE_S), 0)
        check("what it sent arrives", read_all(connection), (pattern(4_000_000), 0))
    check("and the forwarder ends", until(lambda: not is_alive(program.forwarder)), True)
    program.process.communicate()


def check_killed(user):
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who is started in the background may have it ignored
    for number in signal.SIGKILL, signal.SIGINT:
        program = Program(["0:3000"], ["tcp", "127.0.0.1", "3000"], user=user, start_new_session=True)
        port = program.ports[0]
        with connect(port, line="echo") as connection, connect(port, line="send 100000000") as stalled:
            connection.sendall(b"x")
            connection.recv(1)
            if number == signal.SIGKILL:
                program.process.kill()
            else:
                os.killpg(program.process.pid, number) # as ^C
            check(f"{number.name} ends the program", program.process.wait(PATIENCE_S), -number)
            check(f"{number.name} ends the forwarder", until(lambda: not is_alive(program.forwarder)), True)
            check(f"{number.name} ends connections", read_all(connection)[0], b"")
            stalled.close()
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port))
            again.listen()
        program.process.communicate()


def check_calls():
    names = re.findall(rb"forwarder:(\w+)\0", Path(FORWARDED).read_bytes())
    check("the forwarder's system calls", " ".join(sorted({name.decode() for name in names})), CALLS)


def check_sealed(user):
    with Program(["0:3000", "0:53/udp"], ["tcp", "127.0.0.1", "3000"], user=user, grants="--seal require") as program:
        for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT:
            os.kill(program.forwarder, number)
        check("what ends others does not end it", ask(program.ports[0], "send 5"), (pattern(5), 0))
        state = Path(f"/proc/{program.forwarder}/status").read_text()
        check("the forwarder is sealed", re.findall(r"(?:Seccomp|NoNewPrivs):\t(\d)", state), ["1", "2"])
        check("the forwarder has no capabilities", re.findall(r"Cap(?:Prm|Eff):\t(\w+)", state), ["0" * 16] * 2)
        check("its name", re.search(r"Name:\t(.*)", state)[1], "wasmc forward")
        if IS_ROOT:
            # 0 to 2 and the two sockets, the queue, and a pipe that is kept.
            check("the forwarder has nothing else", program.descriptors() <= 8, True)
            links = [os.readlink(f"/proc/{program.process.pid}/fd/{fd}")
                     for fd in os.listdir(f"/proc/{program.process.pid}/fd")]
            check("the program has no socket of the host", [link for link in links if link.startswith("socket:")][1:], [])


def check_few_descriptors():
    """More connections than descriptors, and too few for pipes: everybody has his turn, and no byte is wrong."""
    # A limit of 5 forwards and their sockets takes nine.
    with Program(["0:3000"], ["tcp", "127.0.0.1", "3000"], files=24) as program:
        port = program.ports[0]
        sent = os.urandom(3_000_000)
        results = []

        def run():
            results.append(ask(port, "echo" if len(results) % 2 else "count", b"q" * 1000)[1])
        check("bytes without pipes", echo(port, sent), sent)
        threads = [threading.Thread(target=run) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        check("40 connections with 24 descriptors", results, [0] * 40)
        check("descriptors are limited", program.descriptors() <= 24, True)


def echo(port, sent):
    with connect(port, line="echo") as connection:
        sender = threading.Thread(target=lambda: (connection.sendall(sent), connection.shutdown(socket.SHUT_WR)))
        sender.start()
        received = read_all(connection)[0]
        sender.join()
        return received


def check_datagrams(user):
    with Program(["0:53/udp", "0.0.0.0:0:53/udp"], ["udp", "127.0.0.1", "53"], user=user, files=200) as program:
        port, everywhere = program.ports

        def client(address="127.0.0.1", to=port):
            made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            made.settimeout(PATIENCE_S)
            made.connect((address, to))
            return made
        with client() as first, client() as second:
            for size in 1, 0, 1472, 65507:
                sent = os.urandom(size)
                first.send(sent)
                check(f"a datagram of {size} bytes", first.recv(65536), sent)
            names = []
            for each in first, second, first, second:
                each.send(b"who")
                names.append(each.recv(100))
            check("each client has a sender of his own, and keeps it", (names[:2] == names[2:], len(set(names))), (True, 2))
            # Each of the host's addresses answers for itself.
            with client("127.0.0.3", everywhere) as other:
                other.send(b"from 127.0.0.3")
                check("the answer comes from where it was sent to", other.recv(100), b"from 127.0.0.3")
            before = program.descriptors()
            for _ in range(300):
                with client() as passing:
                    passing.send(b"x")
                    passing.recv(100)
            check("flows are bounded", program.descriptors() <= before + 200 // 4, True)
            first.send(b"still there")
            check("who was forgotten is served again", first.recv(100), b"still there")


def check_gone_and_back():
    """A program's socket that is not there yet, or no longer."""
    actions = ["read", "udp", "::1", "53", "read", "close", "read", "udp", "127.0.0.1", "53"]
    with Program(["0:53/udp"], actions, waits=True) as program:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(PATIENCE_S)
            client.connect(("127.0.0.1", program.ports[0]))
            early = [b"1", b"", b"3"]
            for datagram in early:
                client.send(datagram)
            check("no answer before there is a socket", select.select([client], [], [], 0.1)[0], [])
            program.say()
            program.wait_for("waiting")
            check("early datagrams wait", [client.recv(100) for _ in early], early)
            program.say()
            program.wait_for("waiting")
            client.send(b"lost")
            program.say()
            program.wait_for("ready")
            # The one that was lost made the flow end, and is not kept.
            client.send(b"found")
            check("a socket of the other family", client.recv(100), b"found")


def check_refused():
    with socket.socket() as taken, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        datagrams.bind(("127.0.0.1", 0))
        port, udp_port = taken.getsockname()[1], datagrams.getsockname()[1]
        rows = [
            (f"--isolate-network --forward {port}:3000", f"cannot listen for --forward '{port}:3000': the port is in use; end "
             "the program that has it, or name another one, or 0 for a free one"),
            (f"--isolate-network --forward {udp_port}:3000/udp", "the port is in use"),
            ("--isolate-network --forward 192.0.2.1:0:3000", "not an address of this host"),
            ("--isolate-network --forward 3000", "--forward 3000: expected a port of the host, ':' and a port of the program, "
             "such as 8080:3000, found '3000' at byte 1"),
            ("--forward 0:3000", "expected --isolate-network, too"),
            ("--isolate-network --no-loopback --forward 0:3000", "found --no-loopback, too"),
            ("--isolate-network" + " --forward 0:3000" * 65, "expected at most 64 of them"),
        ]
        for grants, words in rows:
            done = subprocess.run([FORWARDED], env={"WASMC_GRANTS": grants}, stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, timeout=PATIENCE_S)
            check(f"{grants[:60]}: status", (done.returncode, done.stdout), (125, ""))
            check(f"{grants[:60]}: one line", (done.stderr.count("\n"), words in done.stderr or done.stderr), (1, True))
    if IS_ROOT and not Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text().startswith("0"):
        done = subprocess.run([HOST, "-u", str(NOBODY), "--", FORWARDED], stdin=subprocess.DEVNULL, capture_output=True,
                              env={"WASMC_GRANTS": "--isolate-network --forward 80:80"}, text=True, timeout=PATIENCE_S)
        check("a low port: status", done.returncode, 125)
        check("a low port: remedy", "take a port from 1024 on" in done.stderr or done.stderr, True)


def main():
    done = subprocess.run([FORWARDED], env={"WASMC_GRANTS": "--isolate-network"}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    if done.returncode == 1:
        print(f"left out: {done.stderr.strip()}")
        print("forwarding: 0 passed, 0 failed")
        return 0
    if not IS_ROOT:
        print("left out: forwards as root, and counts of descriptors, take root")
    check_calls()
    check_refused()
    check_told()
    users = [0, NOBODY] if IS_ROOT else [os.getuid()]
    for user in users:
        with Program(["0:3000"], ["tcp", "127.0.0.1", "3000"], user=user) as program:
            port = program.ports[0]
            check_bytes(port)
            check_ends(program, port)
            check_resets(program, port)
            check_pressure(program, port)
            check_many(program, port)
        check_early(user)
        check_side_by_side(user)
        check_killed(user)
        check_sealed(user)
        check_datagrams(user)
    check_families()
    check_last_words()
    check_few_descriptors()
    if HAS_IPV6:
        check_all_addresses()
        check_gone_and_back()
    print(f"forwarding: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
