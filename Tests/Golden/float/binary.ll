define float @f32.add(float %p0, float %p1) {
  %fadd = fadd float %p0, %p1
  ret float %fadd
}

define float @f32.sub(float %p0, float %p1) {
  %fsub = fsub float %p0, %p1
  ret float %fsub
}

define float @f32.mul(float %p0, float %p1) {
  %fmul = fmul float %p0, %p1
  ret float %fmul
}

define float @f32.div(float %p0, float %p1) {
  %fdiv = fdiv float %p0, %p1
  ret float %fdiv
}

define float @f32.min(float %p0, float %p1) {
  %fcmp = fcmp uno float %p0, %p1
  %call = call float @llvm.minimum.f32(float %p0, float %p1)
  %fadd = fadd float %p0, %p1
  %select = select i1 %fcmp, float %fadd, float %call
  ret float %select
}

define float @f32.max(float %p0, float %p1) {
  %fcmp = fcmp uno float %p0, %p1
  %call = call float @llvm.maximum.f32(float %p0, float %p1)
  %fadd = fadd float %p0, %p1
  %select = select i1 %fcmp, float %fadd, float %call
  ret float %select
}

define float @f32.copysign(float %p0, float %p1) {
  %call = call float @llvm.copysign.f32(float %p0, float %p1)
  ret float %call
}

define double @f64.add(double %p0, double %p1) {
  %fadd = fadd double %p0, %p1
  ret double %fadd
}

define double @f64.sub(double %p0, double %p1) {
  %fsub = fsub double %p0, %p1
  ret double %fsub
}

define double @f64.mul(double %p0, double %p1) {
  %fmul = fmul double %p0, %p1
  ret double %fmul
}

define double @f64.div(double %p0, double %p1) {
  %fdiv = fdiv double %p0, %p1
  ret double %fdiv
}

define double @f64.min(double %p0, double %p1) {
  %fcmp = fcmp uno double %p0, %p1
  %call = call double @llvm.minimum.f64(double %p0, double %p1)
  %fadd = fadd double %p0, %p1
  %select = select i1 %fcmp, double %fadd, double %call
  ret double %select
}

define double @f64.max(double %p0, double %p1) {
  %fcmp = fcmp uno double %p0, %p1
  %call = call double @llvm.maximum.f64(double %p0, double %p1)
  %fadd = fadd double %p0, %p1
  %select = select i1 %fcmp, double %fadd, double %call
  ret double %select
}

define double @f64.copysign(double %p0, double %p1) {
  %call = call double @llvm.copysign.f64(double %p0, double %p1)
  ret double %call
}
