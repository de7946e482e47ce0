# libwebp: encoder and decoder of images, with 128-bit vectors by the compiler.
source_package=libwebp
outputs='libwebp-cwebp-simd.wasm libwebp-dwebp.wasm'

build() {
    library="$(ls "$tree"/src/*/*.c "$tree"/sharpyuv/*.c)"
    common="$tree/imageio/imageio_util.c $tree/imageio/metadata.c $tree/examples/example_util.c"
    decoders="$tree/imageio/image_dec.c $tree/imageio/jpegdec.c $tree/imageio/pngdec.c $tree/imageio/pnmdec.c
        $tree/imageio/tiffdec.c $tree/imageio/webpdec.c $tree/imageio/wicdec.c"
    flags="-O2 -I$tree -I$tree/src"
    wasm_program libwebp-cwebp-simd.wasm -msimd128 $flags $library $common $decoders "$tree/examples/cwebp.c"
    wasm_program libwebp-dwebp.wasm $flags $library $common $decoders \
        "$tree/imageio/image_enc.c" "$tree/examples/dwebp.c"
    input libwebp "$tree/examples/test.webp" "$tree/examples/test_ref.ppm"
}
