define i32 @grow() {
  %call = notail call i64 @wasmc_memory_grow(ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 1)
  %trunc = trunc i64 %call to i32
  ret i32 %trunc
}

define i32 @constant(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 1
  %icmp = icmp ugt i64 %add, 196608
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load i8, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i8 %load to i32
  ret i32 %zext.2
}

define i32 @growing(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %memory.size_bytes = load i64, ptr getelementptr (i8, ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 8), align 8, !tbaa size, !range {i64 196608, i64 4294967297}
  %add = add nuw nsw i64 %zext, 1
  %icmp = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext
  %load = load i8, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i8 %load to i32
  ret i32 %zext.2
}

define i32 @sizes() {
  %memory.size_pages = load i64, ptr getelementptr (i8, ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 16), align 8, !tbaa size
  %trunc = trunc i64 %memory.size_pages to i32
  %add = add i32 3, %trunc
  ret i32 %add
}
