define void @throws(i32 %p0) [without nounwind] {
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 110, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 4, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 %p0, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  store double 5.000000e-01, ptr getelementptr (i8, ptr @wasm.exception, i64 32), align 8
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
}

define void @returns(i32 %p0) {
  ret void
}

define [without nounwind] { i32, double } @catch(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  notail call fastcc void @returns(i32 %p0)
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
return:
  %phi = phi i32 [ 0, %returned ], [ %load, %catch ]
  %phi.2 = phi double [ 0.000000e+00, %returned ], [ %load.2, %catch ]
  %mrv = insertvalue { i32, double } poison, i32 %phi, 0
  %mrv.2 = insertvalue { i32, double } %mrv, double %phi.2, 1
  ret { i32, double } %mrv.2
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  %load.2 = load double, ptr getelementptr (i8, ptr @wasm.exception, i64 32), align 8
  br label %return
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
          catch ptr null
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp, label %catch, label %next
returned:
  br label %return
next:
  call void @wasmc_trap(UNREACHABLE, place)
  unreachable
}

define [without nounwind] { i32, double } @branch() personality ptr @wasmc_personality [without nounwind] {
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 176, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 4, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 1, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  store double 2.000000e+00, ptr getelementptr (i8, ptr @wasm.exception, i64 32), align 8
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  %load.2 = load double, ptr getelementptr (i8, ptr @wasm.exception, i64 32), align 8
  %mrv = insertvalue { i32, double } poison, i32 %load, 0
  %mrv.2 = insertvalue { i32, double } %mrv, double %load.2, 1
  ret { i32, double } %mrv.2
}

define i32 @not-caught() personality ptr @wasmc_personality [without nounwind] {
  invoke fastcc void @throws(i32 1)
          to label %returned unwind label %landing
block.end:
  ret i32 1
catch:
  br label %block.end
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.1
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp = icmp eq ptr %tag, @wasm.0.tag.1
  br i1 %icmp, label %catch, label %next
returned:
  br label %block.end
next:
  resume { ptr, i32 } { ptr @wasm.exception, i32 0 }
}

define void @null() [without nounwind] {
  call void @wasmc_trap(NULL_EXCEPTION_REFERENCE, place)
  unreachable
}
