define i32 @i32.clz(i32 %p0) {
  %call = call i32 @llvm.ctlz.i32(i32 %p0, i1 false)
  ret i32 %call
}

define i32 @i32.ctz(i32 %p0) {
  %call = call i32 @llvm.cttz.i32(i32 %p0, i1 false)
  ret i32 %call
}

define i32 @i32.popcnt(i32 %p0) {
  %call = call i32 @llvm.ctpop.i32(i32 %p0)
  ret i32 %call
}

define i64 @i64.clz(i64 %p0) {
  %call = call i64 @llvm.ctlz.i64(i64 %p0, i1 false)
  ret i64 %call
}

define i64 @i64.ctz(i64 %p0) {
  %call = call i64 @llvm.cttz.i64(i64 %p0, i1 false)
  ret i64 %call
}

define i64 @i64.popcnt(i64 %p0) {
  %call = call i64 @llvm.ctpop.i64(i64 %p0)
  ret i64 %call
}

define i32 @i32.extend8_s(i32 %p0) {
  %trunc = trunc i32 %p0 to i8
  %sext = sext i8 %trunc to i32
  ret i32 %sext
}

define i32 @i32.extend16_s(i32 %p0) {
  %trunc = trunc i32 %p0 to i16
  %sext = sext i16 %trunc to i32
  ret i32 %sext
}

define i64 @i64.extend8_s(i64 %p0) {
  %trunc = trunc i64 %p0 to i8
  %sext = sext i8 %trunc to i64
  ret i64 %sext
}

define i64 @i64.extend16_s(i64 %p0) {
  %trunc = trunc i64 %p0 to i16
  %sext = sext i16 %trunc to i64
  ret i64 %sext
}

define i64 @i64.extend32_s(i64 %p0) {
  %trunc = trunc i64 %p0 to i32
  %sext = sext i32 %trunc to i64
  ret i64 %sext
}
