"""What shapes are made of, and where they are found by their names."""

import itertools
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "Tests" / "common"))

from wasm_encoding import *  # noqa: E402, F403

SHAPES = {}

# A value that no compiler knows in advance.
UNKNOWN = GET + b"\0" + i32_load()
UNKNOWN_VECTOR = GET + b"\0" + simd(0)[:2] + b"\0\0"
SPLAT = simd(0x0f)
LANE = simd(0x1b, b"\0")


def shape(function):
    SHAPES[function.__name__.replace("_", "-")] = function
    return function


def repeated(piece, size):
    return piece * max(1, size // len(piece))


def filled(size, piece):
    """The pieces for 0, 1, 2 ... until they have `size` bytes, and their number."""
    pieces, total = [], 0
    for index in itertools.count():
        if total >= size:
            return b"".join(pieces), index
        pieces.append(piece(index))
        total += len(pieces[-1])


def one(instructions, local_runs=(), **more):
    """A module of one function, which returns an i32."""
    return module([body(instructions, local_runs)], **more)
