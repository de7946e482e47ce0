#!/usr/bin/env python3
"""What README.md and the documents in docs tell people to do, done.

    recipes.py --wasmc WASMC [--filter WORD]

Files, commands and their output are taken from the documents, see document.py. A recipe whose tools are missing is left
out with a line that says so. Ends with the line `N passed, N failed`; exit status 1 when something failed.
"""
import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

import document  # noqa: E402
from checks import Checks  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


class Missing(Exception):
    """A tool that a recipe takes and this machine does not have."""


def tool(*names):
    for name in names:
        if shutil.which(name) is None:
            raise Missing(f"no {name}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def rust():
    """Variables and replacements with which cargo compiles for WASI: any cargo with any rustc that has the target."""
    for cargo, rustc in (("cargo", "rustc"), ("/usr/bin/cargo", "/usr/bin/rustc")):
        if not shutil.which(cargo) or not shutil.which(rustc):
            continue
        root = subprocess.run([rustc, "--print", "sysroot"], capture_output=True, text=True).stdout.strip()
        for target in ("wasm32-wasip1", "wasm32-wasi"):
            if os.path.isdir(f"{root}/lib/rustlib/{target}/lib"):
                path = f"{os.path.dirname(shutil.which(cargo))}:{os.environ['PATH']}"
                return {"RUSTC": rustc, "PATH": path}, {"wasm32-wasip1": target}
    raise Missing("no Rust with a WASI target")


def wasi_libc():
    tool("clang-22", "wasm-ld-22")
    if not os.path.exists("/usr/lib/wasm32-wasi/libc.a"):
        raise Missing("no wasi-libc")


def root_and_namespaces():
    tool("chroot", "unshare")
    if os.getuid() != 0 or subprocess.run(["unshare", "--pid", "--fork", "true"], capture_output=True).returncode:
        raise Missing("it takes root and namespaces")


class Suite(Checks):
    def __init__(self, wasmc, scratch):
        super().__init__(wasmc)
        self.scratch = scratch
        (scratch / "bin").mkdir()
        (scratch / "bin/wasmc").symlink_to(self.wasmc)
        self.path = f"{scratch}/bin:{os.environ['PATH']}"
        self.places = []
        # Ports that the documents name, and those of this machine.
        self.ports = {"8080": str(free_port()), "5432": str(free_port())}

    def folder(self, section, replacements):
        """A folder with the section's files, and those of earlier ones that it needs."""
        place = Path(tempfile.mkdtemp(dir=self.scratch))
        for name, contents in section.files.items():
            file = place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(replaced(contents, replacements))
        for name in section.needs:
            source = next((earlier / name for earlier in reversed(self.places) if (earlier / name).exists()), None)
            if source is None:
                raise Missing(f"no {name}, of a recipe that was left out")
            shutil.copy2(source, place / name)
        if any("Examples/" in script for script, _ in section.scripts):
            shutil.copytree(ROOT / "Examples", place / "Examples")
            for file in place.glob("Examples/network/**/*.*"):
                file.write_text(replaced(file.read_text(), replacements))
        self.places.append(place)
        return place

    def sh(self, script, place, variables):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WASMC_")}
        result = subprocess.run(
            ["bash", "-euc", script], cwd=place, env=kept | {"PATH": self.path} | variables, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=900)
        status = f"status {result.returncode}\n{result.stderr}" if result.returncode else ""
        return result.stdout + status

    def recipe(self, section, prepare):
        try:
            variables, replacements = prepare() or ({}, {})
            replacements |= self.ports
            if "PATH" in variables:
                variables["PATH"] = f"{self.scratch}/bin:{variables['PATH']}"
            place = self.folder(section, replacements)
            for script, expected in section.scripts:
                self.check(section.title, self.sh(replaced(script, replacements), place, variables),
                           replaced(expected, self.ports))
            if section.title == "Kubernetes":
                self.pod(place)
        except Missing as reason:
            print(f"left out, {reason}: {section.title}")

    def pod(self, place):
        """What the pod's settings say, done: process 1, no privileges, nothing but the program, SIGTERM."""
        text = (place / "pod.yaml").read_text()
        grants = re.search(r'value: "([^"]+)"', text).group(1).replace("0.0.0.0", "127.0.0.1")
        user = re.search(r"runAsUser: (\d+)", text).group(1)
        (place / "root").mkdir()
        shutil.copy2(place / "server", place / "root/server")
        starter = subprocess.Popen(
            [shutil.which("unshare"), "--pid", "--fork", shutil.which("chroot"),
             f"--userspec={user}:{user}", str(place / "root"), "/server"], env={"WASMC_GRANTS": grants},
            stderr=subprocess.DEVNULL)
        try:
            self.check("Kubernetes: answers", request(int(self.ports["8080"])), "hello\n")
            to_children(starter, signal.SIGTERM)
            self.check("Kubernetes: SIGTERM ends process 1", ended(starter), True)
        finally:
            to_children(starter, signal.SIGKILL)
            starter.kill()
            starter.wait()


def to_children(process, number):
    """Sends a signal to what a process has started and waits for."""
    if process.poll() is None:
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            os.kill(int(child), number)


def request(port):
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
                answer = b""
                while chunk := connection.recv(4096):
                    answer += chunk
                return answer.decode().partition("\r\n\r\n")[2]
        except ConnectionRefusedError:
            time.sleep(0.1)
    return "nobody listens"


def ended(process):
    try:
        process.wait(timeout=20)
        return True
    except subprocess.TimeoutExpired:
        return False


def replaced(text, replacements):
    for old, new in replacements.items():
        text = text.replace(old, new)
    return text


def server_tools():
    wasi_libc()
    tool("systemd-socket-activate", "curl")


def network_tools():
    wasi_libc()
    tool("curl", "unshare")
    if subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True).returncode:
        raise Missing("it takes namespaces")


# What a recipe takes; one without an entry here, and with something to do, is a mistake.
RECIPES = {
    "A C program": wasi_libc,
    "Cargo": rust,
    "Go": lambda: tool("go"),
    "CMake": lambda: (wasi_libc(), tool("cmake", "ctest", "make"), None)[2],
    "systemd": server_tools,
    "An image from scratch": root_and_namespaces,
    "Kubernetes": root_and_namespaces,
    "An HTTP server behind a forwarded port": network_tools,
    "A client with one rule": network_tools,
    "One module of two": network_tools,
    "A socket from systemd": lambda: (network_tools(), server_tools(), None)[2],
    "A scratch container with a forwarded port": lambda: (network_tools(), root_and_namespaces(), None)[2],
}


def readme(suite, sections):
    """The sessions of README, one folder each, that need no network and no installation."""
    source = next((place for place in suite.places if (place / "words.wasm").exists()), None)
    for section in sections:
        for session in section.sessions:
            if any(re.match(r"git |make ", command) for command, _ in session):
                continue
            place = Path(tempfile.mkdtemp(dir=suite.scratch))
            shutil.copytree(ROOT / "Examples", place / "Examples")
            if not any("Examples" in command for command, _ in session):
                if source is None:
                    print("left out, no wasi-libc: a session of README")
                    continue
                shutil.copy2(source / "words.wasm", place / "app.wasm")
                shutil.copy2(source / "words", place / "app")
                for name in ("data", "my data"):
                    shutil.copytree(source / "data", place / name)
            script = "\n".join(command for command, _ in session)
            expected = "".join(output for _, output in session)
            suite.check(f"README, {section.title or 'first session'}", suite.sh(script, place, {}), expected)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wasmc", required=True)
    parser.add_argument("--filter", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="recipes") as scratch:
        os.chmod(scratch, 0o755)
        suite = Suite(arguments.wasmc, Path(scratch))
        for section in document.read(ROOT / "docs/recipes.md")[1:] + document.read(ROOT / "docs/networking.md")[1:]:
            if not section.scripts and section.title not in RECIPES:
                continue
            if section.title not in RECIPES:
                suite.check(section.title, "no entry in RECIPES", "an entry")
            elif arguments.filter in section.title or not section.needs:
                suite.recipe(section, RECIPES[section.title])
        readme(suite, document.read(ROOT / "README.md"))
    sys.exit(suite.finish())


main()
