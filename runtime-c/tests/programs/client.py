#!/usr/bin/env python3
"""Talks to ./server over loopback: with a socket that the server opens itself, and with one that it is handed."""

import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time

SEALS = ["require", "off"] if sys.argv[1:] == ["require"] else ["auto", "off"]


def free_port(family, host):
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def talk(address):
    """One connection: what was sent comes back changed, and the end of sending ends it."""
    sent = b"Hello" * 3000
    with socket.create_connection(address, timeout=20) as connection:
        for start in range(0, len(sent), 1000):
            part = sent[start:start + 1000]
            connection.sendall(part)
            received = b""
            while len(received) < len(part):
                received += connection.recv(4096)
            assert received == part.swapcase(), received
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""


def serve(grants, address, **options):
    environment = {"WASMC_GRANTS": grants} | options.pop("environment", {})
    command = options.pop("command", ["./server"])
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, **options) as server:
        output = b""
        while not output.endswith(b"!"):
            byte = server.stdout.read(1)
            assert byte, f"the server ended: {grants}"
            output += byte
        talk(address)
        talk(address)
        assert server.wait(20) == 0, (grants, server.returncode)
    return output.decode().removesuffix("!")


def run(seal):
    port = free_port(socket.AF_INET, "127.0.0.1")
    address = ("127.0.0.1", port)
    names = serve(f"--seal {seal} --dir .::/a --tcplisten 127.0.0.1:{port} --dir /::/b::ro", address)
    assert names == "/a\n/b\n", names
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        if listener.fileno() != 3:
            os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        command = ["sh", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 exec ./server']
        names = serve(f"--seal {seal} --listenfd --dir .::/a", listener.getsockname(), command=command, pass_fds=[3])
        assert names == "/a\n", names
    if socket.has_ipv6:
        try:
            port = free_port(socket.AF_INET6, "::1")
        except OSError:
            return
        serve(f"--seal {seal} --tcplisten [::1]:{port}", ("::1", port))


def serve_isolated(seal):
    """Two at once, each with the port 8080 of its own network, reached by ports of this one."""
    servers = []
    try:
        free_port(socket.AF_INET6, "::1")
        second, address = "[::1]:0:8080", "::1"
    except OSError:
        second, address = "127.0.0.2:0:8080", "127.0.0.2"
    for _ in range(2):
        grants = f"--seal {seal} --isolate-network --forward 0:8080 --forward {second} --tcplisten 127.0.0.1:8080"
        server = subprocess.Popen(["./server-isolated"], env={"WASMC_GRANTS": grants}, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
        told = [server.stderr.readline(), server.stderr.readline()]
        if told[0].startswith("wasmc: --isolate-network: "):
            print(f"left out: {told[0].strip()}")
            return
        assert server.stdout.read(1) == "!", seal  # it has seen that nobody had connected yet
        servers.append((server, [int(line.split()[2].rpartition(":")[2]) for line in told]))
    for server, (port, other) in servers:
        talk(("127.0.0.1", port))
        talk((address, other))
    for server, _ in servers:
        assert server.wait(20) == 0, (seal, server.returncode)
        assert server.communicate() == ("", ""), "output"


def crowd(seal):
    """More connections at once than the soft limit on descriptors, one after the other and all together."""
    count = 300
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    def lower():
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))

    environment = {"WASMC_GRANTS": f"--seal {seal} --tcplisten 127.0.0.1:{port}"}
    with subprocess.Popen(["./crowd"], env=environment, preexec_fn=lower) as server:
        connections = [connect_patiently(("127.0.0.1", port)) for _ in range(count)]
        for i in range(200):
            talk_once(connections[i * 37 % count], b"one%d" % i)
        for i, connection in enumerate(connections):
            connection.sendall(b"all%d" % i)
        for i, connection in enumerate(connections):
            word = b"all%d" % i
            assert connection.recv(64) == word
        for connection in connections[::2] + connections[1::2]:
            connection.close()
        assert server.wait(20) == 0, (seal, server.returncode)


def connect_patiently(address):
    for _ in range(1000):
        try:
            return socket.create_connection(address, timeout=20)
        except ConnectionRefusedError:
            time.sleep(0.01)
    raise AssertionError("nobody listens")


def talk_once(connection, word):
    connection.sendall(word)
    assert connection.recv(64) == word


def serve_unisolated():
    """A program that was built without isolation does not start with it."""
    for grants in "--isolate-network", "--forward 0:8080", "--isolate-network --forward 0:8080":
        done = subprocess.run(["./server"], env={"WASMC_GRANTS": f"{grants} --tcplisten 127.0.0.1:0"}, capture_output=True,
                              text=True, timeout=20)
        assert done.returncode == 125 and "build it with --isolate-network" in done.stderr, (grants, done)


def connect_from_listener(export, seal):
    """A program that has broken out uses the socket that it was granted, which listens, to connect to another port.

    Returns its exit status and whether somebody connected."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(5)
        grants = f"--seal {seal} --invoke {export} --tcplisten 127.0.0.1:0"
        command = ["./attack-all", str(listener.getsockname()[1])]
        status = subprocess.run(command, env={"WASMC_GRANTS": grants}, capture_output=True, timeout=20).returncode
        if status < 0:
            listener.settimeout(0)
        try:
            listener.accept()[0].close()
        except (BlockingIOError, TimeoutError):
            return status, False
        return status, True


for mode in SEALS:
    run(mode)
    serve_isolated(mode)
    crowd(mode)
serve_unisolated()
for attack in ["connect_by_message", "connect_by_address"]:
    result = connect_from_listener(attack, SEALS[0])
    assert result == (-signal.SIGSYS, False), (attack, result)
    # Unsealed it works, so that it is one; unless the host does not have it at all.
    result = connect_from_listener(attack, "off")
    assert result[1] or result == (errno.EOPNOTSUPP, False), (attack, result)
