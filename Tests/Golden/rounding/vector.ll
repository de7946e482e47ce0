define <2 x i64> @f32x4.ceil(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.ceil.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x float> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.floor(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.floor.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x float> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.trunc(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.trunc.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x float> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.nearest(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x float> @llvm.roundeven.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x float> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.ceil(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x double> @llvm.ceil.v2f64(<2 x double> %bitcast)
  %bitcast.2 = bitcast <2 x double> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.floor(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x double> @llvm.floor.v2f64(<2 x double> %bitcast)
  %bitcast.2 = bitcast <2 x double> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.trunc(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x double> @llvm.trunc.v2f64(<2 x double> %bitcast)
  %bitcast.2 = bitcast <2 x double> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f64x2.nearest(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x double> @llvm.roundeven.v2f64(<2 x double> %bitcast)
  %bitcast.2 = bitcast <2 x double> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}
