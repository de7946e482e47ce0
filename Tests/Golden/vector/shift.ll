define <2 x i64> @i8x16.shl(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 7
  %trunc = trunc i32 %and to i8
  %with_lane = insertelement <16 x i8> poison, i8 %trunc, i32 0
  %shuffle = shufflevector <16 x i8> %with_lane, <16 x i8> poison, <16 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %shl = shl <16 x i8> %bitcast, %shuffle
  %bitcast.2 = bitcast <16 x i8> %shl to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i8x16.shr_s(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 7
  %trunc = trunc i32 %and to i8
  %with_lane = insertelement <16 x i8> poison, i8 %trunc, i32 0
  %shuffle = shufflevector <16 x i8> %with_lane, <16 x i8> poison, <16 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %ashr = ashr <16 x i8> %bitcast, %shuffle
  %bitcast.2 = bitcast <16 x i8> %ashr to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i8x16.shr_u(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 7
  %trunc = trunc i32 %and to i8
  %with_lane = insertelement <16 x i8> poison, i8 %trunc, i32 0
  %shuffle = shufflevector <16 x i8> %with_lane, <16 x i8> poison, <16 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %lshr = lshr <16 x i8> %bitcast, %shuffle
  %bitcast.2 = bitcast <16 x i8> %lshr to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.shl(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 15
  %trunc = trunc i32 %and to i16
  %with_lane = insertelement <8 x i16> poison, i16 %trunc, i32 0
  %shuffle = shufflevector <8 x i16> %with_lane, <8 x i16> poison, <8 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %shl = shl <8 x i16> %bitcast, %shuffle
  %bitcast.2 = bitcast <8 x i16> %shl to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.shr_s(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 15
  %trunc = trunc i32 %and to i16
  %with_lane = insertelement <8 x i16> poison, i16 %trunc, i32 0
  %shuffle = shufflevector <8 x i16> %with_lane, <8 x i16> poison, <8 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %ashr = ashr <8 x i16> %bitcast, %shuffle
  %bitcast.2 = bitcast <8 x i16> %ashr to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.shr_u(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 15
  %trunc = trunc i32 %and to i16
  %with_lane = insertelement <8 x i16> poison, i16 %trunc, i32 0
  %shuffle = shufflevector <8 x i16> %with_lane, <8 x i16> poison, <8 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %lshr = lshr <8 x i16> %bitcast, %shuffle
  %bitcast.2 = bitcast <8 x i16> %lshr to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.shl(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 31
  %with_lane = insertelement <4 x i32> poison, i32 %and, i32 0
  %shuffle = shufflevector <4 x i32> %with_lane, <4 x i32> poison, <4 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %shl = shl <4 x i32> %bitcast, %shuffle
  %bitcast.2 = bitcast <4 x i32> %shl to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.shr_s(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 31
  %with_lane = insertelement <4 x i32> poison, i32 %and, i32 0
  %shuffle = shufflevector <4 x i32> %with_lane, <4 x i32> poison, <4 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %ashr = ashr <4 x i32> %bitcast, %shuffle
  %bitcast.2 = bitcast <4 x i32> %ashr to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.shr_u(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 31
  %with_lane = insertelement <4 x i32> poison, i32 %and, i32 0
  %shuffle = shufflevector <4 x i32> %with_lane, <4 x i32> poison, <4 x i32> zeroinitializer
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %lshr = lshr <4 x i32> %bitcast, %shuffle
  %bitcast.2 = bitcast <4 x i32> %lshr to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i64x2.shl(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 63
  %zext = zext i32 %and to i64
  %with_lane = insertelement <2 x i64> poison, i64 %zext, i32 0
  %shuffle = shufflevector <2 x i64> %with_lane, <2 x i64> poison, <2 x i32> zeroinitializer
  %shl = shl <2 x i64> %p0, %shuffle
  ret <2 x i64> %shl
}

define <2 x i64> @i64x2.shr_s(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 63
  %zext = zext i32 %and to i64
  %with_lane = insertelement <2 x i64> poison, i64 %zext, i32 0
  %shuffle = shufflevector <2 x i64> %with_lane, <2 x i64> poison, <2 x i32> zeroinitializer
  %ashr = ashr <2 x i64> %p0, %shuffle
  ret <2 x i64> %ashr
}

define <2 x i64> @i64x2.shr_u(<2 x i64> %p0, i32 %p1) {
  %and = and i32 %p1, 63
  %zext = zext i32 %and to i64
  %with_lane = insertelement <2 x i64> poison, i64 %zext, i32 0
  %shuffle = shufflevector <2 x i64> %with_lane, <2 x i64> poison, <2 x i32> zeroinitializer
  %lshr = lshr <2 x i64> %p0, %shuffle
  ret <2 x i64> %lshr
}
