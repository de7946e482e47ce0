# PCRE2: pcre2test runs upstream's own test files; pcre2grep searches.
source_package=pcre2
outputs='pcre2test.wasm pcre2grep.wasm'

build() {
    cp "$tree/src/config.h.generic" config.h
    cp "$tree/src/pcre2.h.generic" pcre2.h
    cp "$tree/src/pcre2_chartables.c.dist" pcre2_chartables.c
    flags="-O2 -I. -I$tree/src -DHAVE_CONFIG_H -DHAVE_STRERROR -DSUPPORT_PCRE2_8 -DSUPPORT_UNICODE
        -DHAVE_DIRENT_H -DHAVE_SYS_STAT_H -DHAVE_SYS_TYPES_H"
    # Files that others include, tools, and tests are no part of the library.
    library=$(ls "$tree"/src/pcre2_*.c \
        | grep -v -E 'jit_(match|misc|test)|dftables|fuzzsupport|posix_test|printint|ucptables')
    for source in pcre2_chartables.c $library "$tree/src/pcre2posix.c"; do
        wasm_cc $flags -DPCRE2_CODE_UNIT_WIDTH=8 -c "$source" -o "$(basename "$source" .c).o"
    done
    # __HAIKU__ only drops an option that sets the stack limit.
    wasm_program pcre2test.wasm $flags -D__HAIKU__ -include unistd.h "$tree/src/pcre2test.c" ./*.o
    wasm_program pcre2grep.wasm $flags -include unistd.h "$tree/src/pcre2grep.c" ./*.o
    input pcre2 "$tree"/testdata/testinput1 "$tree"/testdata/testinput4 "$tree"/testdata/testinput5 \
        "$tree"/testdata/testinput6 "$tree"/testdata/testinput7 "$tree"/testdata/grepinput
}
