#!/usr/bin/env python3
"""Completion in the real shells: bash, zsh and fish.

    completion.py --wasmc PATH

A shell that is not installed is left out, with a line that says so.
"""

import argparse
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile

TIMEOUT_S = 60
# The line, and words that are offered, in this order; words that are not.
CASES = [
    ("wasmc ", ["build", "run", "inspect", "completion"], ["__complete"]),
    ("wasmc bu", ["build"], ["run"]),
    ("wasmc help in", ["inspect"], []),
    ("wasmc build --em", ["--emit"], ["--env"]),
    ("wasmc build --fu", [], ["--fuel"]),
    ("wasmc build --emit ", ["exe", "obj", "asm", "llvm-ir", "llvm-bc", "units"], ["data/"]),
    ("wasmc build --emit obj,l", ["obj,llvm-ir", "obj,llvm-bc"], []),
    ("wasmc build --emit=o", ["--emit=obj"], []),
    ("wasmc build --target-cpu x86-64-v", ["x86-64-v2", "x86-64-v3", "x86-64-v4"], []),
    ("wasmc build --target-feature +avx51", ["+avx512f"], []),
    ("wasmc build --bounds ", ["guard", "explicit"], []),
    ("wasmc run --seal ", ["auto", "require", "log", "off"], []),
    ("wasmc completion ", ["bash", "zsh", "fish"], []),
    # Modules before other files.
    ("wasmc build m", ["module.wasm", "module.wat"], []),
    ("wasmc validate module.wasm ", ["module.wasm", "module.wat", "data/"], []),
    ("wasmc inspect data/", ["data/inner.wasm"], []),
    ("wasmc run --dir ", ["data/"], ["module.wasm", "notes"]),
    ("wasmc run --dir=d", ["--dir=data/"], []),
    ("wasmc run --preload lib=m", ["lib=module.wasm", "lib=module.wat"], []),
    ("wasmc run --config w", ["wasmc.toml"], []),
    ("wasmc wast s", ["script.wast"], []),
    # The program's own arguments are files.
    ("wasmc run module.wasm no", ["notes"], ["--dir"]),
    ("wasmc run module.wasm --d", [], ["--dir"]),
    ("wasmc nonsense ", [], ["build"]),
]
# Keys in bash, and the words that come of them.
KEYS = [
    ("wasmc bui\t--em\tobj mod\tt", ["wasmc", "build", "--emit", "obj", "module.wat"]),
    ("wasmc build --emit=ob\tmodule.wat", ["wasmc", "build", "--emit=obj", "module.wat"]),
    ("wasmc run --dir da\tx", ["wasmc", "run", "--dir", "data/x"]),
    ("wasmc run --dir=da\tx", ["wasmc", "run", "--dir=data/x"]),
    ("wasmc run --preload lib=data/i\tx", ["wasmc", "run", "--preload", "lib=data/inner.wasm", "x"]),
    ("wasmc inspect my\tx", ["wasmc", "inspect", "my file", "x"]),
]
FILES = ["module.wasm", "module.wat", "notes", "script.wast", "wasmc.toml", "data/inner.wasm", "my file"]

BASH = r"""
source <(wasmc completion bash)
complete_line() {
    # Words as readline cuts them.
    local line=$1 i
    COMP_LINE=$line COMP_POINT=${#line}
    mapfile -t COMP_WORDS < <(python3 -c '
import re, sys
line = sys.argv[1]
words = re.findall(r"[=:]+|[^\s=:]+", line)
if line[-1:].isspace(): words.append("")
print("\n".join(words))' "$line")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _wasmc
    for i in "${!COMPREPLY[@]}"; do
        if [[ -d ${COMPREPLY[i]} ]]; then echo "${COMPREPLY[i]%/}/"; else echo "${COMPREPLY[i]}"; fi
    done
}
complete_line "$1"
"""

FISH = r"""
wasmc completion fish | source
complete -C "$argv[1]"
"""

# zsh completes on a terminal of its own. Each match is written between marks, with what completion puts before it.
ZSH = r"""
autoload -U compinit && compinit -u -d "$HOME/dump"
source <(wasmc completion zsh)
zstyle ':completion:*' list-grouped false
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
    local -a found
    local prefix=$IPREFIX suffix
    zparseopts -E -a rest P:=path_prefix p:=hidden_prefix S:=path_suffix
    builtin compadd -O found "$@"
    local word
    for word in "${found[@]}"; do
        [[ -d $hidden_prefix[2]$word ]] && suffix=/ || suffix=
        print -r -- "<match>$IPREFIX$hidden_prefix[2]$word$suffix</match>"
    done
    builtin compadd "$@"
}
done_mark() { print -r -- "<done>" }
zle -C complete-all complete-word _complete_all
_complete_all() { _main_complete; compstate[insert]=; compstate[list]=; print -r -- "<done>" }
bindkey '^I' complete-all
PS1='<ready>'
"""


def bash(line, directory, environment):
    done = subprocess.run(["bash", "--norc", "-c", BASH, "bash", line], cwd=directory, env=environment,
                          capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    # Bash has the part before the last = or : on the line already.
    before = re.match(r".*[=:]", line.split(" ")[-1])
    return [(before.group() if before else "") + word for word in done.stdout.splitlines()], done.stderr


def typed_in_bash(keys, directory, environment):
    """The line that comes of some keys, in which a tab completes: readline cuts the words, not this test."""
    process, master = pty.fork()
    if process == 0:
        os.chdir(directory)
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], {**environment, "PS1": "<ready>"})
    text = ""

    def read_until(mark):
        nonlocal text
        while mark not in text:
            if not select.select([master], [], [], TIMEOUT_S)[0]:
                return
            try:
                text += os.read(master, 4096).decode("utf-8", "backslashreplace")
            except OSError:
                return

    read_until("<ready>")
    os.write(master, b"bind 'set bell-style none'; source <(wasmc completion bash); echo so'u'rced\r")
    read_until("sourced\r\n<ready>")
    # The line becomes arguments of a command that prints them.
    os.write(master, keys.encode() + b"\x01printf '<%s>' \rexit\r")
    read_until("exit\r\n")
    os.close(master)
    os.waitpid(process, 0)
    words = re.findall(r"<([^<>%]*)>", text.split("sourced")[-1])
    return [word for word in words if word != "ready"], text


def fish(line, directory, environment):
    done = subprocess.run(["fish", "--no-config", "-c", FISH, line], cwd=directory, env=environment,
                          capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    return [word.split("\t")[0] for word in done.stdout.splitlines()], done.stderr


def zsh(line, directory, environment):
    (directory / "home" / ".zshrc").write_text(ZSH)
    process, master = pty.fork()
    if process == 0:
        os.chdir(directory)
        os.execvpe("zsh", ["zsh", "-i"], {**environment, "ZDOTDIR": environment["HOME"], "TERM": "dumb"})
    text = ""

    def read_until(mark):
        nonlocal text
        while mark not in text:
            if not select.select([master], [], [], TIMEOUT_S)[0]:
                return
            try:
                text += os.read(master, 4096).decode("utf-8", "backslashreplace")
            except OSError:
                return

    read_until("<ready>")
    os.write(master, line.encode() + b"\t")
    read_until("<done>")
    os.write(master, b"\x15exit\r")
    try:
        while os.read(master, 4096):
            pass
    except OSError:
        pass
    os.close(master)
    os.waitpid(process, 0)
    return re.findall(r"<match>(.*?)</match>", text), text


def is_subsequence(wanted, words):
    rest = iter(words)
    return all(word in rest for word in wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wasmc", required=True, type=pathlib.Path)
    parser.add_argument("--shell", choices=["bash", "zsh", "fish"])
    options = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        for part in ["home", "data"]:
            (directory / part).mkdir()
        for file in FILES:
            (directory / file).write_text("")
        environment = {"PATH": f"{options.wasmc.resolve().parent}:/usr/local/bin:/usr/bin:/bin",
                       "HOME": str(directory / "home"), "LANG": "C.UTF-8", "TERM": "dumb"}
        for shell in [bash, zsh, fish]:
            if options.shell not in (None, shell.__name__):
                continue
            if shutil.which(shell.__name__) is None:
                print(f"{shell.__name__} is not installed: its completion is left out")
                continue
            for line, wanted, unwanted in CASES:
                words, said = shell(line, directory, environment)
                if is_subsequence(wanted, words) and not set(unwanted) & set(words):
                    passed += 1
                else:
                    failed += 1
                    print(f"{shell.__name__}: {line!r}: offered {words}, expected {wanted}, not {unwanted}\n{said}")
        if options.shell in (None, "bash") and shutil.which("bash"):
            for keys, wanted in KEYS:
                words, said = typed_in_bash(keys, directory, environment)
                if words == wanted:
                    passed += 1
                else:
                    failed += 1
                    print(f"bash: {keys!r}: became {words}, expected {wanted}\n{said}")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
