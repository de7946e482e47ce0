# zlib: minigzip, which compresses and decompresses files and streams.
source_package=zlib
outputs='zlib-minigzip.wasm'

build() {
    wasm_program zlib-minigzip.wasm -O2 -DHAVE_UNISTD_H -I"$tree" "$tree"/*.c "$tree/test/minigzip.c"
}
