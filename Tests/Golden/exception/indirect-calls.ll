define void @0.func.0(i32 %p0) [without nounwind] {
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 148, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 2, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 %p0, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
}

define void @thrower(i64 %p0) {
  ret void
}

define void @returner(float %p0) [without nounwind] {
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 158, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 2, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 1, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
}

define void @thrower-below(float %p0) {
  ret void
}

define void @returner-beside(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 4
  br i1 %icmp, label %trap, label %next, !prof unlikely
return:
  ret void
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  br label %return
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %zext
  %gep = getelementptr i8, ptr %entry.2, i64 8
  %type_id = load i64, ptr %gep, align 8
  %icmp.2 = icmp ne i64 %type_id, 1
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  %icmp.3 = icmp eq i64 %type_id, 0
  %select = select i1 %icmp.3, i32 8, i32 9
  call void @wasmc_trap_element(i32 %select, place, i64 %zext)
  unreachable
next.2:
  %code = load ptr, ptr %entry.2, align 8
  invoke fastcc void %code(i32 1)
          to label %returned unwind label %landing
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp.4 = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp.4, label %catch, label %next.3
returned:
  br label %return
next.3:
  resume { ptr, i32 } { ptr @wasm.exception, i32 0 }
}

define void @same-type(i32 %p0) personality ptr @wasmc_personality {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 4
  br i1 %icmp, label %trap, label %next, !prof unlikely
return:
  ret void
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  br label %return
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %zext
  %gep = getelementptr i8, ptr %entry.2, i64 8
  %type_id = load i64, ptr %gep, align 8
  %icmp.2 = icmp ne i64 %type_id, 2
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  %icmp.3 = icmp eq i64 %type_id, 0
  %select = select i1 %icmp.3, i32 8, i32 9
  call void @wasmc_trap_element(i32 %select, place, i64 %zext)
  unreachable
next.2:
  %code = load ptr, ptr %entry.2, align 8
  notail call fastcc void %code(i64 1)
  br label %return
}

define void @another-type(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
return:
  ret void
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  br label %return
trap:
  call void @wasmc_trap(NULL_FUNCTION_REFERENCE, place)
  unreachable
next:
  %icmp.2 = icmp ult i32 %p0, 5
  %select = select i1 %icmp.2, i32 %p0, i32 0
  %zext = zext i32 %select to i64
  %gep = getelementptr { i32, i32, ptr, ptr }, ptr @wasm.refs, i64 %zext
  %type_id = load i32, ptr %gep, align 4
  %sub = sub i32 %type_id, 3
  %icmp.3 = icmp ule i32 %sub, 2
  %xor = xor i1 %icmp.3, true
  br i1 %xor, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.2:
  %gep.2 = getelementptr i8, ptr %gep, i64 8
  %code = load ptr, ptr %gep.2, align 8
  invoke fastcc void %code(float 1.000000e+00)
          to label %returned unwind label %landing
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp.4 = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp.4, label %catch, label %next.3
returned:
  br label %return
next.3:
  resume { ptr, i32 } { ptr @wasm.exception, i32 0 }
}

define void @type-below(i32 %p0) personality ptr @wasmc_personality {
  %icmp = icmp eq i32 %p0, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
return:
  ret void
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  br label %return
trap:
  call void @wasmc_trap(NULL_FUNCTION_REFERENCE, place)
  unreachable
next:
  %icmp.2 = icmp ult i32 %p0, 5
  %select = select i1 %icmp.2, i32 %p0, i32 0
  %zext = zext i32 %select to i64
  %gep = getelementptr { i32, i32, ptr, ptr }, ptr @wasm.refs, i64 %zext
  %type_id = load i32, ptr %gep, align 4
  %icmp.3 = icmp ne i32 %type_id, 5
  br i1 %icmp.3, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.2:
  %gep.2 = getelementptr i8, ptr %gep, i64 8
  %code = load ptr, ptr %gep.2, align 8
  notail call fastcc void %code(float 1.000000e+00)
  br label %return
}
