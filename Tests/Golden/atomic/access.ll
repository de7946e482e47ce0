define void @fence() {
  fence seq_cst
  ret void
}

define i32 @i32.atomic.load(i32 %p0) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i32, ptr %gep seq_cst, align 4
  ret i32 %load
}

define i32 @i32.atomic.load8_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i8, ptr %gep seq_cst, align 1
  %zext.2 = zext i8 %load to i32
  ret i32 %zext.2
}

define i32 @i32.atomic.load16_u(i32 %p0) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i16, ptr %gep seq_cst, align 2
  %zext.2 = zext i16 %load to i32
  ret i32 %zext.2
}

define void @i32.atomic.store(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i32 %p1, ptr %gep seq_cst, align 4
  ret void
}

define void @i32.atomic.store8(i32 %p0, i32 %p1) {
  %trunc = trunc i32 %p1 to i8
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i8 %trunc, ptr %gep seq_cst, align 1
  ret void
}

define void @i32.atomic.store16(i32 %p0, i32 %p1) {
  %trunc = trunc i32 %p1 to i16
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i16 %trunc, ptr %gep seq_cst, align 2
  ret void
}

define i64 @i64.atomic.load(i32 %p0) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i64, ptr %gep seq_cst, align 8
  ret i64 %load
}

define i64 @i64.atomic.load8_u(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i8, ptr %gep seq_cst, align 1
  %zext.2 = zext i8 %load to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.load16_u(i32 %p0) {
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i16, ptr %gep seq_cst, align 2
  %zext.2 = zext i16 %load to i64
  ret i64 %zext.2
}

define i64 @i64.atomic.load32_u(i32 %p0) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %load = load atomic volatile i32, ptr %gep seq_cst, align 4
  %zext.2 = zext i32 %load to i64
  ret i64 %zext.2
}

define void @i64.atomic.store(i32 %p0, i64 %p1) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i64 %p1, ptr %gep seq_cst, align 8
  ret void
}

define void @i64.atomic.store8(i32 %p0, i64 %p1) {
  %trunc = trunc i64 %p1 to i8
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i8 %trunc, ptr %gep seq_cst, align 1
  ret void
}

define void @i64.atomic.store16(i32 %p0, i64 %p1) {
  %trunc = trunc i64 %p1 to i16
  %and = and i32 %p0, 1
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i16 %trunc, ptr %gep seq_cst, align 2
  ret void
}

define void @i64.atomic.store32(i32 %p0, i64 %p1) {
  %trunc = trunc i64 %p1 to i32
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  store atomic volatile i32 %trunc, ptr %gep seq_cst, align 4
  ret void
}

define i32 @odd(i32 %p0) {
  %add = add i32 %p0, 3
  %and = and i32 %add, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 7
  %load = load atomic volatile i32, ptr %ea seq_cst, align 4
  ret i32 %load
}

define i32 @even(i32 %p0) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 8
  %load = load atomic volatile i32, ptr %ea seq_cst, align 4
  ret i32 %load
}
