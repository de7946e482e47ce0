"""A module in the text format that is large enough for several partitions, for where no large program is at hand."""

FUNCTIONS = 420
ROUNDS = 60


def function(number):
    """A function that computes, touches memory, and calls two others, directly and through the table."""
    following = (number + 1) % FUNCTIONS
    far = (number * 37 + 11) % FUNCTIONS
    lines = [f"  (func $f{number} (type $step) (param $x i32) (param $depth i32) (result i32)",
             "    (if (i32.eqz (local.get $depth)) (then (return (local.get $x))))"]
    for position in range(ROUNDS):
        constant = (number * ROUNDS + position) * 2654435761 % 2**31
        lines.append(f"    (local.set $x (i32.xor (i32.mul (local.get $x) (i32.const {constant | 1})) "
                     f"(i32.load offset={position * 4} (i32.and (local.get $x) (i32.const 4092)))))")
    lines += [f"    (i32.store offset={number * 4} (i32.const 0) (local.get $x))",
              "    (i32.add",
              f"      (call $f{following} (local.get $x) (i32.sub (local.get $depth) (i32.const 1)))",
              f"      (call_indirect (type $step) (local.get $x) (i32.const 0) (i32.const {far}))))"]
    return "\n".join(lines)


def module_text():
    names = " ".join(f"$f{number}" for number in range(FUNCTIONS))
    return "\n".join([
        "(module",
        "  (type $step (func (param i32 i32) (result i32)))",
        '  (memory (export "memory") 1)',
        f"  (table funcref (elem {names}))",
        *(function(number) for number in range(FUNCTIONS)),
        '  (func (export "_start") (drop (call $f0 (i32.const 1) (i32.const 10))))',
        ")", ""])
