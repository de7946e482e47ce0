define <2 x i64> @excessive(i32 %p0, <2 x i64> %p1) {
  %call = call <2 x i64> @op.i8x16.popcnt(<2 x i64> %load, place)
  %call.2 = call <2 x i64> @op.i8x16.popcnt(<2 x i64> %load.2, place)
  %call.3 = call <2 x i64> @op.i8x16.shl(<2 x i64> %load.3, i32 3, place)
  %call.4 = call i32 @op.i32.div_s(i32 %load.4, i32 0, place)
  %call.5 = call ptr @op.callee.0.0.1(i64 %zext, place)
}
