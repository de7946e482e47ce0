define i32 @wait32(i32 %p0, i32 %p1, i64 %p2) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 4
  %icmp.2 = icmp ugt i64 %add, 65536
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %call = call i32 @wasmc_atomic_wait32(ptr %gep, i32 %p1, i64 %p2)
  ret i32 %call
}

define i32 @wait64(i32 %p0, i64 %p1, i64 %p2) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 24
  %icmp.2 = icmp ugt i64 %add, 65536
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 16
  %call = call i32 @wasmc_atomic_wait64(ptr %ea, i64 %p1, i64 %p2)
  ret i32 %call
}

define i32 @notify(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 4
  %icmp.2 = icmp ugt i64 %add, 65536
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %call = call i32 @wasmc_atomic_notify(ptr %gep, i32 %p1)
  ret i32 %call
}

define i32 @wait32_own(i32 %p0, i32 %p1, i64 %p2) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 4
  %icmp.2 = icmp ugt i64 %add, 65536
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext
  br i1 true, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(EXPECTED_SHARED_MEMORY, place)
  unreachable
next.3:
  ret i32 0
}

define i32 @notify_own(i32 %p0, i32 %p1) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %add = add nuw nsw i64 %zext, 4
  %icmp.2 = icmp ugt i64 %add, 65536
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.1 to ptr), i64 %zext
  ret i32 0
}
