#!/usr/bin/env python3
"""A guest's datagrams to few and to many, beside a socket that each frequent peer gets for itself; on both engines.

    datagrams.py --wasmc WASMC

The guest does what it is told (guests/datagrams.c); its peers are here. Ends with the line `N passed, N failed`.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

GUESTS = Path(__file__).resolve().parent / "guests"
WASI_INCLUDE = os.environ.get("WASI_INCLUDE", "/usr/include/wasm32-wasi")
# Of this test's own: peers may be here and not there.
HERE, THERE = "127.77.2.1", "127.77.2.2"
SECONDS = 20
# How many twins a socket has, and how long one that is not used is kept, in datagrams.
TWINS, KEPT = 8, 64
NO_ACCESS, AGAIN = "errno 2", "errno 6"


class Guest:
    """A guest on an engine, and what it answers."""

    def __init__(self, suite, command, grants=(), host=HERE):
        self.suite = suite
        grants = ["--allow-outbound", f"udp://{host}:*", *grants]
        is_compiled = len(command) == 1
        variables = environment(" ".join(grants)) if is_compiled else environment()
        words = command if is_compiled else [*command[:-1], *grants, command[-1]]
        self.process = subprocess.Popen(words, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.name = "compiled" if is_compiled else "interpreted"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            status = self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = "none"
        self.process.stdout.close()
        self.suite.check(f"{self.name}: status", status, 0)

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self):
        return self.process.stdout.readline().rstrip("\n")

    def __call__(self, line):
        self.tell(line)
        return self.hear()

    def check(self, name, line, expected="errno 0"):
        self.suite.check(f"{self.name}: {name}: {line[:60]}", self(line), expected)


class Peer:
    def __init__(self, address=HERE, port=0):
        self.socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, port))
        self.socket.settimeout(SECONDS)
        self.address, self.port = self.socket.getsockname()[:2]
        self.words = f"{self.address} {self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def receive(self):
        """The text, and from which port."""
        text, sender = self.socket.recvfrom(65536)
        return text.decode(), sender[1]

    def send(self, text, port, address=HERE):
        """To the guest, on the address that it reaches this one from."""
        self.socket.sendto(text.encode(), (address, port))


def on_port(port, process="self"):
    """The sockets on a port of this network, or a process's: how many, and how many of them have a peer."""
    found = []
    for table in ("udp", "udp6"):
        for line in Path(f"/proc/{process}/net", table).read_text().splitlines()[1:]:
            local, remote = line.split()[1:3]
            if int(local.rsplit(":", 1)[1], 16) == port:
                found.append(int(remote.rsplit(":", 1)[1], 16) != 0)
    return len(found), sum(found)


def acquaint(guest, peer):
    """Two datagrams to a peer, so that it has a twin; the guest's port."""
    for text in ("first", "second"):
        guest.check("send", f"send {peer.words} {text}")
        port = peer.receive()[1]
    return port


def source(peer):
    """Where datagrams from the guest to a peer come from, when it is bound to no address."""
    return "::1" if ":" in peer.address else "127.0.0.1"


def order(guest):
    """One port, every datagram, in its order, and who sent it; before there is a twin and after."""
    with Peer() as peer:
        guest.check("open", "open 4")
        ports = set()
        for i in range(6):
            guest.check("send", f"send {peer.words} {i}")
            text, port = peer.receive()
            guest.suite.check(f"{guest.name}: arrives", text, str(i))
            ports.add(port)
            if i == 0:  # comes to the socket itself, later ones to the twin, and is read later than them
                for j in range(3):
                    peer.send(f"before {j}", port, source(peer))
        guest.suite.check(f"{guest.name}: from one port", len(ports), 1)
        guest.suite.check(f"{guest.name}: by a twin", on_port(port), (2, 1))
        for j in range(40):
            peer.send(f"after {j}", port, source(peer))
        for text in [f"before {j}" for j in range(3)] + [f"after {j}" for j in range(40)]:
            guest.check("in order", "receive", f"{text} from {peer.words}")
        guest.check("nothing is left", "mode nonblock")
        guest.check("nothing is left", "receive", AGAIN)


def calls(guest):
    """The other calls that receive, and that what is peeked at is received next."""
    with Peer() as peer, Peer() as other:
        guest.check("open", "open 4")
        port = acquaint(guest, peer)
        acquaint(guest, other)
        for how in ("recv", "read"):
            peer.send(how, port, source(peer))
            guest.check("receives", how, how)
        for _ in range(20):
            peer.send("of one", port, source(peer))
            other.send("of another", port, source(peer))
        seen = []
        for _ in range(40):
            peeked = guest("peek")
            seen.append(peeked)
            guest.check("as peeked", "recv", peeked)
        guest.suite.check(f"{guest.name}: all come", sorted(seen), ["of another"] * 20 + ["of one"] * 20)
        guest.suite.check(f"{guest.name}: in turn", "of one" in seen[:20] and "of another" in seen[:20], True)
        guest.check("more than a datagram may be", f"send {peer.words} {'x' * 700}")
        guest.suite.check(f"{guest.name}: arrives whole", peer.receive()[0], "x" * 700)


def many(guest):
    """More peers than twins, in turn; all are heard, and the first keep theirs."""
    peers = [Peer() for _ in range(12)]
    guest.check("open", "open 4")
    for round_number in range(4):
        for peer in peers:
            guest.check("send", f"send {peer.words} {round_number}")
            text, port = peer.receive()
            guest.suite.check(f"{guest.name}: arrives", text, str(round_number))
            peer.send("answer", port, source(peer))
            guest.check("answers", "receive", f"answer from {peer.words}")
    guest.suite.check(f"{guest.name}: sockets of many", on_port(port), (TWINS + 1, TWINS))
    for peer in peers:
        peer.send("again", port, source(peer))
    expected = sorted(f"again from {peer.words}" for peer in peers)
    guest.suite.check(f"{guest.name}: from all", sorted(guest("receive") for _ in peers), expected)
    # Who is not written to any more gives way, and what it sent is still received.
    peers[0].send("late", port, source(peers[0]))
    for i in range(KEPT + 2):
        guest.check("send", f"send {peers[11].words} {i}")
        peers[11].receive()
    peers[11].send("new", port, source(peers[11]))
    expected = sorted([f"late from {peers[0].words}", f"new from {peers[11].words}"])
    guest.suite.check(f"{guest.name}: the old and the new", sorted(guest("receive") for _ in range(2)), expected)
    guest.check("mode", "mode nonblock")
    guest.check("nothing is left", "receive", AGAIN)
    guest.suite.check(f"{guest.name}: sockets after that", on_port(port), (TWINS + 1, TWINS))
    for peer in peers:
        peer.socket.close()


def others(guest):
    """Whom no rule admits is not heard, be there twins or not; others that it admits are."""
    with Peer() as peer, Peer() as stranger, Peer(THERE) as denied:
        guest.check("open", "open 4")
        port = acquaint(guest, peer)
        denied.send("denied", port, source(denied))
        stranger.send("admitted", port, source(peer))
        peer.send("known", port, source(peer))
        expected = sorted([f"admitted from {stranger.words}", f"known from {peer.words}"])
        guest.suite.check(f"{guest.name}: who is heard", sorted(guest("receive") for _ in range(2)), expected)
        guest.check("send where no rule admits it", f"send {denied.words} x", NO_ACCESS)
        guest.check("mode", "mode nonblock")
        guest.check("nobody else", "receive", AGAIN)


def polled(guest):
    for count in (0, 20):  # as a list, and with a set that is kept
        guest.check("open", "open 4")
        for _ in range(count):
            guest.check("open", "open 4")
        if count:
            guest.check("use", "use 1")  # the 0th is of the first round
        with Peer() as peer, Peer() as stranger:
            guest.check("nothing yet", f"poll 1 {count}", "nothing")
            port = acquaint(guest, peer)
            guest.check("nothing", f"poll 1 {count}", "nothing")
            peer.send("four", port, source(peer))
            guest.check("from a twin", f"poll 10000 {count}", "4 bytes of 1")
            guest.check("still", f"poll 10000 {count}", "4 bytes of 1")
            guest.check("received", "receive", f"four from {peer.words}")
            guest.check("nothing", f"poll 1 {count}", "nothing")
            stranger.send("others", port, source(peer))
            guest.check("from others", f"poll 10000 {count}", "6 bytes of 1")
            guest.check("received", "receive", f"others from {stranger.words}")
            # The guest waits before the datagram comes.
            guest.tell(f"poll 10000 {count}")
            peer.send("later", port, source(peer))
            guest.suite.check(f"{guest.name}: while it waits", guest.hear(), "5 bytes of 1")
            guest.tell("receive")
            guest.suite.check(f"{guest.name}: received", guest.hear(), f"later from {peer.words}")
            guest.tell("receive")
            peer.send("last", port, source(peer))
            guest.suite.check(f"{guest.name}: waits to receive", guest.hear(), f"last from {peer.words}")
        # Nobody listens there any more, which who has no connection is not told.
        for _ in range(3):
            guest.check("send to nobody", f"send {peer.words} x")
            guest.check("nothing comes of it", f"poll 20 {count}", "nothing")
        guest.check("mode", "mode nonblock")
        guest.check("no error", "receive", AGAIN)
        with Peer(port=peer.port) as peer:
            guest.check("to who listens again", f"send {peer.words} back")
            guest.suite.check(f"{guest.name}: arrives", peer.receive(), ("back", port))


def ahead(guest):
    """What polling has received is received next, once, however that is asked for."""
    guest.check("open", "open 4")
    for _ in range(20):
        guest.check("open", "open 4")
    guest.check("use", "use 1")
    with Peer() as peer, Peer() as other:
        port = acquaint(guest, peer)
        acquaint(guest, other)
        for text in ("short", "x" * 3000, "y" * 4000, "again", "", "short too"):
            peer.send(text, port, source(peer))
        for text in ("short", "x" * 3000, "y" * 4000, "again", "", "short too"):
            for count in (0, 20, 0):  # as a list, with a set, as a list
                guest.check("in any list", f"poll 10000 {count}", f"{len(text)} bytes of 1")
            guest.check("peeked at", "peek", text)
            guest.check("still", "poll 10000 20", f"{len(text)} bytes of 1")
            guest.check("received", "receive", f"{text} from {peer.words}")
        guest.check("nothing", "poll 1 0", "nothing")
        # Of one sender the order stays, whatever is asked meanwhile.
        for i in range(60):
            for who in (peer, other):
                who.send(str(i), port, source(peer))
        heard = {peer.words: [], other.words: []}
        for i in range(120):
            polled_bytes = guest(f"poll 10000 {20 * (i % 2)}") if i % 3 else None
            text, _, sender = guest("receive").partition(" from ")
            heard[sender].append(text)
            guest.suite.check(f"{guest.name}: what was polled", polled_bytes in (None, f"{len(text)} bytes of 1"), True)
        for sender, texts in heard.items():
            guest.suite.check(f"{guest.name}: in order", texts, [str(i) for i in range(60)])
        # By the other calls; and what was sent meanwhile changes nothing.
        for how in ("recv", "read"):
            peer.send(how, port, source(peer))
            guest.check("there", "poll 10000 0", f"{len(how)} bytes of 1")
            guest.check("send", f"send {other.words} meanwhile")
            guest.suite.check(f"{guest.name}: arrives", other.receive(), ("meanwhile", port))
            guest.check("received", how, how)
        # A server that polls, hears and answers, one after the other.
        for i in range(40):
            peer.send(f"question {i}", port, source(peer))
            guest.check("asked", "poll 10000 0", f"{len(f'question {i}')} bytes of 1")
            guest.check("heard", "receive", f"question {i} from {peer.words}")
            guest.check("answered", f"send {peer.words} {i}")
            guest.suite.check(f"{guest.name}: hears", peer.receive(), (str(i), port))
        # It stays when the socket is connected to somebody else.
        peer.send("before", port, source(peer))
        guest.check("there", "poll 10000 0", "6 bytes of 1")
        guest.check("connect", f"connect {other.words}")
        guest.check("still there", "poll 10000 0", "6 bytes of 1")
        guest.check("what came before", "receive", f"before from {peer.words}")
        guest.check("nothing", "poll 1 0", "nothing")


def connected(guest):
    """Connecting takes the twins away, but not what they have received."""
    with Peer() as peer, Peer() as other:
        guest.check("open", "open 4")
        port = acquaint(guest, peer)
        acquaint(guest, other)
        peer.send("before", port, source(peer))
        guest.check("connect", f"connect {other.words}")
        guest.check("what came before", "receive", f"before from {peer.words}")
        guest.check("mode", "mode nonblock")
        guest.check("nothing is left", "receive", AGAIN)
        guest.suite.check(f"{guest.name}: no twins", on_port(port), (1, 1))
        peer.send("too late", port, source(peer))
        other.send("of the peer", port, source(other))
        guest.check("the peer alone", "receive", f"of the peer from {other.words}")
        guest.check("the peer alone", "receive", AGAIN)
        for _ in range(3):
            guest.check("to another, all the same", f"send {peer.words} x")
        guest.suite.check(f"{guest.name}: no twins of a connected one", on_port(port), (1, 1))


def closed(guest):
    with Peer() as peer:
        guest.check("open", "open 4")
        port = acquaint(guest, peer)
        guest.check("close", "close")
        # The broker lets go of what it was asked about when it has answered.
        end = time.monotonic() + SECONDS
        while on_port(port) != (0, 0) and time.monotonic() < end:
            time.sleep(0.01)
        guest.suite.check(f"{guest.name}: the port is free", on_port(port), (0, 0))
        # Who shares the port gets no twins: the host says who of them receives what.
        guest.check("open", "open 4")
        guest.check("reuse", "reuse")
        port = acquaint(guest, peer)
        guest.check("send", f"send {peer.words} third")
        guest.suite.check(f"{guest.name}: a shared port", on_port(port), (1, 0))
        guest.check("close", "close")


def nobody_else_has_the_port(guest):
    """With the option that lets sockets share a port, too."""
    with Peer() as peer, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        guest.check("open", "open 4")
        port = acquaint(guest, peer)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        for address in ("0.0.0.0", source(peer)):
            try:
                other.bind((address, port))
                found = "bound"
            except OSError:
                found = "refused"
            guest.suite.check(f"{guest.name}: binding to its port", found, "refused")


def bound(guest):
    """A server: bound to one address, and peers that inbound rules are about."""
    with Peer() as peer, Peer(THERE) as stranger:
        guest.check("open", "open 4")
        port = int(guest(f"bind {HERE} 0"))
        for i in range(4):
            peer.send(str(i), port)
            guest.check("receives", "receive", f"{i} from {peer.words}")
            guest.check("answers", f"send {peer.words} {i}")
            guest.suite.check(f"{guest.name}: from its port", peer.receive(), (str(i), port))
        guest.suite.check(f"{guest.name}: by a twin", on_port(port), (2, 1))
        stranger.send("all peers may come", port)
        guest.check("others", "receive", f"all peers may come from {stranger.words}")


def version6(guest):
    with Peer("::1") as peer:
        guest.check("open", "open 6")
        port = acquaint(guest, peer)
        guest.suite.check(f"{guest.name}: by a twin", on_port(port), (2, 1))
        guest.tell(f"rally {peer.words} 20")
        for i in range(20):
            text, sender = peer.receive()
            peer.send(text, sender, source(peer))
        guest.suite.check(f"{guest.name}: over IPv6", guest.hear(), "errno 0")


def isolated(guest):
    """In a network of its own, a guest's sockets have twins as well."""
    guest.check("open", "open 4")
    port = int(guest("bind 127.0.0.1 0"))
    guest.check("open", "open 4")
    own = int(guest("bind 127.0.0.1 0"))
    for i in range(4):
        guest.check("send", f"send 127.0.0.1 {port} {i}")
        guest.check("the other", "use 0")
        guest.check("receives", "receive", f"{i} from 127.0.0.1 {own}")
        guest.check("answers", f"send 127.0.0.1 {own} {i}")
        guest.check("the one", "use 1")
        guest.check("hears", "receive", f"{i} from 127.0.0.1 {port}")
    if guest.name == "compiled":
        guest.suite.check("compiled: by twins", on_port(port, guest.process.pid), (2, 1))


PARTS = [
    (order, (), HERE), (calls, (), HERE), (many, (), HERE), (others, (), HERE), (polled, (), HERE), (ahead, (), HERE), (connected, (), HERE),
    (closed, (), HERE), (nobody_else_has_the_port, (), HERE), (bound, ("--allow-inbound", f"udp://{HERE}:*"), HERE),
    (bound, ("--allow-inbound", f"udp://{HERE}:*"), "192.0.2.1"), (version6, (), "[::1]"), (isolated, ("--isolate-network",), HERE),
]


def main():
    parser = argparse.ArgumentParser(description="datagrams to few and to many")
    parser.add_argument("--wasmc", required=True)
    options = parser.parse_args()
    suite = Checks(options.wasmc)
    if shutil.which("clang-22") is None or not Path(WASI_INCLUDE).is_dir():
        print("datagrams.py: left out: no clang-22 with WASI's headers")
        return suite.finish()
    with tempfile.TemporaryDirectory() as directory:
        module, executable = Path(directory, "datagrams.wasm"), Path(directory, "datagrams")
        subprocess.run(["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-nostdlibinc", "-isystem",
                        WASI_INCLUDE, "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", GUESTS / "datagrams.c",
                        GUESTS / "wasmedge2.c", "-o", module], check=True)
        subprocess.run([suite.wasmc, "build", "-O0", module, "-o", executable], check=True)
        for command in [str(executable)], [suite.wasmc, "run", "--interp", str(module)]:
            for part, grants, host in PARTS:
                with Guest(suite, command, grants, host) as guest:
                    part(guest)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
