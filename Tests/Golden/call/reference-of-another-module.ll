define hidden i32 @call(i32 %p0) {
  %load = load ptr, ptr @wasm.0.global.0, align 8, !tbaa global 0.0
  %icmp = icmp eq ptr %load, null
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_FUNCTION_REFERENCE, place)
  unreachable
next:
  %type_id = load i32, ptr %load, align 4
  %icmp.2 = icmp ne i32 %type_id, 1
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.2:
  %gep = getelementptr i8, ptr %load, i64 8
  %code = load ptr, ptr %gep, align 8
  %call = notail call fastcc i32 %code(i32 %p0)
  ret i32 %call
}
