"""Scripts of loops as producers emit them, called at the edges: where an index wraps, where the memory ends, where arrays overlap.

A function takes the addresses of three arrays and a number of rounds. It first writes a pattern into the windows of memory
that calls reach, then runs its loop, and gives a sum over the windows and what the loop has computed.
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

    def __init__(self, choice, element):
        self.element = element
        self.unrolled = choice.choice([1, 1, 2, 2, 3, 4, 5, 8])
        self.style = choice.choice(["bump", "index", "negative", "down"])
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
        if self.style in ("bump", "down"):
            index = f"(local.get ${array})"
        elif self.style == "index":
            index = f"(i32.add (local.get ${array}) (i32.mul (local.get $i) (i32.const {self.step()})))"
        else:
            index = f"(i32.add (local.get ${array}) (local.get $i))"
        offset = self.shift
        if self.uses_offsets and distance >= 0:
            offset += distance
        elif distance:
            index = f"(i32.add {index} (i32.const {distance}))"
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
            return (f"(local.set $i (i32.add (local.get $i) (i32.const {self.unrolled})))"
                    f"(i32.lt_u (local.get $i) (i32.mul (local.get $n) (i32.const {self.unrolled})))")
        if self.style == "negative":
            return f"(local.tee $i (i32.add (local.get $i) (i32.const {step})))"
        bumps = " ".join(f"(local.set ${array} (i32.add (local.get ${array}) (i32.const {step})))" for array in "pqr")
        if self.style == "bump":
            return f"{bumps} (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))"
        return f"{bumps} (local.tee $n (i32.sub (local.get $n) (i32.const 1)))"

    def begin(self):
        if self.style != "negative":
            return ""
        step = self.step() * self.unrolled
        total = f"(i32.mul (local.get $n) (i32.const {step}))"
        moves = " ".join(f"(local.set ${array} (i32.add (local.get ${array}) {total}))" for array in "pqr")
        return f"{moves} (local.set $i (i32.sub (i32.const 0) {total}))"


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
    return [f"(local.set $x ({e.add} (local.get $x) ({e.load} (i32.and (i32.load8_u {body.address('q', c)})"
            f" (i32.const 0x3f8)){end}))" for c in range(body.unrolled)]


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
    return [body.store("q", c, f"({e.add} {body.load('p', c)} ({convert} (i32.add (local.get $i) (i32.const {c}))))")
            for c in range(body.unrolled)]


SHAPES = [mapped, added, stencil, carried_stencil, product, invariant, gathered, recurrence, filled, three, conditional,
          unequal, shifted, counted]


def bits(element, local):
    return {"f64": f"(i64.reinterpret_f64 (local.get ${local}))",
            "f32": f"(i64.extend_i32_u (i32.reinterpret_f32 (local.get ${local})))",
            "i32": f"(i64.extend_i32_u (local.get ${local}))", "i64": f"(local.get ${local})"}[element.type]


def function(name, shape, body):
    e = body.element
    return f"""
  (func (export "{name}") (param $p i32) (param $q i32) (param $r i32) (param $s i32) (param $n i32) (result i64)
    (local $i i32) (local $x {e.type}) (local $y {e.type}) (local $z {e.type})
    (call $reset)
    {body.begin()}
    (if (local.get $n) (then (loop
      {chr(10).join(shape(body))}
      (br_if 0 {body.advance()}))))
    (i64.add (call $sum) {bits(e, 'x')}))"""


def signed(address):
    return address - (1 << 32) if address >= 1 << 31 else address


def prelude(pages):
    """Windows at the beginning and the end hold small numbers, as whatever type they are read."""
    end = pages * PAGE
    windows = [(0, WINDOW), (signed(end - WINDOW), WINDOW)]
    reset = "".join(f"(memory.fill (i32.const {signed(start)}) (i32.const 0) (i32.const {REACH}))"
                    for start in (0, end - REACH))
    reset += "".join(f"(call $fill (i32.const {start}) (i32.const {size}))" for start, size in windows)
    total = "".join(f"(local.set $t (call $add (local.get $t) (i32.const {start}) (i32.const {size})))"
                    for start, size in windows)
    return f"""
  (memory {pages})
  (func $fill (param $a i32) (param $n i32)
    (loop (f64.store (local.get $a) (f64.convert_i32_s (i32.and (local.get $n) (i32.const 0xfff))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 8))))))
  (func $reset {reset})
  (func $add (param $t i64) (param $a i32) (param $n i32) (result i64)
    (loop (local.set $t (i64.add (i64.mul (local.get $t) (i64.const 31)) (i64.load (local.get $a))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 8)))))
    (local.get $t))
  (func $sum (result i64) (local $t i64) {total} (local.get $t))"""


def arguments(choice, body, pages):
    """Addresses about the edges: of the memory, of 32 bits, of other arrays."""
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
            start = (1 << 32) - length // choice.choice([1, 2, 4]) + slack
        else:
            start = end + slack
        if body.reversed:
            start += length
        return start % (1 << 32)

    p = place()
    q = (p + choice.choice([-8, -4, -1, 0, 1, 2, 4, 8, 16, 64])) % (1 << 32) if choice.random() < 0.3 else place()
    s = (q + choice.randrange(0, 256, 4)) % (1 << 32) if choice.random() < 0.5 else choice.randrange(0, 1024)
    return p, q, place(), s, rounds


def script(seed, functions, calls):
    """A module of loops, and a list of calls: name and arguments."""
    choice = random.Random(seed)
    # Of the largest memory, what wraps is in bounds.
    pages = [1, 65536, 3, 65535][seed % 4]
    bodies = [(choice.choice(SHAPES), Body(choice, choice.choice(ELEMENTS))) for _ in range(functions)]
    module = prelude(pages) + "".join(
        function(f"{shape.__name__} {number}", shape, body) for number, (shape, body) in enumerate(bodies))
    made = []
    for number, (shape, body) in enumerate(bodies):
        for _ in range(calls):
            made.append((f"{shape.__name__} {number}", arguments(choice, body, pages)))
    return f"(module {module})\n", made
