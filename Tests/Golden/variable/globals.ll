@wasm.0.global.1 = internal global i64 8
@wasm.0.memories = internal global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer

define internal fastcc i32 @wasm.0.func.0() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  %0 = phi i32 [ 7, %body ]
  ret i32 %0
}

define internal fastcc i64 @wasm.0.func.1(i64 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  store i64 %0, ptr @wasm.0.global.1, align 4, !tbaa global 0.1
  %1 = load i64, ptr @wasm.0.global.1, align 4, !tbaa global 0.1
  br label %return

return:
  %2 = phi i64 [ %1, %body ]
  ret i64 %2
}
