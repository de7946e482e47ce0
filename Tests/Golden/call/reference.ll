define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = load ptr, ptr @wasm.0.global.0, align 8, !tbaa global 0.0
  %2 = icmp eq ptr %1, null
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %5, %next ]
  ret i32 %3

trap:
  call void @wasmc_trap(i32 14, i32 48)
  unreachable

next:
  %4 = getelementptr i8, ptr %1, i64 8
  %code = load ptr, ptr %4, align 8
  %5 = notail call fastcc i32 %code(i32 %0)
  br label %return
}
