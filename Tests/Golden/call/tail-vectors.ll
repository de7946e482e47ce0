define external linkonce_odr hidden tailcc <2 x i64> @ten(<2 x i64> %p0, <2 x i64> %p1, <2 x i64> %p2, <2 x i64> %p3, <2 x i64> %p4, <2 x i64> %p5, <2 x i64> %p6, <2 x i64> %p7, double %p8, double %p9, double %p10, double %p11) {
  %with_lane = insertelement <2 x double> poison, double %p10, i32 0
  %with_lane.2 = insertelement <2 x double> %with_lane, double %p11, i32 1
  %bitcast = bitcast <2 x double> %with_lane.2 to <2 x i64>
  ret <2 x i64> %bitcast
}

define tailcc <2 x i64> @f(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %lane = extractelement <2 x double> %bitcast, i32 0
  %lane.2 = extractelement <2 x double> %bitcast, i32 1
  %bitcast.2 = bitcast <2 x i64> %p0 to <2 x double>
  %lane.3 = extractelement <2 x double> %bitcast.2, i32 0
  %lane.4 = extractelement <2 x double> %bitcast.2, i32 1
  %call = tail call tailcc <2 x i64> @ten(<2 x i64> %p0, <2 x i64> %p0, <2 x i64> %p0, <2 x i64> %p0, <2 x i64> %p0, <2 x i64> %p0, <2 x i64> %p0, <2 x i64> %p0, double %lane, double %lane.2, double %lane.3, double %lane.4)
  ret <2 x i64> %call
}
