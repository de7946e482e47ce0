define i32 @i32.trunc_sat_f32_s(float %p0) {
  %call = call i32 @llvm.fptosi.sat.i32.f32(float %p0)
  ret i32 %call
}

define i32 @i32.trunc_sat_f32_u(float %p0) {
  %call = call i32 @llvm.fptoui.sat.i32.f32(float %p0)
  ret i32 %call
}

define i32 @i32.trunc_sat_f64_s(double %p0) {
  %call = call i32 @llvm.fptosi.sat.i32.f64(double %p0)
  ret i32 %call
}

define i32 @i32.trunc_sat_f64_u(double %p0) {
  %call = call i32 @llvm.fptoui.sat.i32.f64(double %p0)
  ret i32 %call
}

define i64 @i64.trunc_sat_f32_s(float %p0) {
  %call = call i64 @llvm.fptosi.sat.i64.f32(float %p0)
  ret i64 %call
}

define i64 @i64.trunc_sat_f32_u(float %p0) {
  %call = call i64 @llvm.fptoui.sat.i64.f32(float %p0)
  ret i64 %call
}

define i64 @i64.trunc_sat_f64_s(double %p0) {
  %call = call i64 @llvm.fptosi.sat.i64.f64(double %p0)
  ret i64 %call
}

define i64 @i64.trunc_sat_f64_u(double %p0) {
  %call = call i64 @llvm.fptoui.sat.i64.f64(double %p0)
  ret i64 %call
}
