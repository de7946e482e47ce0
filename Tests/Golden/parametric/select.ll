define internal fastcc i64 @wasm.0.func.0(i64 %0, i64 %1, i32 %2) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %3 = icmp ne i32 %2, 0
  %4 = select i1 %3, i64 %0, i64 %1
  br label %return

return:
  %5 = phi i64 [ %4, %body ]
  ret i64 %5
}

define internal fastcc void @wasm.0.func.1(i64 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  ret void
}
