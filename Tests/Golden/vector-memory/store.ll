define void @v128.store(i32 %p0, <2 x i64> %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store <2 x i64> %p1, ptr %gep, align 1, !tbaa memory
  ret void
}
