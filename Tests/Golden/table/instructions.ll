@wasm.0.table.0 = internal global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 2, i64 10, i64 2, i64 0 }
@wasm.0.table.1 = internal global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.1.elements, i64 1, i64 4294967295, i64 1, i64 0 }
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 2 }
@wasm.0.table.0.elements = internal global [2 x ptr] zeroinitializer
@wasm.0.table.1.elements = internal global [1 x ptr] zeroinitializer
@wasm.0.elem.0.elements = internal constant [2 x ptr] [ptr @ref.f, ptr null]

define void @f() {
  ret void
}

define ptr @table.get(i32 %p0) {
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
  %element = load ptr, ptr %gep, align 8, !tbaa table
  ret ptr %element
}

define void @table.set(i32 %p0, ptr %p1) {
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
  store ptr %p1, ptr %gep, align 8, !tbaa table
  ret void
}

define i32 @table.size() {
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %trunc = trunc i64 %table.size to i32
  ret i32 %trunc
}

define i32 @table.grow(ptr %p0, i32 %p1) {
  %zext = zext i32 %p1 to i64
  %call = notail call i64 @wasmc_table_grow(ptr @wasm.0.table.0, ptr %p0, i64 %zext)
  %trunc = trunc i64 %call to i32
  ret i32 %trunc
}

define void @table.fill(i32 %p0, ptr %p1, i32 %p2) {
  %zext = zext i32 %p2 to i64
  %zext.2 = zext i32 %p0 to i64
  notail call void @wasmc_table_fill(ptr @wasm.0.table.0, i64 %zext.2, ptr %p1, i64 %zext, place)
  ret void
}

define void @table.copy(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p2 to i64
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  notail call void @wasmc_table_copy(ptr @wasm.0.table.0, ptr @wasm.0.table.0, i64 %zext.3, i64 %zext.2, i64 %zext, place)
  ret void
}

define void @table.init(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p2 to i64
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  notail call void @wasmc_table_init(ptr @wasm.0.table.1, ptr @wasm.0.elem.0, i64 %zext.3, i64 %zext.2, i64 %zext, place)
  ret void
}

define void @elem.drop() {
  store i64 0, ptr getelementptr (i8, ptr @wasm.0.elem.0, i64 8), align 8
  ret void
}
