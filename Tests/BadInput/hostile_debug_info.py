"""Modules whose debug information asks for much: cycles, nesting, millions of rows, names and lists that everything shares.

Each is made by a function named for what it has many of. The code is the same in all: functions of loads, each of which may
trap and has a place in the source.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "common"))

from wasm_encoding import CODE, DROP, END, EXPORT, FUNCTION, GET, I32, MEMORY, TYPE, body, const, named, section, u, vector  # noqa: E402
from wasm_encoding import function_type, i32_load  # noqa: E402

UNIT, SUBPROGRAM, INLINED, BLOCK, VARIABLE, PARAMETER = 0x11, 0x2E, 0x1D, 0x0B, 0x34, 0x05
POINTER, STRUCTURE, MEMBER, TYPEDEF, NAMESPACE, BASE, ARRAY, SUBRANGE = 0x0F, 0x13, 0x0D, 0x16, 0x39, 0x24, 0x01, 0x21
NAME, LOW, HIGH, RANGES, LINES, ORIGIN, SPECIFICATION, TYPE_OF, LOCATION, SIZE, ENCODING, MEMBER_AT, CALL_LINE, FRAME_BASE, COUNT = (
    0x03, 0x11, 0x12, 0x55, 0x10, 0x31, 0x47, 0x49, 0x02, 0x0B, 0x3E, 0x38, 0x59, 0x40, 0x37)
ADDRESS, DATA1, DATA4, STRING, STRP, REF4, OFFSET, EXPRESSION, PRESENT = 0x01, 0x0B, 0x06, 0x08, 0x0E, 0x13, 0x17, 0x18, 0x19
# The address of the local of a frame, as clang has it: local 0.
FRAME = bytes([4, 0xED, 0, 0, 0x9F])
IN_FRAME = bytes([2, 0x91, 8])


def fixed(value, count=4):
    return value.to_bytes(count, "little")


LOAD_BYTES = 6


class Code:
    """Functions of loads, of `LOAD_BYTES` each."""

    def __init__(self, functions=4, loads=400):
        load = GET + b"\0" + i32_load(8) + DROP
        one = body(load * loads)
        self.content = vector([one] * functions)
        first = len(u(functions))
        # Addresses of function bodies, behind their sizes, from the start of the section's content.
        size = len(one)
        head = len(one) - len(load * loads) - 2
        self.functions = [(first + index * size + head, first + (index + 1) * size) for index in range(functions)]
        self.count = functions

    def module(self, **sections):
        """The module, with debug sections by their names without `.debug_`."""
        parts = [
            (TYPE, vector([function_type(I32, b"")])), (FUNCTION, vector([b"\0"] * self.count)),
            (MEMORY, vector([b"\0\1"])),
            (EXPORT, vector([named(b"f%d" % index) + b"\0" + u(index) for index in range(self.count)])), (CODE, self.content)]
        content = b"\0asm\1\0\0\0" + b"".join(section(number, part) for number, part in parts)
        for name, part in sections.items():
            content += section(0, named(b".debug_" + name.encode()) + part)
        return content


def abbreviations(*entries):
    """(tag, has children, (attribute, form)...) with codes from 1 on."""
    result = b""
    for code, (tag, children, *attributes) in enumerate(entries, 1):
        result += u(code) + u(tag) + bytes([children])
        result += b"".join(u(name) + u(form) for name, form in attributes) + b"\0\0"
    return result + b"\0"


def unit(entries):
    """A unit of version 4. References count from its start: the first entry is at 11."""
    content = fixed(4, 2) + fixed(0) + b"\4" + entries
    return fixed(len(content)) + content


def line_program(instructions):
    header = bytes([1, 1, 1, 0xFB, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]) + b"\0" + b"a.c\0\0\0\0" + b"\0"
    content = fixed(4, 2) + fixed(len(header)) + header + instructions
    return fixed(len(content)) + content


def sequence(low, high, rows):
    """Rows between two addresses."""
    return b"\0\5\2" + fixed(low) + rows + b"\2" + u(high - low) + b"\0\1\1"


def lines_of(code):
    return line_program(b"".join(sequence(low, high, b"\x13" * min(200, high - low)) for low, high in code.functions))


def of_each_function(code, inside, abbreviation=2):
    """A subprogram for each function, with entries in it."""
    return b"".join(u(abbreviation) + fixed(low) + fixed(high - low) + inside(low, high) + b"\0" for low, high in code.functions)


TOP = (UNIT, 1, (LINES, OFFSET))
FUNCTION_ENTRY = (SUBPROGRAM, 1, (LOW, ADDRESS), (HIGH, DATA4))


def with_functions(code, more, inside, before=b"", **sections):
    """A module whose functions have entries of the abbreviations from 3 on in them."""
    entries = u(1) + fixed(0) + before + of_each_function(code, inside) + b"\0"
    return code.module(
        abbrev=abbreviations(TOP, FUNCTION_ENTRY, *more), info=unit(entries), line=lines_of(code), **sections)


def rows_without_end():
    """Rows of a byte each, all of one address."""
    code = Code()
    return code.module(line=line_program(b"".join(
        sequence(low, high, b"\x12" * 300_000) for low, high in code.functions)))


def sequences_that_overlap():
    code = Code()
    low, high = code.functions[0]
    return code.module(line=line_program(b"".join(sequence(low + index % 64, high, b"\x13" * 3) for index in range(30_000))))


def line_programs():
    code = Code()
    low, high = code.functions[0]
    return code.module(line=line_program(sequence(low, high, b"\x13" * 9)) * 10_000)


def inlined_in_each_other():
    """A function inlined in itself 199 times, around all of the code."""
    inside = lambda low, high: (u(3) + fixed(low) + fixed(high - low) + b"\7" + b"n" * 100 + b"\0") * 199 + b"\0" * 199
    more = [(INLINED, 1, (LOW, ADDRESS), (HIGH, DATA4), (CALL_LINE, DATA1), (NAME, STRING))]
    return with_functions(Code(loads=1_000), more, inside)


def blocks_in_each_other():
    inside = lambda low, high: (u(3) + fixed(low) + fixed(high - low)) * 1_000 + b"\0" * 1_000
    return with_functions(Code(loads=1_000), [(BLOCK, 1, (LOW, ADDRESS), (HIGH, DATA4))], inside)


def calls_beside_each_other():
    """As many inlined functions as there are loads, each of the longest name."""
    code = Code(loads=8_000)
    inside = lambda low, high: b"".join(
        u(3) + fixed(low + 2 + LOAD_BYTES * index) + fixed(LOAD_BYTES) + b"\7" + fixed(0) for index in range(8_000))
    more = [(INLINED, 0, (LOW, ADDRESS), (HIGH, DATA4), (CALL_LINE, DATA1), (NAME, STRP))]
    return with_functions(code, more, inside, str=b"n" * 4_095 + b"\0")


def namespaces_of_long_names():
    code = Code(functions=1_000, loads=2)
    entries = u(1) + fixed(0) + (u(3) + fixed(0)) * 200
    entries += b"".join(u(4) + fixed(low) + fixed(high - low) + fixed(0) for low, high in code.functions) + b"\0" * 201
    more = [(NAMESPACE, 1, (NAME, STRP)), (SUBPROGRAM, 0, (LOW, ADDRESS), (HIGH, DATA4), (NAME, STRP))]
    return code.module(abbrev=abbreviations(TOP, FUNCTION_ENTRY, *more), info=unit(entries), line=lines_of(code),
                       str=b"n" * 4_095 + b"\0")


def attributes_without_bytes():
    """Entries of one byte with 255 attributes."""
    code = Code()
    more = [(BASE, 0, *[(0x3F00 + index, PRESENT) for index in range(255)])]
    return with_functions(code, more, lambda low, high: u(3) * 50_000)


def of_types(abbreviations_, types, first_type, functions=4):
    """A variable in each function, of a type that leads to all others."""
    code = Code(functions=functions, loads=8)
    more = [(VARIABLE, 0, (NAME, STRING), (TYPE_OF, REF4), (LOCATION, EXPRESSION)),
            (SUBPROGRAM, 1, (LOW, ADDRESS), (HIGH, DATA4), (FRAME_BASE, EXPRESSION)), *abbreviations_]
    functions_ = b"".join(
        u(4) + fixed(low) + fixed(high - low) + FRAME + u(3) + b"v\0" + fixed(first_type) + IN_FRAME + b"\0"
        for low, high in code.functions)
    return code.module(
        abbrev=abbreviations(TOP, FUNCTION_ENTRY, *more), info=unit(u(1) + fixed(0) + types + functions_ + b"\0"),
        line=lines_of(code))


FIRST_TYPE = 11 + 5


def pointers_to_pointers(count=30_000):
    types = b"".join(u(5) + fixed(FIRST_TYPE + 5 * (index + 1)) for index in range(count))
    return of_types([(POINTER, 0, (TYPE_OF, REF4)), (BASE, 0, (NAME, STRING), (SIZE, DATA1), (ENCODING, DATA1))],
                    types + u(6) + b"int\0\4\5", FIRST_TYPE)


def typedefs_in_a_circle(count=1_000):
    types = b"".join(u(5) + b"t\0" + fixed(FIRST_TYPE + 7 * ((index + 1) % count)) for index in range(count))
    return of_types([(TYPEDEF, 0, (NAME, STRING), (TYPE_OF, REF4))], types, FIRST_TYPE)


def structures_in_themselves(count=20_000):
    """Each has the next one as a member, and the last the first."""
    types = b"".join(
        u(5) + b"\4" + u(6) + b"m\0" + fixed(FIRST_TYPE + 11 * ((index + 1) % count)) + b"\0\0" for index in range(count))
    return of_types([(STRUCTURE, 1, (SIZE, DATA1)), (MEMBER, 0, (NAME, STRING), (TYPE_OF, REF4), (MEMBER_AT, DATA1))],
                    types, FIRST_TYPE)


def structures_for_many_functions():
    return wide_structure(10_000, functions=2_000)


def wide_structure(count, functions=4):
    """A structure with as many members, each of a structure of its own."""
    leaves = b"".join(u(7) + b"s%06d\0" % index + b"\4" + b"\0" for index in range(count))
    leaf = lambda index: FIRST_TYPE + 11 * index
    members = b"".join(u(6) + b"m\0" + fixed(leaf(index)) + b"\0" for index in range(count))
    types = leaves + u(5) + b"\4" + members + b"\0"
    return of_types(
        [(STRUCTURE, 1, (SIZE, DATA1)), (MEMBER, 0, (NAME, STRING), (TYPE_OF, REF4), (MEMBER_AT, DATA1)),
         (STRUCTURE, 1, (NAME, STRING), (SIZE, DATA1))], types, leaf(count), functions)


def structures_nested_as_entries(count=1_000):
    types = (u(5) + b"s\0\4") * count + b"\0" * count
    return of_types([(STRUCTURE, 1, (NAME, STRING), (SIZE, DATA1))], types, FIRST_TYPE + 4 * (count - 1))


def arrays_of_arrays(count=20_000):
    types = b"".join(u(5) + fixed(FIRST_TYPE + 11 * (index + 1)) + u(6) + fixed(0x7FFFFFFF) + b"\0" for index in range(count))
    return of_types([(ARRAY, 1, (TYPE_OF, REF4)), (SUBRANGE, 0, (COUNT, DATA4)), (BASE, 0, (NAME, STRING), (SIZE, DATA1), (ENCODING, DATA1))],
                    types + u(7) + b"int\0\4\5", FIRST_TYPE)


def origins_in_a_circle():
    """Functions that are each other's abstract instance."""
    code = Code(functions=500, loads=2)
    entries = u(1) + fixed(0)
    entries += b"".join(
        u(3) + fixed(low) + fixed(high - low) + fixed(16 + 13 * ((index * 7 + 1) % code.count))
        for index, (low, high) in enumerate(code.functions)) + b"\0"
    more = [(SUBPROGRAM, 0, (LOW, ADDRESS), (HIGH, DATA4), (ORIGIN, REF4))]
    return code.module(abbrev=abbreviations(TOP, FUNCTION_ENTRY, *more), info=unit(entries), line=lines_of(code))


def ranges_that_all_share():
    """Each block has the same list of as many ranges as there are loads."""
    code = Code(loads=2_000)
    low, high = code.functions[0]
    ranges = b"".join(fixed(low + 2 + LOAD_BYTES * index) + fixed(low + 5 + LOAD_BYTES * index) for index in range(2_000)) + bytes(8)
    inside = lambda low, high: (u(3) + fixed(0)) * 300 + b"\0" * 300
    return with_functions(code, [(BLOCK, 1, (RANGES, OFFSET))], inside, ranges=ranges)


def variables_that_share_a_list():
    code = Code(loads=2_000)
    low, high = code.functions[0]
    locations = b"".join(
        fixed(low + 2 + LOAD_BYTES * index) + fixed(low + 5 + LOAD_BYTES * index) + fixed(4, 2) + bytes([0xED, 0, 0, 0x9F]) for index in range(2_000)
    ) + bytes(8)
    inside = lambda low, high: (u(3) + b"v\0" + fixed(0)) * 10_000
    return with_functions(code, [(VARIABLE, 0, (NAME, STRING), (LOCATION, OFFSET))], inside, loc=locations)


def variables_of_one_frame():
    code = Code()
    inside = lambda low, high: (u(3) + b"v\0" + IN_FRAME) * 20_000
    return with_functions(code, [(VARIABLE, 0, (NAME, STRING), (LOCATION, EXPRESSION))], inside)


def parameters_without_end():
    code = Code()
    inside = lambda low, high: (u(3) + b"v\0" + IN_FRAME) * 70_000
    return with_functions(code, [(PARAMETER, 0, (NAME, STRING), (LOCATION, EXPRESSION))], inside)


def units_of_one_entry():
    code = Code()
    return code.module(abbrev=abbreviations(TOP), info=unit(u(1) + fixed(0)) * 20_000, line=lines_of(code))


def functions_without_names():
    """As many exports as functions, all of the first: none has the name of another."""
    count = 30_000
    parts = [
        (TYPE, vector([function_type(b"", b"")])), (FUNCTION, vector([b"\0"] * count)),
        (EXPORT, vector([named(b"f%d" % index) + b"\0\0" for index in range(count)])),
        (CODE, vector([body(b"\x10" + u(index + 1)) for index in range(count - 1)] + [body(b"")]))]
    return b"\0asm\1\0\0\0" + b"".join(section(number, part) for number, part in parts)


ALL = [
    rows_without_end, sequences_that_overlap, line_programs, inlined_in_each_other, blocks_in_each_other,
    calls_beside_each_other, namespaces_of_long_names, attributes_without_bytes, pointers_to_pointers,
    typedefs_in_a_circle, structures_in_themselves, structures_for_many_functions, structures_nested_as_entries,
    arrays_of_arrays, origins_in_a_circle, ranges_that_all_share, variables_that_share_a_list, variables_of_one_frame,
    parameters_without_end, units_of_one_entry, functions_without_names,
]
