define i32 @f() {
  %call = notail call i32 @wasmc_wasi_clock_time_get(ptr @wasm.0.ctx, i32 0, i64 0, i32 8)
  %call.2 = notail call i32 @wasmc_wasi_sched_yield(ptr @wasm.0.ctx)
  ret i32 %call.2
}
