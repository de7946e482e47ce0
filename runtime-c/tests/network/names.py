#!/usr/bin/env python3
"""names.py NAMES - a sealed program's lookups (names.c), by way of its broker; dns_server.py is who knows the names."""

import os
import subprocess
import sys
import tempfile

import dns_server

NONAME, AGAIN, NODATA, DENIED = -2, -3, -5, 1
ANY_TEST = "--allow-resolve *.test"

# Grants, names, and of each the error and how many addresses there are.
ROWS = [
    (ANY_TEST, ["small.test", "many.test", "many-both.test", "SMALL.test."], [(0, 2), (0, 60), (0, 64), (0, 2)]),
    (ANY_TEST, ["absent.test", "nothing.test", "failure.test"], [(NONAME, 0), (NODATA, 0), (AGAIN, 0)]),
    (ANY_TEST, ["self-pointer.test", "pointer-chain.test", "full.test"], [(AGAIN, 0), (AGAIN, 0), (0, 1)]),
    (ANY_TEST, ["test", "small.example", "localhost", "a" * 300], [(DENIED, 0), (DENIED, 0), (DENIED, 0), (NONAME, 0)]),
    (ANY_TEST, ["127.0.0.1", "::1", "192.0.2.1"], [(0, 1), (0, 1), (0, 1)]),
    ("--allow-resolve localhost", ["localhost", "small.test"], [(0, None), (DENIED, 0)]),
    ("--allow-resolve small.test", ["small.test", "v4.test"], [(0, 2), (DENIED, 0)]),
    ("--allow-outbound tcp://small.test:80", ["small.test"], [(DENIED, 0)]),
    # Nothing is allowed, so that there is nobody to ask.
    ("", ["small.test", "127.0.0.1"], [(DENIED, 0), (DENIED, 0)]),
]


class Tests:
    def __init__(self, program):
        self.program, self.passed, self.failures = program, 0, []

    def check(self, what, actual, expected):
        if actual == expected:
            self.passed += 1
        else:
            self.failures.append(f"{what}: {actual}, expected {expected}")

    def start(self, conf, grants, names, directory="/"):
        grants = f"--seal require --resolv-conf {conf} {grants}"
        return subprocess.Popen([self.program, *names], env={"WASMC_GRANTS": grants}, cwd=directory, text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, conf, grants, names, expected, **options):
        out, errors = self.start(conf, grants, names, **options).communicate(timeout=60)
        actual = [tuple(map(int, line.split())) for line in out.splitlines()]
        expected = [(error, count if wanted is None else wanted)
                    for (error, wanted), (_, count) in zip(expected, actual)] if len(actual) == len(expected) else expected
        self.check(f"{grants} {[name[:20] for name in names]}", (actual, errors), (expected, ""))

    def replaced(self, folder, text):
        """Another file takes the place of resolv.conf while the program runs, as those who manage networks do it."""
        os.makedirs(f"{folder}/etc")
        path = f"{folder}/etc/resolv.conf"
        with open(path, "w") as file:
            file.write("nameserver [127.0.0.1]:1\n")
        program = self.start(path, ANY_TEST, ["v4.test", "-", "v4.test"])
        first = program.stdout.readline()
        with open(f"{path}.new", "w") as file:
            file.write(text)
        os.rename(f"{path}.new", path)
        out, errors = program.communicate("x", timeout=60)
        self.check("replaced", (first, out, errors), (f"{AGAIN} 0\n", "0 1\n", ""))

    def linked(self, folder, text):
        """A link to a file in another directory, and a path that begins where the program does."""
        os.makedirs(f"{folder}/run/resolve")
        with open(f"{folder}/run/resolve/stub.conf", "w") as file:
            file.write(text)
        os.symlink("run/resolve/stub.conf", f"{folder}/link.conf")
        self.run(f"{folder}/link.conf", ANY_TEST, ["v4.test"], [(0, 1)])
        self.run("link.conf", ANY_TEST, ["v4.test"], [(0, 1)], directory=folder)
        self.run("run/resolve/stub.conf", ANY_TEST, ["v4.test"], [(0, 1)], directory=folder)

    def traced(self, conf):
        program = self.start(conf, f"--trace-wasi {ANY_TEST}", ["evil.example"])
        errors = program.communicate(timeout=60)[1]
        wanted = "wasmc: no pattern admits this; --allow-resolve evil.example would\n"
        self.check("traced", wanted in errors, True)


def main():
    tests = Tests(os.path.abspath(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder, dns_server.Server("127.0.0.1") as server:
        text = f"nameserver [127.0.0.1]:{server.port}\noptions timeout:30\n"
        conf = f"{folder}/resolv.conf"
        with open(conf, "w") as file:
            file.write(text)
        for grants, names, expected in ROWS:
            tests.run(conf, grants, names, expected)
        asked = {query.name for query in server.seen}
        tests.check("asked about what is not allowed", sorted(name for name in asked if not name.endswith(".test")), [])
        tests.replaced(folder, text)
        tests.linked(folder, text)
        tests.traced(conf)
    print("\n".join(tests.failures + [f"names: {tests.passed} passed, {len(tests.failures)} failed"]))
    return 1 if tests.failures else 0


if __name__ == "__main__":
    sys.exit(main())
