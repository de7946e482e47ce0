define i32 @load(i64 %p0) {
  %memory.size_bytes = load i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 8), align 8, !tbaa size, !range {i64 65536, i64 4587520001}
  %sub = sub nuw i64 %memory.size_bytes, 12
  %icmp = icmp ugt i64 %p0, %sub
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %p0
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load = load i32, ptr %ea, align 1, !tbaa memory
  ret i32 %load
}

define void @store(i64 %p0, i32 %p1) {
  %memory.size_bytes = load i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 8), align 8, !tbaa size, !range {i64 65536, i64 4587520001}
  %sub = sub nuw i64 %memory.size_bytes, 1
  %icmp = icmp ugt i64 %p0, %sub
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %p0
  %trunc = trunc i32 %p1 to i8
  store i8 %trunc, ptr %gep, align 1, !tbaa memory
  ret void
}

define i32 @never(i64 %p0) {
  %memory.size_bytes = load i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 8), align 8, !tbaa size, !range {i64 65536, i64 4587520001}
  br i1 true, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %p0
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 -1
  %load = load i32, ptr %ea, align 1, !tbaa memory
  ret i32 %load
}

define i64 @size() {
  %memory.size_pages = load i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 16), align 8, !tbaa size
  ret i64 %memory.size_pages
}

define i64 @grow(i64 %p0) {
  %call = notail call i64 @wasmc_memory_grow(ptr @wasm.0.memories, i64 %p0)
  ret i64 %call
}

define void @fill(i64 %p0, i32 %p1, i64 %p2) {
  %trunc = trunc i32 %p1 to i8
  %memory.size_bytes = load i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 8), align 8, !tbaa size, !range {i64 65536, i64 4587520001}
  %icmp = icmp ugt i64 %p2, %memory.size_bytes
  %sub = sub i64 %memory.size_bytes, %p2
  %icmp.2 = icmp ugt i64 %p0, %sub
  %or = or i1 %icmp, %icmp.2
  br i1 %or, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %p0
  call void @llvm.memset.p0.i64(ptr align 1 %gep, i8 %trunc, i64 %p2, i1 false), !tbaa memory
  ret void
}
