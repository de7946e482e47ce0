define i32 @i32.load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  ret i32 %load
}

define i64 @i64.load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i64, ptr %gep, align 1, !tbaa memory
  ret i64 %load
}

define float @f32.load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile float, ptr %gep, align 1, !tbaa memory
  ret float %load
}

define double @f64.load(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile double, ptr %gep, align 1, !tbaa memory
  ret double %load
}

define i32 @i32.load8_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %sext = sext i8 %load to i32
  ret i32 %sext
}

define i32 @i32.load8_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i8 %load to i32
  ret i32 %zext.2
}

define i32 @i32.load16_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i16, ptr %gep, align 1, !tbaa memory
  %sext = sext i16 %load to i32
  ret i32 %sext
}

define i32 @i32.load16_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i16, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i16 %load to i32
  ret i32 %zext.2
}

define i64 @i64.load8_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %sext = sext i8 %load to i64
  ret i64 %sext
}

define i64 @i64.load8_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i8, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i8 %load to i64
  ret i64 %zext.2
}

define i64 @i64.load16_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i16, ptr %gep, align 1, !tbaa memory
  %sext = sext i16 %load to i64
  ret i64 %sext
}

define i64 @i64.load16_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i16, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i16 %load to i64
  ret i64 %zext.2
}

define i64 @i64.load32_s(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %sext = sext i32 %load to i64
  ret i64 %sext
}

define i64 @i64.load32_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load volatile i32, ptr %gep, align 1, !tbaa memory
  %zext.2 = zext i32 %load to i64
  ret i64 %zext.2
}
