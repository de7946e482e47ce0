define i32 @new_default(i32 %p0) {
  %call = call i32 @wasmc_gc_new_array(i32 6, i32 %p0, i32 129)
  ret i32 %call
}

define i32 @new_fixed(i32 %p0) {
  %call = call i32 @wasmc_gc_new_array(i32 6, i32 2, i32 139)
  %zext = zext i32 %call to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 8
  %gep.2 = getelementptr i8, ptr %gep, i64 0
  %trunc = trunc i32 %p0 to i16
  store i16 %trunc, ptr %gep.2, align 2, !tbaa element i16
  %zext.2 = zext i32 %call to i64
  %inttoptr.2 = inttoptr i64 %zext.2 to ptr
  %gep.3 = getelementptr i8, ptr %inttoptr.2, i64 8
  %gep.4 = getelementptr i8, ptr %gep.3, i64 2
  store i16 7, ptr %gep.4, align 2, !tbaa element i16
  ret i32 %call
}

define i32 @get_s(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %icmp.2 = icmp uge i32 %p1, %length
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.3 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 8
  %mul = mul nuw nsw i64 %zext.2, 2
  %gep.3 = getelementptr i8, ptr %gep.2, i64 %mul
  %load = load i16, ptr %gep.3, align 2, !tbaa element i16
  %sext = sext i16 %load to i32
  ret i32 %sext
}

define i32 @get_u(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %icmp.2 = icmp uge i32 %p1, %length
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.3 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 8
  %mul = mul nuw nsw i64 %zext.2, 2
  %gep.3 = getelementptr i8, ptr %gep.2, i64 %mul
  %load = load i16, ptr %gep.3, align 2, !tbaa element i16
  %zext.4 = zext i16 %load to i32
  ret i32 %zext.4
}

define <2 x i64> @get(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %icmp.2 = icmp uge i32 %p1, %length
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.3 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 16
  %mul = mul nuw nsw i64 %zext.2, 16
  %gep.3 = getelementptr i8, ptr %gep.2, i64 %mul
  %load = load <2 x i64>, ptr %gep.3, align 8, !tbaa element v128
  ret <2 x i64> %load
}

define void @set(i32 %p0, i32 %p1, i32 %p2) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %icmp.2 = icmp uge i32 %p1, %length
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.3 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 8
  %mul = mul nuw nsw i64 %zext.2, 2
  %gep.3 = getelementptr i8, ptr %gep.2, i64 %mul
  %trunc = trunc i32 %p2 to i16
  store i16 %trunc, ptr %gep.3, align 2, !tbaa element i16
  ret void
}

define i32 @len(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  ret i32 %length
}
