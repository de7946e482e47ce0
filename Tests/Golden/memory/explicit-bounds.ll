define i32 @constant size(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 12
  %icmp = icmp ugt i64 %add, 196608
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

define i32 @growing(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %memory.size_bytes = load i64, ptr getelementptr (i8, ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 8), align 8, !tbaa size, !range {i64 65536, i64 4294967297}
  %add = add nuw nsw i64 %zext, 4
  %icmp = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext
  %load = load i32, ptr %gep, align 1, !tbaa memory
  ret i32 %load
}

define void @store(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 4294967297
  %icmp = icmp ugt i64 %add, 196608
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 4294967295
  %trunc = trunc i64 %p1 to i16
  store i16 %trunc, ptr %ea, align 1, !tbaa memory
  ret void
}

define i32 @grow() {
  %call = notail call i64 @wasmc_memory_grow(ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 1)
  %trunc = trunc i64 %call to i32
  ret i32 %trunc
}
