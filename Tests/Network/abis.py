#!/usr/bin/env python3
"""Guests of each socket ABI against real servers and clients on loopback, compiled and interpreted.

    abis.py --wasmc WASMC

The guests in C declare the imports themselves: WasmEdge's version 1 and 2, and WAMR's. Each serves and connects over
TCP and UDP, IPv4 and IPv6, blocking, non-blocking and polled. Ends with the line `N passed, N failed`.
"""

import argparse
import concurrent.futures
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

GUESTS = Path(__file__).resolve().parent / "guests"
WASI_INCLUDE = os.environ.get("WASI_INCLUDE", "/usr/include/wasm32-wasi")
ABIS = ("wasmedge1", "wasmedge2", "wamr")
RESOLVING = ("wasmedge2", "wamr")
UNIX = ("wasmedge2",)
MODES = ("block", "nonblock", "poll")
# An address of this test's own, that nothing else on the machine is bound to.
V4, V6 = "127.77.1.1", "::1"
SECONDS = 20
PIECES = [b"a", bytes(range(256)) * 20, b"z" * 65536]


class Guest:
    """A guest on an engine."""

    def __init__(self, suite, abi, engine, module, executable):
        self.suite = suite
        self.name = f"{abi}, {engine}"
        self.abi = abi
        self.is_compiled = engine == "compiled"
        self.module = module
        self.executable = executable

    def start(self, arguments, grants=(), **options):
        variables = environment(" ".join(grants))
        command = [self.executable]
        if not self.is_compiled:
            variables = environment()
            command = [self.suite.wasmc, "run", "--interp", *grants, self.module]
        return subprocess.Popen([*command, *map(str, arguments)], env=variables, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **options)

    def run(self, name, arguments, grants=(), expected="ok\n"):
        """A guest that ends by itself; its standard output and error."""
        with self.start(arguments, grants) as process:
            try:
                output, error = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                output, error = process.communicate()
        if expected is not None:
            self.suite.holds(f"{self.name}: {name}", process.returncode == 0 and output == expected,
                             f"status {process.returncode}, {output!r}, {error[-400:]!r}")
        return output, error


def compile_guest(folder, abi):
    module = folder / f"{abi}.wasm"
    defines = ["-DRESOLVES"] if abi in RESOLVING else []
    command = ["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-nostdlibinc", "-isystem",
               WASI_INCLUDE, "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", *defines, GUESTS / "guest.c",
               GUESTS / f"{abi}.c", "-o", module]
    subprocess.run(command, check=True)
    return module


# MARK: servers and clients of the test

def family_of(address):
    if "/" in str(address):
        return socket.AF_UNIX
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def in_url(address):
    return f"[{address}]" if ":" in address else address


def receive_all(connection):
    received = b""
    while part := connection.recv(65536):
        received += part
    return received


class EchoServer:
    """Echoes one connection, or datagrams until `close`."""

    def __init__(self, kind, address):
        self.socket = socket.socket(family_of(address), socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
        self.socket.bind(str(address) if self.socket.family == socket.AF_UNIX else (address, 0))
        self.socket.settimeout(SECONDS)
        self.port = self.socket.getsockname()[1]
        self.peer = None
        if kind == "tcp":
            self.socket.listen()
        self.thread = threading.Thread(target=self.serve_stream if kind == "tcp" else self.serve_datagrams)
        self.thread.start()

    def serve_stream(self):
        connection, self.peer = self.socket.accept()
        with connection:
            while part := connection.recv(3000):
                connection.sendall(part)

    def serve_datagrams(self):
        while True:
            datagram, peer = self.socket.recvfrom(65536)
            if datagram == b"close":
                return
            self.socket.sendto(datagram, peer)

    def close(self):
        if self.socket.type == socket.SOCK_DGRAM:
            with socket.socket(self.socket.family, socket.SOCK_DGRAM) as last:
                last.sendto(b"close", self.socket.getsockname())
        self.thread.join(SECONDS)
        self.socket.close()


def client_of(address, port):
    if family_of(address) != socket.AF_UNIX:
        return socket.create_connection((address, port), SECONDS, (address, 0))
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(SECONDS)
    client.connect(str(address))
    return client


def talk_to_stream(address, port):
    """What a client of a guest's server hears, its end included; and its own port."""
    with client_of(address, port) as client:
        own_port = client.getsockname()[1:2]
        heard = b""
        for piece in PIECES:
            client.sendall(piece)
            while len(heard) < sum(map(len, PIECES[:PIECES.index(piece) + 1])):
                heard += client.recv(65536)
        client.shutdown(socket.SHUT_WR)
        return heard + receive_all(client), own_port


def talk_to_datagrams(address, port):
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as client:
        client.bind((address, 0))
        client.settimeout(SECONDS)
        sent = [f"from {client.getsockname()[1]} {'y' * n}".encode() for n in (0, 1, 1400)] + [b"quit"]
        heard = []
        for datagram in sent:
            client.sendto(datagram, (address, port))
            heard.append(client.recvfrom(65536)[0])
        return sent, heard


# MARK: parts

def serve(guest, kind, address, mode):
    name = f"{guest.name}: serves {kind} on {address}, {mode}"
    # Answering takes no rule of its own.
    grants = ["--allow-inbound", f"{kind}://{in_url(address)}:*"]
    with guest.start(["serve", kind, address, mode], grants) as process:
        try:
            first = process.stdout.readline()
            if not first.startswith("port "):
                guest.suite.holds(name, False, f"{first!r}, {process.stderr.read()[-400:]!r}")
                return
            if kind == "tcp":
                heard, port = talk_to_stream(address, int(first[5:]))
                guest.suite.holds(f"{name}: echo", heard == b"".join(PIECES) + b"bye", len(heard))
                number = address if family_of(address) == socket.AF_INET else "0" * 31 + "1"
                expected = f"peer {number} {port[0]}\nok\n"
            else:
                sent, heard = talk_to_datagrams(address, int(first[5:]))
                guest.suite.check(f"{name}: echo", heard, sent)
                expected = "ok\n"
            output, error = process.communicate(timeout=SECONDS)
            guest.suite.holds(name, output == expected and process.returncode == 0 and not error,
                              f"status {process.returncode}, {output!r}, {error[-400:]!r}")
        except (OSError, subprocess.TimeoutExpired) as error:
            guest.suite.holds(name, False, repr(error))
        finally:
            process.kill()


def connect(guest, kind, address, mode):
    server = EchoServer(kind, address)
    name = f"connects by {kind} to {address}, {mode}"
    grants = ["--allow-outbound", f"{kind}://{in_url(address)}:{server.port}"]
    output, error = guest.run(name, ["connect", kind, address, server.port, mode], grants, None)
    server.close()
    lines = output.splitlines()
    guest.suite.holds(f"{guest.name}: {name}", lines[-1:] == ["ok"] and not error, f"{output!r}, {error[-400:]!r}")
    if kind == "tcp" and server.peer is not None and lines:
        guest.suite.check(f"{guest.name}: {name}: its own port", lines[0].split()[-1], str(server.peer[1]))


def serve_unix(guest, mode):
    """Below a granted directory, by the guest's name for it."""
    name = f"{guest.name}: serves on a path, {mode}"
    with tempfile.TemporaryDirectory() as directory:
        grants = ["--dir", f"{directory}::/run"]
        missing, _ = guest.run("", ["serve", "tcp", "/run/in/s", mode], grants, None)
        guest.suite.check(f"{name}, whose directory is missing", missing, "failed: bind: errno 44\n")
        with guest.start(["serve", "tcp", "/run/s", mode], grants) as process:
            try:
                first = process.stdout.readline()
                heard = talk_to_stream(Path(directory) / "s", 0)[0] if first == "port 0\n" else first
                guest.suite.holds(f"{name}: echo", heard == b"".join(PIECES) + b"bye", heard[:80])
                output, error = process.communicate(timeout=SECONDS)
                guest.suite.check(name, (process.returncode, output, error), (0, "peer unix: 0\nok\n", ""))
            except (OSError, subprocess.TimeoutExpired) as error:
                guest.suite.holds(name, False, repr(error))
            finally:
                process.kill()


def connect_unix(guest, mode):
    with tempfile.TemporaryDirectory() as directory:
        server = EchoServer("tcp", Path(directory) / "s")
        guest.run(f"connects to a path, {mode}", ["connect", "tcp", "/run/s", 0, mode],
                  # A path takes no more of the stack than it has bytes.
                  ["--dir", f"{directory}::/run", "--max-stack", "64KiB"], "local unix: 0\nok\n")
        server.close()


def exchange_unix(guest):
    name = f"{guest.name}: datagrams by paths"
    with tempfile.TemporaryDirectory() as directory, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as peer:
        peer.bind(f"{directory}/peer")
        peer.settimeout(SECONDS)
        with guest.start(["gram", "/run/peer", "/run/own"], ["--dir", f"{directory}::/run"]) as process:
            try:
                guest.suite.check(f"{name}: what comes", peer.recv(100), b"hello")
                peer.sendto(b"answer", f"{directory}/own")
                guest.suite.check(name, process.communicate(timeout=SECONDS), ("answer\nok\n", ""))
            except (OSError, subprocess.TimeoutExpired) as error:
                guest.suite.holds(name, False, repr(error))
            finally:
                process.kill()


def reset(guest):
    """A server whose connection ends as one that was reset."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(SECONDS)
        port = listener.getsockname()[1]

        def end():
            connection, _ = listener.accept()
            connection.recv(1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()

        server = threading.Thread(target=end)
        server.start()
        guest.run("a reset, and shutdowns", ["reset", port], ["--allow-outbound", f"tcp://127.0.0.1:{port}"])
        server.join(SECONDS)


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def calls(guest):
    port = unused_port()
    guest.run("errors and options", ["calls", port], [
        "--allow-inbound", "tcp://127.0.0.1:*", "--allow-inbound", "udp://127.0.0.1:*",
        "--allow-outbound", f"tcp://127.0.0.1:{port}", "--allow-outbound", "udp://127.0.0.1:*",
        "--allow-inbound", "udp://224.0.0.250:*"])


def denied(guest):
    """No packet comes to where none may."""
    for address in (V4, V6):
        family = family_of(address)
        with socket.socket(family) as stream, socket.socket(family, socket.SOCK_DGRAM) as datagrams:
            stream.bind((address, 0))
            port = stream.getsockname()[1]
            stream.listen()
            stream.setblocking(False)
            datagrams.bind((address, port))
            datagrams.setblocking(False)
            grants = ["--allow-outbound", f"tcp://{in_url(address)}:{port - 1}", "--allow-outbound",
                      "udp://192.0.2.1:*"]
            guest.run(f"what no rule admits, {address}", ["denied", address, port], grants)
            for what, call in (("a connection", stream.accept), ("a datagram", lambda: datagrams.recv(1))):
                try:
                    call()
                    came = True
                except BlockingIOError:
                    came = False
                guest.suite.check(f"{guest.name}: {what} to {address} does not come", came, False)
    output, error = guest.run("without a rule", ["calls", "9"], (), None)
    guest.suite.holds(f"{guest.name}: without a rule there is no socket", output == "failed: a stream: errno 2\n",
                      f"{output!r} {error!r}")


def trace(guest):
    """Addresses are shown as people write them."""
    server = EchoServer("tcp", V6)
    grants = ["--trace-wasi", "--allow-outbound", f"tcp://[::1]:{server.port}"]
    _, error = guest.run("trace", ["connect", "tcp", V6, server.port, "block"], grants, None)
    server.close()
    remote = "sock_addr_remote" if guest.abi == "wamr" else "sock_getpeeraddr"
    for line in (f"sock_connect(fd=3, address=[::1]:{server.port}) = success",
                 f"{remote}(fd=3) = success, address=[::1]:{server.port}"):
        guest.suite.holds(f"{guest.name}: trace: {line.split('(')[0]}", f"{line}\n" in error, error[-600:])


def resolve(guest):
    def found(host, service, grants=()):
        return guest.run("", ["resolve", host, service], ["--allow-outbound", "tcp://127.0.0.1:1", *grants], None)[0]

    guest.suite.check(f"{guest.name}: an address", found("127.1.2.3", "8080"), "errno 0\nfound 127.1.2.3 8080\nok\n")
    guest.suite.check(f"{guest.name}: an address of IPv6", found("::1", "443"),
                      f"errno 0\nfound {'0' * 31}1 443\nok\n")
    guest.suite.check(f"{guest.name}: a name that is not allowed", found("localhost", "80"), "errno 2\nok\n")
    guest.suite.holds(f"{guest.name}: a name that is allowed",
                      "found 127.0.0.1 80\n" in found("localhost", "80", ["--allow-resolve", "localhost"]))
    error = 84 if guest.abi == "wasmedge2" else 28
    guest.suite.check(f"{guest.name}: no address at all", found("", ""), f"errno {error}\nok\n")


def jobs_of(guest):
    jobs = [(calls, guest), (denied, guest), (trace, guest), (reset, guest)]
    if guest.abi in RESOLVING:
        jobs.append((resolve, guest))
    if guest.abi in UNIX:
        jobs.append((exchange_unix, guest))
        jobs += [(part, guest, mode) for mode in MODES for part in (serve_unix, connect_unix)]
    for kind in ("tcp", "udp"):
        for address in (V4, V6):
            for mode in MODES:
                jobs += [(serve, guest, kind, address, mode), (connect, guest, kind, address, mode)]
    return jobs


def main():
    parser = argparse.ArgumentParser(description="guests of each socket ABI")
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    suite = Checks(options.wasmc)
    if shutil.which("clang-22") is None or not Path(WASI_INCLUDE).is_dir():
        print("abis.py: left out: no clang-22 with WASI's headers")
        return suite.finish()
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        guests = []
        for abi in ABIS:
            module = compile_guest(folder, abi)
            executable = folder / abi
            subprocess.run([suite.wasmc, "build", "-O0", module, "-o", executable], check=True)
            guests += [Guest(suite, abi, engine, module, executable) for engine in ("compiled", "interpreted")]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            done = [pool.submit(*job) for guest in guests for job in jobs_of(guest)]
            for result in done:
                result.result()
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
