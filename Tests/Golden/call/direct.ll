define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = notail call fastcc i32 @wasm.0.func.0(i32 %0)
  br label %return

return:
  %2 = phi i32 [ %1, %body ]
  ret i32 %2
}

define internal fastcc i64 @wasm.0.func.1() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %0 = notail call fastcc { i64, i32 } @wasm.0.func.2()
  %1 = extractvalue { i64, i32 } %0, 0
  %2 = extractvalue { i64, i32 } %0, 1
  br label %return

return:
  %3 = phi i64 [ %1, %body ]
  ret i64 %3
}

define internal fastcc { i64, i32 } @wasm.0.func.2() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  %0 = phi i64 [ 1, %body ]
  %1 = phi i32 [ 2, %body ]
  %mrv = insertvalue { i64, i32 } poison, i64 %0, 0
  %mrv1 = insertvalue { i64, i32 } %mrv, i32 %1, 1
  ret { i64, i32 } %mrv1
}
