define void @g() {
  ret void
}

define i32 @new(i32 %p0, i32 %p1) {
  %call = call i32 @wasmc_gc_new_array(i32 10, i32 %p1, i32 191)
  %zext = zext i32 %p1 to i64
  %zext.2 = zext i32 %call to i64
  %inttoptr = inttoptr i64 %zext.2 to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 8
  %gep.2 = getelementptr i8, ptr %gep, i64 0
  %zext.3 = zext i32 %p0 to i64
  call void @wasmc_gc_fill(ptr %gep.2, i64 %zext, i64 %zext.3, i64 0, i32 4)
  ret i32 %call
}

define i32 @new_zero(i32 %p0) {
  %call = call i32 @wasmc_gc_new_array(i32 10, i32 %p0, i32 201)
  ret i32 %call
}

define i32 @new_data(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %zext.2 = zext i32 %p1 to i64
  %mul = mul nuw nsw i64 %zext.2, 4
  %data.size = load i64, ptr getelementptr (i8, ptr @wasm.0.data.0, i64 8), align 8
  %add = add nuw nsw i64 %zext, %mul
  %icmp = icmp ugt i64 %add, %data.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %data.bytes = load ptr, ptr @wasm.0.data.0, align 8
  %gep = getelementptr i8, ptr %data.bytes, i64 %zext
  %call = call i32 @wasmc_gc_new_array(i32 10, i32 %p1, i32 211)
  %zext.3 = zext i32 %call to i64
  %inttoptr = inttoptr i64 %zext.3 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr, i64 8
  %gep.3 = getelementptr i8, ptr %gep.2, i64 0
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 %gep.3, ptr align 1 %gep, i64 %mul, i1 false)
  ret i32 %call
}

define i32 @new_elem(i32 %p0, i32 %p1) {
  %zext = zext i32 %p0 to i64
  %zext.2 = zext i32 %p1 to i64
  %elem.size = load i64, ptr getelementptr (i8, ptr @wasm.0.elem.0, i64 8), align 8
  %add = add nuw nsw i64 %zext, %zext.2
  %icmp = icmp ugt i64 %add, %elem.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next:
  %elem.elements = load ptr, ptr @wasm.0.elem.0, align 8
  %gep = getelementptr i32, ptr %elem.elements, i64 %zext
  %call = call i32 @wasmc_gc_new_array(i32 11, i32 %p1, i32 222)
  %zext.3 = zext i32 %p1 to i64
  %mul = mul nuw nsw i64 %zext.3, 4
  %zext.4 = zext i32 %call to i64
  %inttoptr = inttoptr i64 %zext.4 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr, i64 8
  %gep.3 = getelementptr i8, ptr %gep.2, i64 0
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 %gep.3, ptr align 1 %gep, i64 %mul, i1 false)
  ret i32 %call
}

define void @fill(i32 %p0, i32 %p1, i32 %p2, i32 %p3) {
  %zext = zext i32 %p3 to i64
  %zext.2 = zext i32 %p1 to i64
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext.3 = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext.3 to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %zext.4 = zext i32 %length to i64
  %add = add nuw nsw i64 %zext.2, %zext
  %icmp.2 = icmp ugt i64 %add, %zext.4
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.5 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.5 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 8
  %mul = mul nuw nsw i64 %zext.2, 1
  %gep.3 = getelementptr i8, ptr %gep.2, i64 %mul
  %trunc = trunc i32 %p2 to i8
  call void @llvm.memset.p0.i64(ptr align 1 %gep.3, i8 %trunc, i64 %zext, i1 false)
  ret void
}

define void @copy(i32 %p0, i32 %p1, i32 %p2, i32 %p3, i32 %p4) {
  %zext = zext i32 %p4 to i64
  %zext.2 = zext i32 %p3 to i64
  %zext.3 = zext i32 %p1 to i64
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %icmp.2 = icmp eq i32 %p2, 0
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next.2:
  %zext.4 = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext.4 to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %zext.5 = zext i32 %length to i64
  %add = add nuw nsw i64 %zext.3, %zext
  %icmp.3 = icmp ugt i64 %add, %zext.5
  br i1 %icmp.3, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.3:
  %zext.6 = zext i32 %p2 to i64
  %inttoptr.2 = inttoptr i64 %zext.6 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 4
  %length.2 = load i32, ptr %gep.2, align 4, !tbaa length
  %zext.7 = zext i32 %length.2 to i64
  %add.2 = add nuw nsw i64 %zext.2, %zext
  %icmp.4 = icmp ugt i64 %add.2, %zext.7
  br i1 %icmp.4, label %trap.4, label %next.4, !prof unlikely
trap.4:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.4:
  %zext.8 = zext i32 %p0 to i64
  %inttoptr.3 = inttoptr i64 %zext.8 to ptr
  %gep.3 = getelementptr i8, ptr %inttoptr.3, i64 8
  %mul = mul nuw nsw i64 %zext.3, 4
  %gep.4 = getelementptr i8, ptr %gep.3, i64 %mul
  %zext.9 = zext i32 %p2 to i64
  %inttoptr.4 = inttoptr i64 %zext.9 to ptr
  %gep.5 = getelementptr i8, ptr %inttoptr.4, i64 8
  %mul.2 = mul nuw nsw i64 %zext.2, 4
  %gep.6 = getelementptr i8, ptr %gep.5, i64 %mul.2
  %zext.10 = zext i32 %p4 to i64
  %mul.3 = mul nuw nsw i64 %zext.10, 4
  call void @llvm.memmove.p0.p0.i64(ptr align 1 %gep.4, ptr align 1 %gep.6, i64 %mul.3, i1 false)
  ret void
}

define void @init_data(i32 %p0, i32 %p1, i32 %p2, i32 %p3) {
  %zext = zext i32 %p2 to i64
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p3 to i64
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext.4 = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext.4 to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %zext.5 = zext i32 %length to i64
  %add = add nuw nsw i64 %zext.2, %zext.3
  %icmp.2 = icmp ugt i64 %add, %zext.5
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.6 = zext i32 %p3 to i64
  %mul = mul nuw nsw i64 %zext.6, 4
  %data.size = load i64, ptr getelementptr (i8, ptr @wasm.0.data.0, i64 8), align 8
  %add.2 = add nuw nsw i64 %zext, %mul
  %icmp.3 = icmp ugt i64 %add.2, %data.size
  br i1 %icmp.3, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.3:
  %data.bytes = load ptr, ptr @wasm.0.data.0, align 8
  %gep.2 = getelementptr i8, ptr %data.bytes, i64 %zext
  %zext.7 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.7 to ptr
  %gep.3 = getelementptr i8, ptr %inttoptr.2, i64 8
  %mul.2 = mul nuw nsw i64 %zext.2, 4
  %gep.4 = getelementptr i8, ptr %gep.3, i64 %mul.2
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 %gep.4, ptr align 1 %gep.2, i64 %mul, i1 false)
  ret void
}

define void @init_elem(i32 %p0, i32 %p1, i32 %p2, i32 %p3) {
  %zext = zext i32 %p3 to i64
  %zext.2 = zext i32 %p2 to i64
  %zext.3 = zext i32 %p1 to i64
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext.4 = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext.4 to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %zext.5 = zext i32 %length to i64
  %add = add nuw nsw i64 %zext.3, %zext
  %icmp.2 = icmp ugt i64 %add, %zext.5
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %elem.size = load i64, ptr getelementptr (i8, ptr @wasm.0.elem.0, i64 8), align 8
  %add.2 = add nuw nsw i64 %zext.2, %zext
  %icmp.3 = icmp ugt i64 %add.2, %elem.size
  br i1 %icmp.3, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next.3:
  %elem.elements = load ptr, ptr @wasm.0.elem.0, align 8
  %gep.2 = getelementptr i32, ptr %elem.elements, i64 %zext.2
  %zext.6 = zext i32 %p3 to i64
  %mul = mul nuw nsw i64 %zext.6, 4
  %zext.7 = zext i32 %p0 to i64
  %inttoptr.2 = inttoptr i64 %zext.7 to ptr
  %gep.3 = getelementptr i8, ptr %inttoptr.2, i64 8
  %mul.2 = mul nuw nsw i64 %zext.3, 4
  %gep.4 = getelementptr i8, ptr %gep.3, i64 %mul.2
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 %gep.4, ptr align 1 %gep.2, i64 %mul, i1 false)
  ret void
}
