"""LLVM IR as golden tests show it: small, and such that a change of lowering shows in the lines that it changes only.

LLVM counts through functions and files: values, blocks, metadata, attributes. Here values are called by what computes
them (`%load`, the second `%load.2`), functions as in the module, addresses by their memory, traps by their name;
metadata and attributes are replaced by what they stand for. What every function has is left out, and what one lacks of
it is said: `internal fastcc`, `nounwind`, the section `wasmc_text`. A block with one way into it, which ends the block
before, is one with that.
"""

import re
from pathlib import Path

CONTRACT = Path(__file__).resolve().parents[2] / "runtime-c" / "include" / "wasmc"

NODE = re.compile(r"^!(\d+) = (?:distinct )?!(.*)$")
ATTRIBUTES = re.compile(r"^attributes #(\d+) = \{ (.*) \}$")
FUNCTION = re.compile(r"^define .*@\"?wasm\.(?:\d+\.(?:func|initialize)|op)\.")
THUNK = re.compile(r"^define .*@wasm\.(?:\d+\.(?:start|entry|invoke|read|thread)|roots)\b")
DATA = {
    "tables": re.compile(r"^@wasm\.\d+\.(?:table|elem)(?!.*= external)"),
    "globals": re.compile(r"^@wasm\.\d+\.global(?!.*= external)"),
    "segments": re.compile(r"^@wasm\.\d+\.(?:data|memory_segments)(?!.*= external)"),
    "references": re.compile(r"^@wasm\.\d+\.ref\.(?!.*= external)"),
}
# What every function has, whatever it does.
COMMON = {"nounwind", '"no-builtins"', '"no-realign-stack"', '"probe-stack"="inline-asm"', '"stack-probe-size"="4096"'}
SECTION = ' section "wasmc_text"'
# Calls whose last argument is the place in the module, or the one before an element's number.
PLACED = re.compile(
    r'((?:@wasmc_(?:trap|trap_element|table_fill|table_copy|table_init)|@"?wasm\.op\.[^"(]*"?)\()([^)]*)\)')
# A place in a unit of several, which the linker fills in.
PLACE_SYMBOL = re.compile(r'i32 ptrtoint \(ptr @"?wasm\.at\.[\d.]+"? to i32\)')
# What LLVM's passes find out besides.
INFERRED = {"mustprogress", "nofree", "norecurse", "nosync", "willreturn", "nocallback"}


def traps():
    """Names of traps by code."""
    rows = re.findall(r"WASMC_TRAP\((\w+), \w+, (\d+),", (CONTRACT / "traps.def").read_text())
    return {code: name for name, code in rows}


def constant(name):
    return int(re.search(rf"#define {name} (0x[0-9a-fA-F]+)", (CONTRACT / "abi.h").read_text())[1], 16)


TRAPS = traps()
MEMORY_BASE, MEMORY_STRIDE = constant("WASMC_MEMORY_BASE"), constant("WASMC_MEMORY_STRIDE")


class File:
    """The IR of one LLVM module. `names` maps `INSTANCE.INDEX` to what a function is called in its module."""

    def __init__(self, text, names):
        self.lines = text.splitlines()
        self.names = names
        self.nodes = {match[1]: match[2] for match in map(NODE.match, self.lines) if match}
        self.attributes = {match[1]: match[2] for match in map(ATTRIBUTES.match, self.lines) if match}

    def pieces(self, kinds, functions, only):
        """Data, then functions, of the kinds asked for. Of functions: those whose name `functions` matches, with the
        lines that `only` matches."""
        result = []
        for kind in kinds:
            if kind in DATA:
                result += [self.readable(line) for line in self.lines if DATA[kind].match(line)]
        if result:
            result.append("")
        inside = None
        for line in self.lines:
            if "functions" in kinds and FUNCTION.match(line) or "thunks" in kinds and THUNK.match(line):
                inside = []
            if inside is None:
                continue
            inside.append(line)
            if line == "}":
                result += self.function(inside, functions, only)
                inside = None
        return result

    def function(self, lines, functions, only):
        head, blocks = lines[0], parse_blocks(lines[1:-1])
        if not re.search(functions, re.search("@[^(]*", self.readable(head))[0][1:]):
            return []
        merge_blocks(blocks)
        text = [self.readable(line) for line in rename(head, blocks)]
        return text[:1] + [line for line in text[1:] if re.search(only, line)] + ["}", ""]

    # Lines

    def readable(self, line):
        line = re.sub(r",? !(?:dbg|llvm\.loop) !\d+", "", line)
        line = re.sub(r"!tbaa !(\d+)", lambda match: "!tbaa " + self.alias_tag(match[1]), line)
        line = re.sub(r"!prof !(\d+)", lambda match: "!prof " + self.weights(match[1]), line)
        line = re.sub(r"!range !(\d+)", lambda match: "!range " + self.nodes.get(match[1], "?"), line)
        if line.startswith("define "):
            line = self.heading(line)
        line = re.sub(r" #(\d+)(?= |$)", lambda match: attribute_text(self.attributes.get(match[1], "")), line)
        if not line.startswith("define "):
            line = PLACED.sub(readable_call, PLACE_SYMBOL.sub("i32 0", line))
        line = re.sub(r"i64 (\d+) to ptr", lambda match: f"i64 {address(int(match[1]))} to ptr", line)
        line = re.sub(r'@"?wasm\.(op\.[^"(]*)"?', r"@\1", line)
        line = re.sub(r"@wasm\.(\d+)\.(func|ref)\.(\d+)", self.called, line)
        return line.rstrip()

    def called(self, match):
        name = self.names.get(f"{match[1]}.{match[3]}", f"{match[1]}.func.{match[3]}")
        return f"@{name}" if match[2] == "func" else f"@ref.{name}"

    def heading(self, line):
        line = line.replace("define internal ", "define ", 1) if "define internal " in line else (
            line if re.match(r"define (hidden|external) ", line) else line.replace("define ", "define external ", 1))
        line = re.sub(r"\) (local_)?unnamed_addr", ")", line)
        line = line.replace(" fastcc ", " ", 1) if " fastcc " in line else (
            line if re.search(r" \w+cc ", line) else line.replace("define ", "define ccc ", 1))
        number = re.search(r" #(\d+)", line)
        words = attribute_words(self.attributes.get(number[1], "")) if number else []
        missing = sorted(word for word in COMMON if word not in words)
        if THUNK.match(line):
            return line
        if SECTION in line:
            line = line.replace(SECTION, "")
        elif "wasm.op." not in line:
            missing.append("section")
        return line.replace(" {", f" [without {' '.join(missing)}] {{") if missing else line

    def alias_tag(self, number):
        """The name of the type that an access tag names."""
        type_ = re.match(r"\{!(\d+)", self.nodes.get(number, ""))
        name = re.match(r'\{!"([^"]*)"', self.nodes.get(type_[1], "")) if type_ else None
        return name[1] if name else "?"

    def weights(self, number):
        text = self.nodes.get(number, "?")
        return "unlikely" if text == '{!"branch_weights", i32 1, i32 2000}' else text


def readable_call(match):
    arguments = match[2].split(", ")
    place = 1 if "wasmc_trap" in match[1] else len(arguments) - 1
    if "wasmc_trap" in match[1]:
        arguments[0] = re.sub(r"^i32 (\d+)$", lambda code: TRAPS.get(code[1], code[1]), arguments[0])
    if re.match(r"i32 \d+$", arguments[place]):
        arguments[place] = "place"
    return f"{match[1]}{', '.join(arguments)})"


def address(value):
    """An address of the link as its memory and an offset."""
    memory, offset = divmod(value - MEMORY_BASE, MEMORY_STRIDE)
    return f"memory.{memory}" + (f"+{offset}" if offset else "")


def attribute_words(text):
    return re.findall(r'\w+\([^)]*\)|"[^"]*"(?:="[^"]*")?|[^\s"]+', text)


def attribute_text(text):
    words = [word for word in attribute_words(text)
             if word not in COMMON | INFERRED and not re.search(r"-cpu|^memory\(", word)]
    return " [" + " ".join(words) + "]" if words else ""


# Functions


def parse_blocks(lines):
    """Lists of lines without labels, by label, in order."""
    blocks, label = {}, None
    for line in lines:
        match = re.match(r'^([\w.$-]+|"[^"]*"):', line)
        if match:
            label = match[1]
            blocks[label] = []
        elif line.strip():
            if label is None:
                label = "0"
                blocks[label] = []
            blocks[label].append(line)
    return blocks


def successors(block):
    return re.findall(r"label %([\w.$-]+)", "\n".join(block[-1:] if "]" != block[-1].strip() else block))


def merge_blocks(blocks):
    """Joins blocks with the only block that leads to them."""
    while True:
        predecessors = {}
        for label, block in blocks.items():
            for target in successors(block):
                predecessors.setdefault(target, []).append(label)
        for label, block in blocks.items():
            target = re.match(r"  br label %([\w.$-]+)", block[-1])
            if target and predecessors[target[1]] == [label] and target[1] != label:
                join(blocks, label, target[1])
                break
        else:
            return


def join(blocks, first, second):
    renamed, rest = {}, []
    for line in blocks.pop(second):
        # With one way in, a phi is its operand; a vector's commas lie in angle brackets.
        match = re.match(r"  (%\S+) = phi .* \[ (.*), %[\w.$-]+ \]", line)
        if match:
            renamed[match[1]] = match[2]
        else:
            rest.append(line)
    blocks[first] = blocks[first][:-1] + rest
    for label, block in blocks.items():
        lines = [substitute(line, renamed) for line in block]
        # Edges from the second are from the first now.
        blocks[label] = [re.sub(rf"%{re.escape(second)}(?= \])", f"%{first}", line) for line in lines]


def substitute(line, renamed):
    return re.sub(r"%[\w.$-]+", lambda match: renamed.get(match[0], match[0]), line) if renamed else line


BASES = {"getelementptr": "gep", "extractvalue": "extract", "insertvalue": "insert", "extractelement": "lane",
         "insertelement": "with_lane", "shufflevector": "shuffle"}


def rename(head, blocks):
    """The lines of a function, values and blocks called by what they are and how many of them came before."""
    names, used = {}, {}

    def give(old, base):
        used[base] = used.get(base, 0) + 1
        names[old] = base if used[base] == 1 else f"{base}.{used[base]}"

    for parameter in re.findall(r"%(\d+)(?=[,)])", head):
        names[f"%{parameter}"] = f"p{parameter}"
    for label, block in blocks.items():
        give(f"%{label}", re.sub(r"\d+$", "", label) or "block")
        for line in block:
            match = re.match(r"  %([\w.$-]+) = (?:tail |notail |musttail )?(\w+)", line)
            if match:
                base = re.sub(r"[\d.]+$", "", match[1]) or BASES.get(match[2], match[2])
                give(f"%{match[1]}", base)

    def renamed(line):
        return re.sub(r"%[\w.$-]+", lambda match: "%" + names.get(match[0], match[0][1:]), line)

    result = [renamed(head)]
    for number, (label, block) in enumerate(blocks.items()):
        if number:
            result.append(f"{names[f'%{label}']}:")
        result += [renamed(line) for line in block]
    return result
