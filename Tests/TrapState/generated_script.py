"""Scripts whose functions store and trap, in random order, and then look at what is there.

A script has a module with memories, globals and tables, a second one that shares some of them, and commands that call
its functions, most of which trap for some arguments, each followed by commands that read everything. A command is one
line, and has no expectation yet.
"""

import random

PAGE_BYTES = 65536
# Addresses around both ends of the memory, and on either side of its last bytes.
ARGUMENTS = [0, 0, 1, 3, 8, 16, 32, 60, 4096, 4100, 65400, 65480, 65496, 65504, 65512, 65520, 65528, 65531, 65532, 65533, 65535, 65536, 65540, -1, -4, -8]

STORES = [
    ("i32.store", "i32", 4), ("i32.store", "i32", 4), ("i32.store8", "i32", 1), ("i32.store16", "i32", 2),
    ("i64.store", "i64", 8), ("i64.store", "i64", 8), ("i64.store8", "i64", 1), ("i64.store16", "i64", 2),
    ("i64.store32", "i64", 4), ("f32.store", "f32", 4), ("f64.store", "f64", 8), ("v128.store", "v128", 16),
]
LOADS = {
    "i32": ["i32.load", "i32.load8_u", "i32.load8_s", "i32.load16_u", "i32.load16_s"],
    "i64": ["i64.load", "i64.load8_u", "i64.load16_s", "i64.load32_u", "i64.load32_s"],
    "f32": ["f32.load"],
    "f64": ["f64.load"],
    "v128": ["v128.load", "v128.load8x8_u", "v128.load32_splat", "v128.load64_zero"],
}
GLOBALS = [("g0", "i32"), ("g1", "i64"), ("g2", "f64"), ("g3", "v128"), ("shared", "i32")]
ZERO = {"i32": "i32.const 0", "i64": "i64.const 0", "f64": "f64.const 0", "v128": "v128.const i64x2 0 0"}
TABLE_SIZE = 8


class FunctionWriter:
    """Writes the body of one function of two i32 parameters and an i32 result."""

    def __init__(self, choices, number):
        self.choices = choices
        self.number = number
        self.counters = 0
        self.calls = 2

    # Values

    def constant(self, type_):
        number = self.choices.choice([0, 1, 2, 5, 0xFF, 0x100, 0x1234, 0xFFFF, self.choices.getrandbits(31)])
        if type_ == "v128":
            return f"(v128.const i32x4 {number} {self.choices.getrandbits(16)} 3 4)"
        return f"({type_}.const {number})"

    def counter(self):
        return f"(local.get $c{self.choices.randrange(self.counters)})" if self.counters else "(local.get 0)"

    def value(self, type_, depth=2):
        """An expression that may load, and so trap."""
        kind = self.choices.randrange(10)
        if depth == 0 or kind < 2:
            return self.constant(type_)
        if kind < 4:
            return f"({self.choices.choice(LOADS[type_])} {self.access()})"
        if kind < 5 and type_ in ("i32", "i64", "v128"):
            name = self.choices.choice([name for name, other in GLOBALS if other == type_])
            return f"(global.get ${name})"
        if type_ == "i32":
            if kind < 7:
                return self.choices.choice(["(local.get 0)", "(local.get 1)", "(local.get $x)", self.counter()])
            operation = self.choices.choice(["add", "sub", "and", "or", "xor", "mul", "shl"])
            return f"(i32.{operation} {self.value(type_, depth - 1)} {self.value(type_, depth - 1)})"
        if type_ == "i64":
            if kind < 6:
                return "(local.get $y)"
            if kind < 8:
                return f"(i64.extend_i32_u {self.value('i32', depth - 1)})"
            # Two halves put together: what LLVM likes to store one by one.
            low = f"(i64.extend_i32_u {self.value('i32', depth - 1)})"
            high = f"(i64.shl (i64.extend_i32_u {self.value('i32', depth - 1)}) (i64.const 32))"
            return f"(i64.or {low} {high})"
        if type_ == "f32":
            return f"(f32.reinterpret_i32 {self.value('i32', depth - 1)})"
        if type_ == "f64":
            return f"(f64.reinterpret_i64 {self.value('i64', depth - 1)})"
        return f"({self.choices.choice(['i8x16', 'i32x4'])}.splat {self.value('i32', depth - 1)})"

    # Addresses

    def access(self, memory=None):
        """The immediates and the index of an access."""
        memory = memory or self.choices.choice(["$m0"] * 6 + ["$m1", "$mx"])
        offset = self.choices.choice([0] * 12 + [1, 4, 8, 16, 16, 65500])
        return f"{memory} offset={offset} {self.index()}"

    def index(self):
        kind = self.choices.randrange(12)
        if kind < 4:
            return f"(i32.const {self.choices.randrange(0, 48, self.choices.choice([1, 4, 8]))})"
        if kind < 5:
            return f"(i32.const {PAGE_BYTES - self.choices.randrange(self.choices.choice([24, 200]))})"
        parameter = f"(local.get {self.choices.randrange(2)})"
        if kind < 8:
            return parameter
        if kind < 10 or not self.counters:
            return f"(i32.add {parameter} (i32.const {self.choices.randrange(-8, 17)}))"
        scaled = f"(i32.mul {self.counter()} (i32.const {self.choices.choice([1, 4, 8, 16])}))"
        return f"(i32.add {scaled} {parameter if kind == 10 else '(i32.const 16)'})"

    # Statements

    def store(self, access=None):
        operation, type_, _ = self.choices.choice(STORES)
        return f"({operation} {access or self.access()} {self.value(type_)})"

    def neighbours(self):
        """Stores side by side, in any order, which may become one."""
        operation, type_, width = self.choices.choice(STORES)
        index = self.index()
        places = list(range(self.choices.randrange(2, 6)))
        self.choices.shuffle(places)
        constant = self.choices.random() < 0.5
        value = self.value(type_, 1)
        return "\n".join(
            f"({operation} $m0 offset={place * width} {index} {self.constant(type_) if constant else value})"
            for place in places)

    def overwritten(self):
        """A store, something that may trap, and a store over the first."""
        access = self.access()
        return "\n".join([self.store(access), self.trap(), self.store(access)])

    def changed(self):
        """A store of what was there with other bits."""
        access = self.access("$m0")
        type_ = self.choices.choice(["i32", "i64"])
        operation = self.choices.choice(["and", "or", "xor"])
        mask = self.choices.choice([0xFF, 0xFF00, 0xFFFF, 0x7FFF0000, 1])
        return f"({type_}.store {access} ({type_}.{operation} ({type_}.load {access}) ({type_}.const {mask})))"

    def set_global(self):
        name, type_ = self.choices.choice(GLOBALS)
        return f"(global.set ${name} {self.value(type_)})"

    def set_local(self):
        return self.choices.choice([
            lambda: f"(local.set $x {self.value('i32')})", lambda: f"(local.set $y {self.value('i64')})",
            lambda: f"(drop {self.value(self.choices.choice(['i32', 'i64', 'f64', 'v128']))})"])()

    def store_lane(self):
        width, lanes = self.choices.choice([(8, 16), (16, 8), (32, 4), (64, 2)])
        immediates = f"$m0 offset={self.choices.choice([0, 0, 4, 8])} {self.choices.randrange(lanes)}"
        return f"(v128.store{width}_lane {immediates} {self.index()} {self.value('v128', 1)})"

    def trap(self):
        """Something that traps, sometimes."""
        kind = self.choices.randrange(9)
        parameter = f"(local.get {self.choices.randrange(2)})"
        if kind < 3:
            return self.store()
        if kind == 3:
            operation = self.choices.choice(["div_u", "div_s", "rem_u", "rem_s"])
            return f"(local.set $x (i32.{operation} {self.value('i32', 1)} {parameter}))"
        if kind == 4:
            return f"(if (i32.gt_u {parameter} (i32.const {self.choices.choice([0, 8, 65520])})) (then unreachable))"
        if kind == 5:
            return f"(local.set $x (i32.trunc_f32_u (f32.convert_i32_s {parameter})))"
        if kind == 6:
            return f"(call_indirect $t (type $plain) (i32.shr_u {parameter} (i32.const {self.choices.randrange(14)})))"
        if kind == 7 and self.choices.random() < 0.3:
            return "(call $endless)" if self.choices.random() < 0.5 else "(drop (call $pure (i32.const 1)))"
        return self.call()

    def call(self):
        if self.number == 0 or self.calls == 0 or self.counters:
            return self.set_local()
        self.calls -= 1
        callee = self.choices.randrange(self.number)
        return f"(local.set $x (call $f{callee} {self.value('i32', 1)} {self.value('i32', 1)}))"

    def bulk(self):
        size = self.choices.choice([0, 1, 4, 8, 16, 33])
        count = self.choice_of_size(size)
        kind = self.choices.randrange(5)
        if kind == 0:
            return f"(memory.fill $m0 {self.index()} {self.value('i32', 1)} {count})"
        if kind == 1:
            return f"(memory.copy $m0 $m0 {self.index()} {self.index()} {count})"
        if kind == 2:
            return f"(memory.copy $mx $m0 {self.index()} {self.index()} {count})"
        if kind == 3:
            return f"(memory.init $m0 $d {self.index()} (i32.const {self.choices.randrange(20)}) {count})"
        return "(data.drop $d)" if self.choices.random() < 0.1 else self.store()

    def choice_of_size(self, size):
        return f"(i32.const {size})" if self.choices.random() < 0.7 else "(i32.and (local.get 1) (i32.const 63))"

    def table(self):
        index = f"(i32.and (local.get {self.choices.randrange(2)}) (i32.const 15))"
        kind = self.choices.randrange(6)
        if kind == 0:
            return f"(table.set $t {index} (ref.func $plain0))"
        if kind == 1:
            return f"(table.set $t {index} (ref.null func))"
        if kind == 2:
            return f"(table.set $t {index} (table.get $t (i32.const {self.choices.randrange(10)})))"
        if kind == 3:
            return f"(table.fill $t {index} (ref.func $plain1) (i32.const {self.choices.randrange(4)}))"
        if kind == 4:
            return f"(table.init $t $e {index} (i32.const 0) (i32.const {self.choices.randrange(4)}))"
        return "(elem.drop $e)" if self.choices.random() < 0.1 else f"(table.copy $t $t {index} (i32.const 0) (i32.const 3))"

    def branch(self, depth):
        condition = self.choices.choice([
            self.value("i32"), f"(i32.lt_s (local.get {self.choices.randrange(2)}) (i32.const 65521))"])
        then = self.statements(depth - 1, 3)
        otherwise = self.statements(depth - 1, 2) if self.choices.random() < 0.5 else ""
        return f"(if {condition} (then\n{then})" + (f" (else\n{otherwise}))" if otherwise else ")")

    def loop(self, depth):
        counter = f"$c{self.counters}"
        self.counters += 1
        count = self.choices.choice([2, 3, 8, 16, 40])
        if self.choices.random() < 0.5:
            body = self.array_stores()
        else:
            body = self.statements(depth - 1, 4)
        self.counters -= 1
        return f"(local.set {counter} (i32.const 0))\n(loop\n{body}\n" \
               f"(br_if 0 (i32.lt_u (local.tee {counter} (i32.add (local.get {counter}) (i32.const 1)))" \
               f" (i32.const {count}))))"

    def array_stores(self):
        """What vectorisers look for: stores of consecutive elements, of what was loaded elsewhere."""
        operation, type_, width = self.choices.choice(STORES[:10])
        place = f"(i32.add (local.get 0) (i32.mul {self.innermost()} (i32.const {width})))"
        other = f"(i32.add (local.get 1) (i32.mul {self.innermost()} (i32.const {width})))"
        value = f"({LOADS[type_][0]} $m0 {other})" if self.choices.random() < 0.6 else self.constant(type_)
        lines = [f"({operation} $m0 {place} {value})"]
        if self.choices.random() < 0.3:
            lines.append(f"(global.set $g0 {self.innermost()})")
        if self.choices.random() < 0.3:
            lines.append(f"(i32.store $m0 (i32.const 40) (i32.add (i32.load $m0 (i32.const 40)) {self.innermost()}))")
        return "\n".join(lines)

    def innermost(self):
        return f"(local.get $c{self.counters - 1})"

    def statements(self, depth, most):
        return "\n".join(self.statement(depth) for _ in range(self.choices.randrange(1, most + 1)))

    def statement(self, depth):
        kind = self.choices.randrange(20)
        if kind < 4:
            return self.store()
        if kind < 7:
            return self.overwritten()
        if kind < 9:
            return self.neighbours()
        if kind < 11:
            return self.set_global()
        if kind < 17:
            return [self.changed, self.set_local, self.store_lane, self.trap, self.bulk, self.table][kind - 11]()
        if depth == 0 or self.counters == 3:
            return self.trap()
        return self.branch(depth) if kind == 17 else self.loop(depth)

    def write(self):
        body = "\n".join(self.statement(2) for _ in range(self.choices.randrange(3, 9)))
        return f"""(func $f{self.number} (export "f{self.number}") (param i32 i32) (result i32)
  (local $x i32) (local $y i64) (local $c0 i32) (local $c1 i32) (local $c2 i32)
{body}
(local.get $x))"""


# What is looked at of each memory.
RANGES = [(0, 256), (4096, 4352), (65024, 65536)]


def digest(memories, globals_, entries=0):
    """A function whose result depends on everything: on the memories, the globals, and which entries of $t are null.
    Another one sets all that to what it is at first."""
    hashes = "\n".join(
        f"""(func $hash_{name} (param $hash i64) (param $at i32) (param $end i32) (result i64)
  (loop
    (local.set $hash (call $mix (local.get $hash) (i64.load ${name} (local.get $at))))
    (br_if 0 (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
  (local.get $hash))"""
        for name in memories)
    as_i64 = {
        "i32": "(i64.extend_i32_u {})", "i64": "{}", "f64": "(i64.reinterpret_f64 {})",
        "v128": "(i64x2.extract_lane 1 {})",
    }
    parts = [as_i64[type_].format(f"(global.get ${name})") for name, type_ in globals_]
    parts += [f"(i64.extend_i32_u (ref.is_null (table.get $t (i32.const {index}))))" for index in range(entries)]
    steps = [f"(local.set $hash (call $mix (local.get $hash) {part}))" for part in parts]
    steps += [
        f"(local.set $hash (call $hash_{name} (local.get $hash) (i32.const {start}) (i32.const {end})))"
        for name in memories for start, end in RANGES]
    lines = "\n".join(steps)
    clearing = "\n".join(
        [f"(global.set ${name} ({ZERO[type_]}))" for name, type_ in globals_]
        + [f"(memory.fill ${name} (i32.const 0) (i32.const {12 + index}) (i32.const {PAGE_BYTES}))"
           for index, name in enumerate(memories)]
        + [f"(table.fill $t (i32.const 0) (ref.null func) (i32.const {entries}))"] * (entries > 0))
    return f"""(func $mix (param i64 i64) (result i64)
  (i64.mul (i64.rotl (i64.xor (local.get 0) (local.get 1)) (i64.const 29)) (i64.const 0x9E3779B97F4A7C15)))
{hashes}
(func (export "digest") (result i64) (local $hash i64)
{lines}
(local.get $hash))
(func (export "clear")
{clearing})"""


def script(seed, functions=8, calls=6):
    """The lines of a script, and groups of the indices of those that are commands: a call, and what is read then."""
    choices = random.Random(seed)
    bodies = "\n".join(FunctionWriter(choices, number).write() for number in range(functions))
    own = [(name, type_) for name, type_ in GLOBALS if name != "shared"]
    definitions = "\n".join(f"(global ${name} (mut {type_}) ({ZERO[type_]}))" for name, type_ in own)
    text = f"""(module $owner
(memory $mx (export "mx") 1 1)
(global $shared (export "shared") (mut i32) (i32.const 0))
{digest(["mx"], [("shared", "i32")])})
(register "owner")
(module $main
(type $plain (func))
(import "owner" "mx" (memory $mx 1 1))
(import "owner" "shared" (global $shared (mut i32)))
(memory $m0 1 1)
(memory $m1 1 1)
(data $d "0123456789abcdefghijklmnopqrstuvwxyz")
{definitions}
(table $t {TABLE_SIZE} funcref)
(elem $e func $plain0 $plain1 $plain0)
(func $plain0 (global.set $g0 (i32.add (global.get $g0) (i32.const 1))))
(func $plain1 (i32.store8 $m0 (i32.const 3) (i32.const 77)))
(func $endless
  (i32.store $m0 (i32.const 36) (i32.const 7)) (call $endless) (i32.store $m0 (i32.const 36) (i32.const 8)))
(func $pure (param i32) (result i32)
  (i32.add (i32.const 1) (call $pure (i32.add (local.get 0) (i32.const 1)))))
{bodies}
{digest(["m0", "m1"], own, TABLE_SIZE)})"""
    lines = text.split("\n")
    commands = []
    for _ in range(calls):
        for number in range(functions):
            first, second = choices.choice(ARGUMENTS), choices.choice(ARGUMENTS)
            lines += ['(invoke "clear")', '(invoke $owner "clear")']
            commands.append(range(len(lines), len(lines) + 3))
            lines.append(f'(assert_return (invoke "f{number}" (i32.const {first}) (i32.const {second})))')
            lines += ['(assert_return (invoke "digest"))', '(assert_return (invoke $owner "digest"))']
    return lines, commands
