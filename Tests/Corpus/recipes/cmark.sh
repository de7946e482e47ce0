# cmark: CommonMark's reference implementation.
source_package=cmark
outputs='cmark.wasm'

build() {
    cat > config.h <<CONFIG
#include <stdbool.h>
#define HAVE_STDBOOL_H
#define HAVE___BUILTIN_EXPECT
#define HAVE___ATTRIBUTE__
#define CMARK_ATTRIBUTE(list) __attribute__(list)
#define CMARK_INLINE inline
CONFIG
    cat > cmark_version.h <<CONFIG
#define CMARK_VERSION 0
#define CMARK_VERSION_STRING "corpus"
CONFIG
    echo '#define CMARK_EXPORT' > cmark_export.h
    wasm_program cmark.wasm -O2 -DCMARK_STATIC_DEFINE -I. -I"$tree/src" "$tree"/src/*.c
    input cmark "$tree"/bench/samples/*.md "$tree/test/spec.txt" "$tree/README.md"
}
