define float @f32.abs(float %p0) {
  %call = call float @llvm.fabs.f32(float %p0)
  ret float %call
}

define float @f32.neg(float %p0) {
  %fneg = fneg float %p0
  ret float %fneg
}

define float @f32.sqrt(float %p0) {
  %call = call float @llvm.sqrt.f32(float %p0)
  ret float %call
}

define double @f64.abs(double %p0) {
  %call = call double @llvm.fabs.f64(double %p0)
  ret double %call
}

define double @f64.neg(double %p0) {
  %fneg = fneg double %p0
  ret double %fneg
}

define double @f64.sqrt(double %p0) {
  %call = call double @llvm.sqrt.f64(double %p0)
  ret double %call
}
