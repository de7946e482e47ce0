define void @init() {
  store i32 1, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  ret void
}

define void @_start() {
  store i32 2, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  ret void
}

define ccc void @wasm.0.entry() section "wasmc_text" {
  call fastcc void @_start()
  ret void
}

define ccc void @wasm.0.start() section "wasmc_text" {
  call fastcc void @init()
  ret void
}
