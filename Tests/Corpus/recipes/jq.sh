# jq: a compiler to bytecode and a backtracking interpreter, without regular expressions (those need Oniguruma).
source_package=jq
outputs='jq.wasm'

build() {
    mkdir -p src
    echo '#define JQ_VERSION "corpus"' > src/version.h
    # The definitions that are written in jq, as C string literals.
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$tree/src/builtin.jq" > src/builtin.inc
    # Every mathematical function that libm.h knows, but those that are no standard C.
    math=$(grep -o 'HAVE_[A-Z0-9_]*' "$tree/src/libm.h" | sort -u \
        | grep -v -x -E 'HAVE_(DREM|EXP10|GAMMA|LGAMMA_R|POW10|SIGNIFICAND)' | sed 's/^/-D/')
    sources=$(ls "$tree"/src/*.c | grep -v -e inject_errors)
    wasm_program jq.wasm -O2 -I. -I"$tree" -I"$tree/src" $math -D_GNU_SOURCE -DIEEE_8087 \
        -DHAVE_MEMMEM -DHAVE_ISATTY -DHAVE_GMTIME_R -DHAVE_TIMEGM -DHAVE_STRPTIME -DHAVE_STRFTIME \
        -DHAVE_TM_TM_GMT_OFF -DHAVE_MKTIME -DHAVE_ALLOCA_H \
        '-Drealpath(path,resolved)=strdup(path)' '-Dmktemp(template)=((template)[0]=0)' $sources
    input jq "$tree/tests/jq.test" "$tree/tests/base64.test"
    cp -r "$tree/tests/modules" "$out/inputs/jq/"
}
