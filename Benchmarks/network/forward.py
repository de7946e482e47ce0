#!/usr/bin/env python3
"""What --forward costs; README.md says how.

    forward.py [--quick]
"""

import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
import measure  # noqa: E402

TRIPLE = "x86_64-linux-musl"
LIBRARY = measure.PACKAGE_ROOT / "build" / "lib" / "wasmc" / TRIPLE
RUNTIME = measure.PACKAGE_ROOT / "runtime-c"
COMPILE = ["clang-22", f"--target={TRIPLE}", "-nostdlibinc", "-isystem", f"/usr/include/{TRIPLE}", "-std=c11",
           "-D_GNU_SOURCE", "-O2", "-fPIE", f"-I{RUNTIME}/include", f"-I{RUNTIME}/src", "-c"]
LINK = ["ld.lld-22", "-static", "-pie", "--no-dynamic-linker", "--gc-sections", "-z", "nostart-stop-gc",
        "--exclude-libs=ALL"]
PORT = 3000
SERVERS = ["direct", "forward"]


@dataclass
class Kind:
    """What load.c asks for: which of the server's ports, how often at a time, and how it is shown."""

    title: str
    port: int
    count: int
    unit: str
    scale: float = 1


KINDS = {
    "send": Kind("sending", 0, 512, "MB/s", 1e6),
    "receive": Kind("receiving", 1, 512, "MB/s", 1e6),
    "ask": Kind("questions on a connection", 2, 10_000, "1/s"),
    "connect": Kind("connections", 0, 2_000, "1/s"),
    "datagram": Kind("datagrams with answers", 3, 10_000, "1/s"),
}


@dataclass
class Rate:
    per_second: float
    # Of the process that forwards.
    cpu_us: float


def build(name, folder):
    measure.checked(measure.run([*COMPILE, HERE / f"{name}.c", "-o", folder / f"{name}.o"]), "clang-22")
    parts = [LIBRARY / "rcrt1.o", LIBRARY / "crti.o", folder / f"{name}.o", LIBRARY / "libwasmc.a", LIBRARY / "libc.a",
             LIBRARY / "crtn.o"]
    measure.checked(measure.run([*LINK, "-o", folder / name, *parts]), "ld.lld-22")
    return folder / name


class Server:
    """The server in the host's network, or in one of its own with a forward for each of its ports."""

    def __init__(self, stack, executable, port, is_forwarded):
        words = [f"--forward {port + i}:{PORT + i}{'/udp' if i == 3 else ''}" for i in range(4)]
        environment = {"WASMC_GRANTS": " ".join(["--isolate-network", *words])} if is_forwarded else {}
        self.port = port
        self.process = stack.enter_context(subprocess.Popen(
            [executable, str(PORT if is_forwarded else port)], env=environment, stdout=subprocess.PIPE, text=True))
        stack.callback(self.process.kill)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit("the server does not start")
        self.forwarder = self.child() if is_forwarded else None

    def child(self):
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(path.read_text().split()[0])

    def cpu_us(self):
        if self.forwarder is None:
            return 0
        return int(Path(f"/proc/{self.forwarder}/schedstat").read_text().split()[0]) / 1e3

    def rate(self, load, name):
        kind = KINDS[name]
        before = self.cpu_us()
        done = measure.checked(measure.run([load, name, self.port + kind.port, kind.count]), f"load {name}")
        return Rate(float(done.stdout), (self.cpu_us() - before) / kind.count)


def main():
    parser = measure.parser("what a forward costs")
    options = parser.parse_args()
    measure.print_machine()
    if measure.missing(("clang-22", "apt: clang-22", measure.has_command("clang-22")),
                       ("ld.lld-22", "apt: lld-22", measure.has_command("ld.lld-22")),
                       ("the runtime", "make runtime", (LIBRARY / "libwasmc.a").exists())):
        return
    with tempfile.TemporaryDirectory(prefix="wasmc-forward-") as name, ExitStack() as stack:
        folder = Path(name)
        executable, load = build("server", folder), build("load", folder)
        servers = {name: Server(stack, executable, 20_100 + 10 * i, name == "forward") for i, name in enumerate(SERVERS)}
        rows = []
        for name, kind in KINDS.items():
            rates = measure.in_turn({server: lambda server=servers[server]: server.rate(load, name) for server in SERVERS},
                                    3 if options.quick else 15)
            direct, forward = rates["direct"], rates["forward"]
            low, high = measure.ratio_range(forward, direct, "per_second")
            rows.append([f"{kind.title}, {kind.unit}",
                         f"{measure.median(direct, 'per_second') / kind.scale:.0f}",
                         f"{measure.median(forward, 'per_second') / kind.scale:.0f}",
                         f"{measure.ratio(forward, direct, 'per_second'):.2f}", f"{low:.2f}-{high:.2f}",
                         f"{measure.median(forward, 'cpu_us'):.0f}"])
        measure.print_table(["", "direct", "forward", "ratio", "range", "forwarder, µs each"], rows)


if __name__ == "__main__":
    main()
