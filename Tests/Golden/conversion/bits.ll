define i32 @i32.wrap_i64(i64 %p0) {
  %trunc = trunc i64 %p0 to i32
  ret i32 %trunc
}

define i64 @i64.extend_i32_s(i32 %p0) {
  %sext = sext i32 %p0 to i64
  ret i64 %sext
}

define i64 @i64.extend_i32_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  ret i64 %zext
}

define i32 @i32.reinterpret_f32(float %p0) {
  %bitcast = bitcast float %p0 to i32
  ret i32 %bitcast
}

define i64 @i64.reinterpret_f64(double %p0) {
  %bitcast = bitcast double %p0 to i64
  ret i64 %bitcast
}

define float @f32.reinterpret_i32(i32 %p0) {
  %bitcast = bitcast i32 %p0 to float
  ret float %bitcast
}

define double @f64.reinterpret_i64(i64 %p0) {
  %bitcast = bitcast i64 %p0 to double
  ret double %bitcast
}
