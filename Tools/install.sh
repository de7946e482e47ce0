#!/bin/sh
# install.sh install|uninstall PREFIX WASMC RUNTIME - puts wasmc into PREFIX (bin, lib, share), or takes it away.
#
# RUNTIME is the directory of one target's runtime, and its name that of the target. Uninstalling removes what
# installing wrote, and of the directories those that are wasmc's own.
set -eu

action=$1
prefix=$2
wasmc=$3
runtime=$4

target=$(basename "$runtime")
runtime_files="libwasmc.a harness.o gdb.o libc.a rcrt1.o crti.o crtn.o"
runtime_programs="wasmc-network"
documents="LICENSE NOTICE README.md CHANGELOG.md docs/recipes.md docs/networking.md"
bash_completion=$prefix/share/bash-completion/completions/wasmc
zsh_completion=$prefix/share/zsh/site-functions/_wasmc
fish_completion=$prefix/share/fish/vendor_completions.d/wasmc.fish
manual=$prefix/share/man/man1
documentation=$prefix/share/doc/wasmc

# copy MODE FILE DESTINATION [OPTION] - one file, with the directories above it.
copy() { install -D -m "$1" ${4-} "$2" "$3"; }

# completion SHELL DESTINATION
completion() {
    "$wasmc" completion "$1" > "$scratch/completion"
    copy 644 "$scratch/completion" "$2"
}

install_all() {
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT INT TERM

    copy 755 "$wasmc" "$prefix/bin/wasmc" -s
    for file in $runtime_files; do copy 644 "$runtime/$file" "$prefix/lib/wasmc/$target/$file"; done
    for file in $runtime_programs; do copy 755 "$runtime/$file" "$prefix/lib/wasmc/$target/$file"; done
    completion bash "$bash_completion"
    completion zsh "$zsh_completion"
    completion fish "$fish_completion"
    python3 Tools/manual.py "$wasmc" "$scratch/manual"
    for page in "$scratch"/manual/*; do copy 644 "$page" "$manual/$(basename "$page")"; done
    for file in $documents $(git ls-files Examples 2> /dev/null || find Examples -type f); do
        copy 644 "$file" "$documentation/$file"
    done
}

uninstall_all() {
    rm -f "$prefix/bin/wasmc" "$bash_completion" "$zsh_completion" "$fish_completion"
    rm -f "$manual/wasmc.1" "$manual"/wasmc-*.1
    rm -rf "$documentation"
    for file in $runtime_files $runtime_programs; do rm -f "$prefix/lib/wasmc/$target/$file"; done
    for directory in "$prefix/lib/wasmc/$target" "$prefix/lib/wasmc"; do
        [ ! -d "$directory" ] || rmdir --ignore-fail-on-non-empty "$directory"
    done
}

case $action in
    install) install_all ;;
    uninstall) uninstall_all ;;
    *) echo "install.sh: install or uninstall" >&2; exit 2 ;;
esac
