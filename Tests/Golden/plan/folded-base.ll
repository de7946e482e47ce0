define void @constant index(i32 %p0) {
  store i32 %p0, ptr inttoptr (i64 memory.0+24 to ptr), align 1, !tbaa memory
  ret void
}

define void @copied(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 4
  %load = load i32, ptr %ea, align 1, !tbaa memory
  store i32 %load, ptr %gep, align 1, !tbaa memory
  %ea.2 = getelementptr nusw nuw i8, ptr %gep, i64 12
  %load.2 = load i32, ptr %ea.2, align 1, !tbaa memory
  %ea.3 = getelementptr nusw nuw i8, ptr %gep, i64 8
  store i32 %load.2, ptr %ea.3, align 1, !tbaa memory
  ret void
}
