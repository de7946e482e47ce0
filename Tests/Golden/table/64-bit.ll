define ptr @get(i64 %p0) {
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 %p0, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %gep = getelementptr ptr, ptr %table.elements, i64 %p0
  %element = load ptr, ptr %gep, align 8, !tbaa table
  ret ptr %element
}

define i64 @size() {
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  ret i64 %table.size
}

define i64 @grow(ptr %p0, i64 %p1) {
  %call = notail call i64 @wasmc_table_grow(ptr @wasm.0.table.0, ptr %p0, i64 %p1)
  ret i64 %call
}
