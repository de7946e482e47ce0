# Lua: an interpreter with indirect calls everywhere. Errors of Lua code need longjmp and abort here, see shim/setjmp.h.
source_package=lua5.4
outputs='lua.wasm lua-O0g.wasm lua-tail-call.wasm'

build() {
    sources=$(ls "$tree"/src/*.c | grep -v -e '/luac\.c$')
    # No temporary names on WASI: os.tmpname reports failure.
    flags='-Dl_signalT=int -DLUA_TMPNAMBUFSIZE=1 -Dlua_tmpnam(b,e)=((e)=1)'
    wasm_program lua.wasm -O2 $flags $sources
    wasm_program lua-O0g.wasm -O0 -g $flags $sources
    wasm_program lua-tail-call.wasm -O2 -mtail-call $flags $sources
}
