"""Modules of many functions: what is bounded for one function may be too much for a thousand of them."""

from wasm_encoding import CODE, EXPORT, FUNCTION, IMPORT, section, u


def number(content, position):
    """An unsigned number in LEB128, and where it ends."""
    value = shift = 0
    while True:
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position


def sections(module):
    position = 8
    while position < len(module):
        kind = module[position]
        size, position = number(module, position + 1)
        yield kind, module[position:position + size]
        position += size


def tiled(module, size):
    """Repeats the functions of a module until it has about `size` bytes. Copies call what the first ones call.

    What imports functions stays as it is: its functions have other numbers.
    """
    parts = list(sections(module))
    kinds = dict(parts)
    copies = size // len(module)
    if copies < 2 or IMPORT in kinds or CODE not in kinds:
        return module
    count = number(kinds[CODE], 0)[0]
    name = lambda copy: b"copy%d" % copy
    exports = b"".join(u(len(name(copy))) + name(copy) + b"\0" + u(copy * count) for copy in range(1, copies))

    def content(kind):
        entries, start = number(kinds[kind], 0)
        if kind == EXPORT:
            return u(entries + copies - 1) + kinds[kind][start:] + exports
        return u(entries * copies) + kinds[kind][start:] * copies

    return module[:8] + b"".join(
        section(kind, content(kind) if kind in (FUNCTION, EXPORT, CODE) else old) for kind, old in parts)
