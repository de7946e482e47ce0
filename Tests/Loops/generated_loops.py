"""Scripts of loops as producers emit them, called at the edges: where an index wraps, where the memory ends, where arrays overlap.

A function takes the addresses of three arrays and a number of rounds. It first writes a pattern into the windows of memory
that calls reach, then runs its loop, and gives a sum over the windows and what the loop has computed. After a trap, `left`
gives that of what the loop had written before. Every third script has a 64-bit memory.
"""

import random
from dataclasses import dataclass

PAGE = 65536
WINDOW = 2048
# What calls can store to about a window. All of it is cleared, as a trap leaves behind what it likes.
REACH = 16384


@dataclass(frozen=True)
class Element:
    """What an array holds, and how it is loaded, stored and computed with."""

    type: str
    bytes: int
    load: str
    store: str
    add: str
    multiply: str
    constant: str


ELEMENTS = [
    Element("f64", 8, "f64.load", "f64.store", "f64.add", "f64.mul", "(f64.const 1.25)"),
    Element("f32", 4, "f32.load", "f32.store", "f32.add", "f32.mul", "(f32.const 0.75)"),
    Element("i32", 4, "i32.load", "i32.store", "i32.add", "i32.mul", "(i32.const 77)"),
    Element("i64", 8, "i64.load", "i64.store", "i64.add", "i64.mul", "(i64.const 12345)"),
    Element("i32", 1, "i32.load8_u", "i32.store8", "i32.add", "i32.xor", "(i32.const 3)"),
    Element("i32", 2, "i32.load16_s", "i32.store16", "i32.sub", "i32.and", "(i32.const 0xfff)"),
    Element("f64", 4, "f64.promote_f32 (f32.load", "f64.store", "f64.sub", "f64.mul", "(f64.const 0.5)"),
]


class Body:
    """The rounds of a loop: `unrolled` copies, which address arrays by one of the producers' styles."""

    def __init__(self, choice, element, index):
        self.element = element
        # The type of addresses and counters.
        self.index = index
        self.unrolled = choice.choice([1, 1, 2, 2, 3, 4, 5, 8])
        self.style = choice.choice(["bump", "index", "negative", "down", "meet"])
        self.uses_offsets = choice.random() < 0.5
        self.reversed = choice.random() < 0.2
        # Distances between elements, in elements; 1 is what vectors want.
        self.stride = choice.choice([1, 1, 1, 1, 2, 3])
        self.shift = choice.choice([0, 0, 8, 16, 1024])

    def step(self):
        """Bytes between copies."""
        return self.element.bytes * self.stride * (-1 if self.reversed else 1)

    def address(self, array, copy, displacement=0):
        """The operand and the offset of an access of `copy`, `displacement` elements further."""
        distance = copy * self.step() + displacement * self.element.bytes
        if self.style in ("bump", "down", "meet"):
            index = f"(local.get ${array})"
        elif self.style == "index":
            index = f"({self.index}.add (local.get ${array}) ({self.index}.mul (local.get $i) ({self.index}.const {self.step()})))"
        else:
            index = f"({self.index}.add (local.get ${array}) (local.get $i))"
        offset = self.shift
        if self.uses_offsets and distance >= 0:
            offset += distance
        elif distance:
            index = f"({self.index}.add {index} ({self.index}.const {distance}))"
        return (f"offset={offset} " if offset else "") + index

    def load(self, array, copy, displacement=0):
        end = ")" * (1 + self.element.load.count("("))
        return f"({self.element.load} {self.address(array, copy, displacement)}{end}"

    def store(self, array, copy, value):
        return f"({self.element.store} {self.address(array, copy)} {value})"

    def advance(self):
        """The end of a round, which leaves on the stack whether there is another."""
        step = self.step() * self.unrolled
        if self.style == "index":
            return (f"(local.set $i ({self.index}.add (local.get $i) ({self.index}.const {self.unrolled})))"
                    f"({self.index}.lt_u (local.get $i) ({self.index}.mul (local.get $n) ({self.index}.const {self.unrolled})))")
        if self.style == "negative":
            return self.test(f"(local.tee $i ({self.index}.add (local.get $i) ({self.index}.const {step})))")
        bumps = " ".join(f"(local.set ${array} ({self.index}.add (local.get ${array}) ({self.index}.const {step})))"
                         for array in "pqr")
        if self.style == "bump":
            return (f"{bumps} ({self.index}.ne (local.tee $i ({self.index}.add (local.get $i) ({self.index}.const 1)))"
                    f" (local.get $n))")
        if self.style == "meet":
            return (f"{bumps} ({self.index}.ne (local.tee $i ({self.index}.add (local.get $i)"
                    f" ({self.index}.const {self.unrolled}))) (local.get $n))")
        return bumps + self.test(f"(local.tee $n ({self.index}.sub (local.get $n) ({self.index}.const 1)))")

    def test(self, counter):
        """Whether a counter is not 0."""
        return counter if self.index == "i32" else f"(i64.ne {counter} (i64.const 0))"

    def begin(self):
        if self.style == "meet":
            # The counter meets its limit, as the square of a number is as odd as the number; nobody sees that.
            one = f"({self.index}.const 1)"
            limit = (f"({self.index}.add ({self.index}.mul (local.get $n) ({self.index}.const {self.unrolled}))"
                     f" ({self.index}.and (local.get $p) {one}))")
            return (f"(local.set $i ({self.index}.and ({self.index}.mul (local.get $p) (local.get $p)) {one}))"
                    f" (local.set $n (select {limit} ({self.index}.const 0) {self.test('(local.get $n)')}))")
        if self.style != "negative":
            return ""
        step = self.step() * self.unrolled
        total = f"({self.index}.mul (local.get $n) ({self.index}.const {step}))"
        moves = " ".join(f"(local.set ${array} ({self.index}.add (local.get ${array}) {total}))" for array in "pqr")
        return f"{moves} (local.set $i ({self.index}.sub ({self.index}.const 0) {total}))"


def mapped(body):
    e = body.element
    return [body.store("q", c, f"({e.multiply} {body.load('p', c)} {e.constant})") for c in range(body.unrolled)]


def added(body):
    e = body.element
    return [body.store("q", c, f"({e.add} {body.load('q', c)} ({e.multiply} {e.constant} {body.load('p', c)}))")
            for c in range(body.unrolled)]


def stencil(body):
    e = body.element
    return [body.store("q", c, f"({e.add} ({e.add} {body.load('p', c)} {body.load('p', c, 1)}) {body.load('p', c, 2)})")
            for c in range(body.unrolled)]


def carried_stencil(body):
    """Each element is loaded once and carried on."""
    e = body.element
    lines = []
    for c in range(body.unrolled):
        lines.append(f"(local.set $z {body.load('p', c)})")
        lines.append(body.store("q", c, f"({e.add} ({e.add} (local.get $x) (local.get $y)) (local.get $z))"))
        lines.append("(local.set $x (local.get $y)) (local.set $y (local.get $z))")
    return lines


def product(body):
    e = body.element
    return [f"(local.set $x ({e.add} (local.get $x) ({e.multiply} {body.load('p', c)} {body.load('q', c)})))"
            for c in range(body.unrolled)]


def invariant(body):
    """Another value that is loaded in each round from one place, which a store may change."""
    e = body.element
    place = f"({e.load} (local.get $s)" + ")" * (1 + e.load.count("("))
    return [body.store("q", c, f"({e.add} {body.load('q', c)} ({e.multiply} {place} {body.load('p', c)}))")
            for c in range(body.unrolled)]


def gathered(body):
    e = body.element
    end = ")" * (1 + e.load.count("("))
    i = body.index
    return [f"(local.set $x ({e.add} (local.get $x) ({e.load} ({i}.and ({i}.load8_u {body.address('q', c)})"
            f" ({i}.const 0x3f8)){end}))" for c in range(body.unrolled)]


def recurrence(body):
    e = body.element
    lines = []
    for c in range(body.unrolled):
        lines.append(f"(local.set $x ({e.add} ({e.multiply} (local.get $x) {e.constant}) {body.load('p', c)}))")
        lines.append(body.store("q", c, "(local.get $x)"))
    return lines


def filled(body):
    return [body.store("q", c, body.element.constant) for c in range(body.unrolled)]


def three(body):
    e = body.element
    return [body.store("r", c, f"({e.multiply} {body.load('p', c)} {body.load('q', c)})") for c in range(body.unrolled)]


def conditional(body):
    """Stores in some rounds only."""
    e = body.element
    test = {"f64": "f64.lt", "f32": "f32.lt", "i32": "i32.lt_s", "i64": "i64.lt_s"}[e.type]
    return [f"(if ({test} {body.load('p', c)} {body.load('q', c)}) (then {body.store('q', c, body.load('p', c))}))"
            for c in range(body.unrolled)]


def unequal(body):
    """Copies that are not the same."""
    e = body.element
    operations = [e.add, e.multiply]
    return [body.store("q", c, f"({operations[c % 2]} {body.load('p', c)} {e.constant})") for c in range(body.unrolled)]


def shifted(body):
    """Copies that are the same but for the place of one access."""
    e = body.element
    last = body.unrolled - 1
    return [body.store("q", c, f"({e.add} {body.load('p', c, 1 if c == last else 0)} {e.constant})")
            for c in range(body.unrolled)]


def counted(body):
    """The counter is computed with, too."""
    e = body.element
    convert = {"f64": "f64.convert_i32_u", "f32": "f32.convert_i32_s", "i32": "i32.clz", "i64": "i64.extend_i32_u"}[e.type]
    counter = "(local.get $i)" if body.index == "i32" else "(i32.wrap_i64 (local.get $i))"
    return [body.store("q", c, f"({e.add} {body.load('p', c)} ({convert} (i32.add {counter} (i32.const {c}))))")
            for c in range(body.unrolled)]


SHAPES = [mapped, added, stencil, carried_stencil, product, invariant, gathered, recurrence, filled, three, conditional,
          unequal, shifted, counted]


def bits(element, local):
    return {"f64": f"(i64.reinterpret_f64 (local.get ${local}))",
            "f32": f"(i64.extend_i32_u (i32.reinterpret_f32 (local.get ${local})))",
            "i32": f"(i64.extend_i32_u (local.get ${local}))", "i64": f"(local.get ${local})"}[element.type]


def function(name, shape, body):
    e, i = body.element, body.index
    parameters = "".join(f"(param ${name} {i}) " for name in "pqrsn")
    return f"""
  (func (export "{name}") {parameters}(result i64)
    (local $i {i}) (local $x {e.type}) (local $y {e.type}) (local $z {e.type})
    (call $reset)
    {body.begin()}
    (if {body.test('(local.get $n)')} (then (loop
      {chr(10).join(shape(body))}
      (br_if 0 {body.advance()}))))
    (i64.add (call $sum) {bits(e, 'x')}))"""


def signed(address, index):
    bits = int(index[1:])
    return address - (1 << bits) if address >= 1 << (bits - 1) else address


def prelude(pages, grows, index):
    """Windows at the beginning and the end hold small numbers, as whatever type they are read. A memory that grows has a size
    that is no constant."""
    end = pages * PAGE
    windows = [(0, WINDOW), (signed(end - WINDOW, index), WINDOW)]
    reset = "".join(f"(memory.fill ({index}.const {signed(start, index)}) (i32.const 0) ({index}.const {REACH}))"
                    for start in (0, end - REACH))
    reset += "".join(f"(call $fill ({index}.const {start}) ({index}.const {size}))" for start, size in windows)
    total = "".join(f"(local.set $t (call $add (local.get $t) ({index}.const {start}) ({index}.const {size})))"
                    for start, size in windows)
    value = "(local.get $n)" if index == "i32" else "(i32.wrap_i64 (local.get $n))"
    more = "(br_if 0 (i32.wrap_i64 (local.tee $n (i64.sub (local.get $n) (i64.const 8)))))"
    if index == "i32":
        more = "(br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 8))))"
    return f"""
  (memory {'' if index == 'i32' else 'i64 '}{pages})
  {f'(func (export "grow") (result {index}) (memory.grow ({index}.const 0)))' if grows else ''}
  (func $fill (param $a {index}) (param $n {index})
    (loop (f64.store (local.get $a) (f64.convert_i32_s (i32.and {value} (i32.const 0xfff))))
      (local.set $a ({index}.add (local.get $a) ({index}.const 8)))
      {more}))
  (func $reset {reset})
  (func $add (param $t i64) (param $a {index}) (param $n {index}) (result i64)
    (loop (local.set $t (i64.add (i64.mul (local.get $t) (i64.const 31)) (i64.load (local.get $a))))
      (local.set $a ({index}.add (local.get $a) ({index}.const 8)))
      {more})
    (local.get $t))
  (func $sum (export "left") (result i64) (local $t i64) {total} (local.get $t))"""


def arguments(choice, body, pages):
    """Addresses about the edges: of the memory, of the index's type, of other arrays."""
    addresses = 1 << int(body.index[1:])
    rounds = choice.choice([0, 1, 2, 3, 5, 8, 9, 16, 17, 31])
    length = abs(body.step()) * body.unrolled * rounds
    end = pages * PAGE

    def place():
        slack = choice.choice([0, 0, 1, 4, 8, 16, 24, 64]) * choice.choice([-1, 1])
        kind = choice.random()
        if kind < 0.45:
            start = choice.randrange(0, WINDOW // 2, 8)
        elif kind < 0.7:
            start = end - length - body.shift + slack
        elif kind < 0.9:
            start = addresses - length // choice.choice([1, 2, 4]) + slack
        else:
            start = end + slack
        if body.reversed:
            start += length
        return start % addresses

    p = place()
    q = (p + choice.choice([-8, -4, -1, 0, 1, 2, 4, 8, 16, 64])) % addresses if choice.random() < 0.3 else place()
    s = (q + choice.randrange(0, 256, 4)) % addresses if choice.random() < 0.5 else choice.randrange(0, 1024)
    return p, q, place(), s, rounds


def script(seed, functions, calls):
    """A module of loops, a list of calls (name and arguments), and the type of all arguments."""
    choice = random.Random(seed)
    index = "i64" if seed % 3 == 0 else "i32"
    # Of the largest memory, what wraps is in bounds.
    pages = [1, 65536, 3, 65535][seed % 4]
    bodies = [(choice.choice(SHAPES), Body(choice, choice.choice(ELEMENTS), index)) for _ in range(functions)]
    module = prelude(pages, seed % 5 != 0, index) + "".join(
        function(f"{shape.__name__} {number}", shape, body) for number, (shape, body) in enumerate(bodies))
    made = []
    for number, (shape, body) in enumerate(bodies):
        for _ in range(calls):
            made.append((f"{shape.__name__} {number}", arguments(choice, body, pages)))
    return f"(module {module})\n", made, index
