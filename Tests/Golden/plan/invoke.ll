define { i64, float } @f(i32 %p0, double %p1, <2 x i64> %p2) {
  %mrv = insertvalue { i64, float } poison, i64 1, 0
  %mrv.2 = insertvalue { i64, float } %mrv, float 2.000000e+00, 1
  ret { i64, float } %mrv.2
}

define ccc void @wasm.0.invoke.0(ptr %p0) section "wasmc_text" {
  %gep = getelementptr i8, ptr %p0, i64 0
  %load = load i32, ptr %gep, align 8
  %gep.2 = getelementptr i8, ptr %p0, i64 16
  %load.2 = load double, ptr %gep.2, align 8
  %gep.3 = getelementptr i8, ptr %p0, i64 32
  %load.3 = load <2 x i64>, ptr %gep.3, align 8
  %call = call fastcc { i64, float } @f(i32 %load, double %load.2, <2 x i64> %load.3)
  %extract = extractvalue { i64, float } %call, 0
  %extract.2 = extractvalue { i64, float } %call, 1
  %gep.4 = getelementptr i8, ptr %p0, i64 0
  store <2 x i64> zeroinitializer, ptr %gep.4, align 8
  store i64 %extract, ptr %gep.4, align 8
  %gep.5 = getelementptr i8, ptr %p0, i64 16
  store <2 x i64> zeroinitializer, ptr %gep.5, align 8
  store float %extract.2, ptr %gep.5, align 8
  ret void
}
