#!/usr/bin/env python3
"""Names the declarations in Sources that nothing uses, and ends with status 1 if there are any.

    unused_declarations.py [--tests-only]

A declaration counts as used when its name stands anywhere else in the code of Sources or Tests; so nothing is named that
is used, and what shares its name with something else is not found. With --tests-only: those that only tests use.
"""

import argparse
import re
import sys
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parents[1]
KINDS = "func|var|let|case|struct|class|enum|protocol|typealias|associatedtype"
DECLARATION = re.compile(rf"\b({KINDS})\s+`?([A-Za-z_]\w*)((?:\s*,\s*[A-Za-z]\w*)*)(\s*:)?")
# What is called by others, or has its place in an order that is not ours.
EXPECTED = {
    "appendLiteral": "ExpressibleByStringInterpolation",
    "WasmcFuzz": "@main",
    "alwaysFalse": "LLVM's numbers", "alwaysTrue": "LLVM's numbers", "ord": "LLVM's numbers", "ueq": "LLVM's numbers",
}


def code(path):
    """A file's text without comments, line by line as it was."""
    text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), path.read_text(), flags=re.DOTALL)
    return re.sub(r"//.*", "", text)


def names(texts):
    counts = {}
    for text in texts:
        for word in re.findall(r"[A-Za-z_]\w*", text):
            counts[word] = counts.get(word, 0) + 1
    return counts


def declarations(text):
    """Kind, name and line of each; the patterns of a `switch` are none."""
    for match in DECLARATION.finditer(text):
        if match[1] == "case" and match[4]:
            continue
        line = text[:match.start()].count("\n") + 1
        for name in [match[2], *re.findall(r"\w+", match[3] if match[1] == "case" else "")]:
            yield match[1], name, line


def main():
    parser = argparse.ArgumentParser(description="name declarations that nothing uses")
    parser.add_argument("--tests-only", action="store_true", help="name what only tests use")
    options = parser.parse_args()
    sources = {path: code(path) for path in sorted(PACKAGE_ROOT.glob("Sources/**/*.swift"))}
    in_sources = names(sources.values())
    in_tests = names(code(path) for path in PACKAGE_ROOT.glob("Tests/**/*.swift"))
    found = 0
    for path, text in sources.items():
        # What is generated has a case for each instruction.
        if path.parent.name == "Generated":
            continue
        for kind, name, line in declarations(text):
            if in_sources[name] > 1 or name in EXPECTED or (name in in_tests) != options.tests_only:
                continue
            found += 1
            print(f"{path.relative_to(PACKAGE_ROOT)}:{line}: {kind} {name}")
    if found:
        print(f"{found} declarations that " + ("only tests use" if options.tests_only else "nothing uses"))
    return 1 if found and not options.tests_only else 0


if __name__ == "__main__":
    sys.exit(main())
