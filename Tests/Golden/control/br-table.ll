define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  switch i32 %0, label %block.end [
    i32 1, label %block.end1
  ]

return:
  %1 = phi i32 [ 1, %block.end1 ], [ 2, %block.end ]
  ret i32 %1

block.end:
  br label %return

block.end1:
  br label %return
}
