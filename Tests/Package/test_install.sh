#!/bin/sh
# test_install.sh WASMC - `make install` and `make uninstall`, below a folder whose name has blanks.
set -u

wasmc=$1
runtime=build/lib/wasmc/x86_64-linux-musl
export SOURCE_DATE_EPOCH=1000000000
. "$(dirname "$0")/checks.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
prefix="$scratch/a prefix"
log=$scratch/log

# check_shell TITLE SCRIPT - the script succeeds; $prefix is in its environment.
check_shell() { check "$1" sh -euc "$2"; }
export prefix scratch

# optional TOOL TITLE SCRIPT - as check_shell where the tool is there.
optional() {
    if command -v "$1" > /dev/null; then check_shell "$2" "$3"; else echo "left out, no $1: $2"; fi
}

mkdir -p "$prefix/bin" "$prefix/lib" "$prefix/share/man/man1"
echo other > "$prefix/share/man/man1/wasmcx.1"
check "install" Tools/install.sh install "$prefix" "$wasmc" "$runtime"
for file in bin/wasmc lib/wasmc/x86_64-linux-musl/libwasmc.a share/doc/wasmc/LICENSE share/doc/wasmc/NOTICE \
    share/doc/wasmc/README.md share/doc/wasmc/Examples/wordfreq.wat share/man/man1/wasmc.1 \
    share/man/man1/wasmc-build.1 share/bash-completion/completions/wasmc share/zsh/site-functions/_wasmc \
    share/fish/vendor_completions.d/wasmc.fish; do
    check "$file" test -s "$prefix/$file"
done
check_shell "an installed compiler uses what is installed with it" '
    cd "$scratch" && ln -s "$prefix/bin/wasmc" link
    ./link build "$prefix/share/doc/wasmc/Examples/wordfreq.wat" && echo to the point > words
    WASMC_GRANTS="--dir .::/::ro" ./wordfreq words | grep -q "3 words, 3 different"'
check_shell "settings names the runtime, the licence and the notices that are installed" '
    "$prefix/bin/wasmc" settings > "$scratch/settings"
    grep -q "^license: Apache-2.0 WITH LLVM-exception$" "$scratch/settings"
    for line in "  runtime: $prefix/lib/wasmc/x86_64-linux-musl" "licenseText: $prefix/share/doc/wasmc/LICENSE" \
        "notices: $prefix/share/doc/wasmc/NOTICE"; do
        grep -q -F -x "$line" "$scratch/settings"
    done'
check_shell "the licence is the whole one, with the exceptions" '
    grep -q "END OF TERMS AND CONDITIONS" "$prefix/share/doc/wasmc/LICENSE"
    grep -q "LLVM Exceptions to the Apache 2.0 License" "$prefix/share/doc/wasmc/LICENSE"'
check_shell "a command has a page, with every option that its help has" '
    for command in build run validate inspect wat2wasm wasm2wat wast settings completion; do
        page=$prefix/share/man/man1/wasmc-$command.1
        "$prefix/bin/wasmc" $command --help | grep -o "^  \(-[a-zA-Z], \)\{0,1\}--[a-z0-9-]*" | grep -o "[a-z0-9-]*$" |
            sed "s/^--//; s/-/.*-/g" | while read -r option; do
                grep -q -e "-$option\"" "$page" || { echo "$command: no --$option"; exit 1; }
            done
    done'
check_shell "a page does not depend on the machine" '
    python3 Tools/manual.py "$prefix/bin/wasmc" "$scratch/again"
    TZ=Asia/Tokyo LC_ALL=C taskset -c 0 python3 Tools/manual.py "$prefix/bin/wasmc" "$scratch/third"
    for page in "$scratch"/again/*; do
        cmp "$page" "$prefix/share/man/man1/$(basename "$page")" && cmp "$page" "$scratch/third/$(basename "$page")"
    done'
check_shell "the manual has the exit statuses of README" '
    grep -A 3 -F "124" "$prefix/share/man/man1/wasmc.1" | grep -q timeout'
optional mandoc "pages are right mdoc" 'mandoc -T lint -W warning "$prefix"/share/man/man1/wasmc.1 "$prefix"/share/man/man1/wasmc-*.1'
optional man "man shows them" 'man -M "$prefix/share/man" wasmc-build | grep -q -e "--target-cpu"'
check "uninstall" Tools/install.sh uninstall "$prefix" "$wasmc" "$runtime"
check_shell "nothing of it is left, and what was there is" '
    test "$(cd "$prefix" && find . -type f)" = ./share/man/man1/wasmcx.1
    test ! -e "$prefix/lib/wasmc" && test ! -e "$prefix/share/doc/wasmc"'
check "uninstall again is no error" Tools/install.sh uninstall "$prefix" "$wasmc" "$runtime"

finish
