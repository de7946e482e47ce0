define double @f64.nearest(double %p0) {
  %call = call double @llvm.fabs.f64(double %p0)
  %fcmp = fcmp oge double %call, 0x4330000000000000
  %fadd = fadd double %call, 0x4330000000000000
  %fsub = fsub double %fadd, 0x4330000000000000
  %call.2 = call double @llvm.copysign.f64(double %fsub, double %p0)
  %select = select i1 %fcmp, double %p0, double %call.2
  ret double %select
}

define float @f32.trunc(float %p0) {
  %call = call float @llvm.fabs.f32(float %p0)
  %fcmp = fcmp oge float %call, 0x4160000000000000
  %fadd = fadd float %call, 0x4160000000000000
  %fsub = fsub float %fadd, 0x4160000000000000
  %fcmp.2 = fcmp ogt float %fsub, %call
  %select = select i1 %fcmp.2, float -1.000000e+00, float 0.000000e+00
  %fadd.2 = fadd float %fsub, %select
  %call.2 = call float @llvm.copysign.f32(float %fadd.2, float %p0)
  %select.2 = select i1 %fcmp, float %p0, float %call.2
  ret float %select.2
}

define double @f64.floor(double %p0) {
  %call = call double @llvm.fabs.f64(double %p0)
  %fcmp = fcmp oge double %call, 0x4330000000000000
  %fadd = fadd double %call, 0x4330000000000000
  %fsub = fsub double %fadd, 0x4330000000000000
  %call.2 = call double @llvm.copysign.f64(double %fsub, double %p0)
  %call.3 = call double @llvm.copysign.f64(double %fsub, double %p0)
  %fcmp.2 = fcmp ogt double %call.3, %p0
  %select = select i1 %fcmp.2, double -1.000000e+00, double 0.000000e+00
  %fadd.2 = fadd double %call.2, %select
  %call.4 = call double @llvm.copysign.f64(double %fadd.2, double %p0)
  %select.2 = select i1 %fcmp, double %p0, double %call.4
  ret double %select.2
}

define <2 x i64> @f32x4.ceil(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.fabs.v4f32(<4 x float> %bitcast)
  %fcmp = fcmp oge <4 x float> %call, splat (float 0x4160000000000000)
  %fadd = fadd <4 x float> %call, splat (float 0x4160000000000000)
  %fsub = fsub <4 x float> %fadd, splat (float 0x4160000000000000)
  %call.2 = call <4 x float> @llvm.copysign.v4f32(<4 x float> %fsub, <4 x float> %bitcast)
  %call.3 = call <4 x float> @llvm.copysign.v4f32(<4 x float> %fsub, <4 x float> %bitcast)
  %fcmp.2 = fcmp olt <4 x float> %call.3, %bitcast
  %select = select <4 x i1> %fcmp.2, <4 x float> splat (float 1.000000e+00), <4 x float> zeroinitializer
  %fadd.2 = fadd <4 x float> %call.2, %select
  %call.4 = call <4 x float> @llvm.copysign.v4f32(<4 x float> %fadd.2, <4 x float> %bitcast)
  %select.2 = select <4 x i1> %fcmp, <4 x float> %bitcast, <4 x float> %call.4
  %bitcast.2 = bitcast <4 x float> %select.2 to <2 x i64>
  ret <2 x i64> %bitcast.2
}
