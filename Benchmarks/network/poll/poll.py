#!/usr/bin/env python3
"""What a wake-up costs when one of many connections has something to say.

    poll.py [--wasmc PATH] [--quick] [--counts 10,1000,10000] [--rounds N]

README.md says how.
"""

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "common"))
import measure  # noqa: E402

WASI_INCLUDE = Path("/usr/include/wasm32-wasi")
NEEDED = ("clang-22 with wasi-libc, and a C compiler", "apt: clang-22 wasi-libc libclang-rt-22-dev-wasm32",
          measure.has_command("clang-22") and WASI_INCLUDE.exists())
WAKE_UPS = 2000
# Beside the connections.
OTHER_DESCRIPTORS = 64


@dataclass
class Contender:
    name: str
    command: list
    environment: dict


def raise_limit():
    """As many descriptors as this process may have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def imports_epoll(wasmc, folder):
    """Whether this compiler has epoll_oneoff."""
    module = folder / "epoll.wasm"
    measure.checked(compile_guest(module, ["-DEPOLL"]), "clang-22 for wasm32-wasi")
    return measure.run([wasmc, "build", module, "-o", folder / "guest"]).status == 0


def compile_guest(module, options):
    return measure.run(["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "-O2", "-nostdlibinc", "-isystem",
                        WASI_INCLUDE, *options, HERE / "server.c", "-o", module])


def build(wasmc, folder):
    native = folder / "native"
    measure.checked(measure.run(["clang-22", "-O2", HERE / "server.c", "-o", native]), "clang-22")
    kinds = [("poll_oneoff", "poll"), ("poll_oneoff, list that shifts", "shift")]
    if imports_epoll(wasmc, folder):
        kinds.insert(1, ("epoll_oneoff", "epoll"))
    else:
        measure.checked(compile_guest(folder / "plain.wasm", []), "clang-22 for wasm32-wasi")
        measure.checked(measure.run([wasmc, "build", folder / "plain.wasm", "-o", folder / "guest"]), "wasmc build")
    contenders = [Contender("native poll", [native, "poll"], {}), Contender("native epoll", [native, "epoll"], {})]
    for name, how in kinds:
        contenders.append(Contender(name, [folder / "guest", how], {"WASMC_GRANTS": "--listenfd --seal require"}))
    return contenders


def start(contender, count):
    """The server, with a listener as descriptor 3, and its connections."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(4096)
        address = listener.getsockname()
        passed = os.dup(listener.fileno())
    words = " ".join(f"'{word}'" for word in [*contender.command, count])
    command = ["sh", "-c", f"LISTEN_PID=$$ LISTEN_FDS=1 exec {words} 3<&{passed} {passed}<&-"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=contender.environment, pass_fds=[passed])
    os.close(passed)
    connections = [socket.create_connection(address) for _ in range(count)]
    if server.stdout.readline() != b"ready\n":
        raise SystemExit(f"{contender.name}: the server does not start")
    return server, connections


def cpu_us(process):
    """What the scheduler has counted, in nanoseconds."""
    return int(Path(f"/proc/{process.pid}/schedstat").read_text().split()[0]) / 1e3


def wake_up(connections, first, count):
    for i in range(first, first + count):
        connection = connections[i * 7919 % len(connections)]
        connection.send(b"x")
        if connection.recv(1) != b"x":
            raise SystemExit("another byte came back")


def measure_all(contenders, count, rounds, wake_ups):
    """Name -> CPU time of a wake-up in each round. All servers run, and are asked in turn."""
    results = {}
    for contender in contenders:
        server, connections = start(contender, count)
        wake_up(connections, 0, 100)
        samples = []
        for number in range(rounds):
            before = cpu_us(server)
            wake_up(connections, number * wake_ups, wake_ups)
            samples.append((cpu_us(server) - before) / wake_ups)
        for connection in connections:
            connection.close()
        if server.wait(60) != 0:
            raise SystemExit(f"{contender.name}: status {server.returncode}")
        results[contender.name] = samples
    return results


def main():
    parser = measure.parser("what a wake-up costs among many connections")
    parser.add_argument("--counts", default="10,1000,10000")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    if measure.missing(NEEDED):
        return
    limit = raise_limit()
    measure.print_machine()
    print("CPU time of the server for a wake-up with one of so many connections ready, its answer included, in "
          "microseconds: median (least)")
    with tempfile.TemporaryDirectory(prefix="wasmc-poll-") as folder:
        contenders = build(options.wasmc.resolve(), Path(folder))
        counts = [int(word) for word in options.counts.split(",")]
        possible = [count for count in counts if count + OTHER_DESCRIPTORS <= limit]
        if possible != counts:
            print(f"left out, as this process may have {limit} descriptors: {sorted(set(counts) - set(possible))}")
        rounds = options.rounds or (3 if options.quick else 7)
        rows = {contender.name: [contender.name] for contender in contenders}
        for count in possible:
            wake_ups = WAKE_UPS // 10 if options.quick else WAKE_UPS
            results = measure_all(contenders, count, rounds, wake_ups)
            for name, samples in results.items():
                rows[name].append(f"{statistics.median(samples):.1f} ({min(samples):.1f})")
        measure.print_table(["contender", *map(str, possible)], list(rows.values()))


if __name__ == "__main__":
    main()
