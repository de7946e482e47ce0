define <2 x i64> @i8x16.shuffle(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %shuffle = shufflevector <16 x i8> %bitcast.2, <16 x i8> %bitcast, <16 x i32> <i32 0, i32 1, i32 2, i32 3, i32 4, i32 5, i32 6, i32 7, i32 16, i32 17, i32 18, i32 19, i32 20, i32 21, i32 22, i32 31>
  %bitcast.3 = bitcast <16 x i8> %shuffle to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.swizzle(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.uadd.sat.v16i8(<16 x i8> %bitcast, <16 x i8> splat (i8 112))
  %call.2 = call <16 x i8> @llvm.x86.ssse3.pshuf.b.128(<16 x i8> %bitcast.2, <16 x i8> %call)
  %bitcast.3 = bitcast <16 x i8> %call.2 to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @i8x16.relaxed_swizzle(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @llvm.uadd.sat.v16i8(<16 x i8> %bitcast, <16 x i8> splat (i8 112))
  %call.2 = call <16 x i8> @llvm.x86.ssse3.pshuf.b.128(<16 x i8> %bitcast.2, <16 x i8> %call)
  %bitcast.3 = bitcast <16 x i8> %call.2 to <2 x i64>
  ret <2 x i64> %bitcast.3
}
