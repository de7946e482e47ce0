define void @a() {
  ret void
}

define void @b() {
  ret void
}

define void @change() {
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.1, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 0, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.1, align 8, !tbaa size
  %gep = getelementptr i32, ptr %table.elements, i64 0
  store i32 2, ptr %gep, align 4, !tbaa table
  ret void
}

define void @constant(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 1
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %zext
  %gep = getelementptr i8, ptr %entry.2, i64 8
  %type_id = load i64, ptr %gep, align 8
  %sub = sub i64 %type_id, 1
  %icmp.2 = icmp ule i64 %sub, 1
  %xor = xor i1 %icmp.2, true
  br i1 %xor, label %trap.2, label %next.2, !prof unlikely
trap.2:
  %icmp.3 = icmp eq i64 %type_id, 0
  %select = select i1 %icmp.3, i32 8, i32 9
  call void @wasmc_trap_element(i32 %select, place, i64 %zext)
  unreachable
next.2:
  %code = load ptr, ptr %entry.2, align 8
  notail call fastcc void %code()
  ret void
}

define void @changing(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.1, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 %zext, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.1, align 8, !tbaa size
  %gep = getelementptr i32, ptr %table.elements, i64 %zext
  %element = load i32, ptr %gep, align 4, !tbaa table
  %icmp.2 = icmp eq i32 %element, 0
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap_element(UNINITIALIZED_ELEMENT, place, i64 %zext)
  unreachable
next.2:
  %icmp.3 = icmp ult i32 %element, 3
  %select = select i1 %icmp.3, i32 %element, i32 0
  %zext.2 = zext i32 %select to i64
  %gep.2 = getelementptr { i32, i32, ptr, ptr }, ptr @wasm.refs, i64 %zext.2
  %type_id = load i32, ptr %gep.2, align 4
  %sub = sub i32 %type_id, 1
  %icmp.4 = icmp ule i32 %sub, 1
  %xor = xor i1 %icmp.4, true
  br i1 %xor, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.3:
  %gep.3 = getelementptr i8, ptr %gep.2, i64 8
  %code = load ptr, ptr %gep.3, align 8
  notail call fastcc void %code()
  ret void
}

define void @reference(i32 %p0) {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_STRUCTURE_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %p0 to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %load = load i32, ptr %gep, align 4, !tbaa field 0 reference
  %icmp.2 = icmp eq i32 %load, 0
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(NULL_FUNCTION_REFERENCE, place)
  unreachable
next.2:
  %icmp.3 = icmp ult i32 %load, 3
  %select = select i1 %icmp.3, i32 %load, i32 0
  %zext.2 = zext i32 %select to i64
  %gep.2 = getelementptr { i32, i32, ptr, ptr }, ptr @wasm.refs, i64 %zext.2
  %type_id = load i32, ptr %gep.2, align 4
  %sub = sub i32 %type_id, 1
  %icmp.4 = icmp ule i32 %sub, 1
  %xor = xor i1 %icmp.4, true
  br i1 %xor, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.3:
  %gep.3 = getelementptr i8, ptr %gep.2, i64 8
  %code = load ptr, ptr %gep.3, align 8
  notail call fastcc void %code()
  ret void
}
