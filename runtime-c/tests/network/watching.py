"""What tests of processes beside a program look at."""

import time
from pathlib import Path


def until(condition, patience_s=30):
    """Whether something comes to be."""
    end = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def children(process):
    """Numbers of the processes that one has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = path.read_text().rpartition(")")[2].split()[1]
        except OSError: # ended
            continue
        if int(parent) == process:
            found.append(int(path.parent.name))
    return found
