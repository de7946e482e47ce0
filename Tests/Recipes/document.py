"""The code in a document: files to write, commands to run, and what these print.

A fenced block is a file when the text before it ends with its name, "`words.c`:". A block of `sh` is a script; a block of
`text` right behind it is what the script prints. An indented block with lines that begin with `$ ` is a session: what
stands between two commands is what the first prints.
"""
import re
from dataclasses import dataclass, field

NAME = re.compile(r"`([^`]+)`(, with (?:`[^`]+`|[^`.])*)?:$")
INDENT = "    "


@dataclass
class Section:
    title: str
    files: dict = field(default_factory=dict)  # name: contents
    needs: list = field(default_factory=list)  # names of files of earlier sections
    scripts: list = field(default_factory=list)  # (script, expected output)
    sessions: list = field(default_factory=list)  # lists of (command, expected output)


def read(path):
    """The sections of a document, by second-level headings."""
    lines = path.read_text(encoding="utf-8").split("\n")
    sections = [Section("")]
    before = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("## "):
            sections.append(Section(line[3:].strip()))
            before = ""
        elif line.startswith("```"):
            end = lines.index("```", at + 1)
            add(sections[-1], line[3:], "\n".join(lines[at + 1:end]) + "\n", before)
            before, at = "", end
        elif line.startswith(INDENT + "$ "):
            end = next((n for n in range(at, len(lines)) if lines[n] and not lines[n].startswith(INDENT)), len(lines))
            sections[-1].sessions.append(session([text[len(INDENT):] for text in lines[at:end]]))
            at = end - 1
        elif line:
            before += " " + line
        elif not lines[at + 1:at + 2] or not lines[at + 1].startswith("```"):
            before = ""
        at += 1
    return sections


def add(section, language, contents, before):
    name = NAME.search(before)
    if name:
        section.files[name.group(1)] = contents
        section.needs += re.findall(r"`([^`]+)`", name.group(2) or "")
    elif language == "sh":
        section.scripts.append((contents, ""))
    elif language == "text" and section.scripts:
        section.scripts[-1] = (section.scripts[-1][0], contents)
    else:
        raise SystemExit(f"{section.title}: a block of {language or 'nothing'} that is no file, script or output")


def session(lines):
    commands = []
    for line in lines:
        if line.startswith("$ "):
            # What is behind two blanks and a # is a remark.
            commands.append([re.sub(r"  +# .*", "", line[2:]), ""])
        else:
            commands[-1][1] += line + "\n"
    # A blank line before the next command is the document's.
    return [(command, output.rstrip("\n") + "\n" if output.strip() else "") for command, output in commands]
