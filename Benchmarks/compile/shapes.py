"""Large modules, each with many of one thing that some pass of a compiler might look at in pairs.

A shape is a function from a number of bytes to a module of about that size. All are valid; none need run to an end.
"""

import itertools

from making import *  # noqa: F403, what shapes are made of
import object_shapes  # noqa: F401, it adds its own, as the next ones do
import region_shapes  # noqa: F401

# Chains: each operation needs what the one before gave.

VECTOR_UNARY = {
    "not": 0x4d, "i8x16.abs": 0x60, "i8x16.popcnt": 0x62, "i16x8.extadd_pairwise_i8x16_s": 0x7c,
    "i32x4.extadd_pairwise_i16x8_u": 0x7f, "i16x8.extend_high_i8x16_s": 0x88, "i64x2.abs": 0xc0,
    "i64x2.extend_high_i32x4_u": 0xca, "f32x4.nearest": 0x6a, "f64x2.ceil": 0x74, "f64x2.sqrt": 0xef,
    "i32x4.trunc_sat_f32x4_s": 0xf8, "i32x4.trunc_sat_f32x4_u": 0xf9, "i32x4.trunc_sat_f64x2_s_zero": 0xfc,
    "i32x4.trunc_sat_f64x2_u_zero": 0xfd, "f32x4.convert_i32x4_u": 0xfb, "f64x2.convert_low_i32x4_u": 0xff,
    "f32x4.demote_f64x2_zero": 0x5e, "f64x2.promote_low_f32x4": 0x5f, "i32x4.relaxed_trunc_f32x4_u": 0x102,
}
VECTOR_BINARY = {
    "i8x16.swizzle": 0x0e, "i8x16.narrow_i16x8_u": 0x66, "i32x4.narrow_to_i16x8_u": 0x86, "i16x8.q15mulr_sat_s": 0x82,
    "i8x16.avgr_u": 0x7b, "i8x16.add_sat_s": 0x6f, "i8x16.max_s": 0x78, "i16x8.mul": 0x95, "i32x4.dot_i16x8_s": 0xba,
    "i32x4.extmul_high_i16x8_u": 0xbf, "i64x2.extmul_high_i32x4_s": 0xdd, "i64x2.mul": 0xd5, "i64x2.lt_s": 0xd8,
    "i8x16.le_u": 0x2a, "f32x4.add": 0xe4, "f32x4.div": 0xe7, "f32x4.min": 0xe8, "f32x4.max": 0xe9, "f64x2.min": 0xf4,
    "f64x2.pmax": 0xf7, "f32x4.eq": 0x41, "i16x8.relaxed_dot_i8x16_i7x16_s": 0x112, "xor": 0x51,
}
VECTOR_TERNARY = {
    "bitselect": 0x52, "f32x4.relaxed_madd": 0x105, "i8x16.relaxed_laneselect": 0x109,
    "i32x4.relaxed_dot_i8x16_i7x16_add_s": 0x113,
}
VECTOR_SHIFT = {"i8x16.shl": 0x6b, "i8x16.shr_s": 0x6c, "i16x8.shr_u": 0x8d, "i64x2.shr_s": 0xcc}
SCALAR_UNARY = {
    "i32.clz": (I32, b"\x67"), "i32.popcnt": (I32, b"\x69"), "i64.popcnt": (I64, b"\x7b"), "i64.ctz": (I64, b"\x7a"),
    "i32.extend8_s": (I32, b"\xc0"), "i64.eqz": (I64, b"\x50\xad"), "f32.nearest": (F32, b"\x90"), "f64.ceil": (F64, b"\x9b"),
    "f64.sqrt": (F64, b"\x9f"), "f32.neg": (F32, b"\x8c"), "i32.trunc_f32_s": (F32, b"\xa8\xb2"),
    "i64.trunc_f64_u": (F64, b"\xb1\xba"), "i32.trunc_sat_f32_u": (F32, misc(1) + b"\xb3"),
    "i64.trunc_sat_f64_u": (F64, misc(7) + b"\xba"), "f32.demote_f64": (F32, b"\xbb\xb6"),
    "f32.convert_i64_u": (I64, b"\xb5\xbc\xad"),
}
SCALAR_BINARY = {
    "i32.add": (I32, b"\x6a"), "i32.mul": (I32, b"\x6c"), "i32.div_s": (I32, b"\x6d"), "i32.rem_u": (I32, b"\x70"),
    "i32.shl": (I32, b"\x74"), "i32.rotl": (I32, b"\x77"), "i64.mul": (I64, b"\x7e"), "i64.div_s": (I64, b"\x7f"),
    "i64.rem_u": (I64, b"\x82"), "i64.xor": (I64, b"\x85"), "i64.rotr": (I64, b"\x8a"), "i64.lt_s": (I64, b"\x53\xad"),
    "f32.min": (F32, b"\x96"), "f32.copysign": (F32, b"\x98"), "f64.add": (F64, b"\xa0"), "f64.div": (F64, b"\xa3"),
    "f64.max": (F64, b"\xa5"),
}
LOADS = {I32: i32_load(), I64: access(0x29), F32: access(0x2a), F64: access(0x2b), V128: simd(0, b"\0\0")}
STORES = {I32: i32_store(), I64: access(0x37), F32: access(0x38), F64: access(0x39), V128: simd(11, b"\0\0")}


def chain(kind, operation):
    """One value goes through all operations; `operation` may use local 1, another value of its type."""
    def make(size):
        load = GET + b"\0" + LOADS[kind]
        # The result is stored where it is read again, as integers.
        return one(load + SET + b"\1" + GET + b"\0" + load + repeated(operation, size) + STORES[kind] + UNKNOWN
                   + GET + b"\0" + i32_load(4) + I32_XOR, [(1, kind)])

    return make


def add_chains():
    for name, opcode in VECTOR_UNARY.items():
        SHAPES["chain-" + name] = chain(V128, simd(opcode))
    for name, opcode in VECTOR_BINARY.items():
        SHAPES["chain-" + name] = chain(V128, GET + b"\1" + simd(opcode))
    for name, opcode in VECTOR_TERNARY.items():
        SHAPES["chain-" + name] = chain(V128, GET + b"\1" + GET + b"\1" + simd(opcode))
    for name, opcode in VECTOR_SHIFT.items():
        SHAPES["chain-" + name] = chain(V128, GET + b"\0" + simd(opcode))
    for name, (kind, code) in SCALAR_UNARY.items():
        SHAPES["chain-" + name] = chain(kind, code)
    for name, (kind, code) in SCALAR_BINARY.items():
        SHAPES["chain-" + name] = chain(kind, GET + b"\1" + code)


add_chains()


@shape
def chain_all_true(size):
    return one(UNKNOWN + repeated(SPLAT + simd(0x63), size))


@shape
def chain_bitmask(size):
    return one(UNKNOWN + repeated(SPLAT + simd(0x64), size))


@shape
def chain_shuffle(size):
    lanes = bytes(lane * 7 % 32 for lane in range(16))
    return one(UNKNOWN_VECTOR + SET + b"\1" + GET + b"\1" + repeated(GET + b"\1" + simd(0x0d, lanes), size) + LANE,
               [(1, V128)])


@shape
def chain_replace_lane(size):
    return one(UNKNOWN_VECTOR + repeated(GET + b"\0" + simd(0x17, b"\5"), size) + LANE)


@shape
def chain_load_lane(size):
    step = SET + b"\1" + GET + b"\0" + GET + b"\1" + simd(0x54, b"\0\1\7")
    return one(UNKNOWN_VECTOR + repeated(step, size) + LANE, [(1, V128)])


@shape
def chain_select(size):
    return one(UNKNOWN + repeated(GET + b"\0" + GET + b"\0" + const(3) + I32_LT_U + SELECT, size))


@shape
def chain_select_of_conditions(size):
    step = SET + b"\1" + GET + b"\0" + GET + b"\1" + GET + b"\1" + GET + b"\0" + I32_LT_U + SELECT
    return one(UNKNOWN + repeated(step, size), [(1, I32)])


@shape
def chain_loads(size):
    return one(UNKNOWN + repeated(i32_load(), size))


@shape
def squares(size):
    """Each value uses the one before twice: as a tree, this has 2 to the n leaves."""
    return one(UNKNOWN + repeated(TEE + b"\0" + GET + b"\0" + I32_MUL, size))


@shape
def squares_i64x2(size):
    return one(UNKNOWN_VECTOR + repeated(TEE + b"\1" + GET + b"\1" + simd(0xd5), size) + LANE, [(1, V128)])


@shape
def fibonacci(size):
    step = GET + b"\1" + GET + b"\0" + TEE + b"\1" + I32_ADD + SET + b"\0"
    return one(repeated(step, size) + GET + b"\0", [(1, I32)])


@shape
def xorshift(size):
    step = TEE + b"\0" + GET + b"\0" + const(13) + I32_SHL + I32_XOR
    return one(UNKNOWN + repeated(step, size))


# Many values that live at once.

def live(kind, combine):
    def make(size):
        load = lambda index: GET + b"\0" + LOADS[kind][:-1] + u(index * 8)
        half = size * 5 // 6
        loads, count = filled(half, load)
        return one(GET + b"\0" + loads + combine * (count - 1) + STORES[kind] + const(0))

    return make


SHAPES["live-i32"] = live(I32, I32_XOR)
SHAPES["live-i64"] = live(I64, b"\x7e")
SHAPES["live-f64"] = live(F64, F64_ADD)
SHAPES["live-v128"] = live(V128, simd(0xae))
SHAPES["live-i64x2-mul"] = live(V128, simd(0xd5))


@shape
def live_splats_in_locals(size):
    """Splats in locals, and then a lane of each."""
    count = size // 22
    made = b"".join(const(index) + access(0x2d) + SPLAT + SET + u(index + 1) for index in range(count))
    read = b"".join(GET + b"\0" + GET + u(index + 1) + simd(0x16, b"\3") + I32_ADD + SET + b"\0" for index in range(count))
    return one(made + read + GET + b"\0", [(count, V128)])


@shape
def live_across_calls(size):
    loads, count = filled(size // 2, lambda index: GET + b"\0" + i32_load(index * 4))
    return one(loads + repeated(GET + b"\0" + CALL + b"\0" + SET + b"\0", size // 4) + I32_XOR * (count - 1))


@shape
def live_across_branches(size):
    loads, count = filled(size // 2, lambda index: GET + b"\0" + i32_load(index * 4))
    step = UNKNOWN + IF + EMPTY + GET + b"\0" + UNKNOWN + i32_store(64) + END
    return one(loads + repeated(step, size // 3) + I32_XOR * (count - 1))


@shape
def live_constants(size):
    made, count = filled(size * 5 // 6, lambda index: const(index * 0x9E3779B1 & 0x7FFFFFFF) + GET + b"\0" + I32_MUL)
    return one(made + I32_XOR * (count - 1))


# Locals.

def local_limit(count, most=49_000):
    return min(count, most)


def functions_of_locals(size, code, per_local, kind=I32):
    """`code(n)` for as many locals as `size` asks for; several functions where one may not have as many."""
    count = max(2, size // per_local)
    bodies = []
    while count > 0:
        here = local_limit(count)
        bodies.append(body(code(here), [(here, kind)]))
        count -= here
    return module(bodies, exported=range(len(bodies)))


@shape
def locals_copied(size):
    return functions_of_locals(size, lambda count: b"".join(
        GET + u(index) + SET + u(index + 1) for index in range(count)) + GET + u(count), 8)


@shape
def locals_set_backwards(size):
    return functions_of_locals(size, lambda count: b"".join(
        GET + u(index) + SET + u(index + 1) for index in reversed(range(count))) + GET + u(count), 8)


@shape
def locals_without_sets(size):
    return functions_of_locals(
        size, lambda count: GET + b"\0" + b"".join(GET + u(index + 1) + I32_ADD for index in range(count)), 5)


@shape
def locals_never_read(size):
    return functions_of_locals(
        size, lambda count: b"".join(UNKNOWN + SET + u(index + 1) for index in range(count)) + GET + b"\0", 9)


def conditional_sets(count, opening, closing):
    return opening + b"".join(
        GET + u(index) + BR_IF + b"\0" + UNKNOWN + SET + u(index + 1) for index in range(count)) + closing + GET + u(count)


@shape
def locals_set_between_branches(size):
    return functions_of_locals(size, lambda count: conditional_sets(count, BLOCK + EMPTY, END), 15)


@shape
def locals_set_in_ifs(size):
    return functions_of_locals(size, lambda count: b"".join(
        GET + u(index) + IF + EMPTY + UNKNOWN + SET + u(index + 1) + END for index in range(count)) + GET + u(count), 15)


@shape
def locals_set_in_one_loop(size):
    return functions_of_locals(size, lambda count: LOOP + EMPTY + b"".join(
        GET + u(index) + SET + u(index * 7 % count + 1) for index in range(count))
        + UNKNOWN + BR_IF + b"\0" + END + GET + u(count), 8)


@shape
def vector_locals_set_in_one_loop(size):
    return functions_of_locals(size, lambda count: LOOP + EMPTY + b"".join(
        GET + u(index + 1) + SET + u(index * 7 % count + 1) for index in range(count))
        + UNKNOWN + BR_IF + b"\0" + END + GET + b"\0", 8, V128)


@shape
def locals_set_in_many_loops(size):
    return functions_of_locals(size, lambda count: b"".join(
        LOOP + EMPTY + GET + u(index) + UNKNOWN + I32_ADD + TEE + u(index + 1) + BR_IF + b"\0" + END
        for index in range(count)) + GET + u(count), 19)


@shape
def few_locals_set_in_many_blocks(size):
    step = b"".join(UNKNOWN + IF + EMPTY + UNKNOWN + SET + u(index + 1) + END for index in range(100))
    return one(repeated(step, size) + GET + b"\7", [(100, I32)])


# Control flow.

@shape
def blocks_in_a_row(size):
    return one(repeated(BLOCK + EMPTY + UNKNOWN + BR_IF + b"\0" + GET + b"\0" + UNKNOWN + i32_store(8) + END, size)
               + const(0))


@shape
def blocks_nested(size):
    return one((BLOCK + EMPTY) * (size // 12) + (UNKNOWN + BR_IF + b"\0" + END) * (size // 12) + const(0))


@shape
def ifs_in_a_row(size):
    return one(repeated(UNKNOWN + IF + EMPTY + GET + b"\0" + UNKNOWN + i32_store(8) + END, size) + const(0))


@shape
def ifs_nested(size):
    return one((UNKNOWN + IF + EMPTY) * (size // 8) + END * (size // 8) + const(0))


@shape
def if_else_ladder(size):
    """if x == 0 ... else if x == 1 ... else ..., each with an effect."""
    count = size // 20
    return one(b"".join(
        GET + b"\0" + const(index) + b"\x46" + IF + EMPTY + GET + b"\0" + const(index * 3) + i32_store(8) + ELSE
        for index in range(count)) + END * count + const(0))


@shape
def comparisons_in_a_row(size):
    """The equalities of a switch, one after another."""
    code, _ = filled(size, lambda index: GET + b"\0" + const(index) + b"\x46" + IF + EMPTY + const(index * 3 % 97) + b"\x0f" + END)
    return one(code + const(0))


@shape
def loops_in_a_row(size):
    return one(repeated(LOOP + EMPTY + UNKNOWN + BR_IF + b"\0" + END, size) + const(0))


@shape
def counted_loops(size):
    """Loops that may be unrolled and vectorised."""
    step = (const(0) + SET + b"\1" + LOOP + EMPTY + GET + b"\1" + GET + b"\1" + i32_load(4096) + const(3) + I32_MUL
            + i32_store(65536) + GET + b"\1" + const(4) + I32_ADD + TEE + b"\1" + const(400) + I32_LT_U + BR_IF + b"\0" + END)
    return one(repeated(step, size) + const(0), [(1, I32)])


@shape
def loops_nested(size):
    depth = 30
    step = (LOOP + EMPTY) * depth + (UNKNOWN + BR_IF + b"\0" + END) * depth
    return one(repeated(step, size) + const(0))


@shape
def loops_nested_deeply(size):
    return one((LOOP + EMPTY) * (size // 10) + (UNKNOWN + BR_IF + b"\0" + END) * (size // 10) + const(0))


@shape
def unreachable_code(size):
    return one(BLOCK + EMPTY + UNREACHABLE + repeated(BLOCK + EMPTY + BR + b"\1" + I32_ADD + DROP + END, size) + END + const(0))


@shape
def branches_to_one_label(size):
    return one(BLOCK + EMPTY + repeated(UNKNOWN + BR_IF + b"\0", size) + END + const(0))


@shape
def values_to_one_label(size):
    return one(BLOCK + I32 + UNKNOWN + repeated(UNKNOWN + BR_IF + b"\0" + UNKNOWN + I32_ADD, size) + END)


@shape
def phis_in_a_row(size):
    return one(UNKNOWN + repeated(IF + I32 + UNKNOWN + ELSE + GET + b"\0" + END, size))


@shape
def loop_values(size):
    """A loop with many parameters, all of which the next round permutes."""
    count = min(900, size // 8)
    types = [function_type(I32, I32), function_type(I32 * count, I32 * count)]
    loops = max(1, size // (count * 4))
    one_loop = LOOP + b"\1" + (GET + b"\0" + I32_ADD) + UNKNOWN + BR_IF + b"\0" + END
    return one((GET + b"\0") * count + one_loop * min(loops * 4, 8 * size // count) + I32_XOR * (count - 1), types=types)


@shape
def br_table_large(size):
    return one(BLOCK + EMPTY + BLOCK + EMPTY + UNKNOWN + BR_TABLE + vector([b"\0", b"\1"] * (size // 2)) + b"\0" + END
               + GET + b"\0" + UNKNOWN + i32_store() + END + const(0))


@shape
def br_tables_small(size):
    step = (BLOCK + EMPTY) * 4 + UNKNOWN + BR_TABLE + vector([b"\0", b"\1", b"\2"]) + b"\3" + \
        (END + GET + b"\0" + UNKNOWN + i32_store()) * 4
    return one(repeated(step, size) + const(0))


def interpreter(size, in_loop):
    count = size // 22
    code = (BLOCK + EMPTY) * count + UNKNOWN + BR_TABLE + vector(u(index) for index in range(count)) + u(count - 1)
    case = lambda index: END + GET + b"\0" + UNKNOWN + const(index) + I32_ADD + i32_store(index % 64 * 4) + (
        BR + u(count - 1 - index) if in_loop and index < count - 1 else b"")
    cases = b"".join(case(index) for index in range(count))
    return one(LOOP + EMPTY + code + cases + END + const(0) if in_loop else code + cases + const(0))


@shape
def switch_with_fall_through(size):
    return interpreter(size, in_loop=False)


@shape
def switch_in_a_loop(size):
    return interpreter(size, in_loop=True)


@shape
def br_tables_to_the_same_labels(size):
    """An interpreter whose every case ends with the whole dispatch: edges are the product."""
    cases = max(2, int((size / 2) ** 0.5))
    dispatch = UNKNOWN + BR_TABLE + vector(u(index) for index in range(cases)) + b"\0"
    ladder = (BLOCK + EMPTY) * cases
    rest = b"".join(END + GET + b"\0" + UNKNOWN + i32_store(index * 4) + (
        UNKNOWN + BR_TABLE + vector(u(label) for label in range(max(1, cases - index - 1))) + b"\0")
        for index in range(cases - 1)) + END
    return one(ladder + dispatch + rest + const(0))


@shape
def returns(size):
    return one(repeated(UNKNOWN + IF + EMPTY + UNKNOWN + RETURN + END, size) + const(0))


@shape
def traps(size):
    return one(repeated(UNKNOWN + IF + EMPTY + UNREACHABLE + END, size) + const(0))


# Memory.

@shape
def stores_to_one_address(size):
    return one(repeated(const(16) + UNKNOWN + i32_store(), size) + const(0))


@shape
def stores_in_a_row(size):
    code, _ = filled(size, lambda index: const(16) + GET + b"\0" + i32_store(index * 4))
    return one(code + const(0))


@shape
def stores_of_bytes(size):
    code, _ = filled(size, lambda index: GET + b"\0" + const(index & 63) + access(0x3a, index))
    return one(code + const(0))


@shape
def stores_apart(size):
    code, _ = filled(size, lambda index: const(index * 7919 % 60000) + GET + b"\0" + i32_store())
    return one(code + const(0))


@shape
def loads_of_one_address(size):
    return one(UNKNOWN + repeated(UNKNOWN + I32_ADD, size))


@shape
def loads_in_a_row(size):
    code, count = filled(size, lambda index: GET + b"\0" + i32_load(index * 4) + I32_ADD)
    return one(GET + b"\0" + code)


@shape
def loads_combined(size):
    """Bytes put together to words."""
    code, _ = filled(size, lambda index: (
        GET + b"\0" + access(0x2d, index * 2) + GET + b"\0" + access(0x2d, index * 2 + 1) + const(8) + I32_SHL + I32_OR
        + I32_XOR))
    return one(GET + b"\0" + code)


@shape
def loads_unused(size):
    return one(repeated(UNKNOWN + DROP, size) + const(0))


@shape
def loads_and_stores(size):
    code, _ = filled(size, lambda index: GET + b"\0" + GET + b"\0" + i32_load(index * 4) + const(1) + I32_ADD + i32_store(index * 4))
    return one(code + const(0))


@shape
def loads_and_stores_scattered(size):
    return one(UNKNOWN + repeated(TEE + b"\1" + GET + b"\0" + i32_store() + GET + b"\1" + i32_load(4), size), [(1, I32)])


@shape
def vectors_copied(size):
    code, _ = filled(size, lambda index: GET + b"\0" + GET + b"\0" + simd(0, b"\0" + u(index * 16)) + simd(11, b"\0" + u(index * 16 + 8)))
    return one(code + const(0))


@shape
def sums_of_products(size):
    """What the SLP vectoriser looks for."""
    def step(index):
        product = b"".join(
            GET + b"\0" + access(0x2b, 8 * (index * 4 + lane)) + GET + b"\0" + access(0x2b, 8 * (index * 4 + lane) + 65536)
            + b"\xa2" + (F64_ADD if lane else b"") for lane in range(4))
        return GET + b"\0" + product + access(0x39, 8 * index)

    code, _ = filled(size, step)
    return one(code + const(0))


@shape
def memory_copies(size):
    return one(repeated((GET + b"\0") * 2 + const(64) + misc(10, b"\0\0"), size) + const(0))


@shape
def memory_fills(size):
    return one(repeated((GET + b"\0") * 3 + misc(11, b"\0"), size) + const(0))


@shape
def memory_sizes(size):
    return one(GET + b"\0" + repeated(b"\x3f\0" + I32_ADD, size))


@shape
def memory_grows(size):
    return one(GET + b"\0" + repeated(b"\x40\0", size))


@shape
def globals_changed(size):
    globals_ = (GLOBAL, vector([I32 + b"\1" + const(0) + END] * 100))
    code, _ = filled(size, lambda index: GLOBAL_GET + u(index % 100) + GET + b"\0" + I32_ADD + GLOBAL_SET + u(index * 7 % 100))
    return one(code + const(0), others=[globals_])


@shape
def globals_many(size):
    count = size // 12
    globals_ = (GLOBAL, vector([I32 + b"\1" + const(0) + END] * count))
    code = b"".join(GLOBAL_GET + u(index) + I32_XOR for index in range(count))
    return one(GET + b"\0" + code, others=[globals_])


# Calls.

@shape
def calls_in_a_row(size):
    return one(UNKNOWN + repeated(CALL + b"\0", size))


@shape
def calls_of_a_small_function(size):
    """What is inlined again and again."""
    return module([body(UNKNOWN + repeated(CALL + b"\1", size)),
                   body(repeated(GET + b"\0" + i32_load(4) + SET + b"\0", 60) + GET + b"\0")], functions=[0, 0])


@shape
def calls_doubling(size):
    """Each function calls the next one twice: inlined, 2 to the n."""
    count = size // 12
    bodies = [body(GET + b"\0" + (CALL + u(index + 1)) * 2) for index in range(count - 1)] + [body(UNKNOWN)]
    return module(bodies)


@shape
def calls_with_many_arguments(size):
    count = 1000
    types = [function_type(I32, I32), function_type(I32 * count, I32)]
    arguments = b"".join(GET + b"\0" for _ in range(count))
    return module([body(GET + b"\0" + repeated(DROP + arguments + CALL + b"\1", size)), body(GET + u(999))],
                  types=types, functions=[0, 1])


@shape
def calls_with_many_results(size):
    count = 900
    types = [function_type(I32, I32), function_type(I32 * count, I32 * count)]
    return module([body((GET + b"\0") * count + (CALL + b"\1") * (8 * size // (2 * count)) + I32_XOR * (count - 1)),
                   body(repeated(UNKNOWN + SET + b"\1", size) + b"".join(GET + u(index) for index in range(count)))],
                  types=types, functions=[0, 1])


@shape
def calls_indirect(size):
    others = [(TABLE, vector([FUNCREF + b"\0" + u(10)]))]
    return one(UNKNOWN + repeated(GET + b"\0" + CALL_INDIRECT + b"\0\0", size), others=others)


@shape
def tail_calls(size):
    return one(repeated(UNKNOWN + IF + EMPTY + GET + b"\0" + RETURN_CALL + b"\0" + END, size) + const(0))


# Many of the module's own things.

@shape
def functions_small(size):
    count = size // 8
    return module([body(GET + b"\0") for _ in range(count)], exported=range(0, count, 100))


@shape
def functions_in_a_chain(size):
    count = size // 11
    bodies = [body(GET + b"\0" + CALL + u(index + 1)) for index in range(count - 1)] + [body(UNKNOWN)]
    return module(bodies)


@shape
def functions_in_a_table(size):
    count = size // 12
    elements = vector([b"\0" + const(0) + END + vector(u(index) for index in range(count))])
    bodies = [body(GET + b"\0" + const(index) + I32_XOR) for index in range(count)]
    return module(bodies, others=[(TABLE, vector([FUNCREF + b"\0" + u(count)])), (ELEMENT, elements)])


@shape
def functions_of_many_loads(size):
    return module([body(repeated(UNKNOWN + DROP, 400) + UNKNOWN) for _ in range(size // 400)], exported=range(size // 400))


@shape
def functions_called_in_circles(size):
    count = size // 16
    bodies = [body(UNKNOWN + IF + I32 + GET + b"\0" + CALL + u((index * 7 + 1) % count) + ELSE + UNKNOWN + END)
              for index in range(count)]
    return module(bodies)


@shape
def types_many(size):
    types = [function_type(I32, I32)]
    total = 0
    for index in itertools.count():
        if total >= size:
            break
        kinds = [I32, I64, F32, F64]
        types.append(function_type(b"".join(kinds[index >> 2 * digit & 3] for digit in range(12)), I32))
        total += len(types[-1])
    return one(GET + b"\0", types=types)


@shape
def types_in_one_group(size):
    count = size // 8
    references = b"".join(
        b"\x60" + vector([b"\x63" + s((index * 7 + 1) % count), I32]) + vector([I32]) for index in range(count))
    group = b"\x4e" + u(count) + references
    return one(GET + b"\0", others=[(TYPE, u(2) + group + function_type(I32, I32))], functions=[count])


@shape
def imports_many(size):
    entry = named(b"wasi_snapshot_preview1") + named(b"sched_yield") + b"\0\0"
    count = size // len(entry)
    types = [function_type(b"", I32), function_type(I32, I32)]
    return module([body(b"".join(CALL + u(index) + DROP for index in range(0, count, 3)) + const(0))], types=types,
                  functions=[1], others=[(IMPORT, vector([entry] * count))], imported=count)


@shape
def exports_many(size):
    exports, total = [], 0
    for index in itertools.count():
        if total >= size:
            break
        exports.append(named(b"f%d" % index) + b"\0\0")
        total += len(exports[-1])
    return one(GET + b"\0", others=[(EXPORT, vector(exports))])


@shape
def data_segments(size):
    return one(GET + b"\0", others=[(DATA, vector([b"\0" + const(0) + END + named(b"x")] * (size // 6)))])


@shape
def data_segments_passive(size):
    count = size // 14
    code = b"".join(const(0) + const(0) + const(0) + misc(8, u(index) + b"\0") for index in range(count))
    return one(code + GET + b"\0", others=[(DATA, vector([b"\1" + named(b"x")] * count)), (DATA_COUNT, u(count))])


@shape
def data_large(size):
    return one(GET + b"\0", others=[
        (MEMORY, vector([b"\0" + u(size // 65536 + 1)])),
        (DATA, vector([b"\0" + const(0) + END + named(bytes(index * 37 & 255 for index in range(size)))]))])


@shape
def element_segments(size):
    segment = b"\0" + const(0) + END + vector([b"\0"])
    return one(GET + b"\0", others=[(TABLE, vector([FUNCREF + b"\0\1"])), (ELEMENT, vector([segment] * (size // len(segment))))])


@shape
def element_expressions(size):
    count = size // 3
    segment = b"\4" + const(0) + END + vector([b"\xd2\0" + END] * count)
    return one(GET + b"\0", others=[(TABLE, vector([FUNCREF + b"\0" + u(count)])), (ELEMENT, vector([segment]))])


@shape
def tables_many(size):
    return one(GET + b"\0", others=[(TABLE, vector([FUNCREF + b"\0\1"] * min(size // 3, 99_000)))])


@shape
def tables_changed(size):
    count = min(size // 9, 99_000)
    code = b"".join(const(0) + b"\xd0\x70" + b"\x26" + u(index) for index in range(count))
    return one(code + GET + b"\0", others=[(TABLE, vector([FUNCREF + b"\0\1"] * count))])


@shape
def constants_different(size):
    code, _ = filled(size, lambda index: const(index * 0x9E3779B1 & 0x7FFFFFFF) + I32_XOR + const(index * 77) + I32_MUL)
    return one(GET + b"\0" + code)


@shape
def constants_of_floats(size):
    code, _ = filled(size, lambda index: b"\x44" + (index * 0x9E3779B97F4A7C15 & (1 << 62) - 1).to_bytes(8, "little") + F64_ADD)
    return one(GET + b"\0" + GET + b"\0" + access(0x2b) + code + access(0x39) + const(0))


@shape
def constants_of_vectors(size):
    code, _ = filled(size, lambda index: simd(12, (index * 0x9E3779B97F4A7C15 & (1 << 128) - 1).to_bytes(16, "little")) + simd(0x51))
    return one(UNKNOWN_VECTOR + code + LANE)


@shape
def constant_expression(size):
    value = const(1) + repeated(const(1) + I32_ADD, size)
    return one(GLOBAL_GET + b"\0", others=[(GLOBAL, vector([I32 + b"\0" + value + END]))])


@shape
def conditions_combined(size):
    code, _ = filled(size, lambda index: GET + b"\0" + const(index * 3) + b"\x46" + I32_OR)
    return one(const(0) + code)


@shape
def conditions_nested(size):
    code, _ = filled(size, lambda index: GET + b"\0" + i32_load(index * 4) + const(5) + I32_LT_U + I32_AND)
    return one(const(1) + code)


@shape
def drops(size):
    return one(repeated(UNKNOWN + UNKNOWN + I32_MUL + DROP, size) + const(0))


@shape
def names_many(size):
    entries, total = [], 0
    for index in itertools.count():
        if total >= size:
            break
        entries.append(u(index) + named(b"name%d" % index))
        total += len(entries[-1])
    content = named(b"name") + b"\1" + named(vector(entries))
    return one(GET + b"\0") + section(0, content)
