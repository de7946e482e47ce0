@wasm.0.table.0 = internal constant [2 x { ptr, i64 }] [{ ptr, i64 } { ptr @f, i64 1 }, { ptr, i64 } { ptr @g, i64 2 }]
@wasm.0.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 0 }

define i32 @f(i32 %p0) {
  ret i32 %p0
}

define void @g() {
  ret void
}

define i32 @call(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 2
  br i1 %icmp, label %trap, label %next, !prof unlikely
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
  %call = notail call fastcc i32 %code(i32 %p0)
  ret i32 %call
}
