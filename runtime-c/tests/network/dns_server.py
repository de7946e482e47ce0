"""dns_server.py [ADDRESS] - a DNS server for tests: UDP and TCP at one port, names that answer well and others.

    with dns_server.Server("127.0.0.1") as server:
        server.port, server.seen

`seen` has what was asked, in order. RECORDS are the names that answer well; TRICKS the others: a function that gets the
query and returns the messages to send, each bytes, seconds to wait, or Foreign bytes, which come from another address.
As a program it prints the port, and serves until its input ends.
"""

import ipaddress
import selectors
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass

A, CNAME, TXT, AAAA, OPT = 1, 5, 16, 28, 41
SERVER_FAILURE, NO_NAME, NOT_IMPLEMENTED, REFUSED = 2, 3, 4, 5
FORMAT_ERROR = 1
DAY = 86400


@dataclass(frozen=True)
class Query:
    id: int
    name: str       # in lower case, without the dot at the end
    type: int
    question: bytes
    has_edns: bool
    is_tcp: bool
    port: int       # of who asks
    count: int      # how often this was asked before


class Foreign(bytes):
    pass


def wire(name):
    """A name, of labels that may have any byte but a dot."""
    labels = [label.encode("latin-1") for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(name, kind, ttl, data, record_class=1):
    """`name` is text, or bytes as they are on the wire; so is the data of a CNAME; of addresses it is text."""
    name = name if isinstance(name, bytes) else wire(name)
    if isinstance(data, str):
        data = wire(data) if kind == CNAME else ipaddress.ip_address(data).packed
    return name + struct.pack(">HHIH", kind, record_class, ttl, len(data)) + data


def message(query, records=(), code=0, truncated=False, id=None, question=None, counts=(1, None), flags=0x8180):
    question = query.question if question is None else question
    flags |= (0x200 if truncated else 0) | code
    records = list(records)
    count = len(records) if counts[1] is None else counts[1]
    header = struct.pack(">6H", query.id if id is None else id, flags, counts[0], count, 0, 0)
    return header + question + b"".join(records)


def parse_query(data, is_tcp, port, seen):
    at, labels = 12, []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode("latin-1"))
        at += 1 + data[at]
    name, kind = ".".join(labels).lower(), struct.unpack(">H", data[at + 1:at + 3])[0]
    count = sum(1 for query in seen if (query.name, query.type, query.is_tcp) == (name, kind, is_tcp))
    return Query(struct.unpack(">H", data[:2])[0], name, kind, data[12:at + 5], struct.unpack(">H", data[10:12])[0] > 0,
                 is_tcp, port, count)


# --- names that answer well: for each its records -----------------------------------------------------------------

def chain(prefix, links, end, ttl):
    """CNAMEs from prefix.test over prefix1.test ... to the end; the first lives longest."""
    names = [prefix + ".test"] + [f"{prefix}{link}.test" for link in range(1, links)] + [end]
    return {name: [(CNAME, ttl - link, following)] for link, (name, following) in enumerate(zip(names, names[1:]))}


LONG_NAME = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 56, "test"])

RECORDS = {
    "small.test": [(A, 300, "192.0.2.1"), (AAAA, 60, "2001:db8::1")],
    "v4.test": [(A, 120, "192.0.2.4")],
    "v6.test": [(AAAA, 130, "2001:db8::6")],
    "several.test": [(A, 50, "192.0.2.1"), (A, 40, "192.0.2.2"), (A, 45, "192.0.2.3")],
    "nothing.test": [(TXT, 10, b"\4text")],
    "zero.test": [(A, 0, "192.0.2.1")],
    "long.test": [(A, 2 * DAY, "192.0.2.1")],
    "negative.test": [(A, 0xFFFFFFFF, "192.0.2.1")],
    "loopback.test": [(A, 30, "127.0.0.1"), (AAAA, 30, "::1")],
    "metadata.test": [(A, 30, "169.254.169.254")],
    "inner.corp.test": [(A, 30, "192.0.2.9")],
    "far.two.other.test": [(A, 30, "192.0.2.10")],
    "under_score.test": [(A, 30, "192.0.2.11")],
    "to-nothing.test": [(CNAME, 20, "nothing.test")],
    "to-loopback.test": [(CNAME, 20, "loopback.test")],
    "alias.test": [(CNAME, 20, "small.test")],
    LONG_NAME: [(A, 30, "192.0.2.12")],
    **chain("chain", 10, "v4.test", 100),
    **chain("sixteen", 16, "v4.test", 100),
    **chain("seventeen", 17, "v4.test", 100),
    "round.test": [(CNAME, 20, "round2.test")],
    "round2.test": [(CNAME, 20, "round.test")],
}


def follow(name, kind):
    """The records that lead from a name to those of a type, and whether the last one is there."""
    records = []
    for _ in range(20):
        if name not in RECORDS:
            return records, False
        found = [record(name, *row) for row in RECORDS[name] if row[0] == kind]
        aliases = [row for row in RECORDS[name] if row[0] == CNAME]
        if found or not aliases:
            return records + found, True
        records.append(record(name, *aliases[0]))
        name = aliases[0][2]
    return records, True


def answer(query):
    records, exists = follow(query.name, query.type)
    return [message(query, records, 0 if exists else NO_NAME)]


# --- names that do not --------------------------------------------------------------------------------------------

GOOD, BAD = "192.0.2.1", "192.0.2.66"


def one(query, address=GOOD, **options):
    """One address to a question for A, and none of AAAA."""
    return message(query, [record(query.name, A, 30, address)] if query.type == A else [], **options)


def addresses(query, count, size=None):
    """192.0.2.0 and so on, or 2001:db8::, of which `size` are there."""
    first = ipaddress.ip_address("192.0.2.0" if query.type == A else "2001:db8::")
    return [record(b"\xc0\x0c", query.type, 100 + i, str(first + i)) for i in range(count)][:size]


def many(count, in_datagram, has_tcp=True):
    def trick(query):
        if not query.is_tcp:
            return [message(query, addresses(query, count, in_datagram), truncated=True)]
        return [message(query, addresses(query, count))] if has_tcp else []
    return trick


def only_type(kind, trick):
    return lambda query: trick(query) if query.type == kind else [message(query)]


def full(query):
    """65,535 bytes with the address at the end, and nothing in a datagram."""
    if query.type != A or not query.is_tcp:
        return [message(query, truncated=query.type == A)]
    last = record(b"\xc0\x0c", A, 30, GOOD)
    room = 65535 - 12 - len(query.question) - len(last)
    fill = []
    while room:
        size = room if room < 200 else 100
        fill.append(record(b"\xc0\x0c", TXT, 1, bytes(size - 12)))
        room -= size
    return [message(query, fill + [last])]


def edns_trouble(code, **options):
    def trick(query):
        return [message(query, code=code, **options)] if query.has_edns else [one(query)]
    return trick


def pointer(to):
    return struct.pack(">H", 0xC000 | to)


def bad_owner(name):
    return lambda query: [message(query, [record(name(query) if callable(name) else name, A, 30, GOOD)])]


def behind(query):
    """Where the first record begins."""
    return 12 + len(query.question)


TRICKS = {
    # Forgeries, each before the right answer.
    "wrong-id": lambda query: [one(query, BAD, id=query.id ^ 1), one(query)],
    "wrong-question": lambda query: [one(query, BAD, question=wire("other.test") + query.question[-4:]), one(query)],
    "wrong-type": lambda query: [one(query, BAD, question=wire(query.name) + struct.pack(">HH", TXT, 1)), one(query)],
    "wrong-class": lambda query: [one(query, BAD, question=wire(query.name) + struct.pack(">HH", A, 3)), one(query)],
    "two-questions": lambda query: [one(query, BAD, question=query.question * 2, counts=(2, None)), one(query)],
    "no-question": lambda query: [one(query, BAD, question=b"", counts=(0, None)), one(query)],
    "no-answer": lambda query: [one(query, BAD, flags=0x0180), one(query)],
    "notification": lambda query: [one(query, BAD, flags=0xA180), one(query)],
    "other-address": lambda query: [Foreign(one(query, BAD)), 0.1, one(query)],
    "short": lambda query: [b"", one(query)[:11], one(query)],
    "only-forged": lambda query: [Foreign(one(query, BAD)), one(query, BAD, id=query.id ^ 0x8000)],
    # What says nothing about the name that was asked about.
    "others-records": lambda query: [message(query, [record("other.test", A, 1, BAD), record(query.name, A, 30, GOOD)])
                                     if query.type == A else message(query)],
    "only-others": lambda query: [message(query, [record("other.test", A, 1, BAD)])],
    "other-class": lambda query: [message(query, [record(query.name, A, 1, BAD, record_class=3)])],
    "other-type": lambda query: [message(query, [record(query.name, AAAA if query.type == A else A, 1,
                                                        "2001:db8::66" if query.type == A else BAD)])],
    "mixed-case": lambda query: [one(query, question=wire(query.name.upper()) + query.question[-4:])],
    "backwards": lambda query: [message(query, [record("b.test", A, 9, GOOD), record("a.test", CNAME, 8, "b.test"),
                                                record(query.name, CNAME, 7, "a.test")])
                                if query.type == A else message(query)],
    "two-aliases": lambda query: [message(query, [record(query.name, CNAME, 7, "a.test"),
                                                  record(query.name, CNAME, 7, "b.test"),
                                                  record("a.test", A, 9, GOOD), record("b.test", A, 9, BAD)])
                                  if query.type == A else message(query)],
    # What cannot be right.
    "self-pointer": bad_owner(lambda query: pointer(behind(query))),
    "forward-pointer": bad_owner(lambda query: pointer(behind(query) + 2)),
    "pointer-outside": bad_owner(pointer(0x3FFF)),
    "label-64": bad_owner(b"\x40" + b"a" * 64 + b"\0"),
    "label-128": bad_owner(b"\x80a\0"),
    "name-256": bad_owner(b"".join(b"\x3f" + b"a" * 63 for _ in range(4)) + b"\0"),
    "endless-name": lambda query: [message(query, counts=(1, 1)) + b"\x3f" + b"a" * 20],
    "short-address": lambda query: [message(query, [record(query.name, query.type, 30, b"abc")])],
    "long-address": lambda query: [message(query, [record(query.name, query.type, 30, b"a" * 17)])],
    "more-records": lambda query: [message(query, [record(query.name, A, 30, GOOD)], counts=(1, 65535))],
    "long-data": lambda query: [one(query)[:-1]],
    "alias-pointer": lambda query: [message(query, [record(query.name, CNAME, 30, pointer(behind(query)))])],
    "alias-long": lambda query: [message(query, [record(query.name, CNAME, 30, wire("a.test") + b"x")])],
    "pointer-chain": lambda query: [message(query, [record(query.name, TXT, 1, b"".join(
        pointer(behind(query) + len(wire(query.name)) + 10 + 2 * (i - 1) if i else 12) for i in range(3000))),
        record(pointer(behind(query) + len(wire(query.name)) + 10 + 5998), A, 30, GOOD)])],
    "dot-in-label": lambda query: [message(query, [record(query.name, CNAME, 7, b"\x0bevil.sm.all\x04test\0"),
                                                   record(b"\x0bevil.sm.all\x04test\0", A, 9, GOOD)])
                                   if query.type == A else message(query)],
    # Codes.
    "failure": lambda query: [message(query, code=SERVER_FAILURE)],
    "refused": lambda query: [message(query, code=REFUSED)],
    "format-error": edns_trouble(FORMAT_ERROR),
    "bare-format-error": edns_trouble(FORMAT_ERROR, question=b"", counts=(0, 0)),
    "not-implemented": edns_trouble(NOT_IMPLEMENTED),
    "only-a": lambda query: [one(query)] if query.type == A else [message(query, code=SERVER_FAILURE)],
    "only-a-is-there": lambda query: [one(query)] if query.type == A else [message(query, code=NO_NAME)],
    "only-a-is-answered": lambda query: [one(query)] if query.type == A else [],
    "fails-once": lambda query: [message(query, code=SERVER_FAILURE) if query.count == 0 else one(query)],
    # Time.
    "silent": lambda query: [],
    "silent-once": lambda query: [] if query.count == 0 else [one(query)],
    "slow": lambda query: [0.3, one(query)],
    "late": lambda query: [1.5, one(query)],
    # TCP.
    "many": only_type(A, many(60, 0)),
    "many-both": many(60, 0),
    "part": only_type(A, many(60, 20)),
    "part-no-tcp": only_type(A, many(60, 20, has_tcp=False)),
    "empty-no-tcp": many(60, 0, has_tcp=False),
    "thousand": only_type(A, many(1000, 0)),
    "few-of-each": many(30, 0),
    "full": full,
    "cut": lambda query: [message(query, addresses(query, 60), truncated=True)[:500] if not query.is_tcp else
                          message(query, addresses(query, 40))] if query.type == A else [message(query)],
    "tcp-wrong-id": lambda query: [one(query, BAD, id=query.id ^ 1) if query.is_tcp
                                   else message(query, truncated=True)],
    "tcp-short": lambda query: [message(query, truncated=True)] if not query.is_tcp else [b"\0"],
}


class Server:
    def __init__(self, address="127.0.0.1", port=0, tricks=None):
        self.family = socket.AF_INET6 if ":" in address else socket.AF_INET
        place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][4]  # with the number of a link
        self.tricks = TRICKS if tricks is None else tricks
        self.seen = []
        self.lock = threading.Lock()
        self.tcp = socket.socket(self.family, socket.SOCK_STREAM)
        self.udp, self.foreign = (socket.socket(self.family, socket.SOCK_DGRAM) for _ in range(2))
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for _ in range(100):  # until a port is free for both
            try:
                self.tcp.bind(place)
                self.udp.bind(self.tcp.getsockname())
                break
            except OSError:
                if port or self.tcp.getsockname()[1] == 0:
                    raise
                self.tcp.close()
                self.tcp = socket.socket(self.family, socket.SOCK_STREAM)
        self.port = self.udp.getsockname()[1]
        self.tcp.listen(64)
        self.foreign.bind((place[0], 0, *place[2:]))
        self.stopping, self.stopped = socket.socketpair()
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.close()
        self.thread.join()
        for opened in (self.udp, self.tcp, self.foreign, self.stopped):
            opened.close()

    def serve(self):
        selector = selectors.DefaultSelector()
        for opened in (self.udp, self.tcp, self.stopped):
            selector.register(opened, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is self.stopped:
                    return
                if key.fileobj is self.udp:
                    data, peer = self.udp.recvfrom(65535)
                    arguments = (self.answer_datagram, data, peer)
                else:
                    arguments = (self.answer_connection, *self.tcp.accept())
                threading.Thread(target=self.quietly, args=arguments, daemon=True).start()

    @staticmethod
    def quietly(function, *arguments):
        try:
            function(*arguments)
        except OSError:  # who asked has gone
            pass

    def answers(self, data, is_tcp, port):
        with self.lock:
            query = parse_query(data, is_tcp, port, self.seen)
            self.seen.append(query)
        label, _, zone = query.name.partition(".")
        trick = self.tricks.get(label) if zone == "test" else None
        return (trick or answer)(query)

    def answer_datagram(self, data, peer):
        for reply in self.answers(data, False, peer[1]):
            if isinstance(reply, float):
                time.sleep(reply)
            else:
                (self.foreign if isinstance(reply, Foreign) else self.udp).sendto(reply, peer)

    def answer_connection(self, connection, peer):
        with connection:
            data = b""
            while len(data) < 2 or len(data) < 2 + struct.unpack(">H", data[:2])[0]:
                more = connection.recv(65535)
                if not more:
                    return
                data += more
            for reply in self.answers(data[2:], True, peer[1]):
                whole = struct.pack(">H", len(reply) if len(reply) > 1 else 100) + reply
                connection.sendall(whole[:1])  # in pieces, as streams may come
                time.sleep(0.01)
                connection.sendall(whole[1:20])
                time.sleep(0.01)
                connection.sendall(whole[20:])


def main():
    with Server(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1") as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
