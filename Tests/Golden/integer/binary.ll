define i32 @i32.add(i32 %p0, i32 %p1) {
  %add = add i32 %p0, %p1
  ret i32 %add
}

define i32 @i32.sub(i32 %p0, i32 %p1) {
  %sub = sub i32 %p0, %p1
  ret i32 %sub
}

define i32 @i32.mul(i32 %p0, i32 %p1) {
  %mul = mul i32 %p0, %p1
  ret i32 %mul
}

define i32 @i32.and(i32 %p0, i32 %p1) {
  %and = and i32 %p0, %p1
  ret i32 %and
}

define i32 @i32.or(i32 %p0, i32 %p1) {
  %or = or i32 %p0, %p1
  ret i32 %or
}

define i32 @i32.xor(i32 %p0, i32 %p1) {
  %xor = xor i32 %p0, %p1
  ret i32 %xor
}

define i64 @i64.add(i64 %p0, i64 %p1) {
  %add = add i64 %p0, %p1
  ret i64 %add
}

define i64 @i64.sub(i64 %p0, i64 %p1) {
  %sub = sub i64 %p0, %p1
  ret i64 %sub
}

define i64 @i64.mul(i64 %p0, i64 %p1) {
  %mul = mul i64 %p0, %p1
  ret i64 %mul
}

define i64 @i64.and(i64 %p0, i64 %p1) {
  %and = and i64 %p0, %p1
  ret i64 %and
}

define i64 @i64.or(i64 %p0, i64 %p1) {
  %or = or i64 %p0, %p1
  ret i64 %or
}

define i64 @i64.xor(i64 %p0, i64 %p1) {
  %xor = xor i64 %p0, %p1
  ret i64 %xor
}
