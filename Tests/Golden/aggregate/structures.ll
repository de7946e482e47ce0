define i32 @new(i32 %p0, i64 %p1, float %p2, double %p3, <2 x i64> %p4) {
  %call = call i32 @wasmc_gc_new_struct(i32 8, i32 188)
  %zext = zext i32 %call to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %trunc = trunc i32 %p0 to i8
  store i8 %trunc, ptr %gep, align 1, !tbaa field 0 i8
  %zext.2 = zext i32 %call to i64
  %inttoptr.2 = inttoptr i64 %zext.2 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 6
  %trunc.2 = trunc i32 %p0 to i16
  store i16 %trunc.2, ptr %gep.2, align 2, !tbaa field 1 i16
  %zext.3 = zext i32 %call to i64
  %inttoptr.3 = inttoptr i64 %zext.3 to ptr
  %gep.3 = getelementptr i8, ptr %inttoptr.3, i64 8
  store i32 %p0, ptr %gep.3, align 4, !tbaa field 2 i32
  %zext.4 = zext i32 %call to i64
  %inttoptr.4 = inttoptr i64 %zext.4 to ptr
  %gep.4 = getelementptr i8, ptr %inttoptr.4, i64 16
  store i64 %p1, ptr %gep.4, align 8, !tbaa field 3 i64
  %zext.5 = zext i32 %call to i64
  %inttoptr.5 = inttoptr i64 %zext.5 to ptr
  %gep.5 = getelementptr i8, ptr %inttoptr.5, i64 24
  store float %p2, ptr %gep.5, align 4, !tbaa field 4 f32
  %zext.6 = zext i32 %call to i64
  %inttoptr.6 = inttoptr i64 %zext.6 to ptr
  %gep.6 = getelementptr i8, ptr %inttoptr.6, i64 32
  store double %p3, ptr %gep.6, align 8, !tbaa field 5 f64
  %zext.7 = zext i32 %call to i64
  %inttoptr.7 = inttoptr i64 %zext.7 to ptr
  %gep.7 = getelementptr i8, ptr %inttoptr.7, i64 40
  store <2 x i64> %p4, ptr %gep.7, align 8, !tbaa field 6 v128
  %zext.8 = zext i32 %call to i64
  %inttoptr.8 = inttoptr i64 %zext.8 to ptr
  %gep.8 = getelementptr i8, ptr %inttoptr.8, i64 56
  store i32 0, ptr %gep.8, align 4, !tbaa field 7 reference
  ret i32 %call
}

define i32 @new_default() {
  %call = call i32 @wasmc_gc_new_struct(i32 8, i32 194)
  ret i32 %call
}

define i32 @get_s(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %load = load i8, ptr %gep, align 1, !tbaa field 0 i8
  %sext = sext i8 %load to i32
  ret i32 %sext
}

define i32 @get_u(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 6
  %load = load i16, ptr %gep, align 2, !tbaa field 1 i16
  %zext.2 = zext i16 %load to i32
  ret i32 %zext.2
}

define <2 x i64> @get(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 40
  %load = load <2 x i64>, ptr %gep, align 8, !tbaa field 6 v128
  ret <2 x i64> %load
}

define i32 @get_reference(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 56
  %load = load i32, ptr %gep, align 4, !tbaa field 7 reference
  ret i32 %load
}

define void @set(i32 %p0, i64 %p1) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 16
  store i64 %p1, ptr %gep, align 8, !tbaa field 3 i64
  ret void
}

define void @set_packed(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 6
  %trunc = trunc i32 %p1 to i16
  store i16 %trunc, ptr %gep, align 2, !tbaa field 1 i16
  ret void
}
