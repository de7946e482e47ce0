# MuJS: a small JavaScript interpreter in one compilation unit.
source_package=mujs
outputs='mujs.wasm mujs-tail-call.wasm'

build() {
    wasm_program mujs.wasm -O2 "$tree/one.c" "$tree/main.c"
    wasm_program mujs-tail-call.wasm -O2 -mtail-call "$tree/one.c" "$tree/main.c"
}
