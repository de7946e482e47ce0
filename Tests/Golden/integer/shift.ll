define i32 @i32.shl(i32 %p0, i32 %p1) {
  %and = and i32 %p1, 31
  %shl = shl i32 %p0, %and
  ret i32 %shl
}

define i32 @i32.shr_s(i32 %p0, i32 %p1) {
  %and = and i32 %p1, 31
  %ashr = ashr i32 %p0, %and
  ret i32 %ashr
}

define i32 @i32.shr_u(i32 %p0, i32 %p1) {
  %and = and i32 %p1, 31
  %lshr = lshr i32 %p0, %and
  ret i32 %lshr
}

define i32 @i32.rotl(i32 %p0, i32 %p1) {
  %call = call i32 @llvm.fshl.i32(i32 %p0, i32 %p0, i32 %p1)
  ret i32 %call
}

define i32 @i32.rotr(i32 %p0, i32 %p1) {
  %call = call i32 @llvm.fshr.i32(i32 %p0, i32 %p0, i32 %p1)
  ret i32 %call
}

define i64 @i64.shl(i64 %p0, i64 %p1) {
  %and = and i64 %p1, 63
  %shl = shl i64 %p0, %and
  ret i64 %shl
}

define i64 @i64.shr_s(i64 %p0, i64 %p1) {
  %and = and i64 %p1, 63
  %ashr = ashr i64 %p0, %and
  ret i64 %ashr
}

define i64 @i64.shr_u(i64 %p0, i64 %p1) {
  %and = and i64 %p1, 63
  %lshr = lshr i64 %p0, %and
  ret i64 %lshr
}

define i64 @i64.rotl(i64 %p0, i64 %p1) {
  %call = call i64 @llvm.fshl.i64(i64 %p0, i64 %p0, i64 %p1)
  ret i64 %call
}

define i64 @i64.rotr(i64 %p0, i64 %p1) {
  %call = call i64 @llvm.fshr.i64(i64 %p0, i64 %p0, i64 %p1)
  ret i64 %call
}
