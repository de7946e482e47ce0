define i32 @i32.atomic.rmw.add(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile add ptr %gep, i32 %p1 seq_cst, align 4
  ret i32 %atomicrmw
}

define i32 @i32.atomic.rmw8.add_u(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %atomicrmw = atomicrmw volatile add ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw16.add_u(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  %atomicrmw = atomicrmw volatile add ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw.sub(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile sub ptr %gep, i32 %p1 seq_cst, align 4
  ret i32 %atomicrmw
}

define i32 @i32.atomic.rmw8.sub_u(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %atomicrmw = atomicrmw volatile sub ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw16.sub_u(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  %atomicrmw = atomicrmw volatile sub ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw.and(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile and ptr %gep, i32 %p1 seq_cst, align 4
  ret i32 %atomicrmw
}

define i32 @i32.atomic.rmw8.and_u(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %atomicrmw = atomicrmw volatile and ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw16.and_u(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  %atomicrmw = atomicrmw volatile and ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw.or(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile or ptr %gep, i32 %p1 seq_cst, align 4
  ret i32 %atomicrmw
}

define i32 @i32.atomic.rmw8.or_u(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %atomicrmw = atomicrmw volatile or ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw16.or_u(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  %atomicrmw = atomicrmw volatile or ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw.xor(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile xor ptr %gep, i32 %p1 seq_cst, align 4
  ret i32 %atomicrmw
}

define i32 @i32.atomic.rmw8.xor_u(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %atomicrmw = atomicrmw volatile xor ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw16.xor_u(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  %atomicrmw = atomicrmw volatile xor ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw.xchg(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i32 %p1 seq_cst, align 4
  ret i32 %atomicrmw
}

define i32 @i32.atomic.rmw8.xchg_u(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.rmw16.xchg_u(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i16
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i32
  ret i32 %zext.2
}

define i64 @i64.atomic.rmw.add(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile add ptr %gep, i64 %p1 seq_cst, align 8
  ret i64 %atomicrmw
}

define i64 @i64.atomic.rmw8.add_u(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %atomicrmw = atomicrmw volatile add ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw16.add_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  %atomicrmw = atomicrmw volatile add ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw32.add_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  %atomicrmw = atomicrmw volatile add ptr %gep, i32 %trunc seq_cst, align 4
  %zext.2 = zext i32 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw.sub(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile sub ptr %gep, i64 %p1 seq_cst, align 8
  ret i64 %atomicrmw
}

define i64 @i64.atomic.rmw8.sub_u(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %atomicrmw = atomicrmw volatile sub ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw16.sub_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  %atomicrmw = atomicrmw volatile sub ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw32.sub_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  %atomicrmw = atomicrmw volatile sub ptr %gep, i32 %trunc seq_cst, align 4
  %zext.2 = zext i32 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw.and(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile and ptr %gep, i64 %p1 seq_cst, align 8
  ret i64 %atomicrmw
}

define i64 @i64.atomic.rmw8.and_u(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %atomicrmw = atomicrmw volatile and ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw16.and_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  %atomicrmw = atomicrmw volatile and ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw32.and_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  %atomicrmw = atomicrmw volatile and ptr %gep, i32 %trunc seq_cst, align 4
  %zext.2 = zext i32 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw.or(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile or ptr %gep, i64 %p1 seq_cst, align 8
  ret i64 %atomicrmw
}

define i64 @i64.atomic.rmw8.or_u(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %atomicrmw = atomicrmw volatile or ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw16.or_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  %atomicrmw = atomicrmw volatile or ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw32.or_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  %atomicrmw = atomicrmw volatile or ptr %gep, i32 %trunc seq_cst, align 4
  %zext.2 = zext i32 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw.xor(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile xor ptr %gep, i64 %p1 seq_cst, align 8
  ret i64 %atomicrmw
}

define i64 @i64.atomic.rmw8.xor_u(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %atomicrmw = atomicrmw volatile xor ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw16.xor_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  %atomicrmw = atomicrmw volatile xor ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw32.xor_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  %atomicrmw = atomicrmw volatile xor ptr %gep, i32 %trunc seq_cst, align 4
  %zext.2 = zext i32 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw.xchg(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i64 %p1 seq_cst, align 8
  ret i64 %atomicrmw
}

define i64 @i64.atomic.rmw8.xchg_u(i32 %p0, i64 %p1) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i8 %trunc seq_cst, align 1
  %zext.2 = zext i8 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw16.xchg_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i16
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i16 %trunc seq_cst, align 2
  %zext.2 = zext i16 %atomicrmw to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.rmw32.xchg_u(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i32
  %atomicrmw = atomicrmw volatile xchg ptr %gep, i32 %trunc seq_cst, align 4
  %zext.2 = zext i32 %atomicrmw to i64
  ret i64 %zext.2
}
