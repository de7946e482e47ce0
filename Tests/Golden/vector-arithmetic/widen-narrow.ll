define <2 x i64> @i8x16.narrow_i16x8_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> %bitcast, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %call = call <16 x i16> @llvm.smax.v16i16(<16 x i16> %shuffle, <16 x i16> splat (i16 -128))
  %call.2 = call <16 x i16> @llvm.smin.v16i16(<16 x i16> %call, <16 x i16> splat (i16 127))
  %trunc = trunc <16 x i16> %call.2 to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.narrow_i16x8_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> %bitcast, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %call = call <16 x i16> @llvm.smax.v16i16(<16 x i16> %shuffle, <16 x i16> zeroinitializer)
  %call.2 = call <16 x i16> @llvm.smin.v16i16(<16 x i16> %call, <16 x i16> splat (i16 255))
  %trunc = trunc <16 x i16> %call.2 to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.extadd_pairwise_i8x16_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %sext.2 = sext <8 x i8> %shuffle.2 to <8 x i16>
  %add = add <8 x i16> %sext, %sext.2
  %bitcast.2 = bitcast <8 x i16> %add to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.extadd_pairwise_i8x16_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 2, i32 4, i32 6, i32 8, i32 10, i32 12, i32 14>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 1, i32 3, i32 5, i32 7, i32 9, i32 11, i32 13, i32 15>
  %zext = zext <8 x i8> %shuffle to <8 x i16>
  %zext.2 = zext <8 x i8> %shuffle.2 to <8 x i16>
  %add = add <8 x i16> %zext, %zext.2
  %bitcast.2 = bitcast <8 x i16> %add to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.extadd_pairwise_i16x8_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %sext = sext <4 x i16> %shuffle to <4 x i32>
  %sext.2 = sext <4 x i16> %shuffle.2 to <4 x i32>
  %add = add <4 x i32> %sext, %sext.2
  %bitcast.2 = bitcast <4 x i32> %add to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.extadd_pairwise_i16x8_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %zext = zext <4 x i16> %shuffle to <4 x i32>
  %zext.2 = zext <4 x i16> %shuffle.2 to <4 x i32>
  %add = add <4 x i32> %zext, %zext.2
  %bitcast.2 = bitcast <4 x i32> %add to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.narrow_i32x4_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast.2, <4 x i32> %bitcast, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %call = call <8 x i32> @llvm.smax.v8i32(<8 x i32> %shuffle, <8 x i32> splat (i32 -32768))
  %call.2 = call <8 x i32> @llvm.smin.v8i32(<8 x i32> %call, <8 x i32> splat (i32 32767))
  %trunc = trunc <8 x i32> %call.2 to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.narrow_i32x4_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast.2, <4 x i32> %bitcast, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %call = call <8 x i32> @llvm.smax.v8i32(<8 x i32> %shuffle, <8 x i32> zeroinitializer)
  %call.2 = call <8 x i32> @llvm.smin.v8i32(<8 x i32> %call, <8 x i32> splat (i32 65535))
  %trunc = trunc <8 x i32> %call.2 to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.extend_low_i8x16_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %bitcast.2 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.extend_high_i8x16_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %bitcast.2 = bitcast <8 x i16> %sext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.extend_low_i8x16_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %zext = zext <8 x i8> %shuffle to <8 x i16>
  %bitcast.2 = bitcast <8 x i16> %zext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.extend_high_i8x16_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %zext = zext <8 x i8> %shuffle to <8 x i16>
  %bitcast.2 = bitcast <8 x i16> %zext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.extmul_low_i8x16_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %sext.2 = sext <8 x i8> %shuffle.2 to <8 x i16>
  %mul = mul <8 x i16> %sext, %sext.2
  %bitcast.3 = bitcast <8 x i16> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.extmul_high_i8x16_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %sext = sext <8 x i8> %shuffle to <8 x i16>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %sext.2 = sext <8 x i8> %shuffle.2 to <8 x i16>
  %mul = mul <8 x i16> %sext, %sext.2
  %bitcast.3 = bitcast <8 x i16> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.extmul_low_i8x16_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %zext = zext <8 x i8> %shuffle to <8 x i16>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7>
  %zext.2 = zext <8 x i8> %shuffle.2 to <8 x i16>
  %mul = mul <8 x i16> %zext, %zext.2
  %bitcast.3 = bitcast <8 x i16> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.extmul_high_i8x16_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.2, <16 x i8> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %zext = zext <8 x i8> %shuffle to <8 x i16>
  %shuffle.2 = shufflevector <16 x i8> %bitcast, <16 x i8> poison, <8 x i32> <i32 8, i32 9, i32 10, i32 11, i32 12, i32 13, i32 14, i32 15>
  %zext.2 = zext <8 x i8> %shuffle.2 to <8 x i16>
  %mul = mul <8 x i16> %zext, %zext.2
  %bitcast.3 = bitcast <8 x i16> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.extend_low_i16x8_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %sext = sext <4 x i16> %shuffle to <4 x i32>
  %bitcast.2 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.extend_high_i16x8_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %sext = sext <4 x i16> %shuffle to <4 x i32>
  %bitcast.2 = bitcast <4 x i32> %sext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.extend_low_i16x8_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %zext = zext <4 x i16> %shuffle to <4 x i32>
  %bitcast.2 = bitcast <4 x i32> %zext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.extend_high_i16x8_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %zext = zext <4 x i16> %shuffle to <4 x i32>
  %bitcast.2 = bitcast <4 x i32> %zext to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.dot_i16x8_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %sext = sext <4 x i16> %shuffle to <4 x i32>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 2, i32 4, i32 6>
  %sext.2 = sext <4 x i16> %shuffle.2 to <4 x i32>
  %mul = mul <4 x i32> %sext, %sext.2
  %shuffle.3 = shufflevector <8 x i16> %bitcast.2, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %sext.3 = sext <4 x i16> %shuffle.3 to <4 x i32>
  %shuffle.4 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 1, i32 3, i32 5, i32 7>
  %sext.4 = sext <4 x i16> %shuffle.4 to <4 x i32>
  %mul.2 = mul <4 x i32> %sext.3, %sext.4
  %add = add <4 x i32> %mul, %mul.2
  %bitcast.3 = bitcast <4 x i32> %add to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.extmul_low_i16x8_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %sext = sext <4 x i16> %shuffle to <4 x i32>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %sext.2 = sext <4 x i16> %shuffle.2 to <4 x i32>
  %mul = mul <4 x i32> %sext, %sext.2
  %bitcast.3 = bitcast <4 x i32> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.extmul_high_i16x8_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %sext = sext <4 x i16> %shuffle to <4 x i32>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %sext.2 = sext <4 x i16> %shuffle.2 to <4 x i32>
  %mul = mul <4 x i32> %sext, %sext.2
  %bitcast.3 = bitcast <4 x i32> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.extmul_low_i16x8_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %zext = zext <4 x i16> %shuffle to <4 x i32>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 0, i32 1, i32 2, i32 3>
  %zext.2 = zext <4 x i16> %shuffle.2 to <4 x i32>
  %mul = mul <4 x i32> %zext, %zext.2
  %bitcast.3 = bitcast <4 x i32> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.extmul_high_i16x8_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %shuffle = shufflevector <8 x i16> %bitcast.2, <8 x i16> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %zext = zext <4 x i16> %shuffle to <4 x i32>
  %shuffle.2 = shufflevector <8 x i16> %bitcast, <8 x i16> poison, <4 x i32> <i32 4, i32 5, i32 6, i32 7>
  %zext.2 = zext <4 x i16> %shuffle.2 to <4 x i32>
  %mul = mul <4 x i32> %zext, %zext.2
  %bitcast.3 = bitcast <4 x i32> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i64x2.extend_low_i32x4_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %sext = sext <2 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.extend_high_i32x4_s(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 2, i32 3>
  %sext = sext <2 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %sext
}

define <2 x i64> @i64x2.extend_low_i32x4_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %zext = zext <2 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %zext
}

define <2 x i64> @i64x2.extend_high_i32x4_u(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 2, i32 3>
  %zext = zext <2 x i32> %shuffle to <2 x i64>
  ret <2 x i64> %zext
}

define <2 x i64> @i64x2.extmul_low_i32x4_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast.2, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %sext = sext <2 x i32> %shuffle to <2 x i64>
  %shuffle.2 = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %sext.2 = sext <2 x i32> %shuffle.2 to <2 x i64>
  %mul = mul <2 x i64> %sext, %sext.2
  ret <2 x i64> %mul
}

define <2 x i64> @i64x2.extmul_high_i32x4_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast.2, <4 x i32> poison, <2 x i32> <i32 2, i32 3>
  %sext = sext <2 x i32> %shuffle to <2 x i64>
  %shuffle.2 = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 2, i32 3>
  %sext.2 = sext <2 x i32> %shuffle.2 to <2 x i64>
  %mul = mul <2 x i64> %sext, %sext.2
  ret <2 x i64> %mul
}

define <2 x i64> @i64x2.extmul_low_i32x4_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast.2, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %zext = zext <2 x i32> %shuffle to <2 x i64>
  %shuffle.2 = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 0, i32 1>
  %zext.2 = zext <2 x i32> %shuffle.2 to <2 x i64>
  %mul = mul <2 x i64> %zext, %zext.2
  ret <2 x i64> %mul
}

define <2 x i64> @i64x2.extmul_high_i32x4_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %shuffle = shufflevector <4 x i32> %bitcast.2, <4 x i32> poison, <2 x i32> <i32 2, i32 3>
  %zext = zext <2 x i32> %shuffle to <2 x i64>
  %shuffle.2 = shufflevector <4 x i32> %bitcast, <4 x i32> poison, <2 x i32> <i32 2, i32 3>
  %zext.2 = zext <2 x i32> %shuffle.2 to <2 x i64>
  %mul = mul <2 x i64> %zext, %zext.2
  ret <2 x i64> %mul
}
