define { i64, i64 } @i64.add128(i64 %p0, i64 %p1, i64 %p2, i64 %p3) {
  %zext = zext i64 %p3 to i128
  %shl = shl i128 %zext, 64
  %zext.2 = zext i64 %p2 to i128
  %or = or i128 %shl, %zext.2
  %zext.3 = zext i64 %p1 to i128
  %shl.2 = shl i128 %zext.3, 64
  %zext.4 = zext i64 %p0 to i128
  %or.2 = or i128 %shl.2, %zext.4
  %add = add i128 %or.2, %or
  %trunc = trunc i128 %add to i64
  %lshr = lshr i128 %add, 64
  %trunc.2 = trunc i128 %lshr to i64
  %mrv = insertvalue { i64, i64 } poison, i64 %trunc, 0
  %mrv.2 = insertvalue { i64, i64 } %mrv, i64 %trunc.2, 1
  ret { i64, i64 } %mrv.2
}

define { i64, i64 } @i64.sub128(i64 %p0, i64 %p1, i64 %p2, i64 %p3) {
  %zext = zext i64 %p3 to i128
  %shl = shl i128 %zext, 64
  %zext.2 = zext i64 %p2 to i128
  %or = or i128 %shl, %zext.2
  %zext.3 = zext i64 %p1 to i128
  %shl.2 = shl i128 %zext.3, 64
  %zext.4 = zext i64 %p0 to i128
  %or.2 = or i128 %shl.2, %zext.4
  %sub = sub i128 %or.2, %or
  %trunc = trunc i128 %sub to i64
  %lshr = lshr i128 %sub, 64
  %trunc.2 = trunc i128 %lshr to i64
  %mrv = insertvalue { i64, i64 } poison, i64 %trunc, 0
  %mrv.2 = insertvalue { i64, i64 } %mrv, i64 %trunc.2, 1
  ret { i64, i64 } %mrv.2
}

define { i64, i64 } @i64.mul_wide_s(i64 %p0, i64 %p1) {
  %sext = sext i64 %p1 to i128
  %sext.2 = sext i64 %p0 to i128
  %mul = mul i128 %sext.2, %sext
  %trunc = trunc i128 %mul to i64
  %lshr = lshr i128 %mul, 64
  %trunc.2 = trunc i128 %lshr to i64
  %mrv = insertvalue { i64, i64 } poison, i64 %trunc, 0
  %mrv.2 = insertvalue { i64, i64 } %mrv, i64 %trunc.2, 1
  ret { i64, i64 } %mrv.2
}

define { i64, i64 } @i64.mul_wide_u(i64 %p0, i64 %p1) {
  %zext = zext i64 %p1 to i128
  %zext.2 = zext i64 %p0 to i128
  %mul = mul i128 %zext.2, %zext
  %trunc = trunc i128 %mul to i64
  %lshr = lshr i128 %mul, 64
  %trunc.2 = trunc i128 %lshr to i64
  %mrv = insertvalue { i64, i64 } poison, i64 %trunc, 0
  %mrv.2 = insertvalue { i64, i64 } %mrv, i64 %trunc.2, 1
  ret { i64, i64 } %mrv.2
}
