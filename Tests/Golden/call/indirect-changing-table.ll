@wasm.0.table.0 = internal global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 4, i64 4294967295, i64 4, i64 0 }
@wasm.0.table.0.elements = internal global [4 x ptr] [ptr null, ptr @ref.f, ptr null, ptr null]
@wasm.0.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 0 }
@ref.f = internal constant { i32, i32, ptr, ptr } { i32 1, i32 0, ptr @f, ptr @wasm.0.invoke.0 }

define i32 @f(i32 %p0) {
  ret i32 %p0
}

define i32 @call(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 %zext, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %gep = getelementptr ptr, ptr %table.elements, i64 %zext
  %element = load ptr, ptr %gep, align 8, !tbaa table
  %icmp.2 = icmp eq ptr %element, null
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap_element(UNINITIALIZED_ELEMENT, place, i64 %zext)
  unreachable
next.2:
  %type_id = load i32, ptr %element, align 4
  %icmp.3 = icmp ne i32 %type_id, 1
  br i1 %icmp.3, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(INDIRECT_CALL_TYPE_MISMATCH, place)
  unreachable
next.3:
  %gep.2 = getelementptr i8, ptr %element, i64 8
  %code = load ptr, ptr %gep.2, align 8
  %call = notail call fastcc i32 %code(i32 %p0)
  ret i32 %call
}

define void @set(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %icmp = icmp uge i64 %zext, %table.size
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %gep = getelementptr ptr, ptr %table.elements, i64 %zext
  store ptr null, ptr %gep, align 8, !tbaa table
  ret void
}
