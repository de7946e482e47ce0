define i32 @i32.atomic.rmw.cmpxchg(i32 %p0, i32 %p1, i32 %p2) {
  %and = and i32 %p0, 3
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %cmpxchg = cmpxchg volatile ptr %gep, i32 %p1, i32 %p2 seq_cst seq_cst, align 4
  %extract = extractvalue { i32, i1 } %cmpxchg, 0
  ret i32 %extract
}

define i32 @i32.atomic.rmw8.cmpxchg_u(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i32 %p1 to i8
  %zext.2 = zext i8 %trunc to i32
  %icmp = icmp eq i32 %zext.2, %p1
  br i1 %icmp, label %fits, label %too_wide
fits:
  %trunc.2 = trunc i32 %p2 to i8
  %cmpxchg = cmpxchg volatile ptr %gep, i8 %trunc, i8 %trunc.2 seq_cst seq_cst, align 1
  %extract = extractvalue { i8, i1 } %cmpxchg, 0
  br label %exchanged
too_wide:
  %load = load atomic volatile i8, ptr %gep seq_cst, align 1
  br label %exchanged
exchanged:
  %phi = phi i8 [ %extract, %fits ], [ %load, %too_wide ]
  %zext.3 = zext i8 %phi to i32
  ret i32 %zext.3
}

define i32 @i32.atomic.rmw16.cmpxchg_u(i32 %p0, i32 %p1, i32 %p2) {
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
  %zext.2 = zext i16 %trunc to i32
  %icmp.2 = icmp eq i32 %zext.2, %p1
  br i1 %icmp.2, label %fits, label %too_wide
fits:
  %trunc.2 = trunc i32 %p2 to i16
  %cmpxchg = cmpxchg volatile ptr %gep, i16 %trunc, i16 %trunc.2 seq_cst seq_cst, align 2
  %extract = extractvalue { i16, i1 } %cmpxchg, 0
  br label %exchanged
too_wide:
  %load = load atomic volatile i16, ptr %gep seq_cst, align 2
  br label %exchanged
exchanged:
  %phi = phi i16 [ %extract, %fits ], [ %load, %too_wide ]
  %zext.3 = zext i16 %phi to i32
  ret i32 %zext.3
}

define i64 @i64.atomic.rmw.cmpxchg(i32 %p0, i64 %p1, i64 %p2) {
  %and = and i32 %p0, 7
  %icmp = icmp ne i32 %and, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(UNALIGNED_ATOMIC, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %cmpxchg = cmpxchg volatile ptr %gep, i64 %p1, i64 %p2 seq_cst seq_cst, align 8
  %extract = extractvalue { i64, i1 } %cmpxchg, 0
  ret i64 %extract
}

define i64 @i64.atomic.rmw8.cmpxchg_u(i32 %p0, i64 %p1, i64 %p2) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %trunc = trunc i64 %p1 to i8
  %zext.2 = zext i8 %trunc to i64
  %icmp = icmp eq i64 %zext.2, %p1
  br i1 %icmp, label %fits, label %too_wide
fits:
  %trunc.2 = trunc i64 %p2 to i8
  %cmpxchg = cmpxchg volatile ptr %gep, i8 %trunc, i8 %trunc.2 seq_cst seq_cst, align 1
  %extract = extractvalue { i8, i1 } %cmpxchg, 0
  br label %exchanged
too_wide:
  %load = load atomic volatile i8, ptr %gep seq_cst, align 1
  br label %exchanged
exchanged:
  %phi = phi i8 [ %extract, %fits ], [ %load, %too_wide ]
  %zext.3 = zext i8 %phi to i64
  ret i64 %zext.3
}

define i64 @i64.atomic.rmw16.cmpxchg_u(i32 %p0, i64 %p1, i64 %p2) {
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
  %zext.2 = zext i16 %trunc to i64
  %icmp.2 = icmp eq i64 %zext.2, %p1
  br i1 %icmp.2, label %fits, label %too_wide
fits:
  %trunc.2 = trunc i64 %p2 to i16
  %cmpxchg = cmpxchg volatile ptr %gep, i16 %trunc, i16 %trunc.2 seq_cst seq_cst, align 2
  %extract = extractvalue { i16, i1 } %cmpxchg, 0
  br label %exchanged
too_wide:
  %load = load atomic volatile i16, ptr %gep seq_cst, align 2
  br label %exchanged
exchanged:
  %phi = phi i16 [ %extract, %fits ], [ %load, %too_wide ]
  %zext.3 = zext i16 %phi to i64
  ret i64 %zext.3
}

define i64 @i64.atomic.rmw32.cmpxchg_u(i32 %p0, i64 %p1, i64 %p2) {
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
  %zext.2 = zext i32 %trunc to i64
  %icmp.2 = icmp eq i64 %zext.2, %p1
  br i1 %icmp.2, label %fits, label %too_wide
fits:
  %trunc.2 = trunc i64 %p2 to i32
  %cmpxchg = cmpxchg volatile ptr %gep, i32 %trunc, i32 %trunc.2 seq_cst seq_cst, align 4
  %extract = extractvalue { i32, i1 } %cmpxchg, 0
  br label %exchanged
too_wide:
  %load = load atomic volatile i32, ptr %gep seq_cst, align 4
  br label %exchanged
exchanged:
  %phi = phi i32 [ %extract, %fits ], [ %load, %too_wide ]
  %zext.3 = zext i32 %phi to i64
  ret i64 %zext.3
}

define i32 @constant(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext
  %ea = getelementptr nusw nuw i8, ptr %gep, i64 4
  br i1 true, label %fits, label %too_wide
fits:
  %cmpxchg = cmpxchg volatile ptr %ea, i8 0, i8 1 seq_cst seq_cst, align 1
  %extract = extractvalue { i8, i1 } %cmpxchg, 0
  br label %exchanged
too_wide:
  %load = load atomic volatile i8, ptr %ea seq_cst, align 1
  br label %exchanged
exchanged:
  %phi = phi i8 [ %extract, %fits ], [ %load, %too_wide ]
  %zext.2 = zext i8 %phi to i32
  ret i32 %zext.2
}
