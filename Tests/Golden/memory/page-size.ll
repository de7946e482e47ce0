define i32 @load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 12
  %icmp = icmp ugt i64 %add, 100
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load = load i32, ptr %ea, align 1, !tbaa memory
  ret i32 %load
}

define i32 @size() {
  ret i32 100
}
