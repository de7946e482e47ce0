define ccc i32 @op.i32.div_s(i32 %p0, i32 %p1, i32 %p2) {
  %icmp = icmp eq i32 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, i32 %p2)
  unreachable
next:
  %icmp.2 = icmp eq i32 %p0, -2147483648
  %icmp.3 = icmp eq i32 %p1, -1
  %and = and i1 %icmp.2, %icmp.3
  br i1 %and, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INTEGER_OVERFLOW, i32 %p2)
  unreachable
next.2:
  %quotient = sdiv i32 %p0, %p1
  ret i32 %quotient
}

define ccc i32 @op.i32.trunc_f64_s(double %p0, i32 %p1) {
  %fcmp = fcmp ogt double %p0, 0xC1E0000000200000
  %fcmp.2 = fcmp olt double %p0, 0x41E0000000000000
  %and = and i1 %fcmp, %fcmp.2
  br i1 %and, label %next, label %trap, !prof {!"branch_weights", i32 2000, i32 1}
trap:
  %fcmp.3 = fcmp uno double %p0, %p0
  %select = select i1 %fcmp.3, i32 4, i32 3
  call void @wasmc_trap(i32 %select, i32 %p1)
  unreachable
next:
  %fptosi = fptosi double %p0 to i32
  ret i32 %fptosi
}

define ccc double @op.f64.min(double %p0, double %p1, i32 %p2) {
  %fcmp = fcmp uno double %p0, %p1
  %call = call double @llvm.minimum.f64(double %p0, double %p1)
  %fadd = fadd double %p0, %p1
  %select = select i1 %fcmp, double %fadd, double %call
  ret double %select
}

define ccc ptr @op.callee.0.0.1(i64 %p0, i32 %p1) {
  %icmp = icmp uge i64 %p0, 1
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, i32 %p1, i64 %p0)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %p0
  %gep = getelementptr i8, ptr %entry.2, i64 8
  %type_id = load i64, ptr %gep, align 8
  %icmp.2 = icmp ne i64 %type_id, 2
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  %icmp.3 = icmp eq i64 %type_id, 0
  %select = select i1 %icmp.3, i32 8, i32 9
  call void @wasmc_trap_element(i32 %select, i32 %p1, i64 %p0)
  unreachable
next.2:
  %code = load ptr, ptr %entry.2, align 8
  ret ptr %code
}
