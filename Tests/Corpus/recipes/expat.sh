# Expat: xmlwf, which checks that documents are well-formed and can print them canonically.
source_package=expat
outputs='expat-xmlwf.wasm'

build() {
    : > expat_config.h
    wasm_program expat-xmlwf.wasm -O2 -I. -I"$tree/expat/lib" -DXML_DTD -DXML_NS -DXML_CONTEXT_BYTES=1024 \
        -DXML_POOR_ENTROPY -DBYTEORDER=1234 -DHAVE_UNISTD_H "$tree"/expat/lib/*.c \
        "$tree/expat/xmlwf/xmlwf.c" "$tree/expat/xmlwf/xmlfile.c" "$tree/expat/xmlwf/codepage.c" \
        "$tree/expat/xmlwf/readfilemap.c"
    input expat "$tree/testdata/largefiles/nes96.xml"
    mkdir -p "$out/inputs/expat/canonical"
}
