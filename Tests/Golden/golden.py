#!/usr/bin/env python3
"""Compares what the back end makes of small modules with what is expected, and ends with `N passed, N failed`.

    golden.py [--wasmc FILE] [--bless] [--filter REGEX] [--jobs N]

Each `<family>/<name>.wat` has beside it `<name>.ll`: the LLVM IR of its functions, as `wasmc build --emit llvm-ir`
writes it and `rendering.py` makes it readable. Comments at the start of the module say how it is built and what is
looked at:

    ;; options: --bounds explicit           further options; -O0 and --invoke of the first function exported without any
    ;; show: functions tables               what is compared: functions (without this line), thunks, tables, globals,
                                            segments, references
    ;; functions: REGEX                     the functions that are compared; all without this line
    ;; only: REGEX                          of each function, the lines that are compared
    ;; preload: NAME=FILE                   a module beside it, linked with this one
    ;; profile: FILE                        a profile beside it

A line `;; N times: TEXT` stands for that text N times, with its number for each `#`.

--bless writes what is found as what is expected; the difference is for a reviewer to read. Every instruction that the
back end lowers occurs in some module here, and every module has an expectation. Exit status: 0 when nothing failed, 1
otherwise.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rendering import File

HERE = Path(__file__).resolve().parent
PACKAGE_ROOT = HERE.parents[1]
# Features that the back end refuses by name, as the instruction table calls them.
REFUSED = set()


def header(text):
    """By word, the values of the lines that the module begins with."""
    result = {}
    for line in text.splitlines():
        match = re.match(r";; (options|show|preload|profile|functions|only): (.*)", line)
        if match:
            result.setdefault(match[1], []).extend(match[2].split())
        elif not line.startswith(";;"):
            break
    return result


def expanded(text):
    def repeated(match):
        return "\n".join(match[2].replace("#", str(number)) for number in range(int(match[1])))
    return re.sub(r"^ *;; (\d+) times: (.*)$", repeated, text, flags=re.MULTILINE)


def first_export(text):
    """Options that make every exported function one that can run."""
    match = re.search(r'\(func[^()]*\(export "([^"]+)"', text)
    return ["--invoke", match[1]] if match and match[1] != "_start" else []


def function_names(text, prefix):
    """What the functions of a module are called in its text, by index."""
    text = re.sub(r";;.*", "", text)
    # Neither a type nor an export is a function.
    heads = re.finditer(
        r'(?<!\(type )(\(type \$\S+ |\(sub (?:\$\S+ )?|\(export "[^"]*" ?)?'
        r'\(func(?: (\$[^\s()]+))?(?=[\s()])(?: *\(export "([^"]*)"\))?', text)
    names = [head[2][1:] if head[2] else head[3] for head in heads
             if not head[1] and not head[0].startswith(("(type", "(sub"))]
    return [prefix + name if name else None for name in names]


def emit(wasmc, module):
    text = module.read_text()
    settings = header(text)
    text = expanded(text)
    options = settings.get("options", [])
    if not any(option.startswith("-O") for option in options):
        options = ["-O0", *options]
    if "--invoke" not in options:
        options = [*options, *first_export(text)]
    for word in settings.get("profile", []):
        options += ["--profile-use", module.parent / word]
    functions = []
    for word in settings.get("preload", []):
        name, _, file = word.partition("=")
        options += ["--preload", f"{name}={module.parent / file}"]
        functions.append(function_names((module.parent / file).read_text(), f"{name}."))
    functions.append(function_names(text, ""))
    names = {f"{instance}.{index}": name for instance, list_ in enumerate(functions)
             for index, name in enumerate(list_) if name}
    with tempfile.TemporaryDirectory(prefix="wasmc-golden-") as directory:
        copy = Path(directory) / "input.wat"
        copy.write_text(text)
        output = Path(directory) / "module.ll"
        command = [wasmc, "build", "-q", "-j1", *options, "--emit", "llvm-ir", "-o", output, copy]
        result = subprocess.run(list(map(str, command)), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if result.returncode != 0:
            raise RuntimeError(result.stderr)
        found = []
        for file in sorted(Path(directory).glob("*.ll"), key=lambda file: (len(file.name), file.name)):
            ir = File(file.read_text(), names)
            found += ir.pieces(
                settings.get("show", ["functions"]), " ".join(settings.get("functions", [])),
                " ".join(settings.get("only", [])))
    return "\n".join(found).strip() + "\n"


def instructions():
    """Names of the instructions that the back end lowers."""
    result = set()
    for file in sorted((PACKAGE_ROOT / "Sources" / "WasmInstructionTable").glob("InstructionTable+*.swift")):
        for row in re.findall(r"table\.row\((.*?)\)$", file.read_text(), re.MULTILINE | re.DOTALL):
            feature = re.search(r"\.(\w+)\s*$", row)
            if not feature or feature[1] not in REFUSED:
                result.add(re.search(r'"([^"]+)"', row)[1])
    return result


def missing_instructions():
    text = "\n".join(re.sub(r";;(?! \d+ times:).*", "", path.read_text()) for path in HERE.glob("*/*.wat"))
    words = set(re.findall(r"(?<=[\s(])[a-z][\w.]*", text))
    names = {name: name.split()[0] if name != "select (result)" else "select" for name in instructions()}
    missing = {name for name, word in names.items() if word not in words}
    if "(select (result" not in text:
        missing.add("select (result)")
    # The folded form ends blocks by a parenthesis.
    return sorted(missing - {"end"})


def check(module, options):
    """What is wrong with a module's expectation, as text; nothing when it is met."""
    name = str(module.relative_to(HERE))
    expected_file = module.with_suffix(".ll")
    try:
        found = emit(options.wasmc.resolve(), module)
    except RuntimeError as error:
        return f"{name}: {error}"
    if options.bless:
        expected_file.write_text(found)
    expected = expected_file.read_text() if expected_file.exists() else ""
    return "".join(difflib.unified_diff(
        expected.splitlines(True), found.splitlines(True), f"{name}: expected", f"{name}: found"))


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare LLVM IR with what is expected")
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--bless", action="store_true", help="write what is found as what is expected")
    parser.add_argument("--filter", default="", metavar="REGEX")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N")
    return parser.parse_args()


def main():
    options = parse_arguments()
    # What is only linked with another module has no expectation of its own.
    modules = [path for path in sorted(HERE.glob("*/*.wat")) if not path.stem.endswith("-library")]
    modules = [path for path in modules if re.search(options.filter, str(path.relative_to(HERE)))]
    with ThreadPoolExecutor(options.jobs) as executor:
        results = list(executor.map(lambda module: check(module, options), modules))
    problems = [result for result in results if result]
    for file in sorted(HERE.glob("*/*.ll")):
        if not file.with_suffix(".wat").exists():
            problems.append(f"{file.relative_to(HERE)}: there is no module for it")
    missing = missing_instructions()
    if missing:
        problems.append(f"no module shows: {', '.join(missing)}")
    print("\n".join(problems), end="\n" if problems else "")
    print(f"{len(modules) + 1 - len(problems)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
