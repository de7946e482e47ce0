#!/usr/bin/env python3
"""What a guest may reach: the rows of policy.def, on both engines, with somebody at each address who notices what comes.

    policy.py --wasmc WASMC

The rows of one set of rules are one start of guests/told.c. Ends with the line `N passed, N failed`.
"""

import argparse
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "common"), str(HERE.parents[1] / "runtime-c/tests/network")]

import dns_server  # noqa: E402
from abis import WASI_INCLUDE, GUESTS  # noqa: E402
from checks import Checks, environment  # noqa: E402
from guest import ACCES, AGAIN, CONNREFUSED, NONBLOCK, Guest, pack_address  # noqa: E402

def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


HAS_IPV6 = has_ipv6()
PEERS = ["127.77.2.1", "127.77.2.2", "127.77.2.129", "127.77.3.1", "127.0.0.1", *(["::1"] if HAS_IPV6 else [])]
KINDS = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}


class Peers:
    """Who listens, at three ports in a row of each address."""

    def __init__(self):
        while True:
            with socket.socket() as probe:
                probe.bind(("127.77.2.1", 0))
                self.first = probe.getsockname()[1]
            try:
                self.sockets = {}
                for address in PEERS:
                    for port in range(self.first, self.first + 3):
                        for name, kind in KINDS.items():
                            self.add(name, kind, address, port)
                return
            except OSError:
                for peer in self.sockets:
                    peer.close()

    def add(self, name, kind, address, port):
        peer = socket.socket(pack_address(address)[0], kind)
        self.sockets[peer] = (name, address, port)
        peer.bind((address, port))
        if kind == socket.SOCK_STREAM:
            peer.listen(64)

    def took(self):
        """Who noticed something since this was asked before."""
        noticed = []
        while ready := select.select(list(self.sockets), [], [], 0)[0]:
            for peer in ready:
                noticed.append(self.sockets[peer])
                if peer.type == socket.SOCK_STREAM:
                    peer.accept()[0].close()
                else:
                    peer.recv(65536)
        return noticed


def free_port():
    with socket.socket() as probe:
        probe.bind(("0.0.0.0", 0))
        return probe.getsockname()[1]


def canonical(address):
    """Where a packet to an address comes."""
    if address.startswith("::") and "." in address:
        address = address.rpartition(":")[2]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)


class Engine(Guest):
    """told.c on an engine."""

    def __init__(self, suite, engine, rules):
        before = []
        if engine == "interp":
            before = [suite.wasmc, "run", "--interp", *rules.split()]
        self.rules = rules
        program = suite.module if before else suite.executable
        self.process = subprocess.Popen([*before, program], env=environment(None if before else rules), bufsize=0,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def read_table():
    """Rules, and the rows of each."""
    groups = []
    for line in (HERE / "policy.def").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            groups[-1][1].append(line.split())
        else:
            groups.append((line, []))
    return groups


class Suite(Checks):
    def __init__(self, wasmc):
        super().__init__(wasmc)
        self.peers = Peers()
        first = self.peers.first
        self.ports = {"P": first, "Q": first + 1, "R": first + 2, "F": free_port(), "G": free_port(), "0": 0}

    def build(self, folder):
        self.module, self.executable = str(folder / "told.wasm"), str(folder / "told")
        subprocess.run(["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-nostdlibinc", "-isystem",
                        WASI_INCLUDE, "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", GUESTS / "told.c",
                        GUESTS / "wasmedge2.c", "-o", self.module], check=True)
        subprocess.run([self.wasmc, "build", self.module, "-o", self.executable], check=True)

    # --- rows ---------------------------------------------------------------------------------------

    def reach(self, guest, name, call, address, port, verdict):
        """Goes out."""
        kind = KINDS[call[:3]]
        family = socket.AF_INET6 if call.endswith("6") or ":" in address else socket.AF_INET
        fd = guest.do("open", family=family, a=kind)
        if fd.error != 0:
            self.holds(name, verdict == "no" and fd.error == ACCES, f"open: {fd.error}")
            return
        to = (address, self.ports[port])
        if call.startswith("udp") and call != "udpc":
            error = guest.do("send_to", fd.value, address=to, payload=b"datagram").error
        else:
            error = guest.do("connect", fd.value, address=to).error
        if call == "udpc" and error == 0:
            error = guest.do("send_to", fd.value, address=to, payload=b"datagram").error
        noticed = self.peers.took()
        arrives = [(call[:3], canonical(address), self.ports[port])]
        nobody = [CONNREFUSED] if kind == socket.SOCK_STREAM else [0]
        expected = {"yes": ([0], arrives), "no": ([ACCES], []), "none": (nobody, [])}[verdict]
        self.holds(name, error in expected[0] and noticed == expected[1], f"errno {error}, {noticed}")
        guest.do("close", fd.value)

    def bind(self, guest, name, call, address, port, verdict):
        fd = guest.do("open", family=pack_address(address)[0], a=KINDS[call])
        error = fd.error
        if error == 0:
            error = guest.do("bind", fd.value, address=(address, self.ports[port])).error
        if error == 0 and call == "tcp":
            error = guest.do("listen", fd.value, a=8).error
        self.holds(name, error == (0 if verdict == "yes" else ACCES), f"errno {error}")
        if verdict == "no" and port != "0" and call == "tcp":
            self.holds(f"{name}: nobody listens", not is_heard(canonical(address), self.ports[port]))
        if fd.error == 0:
            guest.do("close", fd.value)

    def listen(self, guest, name, family, verdict):
        fd = guest.do("open", family={"4": socket.AF_INET, "6": socket.AF_INET6}[family], a=socket.SOCK_STREAM)
        error = fd.error or guest.do("listen", fd.value, a=8).error
        self.holds(name, error == (0 if verdict == "yes" else ACCES), f"errno {error}")
        if fd.error == 0:
            guest.do("close", fd.value)

    def come(self, guest, name, call, local, peer, verdict):
        """Somebody comes from an address."""
        port = self.ports["F"]
        fd = guest.do("open", family=pack_address(local)[0], a=KINDS[call]).value
        error = guest.do("bind", fd, address=(local, port)).error
        if call == "tcp":
            error = error or guest.do("listen", fd, a=8).error
        self.holds(f"{name}: bound", error == 0, f"errno {error}")
        with socket.socket(socket.AF_INET, KINDS[call]) as client:
            client.settimeout(20)
            if call == "tcp":
                # Ends with a reset, so that the port can be bound again at once.
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.bind((peer, 0))
            client.connect(("127.0.0.1" if local == "::" else canonical(local), port))
            if verdict == "no" and call == "tcp":
                # Who may not come is closed, and then nobody is there.
                try:
                    self.holds(f"{name}: closed", client.recv(1) == b"")
                except ConnectionResetError:
                    pass
            elif call == "udp":
                client.send(b"datagram")
            if verdict == "no":
                guest.do("set_flags", fd, a=NONBLOCK)
            done = guest.do("accept" if call == "tcp" else "receive", fd)
            found = (done.error, (done.host or "").rpartition(":")[2]) if verdict == "yes" else (done.error, "")
            self.check(name, found, (0, peer) if verdict == "yes" else (AGAIN, ""))
        if done.error == 0 and call == "tcp":
            guest.do("close", done.value)
        guest.do("close", fd)

    def run_group(self, engine, rules, rows):
        words = "" if rules == "none" else rules.format(**self.ports)
        with Engine(self, engine, words) as guest:
            for row in rows:
                if not HAS_IPV6 and (":" in " ".join(row) or "6" in row[0] + row[1]):
                    continue
                name = f"{engine}: {rules}: {' '.join(row)}"
                if row[0] == "bind":
                    self.bind(guest, name, *row[1:])
                elif row[0] == "listen":
                    self.listen(guest, name, *row[1:])
                elif row[0] == "from":
                    self.come(guest, name, *row[1:])
                else:
                    self.reach(guest, name, *row)

    # --- names --------------------------------------------------------------------------------------

    def admits(self, guest, address, port=80):
        """Whether a stream may go to an address where nobody is."""
        fd = guest.do("open", family=pack_address(address)[0], a=socket.SOCK_STREAM).value
        guest.do("set_flags", fd, a=NONBLOCK)
        error = guest.do("connect", fd, address=(address, port)).error
        guest.do("close", fd)
        return error != ACCES

    def names(self, engine, folder):
        a, cname = dns_server.A, dns_server.CNAME
        answers = {"app.test": [(a, 300, "192.0.2.50")], "brief.test": [(a, 2, "192.0.2.51")],
                   "other.test": [(a, 300, "192.0.2.52")], "inner.test": [(a, 300, "127.77.2.1"), (a, 300, "192.0.2.53")],
                   "meta.test": [(a, 300, "169.254.169.254")], "alias.test": [(cname, 300, "elsewhere.test")],
                   "elsewhere.test": [(a, 300, "192.0.2.54")], "rebind.test": [(a, 300, "192.0.2.55")]}
        dns_server.RECORDS.update(answers)
        hosts = " ".join(f"--allow-outbound tcp://{name}:80 --allow-resolve {name}"
                         for name in ["app.test", "brief.test", "inner.test", "meta.test", "alias.test", "rebind.test"])
        port = self.peers.first
        with dns_server.Server("127.0.0.1") as server:
            conf = folder / "resolv.conf"
            conf.write_text(f"nameserver [127.0.0.1]:{server.port}\n")
            rules = f"{hosts} --allow-outbound tcp://inner.test:{port} --resolv-conf {conf}"
            with Engine(self, engine, rules) as guest:
                def resolve(name):
                    return guest.do("resolve", payload=name.encode())

                def row(name, found, expected):
                    self.check(f"{engine}: names: {name}", found, expected)

                row("before it was asked", self.admits(guest, "192.0.2.50"), False)
                row("asked", resolve("app.test").error, 0)
                row("answered", self.admits(guest, "192.0.2.50"), True)
                row("answered, mapped", not HAS_IPV6 or self.admits(guest, "::ffff:192.0.2.50"), True)
                row("another port", self.admits(guest, "192.0.2.50", 81), False)
                row("a neighbour", self.admits(guest, "192.0.2.49"), False)
                row("another name", resolve("other.test").error != 0, True)
                row("another name's address", self.admits(guest, "192.0.2.52"), False)
                row("nobody was asked", "other.test" in [query.name for query in server.seen], False)
                row("redirected", resolve("alias.test").error, 0)
                row("the address behind it", self.admits(guest, "192.0.2.54"), True)
                row("its name", resolve("elsewhere.test").error != 0, True)
                row("loopback among others", resolve("inner.test").error, 0)
                row("the others", self.admits(guest, "192.0.2.53"), True)
                row("loopback", self.admits(guest, "127.77.2.1", port), False)
                row("metadata", (resolve("meta.test").error, self.admits(guest, "169.254.169.254")), (0, False))
                # Another answer later: the first holds as long as it was to live, and the new one is loopback.
                row("first", (resolve("rebind.test").error, self.admits(guest, "192.0.2.55")), (0, True))
                dns_server.RECORDS["rebind.test"] = [(a, 300, "127.0.0.1")]
                resolve("rebind.test")
                row("rebound", self.admits(guest, "127.0.0.1"), False)
                # However slow this machine is: once it is admitted, and then no more.
                row("alive", any(resolve("brief.test").error == 0 and self.admits(guest, "192.0.2.51")
                                 for _ in range(20)), True)
                end = time.monotonic() + 20
                while self.admits(guest, "192.0.2.51") and time.monotonic() < end:
                    time.sleep(0.1)
                row("over", self.admits(guest, "192.0.2.51"), False)
                row("nothing came", self.peers.took(), [])


def is_heard(address, port):
    with socket.socket(pack_address(address)[0]) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return client.connect_ex((address, port)) == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wasmc", required=True)
    suite = Suite(parser.parse_args().wasmc)
    groups = read_table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        suite.build(folder)
        suite.check("at least 200 rows", sum(len(rows) for _, rows in groups) >= 200, True)
        for engine in ("compiled", "interp"):
            for rules, rows in groups:
                suite.run_group(engine, rules, rows)
            suite.names(engine, folder)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
