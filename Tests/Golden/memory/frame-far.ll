define void @grow() {
}

define void @far(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 2684354560
  store i64 %p1, ptr %ea, align 1, !tbaa memory
  %zext.2 = zext i32 %add to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  %ea.2 = getelementptr nusw nuw i8, ptr %gep.2, i64 2684354560
  store i64 %p1, ptr %ea.2, align 1, !tbaa memory
}

define void @near(i32 %p0, i64 %p1) {
  %root = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %root
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 2684354560
  store i64 %p1, ptr %ea, align 1, !tbaa memory
  %ea.2 = getelementptr nusw nuw i8, ptr %gep, i64 4026531840
  store i64 %p1, ptr %ea.2, align 1, !tbaa memory
}
