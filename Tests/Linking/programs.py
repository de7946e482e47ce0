"""Random programs of two linked modules that share functions, globals, a memory and tables, as scripts whose
expectations are the reference engine's results.

The library `a` exports everything that it has; the main module imports some of it, often with a weaker type and with
its types in another order, puts functions of its own where the library calls them, and stores and loads through what is
shared. A counter in the library ends what calls itself.
"""

import random

import wasmtime

from differential import TRAP_PHRASES, arguments_of, constant

FUEL = 30
MEMORY_PAGES = 1
INVOCATIONS = 6

BINARY = ["add", "sub", "mul", "and", "or", "xor", "shl", "shr_u", "rotl", "div_u", "rem_s"]
COMPARE = ["eq", "ne", "lt_s", "gt_u", "le_u"]


class Program:
    def __init__(self, seed):
        self.numbers = random.Random(f"program {seed}")
        count = self.numbers.randint(2, 4)
        self.types = [self.function_type() for _ in range(count)]
        self.library = Side(self, is_main=False)
        self.main = Side(self, is_main=True)
        self.library.build()
        self.main.build()

    def function_type(self):
        def types(most):
            return tuple(self.numbers.choice(["i32", "i64"]) for _ in range(self.numbers.randint(1, most)))
        return types(3), types(2)


class Side:
    """One of both modules."""

    def __init__(self, program, is_main):
        self.program = program
        self.numbers = program.numbers
        self.is_main = is_main
        self.functions = []
        self.fields = []
        self.imports = []
        self.references = []
        self.variables = []
        self.tables = []

    @property
    def prefix(self):
        return "m" if self.is_main else "a"

    def build(self):
        program = self.program
        if self.is_main:
            self.take_imports(program.library)
        else:
            self.fields.append(f'(global $fuel (export "fuel") (mut i32) (i32.const {FUEL}))')
            self.fields.append(f'(memory $memory (export "memory") {MEMORY_PAGES} 4)')
        self.define_functions()
        if not self.is_main:
            self.define_shared()
        for number in range(2):
            self.define_run(number)

    def text(self):
        order = list(range(len(self.program.types)))
        self.numbers.shuffle(order)
        types = ["(type $pad (func (param f32)))"] if self.is_main else []
        for index in order:
            parameters, results = self.program.types[index]
            types.append(f"(type $t{index} (func (param {' '.join(parameters)}) (result {' '.join(results)})))")
        names = [name for name, _ in self.functions if name.startswith("$" + self.prefix)]
        declared = f"(elem declare func {' '.join(names)})"
        return f"(module {' '.join(types + self.imports + self.fields + [declared])})"

    # What both share

    def take_imports(self, library):
        self.imports.append('(import "a" "fuel" (global $fuel (mut i32)))')
        self.imports.append(f'(import "a" "memory" (memory $memory {self.numbers.choice([0, MEMORY_PAGES])} '
                            f'{self.numbers.choice(["4", "5", ""])}))')
        for name, index in library.functions:
            if self.numbers.random() < 0.8:
                self.imports.append(f'(import "a" "{name}" (func {name} (type $t{index})))')
                self.functions.append((name, index))
        for name, index, is_mutable, is_nullable in library.references:
            nullable = is_nullable or not is_mutable and self.numbers.random() < 0.5
            type_ = f"(ref {'null ' if nullable else ''}$t{index})"
            self.imports.append(f'(import "a" "{name}" (global {name} {f"(mut {type_})" if is_mutable else type_}))')
            self.references.append((name, index, is_mutable, nullable))
        for name, type_ in library.variables:
            self.imports.append(f'(import "a" "{name}" (global {name} (mut {type_})))')
            self.variables.append((name, type_))
        for name, index, size in library.tables:
            element = "funcref" if index is None else f"(ref null $t{index})"
            self.imports.append(f'(import "a" "{name}" (table {name} {self.numbers.randint(0, size)} {element}))')
            self.tables.append((name, index, size))

    def define_shared(self):
        numbers = self.numbers
        for number in range(3):
            name, index = numbers.choice(self.functions)
            is_mutable, is_nullable = numbers.random() < 0.5, numbers.random() < 0.5
            type_ = f"(ref {'null ' if is_nullable else ''}$t{index})"
            type_ = f"(mut {type_})" if is_mutable else type_
            self.fields.append(f'(global $r{number} (export "$r{number}") {type_} (ref.func {name}))')
            self.references.append((f"$r{number}", index, is_mutable, is_nullable))
        for number in range(2):
            type_ = numbers.choice(["i32", "i64"])
            self.fields.append(f'(global $v{number} (export "$v{number}") (mut {type_}) ({type_}.const {number}))')
            self.variables.append((f"$v{number}", type_))
        for number, index in enumerate([None, numbers.randrange(len(self.program.types))]):
            size = numbers.randint(2, 5)
            fitting = [name for name, type_ in self.functions if index in (None, type_)]
            element = "funcref" if index is None else f"(ref null $t{index})"
            self.fields.append(f'(table $tab{number} (export "$tab{number}") {size} {element})')
            chosen = [f"(item (ref.func {numbers.choice(fitting)}))" for _ in range(min(size, len(fitting)))]
            self.fields.append(f"(elem (table $tab{number}) (i32.const 0) {element} {' '.join(chosen)})")
            self.tables.append((f"$tab{number}", index, size))

    # Functions

    def define_functions(self):
        numbers = self.numbers
        for index in list(range(len(self.program.types))) + [numbers.randrange(len(self.program.types))]:
            name = f"${self.prefix}{len(self.functions)}"
            parameters, results = self.program.types[index]
            values = [self.expression(type_, parameters, 3) for type_ in results]
            exhausted = " ".join(f"({type_}.const 7)" for type_ in results)
            statements = " ".join(self.statement(parameters) for _ in range(numbers.randint(0, 2)))
            body = (f"(global.set $fuel (i32.sub (global.get $fuel) (i32.const 1))) "
                    f"(if (i32.lt_s (global.get $fuel) (i32.const 0)) (then (return {exhausted}))) "
                    f"{statements} {' '.join(values)}")
            self.fields.append(f'(func {name} (export "{name}") (type $t{index}) {body})')
            # Only now: a function does not call itself directly, which would be all that it does.
            self.functions.append((name, index))

    def define_run(self, number):
        parameters = ("i32", "i64")
        statements = " ".join(self.statement(parameters) for _ in range(self.numbers.randint(1, 4)))
        value = self.expression("i64", parameters, 4)
        self.fields.append(
            f'(func (export "{self.prefix}run{number}") (param i32 i64) (result i64) '
            f"(global.set $fuel (i32.const {FUEL})) {statements} {value})")

    def statement(self, parameters):
        numbers = self.numbers
        choices = ["store"]
        choices += ["variable"] if self.variables else []
        choices += ["reference"] if any(is_mutable for _, _, is_mutable, _ in self.references) else []
        choices += ["table"] if self.tables and self.functions else []
        choice = numbers.choice(choices)
        if choice == "store":
            type_ = numbers.choice(["i32", "i64"])
            return f"({type_}.store {self.address(parameters)} {self.expression(type_, parameters, 2)})"
        if choice == "variable":
            name, type_ = numbers.choice(self.variables)
            return f"(global.set {name} {self.expression(type_, parameters, 2)})"
        if choice == "reference":
            name, index, _, is_nullable = numbers.choice([entry for entry in self.references if entry[2]])
            reference = self.reference(index, is_nullable)
            return f"(global.set {name} {reference})" if reference else "(nop)"
        name, index, size = numbers.choice(self.tables)
        reference = self.reference(index, True)
        return f"(table.set {name} {self.element(parameters, size)} {reference})" if reference else "(nop)"

    def reference(self, index, is_nullable):
        """A reference to a function of the type, of any type without one; or None."""
        fitting = [name for name, type_ in self.functions if index in (None, type_) and name[1] == self.prefix]
        if is_nullable and (not fitting or self.numbers.random() < 0.1):
            return "(ref.null func)" if index is None else f"(ref.null $t{index})"
        return f"(ref.func {self.numbers.choice(fitting)})" if fitting else None

    def address(self, parameters):
        mask = self.numbers.choice([0xFF, 0xFF, 0xFFF, 0x1FFFF])
        return f"(i32.and {self.expression('i32', parameters, 1)} (i32.const {mask}))"

    def element(self, parameters, size):
        divisor = size + self.numbers.choice([0, 0, 0, 1])
        return f"(i32.rem_u {self.expression('i32', parameters, 1)} (i32.const {divisor}))"

    # Expressions

    def expression(self, type_, parameters, depth):
        numbers = self.numbers
        if depth == 0 or numbers.random() < 0.15:
            fitting = [index for index, parameter in enumerate(parameters) if parameter == type_]
            if fitting and numbers.random() < 0.7:
                return f"(local.get {numbers.choice(fitting)})"
            return f"({type_}.const {numbers.choice([0, 1, -1, 3, 8, 255, numbers.getrandbits(31)])})"
        choices = ["binary", "binary", "convert", "load", "size"]
        choices += ["variable"] if any(variable[1] == type_ for variable in self.variables) else []
        calls = [index for index, (_, results) in enumerate(self.program.types) if results[0] == type_]
        choices += ["call"] * 3 if calls else []
        choice = numbers.choice(choices)
        below = lambda wanted: self.expression(wanted, parameters, depth - 1)  # noqa: E731
        if choice == "binary":
            return f"({type_}.{numbers.choice(BINARY)} {below(type_)} {below(type_)})"
        if choice == "convert":
            if type_ == "i64":
                return f"(i64.extend_i32_s {below('i32')})"
            return (f"(i32.wrap_i64 {below('i64')})" if numbers.random() < 0.5
                    else f"(i64.{numbers.choice(COMPARE)} {below('i64')} {below('i64')})")
        if choice == "load":
            return f"({type_}.load {self.address(parameters)})"
        if choice == "size":
            size = numbers.choice(["(memory.size)", "(memory.grow (i32.const 0))"]
                                  + [f"(table.size {name})" for name, _, _ in self.tables])
            return size if type_ == "i32" else f"(i64.extend_i32_u {size})"
        if choice == "variable":
            return f"(global.get {numbers.choice([name for name, kind in self.variables if kind == type_])})"
        return self.call(numbers.choice(calls), parameters, below)

    def call(self, index, parameters, below):
        """A call of the type, of whose results the first is used."""
        numbers = self.numbers
        wanted, results = self.program.types[index]
        arguments = " ".join(below(type_) for type_ in wanted)
        ways = [f"(call {name} {arguments})" for name, type_ in self.functions if type_ == index]
        ways += [f"(call_ref $t{index} {arguments} (global.get {name}))"
                 for name, type_, _, _ in self.references if type_ == index]
        for name, type_, size in self.tables:
            element = self.element(parameters, size)
            if type_ in (None, index):
                ways.append(f"(call_indirect {name} (type $t{index}) {arguments} {element})")
            if type_ == index:
                ways.append(f"(call_ref $t{index} {arguments} (table.get {name} {element}))")
        if not ways:
            return f"({results[0]}.const 5)"
        call = numbers.choice(ways)
        # Further results lie above the first.
        drops = " ".join("(drop)" for _ in results[1:])
        return f"(block (result {results[0]}) {call} {drops})" if drops else call


def phrase(trap):
    code = trap.trap_code.name
    if code == "TABLE_OUT_OF_BOUNDS":
        # `table.get` and `call_indirect` have the same code here.
        return ""
    if code == "INDIRECT_CALL_TO_NULL":
        return "uninitialized element"
    return TRAP_PHRASES.get(code) or ""


def write_program(engine, seed):
    """The commands of a program, one a line."""
    program = Program(seed)
    texts = {"a": program.library.text(), "m": program.main.text()}
    store = wasmtime.Store(engine)
    linker = wasmtime.Linker(engine)
    instances = {}
    lines = []
    for name, text in texts.items():
        instances[name] = linker.instantiate(store, wasmtime.Module(engine, text))
        linker.define_instance(store, name, instances[name])
        unique = f"{name}{seed}"
        lines.append(text.replace("(module ", f"(module ${unique} ", 1))
        lines.append(f'(register "{name}" ${unique})')
    for _ in range(INVOCATIONS):
        for side in ("a", "m"):
            for number in range(2):
                lines.append(invocation(store, instances[side], f"{side}run{number}", f"${side}{seed}", program.numbers))
    return lines


def invocation(store, instance, name, module, numbers):
    arguments = arguments_of(["i32", "i64"], numbers)
    text = " ".join(constant(*pair) for pair in zip(["i32", "i64"], arguments))
    action = f'(invoke {module} "{name}" {text})'
    try:
        return f"(assert_return {action} {constant('i64', instance.exports(store)[name](store, *arguments))})"
    except wasmtime.Trap as trap:
        return f'(assert_trap {action} "{phrase(trap)}")'
