define i32 @i32.div_s(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %icmp.2 = icmp eq i32 %p0, -2147483648
  %icmp.3 = icmp eq i32 %p1, -1
  %and = and i1 %icmp.2, %icmp.3
  br i1 %and, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INTEGER_OVERFLOW, place)
  unreachable
next.2:
  %quotient = sdiv i32 %p0, %p1
  ret i32 %quotient
}

define i32 @i32.div_u(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %quotient = udiv i32 %p0, %p1
  ret i32 %quotient
}

define i32 @i32.rem_s(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %icmp.2 = icmp eq i32 %p1, -1
  %select = select i1 %icmp.2, i32 1, i32 %p1
  %remainder = srem i32 %p0, %select
  ret i32 %remainder
}

define i32 @i32.rem_u(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %remainder = urem i32 %p0, %p1
  ret i32 %remainder
}

define i64 @i64.div_s(i64 %p0, i64 %p1) {
  %icmp = icmp eq i64 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %icmp.2 = icmp eq i64 %p0, -9223372036854775808
  %icmp.3 = icmp eq i64 %p1, -1
  %and = and i1 %icmp.2, %icmp.3
  br i1 %and, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INTEGER_OVERFLOW, place)
  unreachable
next.2:
  %quotient = sdiv i64 %p0, %p1
  ret i64 %quotient
}

define i64 @i64.div_u(i64 %p0, i64 %p1) {
  %icmp = icmp eq i64 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %quotient = udiv i64 %p0, %p1
  ret i64 %quotient
}

define i64 @i64.rem_s(i64 %p0, i64 %p1) {
  %icmp = icmp eq i64 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %icmp.2 = icmp eq i64 %p1, -1
  %select = select i1 %icmp.2, i64 1, i64 %p1
  %remainder = srem i64 %p0, %select
  ret i64 %remainder
}

define i64 @i64.rem_u(i64 %p0, i64 %p1) {
  %icmp = icmp eq i64 %p1, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(INTEGER_DIVIDE_BY_ZERO, place)
  unreachable
next:
  %remainder = urem i64 %p0, %p1
  ret i64 %remainder
}
