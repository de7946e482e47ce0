define internal fastcc i32 @wasm.0.func.1() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %0 = call i32 @wasmc_wasi_sched_yield(ptr @wasm.0.ctx)
  br label %return

return:
  %1 = phi i32 [ %0, %body ]
  ret i32 %1
}
