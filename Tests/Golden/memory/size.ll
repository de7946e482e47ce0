define i32 @constant() {
  ret i32 3
}

define i32 @growing() {
  %memory.size_pages = load i64, ptr getelementptr (i8, ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 16), align 8, !tbaa size
  %trunc = trunc i64 %memory.size_pages to i32
  ret i32 %trunc
}

define i32 @grow(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %call = notail call i64 @wasmc_memory_grow(ptr getelementptr (i8, ptr @wasm.0.memories, i64 48), i64 %zext)
  %trunc = trunc i64 %call to i32
  ret i32 %trunc
}
