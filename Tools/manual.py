#!/usr/bin/env python3
"""manual.py WASMC DIRECTORY - writes the manual's pages, wasmc.1 and one for each command, to DIRECTORY.

Commands and options are read from what the compiler says about itself (`--experimental-dump-help`), so that a page has
what `--help` has. The format is mdoc(7). The date is that of SOURCE_DATE_EPOCH, and nothing else of a page depends on
when or where it is made.
"""
import json
import os
import re
import subprocess
import sys
import time

ENVIRONMENT = [
    ("WASMC_GRANTS", "What an executable that wasmc made is granted by who starts it, in the words of the options under "
     "GRANTS in wasmc-run(1). Blanks, tabs and line ends separate words. Between single quotes all is literal; between "
     "double quotes a backslash takes the meaning from a double quote, a backslash, a dollar sign, a backquote and a line "
     "end; elsewhere from any byte. Nothing is expanded."),
    ("WASMC_LLD", "The linker, the path of an ld.lld. Without it that of LLVM 22 is used, or an ld.lld in PATH."),
    ("WASMC_LIBRARY_PATH", "The directory with the runtimes, in which there is one directory for each target. Without "
     "it, lib/wasmc below the prefix in which wasmc is installed."),
    ("WASMC_CACHE", "The directory of the cache, or the word off. Without it, wasmc in XDG_CACHE_HOME, else .cache/wasmc in "
     "HOME."),
    ("WASMC_CACHE_SIZE", "How large the cache may become, a size as --cache-size has it."),
    ("NO_COLOR", "Set to anything, messages have no colours, unless --color says so."),
]
# Defaults that differ from machine to machine, by the option's name: a page is the same everywhere.
MACHINE_DEFAULTS = {"jobs": "the number of processors"}
EXAMPLES = [
    ("Compile a program, and run it with the directory data to read:",
     "wasmc build app.wasm\nWASMC_GRANTS='--dir data::ro' ./app data/input.txt"),
    ("The same in one step:", "wasmc run --dir data::ro app.wasm data/input.txt"),
]


def exit_statuses():
    """The rows of README's table of exit statuses."""
    with open(os.path.join(os.path.dirname(__file__), "..", "README.md"), encoding="utf-8") as file:
        table = file.read().partition("| status | what |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines()]
    if not rows:
        raise SystemExit("manual.py: README.md has no table of exit statuses")
    return [(status, what[0].upper() + what[1:] + ".") for status, what in rows]


def escaped(text):
    """Text in which roff sees nothing of its own."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("`", "\\(ga")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def argument(word):
    """One argument of a macro: never itself taken for a macro or for punctuation."""
    return '"' + "\\&" + escaped(word) + '"'


def sentences(text):
    """Lines of running text, a sentence each, as mdoc has it; `code` in bold."""
    lines = []
    for line in re.split(r"(?<=[a-z)`][.:?]) +(?=[A-Z`])|\n+", text.strip()):
        pieces = line.split("`")
        marked = [escaped(piece) if number % 2 == 0 else "\\fB" + escaped(piece) + "\\fR"
                  for number, piece in enumerate(pieces)]
        joined = "".join(marked)
        lines.append("\\&" + joined if joined[:1] in (".", "'") else joined)
    return lines


def title(command):
    """The page of a command, by its own name and those of the commands above it."""
    return "-".join(command.get("superCommands", []) + [command["commandName"]])


def flags(name):
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def usage(item):
    """What stands in the synopsis for an argument, without brackets."""
    if item["kind"] == "positional":
        words = ["Ar", argument(item["valueName"])]
        return words + (["..."] if item["isRepeating"] else [])
    words = ["Fl", argument(flags(item["preferredName"])[1:])]
    return words + (["Ar", argument(item["valueName"])] if item["kind"] == "option" else [])


def synopsis(command):
    lines = []
    for name in command.get("superCommands", []) + [command["commandName"]]:
        lines.append(".Nm wasmc" if not lines else ".Cm " + argument(name))
    for item in shown(command):
        if item["isOptional"]:
            lines.append(".Op " + " ".join(usage(item)))
        else:
            lines.append("." + " ".join(usage(item)))
    if command.get("subcommands"):
        lines += [".Ar command", ".Op Ar options"]
    return lines


def shown(command):
    return [item for item in command.get("arguments", []) if item["shouldDisplay"]]


def item_lines(item):
    if item["kind"] == "positional":
        head = ".It Ar " + argument(item["valueName"]) + (" ..." if item["isRepeating"] else "")
    else:
        names = " , ".join("Fl " + argument(flags(name)[1:]) for name in item["names"])
        head = ".It " + names + (" Ar " + argument(item["valueName"]) if item["kind"] == "option" else "")
    lines = [head] + sentences(item.get("abstract", "")) + sentences(item.get("discussion") or "")
    values, default = item.get("allValues"), item.get("defaultValue")
    if values and not all(re.search(rf"\b{re.escape(value)}\b", item.get("abstract", "")) for value in values):
        lines += sentences("One of " + ", ".join(f"`{value}`" for value in values) + ".")
    if default:
        machine = MACHINE_DEFAULTS.get(item.get("preferredName", {}).get("name"))
        lines += sentences(f"The default is {machine}." if machine else f"The default is `{default}`.")
    if item["isRepeating"] and item["kind"] == "option":
        lines += ["It may be given several times."]
    return [line for line in lines if line]


def option_sections(command):
    """Arguments by the title of their group, in the order of the first of each."""
    groups = {}
    for item in shown(command):
        default = "ARGUMENTS" if item["kind"] == "positional" else "OPTIONS"
        groups.setdefault(item.get("sectionTitle", default).upper(), []).append(item)
    lines = []
    for name, items in groups.items():
        lines += [".Sh " + name, ".Bl -tag -width Ds"]
        for item in items:
            lines += item_lines(item)
        lines.append(".El")
    return lines


def literal_list(pairs, macro):
    lines = [".Bl -tag -width Ds"]
    for name, text in pairs:
        lines += [f".It {macro} {argument(name)}"] + sentences(text)
    return lines + [".El"]


def page(command, date, version, others):
    name = title(command)
    lines = [f".Dd {date}", f".Dt {name.upper()} 1", f".Os wasmc {version}", ".Sh NAME", f".Nm {name}",
             ".Nd " + escaped(command["abstract"].rstrip(".")), ".Sh SYNOPSIS"]
    lines += synopsis(command)
    is_root = bool(command.get("subcommands"))
    if command.get("discussion") or is_root:
        lines.append(".Sh DESCRIPTION")
        lines += sentences(command.get("discussion") or command["abstract"])
    if is_root:
        lines += [".Pp", "The commands, each with a page of its own:"]
        lines += literal_list([(sub["commandName"], sub["abstract"]) for sub in subcommands(command)], "Cm")
    lines += option_sections(command)
    if is_root:
        lines += [".Sh ENVIRONMENT"] + literal_list(ENVIRONMENT, "Ev")
        lines += [".Sh EXIT STATUS"] + literal_list(exit_statuses(), "Li")
        lines.append(".Sh EXAMPLES")
        for number, (text, code) in enumerate(EXAMPLES):
            lines += [".Pp"] * (number > 0) + [text, ".Bd -literal -offset indent"] + escaped(code).split("\n") + [".Ed"]
    lines.append(".Sh SEE ALSO")
    names = sorted(other for other in others if other != name)
    lines += [f".Xr {other} 1" + (" ," if other != names[-1] else "") for other in names]
    return "\n".join(lines) + "\n"


def subcommands(command):
    """Those with a page: `help` is the argument parser's own."""
    return [sub for sub in command.get("subcommands", []) if sub.get("shouldDisplay", True)
            and sub["commandName"] != "help"]


def main():
    wasmc, directory = sys.argv[1:]

    def ask(option):
        return subprocess.run([wasmc, option], check=True, capture_output=True, text=True).stdout

    root = json.loads(ask("--experimental-dump-help"))["command"]
    version = ask("--version").split()[1].rstrip(",;")
    date = time.strftime("%B %-d, %Y", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0"))))
    commands = [root] + subcommands(root)
    names = [title(command) for command in commands]
    os.makedirs(directory, exist_ok=True)
    for command in commands:
        with open(os.path.join(directory, title(command) + ".1"), "w", encoding="utf-8") as file:
            file.write(page(command, date, version, names))


main()
