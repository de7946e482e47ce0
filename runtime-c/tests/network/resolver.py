#!/usr/bin/env python3
"""resolver.py RESOLVE - questions to the resolver (resolve.c) and what must come back; dns_server.py are its servers.

RESOLVE makes each lookup in a process that ends at any system call which the resolver has no entry for, so that each
row also says that none is missing.
"""

import fcntl
import ipaddress
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import dns_server
from dns_server import GOOD, LONG_NAME

# netdb.h
OK, NONAME, AGAIN, NODATA, FAMILY, SERVICE = 0, -2, -3, -5, -6, -8

SMALL = ["192.0.2.1", "2001:db8::1"]


def v4(count, first=0):
    return [f"192.0.2.{i}" for i in range(first, first + count)]


def v6(count, first=0):
    return [str(ipaddress.ip_address("2001:db8::") + i) for i in range(first, first + count)]


# Name, family, error, addresses in any order, TTL, and what else must be so: the canonical name, how often the name was
# asked about, how many seconds pass at least. What has no such number would not be back in time if it waited.
NAMES = [
    ("small.test", 0, OK, SMALL, 60, {}),
    ("small.test", 4, OK, ["192.0.2.1"], 300, {}),
    ("small.test", 6, OK, ["2001:db8::1"], 60, {}),
    ("SMALL.Test", 4, OK, ["192.0.2.1"], 300, {}),
    ("small.test.", 4, OK, ["192.0.2.1"], 300, {}),
    ("small.test..", 4, NONAME, [], 0, {}),
    ("v4.test", 0, OK, ["192.0.2.4"], 120, {}),
    ("v4.test", 6, NODATA, [], 0, {}),
    ("v6.test", 0, OK, ["2001:db8::6"], 130, {}),
    ("v6.test", 4, NODATA, [], 0, {}),
    ("several.test", 4, OK, v4(3, 1), 40, {}),
    ("nothing.test", 0, NODATA, [], 0, {}),
    ("absent.test", 0, NONAME, [], 0, {}),
    ("under_score.test", 4, OK, ["192.0.2.11"], 30, {}),
    (LONG_NAME, 4, OK, ["192.0.2.12"], 30, {}),
    ("x" + LONG_NAME, 4, NONAME, [], 0, {"asked": 0}),
    ("a" * 64 + ".test", 4, NONAME, [], 0, {"asked": 0}),
    ("", 0, NONAME, [], 0, {"asked": 0}),
    ("a b.test", 0, NONAME, [], 0, {}),
    # How long it lives.
    ("zero.test", 4, OK, ["192.0.2.1"], 0, {}),
    ("long.test", 4, OK, ["192.0.2.1"], 86400, {}),
    ("negative.test", 4, OK, ["192.0.2.1"], 0, {}),
    # Aliases.
    ("alias.test", 0, OK, SMALL, 20, {"canonical": "small.test"}),
    ("chain.test", 4, OK, ["192.0.2.4"], 91, {"canonical": "v4.test"}),
    ("sixteen.test", 4, OK, ["192.0.2.4"], 85, {"canonical": "v4.test"}),
    ("seventeen.test", 4, AGAIN, [], 0, {}),
    ("round.test", 4, AGAIN, [], 0, {}),
    ("to-nothing.test", 4, NODATA, [], 0, {}),
    ("backwards.test", 0, OK, [GOOD], 7, {"canonical": "b.test"}),
    ("two-aliases.test", 4, OK, [GOOD], 7, {"canonical": "a.test"}),
    ("dot-in-label.test", 4, OK, [GOOD], 7, {"canonical": "dot-in-label.test"}),
    # Whether a name may lead there is for others to say.
    ("loopback.test", 0, OK, ["127.0.0.1", "::1"], 30, {}),
    ("to-loopback.test", 4, OK, ["127.0.0.1"], 20, {}),
    ("metadata.test", 4, OK, ["169.254.169.254"], 30, {}),
    # Forgeries are passed over, and the right answer is waited for.
    *[(name + ".test", 4, OK, [GOOD], 30, {}) for name in (
        "wrong-id", "wrong-question", "wrong-type", "wrong-class", "two-questions", "no-question", "no-answer",
        "notification", "other-address", "short", "others-records", "mixed-case")],
    ("only-forged.test", 4, AGAIN, [], 0, {"above_s": 1.9}),
    ("only-others.test", 4, NODATA, [], 0, {}),
    ("other-class.test", 4, NODATA, [], 0, {}),
    ("other-type.test", 0, NODATA, [], 0, {}),
    # What cannot be right is no answer, and nobody waits for another.
    *[(name + ".test", 4, AGAIN, [], 0, {}) for name in (
        "self-pointer", "forward-pointer", "pointer-outside", "label-64", "label-128", "name-256", "endless-name",
        "short-address", "long-address", "more-records", "long-data", "alias-pointer", "alias-long",
        "pointer-chain")],
    # Codes.
    ("failure.test", 4, AGAIN, [], 0, {"asked": 2}),
    ("refused.test", 4, AGAIN, [], 0, {}),
    ("format-error.test", 4, OK, [GOOD], 30, {"asked": 2}),
    ("bare-format-error.test", 4, OK, [GOOD], 30, {"asked": 2}),
    ("not-implemented.test", 4, OK, [GOOD], 30, {"asked": 2}),
    ("only-a.test", 0, OK, [GOOD], 30, {}),
    ("only-a.test", 6, AGAIN, [], 0, {}),
    ("only-a-is-there.test", 0, OK, [GOOD], 30, {}),
    ("only-a-is-there.test", 6, NONAME, [], 0, {}),
    ("only-a-is-answered.test", 0, OK, [GOOD], 30, {"above_s": 1.9}),
    ("fails-once.test", 4, OK, [GOOD], 30, {"asked": 2}),
    # Time.
    ("silent.test", 4, AGAIN, [], 0, {"asked": 2, "above_s": 1.9}),
    ("silent-once.test", 4, OK, [GOOD], 30, {"asked": 2, "above_s": 0.9}),
    ("slow.test", 4, OK, [GOOD], 30, {"asked": 1}),
    # Answers that no datagram holds.
    ("many.test", 0, OK, v4(60), 100, {}),
    ("many.test", 4, OK, v4(60), 100, {}),
    ("many-both.test", 6, OK, v6(60), 100, {}),
    ("many-both.test", 0, OK, v4(32) + v6(32), 100, {}),
    ("few-of-each.test", 0, OK, v4(30) + v6(30), 100, {"asked": 4}),
    ("part.test", 0, OK, v4(60), 100, {}),
    ("part-no-tcp.test", 4, OK, v4(20), 100, {}),
    ("empty-no-tcp.test", 4, AGAIN, [], 0, {}),
    ("thousand.test", 4, OK, v4(64), 100, {}),
    ("full.test", 0, OK, [GOOD], 30, {}),
    ("cut.test", 4, OK, v4(40), 100, {"asked": 2}),
    ("tcp-wrong-id.test", 4, AGAIN, [], 0, {}),
    ("tcp-short.test", 4, AGAIN, [], 0, {}),
]

BASE = "nameserver [{v4}]:{port}\n"
PLAIN = BASE + "options timeout:1\n"
PATIENT = BASE + "options timeout:30\n"
PATIENCE_S = 25

# resolv.conf, name, family, error, addresses. {dead} is a port where nothing listens, {mute} one that says nothing.
FILES = [
    (PLAIN + "search corp.test other.test\n", "inner", 4, OK, ["192.0.2.9"]),
    (PLAIN + "search other.test corp.test\n", "inner", 4, OK, ["192.0.2.9"]),
    (PLAIN + "domain corp.test\n", "inner", 4, OK, ["192.0.2.9"]),
    (PLAIN + "search other.test\ndomain corp.test\n", "inner", 4, OK, ["192.0.2.9"]),
    (PLAIN + "domain corp.test\nsearch other.test\n", "inner", 4, NONAME, []),
    (PLAIN + "search corp.test\n", "inner.", 4, NONAME, []),
    (PLAIN + "search other.test\n", "far.two", 4, NONAME, []),
    (PLAIN + "search other.test\noptions ndots:2\n", "far.two", 4, OK, ["192.0.2.10"]),
    (PLAIN + "search .\n", "small.test", 4, OK, ["192.0.2.1"]),
    (PLAIN + "search . corp.test\n", "inner", 4, OK, ["192.0.2.9"]),
    (PLAIN + "search a..b " + "c" * 64 + " corp.test.\n", "inner", 4, OK, ["192.0.2.9"]),
    ("# nameserver [{v4}]:{dead}\n; x\nnameserver [{v4}]:{port} # y\r\n", "small.test", 4, OK, ["192.0.2.1"]),
    ("nameserver [::1]:{port6}\n", "small.test", 0, OK, SMALL),
    ("nameserver [::1]:{port6}\n", "many.test", 4, OK, v4(60)),
    ("nameserver [::1%lo]:{port6}\n", "small.test", 4, OK, ["192.0.2.1"]),
    # What comes from elsewhere does not count.
    ("nameserver [{v4}]:{dead}\n" + PLAIN, "small.test", 4, OK, ["192.0.2.1"]),
    ("nameserver [{v4}]:{mute}\n" + PLAIN, "small.test", 0, OK, SMALL),
    ("nameserver 256.1.1.1\nnameserver x\nnameserver\n" + PLAIN, "small.test", 4, OK, ["192.0.2.1"]),
    ("nameserver [{v4}]:{dead}\n" * 3 + PLAIN, "small.test", 4, AGAIN, []),
    ("nameserver [{v4}]:{dead}\n" * 2 + PLAIN, "small.test", 4, OK, ["192.0.2.1"]),
    ("nameserver [{v4}]:{dead}\nnameserver [{v4}]:{dead}\n" + PLAIN + "options rotate\n", "small.test", 4, OK,
     ["192.0.2.1"]),
    (PLAIN + "options attempts:1\n", "fails-once.test", 4, AGAIN, []),
    (PLAIN + "options attempts:5\n", "late.test", 4, OK, [GOOD]),
    (PLAIN + "options attempts:1\n", "silent-once.test", 4, AGAIN, []),
    ("nameserver [{v4}]:{other}\n" + PLAIN, "failure.test", 4, OK, ["192.0.2.77"]),
    (PLAIN + "nameserver [{v4}]:{other}\n", "failure.test", 4, OK, ["192.0.2.77"]),
    (PLAIN + "nameserver [{v4}]:{other}\n", "self-pointer.test", 4, OK, ["192.0.2.77"]),
    (PLAIN + "nameserver [{v4}]:{other}\n", "tcp-short.test", 4, OK, ["192.0.2.77"]),
    (PLAIN + "nameserver [{v4}]:{other}\n", "part-no-tcp.test", 4, OK, ["192.0.2.77"]),
    ("x" * 20000 + "\n" + PLAIN, "localhost", 4, OK, ["127.0.0.1"]),
]

# Host, service, family, type, flags, error, what is printed. None of them asks anybody.
CALLS = [
    ("192.0.2.7", "80", 0, "tcp", "", OK, ["192.0.2.7|80|tcp"]),
    ("192.0.2.7", "80", 0, "-", "", OK, ["192.0.2.7|80|tcp", "192.0.2.7|80|udp"]),
    ("192.0.2.7", "-", 0, "udp", "", OK, ["192.0.2.7|0|udp"]),
    ("2001:db8::7", "65535", 0, "tcp", "numeric-host", OK, ["2001:db8::7|65535|tcp"]),
    ("fe80::7%1", "1", 0, "tcp", "", OK, ["fe80::7|1|tcp|1"]),
    ("fe80::7%lo", "1", 0, "tcp", "", OK, ["fe80::7|1|tcp|1"]),
    ("fe80::7%none", "1", 0, "tcp", "", NONAME, []),
    ("192.0.2.7", "65536", 0, "tcp", "", SERVICE, []),
    ("192.0.2.7", "", 0, "tcp", "", SERVICE, []),
    ("192.0.2.7", "http", 0, "tcp", "numeric-service", NONAME, []),
    ("192.0.2.7", "no-such-service", 0, "tcp", "", SERVICE, []),
    ("small.test", "80", 0, "tcp", "numeric-host", NONAME, []),
    ("192.0.2.7", "80", 6, "tcp", "", NONAME, []),
    ("192.0.2.7", "80", 6, "tcp", "v4-mapped", OK, ["::ffff:192.0.2.7|80|tcp"]),
    ("-", "80", 4, "tcp", "", OK, ["127.0.0.1|80|tcp"]),
    ("-", "80", 6, "tcp", "", OK, ["::1|80|tcp"]),
    ("-", "80", 4, "tcp", "passive", OK, ["0.0.0.0|80|tcp"]),
    ("-", "80", 6, "tcp", "passive", OK, ["::|80|tcp"]),
    ("-", "-", 0, "tcp", "", NONAME, []),
    ("127.0.0.1", "80", 0, "tcp", "address-config", OK, ["127.0.0.1|80|tcp"]),
    ("localhost", "80", 4, "tcp", "", OK, ["127.0.0.1|80|tcp"]),
]

HOSTS = """# comment
127.9.9.9 here.local here alias # more
::2 here.local here
fe80::3%lo link.local
192.0.2.5 small.test
not-an-address x
""" + "".join(f"192.0.2.{i} crowd\n" for i in range(60))
SERVICES = "web 8080/tcp www # comment\nweb 8081/udp\nonly 9/udp\n"

# In a namespace of mounts with an /etc of its own, whose resolv.conf is PLAIN: the same columns.
FILES_OF_ETC = [
    ("here", "web", 0, "-", "canonical", OK,
     ["127.9.9.9|8080|tcp", "127.9.9.9|8081|udp", "::2|8080|tcp", "::2|8081|udp"], "here.local"),
    ("here", "www", 4, "tcp", "", OK, ["127.9.9.9|8080|tcp"], ""),
    ("alias", "only", 4, "udp", "", OK, ["127.9.9.9|9|udp"], ""),
    ("alias", "only", 4, "tcp", "", SERVICE, [], ""),
    ("here", "1", 6, "tcp", "", OK, ["::2|1|tcp"], ""),
    ("link.local", "1", 0, "tcp", "", OK, ["fe80::3|1|tcp|1"], ""),
    ("link.local", "1", 4, "tcp", "", NONAME, [], ""),
    ("small.test", "1", 4, "tcp", "", OK, ["192.0.2.5|1|tcp"], ""),
    ("v4.test", "1", 4, "tcp", "", OK, ["192.0.2.4|1|tcp"], ""),
    ("crowd", "1", 4, "tcp", "", OK, [f"192.0.2.{i}|1|tcp" for i in range(48)], ""),
]


class Tests:
    def __init__(self, resolve, folder):
        self.resolve, self.folder = resolve, folder
        self.passed, self.failures, self.files = 0, [], 0

    def check(self, what, actual, expected):
        if actual == expected:
            self.passed += 1
        else:
            self.failures.append(f"{what}: {actual}, expected {expected}")

    def write(self, text):
        self.files += 1
        path = f"{self.folder}/{self.files}.conf"
        with open(path, "w") as file:
            file.write(text)
        return path

    def ask(self, conf, host, service="1", family=0, kind="tcp", flags="", before=()):
        """Error, whether somebody was asked, TTL, canonical name, addresses; or what went wrong."""
        words = [*before, self.resolve, conf, host, service, str(family), kind, *flags.split()]
        try:
            run = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            return "waits", "", None, None, []
        parts = run.stdout.split(" ")
        if run.returncode != 0 or len(parts) < 4:
            return None, run.stdout + run.stderr, None, None, []
        values = [part.split("=", 1)[1].strip() for part in parts[:4]]
        # Of an address of the other family, which nobody is asked about, musl says another error since 1.2.4.
        error = NONAME if int(values[0]) == NODATA and values[1] == "0" else int(values[0])
        return error, int(values[1]), int(values[2]), values[3], [part.strip() for part in parts[4:]]

    def names(self, server, conf, patient):
        """Side by side, as some of them wait."""
        def one(row):
            start = time.monotonic()
            got = self.ask(conf if "above_s" in row[5] else patient, row[0], family=row[1],
                           flags="canonical" if "canonical" in row[5] else "")
            return got, time.monotonic() - start

        with ThreadPoolExecutor(12) as pool:
            results = list(pool.map(one, NAMES))
        for (name, family, error, addresses, ttl, more), (got, took_s) in zip(NAMES, results):
            what = f"{name[:40]}/{family}"
            self.check(f"{what}: error", got[0], error)
            self.check(f"{what}: addresses", sorted(got[4]), sorted(f"{address}|1|tcp" for address in addresses))
            self.check(f"{what}: TTL", got[2], ttl)
            if "canonical" in more:
                self.check(f"{what}: canonical name", got[3], more["canonical"])
            if "asked" in more:
                self.check(f"{what}: queries", sum(query.name == name for query in server.seen), more["asked"])
            if "above_s" in more:
                self.check(f"{what}: waits", took_s >= more["above_s"], True)

    def resolv_confs(self, places):
        def one(row):
            text, name, family, error, addresses = row
            return row, self.ask(self.write(text.format(**places)), name, family=family)
        with ThreadPoolExecutor(12) as pool:
            results = list(pool.map(one, FILES))
        for (text, name, family, error, addresses), got in results:
            what = f"{text[:60]!r} {name}/{family}"
            self.check(f"{what}: error", got[0], error)
            self.check(f"{what}: addresses", sorted(got[4]), sorted(f"{address}|1|tcp" for address in addresses))

    def turns(self, places, other):
        """Who is asked first, with rotate and without. An answer counts, too, which comes when another was asked."""
        both = "nameserver [{v4}]:{port}\nnameserver [{v4}]:{other}\n".format(**places)
        for option, wanted in (("", {GOOD}), ("options rotate\n", {GOOD, "192.0.2.77"})):
            conf = self.write(both + option)
            found = {self.ask(conf, "format-error.test", family=4)[4][0].split("|")[0] for _ in range(24)}
            self.check(f"{option!r} first", found, wanted)
        conf = self.write(both + "options timeout:2 attempts:1\n")
        self.check("an answer after its time", self.ask(conf, "after-other.test", family=4)[4], [f"{GOOD}|1|tcp"])
        self.check("another was asked", [query.name for query in other.seen].count("after-other.test"), 1)

    def calls(self, conf):
        for host, service, family, kind, flags, error, addresses in CALLS:
            what = f"{host} {service} {family} {kind} {flags}"
            got = self.ask(conf, host, service, family, kind, flags)
            self.check(what, (got[0], got[1], got[2], got[4]), (error, 0, 0, addresses))
        got = self.ask(conf, "small.test", family=6, flags="v4-mapped all")
        self.check("mapped, all", sorted(got[4]), ["2001:db8::1|1|tcp", "::ffff:192.0.2.1|1|tcp"])
        got = self.ask(conf, "small.test", family=6, flags="v4-mapped")
        self.check("mapped", sorted(got[4]), ["2001:db8::1|1|tcp"])
        got = self.ask(conf, "v4.test", family=6, flags="v4-mapped")
        self.check("mapped, only IPv4", sorted(got[4]), ["::ffff:192.0.2.4|1|tcp"])
        got = self.ask(conf, "loopback.test", kind="-")
        self.check("both types", sorted(got[4]),
                   ["127.0.0.1|1|tcp", "127.0.0.1|1|udp", "::1|1|tcp", "::1|1|udp"])
        got = self.ask(conf, "many-both.test", kind="-")
        self.check("both types of 64 addresses", (got[0], len(got[4]), len(set(got[4]))), (OK, 128, 128))

    def etc(self, text):
        """The host's files have fixed paths; a namespace of mounts has its own."""
        folder = f"{self.folder}/etc"
        os.mkdir(folder)
        for name, content in (("hosts", HOSTS), ("services", SERVICES), ("resolv.conf", text)):
            with open(f"{folder}/{name}", "w") as file:
                file.write(content)
        inside = ["unshare", "-rm", "sh", "-c", f"mount --bind {folder} /etc && exec \"$@\"", "sh"]
        if shutil.which("unshare") is None or subprocess.run([*inside, "true"], capture_output=True).returncode != 0:
            print("resolver: no namespace of mounts here: the hosts file is this machine's, services too")
            return
        for host, service, family, kind, flags, error, addresses, canonical in FILES_OF_ETC:
            got = self.ask("-", host, service, family, kind, flags, before=inside)
            self.check(f"/etc: {host} {service} {family} {kind}", (got[0], sorted(got[4]), got[3]),
                       (error, sorted(addresses), canonical))

    def link_local(self):
        """A server that is reached by an address of a link only, in a network of the test's own."""
        words = ["unshare", "-rn", sys.executable, os.path.abspath(__file__), self.resolve, "--link-local"]
        try:
            run = subprocess.run(words, capture_output=True, text=True, timeout=60)
        except OSError:
            run = None
        if run is None or "unshare" in run.stderr:
            print("resolver: no namespace of networks here: no server with an address of a link")
            return
        self.check("an address of a link", run.stdout + run.stderr, "[0, 0, -3]\n")

    def directories(self):
        """Where files lie, and where links lead."""
        os.makedirs(f"{self.folder}/links/inner")
        os.makedirs(f"{self.folder}/real")
        shutil.copy(self.write("nameserver 127.0.0.1\n"), f"{self.folder}/real/resolv.conf")
        os.symlink("../../real/resolv.conf", f"{self.folder}/links/inner/resolv.conf")
        listed = subprocess.run([self.resolve, f"{self.folder}/links/inner/resolv.conf"], capture_output=True,
                                text=True).stdout.split()
        wanted = {"/etc", f"{self.folder}/links/inner", os.path.realpath(f"{self.folder}/real"),
                  os.path.dirname(os.path.realpath("/etc/hosts")), os.path.dirname(os.path.realpath("/etc/services"))}
        self.check("directories", set(listed), wanted)
        listed = subprocess.run([self.resolve, "/no/such/file"], capture_output=True, text=True).stdout.split()
        self.check("directories of a file that is missing", listed[:2], ["/etc", "/no/such"])

    def secrets(self, server):
        """An id and a port of each question, which do not repeat; EDNS0 in the first datagram, not over TCP."""
        pairs = [(query.id, query.port) for query in server.seen if not query.is_tcp and query.count == 0]
        self.check("ids and ports are many", len(pairs) > 60 and len(set(pairs)) == len(pairs), True)
        for which in range(2):
            values = [pair[which] for pair in pairs]
            self.check("ids or ports repeat", len(set(values)) > len(values) * 0.9, True)
            steps = [abs(a - b) for a, b in zip(values, values[1:])]
            self.check("ids or ports are counted up", sum(step < 16 for step in steps) < len(steps) * 0.1, True)
        datagrams = [query for query in server.seen if query.name == "small.test" and not query.is_tcp]
        self.check("EDNS0", {query.has_edns for query in datagrams}, {True})


def closed_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address, link):
    """Until nobody else turned out to have an address that was just set."""
    ends = time.monotonic() + 10
    while True:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as tried:
            try:
                return tried.bind((address, 0, 0, link))
            except OSError:
                if time.monotonic() > ends:
                    raise
        time.sleep(0.02)


def ask_on_link(resolve):
    """In a network namespace: what comes of a server on its loopback with the link's name, its number, and neither."""
    address, loopback = "fe80::53", 1
    set_address, set_flags, up = 0x8916, 0x8914, 1
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, set_flags, struct.pack("16sh22x", b"lo", up))
        fcntl.ioctl(control, set_address,
                    struct.pack("16sIi", socket.inet_pton(socket.AF_INET6, address), 64, loopback))
    wait_for(address, loopback)
    with tempfile.TemporaryDirectory() as folder, dns_server.Server(f"{address}%lo") as server:
        tests = Tests(resolve, folder)
        confs = [tests.write(f"nameserver [{address}{scope}]:{server.port}\noptions timeout:1 attempts:1\n")
                 for scope in ("%lo", f"%{loopback}", "")]
        print([tests.ask(conf, "small.test", family=4)[0] for conf in confs])


def main():
    resolve = os.path.abspath(sys.argv[1])
    if sys.argv[2:] == ["--link-local"]:
        return ask_on_link(resolve)
    others = {label: lambda query: [dns_server.one(query, "192.0.2.77")] for label in dns_server.TRICKS}
    others["after-other"] = lambda query: []

    def after_other(query):
        while not any(seen.name == query.name for seen in other.seen):
            time.sleep(0.01)
        return [dns_server.one(query)]

    with tempfile.TemporaryDirectory() as folder, dns_server.Server("127.0.0.1") as server, \
            dns_server.Server("127.0.0.1", tricks={**dns_server.TRICKS, "after-other": after_other}) as fresh, \
            dns_server.Server("::1") as server6, \
            dns_server.Server("127.0.0.1", tricks=others) as other, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        os.chmod(folder, 0o755)
        mute.bind(("127.0.0.1", 0))
        places = {"v4": "127.0.0.1", "port": server.port, "port6": server6.port, "other": other.port,
                  "mute": mute.getsockname()[1], "dead": closed_port()}
        tests = Tests(resolve, folder)
        conf = tests.write(PLAIN.format(**places))
        tests.names(server, conf, tests.write(PATIENT.format(**places)))
        tests.secrets(server)
        tests.resolv_confs({**places, "port": fresh.port})
        tests.turns({**places, "port": fresh.port}, other)
        tests.calls(conf)
        tests.etc(PLAIN.format(**places))
        tests.link_local()
        tests.directories()
    print("\n".join(tests.failures + [f"resolver: {tests.passed} passed, {len(tests.failures)} failed"]))
    return 1 if tests.failures else 0


if __name__ == "__main__":
    sys.exit(main())
