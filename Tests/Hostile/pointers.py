"""A module with a case for each guest address that a host function takes, made from the contract itself: `wasi.def` has
the functions, `wasi.h` and `wasi_sockets.h` the names of their parameters. A parameter whose name ends with `_addr` is
an address. A function, a parameter or a signature that this file does not know is an error, so that a new function has
cases or fails the test.
"""

import re
from dataclasses import dataclass

PAGE = 65536

# Where things are in the guest's memory.
IOVECS, BUFFER, RESULTS, POLL_IN, POLL_OUT, TEXT = 512, 4096, 12288, 16384, 20480, 1024

# What structures of sockets begin as: an address of IPv4 (WasmEdge's), a length, a list of one place for an address.
ADDRESS, LENGTH, LIST, INFO, SOCKADDR = 640, 648, 652, 656, 688
PREPARED = {
    ADDRESS: (BUFFER, 4), LENGTH: (4,), LIST: (INFO,), INFO: (0, 0, 0, SOCKADDR, BUFFER + 64, 32, 0),
    SOCKADDR: (0, 14, BUFFER + 128),
}

# Bytes behind an address, by the parameter's name; a function's own come first. argv is "a", the environment "B=1".
BYTES = {
    "fd_addr": 4, "bytes_addr": 4, "used_addr": 4, "count_addr": 4, "time_addr": 8, "resolution_addr": 8,
    "position_addr": 8, "fdstat_addr": 24, "filestat_addr": 64, "prestat_addr": 8, "roflags_addr": 2, "iovecs_addr": 8,
    "argv_addr": 4, "environ_addr": 4, "subscriptions_addr": 48, "events_addr": 32,
    "address_addr": 8, "family_addr": 4, "port_addr": 4, "value_addr": 4, "length_addr": 4, "list_addr": 4,
    "flag_addr": 1, "number_addr": 4, "seconds_addr": 4, "group_addr": 20, "infos_addr": 28, "hints_addr": 12,
}
BYTES_OF = {
    ("args_get", "buffer_addr"): 2, ("environ_get", "buffer_addr"): 4,
    ("wasi_unstable", "fd_filestat_get", "filestat_addr"): 56,
    ("wasi_unstable", "path_filestat_get", "filestat_addr"): 56,
    ("wasi_unstable", "poll_oneoff", "subscriptions_addr"): 56,
    ("fd_prestat_dir_name", "path_addr"): 1, # what is written is the name, "/"
    ("wasmedge2", "sock_recv_from", "port_addr"): 2, ("wasmedge", "sock_getaddrinfo", "hints_addr"): 28,
    # A text that ends with a NUL.
    ("sock_addr_resolve", "host_addr"): 1, ("sock_addr_resolve", "service_addr"): 1,
}
# The length parameter of a text or a buffer.
LENGTH_OF = {
    "path_addr": "path_bytes", "from_addr": "from_bytes", "to_addr": "to_bytes", "content_addr": "content_bytes",
    "name_addr": "name_bytes", "host_addr": "host_bytes", "service_addr": "service_bytes", "value_addr": "value_bytes",
    "buffer_addr": ("buffer_bytes", "bytes"),
}

# Arguments of a call that gets as far as its addresses; "FILE" opens one first. A function's own come first.
ARGUMENTS = {
    "fd": "FILE", "count": 1, "lookupflags": 0, "oflags": 0, "fdflags": 0, "flags": 0, "id": 1, "precision_ns": 0,
    "offset_bytes": 0, "length_bytes": 1, "advice": 0, "base": 2, "inheriting": 0, "size_bytes": 4, "atim_ns": 1,
    "mtim_ns": 1, "fstflags": 1, "whence": 0, "cookie": 0, "riflags": 0, "siflags": 0, "sdflags": 1, "from": 3, "to": 3,
    "from_fd": 3, "to_fd": 3, "status": 0, "signal": 0, "buffer_bytes": 64, "bytes": 64,
    "family": 1, "type": 1, "pool_fd": 0, "port": 80, "backlog": 1, "level": 0, "name": 0, "value_bytes": 4,
    "capacity": 1, "is_v6": 0, "interface": 0,
}
TEXTS = {
    "path_create_directory": {"path": "made"}, "path_filestat_get": {"path": "file"},
    "path_filestat_set_times": {"path": "file"}, "path_link": {"from": "file", "to": "linked"},
    "path_open": {"path": "file"}, "path_readlink": {"path": "here"}, "path_remove_directory": {"path": "empty"},
    "path_rename": {"from": "file", "to": "file"}, "path_symlink": {"content": "file", "path": "symlinked"},
    "path_unlink_file": {"path": "missing"}, "fd_prestat_dir_name": {"path": "room-for-it"},
    "fd_hand_over": {"name": "nobody"}, "sock_getaddrinfo": {"host": "nobody", "service": "80"},
    "sock_addr_resolve": {"host": "nobody", "service": "80"},
}
DIRECTORY_CALLS = ("path_", "fd_prestat_", "fd_readdir")
SOCKET_CALLS = ("sock_",)

# Not called with anything: they do not come back, or take no address and need nothing else.
WITHOUT_ADDRESSES = {
    "fd_advise", "fd_allocate", "fd_close", "fd_datasync", "fd_fdstat_set_flags", "fd_fdstat_set_rights",
    "fd_filestat_set_size", "fd_filestat_set_times", "fd_renumber", "fd_sync", "proc_exit", "proc_raise", "sched_yield",
    "sock_shutdown", "sock_listen", "sock_close",
}
# The same of those of a family.
WITHOUT_ADDRESSES_PATTERN = re.compile(r"sock_set_(?!ip_(add|drop)_membership)")


class Incomplete(Exception):
    """The contract holds something that this file does not know."""


@dataclass(frozen=True)
class HostFunction:
    symbol: str
    module: str
    name: str
    signature: str
    parameters: tuple[str, ...]

    @property
    def abi(self):
        """What tells functions of one name apart."""
        for prefix in ("wasmedge2", "wasmedge", "wamr"):
            if self.symbol.startswith(f"wasmc_{prefix}_"):
                return prefix
        return "" if self.module == "wasi_snapshot_preview1" else self.module

    @property
    def takes_no_address(self):
        return self.name in WITHOUT_ADDRESSES or WITHOUT_ADDRESSES_PATTERN.match(self.name) is not None


@dataclass(frozen=True)
class PointerCase:
    name: str
    export: str
    function: str
    traps: bool


def host_functions(include):
    """The functions of wasi.def, each once, with the names that the headers give their parameters."""
    header = (include / "wasi.h").read_text() + (include / "wasi_sockets.h").read_text()
    declared = {}
    for symbol, parameters in re.findall(r"(wasmc_(?:wasi0?|capability|wasmedge2?|wamr)_\w+)\(([^)]*)\);", header):
        parts = [re.fullmatch(r"(.*?)(\w+)", part.strip(), re.S).groups() for part in parameters.split(",")]
        declared[symbol] = parts[1:]
    seen = set()
    functions = []
    table = (include / "wasi.def").read_text()
    rows = re.findall(r'^WASMC_HOST\((\w+), ([\w-]+), (\w+), "([il]*):([il]*)"\)$', table, re.M)
    if len(rows) != len(re.findall(r"^WASMC_HOST\(", table, re.M)) or not rows:
        raise Incomplete("a row of wasi.def is not understood")
    for module, name, symbol, parameters, results in rows:
        if symbol not in declared:
            raise Incomplete(f"{symbol} is declared neither in wasi.h nor in wasi_sockets.h")
        types = "".join("l" if "uint64_t" in kind else "i" for kind, _ in declared[symbol])
        if types != parameters:
            raise Incomplete(f"{symbol}: {parameters} in wasi.def, {types} in its header")
        # It takes a number, and who imports it has to have a shared memory (Tests/Threads).
        if symbol not in seen and name != "thread-spawn":
            seen.add(symbol)
            names = tuple(name for _, name in declared[symbol])
            functions.append(HostFunction(symbol, module, name, f"{parameters}:{results}", names))
    return functions


class Generator:
    def __init__(self, functions):
        self.functions = functions
        self.cases = []
        self.bodies = []
        self.texts = {}

    def text(self, text):
        """The address of a text in memory."""
        if text not in self.texts:
            self.texts[text] = TEXT + sum(len(other) + 1 for other in self.texts)
        return self.texts[text]

    def argument(self, function, parameter):
        """The value of a parameter in a call that works."""
        texts = TEXTS.get(function.name, {})
        stem = re.sub(r"_(addr|bytes)$", "", parameter)
        if stem in texts:
            return self.text(texts[stem]) if parameter.endswith("_addr") else len(texts[stem])
        if parameter == "fd" and function.name.startswith(DIRECTORY_CALLS):
            return 3
        if parameter == "fd" and function.name.startswith(SOCKET_CALLS):
            return 0
        places = {"iovecs_addr": IOVECS, "buffer_addr": BUFFER, "subscriptions_addr": POLL_IN, "events_addr": POLL_OUT,
                  "length_addr": LENGTH, "list_addr": LIST}
        if function.abi.startswith("wasmedge"):
            places["address_addr"] = ADDRESS
        if parameter.endswith("_addr"):
            return places.get(parameter, RESULTS + 64 * function.parameters.index(parameter))
        if parameter not in ARGUMENTS:
            raise Incomplete(f"{function.name}: parameter {parameter} has no value in pointers.py")
        return ARGUMENTS[parameter]

    def length_parameter(self, function, parameter):
        names = LENGTH_OF.get(parameter, ())
        names = (names,) if isinstance(names, str) else names
        return next((name for name in names if name in function.parameters), None)

    def needed(self, function, parameter):
        """How many bytes a call reads or writes at an address."""
        if function.abi == "wamr" and parameter == "address_addr":
            return 24
        for key in ((function.abi, function.name, parameter), (function.name, parameter)):
            if key in BYTES_OF:
                return BYTES_OF[key]
        length = self.length_parameter(function, parameter)
        if length is not None:
            return self.argument(function, length)
        if parameter not in BYTES:
            raise Incomplete(f"{function.name}: address {parameter} has no size in pointers.py")
        return BYTES[parameter]

    def add(self, function, what, traps, changes, before=""):
        """A case: the call that works, but for `changes`."""
        name = f"{function.abi + '.' if function.abi else ''}{function.name}/{what}"
        export = f"case_{len(self.cases)}"
        values = []
        for parameter, kind in zip(function.parameters, function.signature):
            value = changes.get(parameter, self.argument(function, parameter))
            if value == "FILE":
                values.append("(call $open)")
            else:
                values.append(f"({'i64' if kind == 'l' else 'i32'}.const {value})")
        self.bodies.append(f'  (func (export "{export}") (result i32)\n    {before}\n'
                           f"    (call ${function.symbol} {' '.join(values)}))")
        self.cases.append(PointerCase(f"pointer/{name}", export, function.name, traps))

    def add_address(self, function, parameter):
        needed = self.needed(function, parameter)
        places = {"at the end": PAGE, "a byte over the end": PAGE - needed + 1, "at 2^31": 1 << 31,
                  "at 2^32-1": (1 << 32) - 1, "at 2^32-16": (1 << 32) - 16}
        for what, address in places.items():
            self.add(function, f"{parameter} {what}", True, {parameter: address})
        self.add(function, f"{parameter} up to the end", False, {parameter: PAGE - needed})
        self.add(function, f"{parameter} at an odd address", False, {parameter: PAGE - needed - 1 | 1})
        length = self.length_parameter(function, parameter)
        if length is None:
            return
        # How much room there is for a name is looked at, not touched.
        traps = function.name != "fd_prestat_dir_name"
        for what, change in {"of 2^32-1 bytes": {length: (1 << 32) - 1},
                             "whose end wraps to 0": {parameter: PAGE - 16, length: (1 << 32) - PAGE + 16},
                             "of all memory and a byte": {parameter: 0, length: PAGE + 1}}.items():
            self.add(function, f"{parameter} {what}", traps, change)

    def add_pairs(self, function, what, at, second=None):
        """What a pair {address, length} in memory says; `second` is where another may be, with a count of two."""
        def pair(address, length, at):
            return (f"(i32.store (i32.const {at}) (i32.const {address}))"
                    f" (i32.store (i32.const {at + 4}) (i32.const {length}))")
        last = (1 << 32) - 1
        for where, address, length in (("at the end", PAGE, 1), ("over the end", PAGE - 1, 2), ("at 2^32-1", last, 1),
                                       ("of 2^32-1 bytes", 0, last), ("that wraps", last, last)):
            self.add(function, f"{what} {where}", True, {}, pair(address, length, at))
            if second is not None:
                self.add(function, f"a second {what.removeprefix('a ')} {where}", True, {"count": 2},
                         pair(BUFFER, 8, at) + pair(address, length, second))

    def add_list(self, function):
        """What the places say that sock_getaddrinfo fills."""
        places = {"the list": LIST, "the address": INFO + 12, "the data": SOCKADDR + 8, "the name": INFO + 16}
        for what, at in places.items():
            for where, value in {"over the end": PAGE - 1, "at 2^32-1": (1 << 32) - 1}.items():
                self.add(function, f"{what} {where}", True, {}, f"(i32.store (i32.const {at}) (i32.const {value}))")
        for what, at in {"the data": SOCKADDR + 4, "the name": INFO + 20}.items():
            self.add(function, f"{what} of 2^32-1 bytes", True, {}, f"(i32.store (i32.const {at}) (i32.const -1))")
        circle = f"(i32.store (i32.const {INFO + 24}) (i32.const {INFO}))"
        self.add(function, "a circle", False, {"capacity": (1 << 32) - 1}, circle)

    def add_vectors(self, function):
        """What the vectors in memory say, and how many there are."""
        self.add_pairs(function, "a buffer", IOVECS, IOVECS + 8)
        for count in (1 << 29, (1 << 29) + 1, (1 << 32) - 1, 8192):
            self.add(function, f"{count} vectors", True, {"count": count})

    def add_polls(self, function):
        for count in (1 << 32) - 1, 1 << 31, 1 << 28, (1 << 27) + 1, 89478486, 2000:
            self.add(function, f"{count} subscriptions", True, {"count": count})

    def generate(self):
        for function in self.functions:
            addresses = [name for name in function.parameters if name.endswith("_addr")]
            if not addresses and not function.takes_no_address:
                raise Incomplete(f"{function.symbol} takes no address, and pointers.py does not know that")
            if addresses and function.takes_no_address:
                raise Incomplete(f"{function.symbol} takes an address")
            for parameter in addresses:
                self.add_address(function, parameter)
            if "iovecs_addr" in addresses:
                self.add_vectors(function)
            if "subscriptions_addr" in addresses:
                self.add_polls(function)
            if "address_addr" in addresses and function.abi != "wamr":
                self.add_pairs(function, "an address", ADDRESS)
            if "list_addr" in addresses:
                self.add_list(function)
        return self.module()

    def module(self):
        lines = ["(module"]
        wat = {"i": "i32", "l": "i64"}
        for function in self.functions:
            parameters, results = function.signature.split(":")
            lines.append(f'  (import "{function.module}" "{function.name}" (func ${function.symbol}'
                         + (f" (param {' '.join(wat[c] for c in parameters)})" if parameters else "")
                         + (f" (result {wat[results]})" if results else "") + "))")
        lines.append('  (memory (export "memory") 1 1)')
        lines.append(f'  (data (i32.const {IOVECS}) "\\00\\10\\00\\00\\08\\00\\00\\00")')
        for at, words in PREPARED.items():
            text = "".join(f"\\{byte:02x}" for word in words for byte in word.to_bytes(4, "little"))
            lines.append(f'  (data (i32.const {at}) "{text}")')
        path = self.text("file")
        for text, address in self.texts.items():
            lines.append(f'  (data (i32.const {address}) "{text}")')
        rights = 0x3FFFFFFF
        lines.append(f"""  (func $open (result i32)
    (if (call $wasmc_wasi_path_open
        (i32.const 3) (i32.const 0) (i32.const {path}) (i32.const 4) (i32.const 0)
        (i64.const {rights}) (i64.const 0) (i32.const 0) (i32.const {RESULTS})) (then (unreachable)))
    (i32.load (i32.const {RESULTS})))""")
        return "\n".join(lines + self.bodies + [")"]) + "\n"
