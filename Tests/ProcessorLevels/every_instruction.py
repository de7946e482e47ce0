"""A module with a function for each instruction that the back end lowers."""

import re
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "Sources" / "WasmInstructionTable"

# The families whose rows say everything; the others are in OTHERS.
FAMILIES = ["Integer", "Float", "Conversion", "Memory", "Vector"]

# A row: mnemonic, opcode, form, operands, results.
ROW = re.compile(
    r'row\(\s*"([^"]+)",\s*\.\w+\([^)]*\),\s*\.(\w+),\s*in: \[([^\]]*)\](?:,\s*out: \[([^\]]*)\])?', re.DOTALL)

IMMEDIATES = {
    "load": "offset=3", "store": "offset=3", "vectorLoad": "offset=3", "vectorStore": "offset=3",
    "vectorLoadLane": "offset=3 1", "vectorStoreLane": "offset=3 1", "vectorExtractLane": "1", "vectorReplaceLane": "1",
    "vectorShuffle": "31 0 5 9 16 17 3 3 22 8 1 2 30 29 15 7", "i32Const": "7", "i64Const": "7", "f32Const": "1.5",
    "f64Const": "1.5", "v128Const": "i32x4 1 2 3 4",
}

OTHERS = """
(func (export "bulk") (param i32 i32 i32)
  (memory.fill (local.get 0) (local.get 1) (local.get 2))
  (memory.fill (i32.const 8) (i32.const 0) (i32.const 100))
  (memory.copy (local.get 0) (local.get 1) (local.get 2))
  (memory.copy (i32.const 8) (i32.const 1000) (i32.const 100))
  (memory.init $data (local.get 0) (local.get 1) (local.get 2)) (data.drop $data)
  (drop (memory.grow (memory.size))))
(func (export "table") (param i32 i32 i32) (result i32)
  (table.fill $table (local.get 0) (ref.func $callee) (local.get 2))
  (table.copy $table $table (local.get 0) (local.get 1) (local.get 2))
  (table.init $table $elements (local.get 0) (local.get 1) (local.get 2)) (elem.drop $elements)
  (table.set $table (local.get 0) (table.get $table (local.get 1)))
  (drop (table.grow $table (ref.null func) (local.get 0)))
  (i32.add (table.size $table) (ref.is_null (table.get $table (local.get 1)))))
(func $callee (export "calls") (param i64) (result i64)
  (call_ref $type (local.get 0) (ref.func $callee))
  (call_indirect $table (type $type) (i32.wrap_i64 (local.get 0))))
(func (export "tail") (param i64) (result i64)
  (return_call_indirect $table (type $type) (local.get 0) (i32.wrap_i64 (local.get 0))))
(func (export "control") (param i32 f64) (result f64)
  (block (block (block (br_table 0 1 2 (local.get 0))) (unreachable)) (return (f64.const 1)))
  (loop (br_if 0 (i32.eqz (local.get 0))))
  (global.set $global (f64.add (global.get $global) (local.get 1)))
  (select (local.get 1) (global.get $global) (local.get 0)))
"""


def types(text):
    """The types in the list of a row; addresses are those of 32-bit memories."""
    words = (word.strip().lstrip(".") for word in (text or "").split(","))
    return ["i32" if word == "address" else word for word in words if word]


def rows():
    """Mnemonic, form, operands and results of each row."""
    for family in FAMILIES:
        for match in ROW.finditer((TABLE / f"InstructionTable+{family}.swift").read_text()):
            yield match[1], match[2], types(match[3]), types(match[4])


def module_text():
    """The module's text, and the number of rows in it."""
    functions = []
    count = 0
    for mnemonic, form, operands, results in rows():
        if form.startswith(("memory", "data")):
            continue
        count += 1
        arguments = " ".join(f"(local.get {index})" for index in range(len(operands)))
        functions.append(
            f'(func (export "{len(functions)}") (param {" ".join(operands)}) (result {" ".join(results)})'
            f" ({mnemonic} {IMMEDIATES.get(form, '')} {arguments}))")
        if form not in IMMEDIATES and len(results) == 1 and 1 <= len(operands) <= 2 and "v128" not in operands + results:
            # Many numbers in memory: a vectoriser takes the operation for one of long vectors.
            loads = " ".join(f"({type_}.load offset={1024 * index} (local.get 0))"
                             for index, type_ in enumerate(operands))
            functions.append(
                f'(func (export "{len(functions)}") (param i32) (loop'
                f" ({results[0]}.store offset=4096 (local.get 0) ({mnemonic} {loads}))"
                " (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 8))) (i32.const 800)))))")
    body = "\n".join(functions)
    return f"""(module
(type $type (func (param i64) (result i64)))
(memory (export "memory") 1 10)
(table $table 4 funcref)
(global $global (mut f64) (f64.const 0))
(elem $elements func $callee $callee)
(data $data "0123456789")
{body}
{OTHERS})
""", count
