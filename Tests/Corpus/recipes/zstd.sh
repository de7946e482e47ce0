# Zstandard: its command line tool.
source_package=libzstd
outputs='zstd.wasm zstd-simd.wasm'

build() {
    flags="-O2 -DZSTD_LEGACY_SUPPORT=0 -DBACKTRACE_ENABLE=0 -DZSTD_DISABLE_ASM
        -I$tree/lib -I$tree/lib/common"
    sources=$(ls "$tree"/lib/common/*.c "$tree"/lib/compress/*.c "$tree"/lib/decompress/*.c \
        "$tree"/lib/dictBuilder/*.c "$tree"/programs/*.c)
    wasm_program zstd.wasm $flags $sources
    wasm_program zstd-simd.wasm -msimd128 $flags $sources
}
