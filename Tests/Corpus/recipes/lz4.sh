# LZ4: its command line tool, which has a benchmark mode of its own.
source_package=lz4
outputs='lz4.wasm'

build() {
    wasm_program lz4.wasm -O2 -I"$tree/lib" "$tree"/lib/*.c "$tree"/programs/*.c
}
