#!/usr/bin/env python3
"""circles.py NM OBJECT... - no file of the runtime needs another that needs it, at whatever distance.

A file needs those that define what it refers to, weakly or not: an undefined symbol is an edge to every object that
defines it. Each circle is printed as its files with the symbols that close it.
"""

import os
import subprocess
import sys


def symbols(nm, path, *options):
    lines = subprocess.run([nm, "-j", *options, path], check=True, capture_output=True, text=True).stdout.split()
    return set(lines)


def graph(nm, paths):
    """For each object, the objects that it needs, with the symbols."""
    definers = {}
    for path in paths:
        for symbol in symbols(nm, path, "--defined-only", "--extern-only"):
            definers.setdefault(symbol, []).append(path)
    needs = {path: {} for path in paths}
    for path in paths:
        for symbol in sorted(symbols(nm, path, "--undefined-only")):
            for other in definers.get(symbol, []):
                needs[path].setdefault(other, []).append(symbol)
    return needs


def components(needs):
    """Tarjan's strongly connected components of more than one object."""
    index, low, stack, on_stack, result = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        for other in needs[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on_stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = []
            while not component or component[-1] != node:
                component.append(stack.pop())
                on_stack.discard(component[-1])
            if len(component) > 1:
                result.append(sorted(component))

    for node in sorted(needs):
        if node not in index:
            visit(node)
    return result


def main():
    nm, paths = sys.argv[1], sorted(sys.argv[2:])
    prefix = os.path.commonpath(paths) + "/"
    needs = graph(nm, paths)
    circles = components(needs)
    for circle in circles:
        print("a circle of " + ", ".join(path.removeprefix(prefix) for path in circle))
        for path in circle:
            for other in circle:
                for symbol in needs[path].get(other, []):
                    print(f"    {path.removeprefix(prefix)} needs {symbol} of {other.removeprefix(prefix)}")
    print(f"circles: {len(paths) - sum(map(len, circles))} passed, {sum(map(len, circles))} failed")
    return 1 if circles or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
