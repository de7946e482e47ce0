"""Valid modules at the limits: small for what they ask of a compiler that keeps a value for each variable in each block,
recurses over nesting, or reserves what a number says. Each is made by a function named for what it has many of.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from wasm_encoding import (  # noqa: E402
    BLOCK, BR_IF, BR_TABLE, CALL, CODE, DATA, DROP, ELEMENT, EMPTY, END, EXPORT, FUNCTION, GET, GLOBAL, GLOBAL_GET,
    GLOBAL_SET, I32, I32_ADD, IF, LOOP, MEMORY, SET, TABLE, TYPE, named, section, u, vector)
from wasm_encoding import body as encoded_body, const, function_type as encoded_type  # noqa: E402

I32_LOAD, MEMORY_SIZE = b"\x28\x02\x00", b"\x3f\x00"


def function_type(parameters, results):
    return encoded_type(I32 * parameters, I32 * results)


def body(instructions, local_count=0):
    return encoded_body(instructions, [(local_count, I32)] if local_count else ())


def module(types, functions, bodies, others=(), start=0):
    """A module with one memory whose function `start`, which has to be of a type without parameters, is `_start`.

    `others`: (section number, content).
    """
    sections = dict([
        (TYPE, vector(types)), (FUNCTION, vector([u(index) for index in functions])),
        (MEMORY, vector([b"\0\1"])), (EXPORT, vector([named(b"_start") + b"\0" + u(start)])),
        (CODE, vector(bodies)), *others])
    return b"\0asm\1\0\0\0" + b"".join(section(number, sections[number]) for number in sorted(sections))


def command(instructions, local_count=0, others=(), more_types=()):
    """A module of one function without parameters and results."""
    return module([function_type(0, 0), *more_types], [0], [body(instructions, local_count)], others)


# A value that no compiler knows in advance: any of memory's.
UNKNOWN = MEMORY_SIZE + I32_LOAD


def nested_blocks(count=50_000):
    return command((BLOCK + EMPTY) * count + END * count)


def nested_loops(count=2_000):
    return command((LOOP + EMPTY) * count + (UNKNOWN + BR_IF + b"\0" + END) * count)


def nested_ifs(count=20_000):
    return command((UNKNOWN + IF + EMPTY) * count + END * count)


def branches_with_many_values(values=1_000, branches=30_000):
    """Each branch brings a value for each result: 30 million edges in 90 KB."""
    return command(
        BLOCK + b"\1" + (const(0)) * values + (GET + b"\0" + BR_IF + b"\0") * branches + END
        + DROP * values, local_count=1, more_types=[function_type(0, values)])


def branch_table_with_many_values(values=1_000, targets=50_000):
    return command(
        BLOCK + b"\1" + (const(0)) * values + UNKNOWN + BR_TABLE + vector([b"\0"] * targets) + b"\0" + END
        + DROP * values, more_types=[function_type(0, values)])


def locals_through_nested_loops(locals_=5_000, loops=3_000):
    """Each local is another value in each loop."""
    changes = b"".join(
        GET + u(index) + UNKNOWN + I32_ADD + SET + u(index) for index in range(locals_))
    return command((LOOP + EMPTY) * loops + changes + (UNKNOWN + BR_IF + b"\0" + END) * loops, locals_)


def locals_in_many_functions(locals_=50_000, functions=1_000):
    """Each function of a few bytes declares as many locals as it may."""
    return module([function_type(0, 0)], [0] * functions,
                  [body(CALL + u(index + 1), locals_) for index in range(functions - 1)] + [body(b"")])


def calls_with_many_values(values=1_000, calls=2_000):
    """A call of two bytes takes and leaves a thousand values."""
    return module([function_type(0, 0), function_type(values, values)], [0, 1],
                  [body((const(0)) * values + (CALL + b"\1") * calls + DROP * values),
                   body(b"".join(GET + u(index) for index in range(values)))])


def branch_tables(tables=20, targets=60_000):
    one = BLOCK + EMPTY + UNKNOWN + BR_TABLE + vector([b"\0", b"\1"] * (targets // 2)) + b"\0" + END
    return command(BLOCK + EMPTY + one * tables + END)


def long_body(instructions=400_000):
    return command((GET + b"\0" + const(3) + I32_ADD + SET + b"\0") * (instructions // 4), 1)


def many_functions(count=30_000):
    return module([function_type(0, 0)], [0] * count,
                  [body(CALL + u(index + 1)) for index in range(count - 1)] + [body(b"")])


def many_types(count=20_000):
    return module([function_type(0, 0), *(function_type(index % 1000, index // 1000) for index in range(count))],
                  [0], [body(b"")])


def many_exports(count=50_000):
    name = b"n" * 100
    exports = [named(b"_start") + b"\0\0"] + [named(name + str(index).encode()) + b"\0\0" for index in range(count)]
    return command(b"", others=[(EXPORT, vector(exports))])


def many_globals(count=100_000):
    one = I32 + b"\1" + const(1) + END
    return command((GLOBAL_GET + b"\1" + GLOBAL_SET + b"\0") * 1000, others=[(GLOBAL, vector([one] * count))])


def long_constant_expression(count=200_000):
    value = const(1) + (const(1) + I32_ADD) * count
    return command(b"", others=[(GLOBAL, vector([I32 + b"\0" + value + END]))])


def deep_constant_expression(count=200_000):
    value = (const(1)) * (count + 1) + I32_ADD * count
    return command(b"", others=[(GLOBAL, vector([I32 + b"\0" + value + END]))])


def large_table(elements=10_000_000):
    return command(b"", others=[(TABLE, vector([b"\x70\0" + u(elements)]))])


def many_element_segments(count=100_000):
    return command(b"", others=[(TABLE, vector([b"\x70\0\1"])), (ELEMENT, vector(
        [b"\0" + const(0) + END + vector([b"\0"])] * count))])


def many_data_segments(count=100_000):
    return command(b"", others=[(DATA, vector([b"\0" + const(0) + END + named(b"x")] * count))])


def largest_memory():
    return command(b"", others=[(MEMORY, vector([b"\0" + u(65536)]))])


def data_at_the_end_of_memory():
    """One byte in the last page of 4 GiB: an image of the memory up to there would have as much."""
    return command(b"", others=[
        (MEMORY, vector([b"\0" + u(65535)])),
        (DATA, vector([b"\0" + const(-131072) + END + named(b"x")]))])


ALL = [
    nested_blocks, nested_loops, nested_ifs, branches_with_many_values, branch_table_with_many_values,
    locals_through_nested_loops, locals_in_many_functions, calls_with_many_values, branch_tables, long_body,
    many_functions, many_types, many_exports, many_globals, long_constant_expression, deep_constant_expression,
    large_table, many_element_segments, many_data_segments, largest_memory, data_at_the_end_of_memory,
]
