"""Scripts of functions that load what they do not need: two computations of one value are subtracted, compared or the like.

Every path through a function loads from the address that is its parameter, so that it traps where that lies outside. What
differs is how the optimiser may find out that both computations come to the same, and when.
"""

import random

PAGE = 65536

# Groups of computations with one result, from loads at {p}; {q} is four bytes further down.
WHOLE = [
    "(i64.load {p})",
    "(i64.load align=1 {p})",
    "(i64.load offset=4 {q})",
    "(i64.or (i64.load32_u {p}) (i64.shl (i64.load32_u offset=4 {p}) (i64.const 32)))",
    "(i64.reinterpret_f64 (f64.load {p}))",
    "(i64x2.extract_lane 0 (v128.load64_zero {p}))",
    "(i64x2.extract_lane 1 (v128.load64_splat {p}))",
    "(call $whole {p})",
    "(call $sum_of {q} (i32.const 4))",
    "(i64.sub (i64.const 0) (i64.sub (i64.const 0) (i64.load {p})))",
    "(i64.rotl (i64.rotr (i64.load {p}) (i64.const 9)) (i64.const 9))",
]
WORD = [
    "(i64.load32_u {p})",
    "(i64.extend_i32_u (i32.load {p}))",
    "(i64.extend_i32_u (i32.load offset=4 {q}))",
    "(i64.and (i64.load32_s {p}) (i64.const 0xffffffff))",
    "(i64.extend_i32_u (i32.reinterpret_f32 (f32.load {p})))",
    "(i64.extend_i32_u (i32x4.extract_lane 0 (v128.load32_zero {p})))",
    "(i64.extend_i32_u (i32x4.extract_lane 3 (v128.load32_splat {p})))",
    "(i64.extend_i32_u (i32.or (i32.load16_u {p}) (i32.shl (i32.load16_s offset=2 {p}) (i32.const 16))))",
    "(i64.extend_i32_u (call $word {p}))",
    "(i64.extend_i32_u (call $word_behind {q}))",
]
TWICE = [
    "(i64.extend_i32_u (i32.mul (i32.const 2) (i32.load {p})))",
    "(i64.extend_i32_u (i32.shl (i32.load {p}) (i32.const 1)))",
    "(i64.extend_i32_u (i32.add (i32.load {p}) (i32.load {p})))",
    "(i64.extend_i32_u (i32.add (i32.load {p}) (call $word {p})))",
    "(i64.extend_i32_u (i32.sub (i32.mul (i32.load {p}) (i32.const 3)) (i32.load offset=4 {q})))",
]
BYTE = [
    "(i64.load8_u {p})",
    "(i64.and (i64.load8_s {p}) (i64.const 255))",
    "(i64.extend_i32_u (i32.load8_u offset=4 {q}))",
    "(i64.extend_i32_u (i32.and (i32.load {p}) (i32.const 255)))",
    "(i64.and (i64.load {p}) (i64.const 255))",
    "(i64.extend_i32_u (i8x16.extract_lane_u 0 (v128.load8_splat {p})))",
    "(i64.extend_i32_u (i16x8.extract_lane_u 0 (v128.load8x8_u {p})))",
    "(i64.extend_i32_u (call $byte {p}))",
]
GROUPS = [WHOLE, WORD, TWICE, BYTE]

# What comes to the same whatever {a} is, if {b} is equal to it.
ALIKE = [
    "(i64.sub {a} {b})",
    "(i64.xor {a} {b})",
    "(i64.and {a} (i64.xor {b} (i64.const -1)))",
    "(i64.or {a} (i64.xor (i64.const -1) {b}))",
    "(i64.add {a} (i64.sub (i64.const 7) {b}))",
    *(f"(i64.extend_i32_u (i64.{relation} {{a}} {{b}}))"
      for relation in ("eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u")),
    "(select (i64.const 3) (i64.const 4) (i64.eq {a} {b}))",
    "(if (result i64) (i64.ne {a} {b}) (then (i64.const 3)) (else (local.get $x)))",
    "(i64.sub (i64.add {a} (local.get $x)) (i64.add (local.get $x) {b}))",
    "(i64.sub (i64.sub (i64.add (i64.add {a} (local.get $x)) (i64.const 5)) {b}) (local.get $x))",
    "(i64.sub (i64.mul {a} (local.get $x)) (i64.mul (local.get $x) {b}))",
    "(i64.xor (i64.xor {a} (local.get $x)) (i64.xor {b} (i64.const 12)))",
    "(i64.and (i64.and {a} (local.get $x)) (i64.xor {b} (i64.const -1)))",
    "(i64.extend_i32_u (f64.lt (f64.convert_i64_s {a}) (f64.convert_i64_s {b})))",
    "(i64.extend_i32_u (f64.eq (f64.convert_i64_u {a}) (f64.convert_i64_u {b})))",
    "(i64x2.extract_lane 0 (i64x2.sub (i64x2.splat {a}) (i64x2.splat {b})))",
    "(i64.extend_i32_u (i64x2.all_true (i64x2.eq (i64x2.splat {a}) (i64x2.splat {b}))))",
    "(call $difference {a} {b})",
    "(call $three {a} (local.get $x) {b})",
    "(i64.sub {a} (call $whole_and (local.get $p) {a} {b}))",
    # Which of two equal values it is does not matter, and so not what decides.
    "(i64.mul (select {a} {b} (i64.eq (i64.load (local.get $p)) (i64.const 9))) (i64.const 0))",
]

HELPERS = """\
  (memory 1)
  (global $g (mut i64) (i64.const 0))
  (data (i32.const 4096) "\\01\\80\\03\\ff\\05\\06\\f7\\08")
  (func $whole (param $p i32) (result i64) (i64.load (local.get $p)))
  (func $word (param $p i32) (result i32) (i32.load (local.get $p)))
  (func $word_behind (param $p i32) (result i32) (call $word (i32.add (local.get $p) (i32.const 4))))
  (func $byte (param $p i32) (result i32) (i32.load8_u (local.get $p)))
  (func $sum_of (param $p i32) (param $q i32) (result i64) (i64.load (i32.add (local.get $q) (local.get $p))))
  (func $square (param i64) (result i64) (i64.mul (local.get 0) (local.get 0)))
  (func $difference (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))
  (func $whole_and (param i32 i64 i64) (result i64)
    (i64.add (local.get 1) (i64.mul (i64.load (local.get 0)) (i64.sub (local.get 1) (local.get 2)))))
  (func $three (param i64 i64 i64) (result i64)
    (global.set $g (i64.add (local.get 1) (i64.const 1)))
    (i64.xor (i64.add (local.get 0) (i64.const 3)) (i64.add (local.get 2) (i64.const 3))))
"""


def value(choice, group):
    """One way to compute what a group does."""
    text, other = choice.choice(group), choice.choice(group)
    count = choice.randrange(1, 4)
    form = choice.choice([
        "{0}", "{0}", "{0}", "{0}",
        "(if (result i64) (local.get $c) (then {0}) (else {1}))",
        "(select {0} {1} (local.get $c))",
        "(block (result i64) (br_if 0 {0} (local.get $c)) (drop) {1})",
        "(local.tee $t {0})",
        f"(local.set $n (i32.const {count})) (loop (local.set $t {{0}}) "
        "(br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))) (local.get $t)",
    ])
    return form.format(text, other).format(p="(local.get $p)", q="(i32.sub (local.get $p) (i32.const 4))")


def function(choice, name):
    group = choice.choice(GROUPS)
    first, second, third = (value(choice, group) for _ in range(3))
    body = choice.choice(ALIKE).format(a="(local.get $a)", b="(local.get $b)")
    between = choice.choice(["", "", "(global.set $g (local.get $x)) ", "(drop (call $square (local.get $x))) ",
                             "(i64.store (i32.const 64) (local.get $x)) "])
    second = f"(local.set $b {second})"
    if choice.randrange(4) == 0:
        second = f"(if (local.get $c) (then {second}) (else (local.set $b {third})))"
    return (f'  (func (export "{name}") (param $p i32) (param $x i64) (param $c i32) (result i64)\n'
            f"    (local $a i64) (local $b i64) (local $t i64) (local $n i32)\n"
            f"    (local.set $a {first})\n    {between}{second}\n    {body})\n")


def script(seed, count):
    """The module of a script with `count` functions, and the calls to compare."""
    choice = random.Random(seed)
    module = "(module\n" + HELPERS + "".join(function(choice, f"f{number}") for number in range(count)) + ")"
    calls = []
    for number in range(count):
        for condition in (0, 1):
            # Inside, outside, and with some of the bytes inside.
            addresses = [4096, PAGE, choice.choice([PAGE + 123, PAGE + 4, -16, 1 << 31])]
            for address in addresses + choice.sample(range(PAGE - 8, PAGE), 2):
                calls.append(f'(invoke "f{number}" (i32.const {address}) (i64.const {choice.randrange(100)}) '
                             f"(i32.const {condition}))")
    return module, calls
