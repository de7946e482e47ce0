# Brotli: its command line tool; 120 KB of static dictionary as data segments.
source_package=brotli
outputs='brotli.wasm'

build() {
    wasm_program brotli.wasm -O2 -I"$tree/c/include" \
        "$tree"/c/common/*.c "$tree"/c/dec/*.c "$tree"/c/enc/*.c "$tree/c/tools/brotli.c"
}
