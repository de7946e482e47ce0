"""Random types for pairs of modules: recursive groups, and groups that differ from them in one place.

A pool holds groups of definitions. Each module declares those groups that it needs and some that it does not, in an
order of its own, so that the same type has another index in each. Value types are strings (`i32`), or tuples
`("ref", is_nullable, heap)` whose heap is an abstract type's keyword or a `Definition`.
"""

NUMBERS = ["i32", "i64", "f32", "f64"]
FUNCTION_HEAPS = ["func", "nofunc"]
OTHER_HEAPS = ["extern", "noextern", "any", "eq", "i31", "struct", "array", "none", "exn", "noexn"]


class Definition:
    """A type: its supertype or None, and one of ("func", parameters, results), ("struct", fields), ("array", field).

    A field is (is_mutable, storage).
    """

    def __init__(self, is_final, supertype, composite):
        self.is_final = is_final
        self.supertype = supertype
        self.composite = composite
        self.group = None
        self.name = None

    @property
    def kind(self):
        return self.composite[0]

    def referenced(self):
        """Definitions that this one names."""
        result = [self.supertype] if self.supertype else []
        kind, *rest = self.composite
        types = rest[0] + rest[1] if kind == "func" else [field[1] for field in (rest[0] if kind == "struct" else rest)]
        return result + [type_[2] for type_ in types if isinstance(type_, tuple) and isinstance(type_[2], Definition)]

    def text(self):
        kind, *rest = self.composite
        if kind == "func":
            body = "(func (param {}) (result {}))".format(*(" ".join(map(type_text, types)) for types in rest))
        elif kind == "struct":
            body = "(struct {})".format(" ".join(f"(field {field_text(field)})" for field in rest[0]))
        else:
            body = f"(array {field_text(rest[0])})"
        if self.is_final and not self.supertype:
            return f"(type {self.name} {body})"
        supertype = self.supertype.name if self.supertype else ""
        return f"(type {self.name} (sub {'final ' if self.is_final else ''}{supertype} {body}))"


def heap_text(heap):
    return heap.name if isinstance(heap, Definition) else heap


def type_text(type_):
    if isinstance(type_, str):
        return type_
    return f"(ref {'null ' if type_[1] else ''}{heap_text(type_[2])})"


def field_text(field):
    is_mutable, storage = field
    return f"(mut {type_text(storage)})" if is_mutable else type_text(storage)


def is_defaultable(type_):
    return isinstance(type_, str) or type_[1]


class Pool:
    """Groups of definitions. Without `is_full` they are what native code has: single final function types."""

    def __init__(self, numbers, is_full):
        self.numbers = numbers
        self.is_full = is_full
        self.groups = []
        for _ in range(numbers.randint(2, 6)):
            self.add(self.new_group())
        for group in list(self.groups):
            if numbers.random() < 0.6:
                self.add(self.variant(group))

    @property
    def definitions(self):
        return [definition for group in self.groups for definition in group]

    def add(self, group):
        number = len(self.groups)
        for position, definition in enumerate(group):
            definition.group = number
            definition.name = f"$t{number}_{position}"
        self.groups.append(group)

    def new_group(self):
        group = []
        size = self.numbers.choice([1, 1, 2, 3]) if self.is_full else 1
        for _ in range(size):
            group.append(self.new_definition(group))
        return group

    def new_definition(self, group):
        numbers = self.numbers
        known = self.definitions + group
        open_types = [definition for definition in known if not definition.is_final]
        is_final = not self.is_full or numbers.random() < 0.6
        if open_types and numbers.random() < 0.5:
            supertype = numbers.choice(open_types)
            return Definition(is_final, supertype, self.below(supertype.composite, known))
        kind = numbers.choice(["func", "func", "struct", "array"]) if self.is_full else "func"
        if kind == "func":
            composite = ("func", self.types(known, 3), self.types(known, 2))
        elif kind == "struct":
            composite = ("struct", [self.field(known) for _ in range(numbers.randint(0, 3))])
        else:
            composite = ("array", self.field(known))
        return Definition(is_final, None, composite)

    def below(self, composite, known):
        """A composite type that may be declared below `composite`."""
        if composite[0] == "struct":
            extra = [self.field(known) for _ in range(self.numbers.randint(0, 2))]
            return ("struct", list(composite[1]) + extra)
        if composite[0] == "func":
            def narrow(type_):
                return ("ref", False, type_[2]) if isinstance(type_, tuple) else type_
            results = [narrow(type_) if self.numbers.random() < 0.5 else type_ for type_ in composite[2]]
            return ("func", list(composite[1]), results)
        return composite

    def field(self, known):
        storage = self.numbers.choice(["i8", "i16", None, None, None])
        return (self.numbers.random() < 0.5, storage or self.type(known))

    def types(self, known, most):
        return [self.type(known) for _ in range(self.numbers.randint(0, most))]

    def type(self, known):
        if self.numbers.random() < 0.5:
            return self.numbers.choice(NUMBERS)
        return self.reference(known)

    def reference(self, known=None):
        known = self.definitions if known is None else known
        heaps = FUNCTION_HEAPS + OTHER_HEAPS if self.is_full else ["func", "extern"]
        heap = self.numbers.choice(known) if known and self.numbers.random() < 0.6 else self.numbers.choice(heaps)
        return ("ref", self.numbers.random() < 0.6, heap)

    def variant(self, group):
        """A copy of a group that may differ in one place."""
        copies = {}
        for definition in group:
            copies[definition] = Definition(definition.is_final, None, None)
        def renamed(type_):
            if isinstance(type_, tuple) and type_[2] in copies:
                return (type_[0], type_[1], copies[type_[2]])
            return type_
        for definition, copy in copies.items():
            copy.supertype = copies.get(definition.supertype, definition.supertype)
            kind, *rest = definition.composite
            if kind == "func":
                copy.composite = (kind, [renamed(type_) for type_ in rest[0]], [renamed(type_) for type_ in rest[1]])
            elif kind == "struct":
                copy.composite = (kind, [(mutable, renamed(storage)) for mutable, storage in rest[0]])
            else:
                copy.composite = (kind, (rest[0][0], renamed(rest[0][1])))
        result = list(copies.values())
        if self.numbers.random() < 0.7:
            self.change(self.numbers.choice(result), result)
        return result

    def change(self, definition, group):
        numbers = self.numbers
        kind, *rest = definition.composite
        if self.is_full and numbers.random() < 0.2:
            group.append(Definition(True, None, ("func", [], [])))
        elif self.is_full and numbers.random() < 0.2:
            definition.is_final = not definition.is_final
        elif kind == "func":
            lists = [list(rest[0]), list(rest[1])]
            chosen = numbers.choice(lists)
            if chosen and numbers.random() < 0.7:
                position = numbers.randrange(len(chosen))
                chosen[position] = self.changed(chosen[position])
            else:
                chosen.append("i32")
            definition.composite = ("func", *lists)
        elif kind == "struct" and rest[0]:
            fields = list(rest[0])
            position = numbers.randrange(len(fields))
            fields[position] = self.changed_field(fields[position])
            definition.composite = ("struct", fields)
        elif kind == "array":
            definition.composite = ("array", self.changed_field(rest[0]))

    def changed_field(self, field):
        if self.numbers.random() < 0.5:
            return (not field[0], field[1])
        return (field[0], "i8" if field[1] == "i16" else "i16" if field[1] == "i8" else self.changed(field[1]))

    def changed(self, type_):
        """A type near `type_`, or `type_`."""
        if isinstance(type_, str):
            return self.numbers.choice(NUMBERS)
        nullable, heap = type_[1], type_[2]
        choice = self.numbers.random()
        if choice < 0.3:
            return ("ref", not nullable, heap)
        if choice < 0.6:
            return ("ref", nullable, self.neighbour(heap))
        return type_ if choice < 0.8 else self.reference()

    def neighbour(self, heap):
        """A heap type in the same hierarchy, or a definition that resembles this one."""
        if isinstance(heap, Definition):
            position = self.groups[heap.group].index(heap) if heap.group is not None else 0
            alike = [group[position] for group in self.groups if position < len(group)]
            above = [heap.supertype] if heap.supertype else []
            tops = {"func": ["func"], "struct": ["struct", "eq", "any"], "array": ["array", "eq", "any"]}[heap.kind]
            below = [definition for definition in self.definitions if definition.supertype is heap]
            bottoms = (["nofunc"] if heap.kind == "func" else ["none"]) if self.is_full else []
            tops = tops if self.is_full or heap.kind == "func" else []
            return self.numbers.choice(alike + above + tops + bottoms + below)
        if not self.is_full:
            alike = [definition for definition in self.definitions] + ["func"] if heap == "func" else ["extern"]
        else:
            families = [["func", "nofunc"], ["extern", "noextern"], ["exn", "noexn"],
                        ["any", "eq", "i31", "struct", "array", "none"]]
            alike = next(list(family) for family in families if heap in family)
            kinds = {"func": ("func",), "any": ("struct", "array")}.get(alike[0], ())
            alike += [definition for definition in self.definitions if definition.kind in kinds]
        return self.numbers.choice(alike)
