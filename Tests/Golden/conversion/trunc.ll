define i32 @i32.trunc_f32_s(float %p0) {
  %fcmp = fcmp oge float %p0, 0xC1E0000000000000
  %fcmp.2 = fcmp olt float %p0, 0x41E0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno float %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptosi = fptosi float %p0 to i32
  ret i32 %fptosi
}

define i32 @i32.trunc_f32_u(float %p0) {
  %fcmp = fcmp ogt float %p0, -1.000000e+00
  %fcmp.2 = fcmp olt float %p0, 0x41F0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno float %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptoui = fptoui float %p0 to i32
  ret i32 %fptoui
}

define i32 @i32.trunc_f64_s(double %p0) {
  %fcmp = fcmp ogt double %p0, 0xC1E0000000200000
  %fcmp.2 = fcmp olt double %p0, 0x41E0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno double %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptosi = fptosi double %p0 to i32
  ret i32 %fptosi
}

define i32 @i32.trunc_f64_u(double %p0) {
  %fcmp = fcmp ogt double %p0, -1.000000e+00
  %fcmp.2 = fcmp olt double %p0, 0x41F0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno double %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptoui = fptoui double %p0 to i32
  ret i32 %fptoui
}

define i64 @i64.trunc_f32_s(float %p0) {
  %fcmp = fcmp oge float %p0, 0xC3E0000000000000
  %fcmp.2 = fcmp olt float %p0, 0x43E0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno float %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptosi = fptosi float %p0 to i64
  ret i64 %fptosi
}

define i64 @i64.trunc_f32_u(float %p0) {
  %fcmp = fcmp ogt float %p0, -1.000000e+00
  %fcmp.2 = fcmp olt float %p0, 0x43F0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno float %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptoui = fptoui float %p0 to i64
  ret i64 %fptoui
}

define i64 @i64.trunc_f64_s(double %p0) {
  %fcmp = fcmp oge double %p0, 0xC3E0000000000000
  %fcmp.2 = fcmp olt double %p0, 0x43E0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno double %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptosi = fptosi double %p0 to i64
  ret i64 %fptosi
}

define i64 @i64.trunc_f64_u(double %p0) {
  %fcmp = fcmp ogt double %p0, -1.000000e+00
  %fcmp.2 = fcmp olt double %p0, 0x43F0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno double %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, place)
  unreachable
next:
  %fptoui = fptoui double %p0 to i64
  ret i64 %fptoui
}
