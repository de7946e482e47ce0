@ref.f = internal constant { i32, i32, ptr, ptr } { i32 1, i32 0, ptr @f, ptr @wasm.0.invoke.0 }

define void @f() {
  ret void
}

define ptr @ref.func() {
  ret ptr @ref.f
}

define ptr @ref.null() {
  ret ptr null
}

define i32 @ref.is_null(ptr %p0) {
  %icmp = icmp eq ptr %p0, null
  %zext = zext i1 %icmp to i32
  ret i32 %zext
}

define ptr @ref.as_non_null(ptr %p0) {
  %icmp = icmp eq ptr %p0, null
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_REFERENCE, place)
  unreachable
next:
  ret ptr %p0
}
