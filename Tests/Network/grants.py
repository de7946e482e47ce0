#!/usr/bin/env python3
"""Grants of the network, from where they are typed to what they do: options, manifests, WASMC_GRANTS, ceilings, reports.

    grants.py --wasmc WASMC

Guests are texts that open a socket and connect; an errno is their status. Their peers listen in this process, on ports that
were free, and count who comes. Ends with the line `N passed, N failed`; exit status 1 when something failed.
"""

import argparse
import json
import socket
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from checks import Checks, environment  # noqa: E402

ACCES, CONNREFUSED = 2, 14
ENGINES = ["--native", "--interp"]

# A module of WasmEdge's sockets: `connect(port)` is 0 or an errno.
CONNECT = """(module
  (import "wasi_snapshot_preview1" "sock_open" (func $open (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_connect" (func $connect (param i32 i32 i32) (result i32)))
  %s
  (memory (export "memory") 1)
  ;; An address, and four bytes: 127.0.0.1.
  (data (i32.const 0) "\\08\\00\\00\\00\\04\\00\\00\\00\\7f\\00\\00\\01")
  (func $reach (export "connect") (param $port i32) (result i32) (local $errno i32)
    (local.set $errno (call $open (i32.const 1) (i32.const 2) (i32.const 16)))
    (if (local.get $errno) (then (return (local.get $errno))))
    (call $connect (i32.load (i32.const 16)) (i32.const 0) (local.get $port)))
  %s)
"""
MAIN = CONNECT % (
    '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))',
    '(func (export "_start") (call $exit (call $reach (i32.const %d))))')
LIBRARY = CONNECT % ("", "")
# The main module's errno, times 64, and the linked one's.
BOTH = CONNECT % (
    '(import "payments" "connect" (func $payments (param i32) (result i32)))'
    ' (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))',
    '(func (export "_start") (call $exit (i32.add (i32.mul (i32.const 64) (call $reach (i32.const %d)))'
    ' (call $payments (i32.const %d)))))')


class Suite(Checks):
    def start(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.05)
        self.port = self.listener.getsockname()[1]
        self.write("client.wat", MAIN % self.port)
        self.write("both.wat", BOTH % (self.port, self.port))
        self.write("payments.wat", LIBRARY)

    def run(self, *command, grants=None):
        words = [self.wasmc if word == "wasmc" else word for word in command]
        done = subprocess.run(words, cwd=self.place, env=environment(grants), capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def visitors(self):
        """How many have connected since the last call."""
        count = 0
        while True:
            try:
                self.listener.accept()[0].close()
                count += 1
            except TimeoutError:
                return count

    def reaches(self, name, outcome, status, visitors):
        self.check(name, (outcome[0], self.visitors()), (status, visitors))


def options(suite):
    rule = f"tcp://127.0.0.1:{suite.port}"
    for engine in ENGINES:
        for words, status, visitors in [
            ([], ACCES, 0), (["--allow-outbound", rule], 0, 1), (["--allow-outbound", "tcp://127.0.0.0/8:1-65535"], 0, 1),
            (["--allow-outbound", f"udp://127.0.0.1:{suite.port}"], ACCES, 0), (["--allow-inbound", rule], ACCES, 0),
            (["--allow-outbound", "tcp://127.0.0.2:*", "--allow-outbound", rule], 0, 1),
            # Loopback is then its own, whatever a rule says.
            (["--isolate-network"], CONNREFUSED, 0), (["--isolate-network", "--allow-outbound", rule], CONNREFUSED, 0),
        ]:
            outcome = suite.run("wasmc", "run", engine, *words, "client.wat")
            suite.reaches(f"run {engine} {' '.join(words)}", outcome, status, visitors)


def environment_words(suite):
    rule = f"tcp://127.0.0.1:{suite.port}"
    suite.run("wasmc", "build", "client.wat")
    suite.reaches("nothing by default", suite.run("./client"), ACCES, 0)
    suite.reaches("a rule", suite.run("./client", grants=f"--allow-outbound {rule}"), 0, 1)
    # The compiler and the program say the same about what is no rule.
    for option, word in [("--allow-outbound", "tcp://127.0.0.1"), ("--allow-inbound", "127.0.0.1:80"),
                         ("--allow-resolve", "10.0.0.1"), ("--allow-outbound", "tcp://10.0.0.1/8:80")]:
        status, _, error = suite.run("./client", grants=f"{option} {word}")
        typed = suite.run("wasmc", "run", option, word, "client.wat")
        expected = typed[2].partition("expected ")[2].partition(";")[0].partition(", found")[0].split("\n")[0]
        suite.check(f"{option} {word}: statuses", (status, typed[0]), (125, 2))
        suite.holds(f"{option} {word}: words", expected and expected in error and option in error, (typed[2], error))
        suite.reaches(f"{option} {word}: nothing runs", (0,), 0, 0)


def ceiling(suite):
    rules = ["--allow-outbound", f"tcp://127.0.0.1:{suite.port}", "--allow-outbound", "tcp://10.0.0.0/9:80",
             "--allow-outbound", "tcp://10.128.0.0/9:80", "--allow-resolve", "*.example.com"]
    suite.run("wasmc", "build", "--ceiling", *rules, "client.wat")
    narrower = f"tcp://127.0.0.1:{suite.port}"
    suite.reaches("what is baked in", suite.run("./client"), 0, 1)
    suite.reaches("a part of it", suite.run("./client", grants=f"--allow-outbound {narrower}"), 0, 1)
    # What is named is all there is.
    suite.reaches("another part", suite.run("./client", grants="--allow-outbound tcp://10.0.0.0/8:80"), ACCES, 0)
    suite.reaches("isolation", suite.run("./client", grants="--isolate-network"), CONNREFUSED, 0)
    for words in ["--allow-outbound tcp://127.0.0.0/31:80", "--allow-outbound tcp://10.0.0.0/8:80-81",
                  "--allow-outbound tcp://10.0.0.0/7:80", f"--allow-outbound udp://127.0.0.1:{suite.port}",
                  "--allow-inbound tcp://127.0.0.1:80", "--allow-resolve example.com", "--allow-resolve *",
                  "--forward 8080:80", "--resolv-conf x", "--namespace-prefix x"]:
        status, _, error = suite.run("./client", grants=words)
        suite.check(f"beyond the ceiling: {words}", (status, "is more than this program's ceiling grants" in error,
                                                     suite.visitors()), (125, True, 0))
    status, _, error = suite.run("./client", grants="--allow-outbound nonsense")
    suite.check("no rule at all", (status, "expected tcp:// or udp://" in error), (125, True))


def modules(suite):
    """Two modules of one program, of which one may talk."""
    rule = f'["tcp://127.0.0.1:{suite.port}"]'
    for name, main, linked, status, visitors in [
        ("nobody", "", "", ACCES * 64 + ACCES, 0), ("the linked one", "", rule, ACCES * 64, 1),
        ("the main one", rule, "", ACCES, 1), ("both", rule, rule, 0, 2),
    ]:
        words = ['file = "both.wat"', f"allow-outbound = {main}" if main else "", "[module.payments]",
                 'file = "payments.wat"', f"allow-outbound = {linked}" if linked else ""]
        suite.write("wasmc.toml", "\n".join(words) + "\n")
        for engine in ENGINES:
            outcome = suite.run("wasmc", "run", engine, "--config", "wasmc.toml")
            suite.reaches(f"{name} may talk, {engine}", outcome, status, visitors)
        suite.run("wasmc", "build", "--config", "wasmc.toml", "-o", "both")
        suite.reaches(f"{name} may talk, built", suite.run("./both"), status, visitors)
    suite.run("wasmc", "build", "both.wat", "--preload", "payments=payments.wat", "-o", "both")
    grants = f"--module payments --allow-outbound tcp://127.0.0.1:{suite.port}"
    suite.reaches("granted at start", suite.run("./both", grants=grants), ACCES * 64, 1)


def manifest(suite):
    """The table of the network, and rules in it."""
    suite.write("wasmc.toml", 'file = "client.wat"\n[network]\nisolation = true\n')
    for engine in ENGINES:
        outcome = suite.run("wasmc", "run", engine, "--config", "wasmc.toml")
        suite.reaches(f"isolation, {engine}", outcome, CONNREFUSED, 0)
    suite.write("wasmc.toml", f'file = "client.wat"\n[network]\nallow-outbound = ["tcp://127.0.0.1:{suite.port}"]\n')
    suite.reaches("a rule of the main module's", suite.run("wasmc", "run", "--config", "wasmc.toml"), 0, 1)


def reports(suite):
    """What an executable says about itself, and does."""
    suite.write("wasmc.toml", 'file = "both.wat"\n[network]\nisolation = true\nforward = ["0:80"]\n[module.payments]\n'
                              'file = "payments.wat"\nallow-outbound = ["tcp://10.0.0.0/8:5432"]\n')
    suite.run("wasmc", "build", "--config", "wasmc.toml", "-o", "both")
    facts = json.loads(suite.run("wasmc", "inspect", "--json", "both")[1])
    network, linked = facts["network"], facts["linkedModules"][0]["network"]
    suite.check("ABI", (network["socketABIs"], network["sockets"]), (["WasmEdge"], ["sock_open", "sock_connect"]))
    suite.check("isolation", (network["isolated"], network["forwards"]), (True, ["0:80"]))
    suite.check("rules of each", (network["outbound"], linked["outbound"]), ([], ["tcp://10.0.0.0/8:5432"]))
    guest, broker = set(facts["systemCalls"]), set(facts["brokerSystemCalls"])
    suite.check("the guest's process makes no sockets", guest & {"socket", "bind", "connect", "sendto"}, set())
    suite.holds("its broker does", {"socket", "bind", "connect"} <= broker, sorted(broker))
    text = suite.run("wasmc", "inspect", "both")[1]
    for line in ["system calls of the broker: ", "  sockets: WasmEdge: sock_open sock_connect\n", "  forward: 0:80\n",
                 "    outbound: tcp://10.0.0.0/8:5432\n", "namespace: its own\n"]:
        suite.holds(f"inspect says {line!r}", line in text, text)
    suite.write("plain.wat", '(module (func (export "_start")))')
    suite.run("wasmc", "build", "plain.wat")
    facts = json.loads(suite.run("wasmc", "inspect", "--json", "plain")[1])
    suite.check("nothing of that without sockets", (facts["brokerSystemCalls"], facts["forwarderSystemCalls"],
                                                    facts["network"]["sockets"]), ([], [], []))


def main():
    parser = argparse.ArgumentParser(description="try grants of the network")
    parser.add_argument("--wasmc", required=True)
    suite = Suite(parser.parse_args().wasmc)
    suite.run_parts([options, environment_words, ceiling, modules, manifest, reports], Suite.start)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
