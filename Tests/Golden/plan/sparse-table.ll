@wasm.0.table.0 = internal global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 1000, i64 4294967295, i64 1000, i64 0 }
@wasm.0.table.1 = internal constant [4 x { ptr, i64 }] [{ ptr, i64 } zeroinitializer, { ptr, i64 } zeroinitializer, { ptr, i64 } { ptr @f, i64 1 }, { ptr, i64 } zeroinitializer]
@wasm.0.table.0.elements = internal global [1000 x ptr] zeroinitializer
@wasm.0.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 0 }
@wasm.0.elem.1.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.1 = internal global { ptr, i64 } { ptr @wasm.0.elem.1.elements, i64 0 }
@wasm.0.elem.0.active = internal constant [1 x ptr] [ptr @ref.f]
@wasm.0.elem_segments = internal constant [1 x { ptr, i64, ptr, i64 }] [{ ptr, i64, ptr, i64 } { ptr @wasm.0.table.0, i64 500, ptr @wasm.0.elem.0.active, i64 1 }]

define void @f() {
  ret void
}

define void @sparse(i32 %p0) {
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
  notail call fastcc void %code()
  ret void
}

define void @dense(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 4
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap_element(UNDEFINED_ELEMENT, place, i64 %zext)
  unreachable
next:
  %entry.2 = getelementptr { ptr, i64 }, ptr @wasm.0.table.1, i64 %zext
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
  notail call fastcc void %code()
  ret void
}
