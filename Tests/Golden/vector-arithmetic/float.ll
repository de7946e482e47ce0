define <2 x i64> @f32x4.abs(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.fabs.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x float> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.neg(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %fneg = fneg <4 x float> %bitcast
  %bitcast.2 = bitcast <4 x float> %fneg to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.sqrt(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.sqrt.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x float> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.add(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fadd = fadd <4 x float> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x float> %fadd to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.sub(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fsub = fsub <4 x float> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x float> %fsub to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.mul(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fmul = fmul <4 x float> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x float> %fmul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.div(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fdiv = fdiv <4 x float> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x float> %fdiv to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.min(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp uno <4 x float> %bitcast.2, %bitcast
  %call = call <4 x float> @llvm.minimum.v4f32(<4 x float> %bitcast.2, <4 x float> %bitcast)
  %fadd = fadd <4 x float> %bitcast.2, %bitcast
  %select = select <4 x i1> %fcmp, <4 x float> %fadd, <4 x float> %call
  %bitcast.3 = bitcast <4 x float> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.max(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp uno <4 x float> %bitcast.2, %bitcast
  %call = call <4 x float> @llvm.maximum.v4f32(<4 x float> %bitcast.2, <4 x float> %bitcast)
  %fadd = fadd <4 x float> %bitcast.2, %bitcast
  %select = select <4 x i1> %fcmp, <4 x float> %fadd, <4 x float> %call
  %bitcast.3 = bitcast <4 x float> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.pmin(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp olt <4 x float> %bitcast, %bitcast.2
  %select = select <4 x i1> %fcmp, <4 x float> %bitcast, <4 x float> %bitcast.2
  %bitcast.3 = bitcast <4 x float> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.pmax(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp olt <4 x float> %bitcast.2, %bitcast
  %select = select <4 x i1> %fcmp, <4 x float> %bitcast, <4 x float> %bitcast.2
  %bitcast.3 = bitcast <4 x float> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.abs(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x double> @llvm.fabs.v2f64(<2 x double> %bitcast)
  %bitcast.2 = bitcast <2 x double> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.neg(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %fneg = fneg <2 x double> %bitcast
  %bitcast.2 = bitcast <2 x double> %fneg to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.sqrt(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x double> @llvm.sqrt.v2f64(<2 x double> %bitcast)
  %bitcast.2 = bitcast <2 x double> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.add(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fadd = fadd <2 x double> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <2 x double> %fadd to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.sub(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fsub = fsub <2 x double> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <2 x double> %fsub to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.mul(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fmul = fmul <2 x double> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <2 x double> %fmul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.div(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fdiv = fdiv <2 x double> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <2 x double> %fdiv to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.min(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp uno <2 x double> %bitcast.2, %bitcast
  %call = call <2 x double> @llvm.minimum.v2f64(<2 x double> %bitcast.2, <2 x double> %bitcast)
  %fadd = fadd <2 x double> %bitcast.2, %bitcast
  %select = select <2 x i1> %fcmp, <2 x double> %fadd, <2 x double> %call
  %bitcast.3 = bitcast <2 x double> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.max(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp uno <2 x double> %bitcast.2, %bitcast
  %call = call <2 x double> @llvm.maximum.v2f64(<2 x double> %bitcast.2, <2 x double> %bitcast)
  %fadd = fadd <2 x double> %bitcast.2, %bitcast
  %select = select <2 x i1> %fcmp, <2 x double> %fadd, <2 x double> %call
  %bitcast.3 = bitcast <2 x double> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.pmin(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp olt <2 x double> %bitcast, %bitcast.2
  %select = select <2 x i1> %fcmp, <2 x double> %bitcast, <2 x double> %bitcast.2
  %bitcast.3 = bitcast <2 x double> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.pmax(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp olt <2 x double> %bitcast.2, %bitcast
  %select = select <2 x i1> %fcmp, <2 x double> %bitcast, <2 x double> %bitcast.2
  %bitcast.3 = bitcast <2 x double> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}
