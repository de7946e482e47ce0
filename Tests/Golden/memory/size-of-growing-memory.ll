define internal fastcc i32 @wasm.0.func.0() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %memory.size_pages = load i64, ptr getelementptr (i8, ptr @wasm.0.memories, i64 16), align 8, !tbaa size
  %0 = trunc i64 %memory.size_pages to i32
  br label %return

return:
  %1 = phi i32 [ %0, %body ]
  ret i32 %1
}

define internal fastcc i32 @wasm.0.func.1(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = call i64 @wasmc_memory_grow(ptr @wasm.0.memories, i64 %1)
  %3 = trunc i64 %2 to i32
  br label %return

return:
  %4 = phi i32 [ %3, %body ]
  ret i32 %4
}
