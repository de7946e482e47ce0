define i32 @index(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i8 %load to i32
  ret i32 %zext.2
}

define i32 @sum(i32 %p0, i32 %p1) {
  %add = add i32 %p0, %p1
  %zext = zext i32 %add to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 4
  %load = load volatile i8, ptr %ea, align 1, !tbaa memory
  %zext.2 = zext i8 %load to i32
  ret i32 %zext.2
}
