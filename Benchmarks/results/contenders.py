"""What is measured: kernels and programs, with the command of each contender. All is built before anything is timed.

What is built is kept below .build/bench under a name that its compiler, module and options decide: who builds
beforehand, or measures twice, waits once.
"""

import dataclasses
import functools
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "common"))
sys.path.insert(0, str(HERE.parents[1] / "Tests" / "Programs"))
import cases as case_lists  # noqa: E402
import execution  # noqa: E402
import measure  # noqa: E402
import wasmtime_contender as wasmtime  # noqa: E402

BUILT = measure.PACKAGE_ROOT / ".build" / "bench"
NATIVE_CORPUS = measure.PACKAGE_ROOT / ".build" / "corpus-native"
KERNELS = HERE.parent / "kernels"
PROGRAM_CASES = HERE / "programs.json"
INPUTS = measure.CORPUS / "inputs"
SHARED = measure.PACKAGE_ROOT.parent / "shared" / "programs" / "manifest.json"
WASI_HOST = HERE / "wasm2c_host.c"
CLANG = "clang-22"

# Native code for the processor at hand is made without fused multiplication and addition: it rounds otherwise.
CPUS = {"v2": "x86-64-v2", "native": "native"}

# What is compared of an output that has times in it.
DIGESTS = {"sqlite3-speedtest1.wasm": re.compile(rb"Verification Hash: .*")}

# Not comparable, and why.
LEFT_OUT = {
    "shared/wasm3/coremark": "runs until some time has passed",
    "shared/wasm3/dhrystone": "runs until some time has passed",
}


@dataclass
class Outcome:
    """One run. `observed` is what all contenders have to agree on: status, standard output, files."""

    cpu_s: float
    observed: tuple


@dataclass
class Item:
    """A kernel or a program; `runs` maps the name of a contender to a function that runs it once."""

    name: str
    group: str
    runs: dict[str, Callable[[], Outcome]] = field(default_factory=dict)
    # Run once at most, with a limit of seconds: None when that is not enough.
    interpret: Callable[[float], Outcome | None] | None = None


@functools.cache
def content_digest(path):
    return hashlib.sha256(path.read_bytes()).digest()


def fingerprint(*parts):
    """A name for what the contents of files and the words of a command decide."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(content_digest(part) if isinstance(part, Path) else hashlib.sha256(str(part).encode()).digest())
    return digest.hexdigest()[:24]


# What could not be built, and what the compiler said.
failures = {}


def built(name, command, parts):
    """Runs `command(output)` unless its output is there; None when it fails, which is a result and is reported."""
    BUILT.mkdir(parents=True, exist_ok=True)
    output = BUILT / f"{name}-{fingerprint(*parts)}"
    if output.exists():
        return output
    unfinished = output.with_name(f"{output.name}-{os.getpid()}.unfinished")
    outcome = subprocess.run([str(word) for word in command(unfinished)], capture_output=True)
    if outcome.returncode != 0 or not unfinished.exists():
        failures[name] = outcome.stderr.decode(errors="replace").strip()[:400]
        print(f"{name}: cannot be built: {failures[name]}", file=sys.stderr)
        return None
    unfinished.rename(output)
    return output


class Builder:
    """Makes executables by each of the compilers that are there."""

    def __init__(self, options):
        self.wasmc = options.wasmc.resolve()
        self.wasmc_parts = [self.wasmc]
        library = os.environ.get("WASMC_LIBRARY_PATH")
        if library:
            self.wasmc_parts += sorted(path for path in Path(library).rglob("*.a") if path.is_file())
        self.wasm2c = options.wasm2c
        self.wabt = options.wabt_include
        self.has_wasmtime = importlib.util.find_spec("wasmtime") is not None

    def absent(self):
        """The contenders that are not there, in one line, or an empty text."""
        names = []
        if not self.has_wasmtime:
            names.append("wasmtime (pip install wasmtime)")
        if self.wasm2c is None:
            names.append("wasm2c (of WABT, on PATH or by --wasm2c)")
        return ", ".join(names)

    def executable(self, name, module, cpu):
        command = ["build", "-q", "-O2", "--target-cpu", CPUS[cpu], module]
        return built(f"{name}.wasmc-{cpu}", lambda output: [self.wasmc, *command, "-o", output],
                     [*self.wasmc_parts, module, *command[:-1]])

    def compiled_by_wasmtime(self, name, module):
        if not self.has_wasmtime:
            return None
        report = BUILT / f"{name}.report"
        return built(f"{name}.cwasm", lambda output: [sys.executable, wasmtime.RUNNER, "--report", report, "compile",
                                                      module, output], [module, "wasmtime"])

    def native_kernel(self, source, cpu):
        words = [CLANG, "-O3", f"-march={CPUS[cpu]}", "-ffp-contract=off", source]
        return built(f"{source.stem}.clang-{cpu}", lambda output: [*words, "-lm", "-o", output],
                     [source, KERNELS / "kernel.h", *words])

    def kernel_module(self, source):
        words = [CLANG, "--target=wasm32-wasi", "-Wno-deprecated", "-O3", *wasm_flags(source), source]
        return built(f"{source.stem}.wasm", lambda output: [*words, "-o", output],
                     [source, KERNELS / "kernel.h", *words])

    def by_wasm2c(self, name, module):
        """wasm2c's C by clang -O3, with guard pages, and a host that knows what the kernels import."""
        if self.wasm2c is None:
            return None
        folder = BUILT / f"{name}.wasm2c"
        folder.mkdir(parents=True, exist_ok=True)
        words = [self.wasm2c, "-n", "program", module, "-o", folder / "program.c"]
        if subprocess.run([str(word) for word in words], capture_output=True).returncode != 0:
            failures[f"{name} by wasm2c"] = "wasm2c"
            return None
        names = ["-DWASM2C_NAMES_WITH_Z"] if "Z_program_instance_t" in (folder / "program.h").read_text() else []
        runtime = [self.wabt / f"wasm-rt-{part}.c" for part in ("impl", "mem-impl")]
        sources = [WASI_HOST, folder / "program.c", *(path for path in runtime if path.exists())]
        command = [CLANG, "-O3", "-march=native", "-ffp-contract=off", "-w", *names, "-I", folder, "-I", self.wabt,
                   "-I", self.wabt.parents[2] / "include", *sources, "-lm", "-lpthread"]
        return built(f"{name}.wasm2c-native", lambda output: [*command, "-o", output], [*sources, *map(str, command)])


def wasm_flags(source):
    """Flags of a kernel's first line: `// FLAGS: -msimd128` are for WebAssembly."""
    first = source.read_text().partition("\n")[0]
    return first.removeprefix("// FLAGS:").split() if first.startswith("// FLAGS:") else []


def command_run(command):
    def run():
        outcome = measure.run([command], env={})
        return Outcome(outcome.cpu_s, (outcome.status, outcome.stdout))

    return run


def limited(run):
    """`run(limit_s)` that returns None when the limit was reached."""
    def interpret(limit_s):
        outcome = run(limit_s)
        return None if outcome.status < 0 else Outcome(outcome.cpu_s, (outcome.status, outcome.stdout))

    return interpret


def kernel(builder, source):
    module = builder.kernel_module(source)
    if module is None:
        return None
    name = source.stem
    executables = {
        "clang v2": builder.native_kernel(source, "v2"),
        "wasmc v2": builder.executable(name, module, "v2"),
        "clang native": builder.native_kernel(source, "native"),
        "wasmc native": builder.executable(name, module, "native"),
        "wasm2c": builder.by_wasm2c(name, module),
    }
    item = Item(name, "kernels", {contender: command_run(path) for contender, path in executables.items() if path})
    compiled = builder.compiled_by_wasmtime(name, module)
    if compiled:
        def run():
            outcome = wasmtime.run(compiled, [])
            return Outcome(outcome.cpu_s, (outcome.status, outcome.stdout))

        item.runs["wasmtime"] = run
    item.interpret = limited(lambda limit_s: measure.run([builder.wasmc, "run", "--interp", module], timeout_s=limit_s))
    return item


def kernels(builder, name_filter, pool):
    sources = [path for path in sorted(KERNELS.glob("*.c")) if name_filter.search(path.stem)]
    return [item for item in pool.map(lambda source: kernel(builder, source), sources) if item]


def relative(case):
    """The case with paths that mean the same inside and outside a sandbox whose root is the working directory."""
    arguments = case.args if case.benchmark_args is None else case.benchmark_args
    if case.preopen_as == "/":
        arguments = [word.removeprefix("/") or "." for word in arguments]
    return dataclasses.replace(case, args=tuple(arguments))


def observed(case, outcome, folder):
    """What a run leaves; of an output with times in it the digest of its results."""
    if case.wasm.name in DIGESTS:
        return outcome.status, tuple(DIGESTS[case.wasm.name].findall(outcome.stdout))
    tree = {} if folder is None else execution.digest_tree(folder)
    return outcome.status, outcome.stdout, tuple(sorted(tree.items()))


def case_run(case, start):
    """A function that runs a case in a fresh copy of its folder; `start(folder)` returns a measure.Run."""
    def run():
        with execution.scratch_folder(case) as folder:
            outcome = start(folder)
            return Outcome(outcome.cpu_s, observed(case, outcome, folder))

    return run


def program(builder, case, native_folder):
    case = relative(case) if native_folder else case
    stem = case.wasm.stem
    item = Item(case.name, "programs" if native_folder else "modules")
    argv = [case.wasm.name, *case.args]

    def add_executable(contender, path):
        def start(folder):
            environment = {"WASMC_GRANTS": shlex.join(execution.grants(case, folder))}
            return measure.run(argv, executable=path, env=environment, stdin=case.stdin)

        if path:
            item.runs[contender] = case_run(case, start)

    def add_native(contender, path):
        if path.exists():
            item.runs[contender] = case_run(case, lambda folder: measure.run(
                argv, executable=path, env=dict(case.env), stdin=case.stdin, cwd=folder))

    for cpu in CPUS if native_folder else ["v2"]:
        if native_folder:
            add_native(f"clang {cpu}", native_folder / CPUS[cpu] / f"{stem}.native")
        add_executable(f"wasmc {cpu}", builder.executable(stem, case.wasm, cpu))
    compiled = builder.compiled_by_wasmtime(stem, case.wasm)
    if compiled:
        item.runs["wasmtime"] = case_run(case, lambda folder: wasmtime.run(
            compiled, case.args, execution.grants(case, folder), case.wasm.name, stdin=case.stdin))

    def interpret(limit_s):
        with execution.scratch_folder(case) as folder:
            command = [builder.wasmc, "run", "--interp", *execution.grants(case, folder), case.wasm, *case.args]
            outcome = measure.run(command, stdin=case.stdin, timeout_s=limit_s)
            return None if outcome.status < 0 else Outcome(outcome.cpu_s, observed(case, outcome, folder))

    item.interpret = interpret
    return item


def comparable(case, name_filter):
    return (case.wasm.exists() and case.name not in LEFT_OUT and not case.stdout_closed
            and (case.deterministic or case.wasm.name in DIGESTS)
            and case.exit_codes == (0,) and not case.read_only and name_filter.search(case.name))


def make_inputs():
    """Inputs that are large enough, made of the corpus's own: a C file of a megabyte, Markdown, JSON, XML."""
    folder = INPUTS / "bench"
    source = measure.CORPUS / "work" / "sqlite3" / "sqlite3.c"
    needed = [source, INPUTS / "cmark" / "spec.txt", INPUTS / "expat" / "nes96.xml"]
    if (folder / "nes96.xml").exists() or not all(path.exists() for path in needed):
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.c").write_bytes(source.read_bytes()[:1_500_000])
    (folder / "many.md").write_bytes(needed[1].read_bytes() * 20)
    orders = [{"id": i, "name": f"item {i * 7919 % 1009}", "price": i % 97 / 4, "tags": ["a", "b" * (i % 9)],
               "nested": {"yes": i % 2 == 0, "none": None}} for i in range(20000)]
    (folder / "orders.json").write_text(json.dumps(orders))
    shutil.copy(needed[2], folder / "nes96.xml")


def programs(builder, name_filter, pool):
    """The corpus, whose sources are there for a native contender."""
    make_inputs()
    listed = [case for case in case_lists.load_list(PROGRAM_CASES, measure.PACKAGE_ROOT / ".build")
              if comparable(case, name_filter)]
    by_module = {case.wasm: case for case in listed}
    list(pool.map(lambda case: program(builder, case, NATIVE_CORPUS), by_module.values()))
    return [program(builder, case, NATIVE_CORPUS) for case in listed]


def shared(builder, name_filter, pool):
    """Modules without their sources: they have wasmtime beside them and no native code."""
    if not SHARED.exists():
        return []
    listed = [case for case in case_lists.load_manifest(SHARED) if comparable(case, name_filter)]
    by_module = {case.wasm: case for case in listed}
    list(pool.map(lambda case: program(builder, case, None), by_module.values()))
    return [program(builder, case, None) for case in listed]


def everything(builder, options):
    with ThreadPoolExecutor(options.jobs) as pool:
        found = []
        for group, make in (("kernels", kernels), ("programs", programs), ("modules", shared)):
            if group in options.groups:
                found += make(builder, options.filter, pool)
        return found


def find_wasm2c(options):
    """wasm2c and the folder with its runtime's sources: the options', or what is on PATH."""
    tool = options.wasm2c or shutil.which("wasm2c")
    if tool is None:
        return None, None
    tool = Path(tool).resolve()
    places = [options.wabt_include, tool.parent.parent / "wasm2c", tool.parent.parent / "share" / "wabt" / "wasm2c"]
    runtime = next((place for place in places if place and (place / "wasm-rt-impl.c").exists()), None)
    return (tool, runtime) if runtime else (None, None)
