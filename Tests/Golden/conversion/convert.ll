define float @f32.convert_i32_s(i32 %p0) {
  %sitofp = sitofp i32 %p0 to float
  ret float %sitofp
}

define float @f32.convert_i32_u(i32 %p0) {
  %uitofp = uitofp i32 %p0 to float
  ret float %uitofp
}

define float @f32.convert_i64_s(i64 %p0) {
  %sitofp = sitofp i64 %p0 to float
  ret float %sitofp
}

define float @f32.convert_i64_u(i64 %p0) {
  %uitofp = uitofp i64 %p0 to float
  ret float %uitofp
}

define float @f32.demote_f64(double %p0) {
  %fptrunc = fptrunc double %p0 to float
  %fcmp = fcmp uno float %fptrunc, %fptrunc
  %select = select i1 %fcmp, i32 4194304, i32 0
  %bitcast = bitcast float %fptrunc to i32
  %or = or i32 %bitcast, %select
  %bitcast.2 = bitcast i32 %or to float
  ret float %bitcast.2
}

define double @f64.convert_i32_s(i32 %p0) {
  %sitofp = sitofp i32 %p0 to double
  ret double %sitofp
}

define double @f64.convert_i32_u(i32 %p0) {
  %uitofp = uitofp i32 %p0 to double
  ret double %uitofp
}

define double @f64.convert_i64_s(i64 %p0) {
  %sitofp = sitofp i64 %p0 to double
  ret double %sitofp
}

define double @f64.convert_i64_u(i64 %p0) {
  %uitofp = uitofp i64 %p0 to double
  ret double %uitofp
}

define double @f64.promote_f32(float %p0) {
  %fpext = fpext float %p0 to double
  ret double %fpext
}
