define void @grow() {
  %call = notail call i64 @wasmc_memory_grow(ptr nonnull @wasm.0.memories, i64 1)
  ret void
}

define void @product(i32 %p0, i64 %p1) {
  %root = zext i32 %p0 to i64
  %mul = mul i64 %p1, 7
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %root
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 24
  store i64 %mul, ptr %ea, align 1, !tbaa memory
  %add = add i64 %p1, 7
  %ea.2 = getelementptr nusw nuw i8, ptr %gep, i64 16
  store i64 %add, ptr %ea.2, align 1, !tbaa memory
  %xor = xor i64 %mul, %add
  store i64 %xor, ptr inttoptr (i64 memory.0 to ptr), align 1, !tbaa memory
  ret void
}

define void @apart(i32 %p0, i64 %p1) {
  %add = add i32 %p0, 48
  %zext = zext i32 %add to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load i64, ptr %gep, align 1, !tbaa memory
  %add.2 = add i32 %p0, 64
  %zext.2 = zext i32 %add.2 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  store i64 %p1, ptr %gep.2, align 1, !tbaa memory
  store i64 %load, ptr inttoptr (i64 memory.0 to ptr), align 1, !tbaa memory
  store i64 %load, ptr inttoptr (i64 memory.0+8 to ptr), align 1, !tbaa memory
  ret void
}

define void @wraps(i32 %p0, i64 %p1) {
  %add = add i32 %p0, 16
  %zext = zext i32 %add to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  store i64 %p1, ptr %ea, align 1, !tbaa memory
  %call = notail call i64 @wasmc_memory_grow(ptr nonnull @wasm.0.memories, i64 1)
  %zext.2 = zext i32 %p0 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  %ea.2 = getelementptr nusw nuw i8, ptr %gep.2, i64 24
  %load = load i64, ptr %ea.2, align 1, !tbaa memory
  store i64 %load, ptr inttoptr (i64 memory.0 to ptr), align 1, !tbaa memory
  ret void
}
