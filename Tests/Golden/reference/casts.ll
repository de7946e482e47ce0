define i32 @eq(i32 %p0, i32 %p1) {
  %icmp = icmp eq i32 %p0, %p1
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define i32 @test_final(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %icmp.2 = icmp eq i32 %p0, 0
  %and = and i32 %p0, 3
  %icmp.3 = icmp ne i32 %and, 0
  %or = or i1 %icmp.2, %icmp.3
  br i1 %or, label %tested, label %object
object:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %header = load i32, ptr %inttoptr, align 4, !tbaa header
  %icmp.4 = icmp eq i32 %header, 11
  br label %tested
tested:
  %phi = phi i1 [ false, %entry ], [ %icmp.4, %object ]
  %zext.2 = zext i1 %phi to i32
  ret i32 %zext.2
}

define i32 @test_below(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %icmp.2 = icmp eq i32 %p0, 0
  %and = and i32 %p0, 3
  %icmp.3 = icmp ne i32 %and, 0
  %or = or i1 %icmp.2, %icmp.3
  br i1 %or, label %tested, label %object
object:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %header = load i32, ptr %inttoptr, align 4, !tbaa header
  %sub = sub i32 %header, 9
  %icmp.4 = icmp ule i32 %sub, 2
  br label %tested
tested:
  %phi = phi i1 [ %icmp.2, %entry ], [ %icmp.4, %object ]
  %zext.2 = zext i1 %phi to i32
  ret i32 %zext.2
}

define i32 @test_eq(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %and = and i32 %p0, 3
  %icmp.2 = icmp ne i32 %and, 2
  %and.2 = and i1 %icmp.2, %icmp
  %zext = zext i1 %and.2 to i32
  ret i32 %zext
}

define i32 @test_i31(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %and = and i32 %p0, 1
  %icmp.2 = icmp ne i32 %and, 0
  %icmp.3 = icmp eq i32 %p0, 0
  %or = or i1 %icmp.2, %icmp.3
  %zext = zext i1 %or to i32
  ret i32 %zext
}

define i32 @test_none(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %xor = xor i1 %icmp, true
  %zext = zext i1 %xor to i32
  ret i32 %zext
}

define i32 @test_function(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %icmp.2 = icmp ult i32 %p0, 1
  %select = select i1 %icmp.2, i32 %p0, i32 0
  %zext = zext i32 %select to i64
  %gep = getelementptr { i32, i32, ptr, ptr }, ptr @wasm.refs, i64 %zext
  %type_id = load i32, ptr %gep, align 4
  %icmp.3 = icmp eq i32 %type_id, 1
  %zext.2 = zext i1 %icmp.3 to i32
  ret i32 %zext.2
}

define i32 @cast(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %icmp.2 = icmp eq i32 %p0, 0
  %and = and i32 %p0, 3
  %icmp.3 = icmp ne i32 %and, 0
  %or = or i1 %icmp.2, %icmp.3
  br i1 %or, label %tested, label %object
object:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %header = load i32, ptr %inttoptr, align 4, !tbaa header
  %sub = sub i32 %header, 9
  %icmp.4 = icmp ule i32 %sub, 2
  br label %tested
tested:
  %phi = phi i1 [ false, %entry ], [ %icmp.4, %object ]
  %xor = xor i1 %phi, true
  br i1 %xor, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(CAST_FAILURE, place)
  unreachable
next:
  ret i32 %p0
}

define i32 @cast_null(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %icmp.2 = icmp eq i32 %p0, 0
  %and = and i32 %p0, 3
  %icmp.3 = icmp ne i32 %and, 0
  %or = or i1 %icmp.2, %icmp.3
  br i1 %or, label %tested, label %object
object:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %header = load i32, ptr %inttoptr, align 4, !tbaa header
  %icmp.4 = icmp eq i32 %header, 12
  br label %tested
tested:
  %phi = phi i1 [ %icmp.2, %entry ], [ %icmp.4, %object ]
  %xor = xor i1 %phi, true
  br i1 %xor, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(CAST_FAILURE, place)
  unreachable
next:
  ret i32 %p0
}

define i32 @br_on_cast(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %and = and i32 %p0, 1
  %icmp.2 = icmp ne i32 %and, 0
  br i1 %icmp.2, label %block.end, label %next
return:
  %phi = phi i32 [ -1, %next ], [ %ashr, %next.2 ]
  ret i32 %phi
block.end:
  %phi.2 = phi i32 [ %p0, %entry ]
  %icmp.3 = icmp eq i32 %phi.2, 0
  br i1 %icmp.3, label %trap, label %next.2, !prof unlikely
next:
  br label %return
trap:
  call void @wasmc_trap(NULL_I31_REFERENCE, place)
  unreachable
next.2:
  %ashr = ashr i32 %phi.2, 1
  br label %return
}

define i32 @br_on_cast_fail(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %icmp.2 = icmp eq i32 %p0, 0
  %and = and i32 %p0, 3
  %icmp.3 = icmp ne i32 %and, 0
  %or = or i1 %icmp.2, %icmp.3
  br i1 %or, label %tested, label %object
return:
  %phi = phi i32 [ %load, %next.2 ], [ -1, %block.end ]
  ret i32 %phi
block.end:
  %phi.2 = phi i32 [ %p0, %tested ]
  br label %return
object:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %header = load i32, ptr %inttoptr, align 4, !tbaa header
  %icmp.4 = icmp eq i32 %header, 10
  br label %tested
tested:
  %phi.3 = phi i1 [ false, %entry ], [ %icmp.4, %object ]
  %xor = xor i1 %phi.3, true
  br i1 %xor, label %block.end, label %next
next:
  %icmp.5 = icmp eq i32 %p0, 0
  br i1 %icmp.5, label %trap, label %next.2, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next.2:
  %zext.2 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.2 to ptr
  %gep = getelementptr i8, ptr %inttoptr.2, i64 4
  %load = load i32, ptr %gep, align 4, !tbaa field 0 i32
  br label %return
}

define i32 @external(i32 %p0) {
  %shl = shl i32 %p0, 1
  %or = or i32 %shl, 1
  ret i32 %or
}

define i32 @i31(i32 %p0) {
  %icmp = icmp ne i32 %p0, 0
  %and = and i32 %p0, 1
  %icmp.2 = icmp ne i32 %and, 0
  %icmp.3 = icmp eq i32 %p0, 0
  %or = or i1 %icmp.2, %icmp.3
  %xor = xor i1 %or, true
  br i1 %xor, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(CAST_FAILURE, place)
  unreachable
next:
  %icmp.4 = icmp eq i32 %p0, 0
  br i1 %icmp.4, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(NULL_I31_REFERENCE, place)
  unreachable
next.2:
  %lshr = lshr i32 %p0, 1
  ret i32 %lshr
}
