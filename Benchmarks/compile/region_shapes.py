"""Shapes of control flow: exceptions, loops in and beside each other, conditions that follow from each other."""

from making import *  # noqa: F403

THROW_REF, DELEGATE = b"\x0a", b"\x18"
EXNREF = b"\x69"
NULL_EXCEPTION = b"\xd0" + EXNREF


def throwing(code, tags=1, parameters=b"", local_runs=()):
    """A module of a function with this code, and one at 1 that throws the last tag unless it is given 0."""
    values = const(7) * len(parameters)
    thrower = body(GET + b"\0" + IF + EMPTY + values + THROW + u(tags - 1) + END)
    types = [function_type(I32, I32), function_type(I32, b""), function_type(parameters, b""), function_type(b"", EXNREF)]
    return module([body(code, local_runs), thrower], types, [0, 1], others=[(TAG, vector([b"\0\2"] * tags))])


MAY_THROW = GET + b"\0" + CALL + b"\1"


def handled(*tags):
    """A call with handlers for tags, all of which go behind it."""
    return BLOCK + EMPTY + TRY_TABLE + EMPTY + vector([b"\0" + u(tag) + b"\0" for tag in tags])


@shape
def handlers_in_a_row(size):
    return throwing(repeated(handled(0) + MAY_THROW + END + END, size) + const(0))


@shape
def handlers_counted(size):
    """What has been thrown where decides the result."""
    def step(index):
        call = const(index % 3) + CALL + b"\1"
        return (BLOCK + EMPTY + TRY_TABLE + EMPTY + vector([b"\0\0\0"]) + call + END + GET + b"\1" + const(5) + I32_ADD
                + SET + b"\1" + END + GET + b"\1" + const(3) + I32_MUL + const(index) + I32_ADD + SET + b"\1")
    code, _ = filled(size, step)
    return throwing(code + GET + b"\1", local_runs=[(1, I32)])


@shape
def handlers_nested(size):
    count = size // 14
    return throwing(handled(0) * count + (MAY_THROW + END + END) * count + const(0))


@shape
def handlers_of_different_tags(size):
    count = size // 14
    code = b"".join(handled(tag) for tag in range(count)) + (MAY_THROW + END + END) * count
    return throwing(code + const(0), tags=count)


@shape
def handlers_of_one_try(size):
    count = size // 8
    return throwing(handled(*range(count)) + MAY_THROW * count + END + END + const(0), tags=count)


@shape
def handlers_for_all(size):
    """Each keeps what it has caught, for `rethrow`, and that is large."""
    step = TRY + EMPTY + MAY_THROW + CATCH_ALL + END
    return throwing(repeated(step, size) + const(0), parameters=I32 * 500)


@shape
def handlers_that_throw_again(size):
    step = TRY + EMPTY + MAY_THROW + CATCH_ALL + RETHROW + b"\0" + END
    return throwing(TRY + EMPTY + repeated(step, size) + CATCH_ALL + END + const(0))


@shape
def throws_in_a_row(size):
    step = UNKNOWN + IF + EMPTY + THROW + b"\0" + END
    return throwing(handled(0) + repeated(step, size) + END + END + const(0))


@shape
def handlers_nested_with_many_clauses(size):
    """What is outside is looked at from each handler inside."""
    half = size // 2
    outer = BLOCK + EMPTY + TRY_TABLE + EMPTY + vector([b"\0\0\0"] * (half // 3))
    inner = TRY_TABLE + EMPTY + vector([b"\0\0\1"]) + MAY_THROW + END
    return throwing(outer + repeated(inner, half) + END + END + const(0))


@shape
def handlers_with_references(size):
    step = (BLOCK + EXNREF + TRY_TABLE + EMPTY + vector([b"\3\0"]) + MAY_THROW + END + NULL_EXCEPTION + END
            + SET + b"\1")
    return throwing(repeated(step, size) + const(0), local_runs=[(1, EXNREF)])


@shape
def handlers_that_throw_references(size):
    step = BLOCK + EXNREF + TRY_TABLE + EMPTY + vector([b"\3\0"]) + MAY_THROW + BR + b"\2" + END + UNREACHABLE + END \
        + THROW_REF + END
    count = size // len(step)
    return throwing((BLOCK + EMPTY) * count + step * count + const(0))


@shape
def handlers_of_locals(size):
    """Each call may go where all locals are read, with what they are then."""
    locals_ = 200
    step = lambda index: UNKNOWN + SET + u(1 + index % locals_) + MAY_THROW
    code, _ = filled(size, step)
    read = b"".join(GET + u(1 + index) + I32_XOR for index in range(locals_))
    return throwing(handled(0) + code + END + END + const(0) + read, local_runs=[(locals_, I32)])


@shape
def handlers_in_loops(size):
    step = LOOP + EMPTY + handled(0) + MAY_THROW + END + END + UNKNOWN + BR_IF + b"\0" + END
    return throwing(repeated(step, size) + const(0))


@shape
def handlers_that_loop(size):
    """What is caught goes back to before it was thrown."""
    step = LOOP + EMPTY + TRY_TABLE + EMPTY + vector([b"\0\0\0"]) + MAY_THROW + END + END
    return throwing(repeated(step, size) + const(0))


@shape
def handlers_delegating(size):
    count = size // 9
    return throwing((TRY + EMPTY) * count + (MAY_THROW + DELEGATE + b"\0") * count + const(0))


@shape
def handlers_nested_in_handlers(size):
    count = size // 8
    return throwing((TRY + EMPTY + MAY_THROW + CATCH_ALL) * count + END * count + const(0))


@shape
def handlers_with_many_values(size):
    """Of each exception, a thousand values go to one label."""
    count = 500
    types = [function_type(I32, I32), function_type(I32, b""), function_type(I32 * count, b""),
             function_type(b"", I32 * count)]
    thrower = body(GET + b"\0" + IF + EMPTY + const(7) * count + THROW + b"\0" + END)
    step = BLOCK + b"\3" + TRY_TABLE + EMPTY + vector([b"\0\0\0"]) + MAY_THROW + END + GET + b"\0" + RETURN + END + DROP * count
    return module([body(repeated(step, size) + const(0)), thrower], types, [0, 1],
                  others=[(TAG, vector([b"\0\2"]))])


@shape
def throws_of_many_values(size):
    step = UNKNOWN + IF + EMPTY + (GET + b"\0") * 100 + THROW + b"\0" + END
    all_of_them = BLOCK + EMPTY + TRY_TABLE + EMPTY + vector([b"\2\0"])
    return throwing(all_of_them + repeated(step, size) + END + END + const(0), parameters=I32 * 100)


@shape
def handlers_in_functions_that_are_inlined(size):
    """Each call brings handlers with it."""
    callee = body(handled(0) + MAY_THROW + END + END + UNKNOWN)
    types = [function_type(I32, I32), function_type(I32, b""), function_type(b"", b"")]
    thrower = body(GET + b"\0" + IF + EMPTY + THROW + b"\0" + END)
    code = handled(0) + repeated(GET + b"\0" + CALL + b"\2" + DROP, size) + END + END + const(0)
    return module([body(code), thrower, callee], types, [0, 1, 0], others=[(TAG, vector([b"\0\2"]))])


# Loops.


def counted(local, rounds, code):
    """A loop of `rounds` rounds."""
    return (const(0) + SET + u(local) + LOOP + EMPTY + code + GET + u(local) + const(1) + I32_ADD + TEE + u(local)
            + const(rounds) + I32_LT_U + BR_IF + b"\0" + END)


def rounds_of_a_store(local):
    return GET + u(local) + GET + u(local) + i32_load(4096) + const(3) + I32_MUL + access(0x3a, 65000)


@shape
def counted_loops_nested(size):
    """Loops that may be unrolled, in loops that may."""
    step = counted(1, 4, counted(2, 4, counted(3, 4, rounds_of_a_store(3))))
    return one(repeated(step, size) + const(0), [(3, I32)])


@shape
def counted_loops_of_known_results(size):
    """What comes out can be computed by going through all rounds."""
    step = counted(1, 90, GET + b"\2" + const(5) + I32_MUL + const(7) + I32_ADD + SET + b"\2")
    return one(repeated(step, size) + GET + b"\2", [(2, I32)])


@shape
def counted_loops_with_long_bodies(size):
    body_ = b"".join(
        GET + b"\1" + GET + b"\1" + i32_load(256 * lane) + GET + b"\2" + I32_MUL + i32_store(65536 + 256 * lane)
        for lane in range(40))
    return one(repeated(counted(1, 64, body_), size) + const(0), [(2, I32)])


@shape
def loops_over_vectors(size):
    """Sums in loops, which the vectoriser widens."""
    step = counted(1, 1000, GET + b"\2" + GET + b"\1" + access(0x2d, 4096) + I32_ADD + SET + b"\2")
    return one(repeated(step, size) + GET + b"\2", [(2, I32)])


@shape
def loops_with_conditions_from_outside(size):
    """Each condition might be asked once, in front of a copy of the loop."""
    conditions = 6
    ask = b"".join(GET + u(2 + index) + IF + EMPTY + GET + b"\1" + GET + b"\0" + i32_store(8 * index) + END
                   for index in range(conditions))
    read = b"".join(GET + b"\0" + i32_load(4 * index) + SET + u(2 + index) for index in range(conditions))
    return one(repeated(read + counted(1, 100, ask), size) + const(0), [(10, I32)])


@shape
def loops_that_start_where_one_ends(size):
    """The bounds of each depend on the one before."""
    step = (LOOP + EMPTY + GET + b"\1" + const(3) + I32_ADD + TEE + b"\1" + GET + b"\0" + I32_LT_U + BR_IF + b"\0" + END
            + GET + b"\1" + GET + b"\0" + I32_XOR + SET + b"\1")
    return one(repeated(step, size) + GET + b"\1", [(1, I32)])


@shape
def live_across_loops(size):
    """Values that live across loops and calls."""
    loads, count = filled(size // 2, lambda index: GET + b"\0" + i32_load(index * 4))
    step = LOOP + EMPTY + GET + b"\0" + CALL + b"\0" + TEE + b"\0" + BR_IF + b"\0" + END
    return one(loads + repeated(step, size // 2) + I32_XOR * (count - 1))


@shape
def states_in_a_loop(size):
    """A machine whose next state is known in each state."""
    count = size // 16
    ladder = (BLOCK + EMPTY) * (count + 1) + GET + b"\1" + BR_TABLE + vector(u(index) for index in range(count)) + u(count)
    cases = b"".join(
        END + UNKNOWN + DROP + const(index * 7 % count) + SET + b"\1" + BR + u(count - index) for index in range(count))
    return one(LOOP + EMPTY + ladder + cases + END + END + const(0), [(1, I32)])


@shape
def states_in_locals(size):
    """Branches that depend on what an earlier branch has set."""
    step = GET + b"\1" + IF + EMPTY + UNKNOWN + SET + b"\2" + const(0) + SET + b"\1" + ELSE + GET + b"\2" + SET + b"\1" + END
    return one(repeated(step, size) + GET + b"\1", [(2, I32)])


# Conditions.


@shape
def ranges_nested(size):
    """Each condition follows from the ones around it, or does not."""
    count = size // 9
    return one(b"".join(GET + b"\0" + const(1_000_000 - index) + I32_LT_U + IF + EMPTY for index in range(count))
               + UNKNOWN + DROP + END * count + const(0))


@shape
def ranges_in_a_row(size):
    """Checks of the bounds of one index after another."""
    step = lambda index: GET + b"\0" + const(index) + I32_ADD + GET + b"\1" + b"\x4f" + BR_IF + b"\0"
    code, _ = filled(size, step)
    return one(UNKNOWN + SET + b"\1" + BLOCK + EMPTY + code + END + const(0), [(1, I32)])


@shape
def conditions_of_locals(size):
    """Comparisons of each local with the next."""
    count = 500
    step = lambda index: GET + u(1 + index % count) + GET + u(1 + index * 7 % count) + b"\x48" + BR_IF + b"\0"
    read = b"".join(GET + b"\0" + i32_load(4 * index) + SET + u(1 + index) for index in range(count))
    code, _ = filled(size, step)
    return one(read + BLOCK + EMPTY + code + END + const(0), [(count, I32)])


@shape
def conditions_sunk(size):
    """A value of each block, which only one later block needs."""
    count = size // 16
    made = b"".join(UNKNOWN + const(index) + I32_MUL + SET + u(1 + index % 300) for index in range(count // 2))
    used = b"".join(UNKNOWN + IF + EMPTY + GET + b"\0" + GET + u(1 + index % 300) + i32_store(16) + END
                    for index in range(count // 2))
    return one(made + used + const(0), [(300, I32)])


@shape
def stores_in_arms_alike(size):
    """Both arms end alike, which can come once behind them."""
    store = GET + b"\0" + UNKNOWN + i32_store(64)
    step = UNKNOWN + IF + EMPTY + GET + b"\0" + const(1) + i32_store(4) + store + ELSE + GET + b"\0" + const(2) + i32_store(4) \
        + store + END
    return one(repeated(step, size) + const(0))


# Sums that grow block by block, and are wanted behind all blocks: each step might move there.
GROWING_SUM = GET + b"\1" + UNKNOWN + TEE + b"\0" + I32_XOR + SET + b"\1"


@shape
def sums_past_traps(size):
    step = GROWING_SUM + GET + b"\0" + I32_EQZ + IF + EMPTY + UNREACHABLE + END
    return one(repeated(step, size) + GET + b"\1", [(1, I32)])


@shape
def sums_past_branches(size):
    step = GROWING_SUM + GET + b"\0" + I32_EQZ + BR_IF + b"\0"
    return one(BLOCK + EMPTY + repeated(step, size) + GET + b"\1" + RETURN + END + const(7), [(1, I32)])


@shape
def sums_past_handlers(size):
    code = repeated(GROWING_SUM + MAY_THROW, size)
    return throwing(handled(0) + code + GET + b"\1" + RETURN + END + END + const(7), local_runs=[(1, I32)])


def combined_factors(size, factors, step, operation, combination):
    """Pairs of a few loaded values by `operation`, all of them by `combination`; the second of a pair steps by thirds."""
    term = lambda index: GET + u(1 + index % factors) + GET + u(1 + index * step // 3 % factors) + operation + combination
    read = b"".join(GET + b"\0" + i32_load(4 * index) + SET + u(1 + index) for index in range(factors))
    code, _ = filled(size, term)
    return one(read + GET + b"\0" + code, [(factors, I32)])


@shape
def sums_of_shared_factors(size):
    """A sum of products of a few factors: each might be taken out."""
    return combined_factors(size, 12, 5, I32_MUL, I32_ADD)


@shape
def sums_of_bits(size):
    """Alternatives of conjunctions of a few values."""
    return combined_factors(size, 20, 7, I32_AND, I32_OR)


@shape
def tree_of_sums(size):
    """A balanced tree, by a stack that grows and shrinks."""
    def tree(depth, index):
        if depth == 0:
            return GET + b"\0" + i32_load(index * 4)
        operation = [I32_ADD, I32_XOR, I32_MUL, I32_AND, I32_OR][depth % 5]
        return tree(depth - 1, 2 * index) + tree(depth - 1, 2 * index + 1) + operation

    one_tree = tree(9, 0)
    return one(GET + b"\0" + (one_tree + I32_XOR) * max(1, size // len(one_tree)))


@shape
def mixed_of_two(size):
    """Each value is made of the two before it, by different operations: known bits are looked for in both."""
    operations = [I32_ADD, I32_OR, I32_AND, I32_MUL, I32_XOR, I32_SUB, I32_SHL, b"\x76"]
    code, _ = filled(size, lambda index: GET + b"\1" + GET + b"\0" + TEE + b"\1" + operations[index % 8] + SET + b"\0")
    return one(UNKNOWN + SET + b"\1" + code + GET + b"\0", [(1, I32)])


@shape
def wide_numbers(size):
    """Sums of 128 bits."""
    step = (GET + b"\1" + GET + b"\2") * 2 + misc(19) + SET + b"\1" + TEE + b"\2" + GET + b"\1" + b"\x7e" + SET + b"\1"
    return one(GET + b"\0" + b"\xad" + TEE + b"\1" + SET + b"\2" + repeated(step, size) + GET + b"\1" + b"\xa7", [(2, I64)])
