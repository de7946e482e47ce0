define <2 x i64> @i8x16.splat(i32 %p0) {
  %trunc = trunc i32 %p0 to i8
  %with_lane = insertelement <16 x i8> poison, i8 %trunc, i32 0
  %shuffle = shufflevector <16 x i8> %with_lane, <16 x i8> poison, <16 x i32> zeroinitializer
  %bitcast = bitcast <16 x i8> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @i16x8.splat(i32 %p0) {
  %trunc = trunc i32 %p0 to i16
  %with_lane = insertelement <8 x i16> poison, i16 %trunc, i32 0
  %shuffle = shufflevector <8 x i16> %with_lane, <8 x i16> poison, <8 x i32> zeroinitializer
  %bitcast = bitcast <8 x i16> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @i32x4.splat(i32 %p0) {
  %with_lane = insertelement <4 x i32> poison, i32 %p0, i32 0
  %shuffle = shufflevector <4 x i32> %with_lane, <4 x i32> poison, <4 x i32> zeroinitializer
  %bitcast = bitcast <4 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @i64x2.splat(i64 %p0) {
  %with_lane = insertelement <2 x i64> poison, i64 %p0, i32 0
  %shuffle = shufflevector <2 x i64> %with_lane, <2 x i64> poison, <2 x i32> zeroinitializer
  ret <2 x i64> %shuffle
}

define <2 x i64> @f32x4.splat(float %p0) {
  %with_lane = insertelement <4 x float> poison, float %p0, i32 0
  %shuffle = shufflevector <4 x float> %with_lane, <4 x float> poison, <4 x i32> zeroinitializer
  %bitcast = bitcast <4 x float> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define <2 x i64> @f64x2.splat(double %p0) {
  %with_lane = insertelement <2 x double> poison, double %p0, i32 0
  %shuffle = shufflevector <2 x double> %with_lane, <2 x double> poison, <2 x i32> zeroinitializer
  %bitcast = bitcast <2 x double> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast
}

define i32 @i8x16.extract_lane_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %lane = extractelement <16 x i8> %bitcast, i32 1
  %sext = sext i8 %lane to i32
  ret i32 %sext
}

define i32 @i8x16.extract_lane_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %lane = extractelement <16 x i8> %bitcast, i32 1
  %zext = zext i8 %lane to i32
  ret i32 %zext
}

define <2 x i64> @i8x16.replace_lane(<2 x i64> %p0, i32 %p1) {
  %trunc = trunc i32 %p1 to i8
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %with_lane = insertelement <16 x i8> %bitcast, i8 %trunc, i32 1
  %bitcast.2 = bitcast <16 x i8> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define i32 @i16x8.extract_lane_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %lane = extractelement <8 x i16> %bitcast, i32 1
  %sext = sext i16 %lane to i32
  ret i32 %sext
}

define i32 @i16x8.extract_lane_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %lane = extractelement <8 x i16> %bitcast, i32 1
  %zext = zext i16 %lane to i32
  ret i32 %zext
}

define <2 x i64> @i16x8.replace_lane(<2 x i64> %p0, i32 %p1) {
  %trunc = trunc i32 %p1 to i16
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %with_lane = insertelement <8 x i16> %bitcast, i16 %trunc, i32 1
  %bitcast.2 = bitcast <8 x i16> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define i32 @i32x4.extract_lane(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %lane = extractelement <4 x i32> %bitcast, i32 1
  ret i32 %lane
}

define <2 x i64> @i32x4.replace_lane(<2 x i64> %p0, i32 %p1) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %with_lane = insertelement <4 x i32> %bitcast, i32 %p1, i32 1
  %bitcast.2 = bitcast <4 x i32> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define i64 @i64x2.extract_lane(<2 x i64> %p0) {
  %lane = extractelement <2 x i64> %p0, i32 1
  ret i64 %lane
}

define <2 x i64> @i64x2.replace_lane(<2 x i64> %p0, i64 %p1) {
  %with_lane = insertelement <2 x i64> %p0, i64 %p1, i32 1
  ret <2 x i64> %with_lane
}

define float @f32x4.extract_lane(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %lane = extractelement <4 x float> %bitcast, i32 1
  ret float %lane
}

define <2 x i64> @f32x4.replace_lane(<2 x i64> %p0, float %p1) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %with_lane = insertelement <4 x float> %bitcast, float %p1, i32 1
  %bitcast.2 = bitcast <4 x float> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define double @f64x2.extract_lane(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %lane = extractelement <2 x double> %bitcast, i32 1
  ret double %lane
}

define <2 x i64> @f64x2.replace_lane(<2 x i64> %p0, double %p1) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %with_lane = insertelement <2 x double> %bitcast, double %p1, i32 1
  %bitcast.2 = bitcast <2 x double> %with_lane to <2 x i64>
  ret <2 x i64> %bitcast.2
}
