"""Valid modules at the limits: small for what they ask of a compiler that keeps a value for each variable in each block,
recurses over nesting, or reserves what a number says. Each is made by a function named for what it has many of.
"""

I32 = b"\x7f"
EMPTY_BLOCK_TYPE = b"\x40"
LOCAL_GET, LOCAL_SET, I32_CONST, CALL = b"\x20", b"\x21", b"\x41", b"\x10"
BLOCK, LOOP, IF, END, BR, BR_IF, BR_TABLE = b"\x02", b"\x03", b"\x04", b"\x0b", b"\x0c", b"\x0d", b"\x0e"
DROP, I32_ADD, I32_LOAD, MEMORY_SIZE = b"\x1a", b"\x6a", b"\x28\x02\x00", b"\x3f\x00"

# Section ids.
TYPE, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, ELEMENT, CODE, DATA = 1, 3, 4, 5, 6, 7, 9, 10, 11


def leb128(value):
    """An unsigned number, or a signed one that is not negative: those have bit 6 clear in the last byte."""
    content = bytearray()
    while value >= 0x40:
        content.append(0x80 | value & 0x7F)
        value >>= 7
    content.append(value)
    return bytes(content)


def vector(items):
    return leb128(len(items)) + b"".join(items)


def named(text):
    return leb128(len(text)) + text


def section(number, content):
    return bytes([number]) + named(content)


def function_type(parameters, results):
    return b"\x60" + vector([I32] * parameters) + vector([I32] * results)


def body(instructions, local_count=0):
    runs = vector([leb128(local_count) + I32]) if local_count else b"\0"
    return named(runs + instructions + END)


def module(types, functions, bodies, others=(), start=0):
    """A module with one memory whose function `start`, which has to be of a type without parameters, is `_start`.

    `others`: (section number, content).
    """
    sections = dict([
        (TYPE, vector(types)), (FUNCTION, vector([leb128(index) for index in functions])),
        (MEMORY, vector([b"\0\1"])), (EXPORT, vector([named(b"_start") + b"\0" + leb128(start)])),
        (CODE, vector(bodies)), *others])
    return b"\0asm\1\0\0\0" + b"".join(section(number, sections[number]) for number in sorted(sections))


def command(instructions, local_count=0, others=(), more_types=()):
    """A module of one function without parameters and results."""
    return module([function_type(0, 0), *more_types], [0], [body(instructions, local_count)], others)


# A value that no compiler knows in advance: any of memory's.
UNKNOWN = MEMORY_SIZE + I32_LOAD


def nested_blocks(count=50_000):
    return command((BLOCK + EMPTY_BLOCK_TYPE) * count + END * count)


def nested_loops(count=2_000):
    return command((LOOP + EMPTY_BLOCK_TYPE) * count + (UNKNOWN + BR_IF + b"\0" + END) * count)


def nested_ifs(count=20_000):
    return command((UNKNOWN + IF + EMPTY_BLOCK_TYPE) * count + END * count)


def branches_with_many_values(values=1_000, branches=30_000):
    """Each branch brings a value for each result: 30 million edges in 90 KB."""
    return command(
        BLOCK + b"\1" + (I32_CONST + b"\0") * values + (LOCAL_GET + b"\0" + BR_IF + b"\0") * branches + END
        + DROP * values, local_count=1, more_types=[function_type(0, values)])


def branch_table_with_many_values(values=1_000, targets=50_000):
    return command(
        BLOCK + b"\1" + (I32_CONST + b"\0") * values + UNKNOWN + BR_TABLE + vector([b"\0"] * targets) + b"\0" + END
        + DROP * values, more_types=[function_type(0, values)])


def locals_through_nested_loops(locals_=5_000, loops=3_000):
    """Each local is another value in each loop."""
    changes = b"".join(
        LOCAL_GET + leb128(index) + UNKNOWN + I32_ADD + LOCAL_SET + leb128(index) for index in range(locals_))
    return command((LOOP + EMPTY_BLOCK_TYPE) * loops + changes + (UNKNOWN + BR_IF + b"\0" + END) * loops, locals_)


def locals_in_many_functions(locals_=50_000, functions=1_000):
    """Each function of a few bytes declares as many locals as it may."""
    return module([function_type(0, 0)], [0] * functions,
                  [body(CALL + leb128(index + 1), locals_) for index in range(functions - 1)] + [body(b"")])


def calls_with_many_values(values=1_000, calls=2_000):
    """A call of two bytes takes and leaves a thousand values."""
    return module([function_type(0, 0), function_type(values, values)], [0, 1],
                  [body((I32_CONST + b"\0") * values + (CALL + b"\1") * calls + DROP * values),
                   body(b"".join(LOCAL_GET + leb128(index) for index in range(values)))])


def branch_tables(tables=20, targets=60_000):
    one = BLOCK + EMPTY_BLOCK_TYPE + UNKNOWN + BR_TABLE + vector([b"\0", b"\1"] * (targets // 2)) + b"\0" + END
    return command(BLOCK + EMPTY_BLOCK_TYPE + one * tables + END)


def long_body(instructions=400_000):
    return command((LOCAL_GET + b"\0" + I32_CONST + b"\3" + I32_ADD + LOCAL_SET + b"\0") * (instructions // 4), 1)


def many_functions(count=30_000):
    return module([function_type(0, 0)], [0] * count,
                  [body(CALL + leb128(index + 1)) for index in range(count - 1)] + [body(b"")])


def many_types(count=20_000):
    return module([function_type(0, 0), *(function_type(index % 1000, index // 1000) for index in range(count))],
                  [0], [body(b"")])


def many_exports(count=50_000):
    name = b"n" * 100
    exports = [named(b"_start") + b"\0\0"] + [named(name + str(index).encode()) + b"\0\0" for index in range(count)]
    return command(b"", others=[(EXPORT, vector(exports))])


def many_globals(count=100_000):
    one = I32 + b"\1" + I32_CONST + b"\1" + END
    return command((b"\x23\1\x24\0") * 1000, others=[(GLOBAL, vector([one] * count))])


def long_constant_expression(count=200_000):
    value = I32_CONST + b"\1" + (I32_CONST + b"\1" + I32_ADD) * count
    return command(b"", others=[(GLOBAL, vector([I32 + b"\0" + value + END]))])


def deep_constant_expression(count=200_000):
    value = (I32_CONST + b"\1") * (count + 1) + I32_ADD * count
    return command(b"", others=[(GLOBAL, vector([I32 + b"\0" + value + END]))])


def large_table(elements=10_000_000):
    return command(b"", others=[(TABLE, vector([b"\x70\0" + leb128(elements)]))])


def many_element_segments(count=100_000):
    return command(b"", others=[(TABLE, vector([b"\x70\0\1"])), (ELEMENT, vector(
        [b"\0" + I32_CONST + b"\0" + END + vector([b"\0"])] * count))])


def many_data_segments(count=100_000):
    return command(b"", others=[(DATA, vector([b"\0" + I32_CONST + b"\0" + END + named(b"x")] * count))])


def largest_memory():
    return command(b"", others=[(MEMORY, vector([b"\0" + leb128(65536)]))])


def data_at_the_end_of_memory():
    """One byte in the last page of 4 GiB: an image of the memory up to there would have as much."""
    return command(b"", others=[
        (MEMORY, vector([b"\0" + leb128(65535)])),
        # -131072 as a signed number.
        (DATA, vector([b"\0" + I32_CONST + b"\x80\x80\x78" + END + named(b"x")]))])


ALL = [
    nested_blocks, nested_loops, nested_ifs, branches_with_many_values, branch_table_with_many_values,
    locals_through_nested_loops, locals_in_many_functions, calls_with_many_values, branch_tables, long_body,
    many_functions, many_types, many_exports, many_globals, long_constant_expression, deep_constant_expression,
    large_table, many_element_segments, many_data_segments, largest_memory, data_at_the_end_of_memory,
]
