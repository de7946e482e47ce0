"""Writes binary modules: just as much of the format as the shapes need."""

I32, I64, F32, F64, V128, FUNCREF = b"\x7f", b"\x7e", b"\x7d", b"\x7c", b"\x7b", b"\x70"
EMPTY = b"\x40"

# Section ids.
TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, ELEMENT, CODE, DATA, DATA_COUNT = 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12
TAG = 13
# Sections come by their numbers, but for two.
ORDER = [TYPE, IMPORT, FUNCTION, TABLE, MEMORY, TAG, GLOBAL, EXPORT, ELEMENT, DATA_COUNT, CODE, DATA]

UNREACHABLE, NOP, BLOCK, LOOP, IF, ELSE, END = b"\0", b"\1", b"\2", b"\3", b"\4", b"\5", b"\x0b"
BR, BR_IF, BR_TABLE, RETURN, CALL, CALL_INDIRECT = b"\x0c", b"\x0d", b"\x0e", b"\x0f", b"\x10", b"\x11"
RETURN_CALL, RETURN_CALL_INDIRECT = b"\x12", b"\x13"
TRY, CATCH, THROW, RETHROW, CATCH_ALL, TRY_TABLE = b"\6", b"\7", b"\x08", b"\x09", b"\x19", b"\x1f"
DROP, SELECT, GET, SET, TEE, GLOBAL_GET, GLOBAL_SET = b"\x1a", b"\x1b", b"\x20", b"\x21", b"\x22", b"\x23", b"\x24"
I32_EQZ, I32_LT_U, I32_ADD, I32_SUB, I32_MUL, I32_AND, I32_OR, I32_XOR, I32_SHL = \
    b"\x45", b"\x49", b"\x6a", b"\x6b", b"\x6c", b"\x71", b"\x72", b"\x73", b"\x74"
I64_ADD, F64_ADD = b"\x7c", b"\xa0"


def u(value):
    """An unsigned number in LEB128."""
    content = bytearray()
    while value >= 0x80:
        content.append(0x80 | value & 0x7F)
        value >>= 7
    content.append(value)
    return bytes(content)


def s(value):
    """A signed number in LEB128."""
    content = bytearray()
    while not -0x40 <= value < 0x40:
        content.append(0x80 | value & 0x7F)
        value >>= 7
    content.append(value & 0x7F)
    return bytes(content)


def const(value):
    return b"\x41" + s(value)


def simd(opcode, immediate=b""):
    return b"\xfd" + u(opcode) + immediate


def misc(opcode, immediate=b""):
    return b"\xfc" + u(opcode) + immediate


def access(opcode, offset=0):
    """A load or store without alignment."""
    return bytes([opcode]) + b"\0" + u(offset)


def i32_load(offset=0):
    return access(0x28, offset)


def i32_store(offset=0):
    return access(0x36, offset)


def vector(items):
    items = list(items)
    return u(len(items)) + b"".join(items)


def named(content):
    return u(len(content)) + content


def section(number, content):
    return bytes([number]) + named(content)


def function_type(parameters=b"", results=b""):
    return b"\x60" + named(parameters) + named(results)


def body(instructions, local_runs=()):
    """`local_runs`: (count, type)."""
    return named(vector(u(count) + kind for count, kind in local_runs) + instructions + END)


# What lies in memory at 0, so that what is computed is not all 0.
CONTENT = bytes(index * 167 + (index >> 3) * 59 & 255 for index in range(256))


def module(bodies, types=None, functions=None, others=(), exported=(0,), imported=0):
    """A module with a memory, in which functions of `types` (by default one from i32 to i32) are exported.

    `others`: (section number, content), which replace what would be there.
    """
    types = types or [function_type(I32, I32)]
    functions = functions or [0] * len(bodies)
    exports = [named(b"f%d" % index) + b"\0" + u(index + imported) for index in exported]
    sections = dict([
        (TYPE, vector(types)), (FUNCTION, vector(u(index) for index in functions)),
        (MEMORY, vector([b"\0\1"])), (EXPORT, vector(exports)), (CODE, vector(bodies)),
        (DATA, vector([b"\0" + const(0) + END + named(CONTENT)])), *others])
    return b"\0asm\1\0\0\0" + b"".join(section(number, sections[number]) for number in ORDER if number in sections)
