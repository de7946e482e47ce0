define void @unused(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @used for an effect(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i32 %p1 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  store volatile i32 %load, ptr %gep.2, align 1, !tbaa memory
  ret void
}

define void @narrow(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %and = and i32 %load, 255
  %zext.2 = zext i32 %p1 to i64
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  store volatile i32 %and, ptr %gep.2, align 1, !tbaa memory
  ret void
}

define void @stored twice(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store volatile i32 1, ptr %gep, align 1, !tbaa memory
  store volatile i32 %p1, ptr %gep, align 1, !tbaa memory
  ret void
}
