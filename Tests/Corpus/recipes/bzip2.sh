# bzip2, once more for a plain MVP target: no bulk memory, no sign extension, no saturating conversion.
source_package=bzip2
outputs='bzip2.wasm bzip2-mvp.wasm'

build() {
    sources=
    for name in blocksort huffman crctable randtable compress decompress bzlib bzip2; do
        sources="$sources $tree/$name.c"
    done
    wasm_program bzip2.wasm -O2 $sources
    wasm_program bzip2-mvp.wasm -O2 -mcpu=mvp $sources
    input bzip2 "$tree/sample1.ref" "$tree/sample2.ref" "$tree/sample1.bz2" "$tree/sample2.bz2"
}
