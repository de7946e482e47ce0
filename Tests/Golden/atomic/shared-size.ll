define i32 @size() {
  %memory.size_pages = load atomic i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 16) monotonic, align 8, !tbaa size
  %trunc = trunc i64 %memory.size_pages to i32
  ret i32 %trunc
}

define i32 @grow(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %call = notail call i64 @wasmc_memory_grow(ptr @wasm.0.memories, i64 %zext)
  %trunc = trunc i64 %call to i32
  ret i32 %trunc
}

define i32 @load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %memory.size_bytes = load atomic i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 8) monotonic, align 8, !tbaa size, !range {i64 65536, i64 131073}
  %add = add nuw nsw i64 %zext, 4
  %icmp = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load i32, ptr %gep, align 1, !tbaa memory
  ret i32 %load
}

define i64 @atomic(i32 %p0) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %memory.size_bytes = load atomic i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 8) monotonic, align 8, !tbaa size, !range {i64 65536, i64 131073}
  %add = add nuw nsw i64 %zext, 16
  %icmp.2 = icmp ugt i64 %add, %memory.size_bytes
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load = load atomic volatile i64, ptr %ea seq_cst, align 8
  ret i64 %load
}
