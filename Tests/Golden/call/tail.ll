define external linkonce_odr hidden tailcc i32 @f(i32 %p0) {
  %call = tail call tailcc i32 @f(i32 %p0)
  ret i32 %call
}

define tailcc i32 @indirect(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 1
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %zext
  %gep = getelementptr i8, ptr %entry.2, i64 8
  %type_id = load i64, ptr %gep, align 8
  %icmp.2 = icmp ne i64 %type_id, 1
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  %icmp.3 = icmp eq i64 %type_id, 0
  %select = select i1 %icmp.3, i32 8, i32 9
  call void @wasmc_trap_element(i32 %select, place, i64 %zext)
  unreachable
next.2:
  %code = load ptr, ptr %entry.2, align 8
  %call = tail call tailcc i32 %code(i32 %p0)
  ret i32 %call
}

define tailcc i32 @by reference(i32 %p0, ptr %p1) {
  %icmp = icmp eq ptr %p1, null
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_FUNCTION_REFERENCE, place)
  unreachable
next:
  %gep = getelementptr i8, ptr %p1, i64 8
  %code = load ptr, ptr %gep, align 8
  %call = tail call tailcc i32 %code(i32 %p0)
  ret i32 %call
}

define tailcc i32 @ordinary(i32 %p0) {
  %call = notail call tailcc i32 @f(i32 %p0)
  ret i32 %call
}

define tailcc i32 @host() {
  %call = notail call i32 @wasmc_wasi_sched_yield(ptr @wasm.0.ctx)
  ret i32 %call
}
