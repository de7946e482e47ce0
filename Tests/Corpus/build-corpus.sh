#!/bin/sh
# Builds the corpus: real C programs, compiled to wasm32-wasi from Debian's source packages.
#
#   build-corpus.sh [-l] [-s] [-n CPU] [-o DIRECTORY] [RECIPE...]
#
#   -n CPU         build native executables NAME.native by clang -O3 -march=CPU from the same sources, for benchmarks,
#                  in DIRECTORY/CPU; default .build/corpus-native. Programs that a recipe builds for WASI alone are left out
#   -o DIRECTORY   where to build; default .build/corpus below the package root
#   -s             leave out what only repeats another program with other flags or another main
#   -l             list the recipes and what each builds, and do nothing
#   RECIPE         build only these (a file name of recipes/, without .sh)
#
# Nothing that comes from a source package is committed: the sources are fetched, checked by apt against the
# archive's signatures, unpacked and built below DIRECTORY. The system's apt configuration is left alone; the source
# index lives in DIRECTORY/apt. What is built and newer than its recipe is skipped.
#
# Exit status: 0 all built; 1 something is missing or a recipe failed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/toolchain.sh"

out=$root/.build/corpus
list=no
left_out=
native_cpu=
while getopts lsn:o: option; do
    case $option in
        n)
            native_cpu=$OPTARG
            out=$root/.build/corpus-native
            left_out=" bzip2-mvp.wasm lua-O0g.wasm lua-tail-call.wasm mujs-tail-call.wasm zstd-simd.wasm \
sqlite3-speedtest1-simd.wasm libwebp-cwebp-simd.wasm "
            ;;
        s) left_out=" bzip2-mvp.wasm lua-O0g.wasm lua-tail-call.wasm mujs-tail-call.wasm pcre2grep.wasm zstd-simd.wasm \
sqlite3-speedtest1.wasm sqlite3-speedtest1-simd.wasm " ;;
        l) list=yes ;;
        o) out=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))

fail() {
    echo "build-corpus: $*" >&2
    exit 1
}

recipes=$*
if [ -z "$recipes" ]; then
    recipes=$(cd "$here/recipes" && ls ./*.sh | sed 's|^\./||; s|\.sh$||')
fi

if [ "$list" = yes ]; then
    for recipe in $recipes; do
        (. "$here/recipes/$recipe.sh" && echo "$recipe ($source_package):" $outputs)
    done
    exit 0
fi

# Sources are fetched once, whatever they are built for.
fetched=$out
if [ -n "$native_cpu" ]; then
    fetched=$root/.build/corpus
    out=$out/$native_cpu
fi
mkdir -p "$out" "$fetched"
out=$(cd "$out" && pwd)
fetched=$(cd "$fetched" && pwd)

# One line that names every missing tool with the package that has it.
check_toolchain() {
    missing=$(missing_tools clang-22 wasm-ld-22 wasi-libc builtins apt-get tar xz bzip2 make cc)
    [ -z "$missing" ] || fail "missing: $missing"
}

# An apt configuration of our own: the release's source index, without the security archive, whose older uploads
# disappear and would make the build depend on the day.
prepare_apt() {
    apt=$fetched/apt
    APT_CONFIG=$apt/apt.conf
    [ -s "$apt/apt.conf" ] && return 0
    rm -rf "$apt"
    mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial"
    apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' | grep -v -e '-security' | sort -u > "$apt/sources.list"
    [ -s "$apt/sources.list" ] || fail "missing: a Debian archive among apt's sources (run apt-get update first)"
    cat > "$apt/apt.conf.new" <<CONFIG
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "-";
Dir::State "$apt/state";
Dir::Cache "$apt/cache";
APT::Sandbox::User "root";
CONFIG
    APT_CONFIG=$apt/apt.conf.new apt-get -qq update > "$apt/update.log" 2>&1 \
        || fail "cannot read Debian's source index, see $apt/update.log"
    mv "$apt/apt.conf.new" "$apt/apt.conf"
}

# Fetches and unpacks a source package below src/PACKAGE; prints the folder that holds the sources.
# Upstream's archive only: Debian's patches are about packaging and security, neither of which this corpus needs.
fetch_source() {
    package=$1
    folder=$fetched/src/$package
    if [ ! -e "$folder/.unpacked" ]; then
        prepare_apt
        rm -rf "$folder"
        mkdir -p "$folder/download" "$folder/tree"
        (cd "$folder/download" && APT_CONFIG=$fetched/apt/apt.conf \
            apt-get -qq source --download-only --tar-only --only-source "$package" > "$folder/fetch.log" 2>&1) \
            || fail "cannot fetch the source package $package, see $folder/fetch.log"
        for archive in "$folder"/download/*.orig.tar.*; do
            case $archive in
                *.asc) ;;
                *) tar -x -f "$archive" -C "$folder/tree" ;;
            esac
        done
        : > "$folder/.unpacked"
    fi
    # An archive holds one folder, or (tcc) its files directly.
    set -- "$folder"/tree/*
    if [ $# -eq 1 ]; then
        echo "$1"
    else
        echo "$folder/tree"
    fi
}

# Compiles and links with the corpus's flags. Native headers must not be seen: Debian puts wasi-libc's headers into
# a folder of /usr/include, which clang would search afterwards.
wasm_cc() {
    if [ -n "$native_cpu" ]; then
        native_cc "$@"
        return
    fi
    "$CLANG" --target=wasm32-wasi -Wno-deprecated --no-wasm-opt -w -nostdlibinc \
        -isystem "$here/shim" -isystem "$WASI_INCLUDE" -include absent_posix.h \
        -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_GETPID -D_WASI_EMULATED_MMAN \
        "$@"
}

# The same for this machine: the system's own headers first, without what only WASI needs. The shim's
# record locks are the same, and floating-point operations are not contracted, because WebAssembly's are not.
native_cc() {
    for word in "$@"; do
        shift
        case $word in
            -lc-printscan-long-double | '-Drealpath('* | '-Dmktemp('* | '-Dexecvp('* | '-Dlua_tmpnam('*) ;;
            *) set -- "$@" "$word" ;;
        esac
    done
    "$CLANG" -w -D_GNU_SOURCE "$@" -O3 "-march=$native_cpu" -ffp-contract=off -idirafter "$here/shim"
}

# product_file NAME.wasm: the file that a recipe's output is built as.
product_file() {
    [ -n "$native_cpu" ] && echo "$out/${1%.wasm}.native" || echo "$out/$1"
}

is_left_out() {
    case $left_out in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# wasm_program NAME FLAGS... SOURCES...: one program of the output folder, which is there whole or not at all.
# The linker's 64 KiB of stack in linear memory are too few: lz4 overflows them.
wasm_program() {
    name=$1
    shift
    ! is_left_out "$name" || return 0
    mkdir -p "$work/linked"
    if [ -n "$native_cpu" ]; then
        native_cc "$@" -lm -o "$work/linked/$name"
        mv "$work/linked/$name" "$(product_file "$name")"
        return 0
    fi
    wasm_cc "$@" -lm -lwasi-emulated-signal -lwasi-emulated-process-clocks -lwasi-emulated-getpid \
        -lwasi-emulated-mman -Wl,-z,stack-size=1048576 -o "$work/linked/$name"
    mv "$work/linked/$name" "$out/$name"
}

# input NAME FILE...: files of the sources that the cases give to the programs, as $out/inputs/NAME/.
input() {
    mkdir -p "$out/inputs/$1"
    folder=$out/inputs/$1
    shift
    cp "$@" "$folder/"
}

# Whether every output of the recipe is newer than what it was made from.
is_fresh() {
    for product in $outputs; do
        ! is_left_out "$product" || continue
        file=$(product_file "$product")
        [ -e "$file" ] || return 1
        for origin in "$1" "$here/build-corpus.sh" "$here"/shim/* "$here"/drivers/*; do
            [ "$file" -nt "$origin" ] || return 1
        done
    done
}

build_recipe() {
    recipe_file=$here/recipes/$1.sh
    [ -e "$recipe_file" ] || fail "no recipe $1, see $here/recipes"
    . "$recipe_file"
    if is_fresh "$recipe_file"; then
        return 0
    fi
    tree=$(fetch_source "$source_package")
    work=$out/work/$1
    rm -rf "$work"
    mkdir -p "$work"
    cd "$work"
    echo "build-corpus: $1"
    # A shell of its own, because `build || fail` would switch -e off inside it.
    set +e
    (set -e; build) > "$work/build.log" 2>&1
    status=$?
    set -e
    [ $status -eq 0 ] || fail "recipe $1 failed, see $work/build.log"
    for product in $outputs; do
        is_left_out "$product" || [ -e "$(product_file "$product")" ] || fail "recipe $1 did not build $product, see $work/build.log"
    done
}

check_toolchain
failed=
for recipe in $recipes; do
    set +e
    (set -e; build_recipe "$recipe")
    status=$?
    set -e
    [ $status -eq 0 ] || failed="$failed $recipe"
done
[ -z "$failed" ] || fail "failed:$failed"
