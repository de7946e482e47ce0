"""The program that ../programs/network.c is, told what to do one call after the other."""

import os
import signal
import socket
import struct
import subprocess

ACTIONS = """open bind listen accept connect send_to receive local remote get_option set_option membership resolve close
shutdown set_flags hand_over send host memory system_call look""".split()
# wasmc_net_option of net/socket.h.
OPTIONS = """type domain error accepting reuse_address reuse_port dont_route broadcast keep_alive oob_inline send_buffer
receive_buffer receive_low_water receive_timeout send_timeout linger no_delay quick_ack keep_idle keep_interval keep_count
fastopen_connect ttl multicast_ttl multicast_loop v6only""".split()
TOLD = struct.Struct("<6IHHI16s")
DONE = struct.Struct("<IIQHHI16s")
# WASI's, of types.h.
ACCES, ADDRNOTAVAIL, AFNOSUPPORT, AGAIN, BADF, CONNREFUSED = 2, 4, 5, 6, 8, 14
INPROGRESS, INVAL, ISCONN, NETDOWN, NOTCONN, NOTSOCK, NOTSUP, PROTOTYPE = 26, 28, 30, 38, 53, 57, 58, 67
DENIED_NAME = 1
NONBLOCK = 4


class Died(Exception):
    """The program ended instead of answering: by this signal, or with this status."""

    def __init__(self, status):
        super().__init__(f"status {status}")
        self.status = status


class Done:
    def __init__(self, head, payload):
        self.error, _, self.value, self.family, self.port, self.scope, address = head
        self.payload = payload
        self.host = None
        if self.family in (socket.AF_INET, socket.AF_INET6):
            self.host = socket.inet_ntop(self.family, address[: 4 if self.family == socket.AF_INET else 16])


def pack_address(text):
    """Family and bytes."""
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    return family, socket.inet_pton(family, text)


class Guest:
    def __init__(self, program, grants, *, before=(), **options):
        self.process = subprocess.Popen([*before, program], env={"WASMC_GRANTS": grants}, bufsize=0,
                                        **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                                           **options})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()

    def read(self, count):
        data = b""
        while len(data) < count:
            part = self.process.stdout.read(count - len(data))
            if not part:
                raise Died(self.process.wait())
            data += part
        return data

    def tell(self, action, fd=0, *, module=0, a=0, b=0, address=None, family=0, scope=0, payload=b""):
        """Says what to do, and does not wait for it."""
        port, binary = 0, b""
        if address is not None:
            found, binary = pack_address(address[0])
            family, port = family or found, address[1]
        head = TOLD.pack(ACTIONS.index(action), module, fd, a & 0xFFFFFFFF, b & 0xFFFFFFFF, len(payload), family, port, scope,
                         binary)
        try:
            data = head + payload
            while data:
                data = data[self.process.stdin.write(data):]
        except BrokenPipeError:
            raise Died(self.process.wait()) from None

    def done(self):
        head = DONE.unpack(self.read(DONE.size))
        return Done(head, self.read(head[1]))

    def do(self, action, fd=0, **how):
        self.tell(action, fd, **how)
        return self.done()

    # --- calls of the layer -----------------------------------------------------------------------

    def open(self, family=socket.AF_INET, kind=socket.SOCK_STREAM, module=0):
        done = self.do("open", family=family, a=kind, module=module)
        assert done.error == 0, f"open: {done.error}"
        return done.value

    def option(self, fd, name, value=None, module=0):
        if value is None:
            return self.do("get_option", fd, a=OPTIONS.index(name), module=module)
        return self.do("set_option", fd, a=OPTIONS.index(name), b=value, module=module)

    # --- what a process can do that was taken over ------------------------------------------------

    def host(self, fd):
        """The host's descriptor."""
        return self.do("host", fd).value

    def memory(self, data, block=0):
        """Puts bytes into one of eight blocks; their address."""
        return self.do("memory", a=block, payload=data).value

    def look(self, address, count):
        return self.do("look", payload=struct.pack("<2Q", address, count)).payload

    def call(self, number, *arguments):
        """A system call of its own: the result, or a negative errno."""
        words = [argument & 0xFFFFFFFFFFFFFFFF for argument in (number, *arguments)]
        done = self.do("system_call", payload=struct.pack("<7Q", *words, *[0] * (7 - len(words))))
        return done.value - (1 << 64) if done.value >> 63 else done.value

    def children(self):
        """Processes of this one."""
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and parent(name) == self.process.pid]


def parent(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return None


def is_killed(died):
    """By the filter of system calls."""
    return died.status == -signal.SIGSYS
