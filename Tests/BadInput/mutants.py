"""Damaged modules: a module that lacks its end, or that has one bit flipped.

Offsets are pseudo-random from a fixed seed and the module's name, so that each run has the same mutants.
"""

import random
from dataclasses import dataclass
from pathlib import Path

SEED = 20220419

MAGIC = b"\0asm"
HEADER_BYTES = 8

# Sections whose contents decide no code: most flips there make another valid module.
CUSTOM_SECTION = 0
DATA_SECTION = 11


@dataclass(frozen=True)
class Section:
    """`start` is the offset of the section's id, `end` the offset behind its contents."""

    id: int
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """An undamaged module."""

    name: str
    path: Path
    content: bytes

    @property
    def is_binary(self):
        return self.content.startswith(MAGIC)

    def random(self, purpose):
        # A string seeds by its bytes, not by Python's salted hash.
        return random.Random(f"{SEED} {purpose} {self.name}")


@dataclass(frozen=True)
class Mutant:
    """A damaged module. `bit` is None for a module that ends at `offset`, else the bit flipped there."""

    source: Source
    offset: int
    bit: int | None
    # Whether the module ends where a section does, and may be valid without the others.
    is_section_boundary: bool = False

    @property
    def file_name(self):
        suffix = ".wasm" if self.source.is_binary else ".wat"
        damage = f"cut-{self.offset}" if self.bit is None else f"flip-{self.offset}-{self.bit}"
        return f"{self.source.name}-{damage}{suffix}"

    @property
    def content(self):
        if self.bit is None:
            return self.source.content[:self.offset]
        content = bytearray(self.source.content)
        content[self.offset] ^= 1 << self.bit
        return bytes(content)

    @property
    def must_be_malformed(self):
        """A section's size says where it ends, so that nothing else can follow from the end of the input."""
        return self.bit is None and self.source.is_binary and not self.is_section_boundary


def read_leb128(content, offset):
    """(value, offset behind it) of an unsigned LEB128 number. The module is a valid one."""
    value = shift = 0
    while True:
        byte = content[offset]
        value |= (byte & 0x7F) << shift
        offset += 1
        shift += 7
        if byte < 0x80:
            return value, offset


def sections(content):
    found = []
    offset = HEADER_BYTES
    while offset < len(content):
        size, contents = read_leb128(content, offset + 1)
        found.append(Section(content[offset], offset, contents + size))
        offset = contents + size
    return found


def cuts(source, count):
    """The module cut at every section boundary, and at `count` other offsets (all of them when it has fewer)."""
    size = len(source.content)
    boundaries = {HEADER_BYTES} | {section.end for section in sections(source.content)} if source.is_binary else set()
    boundaries.discard(size)
    others = [offset for offset in range(size) if offset not in boundaries]
    if len(others) > count:
        others = source.random("cut").sample(others, count)
    return [Mutant(source, offset, None, True) for offset in sorted(boundaries)] + \
        [Mutant(source, offset, None) for offset in sorted(others)]


def flips(source, count):
    """The module with one bit flipped, `count` times: three in four where types, code and the like are."""
    chooser = source.random("flip")
    size = len(source.content)
    structure = [range(0, size)]
    if source.is_binary:
        structure = [range(section.start, section.end) for section in sections(source.content)
                     if section.id not in (CUSTOM_SECTION, DATA_SECTION)]
    weights = [len(span) for span in structure]
    chosen = set()
    # A tiny module has fewer bits than that.
    count = min(count, 4 * size)
    while len(chosen) < count:
        if structure and chooser.randrange(4) > 0:
            offset = chooser.choice(chooser.choices(structure, weights)[0])
        else:
            offset = chooser.randrange(size)
        chosen.add((offset, chooser.randrange(8)))
    return [Mutant(source, offset, bit) for offset, bit in sorted(chosen)]
