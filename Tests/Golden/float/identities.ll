define double @add 0(double %p0) {
  %fadd = fadd double %p0, -0.000000e+00
  %fcmp = fcmp uno double %fadd, %fadd
  %select = select i1 %fcmp, i64 2251799813685248, i64 0
  %bitcast = bitcast double %fadd to i64
  %or = or i64 %bitcast, %select
  %bitcast.2 = bitcast i64 %or to double
  ret double %bitcast.2
}

define double @add 2(double %p0) {
  %fadd = fadd double %p0, 2.000000e+00
  ret double %fadd
}

define float @sub 0(float %p0) {
  %fsub = fsub float %p0, 0.000000e+00
  %fcmp = fcmp uno float %fsub, %fsub
  %select = select i1 %fcmp, i32 4194304, i32 0
  %bitcast = bitcast float %fsub to i32
  %or = or i32 %bitcast, %select
  %bitcast.2 = bitcast i32 %or to float
  ret float %bitcast.2
}

define float @0 sub(float %p0) {
  %fsub = fsub float 0.000000e+00, %p0
  ret float %fsub
}

define double @mul 1(double %p0) {
  %fmul = fmul double %p0, 1.000000e+00
  %fcmp = fcmp uno double %fmul, %fmul
  %select = select i1 %fcmp, i64 2251799813685248, i64 0
  %bitcast = bitcast double %fmul to i64
  %or = or i64 %bitcast, %select
  %bitcast.2 = bitcast i64 %or to double
  ret double %bitcast.2
}

define float @div -1(float %p0) {
  %fdiv = fdiv float %p0, -1.000000e+00
  %fcmp = fcmp uno float %fdiv, %fdiv
  %select = select i1 %fcmp, i32 4194304, i32 0
  %bitcast = bitcast float %fdiv to i32
  %or = or i32 %bitcast, %select
  %bitcast.2 = bitcast i32 %or to float
  ret float %bitcast.2
}

define <2 x i64> @vector mul 1(<2 x i64> %p0) {
  %bitcast = bitcast <2 x i64> %p0 to <2 x double>
  %fmul = fmul <2 x double> %bitcast, <double 3.000000e+00, double 1.000000e+00>
  %fcmp = fcmp uno <2 x double> %fmul, %fmul
  %select = select <2 x i1> %fcmp, <2 x i64> splat (i64 2251799813685248), <2 x i64> zeroinitializer
  %bitcast.2 = bitcast <2 x double> %fmul to <2 x i64>
  %or = or <2 x i64> %bitcast.2, %select
  %bitcast.3 = bitcast <2 x i64> %or to <2 x double>
  %bitcast.4 = bitcast <2 x double> %bitcast.3 to <2 x i64>
  ret <2 x i64> %bitcast.4
}
