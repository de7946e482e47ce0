@wasm.0.table.0 = internal constant [1 x { ptr, i64 }] zeroinitializer
@wasm.0.memories = internal global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer
@wasm.0.memory_descs = internal constant [1 x { i64, i64, i64, i64, i32, i32 }] [{ i64, i64, i64, i64, i32, i32 } { i64 1, i64 65536, i64 65536, i64 4295032832, i32 16, i32 0 }]

define internal fastcc i32 @wasm.0.func.1() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  %0 = phi i32 [ 3, %body ]
  ret i32 %0
}

define internal fastcc void @wasm.0.func.3() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %0 = notail call fastcc i32 @wasm.0.func.1()
  call void @wasmc_wasi_proc_exit(ptr @wasm.0.ctx, i32 %0)
  br label %return

return:
  ret void
}

define internal void @wasm.0.entry() [nounwind] {
entry:
  call fastcc void @wasm.0.func.3()
  ret void
}
