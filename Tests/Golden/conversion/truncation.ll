define internal fastcc i32 @wasm.0.func.0(double %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = fcmp ogt double %0, 0xC1E0000000200000
  %2 = fcmp olt double %0, 0x41E0000000000000
  %3 = and i1 %1, %2
  br i1 %3, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}

return:
  %4 = phi i32 [ %7, %next ]
  ret i32 %4

trap:
  %5 = fcmp uno double %0, %0
  %6 = select i1 %5, i32 4, i32 3
  call void @wasmc_trap(i32 %6, i32 105)
  unreachable

next:
  %7 = fptosi double %0 to i32
  br label %return
}

define internal fastcc i64 @wasm.0.func.1(float %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = call i64 @llvm.fptoui.sat.i64.f32(float %0)
  br label %return

return:
  %2 = phi i64 [ %1, %body ]
  ret i64 %2
}

define internal fastcc float @wasm.0.func.2(double %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = fptrunc double %0 to float
  %2 = fcmp uno float %1, %1
  %3 = select i1 %2, i32 4194304, i32 0
  %4 = bitcast float %1 to i32
  %5 = or i32 %4, %3
  %6 = bitcast i32 %5 to float
  br label %return

return:
  %7 = phi float [ %6, %body ]
  ret float %7
}

define internal fastcc float @wasm.0.func.3(i64 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = uitofp i64 %0 to float
  br label %return

return:
  %2 = phi float [ %1, %body ]
  ret float %2
}

define internal fastcc i64 @wasm.0.func.4(double %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = bitcast double %0 to i64
  br label %return

return:
  %2 = phi i64 [ %1, %body ]
  ret i64 %2
}
