# TCC: a C compiler that writes x86-64 objects, here as a cross compiler.
source_package=tcc
outputs='tcc.wasm'

build() {
    cat > config.h <<CONFIG
#define TCC_VERSION "corpus"
#define CONFIG_TCCDIR "/tcc"
CONFIG
    wasm_program tcc.wasm -O2 -I. -I"$tree" -DTCC_TARGET_X86_64 -DONE_SOURCE=1 -DCONFIG_TCC_STATIC  \
        '-Dexecvp(file,arguments)=(-1)' "$tree/tcc.c" -lc-printscan-long-double
}
