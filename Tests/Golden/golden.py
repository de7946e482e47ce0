#!/usr/bin/env python3
"""Compares what the back end makes of small modules with what is expected, and ends with `N passed, N failed`.

    golden.py [--wasmc FILE] [--bless] [--filter REGEX]

Each `<family>/<name>.wat` has beside it `<name>.ll`: the LLVM IR of its functions, of its data, or both, as
`wasmc build --emit llvm-ir` writes it. The first lines of the module say how it is built and what is looked at:

    ;; options: --bounds explicit           further options; -O0 and --invoke of the first function exported without any
    ;; show: functions data                 what is compared; functions without this line
    ;; preload: NAME=FILE                   a module beside it, linked with this one

Numbers that LLVM counts through a file (metadata, attributes) are replaced by what they stand for, so that a change of
lowering shows as a difference in the lines that it changes. --bless writes what is found as what is expected; the
difference is for a reviewer to read. Exit status: 0 when nothing failed, 1 otherwise.
"""

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE_ROOT = HERE.parents[1]

FUNCTION = re.compile(r"^define .*@wasm\.\d+\.(func|start|entry|host)")
DATA = re.compile(r"^@wasm\.\d+\.(table|elem|global|data|memor|size)(?!.*= external)")
NODE = re.compile(r"^!(\d+) = (?:distinct )?!(.*)$")
ATTRIBUTES = re.compile(r"^attributes #(\d+) = \{ (.*) \}$")
# What every function has, whatever it does.
COMMON_ATTRIBUTES = {'"no-builtins"', '"probe-stack"="inline-asm"', '"stack-probe-size"="4096"'}


def header(text):
    """By word, the values of the lines that the module begins with."""
    result = {}
    for line in text.splitlines():
        match = re.match(r";; (options|show|preload): (.*)", line)
        if not match:
            break
        result.setdefault(match[1], []).extend(match[2].split())
    return result


def first_export(text):
    """Options that make every exported function one that can run."""
    match = re.search(r'\(func[^()]*\(export "([^"]+)"', text)
    return ["--invoke", match[1]] if match and match[1] != "_start" else []


def emit(wasmc, module):
    text = module.read_text()
    settings = header(text)
    options = settings.get("options", [])
    if not any(option.startswith("-O") for option in options):
        options = ["-O0", *options]
    if "--invoke" not in options:
        options = [*options, *first_export(text)]
    for word in settings.get("preload", []):
        name, _, file = word.partition("=")
        options += ["--preload", f"{name}={module.parent / file}"]
    with tempfile.TemporaryDirectory(prefix="wasmc-golden-") as directory:
        output = Path(directory) / "module.ll"
        command = [wasmc, "build", *options, "--emit", "llvm-ir", "-o", output, module]
        result = subprocess.run(list(map(str, command)), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if result.returncode != 0:
            raise RuntimeError(result.stderr)
        files = sorted(Path(directory).glob("*.ll"))
        parts = [pieces(file.read_text().splitlines(), settings.get("show", ["functions"])) for file in files]
    return "\n".join(filter(None, map("\n".join, parts))).strip() + "\n"


def pieces(lines, kinds):
    """The lines of a module's IR that are compared."""
    nodes = {match[1]: match[2] for match in map(NODE.match, lines) if match}
    attributes = {match[1]: match[2] for match in map(ATTRIBUTES.match, lines) if match}
    result = []
    if "data" in kinds:
        result += [readable(line, nodes, attributes) for line in lines if DATA.match(line)] + [""]
    if "functions" in kinds:
        inside = False
        for line in lines:
            inside = inside or bool(FUNCTION.match(line))
            if inside:
                result.append(readable(line, nodes, attributes))
            if inside and line == "}":
                inside = False
                result.append("")
    return result


def readable(line, nodes, attributes):
    line = re.sub(r"\s*; preds = .*$", "", line)
    line = re.sub(r",? !dbg !\d+", "", line)
    line = re.sub(r"!tbaa !(\d+)", lambda match: "!tbaa " + alias_tag(match[1], nodes), line)
    line = re.sub(r"!prof !(\d+)", lambda match: "!prof " + nodes.get(match[1], "?"), line)
    return re.sub(r" #(\d+)", lambda match: attribute_text(attributes.get(match[1], "?")), line).rstrip()


def alias_tag(number, nodes):
    """The name of the type that an access tag names."""
    type_ = re.match(r"\{!(\d+)", nodes.get(number, ""))
    name = re.match(r'\{!"([^"]*)"', nodes.get(type_[1], "")) if type_ else None
    return name[1] if name else "?"


def attribute_text(text):
    words = [word for word in text.split() if word not in COMMON_ATTRIBUTES and "-cpu" not in word]
    return " [" + " ".join(words) + "]" if words else ""


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare LLVM IR with what is expected")
    parser.add_argument("--wasmc", type=Path, default=PACKAGE_ROOT / ".build/release/wasmc")
    parser.add_argument("--bless", action="store_true", help="write what is found as what is expected")
    parser.add_argument("--filter", default="", metavar="REGEX")
    return parser.parse_args()


def main():
    options = parse_arguments()
    passed = failed = 0
    # What is only linked with another module has no expectation of its own.
    modules = [path for path in sorted(HERE.glob("*/*.wat")) if not path.stem.endswith("-library")]
    for module in modules:
        name = str(module.relative_to(HERE))
        if not re.search(options.filter, name):
            continue
        expected_file = module.with_suffix(".ll")
        try:
            found = emit(options.wasmc.resolve(), module)
        except RuntimeError as error:
            print(f"{name}: {error}")
            failed += 1
            continue
        if options.bless:
            expected_file.write_text(found)
        expected = expected_file.read_text() if expected_file.exists() else ""
        if found == expected:
            passed += 1
            continue
        failed += 1
        print("".join(difflib.unified_diff(
            expected.splitlines(True), found.splitlines(True), f"{name}: expected", f"{name}: found")))
    for file in sorted(HERE.glob("*/*.ll")):
        if not file.with_suffix(".wat").exists():
            print(f"{file.relative_to(HERE)}: there is no module for it")
            failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
