"""gdb: pointers of the guest.

A pointer of the guest is a number that counts from where its memory lies. In the debug information it is a structure
{ guest_address_BASE __guest; static T __target; }. With this, `p->x`, `*p`, `p[2]`, `p + 1` and `$guest(p)` mean what they
mean in the source, and a `char *` is printed with its text.

An executable made with `wasmc build -g` holds this script. gdb runs it if it may:

    gdb -iex 'add-auto-load-safe-path PROGRAM' PROGRAM
"""

import gdb
import gdb.printing
import gdb.xmethod

PREFIX = "guest_address_"


def is_guest(kind):
    """Whether a type is that of a pointer of the guest."""
    kind = kind.strip_typedefs()
    if kind.code != gdb.TYPE_CODE_STRUCT:
        return False
    fields = kind.fields()
    return len(fields) == 2 and fields[0].name == "__guest" and (fields[0].type.name or "").startswith(PREFIX)


def target(kind):
    return kind.strip_typedefs().fields()[1].type


def host(pointer, count=0):
    """The pointer as one of the host's."""
    if pointer.type.code in (gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_REF):
        pointer = pointer.dereference() if pointer.type.code == gdb.TYPE_CODE_PTR else pointer.referenced_value()
    base = int(pointer.type.strip_typedefs().fields()[0].type.name[len(PREFIX):], 16)
    return gdb.Value(base + int(pointer["__guest"])).cast(target(pointer.type).pointer()) + count


class Operator(gdb.xmethod.XMethodWorker):
    def __init__(self, name, kind):
        self.name, self.kind = name, kind

    def get_arg_types(self):
        return [gdb.lookup_type("long")] if self.name in ("operator[]", "operator+") else None

    def get_result_type(self, *_):
        return target(self.kind) if self.name in ("operator*", "operator[]") else target(self.kind).pointer()

    def __call__(self, pointer, *count):
        result = host(pointer, int(count[0]) if count else 0)
        return result.dereference() if self.name in ("operator*", "operator[]") else result


class Operators(gdb.xmethod.XMethodMatcher):
    def __init__(self):
        super().__init__("pointers of the guest")
        self.methods = []

    def match(self, kind, name):
        if name in ("operator*", "operator->", "operator[]", "operator+") and is_guest(kind):
            return Operator(name, kind)
        return None


class Printer:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        number = int(self.value["__guest"])
        text = f"({self.value.type.strip_typedefs().name}) {number:#x}"
        kind = target(self.value.type).unqualified().strip_typedefs()
        if number and kind.code in (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_CHAR) and kind.sizeof == 1:
            try:
                text += " " + host(self.value).format_string(address=False)
            except gdb.error:
                pass
        return text


class Follow(gdb.Function):
    """$guest(POINTER): a pointer of the guest as one of the host's."""

    def __init__(self):
        super().__init__("guest")

    def invoke(self, pointer):
        return host(pointer)


def printer(value):
    return Printer(value) if is_guest(value.type) else None


def register():
    if getattr(gdb, "wasmc_guest_pointers", False):
        return
    gdb.wasmc_guest_pointers = True
    gdb.pretty_printers.append(printer)
    gdb.xmethod.register_xmethod_matcher(None, Operators(), replace=True)
    Follow()


register()
