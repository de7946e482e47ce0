define float @f32.ceil(float %p0) {
  %call = call float @llvm.ceil.f32(float %p0)
  ret float %call
}

define float @f32.floor(float %p0) {
  %call = call float @llvm.floor.f32(float %p0)
  ret float %call
}

define float @f32.trunc(float %p0) {
  %call = call float @llvm.trunc.f32(float %p0)
  ret float %call
}

define float @f32.nearest(float %p0) {
  %call = call float @llvm.roundeven.f32(float %p0)
  ret float %call
}

define double @f64.ceil(double %p0) {
  %call = call double @llvm.ceil.f64(double %p0)
  ret double %call
}

define double @f64.floor(double %p0) {
  %call = call double @llvm.floor.f64(double %p0)
  ret double %call
}

define double @f64.trunc(double %p0) {
  %call = call double @llvm.trunc.f64(double %p0)
  ret double %call
}

define double @f64.nearest(double %p0) {
  %call = call double @llvm.roundeven.f64(double %p0)
  ret double %call
}
