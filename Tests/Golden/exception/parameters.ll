define external linkonce_odr hidden tailcc i64 @wide(i64 %p0, i64 %p1, i64 %p2, i64 %p3, i64 %p4, i64 %p5) [without nounwind] {
  %load = load i32, ptr getelementptr (i8, ptr @wasm.parameters, i64 16), align 8
  %load.2 = load i64, ptr @wasm.parameters, align 8
  %icmp = icmp ne i32 %load, 0
  br i1 %icmp, label %if.then, label %if.else
if.then:
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 65, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 0, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
if.else:
  ret i64 %load.2
}

define tailcc i64 @few() [without nounwind] {
  store i64 6, ptr @wasm.parameters, align 8
  store i32 7, ptr getelementptr (i8, ptr @wasm.parameters, i64 16), align 8
  %call = tail call tailcc i64 @wide(i64 0, i64 1, i64 2, i64 3, i64 4, i64 5)
  ret i64 %call
}
