define i32 @used() {
  ret i32 3
}

define void @start() {
  %call = notail call fastcc i32 @used()
  notail call void @wasmc_wasi_proc_exit(ptr @wasm.0.ctx, i32 %call)
  ret void
}
