define hidden fastcc i32 @wasm.1.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = load ptr, ptr @wasm.0.global.0, align 8, !tbaa global 0.0
  %2 = icmp eq ptr %1, null
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %6, %next2 ]
  ret i32 %3

trap:
  call void @wasmc_trap(i32 14, i32 56)
  unreachable

next:
  %type_id = load i32, ptr %1, align 4
  %4 = icmp ne i32 %type_id, 1
  br i1 %4, label %trap1, label %next2, !prof {!"branch_weights", i32 1, i32 2000}

trap1:
  call void @wasmc_trap(i32 9, i32 56)
  unreachable

next2:
  %5 = getelementptr i8, ptr %1, i64 8
  %code = load ptr, ptr %5, align 8
  %6 = notail call fastcc i32 %code(i32 %0)
  br label %return
}
