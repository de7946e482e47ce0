#!/usr/bin/env python3
"""Servers in C, Rust and Go on a socket that they were granted, compiled and interpreted.

    servers.py --wasmc WASMC

A toolchain that is missing is named in a line. Ends with the line `N passed, N failed`. Exit status: 0 when nothing
failed, 1 otherwise.
"""

import argparse
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks  # noqa: E402

HERE = Path(__file__).resolve().parent
GUESTS = HERE / "guests"
BODY = bytes(range(256)) * 400
CONNECTIONS = 40


def tool(*names):
    return next((found for name in names if (found := shutil.which(name))), None)


def compile_guests(folder):
    """The guests that can be compiled here: name, module, arguments, whether it serves many at a time."""
    built = []
    commands = [
        ("C", tool("clang-22"), ["--target=wasm32-wasi", "-Wno-deprecated", "--no-wasm-opt", "-nostdlibinc", "-isystem",
                                 "/usr/include/wasm32-wasi", "-D_GNU_SOURCE", "-O2", GUESTS / "server.c", "-o"], {}),
        ("Rust", tool("/usr/bin/rustc"), ["--target", "wasm32-wasi", "-O", GUESTS / "server.rs", "-o"], {}),
        ("Go", tool("go"), ["build", "-o"], {"GOOS": "wasip1", "GOARCH": "wasm"}),
    ]
    for language, compiler, options, variables in commands:
        module = folder / f"{language}.wasm"
        command = [compiler, *options, module] + ([GUESTS / "server.go"] if language == "Go" else [])
        if compiler is None or subprocess.run(command, env=os.environ | variables, capture_output=True).returncode != 0:
            print(f"servers.py: {language} is left out: no compiler for WASI")
            continue
        if language == "C":
            built += [(f"C, {how}", module, [how], False) for how in ("block", "poll", "clear")]
        else:
            built.append((language, module, [], language == "Go"))
    return built


def exchange(connection, body=BODY):
    connection.request("POST", "/echo", body)
    return connection.getresponse().read() == body


def talk(suite, name, port, serves_many):
    def connect():
        return http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    connection = connect()
    suite.holds(f"{name}: answers", exchange(connection))
    suite.holds(f"{name}: the connection stays", all(exchange(connection, BODY[:n]) for n in (1, 1000, len(BODY))))
    if serves_many:  # while the first connection is open
        others = [connect() for _ in range(CONNECTIONS)]
        for other in others:
            other.connect()
        suite.holds(f"{name}: many at once", all(exchange(other) for other in reversed(others + [connection])))
        for other in others:
            other.close()
    connection.close()
    answers = []
    clients = [threading.Thread(target=lambda: answers.append(exchange(connect()))) for _ in range(CONNECTIONS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    suite.holds(f"{name}: from many", answers == [True] * CONNECTIONS, answers)
    connection = connect()
    connection.request("GET", "/quit")
    suite.holds(f"{name}: the last", connection.getresponse().read() == b"bye")


def serve(suite, name, command, variables, port, serves_many, **options):
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, **options) as server:
        try:
            ready = server.stdout.readline()
            suite.holds(f"{name}: starts", ready == b"ready\n", ready)
            if ready:
                talk(suite, name, port, serves_many)
                suite.holds(f"{name}: ends", server.wait(30) == 0, server.returncode)
        except (OSError, http.client.HTTPException, subprocess.TimeoutExpired) as error:
            suite.holds(f"{name}: answers", False, repr(error))
        finally:
            server.kill()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_guest(suite, folder, name, module, arguments, serves_many):
    executable = folder / "server"
    subprocess.run([suite.wasmc, "build", "-O0", module, "-o", executable], check=True)
    port = free_port()
    grants = f"--tcplisten 127.0.0.1:{port}"
    serve(suite, f"{name}, compiled", [executable, *arguments], {"WASMC_GRANTS": grants}, port, serves_many)
    port = free_port()
    command = [suite.wasmc, "run", "--interp", "--tcplisten", f"127.0.0.1:{port}", module, *arguments]
    serve(suite, f"{name}, interpreted", command, {}, port, serves_many)
    with socket.socket() as listener:  # as systemd passes one
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        command = ["sh", "-c", f'exec 3<&{listener.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', "sh", executable,
                   *arguments]
        serve(suite, f"{name}, passed a socket", command, {"WASMC_GRANTS": "--listenfd --seal require"},
              listener.getsockname()[1], serves_many, pass_fds=[listener.fileno()])


def run_isolated(suite, folder, name, module, arguments, serves_many):
    """Two at a time, with one port each of their own networks, forwarded from two of this one."""
    executable = folder / "isolated"
    options = ["--isolate-network", "--tcplisten", "127.0.0.1:3000"]
    subprocess.run([suite.wasmc, "build", "-O0", *options, module, "-o", executable], check=True)
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode != 0 and \
            subprocess.run(["unshare", "-Un", "true"], capture_output=True).returncode != 0:
        print("servers.py: isolated servers are left out: this host has no network namespaces for this user")
        return
    for engine, command in [("compiled", [executable]), ("interpreted", [suite.wasmc, "run", "--interp", *options, module])]:
        port, other = free_port(), free_port()
        grants = f"--forward {port}:3000 --seal {'require' if engine == 'compiled' else 'auto'}"
        with subprocess.Popen([*command, *arguments], env={"WASMC_GRANTS": f"--forward {other}:3000"},
                              stdout=subprocess.PIPE) as beside:
            beside.stdout.readline()
            serve(suite, f"{name}, isolated, {engine}", [*command, *arguments], {"WASMC_GRANTS": grants}, port, serves_many)
            talk(suite, f"{name}, isolated beside it, {engine}", other, serves_many)
            suite.holds(f"{name}, isolated beside it, {engine}: ends", beside.wait(30) == 0, beside.returncode)


def main():
    parser = argparse.ArgumentParser(description="servers on granted sockets")
    parser.add_argument("--wasmc", required=True)
    suite = Checks(parser.parse_args().wasmc)
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        for name, module, arguments, serves_many in compile_guests(folder):
            run_guest(suite, folder, name, module, arguments, serves_many)
            if name == "C, poll":
                run_isolated(suite, folder, name, module, arguments, serves_many)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
