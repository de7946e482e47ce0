@wasm.0.global.0 = internal thread_local(localexec) global i32 0
@wasm.0.table.0 = internal thread_local(localexec) global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 2, i64 10, i64 2, i64 0 }
@wasm.0.elem.1 = internal thread_local(localexec) global { ptr, i64 } { ptr null, i64 1 }
@wasm.0.table.0.elements = internal constant [2 x i32] zeroinitializer
@wasm.0.elem.0.elements = internal thread_local(localexec) global [1 x i32] zeroinitializer
@wasm.0.elem.0 = internal thread_local(localexec) global { ptr, i64 } { ptr null, i64 1 }
@wasm.0.elem.1.elements = internal thread_local(localexec) global [1 x i32] zeroinitializer
@wasm.0.data.0.bytes = internal constant [1 x i8] c"x"
@wasm.0.data_segments = internal constant [1 x { i64, i64, ptr, ptr }] [{ i64, i64, ptr, ptr } { i64 8, i64 1, ptr @wasm.0.data.0.bytes, ptr @wasm.0.memories }]

define ccc void @wasm.0.invoke.2(ptr readonly captures(none) %p0) section "wasmc_text" {
  %load = load i32, ptr %p0, align 8
  %gep = getelementptr i8, ptr %p0, i64 16
  %load.2 = load i32, ptr %gep, align 8
  call fastcc void @start(i32 %load, i32 %load.2)
  ret void
}

define ccc void @wasm.0.invoke.3(ptr readnone captures(none) %p0) section "wasmc_text" {
  call fastcc void @_start()
  ret void
}

define ccc void @wasm.0.entry() section "wasmc_text" {
  call fastcc void @_start()
  ret void
}

define ccc void @wasm.0.start() section "wasmc_text" {
  call void @wasmc_table_localize(ptr nonnull @wasm.0.table.0, i64 0, i32 4)
  store ptr @wasm.0.elem.0.elements, ptr @wasm.0.elem.0, align 8
  store ptr @wasm.0.elem.1.elements, ptr @wasm.0.elem.1, align 8
  call fastcc void @wasm.0.initialize.0()
  ret void
}

define ccc void @wasm.roots(ptr writeonly captures(none) initializes((0, 32)) %p0) section "wasmc_text" {
  store ptr @wasm.0.global.0, ptr %p0, align 8
  %gep = getelementptr i8, ptr %p0, i64 8
  store ptr @wasm.0.table.0, ptr %gep, align 8
  %gep.2 = getelementptr i8, ptr %p0, i64 16
  store ptr @wasm.0.elem.0, ptr %gep.2, align 8
  %gep.3 = getelementptr i8, ptr %p0, i64 24
  store ptr @wasm.0.elem.1, ptr %gep.3, align 8
  ret void
}

define ccc void @wasm.0.thread(i32 %p0, i32 %p1) section "wasmc_text" {
  call fastcc void @start(i32 %p0, i32 %p1)
  ret void
}
