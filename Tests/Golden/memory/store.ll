define void @i32.store(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store i32 %p1, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @i64.store(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store i64 %p1, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @f32.store(i32 %p0, float %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store float %p1, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @f64.store(i32 %p0, double %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store double %p1, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @i32.store8(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  store i8 %trunc, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @i32.store16(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  store i16 %trunc, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @i64.store8(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  store i8 %trunc, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @i64.store16(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  store i16 %trunc, ptr %gep, align 1, !tbaa memory
  ret void
}

define void @i64.store32(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  store i32 %trunc, ptr %gep, align 1, !tbaa memory
  ret void
}
