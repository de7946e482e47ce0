define internal tailcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = tail call tailcc i32 @wasm.0.func.0(i32 %0)
  ret i32 %1
}

define internal tailcc i32 @wasm.0.func.1(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = icmp uge i64 %1, 1
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

trap:
  call void @wasmc_trap_element(i32 7, i32 83, i64 %1)
  unreachable

next:
  %entry1 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %1
  %3 = getelementptr i8, ptr %entry1, i64 8
  %type_id = load i64, ptr %3, align 8
  %4 = icmp ne i64 %type_id, 1
  br i1 %4, label %trap2, label %next3, !prof {!"branch_weights", i32 1, i32 2000}

trap2:
  %5 = icmp eq i64 %type_id, 0
  %6 = select i1 %5, i32 8, i32 9
  call void @wasmc_trap_element(i32 %6, i32 83, i64 %1)
  unreachable

next3:
  %code = load ptr, ptr %entry1, align 8
  %7 = tail call tailcc i32 %code(i32 %0)
  ret i32 %7
}

define internal tailcc i32 @wasm.0.func.2(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = notail call tailcc i32 @wasm.0.func.0(i32 %0)
  br label %return

return:
  %2 = phi i32 [ %1, %body ]
  ret i32 %2
}
