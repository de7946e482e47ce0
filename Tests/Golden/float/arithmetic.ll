define internal fastcc double @wasm.0.func.0(double %0, double %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = fadd double %0, %1
  br label %return

return:
  %3 = phi double [ %2, %body ]
  ret double %3
}

define internal fastcc double @wasm.0.func.1(double %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = fmul double %0, 1.000000e+00
  %2 = fcmp uno double %1, %1
  %3 = select i1 %2, i64 2251799813685248, i64 0
  %4 = bitcast double %1 to i64
  %5 = or i64 %4, %3
  %6 = bitcast i64 %5 to double
  br label %return

return:
  %7 = phi double [ %6, %body ]
  ret double %7
}

define internal fastcc float @wasm.0.func.2(float %0, float %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = fcmp uno float %0, %1
  %3 = call float @llvm.minimum.f32(float %0, float %1)
  %4 = fadd float %0, %1
  %5 = select i1 %2, float %4, float %3
  br label %return

return:
  %6 = phi float [ %5, %body ]
  ret float %6
}

define internal fastcc double @wasm.0.func.3(double %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = call double @llvm.roundeven.f64(double %0)
  br label %return

return:
  %2 = phi double [ %1, %body ]
  ret double %2
}

define internal fastcc float @wasm.0.func.4(float %0, float %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = call float @llvm.copysign.f32(float %0, float %1)
  br label %return

return:
  %3 = phi float [ %2, %body ]
  ret float %3
}
