#!/usr/bin/env python3
"""Servers under a load of short connections, resets and slow peers: nothing is left behind.

    load.py --wasmc WASMC [--seconds N]

One guest listens by a rule and polls, another in a network of its own behind a forward, with epoll. After N seconds (default 5;
`make test-all` takes ten minutes) and the end of all connections, their processes have the descriptors, the children and about
the memory that they had before. Then the guests are killed, and their brokers and forwarders end. Ends with `N passed, N failed`.
"""

import argparse
import os
import random
import shutil
import signal
import socket
import struct
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "common"))
sys.path.insert(0, str(HERE.parents[2] / "Benchmarks" / "network" / "servers"))

from checks import Checks  # noqa: E402
import servers  # noqa: E402

CLIENTS = 4
# Connections that one client opens before it closes them all.
CROWD = 40
# Of memory that allocators keep.
SLACK_KIB = 4096
SETTLE_S = 15
TIMEOUT_S = 10


EVENTPOLL = "anon_inode:[eventpoll]"


def family(process):
    """A process and all below it."""
    found = [process]
    for member in found:
        found += [int(child) for child in servers.children(member)]
    return found


def state(process):
    """Descriptors and memory of each process of a program."""
    result = {}
    for member in family(process):
        status = Path(f"/proc/{member}/status").read_text()
        resident = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
        # A set that is polled often is kept in the kernel from some time on, one for each process.
        result[member] = sum(kind != EVENTPOLL for kind in kinds(member)), resident
    return result


def kinds(process):
    """What the descriptors of a process are, for a message."""
    folder = Path(f"/proc/{process}/fd")
    return [os.readlink(folder / name) for name in os.listdir(folder)]


class Client(threading.Thread):
    """Connects in all ways until the time is over."""

    def __init__(self, port, seed, until):
        super().__init__(daemon=True)
        self.port, self.until, self.random = port, until, random.Random(seed)
        self.counts, self.wrong = {}, []

    def connect(self):
        return socket.create_connection((servers.LOOPBACK, self.port), timeout=TIMEOUT_S)

    def ask(self, connection, size=64):
        message = self.random.randbytes(size)
        connection.sendall(message)
        answer = b""
        while len(answer) < size:
            part = connection.recv(size - len(answer))
            if not part:
                break
            answer += part
        if answer != message:
            self.wrong.append((size, len(answer)))

    def short(self):
        with self.connect() as connection:
            for _ in range(self.random.randrange(1, 20)):
                self.ask(connection)

    def reset(self):
        connection = self.connect()
        if self.random.random() < 0.5:
            connection.sendall(b"x" * self.random.randrange(1, 2000))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    def half(self):
        with self.connect() as connection:
            self.ask(connection)
            connection.shutdown(socket.SHUT_WR)
            if connection.recv(1) != b"":
                self.wrong.append("an answer to nothing")

    def slow(self):
        with self.connect() as connection:
            for _ in range(self.random.randrange(1, 6)):
                connection.sendall(b"s")
                time.sleep(0.02)

    def crowd(self):
        with ExitStack() as stack:
            for _ in range(CROWD):
                stack.enter_context(self.connect())

    def run(self):
        ways = [self.short] * 6 + [self.reset] * 3 + [self.half] * 2 + [self.slow, self.crowd]
        while time.monotonic() < self.until:
            way = self.random.choice(ways)
            try:
                way()
            except ConnectionError:
                # What a peer's reset does to others is not looked at here, but it must be rare.
                self.counts["refused"] = self.counts.get("refused", 0) + 1
            except OSError as error:
                self.wrong.append((way.__name__, str(error)))
            self.counts[way.__name__] = self.counts.get(way.__name__, 0) + 1


def settled(process, before):
    """The state once it is what it was before, or after some time."""
    until = time.monotonic() + SETTLE_S
    while True:
        now = state(process)
        if {member: fds for member, (fds, _) in now.items()} == {member: fds for member, (fds, _) in before.items()}:
            return now
        if time.monotonic() > until:
            return now
        time.sleep(0.1)


def is_there(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def check_servers(suite, seconds):
    with ExitStack() as stack:
        _, _, guest = servers.build(suite.wasmc, suite.place)
        ports = [servers.free_port(socket.SOCK_STREAM) for _ in range(2)]
        rules = f"--allow-inbound tcp://{servers.LOOPBACK}:{ports[0]} --seal require"
        forward = f"--isolate-network --forward {ports[1]}:{servers.INSIDE} --seal require"
        found = {
            "a rule": (servers.Server(stack, [guest, "echo", "poll", ports[0]], rules), ports[0]),
            "a forward": (servers.Server(stack, [guest, "echo", "epoll", servers.INSIDE], forward), ports[1]),
        }
        for port in ports:
            # Whatever is made once is there.
            for way in ("short", "crowd"):
                getattr(Client(port, 0, 0), way)()
        time.sleep(0.5)
        before = {name: state(server.process.pid) for name, (server, _) in found.items()}
        until = time.monotonic() + seconds
        clients = {name: [Client(port, seed, until) for seed in range(CLIENTS)] for name, (_, port) in found.items()}
        for client in sum(clients.values(), []):
            client.start()
        for name, (server, _) in found.items():
            check_load(suite, name, clients[name], server.process.pid, before[name])
        for name, (server, _) in found.items():
            check_end(suite, name, server.process)


def check_load(suite, name, clients, process, before):
    for client in clients:
        client.join()
    counts = {}
    for client in clients:
        for way, count in client.counts.items():
            counts[way] = counts.get(way, 0) + count
    print(f"{name}: {counts}", flush=True)
    suite.check(f"{name}: answers", sum((client.wrong for client in clients), [])[:5], [])
    suite.holds(f"{name}: connections", sum(counts.values()) > 20 and counts.get("refused", 0) * 20 < sum(counts.values()), counts)
    after = settled(process, before)
    suite.check(f"{name}: processes", sorted(after), sorted(before))
    more = {member: kinds(member) for member in after if after[member][0] != before.get(member, (0, 0))[0]}
    suite.holds(f"{name}: sets", all(kinds(member).count(EVENTPOLL) <= 2 for member in after), {m: kinds(m) for m in after})
    suite.holds(f"{name}: descriptors", not more, f"{more}, before {before}")
    grown = {member: after[member][1] - before[member][1] for member in before if member in after}
    suite.holds(f"{name}: memory", all(kib <= SLACK_KIB for kib in grown.values()), grown)


def check_end(suite, name, process):
    others = family(process.pid)[1:]
    process.send_signal(signal.SIGKILL)
    process.wait(TIMEOUT_S)
    until = time.monotonic() + TIMEOUT_S
    while any(map(is_there, others)) and time.monotonic() < until:
        time.sleep(0.05)
    suite.holds(f"{name}: has others beside it", bool(others) or name == "a rule", others)
    suite.check(f"{name}: the others end with it", [other for other in others if is_there(other)], [])


def main():
    parser = argparse.ArgumentParser(description="servers under load")
    parser.add_argument("--wasmc", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    suite = Checks(options.wasmc)
    if shutil.which("clang-22") is None or not servers.WASI_INCLUDE.exists():
        print("left out: clang-22 with wasi-libc is not there")
    else:
        suite.run_parts([lambda suite: check_servers(suite, options.seconds)])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
