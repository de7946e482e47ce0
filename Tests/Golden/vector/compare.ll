define <2 x i64> @i8x16.eq(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp eq <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.ne(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp ne <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.lt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp slt <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.lt_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp ult <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.gt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp sgt <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.gt_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp ugt <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.le_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp sle <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.le_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp ule <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.ge_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp sge <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.ge_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %icmp = icmp uge <16 x i8> %bitcast.2, %bitcast
  %sext = sext <16 x i1> %icmp to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.eq(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp eq <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.ne(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp ne <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.lt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp slt <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.lt_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp ult <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.gt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp sgt <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.gt_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp ugt <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.le_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp sle <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.le_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp ule <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.ge_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp sge <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.ge_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %icmp = icmp uge <8 x i16> %bitcast.2, %bitcast
  %sext = sext <8 x i1> %icmp to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.eq(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp eq <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.ne(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp ne <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.lt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp slt <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.lt_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp ult <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.gt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp sgt <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.gt_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp ugt <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.le_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp sle <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.le_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp ule <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.ge_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp sge <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.ge_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %icmp = icmp uge <4 x i32> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %icmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.eq(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp oeq <4 x float> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %fcmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.ne(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp une <4 x float> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %fcmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.lt(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp olt <4 x float> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %fcmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.gt(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp ogt <4 x float> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %fcmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.le(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp ole <4 x float> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %fcmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.ge(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp oge <4 x float> %bitcast.2, %bitcast
  %sext = sext <4 x i1> %fcmp to <4 x i32>
  %bitcast.3 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.eq(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp oeq <2 x double> %bitcast.2, %bitcast
  %sext = sext <2 x i1> %fcmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @f64x2.ne(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp une <2 x double> %bitcast.2, %bitcast
  %sext = sext <2 x i1> %fcmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @f64x2.lt(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp olt <2 x double> %bitcast.2, %bitcast
  %sext = sext <2 x i1> %fcmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @f64x2.gt(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp ogt <2 x double> %bitcast.2, %bitcast
  %sext = sext <2 x i1> %fcmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @f64x2.le(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp ole <2 x double> %bitcast.2, %bitcast
  %sext = sext <2 x i1> %fcmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @f64x2.ge(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp oge <2 x double> %bitcast.2, %bitcast
  %sext = sext <2 x i1> %fcmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.eq(<2 x i64> %p0, <2 x i64> %p1) {
  %icmp = icmp eq <2 x i64> %p0, %p1
  %sext = sext <2 x i1> %icmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.ne(<2 x i64> %p0, <2 x i64> %p1) {
  %icmp = icmp ne <2 x i64> %p0, %p1
  %sext = sext <2 x i1> %icmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.lt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %icmp = icmp slt <2 x i64> %p0, %p1
  %sext = sext <2 x i1> %icmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.gt_s(<2 x i64> %p0, <2 x i64> %p1) {
  %icmp = icmp sgt <2 x i64> %p0, %p1
  %sext = sext <2 x i1> %icmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.le_s(<2 x i64> %p0, <2 x i64> %p1) {
  %icmp = icmp sle <2 x i64> %p0, %p1
  %sext = sext <2 x i1> %icmp to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.ge_s(<2 x i64> %p0, <2 x i64> %p1) {
  %icmp = icmp sge <2 x i64> %p0, %p1
  %sext = sext <2 x i1> %icmp to <2 x i64>
  ret <2 x i64> %sext
}
