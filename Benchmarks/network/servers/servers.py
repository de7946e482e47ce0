#!/usr/bin/env python3
"""What sockets cost a guest beside native code; README.md says how.

    servers.py [--wasmc PATH] [--quick] [--connections N]
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "common"))
import measure  # noqa: E402

WASI_INCLUDE = Path("/usr/include/wasm32-wasi")
INSIDE = 3000
LOOPBACK = "127.0.0.1"


@dataclass
class Rate:
    per_second: float
    p50_us: float
    p99_us: float
    cpu_us: float  # of all processes of the server, for each request


@dataclass
class Speed:
    per_second: float


@dataclass
class Start:
    wall_ms: float


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def children(process):
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def cpu_us(process):
    """By the scheduler's count, of a process and those that it has beside it."""
    return sum(int(Path(f"/proc/{member}/schedstat").read_text().split()[0])
               for member in [process, *children(process)]) / 1e3


class Server:
    """A server that runs until the stack is left."""

    def __init__(self, stack, command, grants=""):
        self.process = stack.enter_context(subprocess.Popen(
            list(map(str, command)), env={"WASMC_GRANTS": grants}, stdout=subprocess.PIPE, text=True))
        stack.callback(self.process.kill)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit(f"{command} does not start")

    def rate(self, load, kind, port, connections, milliseconds):
        before = cpu_us(self.process.pid)
        done = measure.checked(measure.run([load, kind, port, connections, milliseconds]), f"load {kind}")
        count, *figures = map(float, done.stdout.split())
        return Rate(*figures, (cpu_us(self.process.pid) - before) / count)


def build(wasmc, folder):
    native, load, module, guest = (folder / name for name in ("native", "load", "server.wasm", "guest"))
    for source, output in (("server.c", native), ("load.c", load)):
        measure.checked(measure.run(["clang-22", "-D_GNU_SOURCE", "-O2", HERE / source, "-o", output]), "clang-22")
    measure.checked(measure.run(["clang-22", "--target=wasm32-wasi", "-Wno-deprecated", "-O2", "-nostdlibinc", "-isystem",
                                 WASI_INCLUDE, HERE / "server.c", "-o", module]), "clang-22 for wasm32-wasi")
    measure.checked(measure.run([wasmc, "build", module, "-o", guest]), "wasmc build")
    return native, load, guest


def servers(stack, native, guest, kind, how):
    """Name -> a server and the port on which it is asked."""
    is_datagrams = kind == "udp"
    protocol = "udp" if is_datagrams else "tcp"

    def port():
        return free_port(socket.SOCK_DGRAM if is_datagrams else socket.SOCK_STREAM)

    ports = [port() for _ in range(3)]
    rules = f"--allow-inbound {protocol}://{LOOPBACK}:{ports[1]} --seal require"
    forward = f"--isolate-network --forward {ports[2]}:{INSIDE}{'/udp' if is_datagrams else ''} --seal require"
    return {
        "native": (Server(stack, [native, kind, how, ports[0]]), ports[0]),
        "guest": (Server(stack, [guest, kind, how, ports[1]], rules), ports[1]),
        "forward": (Server(stack, [guest, kind, how, INSIDE], forward), ports[2]),
    }


def row_of(title, rates, name):
    ours, native = rates[name], rates["native"]
    low, high = measure.ratio_range(ours, native, "per_second")
    return [title, f"{measure.median(native, 'per_second'):.0f}", f"{measure.median(ours, 'per_second'):.0f}",
            f"{measure.ratio(ours, native, 'per_second'):.2f}", f"{low:.2f}-{high:.2f}",
            f"{measure.median(native, 'p50_us'):.0f}/{measure.median(ours, 'p50_us'):.0f}",
            f"{measure.median(native, 'p99_us'):.0f}/{measure.median(ours, 'p99_us'):.0f}",
            f"{measure.median(native, 'cpu_us'):.1f}/{measure.median(ours, 'cpu_us'):.1f}",
            f"{measure.ratio(ours, native, 'cpu_us'):.2f}"]


def measure_servers(native, load, guest, options):
    rows = []
    milliseconds, rounds = (200, 3) if options.quick else (700, 9)
    for kind, connections in (("echo", options.connections), ("http", options.connections), ("udp", 4)):
        for how in ("poll", "epoll"):
            with ExitStack() as stack:
                found = servers(stack, native, guest, kind, how)
                rates = measure.in_turn(
                    {name: lambda server=server, port=port: server.rate(load, kind, port, connections, milliseconds)
                     for name, (server, port) in found.items()}, rounds)
            rows.append(row_of(f"{kind}, {how}", rates, "guest"))
            rows.append(row_of(f"{kind}, {how}, through --forward", rates, "forward"))
    measure.print_table(["requests", "native, 1/s", "guest, 1/s", "ratio", "range", "p50, µs", "p99, µs", "CPU, µs",
                         "ratio"], rows)


def speed(command, grants):
    return Speed(float(measure.checked(measure.run(command, env={"WASMC_GRANTS": grants}), str(command[1])).stdout))


def measure_clients(native, load, guest, options):
    rows = []
    count, rounds = (2_000, 3) if options.quick else (10_000, 9)
    for title, kind, server, protocol in (("datagrams and answers", "ask", "answer", "udp"),
                                          ("connections", "connect", "accept", "tcp")):
        with ExitStack() as stack:
            port = free_port(socket.SOCK_DGRAM if protocol == "udp" else socket.SOCK_STREAM)
            Server(stack, [load, server, port])
            grants = f"--allow-outbound {protocol}://{LOOPBACK}:{port} --seal require"
            speeds = measure.in_turn({name: lambda program=program: speed([program, kind, port, count], grants)
                                      for name, program in (("native", native), ("guest", guest))}, rounds)
        low, high = measure.ratio_range(speeds["guest"], speeds["native"], "per_second")
        rows.append([title, f"{measure.median(speeds['native'], 'per_second'):.0f}",
                     f"{measure.median(speeds['guest'], 'per_second'):.0f}",
                     f"{measure.ratio(speeds['guest'], speeds['native'], 'per_second'):.2f}", f"{low:.2f}-{high:.2f}"])
    measure.print_table(["a client", "native, 1/s", "guest, 1/s", "ratio", "range"], rows)


def start(executable, grants):
    actions = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    begin = time.perf_counter_ns()
    process = os.posix_spawn(executable, [executable, "hello"], {"WASMC_GRANTS": grants}, file_actions=actions)
    if os.waitpid(process, 0)[1] != 0:
        raise SystemExit(f"{grants}: does not start")
    return Start((time.perf_counter_ns() - begin) / 1e6)


def measure_starts(guest, options):
    kinds = {
        "sealed": "--seal require",
        "with a rule": "--seal require --allow-outbound tcp://127.0.0.1:1",
        "isolated": "--seal require --isolate-network",
        "isolated, with a forward": "--seal require --isolate-network --forward 0:3000",
    }
    starts = measure.in_turn({name: lambda grants=grants: start(guest, grants) for name, grants in kinds.items()},
                             20 if options.quick else 300)
    base = starts["sealed"]
    rows = [[name, f"{measure.median(found, 'wall_ms'):.2f}", f"{min(one.wall_ms for one in found):.2f}",
             f"{measure.median(found, 'wall_ms') - measure.median(base, 'wall_ms'):+.2f}",
             f"{min(one.wall_ms for one in found) - min(one.wall_ms for one in base):+.2f}"]
            for name, found in starts.items()]
    measure.print_table(["hello, from exec to exit", "median, ms", "least, ms", "more", "more, least"], rows)


def main():
    parser = measure.parser("what sockets cost a guest")
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    measure.print_machine()
    if measure.missing(("clang-22 with wasi-libc", "apt: clang-22 wasi-libc libclang-rt-22-dev-wasm32",
                        measure.has_command("clang-22") and WASI_INCLUDE.exists()),
                       ("wasmc", "make release", options.wasmc.exists())):
        return
    with tempfile.TemporaryDirectory(prefix="wasmc-servers-") as name:
        native, load, guest = build(options.wasmc, Path(name))
        measure_servers(native, load, guest, options)
        measure_clients(native, load, guest, options)
        measure_starts(guest, options)


if __name__ == "__main__":
    main()
