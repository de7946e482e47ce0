#!/usr/bin/env python3
"""unused.py - what a header of the runtime declares is mentioned somewhere else: in the runtime, its tests or the compiler.

A name that is put together (PREFIX_##x) counts as mentioned when its end is a word of a table (*.def).
"""

import collections
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"\b(?:wasmc|WASMC|wasi|WASI)_\w+")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# The structure that a symbol or a section is, and guards against including twice.
EXEMPT = re.compile(r"_H$|^wasmc_syscalls$")
# A prototype, whose function is mentioned where it is defined, too.
PROTOTYPE = re.compile(r"^(?!static)[^\n#]*?\b(\w+)\([^;{}]*\)(?:\s*__attribute__\(\(\w+\)\))?;", re.MULTILINE)
# Whose a system call is: the word becomes part of names, as those of tables do.
ROLE = re.compile(r"\bWASMC_SYSCALL_(?:OF|ENTRY)\(([A-Z]+),")


def files(folder, *endings):
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in endings)


def main():
    headers = files("runtime-c/src", ".h") + files("runtime-c/include", ".h")
    sources = files("runtime-c", ".c", ".h", ".S", ".def") + files("Sources", ".swift")
    mentions = collections.Counter()
    tables = set()
    prefixes = set()
    for path in sources:
        text = path.read_text()
        mentions.update(re.findall(r"\b\w+\b", text))
        prefixes.update(re.findall(r"\b(\w+_)##", text))
        tables.update(ROLE.findall(text))
        if path.suffix == ".def":
            tables.update(re.findall(r"\b\w+\b", text))
    unused = []
    checked = 0
    for path in headers:
        text = COMMENT.sub("", path.read_text())
        prototypes = set(PROTOTYPE.findall(text))
        # The name of an enumeration is for readers of its members.
        for name in sorted(set(NAME.findall(text)) - set(re.findall(r"\benum (?:\w+\([^)]*\) )?(\w+) \{", text))):
            wanted = 3 if name in prototypes else 2
            is_pasted = any(name.startswith(prefix) and (name[len(prefix):] in tables or name == prefix)
                            for prefix in prefixes)
            checked += 1
            if mentions[name] < wanted and not is_pasted and not EXEMPT.search(name):
                unused.append(f"{path.relative_to(ROOT)}: nothing else mentions {name}")
    print("\n".join(unused + [f"declarations: {checked - len(unused)} passed, {len(unused)} failed"]))
    return 1 if unused else 0


if __name__ == "__main__":
    sys.exit(main())
