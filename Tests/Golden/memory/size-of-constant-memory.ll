define internal fastcc i32 @wasm.0.func.0() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  %0 = phi i32 [ 3, %body ]
  ret i32 %0
}
