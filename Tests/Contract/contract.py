#!/usr/bin/env python3
"""Checks that what compiled code and the runtime agree on is written down once, and ends with `N passed, N failed`.

    contract.py

1. Each field that an assertion of abi.h names is moved in a copy of the header, which no compiler takes any more.
2. A trap that is added to a copy of traps.def is known to C and to Swift without another line; one with a code that is
   taken already is refused.
3. No source of the compiler writes down an offset in a structure of the runtime, a record of one by position, a builtin's
   name or the traps' phrases; one file names the symbols of an instance's state, and one looks into triples.

What `WasmLowering` refuses at run time is in Tests/WasmLoweringTests/ContractTests.swift.

Exit status: 0 when nothing failed, 1 otherwise.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
HEADERS = PACKAGE_ROOT / "runtime-c" / "include" / "wasmc"
SOURCES = PACKAGE_ROOT / "Sources"
CLANG = "clang-22"
ASSERTED = re.compile(r"offsetof\(struct (\w+), (\w+)\) == \d+")
TRAP_ROW = re.compile(r'^WASMC_TRAP\((\w+), (\w+), (\d+), "([^"]*)"\)', re.M)
BUILTIN_ROW = re.compile(r"^WASMC_BUILTIN(?:_NORETURN)?\((?:\w+, )?(wasmc_\w+),", re.M)
# An offset in a structure belongs to a key path; what of the compiler's own has a constant offset has a name for it.
LITERAL_OFFSET = re.compile(r"\b(?:gep|constPointer|structGEP|\w*[fF]ield\w*)\(.*offset: *[0-9]")


class Failure(Exception):
    """What was wrong, in one line."""


def copied_headers(folder):
    copy = Path(folder) / "wasmc"
    shutil.copytree(HEADERS, copy)
    return copy


def compile_c(folder, source):
    return subprocess.run(
        [CLANG, "-std=c11", "-Werror", "-fsyntax-only", "-I", str(folder), "-x", "c", "-"], input=source,
        capture_output=True, text=True, errors="replace")


def moved(header, structure, field):
    """The header with a field of a structure behind the others, or the last before them."""
    begin = header.index(f"struct {structure} {{\n")
    end = header.index("\n};", begin)
    lines = header[begin:end].split("\n")
    place = next(number for number, line in enumerate(lines) if re.search(rf"\b{field};", line))
    is_last = not any(re.search(r"\w;", line) for line in lines[place + 1:])
    line = lines.pop(place)
    lines.insert(1 if is_last else len(lines), line)
    return header[:begin] + "\n".join(lines) + header[end:]


def check_moved_field(structure, field):
    with tempfile.TemporaryDirectory() as folder:
        abi = copied_headers(folder) / "abi.h"
        abi.write_text(moved(abi.read_text(), structure, field))
        outcome = compile_c(folder, '#include "wasmc/abi.h"\n')
        if outcome.returncode == 0 or "static assertion failed" not in outcome.stderr:
            raise Failure("the header is still taken")


def check_headers():
    outcome = compile_c(HEADERS.parent, '#include "wasmc/abi.h"\n#include "wasmc/pcmap.h"\n')
    if outcome.returncode != 0:
        raise Failure(outcome.stderr.splitlines()[0])


def add_trap(headers, row):
    table = headers / "traps.def"
    table.write_text(table.read_text() + row + "\n")


def check_added_trap_in_c():
    with tempfile.TemporaryDirectory() as folder:
        add_trap(copied_headers(folder), 'WASMC_TRAP(OF_THE_TEST, ofTheTest, 999, "of the test")')
        outcome = compile_c(
            folder, '#include "wasmc/host.h"\nint f(void) { return wasmc_trap_phrase(WASMC_TRAP_OF_THE_TEST) != 0; }\n')
        if outcome.returncode != 0:
            raise Failure(outcome.stderr.splitlines()[0])


def check_added_trap_in_swift():
    with tempfile.TemporaryDirectory() as folder:
        headers = copied_headers(folder)
        add_trap(headers, 'WASMC_TRAP(OF_THE_TEST, ofTheTest, 999, "of the test")')
        source = Path(folder) / "main.swift"
        source.write_text(
            "import CWasmcABI\nlet trap = TrapKind.ofTheTest\n"
            "print(trap.rawValue, String(cString: wasmc_trap_phrase(trap.rawValue)))\n")
        program = Path(folder) / "program"
        command = ["swiftc", "-swift-version", "6", "-I", str(headers), str(source), "-o", str(program)]
        outcome = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if outcome.returncode != 0:
            raise Failure(outcome.stderr.splitlines()[0])
        output = subprocess.run([program], capture_output=True, text=True).stdout
        if output != "999 of the test\n":
            raise Failure(f"expected the new trap, found {output!r}")


def check_second_trap_of_a_code():
    with tempfile.TemporaryDirectory() as folder:
        add_trap(copied_headers(folder), 'WASMC_TRAP(OF_THE_TEST, ofTheTest, 2, "of the test")')
        if compile_c(folder, '#include "wasmc/host.h"\n').returncode == 0:
            raise Failure("two traps have one code")


def swift_lines():
    for path in sorted(SOURCES.rglob("*.swift")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            code = line.split("//")[0]
            yield path, f"{path.relative_to(PACKAGE_ROOT)}:{number}", code


def refuse(found):
    if found:
        raise Failure(", ".join(found[:5]))


def check_literal_offsets():
    refuse([place for _, place, code in swift_lines() if LITERAL_OFFSET.search(code)])


def check_records():
    allowed = SOURCES / "WasmLowering" / "Contract" / "StructureLayout.swift"
    refuse([
        place for path, place, code in swift_lines()
        if re.search(r"\bconst(?:Named)?Structure\(", code) and path != allowed and path.parent.name != "LLVMBridge"])


def check_builtin_names():
    names = BUILTIN_ROW.findall((HEADERS / "builtins.def").read_text())
    if not names:
        raise Failure("builtins.def has no rows")
    refuse([place for _, place, code in swift_lines() if any(f'"{name}"' in code for name in names)])


def check_trap_phrases():
    rows = TRAP_ROW.findall((HEADERS / "traps.def").read_text())
    if not rows:
        raise Failure("traps.def has no rows")
    phrases = {phrase for _, _, _, phrase in rows if phrase}
    # A file may say one of them for a reason of its own, as in "out of memory"; one that says several lists traps.
    quoted = {f'"{phrase}"' for phrase in phrases}
    files = [*SOURCES.rglob("*.swift"), *(PACKAGE_ROOT / "runtime-c" / "src").rglob("*.[ch]")]
    refuse([
        str(path.relative_to(PACKAGE_ROOT)) for path in sorted(files)
        if sum(text in path.read_text() for text in quoted) > 1])


def check_state_symbols():
    """Where an instance's state lives is the decision of one type."""
    symbol = re.compile(r'"wasm\.\\\([\w.]+\)\.(ctx|memories|global|table)\b')
    found = [(path, place) for path, place, code in swift_lines() if symbol.search(code)]
    if not found:
        raise Failure("no symbol is named at all")
    refuse([place for path, place in found if path.name != "InstanceStorage.swift"])


def check_triples():
    """What a triple says is looked into in one place; another compares whole ones."""
    allowed = {"Architecture.swift", "Target.swift"}
    look = re.compile(r"[tT]riple\.(hasPrefix|hasSuffix|split|contains|starts)|hasPrefix\(\"x86")
    refuse([place for path, place, code in swift_lines() if look.search(code) and path.name not in allowed])


def checks():
    yield "the headers as they are", check_headers
    for structure, field in ASSERTED.findall((HEADERS / "abi.h").read_text()):
        yield f"{structure}.{field} moved", lambda structure=structure, field=field: check_moved_field(structure, field)
    yield "a trap added, in C", check_added_trap_in_c
    yield "a trap added, in Swift", check_added_trap_in_swift
    yield "a code given twice", check_second_trap_of_a_code
    yield "no literal offsets in Swift", check_literal_offsets
    yield "no records by position in Swift", check_records
    yield "no builtin's name twice", check_builtin_names
    yield "no traps listed twice", check_trap_phrases
    yield "an instance's state in one place", check_state_symbols
    yield "triples in one place", check_triples


def main():
    failures = 0
    passed = 0
    for name, check in checks():
        try:
            check()
            passed += 1
        except Failure as failure:
            print(f"FAIL {name}: {failure}")
            failures += 1
    print(f"{passed} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
