define <2 x i64> @i32x4.relaxed_trunc_f32x4_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x i32> @llvm.fptosi.sat.v4i32.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.relaxed_trunc_f32x4_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %call = call <4 x i32> @llvm.fptoui.sat.v4i32.v4f32(<4 x float> %bitcast)
  %bitcast.2 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.relaxed_trunc_f64x2_s_zero(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x i32> @llvm.fptosi.sat.v2i32.v2f64(<2 x double> %bitcast)
  %shuffle = shufflevector <2 x i32> %call, <2 x i32> zeroinitializer, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %bitcast.2 = bitcast <4 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.relaxed_trunc_f64x2_u_zero(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %call = call <2 x i32> @llvm.fptoui.sat.v2i32.v2f64(<2 x double> %bitcast)
  %shuffle = shufflevector <2 x i32> %call, <2 x i32> zeroinitializer, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %bitcast.2 = bitcast <4 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @f32x4.relaxed_madd(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %bitcast = bitcast <2 x i64> %p2 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.3 = bitcast <2 x i64> %p0 to <4 x float>
  %fmul = fmul <4 x float> %bitcast.3, %bitcast.2
  %fadd = fadd <4 x float> %fmul, %bitcast
  %bitcast.4 = bitcast <4 x float> %fadd to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @f32x4.relaxed_nmadd(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %bitcast = bitcast <2 x i64> %p2 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.3 = bitcast <2 x i64> %p0 to <4 x float>
  %fneg = fneg <4 x float> %bitcast.3
  %fmul = fmul <4 x float> %fneg, %bitcast.2
  %fadd = fadd <4 x float> %fmul, %bitcast
  %bitcast.4 = bitcast <4 x float> %fadd to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @f64x2.relaxed_madd(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %bitcast = bitcast <2 x i64> %p2 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.3 = bitcast <2 x i64> %p0 to <2 x double>
  %fmul = fmul <2 x double> %bitcast.3, %bitcast.2
  %fadd = fadd <2 x double> %fmul, %bitcast
  %bitcast.4 = bitcast <2 x double> %fadd to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @f64x2.relaxed_nmadd(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %bitcast = bitcast <2 x i64> %p2 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.3 = bitcast <2 x i64> %p0 to <2 x double>
  %fneg = fneg <2 x double> %bitcast.3
  %fmul = fmul <2 x double> %fneg, %bitcast.2
  %fadd = fadd <2 x double> %fmul, %bitcast
  %bitcast.4 = bitcast <2 x double> %fadd to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @i8x16.relaxed_laneselect(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %and = and <2 x i64> %p0, %p2
  %xor = xor <2 x i64> %p2, splat (i64 -1)
  %and.2 = and <2 x i64> %p1, %xor
  %or = or <2 x i64> %and, %and.2
  ret <2 x i64> %or
}

define <2 x i64> @i16x8.relaxed_laneselect(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %and = and <2 x i64> %p0, %p2
  %xor = xor <2 x i64> %p2, splat (i64 -1)
  %and.2 = and <2 x i64> %p1, %xor
  %or = or <2 x i64> %and, %and.2
  ret <2 x i64> %or
}

define <2 x i64> @i32x4.relaxed_laneselect(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %and = and <2 x i64> %p0, %p2
  %xor = xor <2 x i64> %p2, splat (i64 -1)
  %and.2 = and <2 x i64> %p1, %xor
  %or = or <2 x i64> %and, %and.2
  ret <2 x i64> %or
}

define <2 x i64> @i64x2.relaxed_laneselect(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %and = and <2 x i64> %p0, %p2
  %xor = xor <2 x i64> %p2, splat (i64 -1)
  %and.2 = and <2 x i64> %p1, %xor
  %or = or <2 x i64> %and, %and.2
  ret <2 x i64> %or
}

define <2 x i64> @f32x4.relaxed_min(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp uno <4 x float> %bitcast.2, %bitcast
  %call = call <4 x float> @llvm.minimum.v4f32(<4 x float> %bitcast.2, <4 x float> %bitcast)
  %fadd = fadd <4 x float> %bitcast.2, %bitcast
  %select = select <4 x i1> %fcmp, <4 x float> %fadd, <4 x float> %call
  %bitcast.3 = bitcast <4 x float> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f32x4.relaxed_max(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x float>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x float>
  %fcmp = fcmp uno <4 x float> %bitcast.2, %bitcast
  %call = call <4 x float> @llvm.maximum.v4f32(<4 x float> %bitcast.2, <4 x float> %bitcast)
  %fadd = fadd <4 x float> %bitcast.2, %bitcast
  %select = select <4 x i1> %fcmp, <4 x float> %fadd, <4 x float> %call
  %bitcast.3 = bitcast <4 x float> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.relaxed_min(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp uno <2 x double> %bitcast.2, %bitcast
  %call = call <2 x double> @llvm.minimum.v2f64(<2 x double> %bitcast.2, <2 x double> %bitcast)
  %fadd = fadd <2 x double> %bitcast.2, %bitcast
  %select = select <2 x i1> %fcmp, <2 x double> %fadd, <2 x double> %call
  %bitcast.3 = bitcast <2 x double> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @f64x2.relaxed_max(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <2 x double>
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %fcmp = fcmp uno <2 x double> %bitcast.2, %bitcast
  %call = call <2 x double> @llvm.maximum.v2f64(<2 x double> %bitcast.2, <2 x double> %bitcast)
  %fadd = fadd <2 x double> %bitcast.2, %bitcast
  %select = select <2 x i1> %fcmp, <2 x double> %fadd, <2 x double> %call
  %bitcast.3 = bitcast <2 x double> %select to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.relaxed_q15mulr_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %sext = sext <8 x i16> %bitcast.2 to <8 x i32>
  %sext.2 = sext <8 x i16> %bitcast to <8 x i32>
  %mul = mul <8 x i32> %sext, %sext.2
  %add = add <8 x i32> %mul, splat (i32 16384)
  %ashr = ashr <8 x i32> %add, splat (i32 15)
  %call = call <8 x i32> @llvm.smin.v8i32(<8 x i32> %ashr, <8 x i32> splat (i32 32767))
  %trunc = trunc <8 x i32> %call to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.relaxed_dot_i8x16_i7x16_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  %sext.2 = sext <8 x i8> %shuffle.2 to <8 x i16>
  %mul = mul <8 x i16> %sext, %sext.2
  %shuffle.3 = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15>
  %sext.3 = sext <8 x i8> %shuffle.3 to <8 x i16>
  %shuffle.4 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15>
  %sext.4 = sext <8 x i8> %shuffle.4 to <8 x i16>
  %mul.2 = mul <8 x i16> %sext.3, %sext.4
  %call = call <8 x i16> @llvm.sadd.sat.v8i16(<8 x i16> %mul, <8 x i16> %mul.2)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.relaxed_dot_i8x16_i7x16_add_s(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2) {
  %bitcast = bitcast <2 x i64> %p2 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.3 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.3, <16 x i8> poison, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %shuffle.2 = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  %sext.2 = sext <8 x i8> %shuffle.2 to <8 x i16>
  %mul = mul <8 x i16> %sext, %sext.2
  %shuffle.3 = shufflevector <16 x i8> %bitcast.3, <16 x i8> poison, <8 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15>
  %sext.3 = sext <8 x i8> %shuffle.3 to <8 x i16>
  %shuffle.4 = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15>
  %sext.4 = sext <8 x i8> %shuffle.4 to <8 x i16>
  %mul.2 = mul <8 x i16> %sext.3, %sext.4
  %call = call <8 x i16> @llvm.sadd.sat.v8i16(<8 x i16> %mul, <8 x i16> %mul.2)
  %shuffle.5 = shufflevector <8 x i16> %call, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %sext.5 = sext <4 x i16> %shuffle.5 to <4 x i32>
  %shuffle.6 = shufflevector <8 x i16> %call, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %sext.6 = sext <4 x i16> %shuffle.6 to <4 x i32>
  %add = add <4 x i32> %sext.5, %sext.6
  %add.2 = add <4 x i32> %add, %bitcast
  %bitcast.4 = bitcast <4 x i32> %add.2 to <2 x i64>
  ret <2 x i64> %bitcast.4
}
