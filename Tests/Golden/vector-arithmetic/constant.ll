define <2 x i64> @mul(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %fmul = fmul <4 x float> %bitcast, <float 5.000000e-01, float 7.500000e-01, float 1.250000e-01, float 2.500000e-01>
  %bitcast.2 = bitcast <4 x float> %fmul to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @mul 1(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <4 x float>
  %fmul = fmul <4 x float> %bitcast, <float 5.000000e-01, float 7.500000e-01, float 1.000000e+00, float 2.500000e-01>
  %fcmp = fcmp uno <4 x float> %fmul, %fmul
  %select = select <4 x i1> %fcmp, <4 x i32> splat (i32 4194304), <4 x i32> zeroinitializer
  %bitcast.2 = bitcast <4 x float> %fmul to <4 x i32>
  %or = or <4 x i32> %bitcast.2, %select
  %bitcast.3 = bitcast <4 x i32> %or to <4 x float>
  %bitcast.4 = bitcast <4 x float> %bitcast.3 to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @div(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %fdiv = fdiv <2 x double> %bitcast, <double 3.000000e+00, double 0x7FF8000000000000>
  %bitcast.2 = bitcast <2 x double> %fdiv to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @sub(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %fsub = fsub <2 x double> zeroinitializer, %bitcast
  %bitcast.2 = bitcast <2 x double> %fsub to <2 x i64>
  ret <2 x i64> %bitcast.2
}

define <2 x i64> @sub -0(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %fsub = fsub <2 x double> <double 0.000000e+00, double -0.000000e+00>, %bitcast
  %fcmp = fcmp uno <2 x double> %fsub, %fsub
  %select = select <2 x i1> %fcmp, <2 x i64> splat (i64 2251799813685248), <2 x i64> zeroinitializer
  %bitcast.2 = bitcast <2 x double> %fsub to <2 x i64>
  %or = or <2 x i64> %bitcast.2, %select
  %bitcast.3 = bitcast <2 x i64> %or to <2 x double>
  %bitcast.4 = bitcast <2 x double> %bitcast.3 to <2 x i64>
  ret <2 x i64> %bitcast.4
}

define <2 x i64> @add(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <8 x i16>
  %add = add <8 x i16> %bitcast, <i16 513, i16 1027, i16 1541, i16 2055, i16 2569, i16 3083, i16 3597, i16 4111>
  %bitcast.2 = bitcast <8 x i16> %add to <2 x i64>
  ret <2 x i64> %bitcast.2
}
