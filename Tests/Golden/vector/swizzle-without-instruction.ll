define <2 x i64> @once(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p1 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p0 to <16 x i8>
  %call = call <16 x i8> @wasm.swizzle(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}

define <2 x i64> @twice(<2 x i64> %p0, <2 x i64> %p1) {
  %bitcast = bitcast <2 x i64> %p0 to <16 x i8>
  %bitcast.2 = bitcast <2 x i64> %p1 to <16 x i8>
  %call = call <16 x i8> @wasm.swizzle(<16 x i8> %bitcast.2, <16 x i8> %bitcast)
  %bitcast.3 = bitcast <16 x i8> %call to <2 x i64>
  ret <2 x i64> %bitcast.3
}
