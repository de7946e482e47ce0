define <2 x i64> @i8x16.abs(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.abs.v16i8(<16 x i8> %bitcast, i1 false)
  %bitcast.2 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i8x16.neg(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %sub = sub <16 x i8> zeroinitializer, %bitcast
  %bitcast.2 = bitcast <16 x i8> %sub to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i8x16.popcnt(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.ctpop.v16i8(<16 x i8> %bitcast)
  %bitcast.2 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i8x16.add(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %add = add <16 x i8> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <16 x i8> %add to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.add_sat_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.sadd.sat.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.add_sat_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.uadd.sat.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.sub(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %sub = sub <16 x i8> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <16 x i8> %sub to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.sub_sat_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.ssub.sat.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.sub_sat_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.usub.sat.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.min_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.smin.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.min_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.umin.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.max_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.smax.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.max_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.umax.v16i8(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.avgr_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %zext = zext <16 x i8> %bitcast.2 to <16 x i16>
  %zext.2 = zext <16 x i8> %bitcast to <16 x i16>
  %add = add <16 x i16> %zext, %zext.2
  %add.2 = add <16 x i16> %add, splat (i16 1)
  %lshr = lshr <16 x i16> %add.2, splat (i16 1)
  %trunc = trunc <16 x i16> %lshr to <16 x i8>
  %bitcast.3 = bitcast <16 x i8> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.abs(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.abs.v8i16(<8 x i16> %bitcast, i1 false)
  %bitcast.2 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.neg(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %sub = sub <8 x i16> zeroinitializer, %bitcast
  %bitcast.2 = bitcast <8 x i16> %sub to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i16x8.q15mulr_sat_s(<2 x i64> %p0, <2 x i64> %p1) {
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

define <2 x i64> @i16x8.add(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %add = add <8 x i16> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <8 x i16> %add to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.add_sat_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.sadd.sat.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.add_sat_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.uadd.sat.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.sub(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %sub = sub <8 x i16> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <8 x i16> %sub to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.sub_sat_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.ssub.sat.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.sub_sat_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.usub.sat.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.mul(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %mul = mul <8 x i16> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <8 x i16> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.min_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.smin.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.min_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.umin.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.max_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.smax.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.max_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %call = call <8 x i16> @llvm.umax.v8i16(<8 x i16> %bitcast.2, <8 x i16> %bitcast)
  %bitcast.3 = bitcast <8 x i16> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i16x8.avgr_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <8 x i16>
  %bitcast.2 = bitcast <2 x i64> %p0 to <8 x i16>
  %zext = zext <8 x i16> %bitcast.2 to <8 x i32>
  %zext.2 = zext <8 x i16> %bitcast to <8 x i32>
  %add = add <8 x i32> %zext, %zext.2
  %add.2 = add <8 x i32> %add, splat (i32 1)
  %lshr = lshr <8 x i32> %add.2, splat (i32 1)
  %trunc = trunc <8 x i32> %lshr to <8 x i16>
  %bitcast.3 = bitcast <8 x i16> %trunc to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.abs(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %call = call <4 x i32> @llvm.abs.v4i32(<4 x i32> %bitcast, i1 false)
  %bitcast.2 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.neg(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x i32>
  %sub = sub <4 x i32> zeroinitializer, %bitcast
  %bitcast.2 = bitcast <4 x i32> %sub to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @i32x4.add(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %add = add <4 x i32> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x i32> %add to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.sub(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %sub = sub <4 x i32> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x i32> %sub to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.mul(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %mul = mul <4 x i32> %bitcast.2, %bitcast
  %bitcast.3 = bitcast <4 x i32> %mul to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.min_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %call = call <4 x i32> @llvm.smin.v4i32(<4 x i32> %bitcast.2, <4 x i32> %bitcast)
  %bitcast.3 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.min_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %call = call <4 x i32> @llvm.umin.v4i32(<4 x i32> %bitcast.2, <4 x i32> %bitcast)
  %bitcast.3 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.max_s(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %call = call <4 x i32> @llvm.smax.v4i32(<4 x i32> %bitcast.2, <4 x i32> %bitcast)
  %bitcast.3 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i32x4.max_u(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <4 x i32>
  %bitcast.2 = bitcast <2 x i64> %p0 to <4 x i32>
  %call = call <4 x i32> @llvm.umax.v4i32(<4 x i32> %bitcast.2, <4 x i32> %bitcast)
  %bitcast.3 = bitcast <4 x i32> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i64x2.abs(<2 x i64> %p0) {
  %call = call <2 x i64> @llvm.abs.v2i64(<2 x i64> %p0, i1 false)
  ret <2 x i64> %call
}

define <2 x i64> @i64x2.neg(<2 x i64> %p0) {
  %sub = sub <2 x i64> zeroinitializer, %p0
  ret <2 x i64> %sub
}

define <2 x i64> @i64x2.add(<2 x i64> %p0, <2 x i64> %p1) {
  %add = add <2 x i64> %p0, %p1
  ret <2 x i64> %add
}

define <2 x i64> @i64x2.sub(<2 x i64> %p0, <2 x i64> %p1) {
  %sub = sub <2 x i64> %p0, %p1
  ret <2 x i64> %sub
}

define <2 x i64> @i64x2.mul(<2 x i64> %p0, <2 x i64> %p1) {
  %mul = mul <2 x i64> %p0, %p1
  ret <2 x i64> %mul
}
