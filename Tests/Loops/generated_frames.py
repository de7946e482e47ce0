"""Scripts of accesses about a few addresses, as functions with frames in memory make them, called at the edges: where sums of
32 bits wrap, where the memory ends, where one frame lies in another.

A function takes two addresses and some bits that decide about branches and rounds. Both are used with constants added, before
the zero extension and behind it, directly and by functions that will be inlined. It gives a sum over the windows of memory
that calls reach, and of what it has loaded. Every third script has a 64-bit memory, with indices of 32 bits that are extended.
"""

import random

import generated_loops

# Bytes, and how they are loaded and stored as a number of 64 bits.
WIDTHS = [(8, "i64.load", "i64.store"), (8, "i64.load", "i64.store"), (4, "i64.load32_u", "i64.store32"),
          (2, "i64.load16_s", "i64.store16"), (1, "i64.load8_u", "i64.store8")]
SUMMANDS = [0, 0, 8, 16, 24, 32, 4, 1, 12, 100, -8, -16, -24, -64, -1, 2**31 - 8, -2**31, 4096, -4096]
OFFSETS = [0, 0, 8, 16, 24, 4, 1, 40, 2047, 4096]


class Function:
    def __init__(self, choice, name, index, pages):
        self.choice = choice
        self.name = name
        self.index = index
        self.constants = [256, generated_loops.signed(pages * generated_loops.PAGE - 64, "i32")]
        # Few places, so that they meet.
        self.summands = [choice.choice(SUMMANDS) for _ in range(choice.randrange(2, 6))]
        self.offsets = [choice.choice(OFFSETS) for _ in range(choice.randrange(2, 4))]

    def place(self):
        """An index of the memory's type."""
        summand = self.choice.choice(self.summands)
        root = self.choice.choice(["(local.get $s)"] * 4 + ["(local.get $p)", f"(i32.const {self.choice.choice(self.constants)})"])
        sum = root if summand == 0 else f"(i32.add {root} (i32.const {summand}))"
        return sum if self.index == "i32" else f"(i64.extend_i32_u {sum})"

    def offset(self):
        offset = self.choice.choice(self.offsets)
        return f"offset={offset} " if offset else ""

    def value(self):
        return self.choice.choice(["(local.get $x)", "(i64.const 77)", "(i64.extend_i32_u (local.get $n))", "(local.get $y)"])

    def statement(self, depth):
        kind = self.choice.random()
        _, load, store = self.choice.choice(WIDTHS)
        if kind < 0.25:
            return f"({store} {self.offset()}{self.place()} {self.value()})"
        if kind < 0.5:
            found = f"({load} {self.offset()}{self.place()})"
            return f"(local.set $x (i64.add (i64.mul (local.get $x) (i64.const 31)) {found}))"
        if kind < 0.55:
            return f"(drop ({load} {self.offset()}{self.place()}))"
        if kind < 0.6:
            return f"(local.set $y ({load} {self.offset()}{self.place()}))"
        if kind < 0.7:
            return f"(call $pair {self.place()} {self.value()})"
        if kind < 0.8:
            return f"(local.set $x (i64.xor (local.get $x) (call $read {self.place()})))"
        if kind < 0.84:
            return "(call $note)"
        if kind < 0.87:
            step = self.choice.choice([8, -8, 16])
            return f"(local.set $s (i32.add (local.get $s) (i32.const {step})))"
        if depth == 2:
            return self.statement(depth)
        body = self.statements(depth + 1)
        if kind < 0.95:
            bit = 1 << self.choice.randrange(3)
            other = f"(else {self.statements(depth + 1)})" if self.choice.random() < 0.5 else ""
            return f"(if (i32.and (local.get $n) (i32.const {bit})) (then {body}) {other})"
        counter = f"$i{depth}"
        return (f"(local.set {counter} (i32.and (local.get $n) (i32.const 7)))"
                f"(loop {body} (br_if 0 (i32.gt_s (local.tee {counter} (i32.sub (local.get {counter}) (i32.const 1)))"
                " (i32.const 0))))")

    def statements(self, depth=0):
        return " ".join(self.statement(depth) for _ in range(self.choice.randrange(2, 4 if depth else 14)))

    def text(self):
        return f"""
  (func (export "{self.name}") (param $s i32) (param $p i32) (param $n i32) (result i64)
    (local $x i64) (local $y i64) (local $i0 i32) (local $i1 i32)
    (call $reset) (call $clear)
    {self.statements()}
    (i64.add (call $sum) (local.get $x)))"""


def helpers(index, pages):
    """What will be inlined, and what will not, as it calls itself. What is half of all addresses away from a window is cleared
    where there is any."""
    start, size = 2**31 - 81920, 98304
    clear = f"(memory.fill ({index}.const {start}) (i32.const 0) ({index}.const {size}))" if pages > 32768 + 2 else ""
    return f"""
  (func $clear {clear})
  (global $notes (mut i32) (i32.const 0))
  (func $note (global.set $notes (i32.add (global.get $notes) (i32.const 1)))
    (if (i32.eq (global.get $notes) (i32.const 1000000)) (then (call $note))))
  (func $pair (param $a {index}) (param $v i64)
    (i64.store offset=8 (local.get $a) (i64.mul (local.get $v) (i64.const 3)))
    (i64.store (local.get $a) (local.get $v)))
  (func $read (param $a {index}) (result i64)
    (i64.add (i64.load (local.get $a)) (i64.rotl (i64.load offset=8 (local.get $a)) (i64.const 7))))"""


def arguments(choice, pages):
    end = pages * generated_loops.PAGE

    def place():
        kind = choice.random()
        slack = choice.randrange(-96, 96, choice.choice([1, 4, 8, 8, 8]))
        if kind < 0.45:
            start = choice.randrange(64, 1024, 8)
        elif kind < 0.65:
            start = end - 64 + slack
        elif kind < 0.9:
            start = slack
        else:
            start = 2**31 + slack
        return start % 2**32

    s = place()
    p = (s + choice.choice([-16, -8, 0, 8, 16, 4, 1])) % 2**32 if choice.random() < 0.5 else place()
    return s, p, choice.randrange(16)


def script(seed, functions, calls):
    """A module of functions, a list of calls (name and arguments), and the type of all arguments."""
    choice = random.Random(seed)
    index = "i64" if seed % 3 == 0 else "i32"
    # Of the largest memory, what wraps is in bounds.
    pages = [1, 65536, 3, 65535][seed % 4]
    bodies = [Function(choice, f"frame {number}", index, pages) for number in range(functions)]
    module = generated_loops.prelude(pages, seed % 5 != 0, index) + helpers(index, pages) + "".join(body.text() for body in bodies)
    made = [(body.name, arguments(choice, pages)) for body in bodies for _ in range(calls)]
    return f"(module {module})\n", made, "i32"
