"""Random programs of two or three linked modules, for the verdict whether they can be linked.

The library `a` exports one thing, the main module imports it with the same type or with one near it. Sometimes a
module `b` lies between them, which imports the thing with a weaker type and exports it again; sometimes a start
function makes a memory or table grow before the import is looked at.
"""

import random

from types import SimpleNamespace

from type_pool import Definition, Pool, heap_text, is_defaultable, type_text

KINDS = ["function", "global", "global", "table", "table", "memory", "tag"]


class Module:
    """A module's text in the making."""

    def __init__(self, pool):
        self.pool = pool
        self.groups = set()
        self.imports = []
        self.fields = []

    def need(self, heap):
        """Declares a type, and what it refers to."""
        if not isinstance(heap, Definition) or heap.group in self.groups:
            return heap_text(heap)
        self.groups.add(heap.group)
        for definition in self.pool.groups[heap.group]:
            for other in definition.referenced():
                self.need(other)
        return heap_text(heap)

    def value(self, type_):
        if isinstance(type_, tuple):
            self.need(type_[2])
        return type_text(type_)

    def text(self):
        numbers = self.pool.numbers
        for group in self.pool.groups:
            if numbers.random() < 0.4:
                self.need(group[0])
        order, waiting = [], sorted(self.groups)
        numbers.shuffle(waiting)
        while waiting:
            ready = next(group for group in waiting if all(
                other.group in order or other.group == group
                for definition in self.pool.groups[group] for other in definition.referenced()))
            waiting.remove(ready)
            order.append(ready)
        types = []
        for group in order:
            definitions = [definition.text() for definition in self.pool.groups[group]]
            types.append(definitions[0] if len(definitions) == 1 else f"(rec {' '.join(definitions)})")
        return "(module\n  " + "\n  ".join(types + self.imports + self.fields) + ")"

    def initializer(self, type_):
        """A constant expression of the type, or None."""
        if type_ == "v128":
            return "(v128.const i64x2 0 0)"
        if isinstance(type_, str):
            return f"({type_}.const 1)"
        _, nullable, heap = type_
        self.value(type_)
        if nullable and self.pool.numbers.random() < 0.6:
            return f"(ref.null {heap_text(heap)})"
        made = self.made(heap)
        return made or (f"(ref.null {heap_text(heap)})" if nullable else None)

    def made(self, heap):
        """An expression that gives a reference of the heap type, or None."""
        if isinstance(heap, Definition):
            if heap.kind == "func":
                name = f"$f{len(self.fields)}"
                self.fields.append(f"(func {name} (type {heap.name}) unreachable)")
                return f"(ref.func {name})"
            storages = [field[1] for field in (heap.composite[1] if heap.kind == "struct" else heap.composite[1:])]
            if not all(map(is_defaultable, storages)):
                return None
            return (f"(struct.new_default {heap.name})" if heap.kind == "struct"
                    else f"(array.new_default {heap.name} (i32.const 1))")
        if heap in ("any", "eq", "i31"):
            return "(ref.i31 (i32.const 1))"
        if heap == "extern" and self.pool.is_full:
            return "(extern.convert_any (ref.i31 (i32.const 1)))"
        kind = heap if heap in ("struct", "array", "func") else None
        candidates = [definition for definition in self.pool.definitions if definition.kind == kind]
        self.pool.numbers.shuffle(candidates)
        for definition in candidates:
            made = self.made(definition)
            if made:
                self.need(definition)
                return made
        return None


class Item:
    """What is exported or imported: a kind and its type."""

    def __init__(self, kind, **type_):
        self.kind = kind
        self.type = SimpleNamespace(**type_)

    def heaps(self):
        type_ = getattr(self.type, "value", None)
        return [type_[2]] if isinstance(type_, tuple) else []

    def description(self, module):
        """As in an import."""
        type_ = self.type
        if self.kind in ("function", "tag"):
            module.need(type_.function)
            return f"({'func' if self.kind == 'function' else 'tag'} $x (type {type_.function.name}))"
        if self.kind == "global":
            value = module.value(type_.value)
            return f"(global $x {f'(mut {value})' if type_.mutable else value})"
        if self.kind == "table":
            return f"(table $x {limits_text(type_)} {module.value(type_.value)})"
        shared = " shared" if type_.shared else ""
        page = f" (pagesize {type_.page})" if type_.page != 65536 else ""
        return f"(memory $x {limits_text(type_)}{shared}{page})"

    def define(self, module):
        """Adds the definition; False if the type has no value."""
        if self.kind in ("function", "tag"):
            module.need(self.type.function)
            body = " unreachable" if self.kind == "function" else ""
            definition = self.description(module)[:-1] + body + ")"
        else:
            definition = self.description(module)[:-1]
            if self.kind == "global" or self.kind == "table" and not self.type.value[1]:
                made = module.initializer(self.type.value)
                if made is None:
                    return False
                definition += " " + made
            definition += ")"
        module.fields.append(definition)
        return True

    @property
    def keyword(self):
        return "func" if self.kind == "function" else self.kind


def limits_text(type_):
    address = "i64 " if type_.is64 else ""
    return f"{address}{type_.minimum}" + ("" if type_.maximum is None else f" {type_.maximum}")


class Pair:
    """A program by its seed. `text` gives the modules' text by name, the main module last; `grows` says whether its
    verdict shows only when it is run."""

    def __init__(self, seed, is_valid):
        """`is_valid` says whether all modules are: a changed supertype may not fit what is declared below it."""
        self.numbers = random.Random(seed)
        while True:
            self.pool = Pool(self.numbers, is_full=self.numbers.random() < 0.5)
            modules = self.modules()
            if modules:
                self.text = {name: module.text() for name, module in modules.items()}
                if is_valid(self.text):
                    return

    def modules(self):
        item = self.item()
        if item is None:
            return None
        library, main = Module(self.pool), Module(self.pool)
        if not item.define(library):
            return None
        library.fields.append(f'(export "x" ({item.keyword} $x))')
        self.grows = item.kind in ("table", "memory") and self.numbers.random() < 0.3
        if self.grows:
            self.grow(library, item)
        modules = {"a": library}
        provider = "a"
        if self.numbers.random() < 0.25:
            weaker = self.weaker(item)
            between = Module(self.pool)
            between.imports.append(f'(import "a" "x" {weaker.description(between)})')
            between.fields.append(f'(export "x" ({item.keyword} $x))')
            modules["b"] = between
            provider = "b"
        wanted = self.near(item)
        main.imports.append(f'(import "{provider}" "x" {wanted.description(main)})')
        main.fields.append('(func (export "_start"))')
        modules["main"] = main
        return modules

    def grow(self, library, item):
        delta = self.numbers.randint(0, 3)
        address = "i64" if item.type.is64 else "i32"
        if item.kind == "memory":
            call = f"(drop (memory.grow $x ({address}.const {delta})))"
        else:
            # An element's reference comes out of the table itself, where it has one.
            value = item.type.value
            null = f"(ref.null {heap_text(value[2])})" if value[1] else f"(table.get $x ({address}.const 0))"
            call = f"(drop (table.grow $x {null} ({address}.const {delta})))"
            if not value[1] and item.type.minimum == 0:
                return
        library.fields.append(f"(func $grow {call}) (start $grow)")

    # What there is

    def item(self):
        numbers, pool = self.numbers, self.pool
        kind = numbers.choice(KINDS)
        functions = [definition for definition in pool.definitions if definition.kind == "func"]
        if kind == "tag":
            functions = [definition for definition in functions if not definition.composite[2]]
        if kind in ("function", "tag"):
            return Item(kind, function=numbers.choice(functions)) if functions else None
        if kind == "global":
            value = pool.reference() if numbers.random() < 0.8 else numbers.choice(["i32", "i64", "f32", "f64", "v128"])
            return Item(kind, value=value, mutable=numbers.random() < 0.5)
        minimum = numbers.randint(0, 3)
        maximum = numbers.choice([None, minimum, minimum + 1, 10])
        is64 = numbers.random() < 0.2
        if kind == "table":
            return Item(kind, value=pool.reference(), minimum=minimum, maximum=maximum, is64=is64)
        page = numbers.choice([65536, 65536, 1])
        shared = pool.is_full and numbers.random() < 0.2
        return Item(kind, minimum=minimum, maximum=10 if shared else maximum, is64=is64, page=page, shared=shared)

    def near(self, item):
        """The same, or a type near it."""
        numbers, pool = self.numbers, self.pool
        type_ = dict(vars(item.type))
        if numbers.random() < 0.25:
            return Item(item.kind, **type_)
        if item.kind in ("function", "tag"):
            type_["function"] = self.function_near(type_["function"], tag=item.kind == "tag")
            return Item(item.kind, **type_)
        if item.kind == "global":
            if numbers.random() < 0.2:
                type_["mutable"] = not type_["mutable"]
            else:
                type_["value"] = pool.changed(type_["value"])
            return Item(item.kind, **type_)
        if item.kind == "table" and numbers.random() < 0.5:
            type_["value"] = pool.changed(type_["value"])
        else:
            self.change_limits(item.kind, type_)
        return Item(item.kind, **type_)

    def weaker(self, item):
        """A type that often fits, and says less."""
        type_ = dict(vars(item.type))
        if item.kind == "function":
            function = type_["function"]
            if function.supertype:
                type_["function"] = function.supertype
        elif item.kind == "global" and isinstance(type_["value"], tuple) and not type_["mutable"]:
            heap = type_["value"][2]
            if isinstance(heap, Definition):
                heap = "func" if heap.kind == "func" else self.numbers.choice([heap.kind, "any"])
            type_["value"] = ("ref", True, heap)
        elif item.kind in ("table", "memory"):
            type_["minimum"] = 0
            if not type_.get("shared"):
                type_["maximum"] = None
        return Item(item.kind, **type_)

    def function_near(self, function, tag):
        heap = self.pool.neighbour(function)
        usable = isinstance(heap, Definition) and heap.kind == "func" and not (tag and heap.composite[2])
        return heap if usable else function

    def change_limits(self, kind, type_):
        numbers = self.numbers
        choice = numbers.random()
        if choice < 0.35:
            type_["minimum"] = max(0, type_["minimum"] + numbers.choice([-1, 1, 2]))
            if type_["maximum"] is not None:
                type_["maximum"] = max(type_["maximum"], type_["minimum"])
        elif choice < 0.7:
            maxima = [type_["minimum"], type_["minimum"] + 1, 10, 11]
            type_["maximum"] = numbers.choice(maxima if type_.get("shared") else maxima + [None])
        elif choice < 0.85:
            type_["is64"] = not type_["is64"]
        elif kind == "memory" and numbers.random() < 0.5:
            type_["page"] = 1 if type_["page"] == 65536 else 65536
        elif kind == "memory" and self.pool.is_full:
            type_["shared"] = not type_["shared"]
            if type_["shared"] and type_["maximum"] is None:
                type_["maximum"] = 10
