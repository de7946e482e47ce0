# toolchain.sh - the cross compilers' places and the names of the packages that hold them; sourced, not run.

CLANG=${CLANG:-clang-22}
CLANGXX=${CLANGXX:-clang++-22}
WASI_INCLUDE=${WASI_INCLUDE:-/usr/include/wasm32-wasi}
WASI_LIB=${WASI_LIB:-/usr/lib/wasm32-wasi}

# has_tool TOOL: whether a tool, or a part of the C toolchain that is no command, is there.
has_tool() {
    case $1 in
        clang-22) command -v "$CLANG" > /dev/null 2>&1 ;;
        wasi-libc) [ -e "$WASI_INCLUDE/stdio.h" ] && [ -e "$WASI_LIB/libc.a" ] ;;
        builtins) [ -e "$("$CLANG" --target=wasm32-wasi -print-libgcc-file-name 2> /dev/null)" ] ;;
        libc++) "$CLANGXX" --target=wasm32-wasi -E -x c++ -include map /dev/null > /dev/null 2>&1 ;;
        *) command -v "$1" > /dev/null 2>&1 ;;
    esac
}

# package_of TOOL: how to install it, for a message.
package_of() {
    case $1 in
        clang-22) echo 'clang-22 (apt: clang-22)' ;;
        wasm-ld-22) echo 'wasm-ld-22 (apt: lld-22)' ;;
        wasm-ld-14) echo 'wasm-ld-14 (apt: lld-14)' ;;
        wasi-libc) echo 'wasi-libc (apt: wasi-libc)' ;;
        builtins) echo 'compiler-rt for wasm32 (apt: libclang-rt-22-dev-wasm32)' ;;
        libc++) echo 'libc++ for wasm32 (apt: libc++-22-dev-wasm32)' ;;
        cc) echo 'a native C compiler (apt: gcc)' ;;
        tclsh) echo 'tclsh (apt: tcl)' ;;
        xz) echo 'xz (apt: xz-utils)' ;;
        *) echo "$1 (apt: $1)" ;;
    esac
}

# missing_tools TOOL...: prints the missing ones with their packages, separated by commas; nothing when all are there.
missing_tools() {
    missing_list=
    for tool in "$@"; do
        if ! has_tool "$tool"; then
            missing_list="$missing_list${missing_list:+, }$(package_of "$tool")"
        fi
    done
    printf '%s' "$missing_list"
}
