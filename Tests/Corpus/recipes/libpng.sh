# libpng with zlib: pngtest reads an image, writes it again and compares.
source_package=libpng1.6
outputs='libpng-pngtest.wasm'

build() {
    zlib=$(fetch_source zlib)
    cp "$tree/scripts/pnglibconf.h.prebuilt" pnglibconf.h
    wasm_program libpng-pngtest.wasm -O2 -I. -I"$tree" -I"$zlib" -DHAVE_UNISTD_H "$tree"/png*.c "$zlib"/*.c
    input libpng "$tree/pngtest.png" "$tree"/contrib/pngsuite/basn*.png
}
