@wasm.0.global.0 = internal thread_local(localexec) unnamed_addr global i32 7
@wasm.0.table.0 = internal thread_local(localexec) global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 2, i64 10, i64 2, i64 0 }
@wasm.0.elem.2 = internal thread_local(localexec) global { ptr, i64 } { ptr @wasm.0.elem.2.elements, i64 1 }
@wasm.0.table.0.elements = internal constant [2 x ptr] [ptr @ref.look, ptr null]
@wasm.0.elem.2.elements = internal constant [1 x ptr] [ptr @ref.look]
@wasm.0.data.0.1 = internal thread_local(localexec) unnamed_addr global i1 false, align 8
@wasm.0.data.0.bytes = internal unnamed_addr constant [3 x i8] c"abc"

define void @look() {
  %load = load i32, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  %add = add i32 %load, 8
  store i32 %add, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  notail call void @wasmc_table_init(ptr nonnull @wasm.0.table.0, ptr nonnull @wasm.0.elem.2, i64 1, i64 0, i64 1, place)
  notail call fastcc void @look()
  %data.size.b = load i1, ptr @wasm.0.data.0.1, align 1
  br i1 %data.size.b, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  call void @llvm.memcpy.p0.p0.i64(ptr noundef nonnull align 65536 dereferenceable(3) inttoptr (i64 memory.0 to ptr), ptr noundef nonnull align 1 dereferenceable(3) @wasm.0.data.0.bytes, i64 3, i1 false)
  store i1 true, ptr @wasm.0.data.0.1, align 1
  store i64 0, ptr getelementptr inbounds nuw (i8, ptr @wasm.0.elem.2, i64 8), align 8
  ret void
}

define void @start(i32 %p0, i32 %p1) {
  notail call fastcc void @look()
  ret void
}

define void @_start() {
  %call = notail call i32 @wasmc_wasi_thread_spawn(ptr nonnull @wasm.0.ctx, i32 0)
  ret void
}

define ccc void @wasm.0.start() section "wasmc_text" {
  call void @wasmc_table_localize(ptr nonnull @wasm.0.table.0, i64 0, i32 8)
  ret void
}

define ccc void @wasm.0.thread(i32 %p0, i32 %p1) section "wasmc_text" {
  call fastcc void @start(i32 %p0, i32 %p1)
  ret void
}
