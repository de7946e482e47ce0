#!/usr/bin/env python3
"""Guests of each socket ABI in networks of their own, with forwards and rules, compiled and interpreted.

    isolation.py --wasmc WASMC

What isolates and forwards is tested in runtime-c/tests/network. Ends with the line `N passed, N failed`.
"""

import argparse
import os
import re
import socket
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
SECONDS = 20
NOBODY = 65534
BODY = bytes(range(256)) * 2000


def can_isolate():
    for option in "-n", "-Un":
        if subprocess.run(["unshare", option, "true"], capture_output=True).returncode == 0:
            return True
    return False


def build(suite, folder, abi):
    """The module, and an executable that is isolated."""
    module, executable = folder / f"{abi}.wasm", folder / abi
    command = ["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-nostdlibinc", "-isystem",
               WASI_INCLUDE, "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", GUESTS / "isolated.c", GUESTS / f"{abi}.c"]
    if abi != "wasmedge1":
        command.append("-DRESOLVES")
    subprocess.run([*command, "-o", module], check=True)
    subprocess.run([suite.wasmc, "build", "-O0", "--isolate-network", module, "-o", executable], check=True)
    return module, executable


def start(command, grants, arguments, **options):
    return subprocess.Popen([*command, *map(str, arguments)], env=environment(" ".join(grants)), stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, **options)


def start_server(command, grants, family, datagrams, **options):
    """A server behind two forwards, and their ports."""
    server = start(command, [*grants, "--forward 0:80", "--forward 0:81/udp"], ["serve", family, 80, datagrams], **options)
    ports = []
    for what in "80", "81/udp":
        told = re.fullmatch(rf"wasmc: forwarding 127\.0\.0\.1:(\d+) to {what}\n", server.stderr.readline())
        ports.append(int(told[1]) if told else 0)
    return server, ports


def echo(port):
    """All of a connection that this side ends first."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        sender = threading.Thread(target=lambda: (connection.sendall(BODY), connection.shutdown(socket.SHUT_WR)))
        sender.start()
        received = b""
        while part := connection.recv(65536):
            received += part
        sender.join()
        return received == BODY


def echo_datagram(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(SECONDS)
        client.connect(("127.0.0.1", port))
        client.send(b"datagram")
        return client.recv(100)


def serve(suite, name, command, grants, datagrams, **options):
    """Two with one port each, at once."""
    servers = [start_server(command, grants, family, datagrams, **options) for family in ("v4", "v6")]
    for (server, (port, udp_port)), family in zip(servers, ("v4", "v6")):
        try:
            # Before it is known whether it listens: whoever comes waits.
            suite.holds(f"{name}: a connection to {family}", echo(port))
            for _ in range(datagrams):
                suite.check(f"{name}: a datagram to {family}", echo_datagram(udp_port), b"datagram")
            output, error = server.communicate(timeout=SECONDS)
            suite.check(f"{name}: ends, {family}", (server.returncode, output, error), (0, "ready\n", ""))
        except (OSError, subprocess.TimeoutExpired) as error:
            suite.holds(f"{name}: {family}", False, repr(error))
        finally:
            server.kill()
            server.communicate()


def address_of_host():
    """One of this host's that is not its loopback, which every network has for itself; None: there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return probe.getsockname()[0]


def reach(suite, name, command, grants, **options):
    """What is outside is reached by a rule only."""
    host = address_of_host()
    with socket.socket() as listener:
        listener.bind((host or "127.77.2.1", 0))
        listener.listen()
        listener.settimeout(0)
        port = listener.getsockname()[1]
        for address in listener.getsockname()[0], "192.0.2.1":
            output, error = start(command, grants, ["reach", address, port], **options).communicate(timeout=SECONDS)
            suite.holds(f"{name}: {address} is not there", output.strip() not in ("", "0"), output + error)
        try:
            listener.accept()
            suite.holds(f"{name}: nobody comes", False)
        except BlockingIOError:
            suite.holds(f"{name}: nobody comes", True)
        if host is None:
            print(f"{name}: rules are left out: this host has its loopback only")
            return
        rule = f"--allow-outbound tcp://{host}:{port}"
        output, error = start(command, [*grants, rule], ["reach", host, port], **options).communicate(timeout=SECONDS)
        suite.check(f"{name}: by a rule it is", (output, error), ("0\n", ""))
        listener.settimeout(1)
        try:
            listener.accept()[0].close()
        except TimeoutError:
            suite.holds(f"{name}: and comes", False)


def run(suite, folder, abi):
    module, executable = build(suite, folder, abi)
    engines = [("compiled", [executable], ["--isolate-network", "--seal require"], {}),
               ("interpreted", [suite.wasmc, "run", "--interp", "--isolate-network", module], [], {})]
    if os.geteuid() == 0:
        engines.append(("compiled, as nobody", [executable], [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}))
    for engine, command, grants, options in engines:
        # WasmEdge's version 1 does not tell which port a datagram came from.
        serve(suite, f"{abi}, {engine}", command, grants, 0 if abi == "wasmedge1" else 2, **options)
        reach(suite, f"{abi}, {engine}", command, grants, **options)


def main():
    parser = argparse.ArgumentParser(description="guests in networks of their own")
    parser.add_argument("--wasmc", required=True)
    suite = Checks(parser.parse_args().wasmc)
    if not can_isolate():
        print("isolation.py: left out: this user has no network namespaces here")
    else:
        with tempfile.TemporaryDirectory(prefix="wasmc-isolation-") as name:
            os.chmod(name, 0o755)
            for abi in ABIS:
                run(suite, Path(name), abi)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
