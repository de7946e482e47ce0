@wasm.0.table.0.refs = internal constant [2 x ptr] [ptr @ref.f, ptr null]
@wasm.0.table.0 = internal constant [2 x { ptr, i64 }] [{ ptr, i64 } { ptr @f, i64 1 }, { ptr, i64 } zeroinitializer]
@wasm.0.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 0 }

define void @f() {
  ret void
}

define ptr @get(i32 %p0) {
  %zext = zext i32 %p0 to i64
  %icmp = icmp uge i64 %zext, 2
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next:
  %gep = getelementptr ptr, ptr @wasm.0.table.0.refs, i64 %zext
  %element = load ptr, ptr %gep, align 8, !tbaa table
  ret ptr %element
}

define i32 @size() {
  ret i32 2
}
