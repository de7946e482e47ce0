define i32 @offset(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load = load volatile i32, ptr %ea, align 1, !tbaa memory
  ret i32 %load
}

define void @largest offset(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 4294967295
  store i64 %p1, ptr %ea, align 1, !tbaa memory
  ret void
}

define i32 @second memory(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load = load volatile i32, ptr %ea, align 1, !tbaa memory
  ret i32 %load
}
