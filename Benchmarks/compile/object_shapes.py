"""Shapes of what came after Wasm 2.0: objects, casts, 64-bit memories, atomic operations."""

from making import *  # noqa: F403

# Types: 0 is i32 to i32, the others follow it.
STRUCTURE, ARRAY, SUBTYPE = b"\x5f", b"\x5e", b"\x50"
MUTABLE = b"\1"
ANYREF = b"\x6e"
NULL, BR_ON_NULL, REF_EQ, CALL_REF, REF_FUNC = b"\xd0", b"\xd5", b"\xd3", b"\x14", b"\xd2"


def gc(opcode, immediate=b""):
    return b"\xfb" + u(opcode) + immediate


def nullable(type_index):
    return b"\x63" + s(type_index)


def structure(*fields):
    return STRUCTURE + vector(field + MUTABLE for field in fields)


# 1: a node with a reference to another and a number; 2: an array of numbers; 3: an array of nodes.
NODE, NUMBERS, NODES = 1, 2, 3
TYPES = [function_type(I32, I32), structure(nullable(NODE), I32), ARRAY + I32 + MUTABLE, ARRAY + nullable(NODE) + MUTABLE]
NEW_NODE = gc(1, u(NODE))
NEXT, NUMBER = gc(2, u(NODE) + b"\0"), gc(2, u(NODE) + b"\1")


def objects(instructions, local_runs=(), types=(), others=()):
    """A module of one function with those types, and its own from 4 on."""
    return one(instructions, local_runs, types=TYPES + list(types), others=list(others))


@shape
def structs_in_a_list(size):
    return objects(NEW_NODE + repeated(NEXT, size) + NUMBER)


@shape
def struct_gets(size):
    return objects(NEW_NODE + SET + b"\1" + UNKNOWN + repeated(GET + b"\1" + NUMBER + I32_ADD, size), [(1, nullable(NODE))])


@shape
def struct_sets(size):
    step = GET + b"\1" + UNKNOWN + gc(5, u(NODE) + b"\1")
    return objects(NEW_NODE + SET + b"\1" + repeated(step, size) + const(0), [(1, nullable(NODE))])


@shape
def struct_news(size):
    """Each keeps the one before."""
    step = GET + b"\0" + gc(0, u(NODE))
    return objects(NEW_NODE + repeated(step, size) + NUMBER)


@shape
def struct_news_of_many_fields(size):
    """Two bytes of code for a thousand cleared fields."""
    kinds = [I32, I64, F64, nullable(NODE), V128]
    fields = structure(*(kinds[index % len(kinds)] for index in range(1000)))
    return objects(repeated(gc(1, u(4)) + DROP, size) + const(0), types=[fields])


@shape
def struct_fields_copied(size):
    fields = structure(*([I32] * 1000))
    code, _ = filled(size, lambda index: GET + b"\1" + GET + b"\1" + gc(2, u(4) + u(index % 1000)) + gc(
        5, u(4) + u(index * 7 % 1000)))
    return objects(gc(1, u(4)) + SET + b"\1" + code + const(0), [(1, nullable(4))], types=[fields])


@shape
def array_of_many_elements(size):
    count = min(9_000, size // 3)
    step = b"".join(const(index & 63) for index in range(count)) + gc(8, u(NUMBERS) + u(count)) + DROP
    return objects(repeated(step, size) + const(0))


@shape
def array_gets(size):
    """Each index comes from the array."""
    return objects(
        const(100) + gc(7, u(NUMBERS)) + SET + b"\1" + GET + b"\0"
        + repeated(SET + b"\2" + GET + b"\1" + GET + b"\2" + gc(11, u(NUMBERS)), size), [(1, nullable(NUMBERS)), (1, I32)])


@shape
def array_sets(size):
    step = GET + b"\1" + UNKNOWN + GET + b"\0" + gc(14, u(NUMBERS))
    return objects(const(100) + gc(7, u(NUMBERS)) + SET + b"\1" + repeated(step, size) + const(0), [(1, nullable(NUMBERS))])


@shape
def array_copies(size):
    step = (GET + b"\1" + GET + b"\0") * 2 + GET + b"\0" + gc(17, u(NODES) + u(NODES))
    return objects(const(100) + gc(7, u(NODES)) + SET + b"\1" + repeated(step, size) + const(0), [(1, nullable(NODES))])


@shape
def array_fills(size):
    step = GET + b"\1" + (GET + b"\0") * 3 + gc(16, u(NUMBERS))
    return objects(const(100) + gc(7, u(NUMBERS)) + SET + b"\1" + repeated(step, size) + const(0), [(1, nullable(NUMBERS))])


@shape
def small_integers(size):
    return objects(UNKNOWN + repeated(gc(28) + gc(29), size))


def hierarchy(count):
    """Structure types from 4 on, each below the one at half its place."""
    yield SUBTYPE + b"\0" + structure(I32)
    for index in range(1, count):
        yield SUBTYPE + b"\1" + u(4 + (index - 1) // 2) + structure(I32, *([I64] if index > 1 else []))


def subtypes(count):
    return [SUBTYPE + b"\0" + structure(I32)] + [SUBTYPE + b"\1" + u(4) + structure(I32, I64)] * (count - 1)


CLASSES = 200
AN_OBJECT = GET + b"\0" + IF + ANYREF + gc(1, u(5)) + ELSE + gc(1, u(6)) + END


@shape
def casts_in_a_row(size):
    code, _ = filled(size, lambda index: GET + b"\1" + gc(23, s(4 + index * 7 % CLASSES)) + DROP)
    return objects(AN_OBJECT + SET + b"\1" + code + const(0), [(1, ANYREF)], types=subtypes(CLASSES))


@shape
def tests_of_types(size):
    code, _ = filled(size, lambda index: GET + b"\1" + gc(20, s(4 + index * 7 % CLASSES)) + I32_ADD)
    return objects(AN_OBJECT + SET + b"\1" + UNKNOWN + code, [(1, ANYREF)], types=subtypes(CLASSES))


@shape
def casts_by_branches(size):
    """The ladder that a `match` over classes becomes."""
    arm = lambda index: (
        BLOCK + ANYREF + GET + b"\1" + gc(24, b"\3\0" + b"\x6e" + s(4 + index * 7 % CLASSES)) + DROP + GET + b"\0"
        + UNKNOWN + i32_store(8) + NULL + b"\x71" + END + DROP)
    code, _ = filled(size, arm)
    return objects(AN_OBJECT + SET + b"\1" + code + const(0), [(1, ANYREF)], types=subtypes(CLASSES))


@shape
def casts_to_one_label(size):
    code, _ = filled(size, lambda index: GET + b"\1" + gc(24, b"\3\0" + b"\x6e" + s(4 + index * 7 % CLASSES)) + DROP)
    return objects(
        AN_OBJECT + SET + b"\1" + BLOCK + ANYREF + code + NULL + b"\x71" + END + DROP + const(0), [(1, ANYREF)],
        types=subtypes(CLASSES))


@shape
def classes_many(size):
    return objects(gc(1, u(5)) + gc(20, s(4)), types=hierarchy(size // 11))


@shape
def types_of_references_to_types(size):
    """Groups of one, each of which refers to the two before it: as trees, they have 2 to the n leaves."""
    count = size // 11
    types = [structure(nullable(NODE + index), nullable(NODE + max(0, index - 1))) for index in range(3, count)]
    return objects(const(0), types=types)


@shape
def types_of_many_fields(size):
    types = [structure(*(I32 if index >> (field % 9) & 1 else I64 for field in range(5_000))) for index in range(size // 10_000 + 1)]
    return objects(b"".join(gc(1, u(4 + index)) + DROP for index in range(len(types))) + const(0), types=types)


@shape
def globals_of_objects(size):
    value = NULL + s(NODE) + const(7) + gc(0, u(NODE)) + END
    count = size // (len(value) + 3)
    return objects(
        GLOBAL_GET + u(count - 1) + NUMBER, others=[(GLOBAL, vector([nullable(NODE) + b"\0" + value] * count))])


@shape
def global_of_a_list(size):
    """One constant expression that makes many objects."""
    value = NULL + s(NODE) + repeated(const(7) + gc(0, u(NODE)), size) + END
    return objects(GLOBAL_GET + b"\0" + NUMBER, others=[(GLOBAL, vector([nullable(NODE) + b"\0" + value]))])


@shape
def global_of_an_array(size):
    count = min(9_000, size // 3)
    value = const(7) * count + gc(8, u(NUMBERS) + u(count)) + END
    number = max(1, size // len(value))
    return objects(const(0), others=[(GLOBAL, vector([nullable(NUMBERS) + b"\0" + value] * number))])


@shape
def elements_of_objects(size):
    value = const(7) + gc(28) + END
    count = size // len(value)
    segment = b"\5" + b"\x6c" + vector([value] * count)
    return objects(const(0), others=[(ELEMENT, vector([segment]))])


@shape
def branches_on_null(size):
    step = GET + b"\1" + BR_ON_NULL + b"\0" + NEXT + SET + b"\1"
    return objects(NEW_NODE + SET + b"\1" + BLOCK + EMPTY + repeated(step, size) + END + const(0), [(1, nullable(NODE))])


@shape
def references_compared(size):
    step = GET + b"\1" + GET + b"\1" + NEXT + TEE + b"\1" + REF_EQ + I32_XOR
    return objects(NEW_NODE + SET + b"\1" + UNKNOWN + repeated(step, size), [(1, nullable(NODE))])


@shape
def live_references(size):
    """Objects that live across allocations."""
    count = size // 8
    return objects(NEW_NODE * count + (gc(2, u(NODE) + b"\1") + DROP) * count + const(0))


@shape
def calls_by_reference(size):
    elements = (ELEMENT, vector([b"\3\0" + vector([b"\0"])]))
    return objects(
        REF_FUNC + b"\0" + SET + b"\1" + UNKNOWN + repeated(GET + b"\1" + CALL_REF + b"\0", size), [(1, nullable(0))],
        others=[elements])


@shape
def table_gets_and_sets(size):
    others = [(TABLE, vector([ANYREF + b"\0" + u(10)]))]
    step = UNKNOWN + GET + b"\0" + b"\x25\0" + b"\x26\0"
    return objects(repeated(step, size) + const(0), others=others)


# 64-bit memories, whose accesses are compared, and several memories.

WIDE_MEMORY = (MEMORY, vector([b"\4\1"]))
EXTEND = b"\xad"


@shape
def wide_loads(size):
    return one(GET + b"\0" + repeated(EXTEND + i32_load(), size), others=[WIDE_MEMORY, (DATA, vector([]))])


@shape
def wide_loads_and_stores(size):
    code, _ = filled(size, lambda index: GET + b"\0" + EXTEND + GET + b"\0" + EXTEND + i32_load(index * 4) + i32_store(
        index * 4))
    return one(code + const(0), others=[WIDE_MEMORY, (DATA, vector([]))])


@shape
def wide_loads_of_vectors(size):
    code, _ = filled(size, lambda index: GET + b"\1" + simd(0, b"\0" + u(index * 16)) + simd(0xae))
    return one(GET + b"\0" + EXTEND + SET + b"\1" + simd(12, bytes(16)) + code + simd(0x1b, b"\0"), [(1, I64)],
               others=[WIDE_MEMORY, (DATA, vector([]))])


@shape
def memories_many(size):
    memories = 60
    code, _ = filled(size, lambda index: GET + b"\0" + GET + b"\0" + b"\x28\x40" + u(index % memories) + b"\0"
                     + b"\x36\x40" + u(index * 7 % memories) + b"\0")
    return one(code + const(0), others=[(MEMORY, vector([b"\0\1"] * memories))])


# Atomic operations.

SHARED_MEMORY = (MEMORY, vector([b"\3\1\1"]))
ATOMIC = {
    "load": (0x10, b""), "add": (0x1e, GET + b"\0"), "and": (0x2c, GET + b"\0"), "xor64": (0x3b, b""),
    "xchg8": (0x43, GET + b"\0"), "cmpxchg": (0x48, GET + b"\0" + GET + b"\0"), "cmpxchg16": (0x4b, (GET + b"\0") * 2),
    "or8": (0x35, GET + b"\0"),
}
ALIGNMENT = {"load": 2, "add": 2, "and": 2, "xor64": 3, "xchg8": 0, "cmpxchg": 2, "cmpxchg16": 1, "or8": 0}


def atomic(name):
    opcode, operands = ATOMIC[name]
    operation = b"\xfe" + u(opcode) + bytes([ALIGNMENT[name]]) + b"\0"

    def make(size):
        if name == "xor64":
            step = GET + b"\0" + EXTEND + operation + b"\xa7"
        else:
            step = operands + operation
        return one(GET + b"\0" + repeated(step, size), others=[SHARED_MEMORY])

    return make


for atomic_name in ATOMIC:
    SHAPES["atomic-" + atomic_name] = atomic(atomic_name)


@shape
def atomic_stores(size):
    step = GET + b"\0" + UNKNOWN + b"\xfe" + u(0x17) + b"\2\0" + b"\xfe\3\0"
    return one(repeated(step, size) + const(0), others=[SHARED_MEMORY])


@shape
def atomic_waits(size):
    step = GET + b"\0" + GET + b"\0" + const(0) + b"\xac" + b"\xfe\1\2\0" + DROP + GET + b"\0" + const(1) + b"\xfe\0\2\0" + DROP
    return one(repeated(step, size) + const(0), others=[SHARED_MEMORY])
