define void @f() {
}

define void @wasm.0.initialize.0() [noinline optnone] {
}

define void @wasm.0.initialize.1() {
}
