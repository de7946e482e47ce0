define <2 x i64> @f32x4.demote_f64x2_zero(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %fptrunc = fptrunc <2 x double> %bitcast to <2 x float>
  %fcmp = fcmp uno <2 x float> %fptrunc, %fptrunc
  %select = select <2 x i1> %fcmp, <2 x i32> splat (i32 4194304), <2 x i32> zeroinitializer
  %bitcast.2 = bitcast <2 x float> %fptrunc to <2 x i32>
  %or = or <2 x i32> %bitcast.2, %select
  %bitcast.3 = bitcast <2 x i32> %or to <2 x float>
  %shuffle = shufflevector <2 x float> %bitcast.3, <2 x float> zeroinitializer, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %bitcast.4 = bitcast <4 x float> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @f64x2.promote_low_f32x4(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %shuffle = shufflevector <4 x float> %bitcast, <4 x float> poison, <2 x i32> <i32 0, i32 1>
  %fpext = fpext <2 x float> %shuffle to <2 x double>
  %bitcast.2 = bitcast <2 x double> %fpext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.trunc_sat_f32x4_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x i32> @llvm.fptosi.sat.v4i32.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.trunc_sat_f32x4_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x i32> @llvm.fptoui.sat.v4i32.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.convert_i32x4_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %sitofp = sitofp <4 x i32> %bitcast to <4 x float>
  %bitcast.2 = bitcast <4 x float> %sitofp to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.convert_i32x4_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %uitofp = uitofp <4 x i32> %bitcast to <4 x float>
  %bitcast.2 = bitcast <4 x float> %uitofp to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.trunc_sat_f64x2_s_zero(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x i32> @llvm.fptosi.sat.v2i32.v2f64(<2 x double> %bitcast)
  %shuffle = shufflevector <2 x i32> %call, <2 x i32> zeroinitializer, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %bitcast.2 = bitcast <4 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.trunc_sat_f64x2_u_zero(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x i32> @llvm.fptoui.sat.v2i32.v2f64(<2 x double> %bitcast)
  %shuffle = shufflevector <2 x i32> %call, <2 x i32> zeroinitializer, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %bitcast.2 = bitcast <4 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.convert_low_i32x4_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %sitofp = sitofp <2 x i32> %shuffle to <2 x double>
  %bitcast.2 = bitcast <2 x double> %sitofp to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.convert_low_i32x4_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %uitofp = uitofp <2 x i32> %shuffle to <2 x double>
  %bitcast.2 = bitcast <2 x double> %uitofp to <2 x i64>
  ret <2 x i64> %bitcast.2
}
