# Duktape: a larger JavaScript interpreter.
source_package=duktape
outputs='duktape.wasm'

build() {
    wasm_program duktape.wasm -O2 -I"$tree/src" -I"$tree/examples/cmdline" -I"$tree/extras/print-alert" \
        -DDUK_CMDLINE_PRINTALERT_SUPPORT "$tree/extras/print-alert/duk_print_alert.c" \
        "$tree/src/duktape.c" "$tree/examples/cmdline/duk_cmdline.c"
}
