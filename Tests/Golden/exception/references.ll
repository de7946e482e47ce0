define void @throws(i32 %p0) [without nounwind] {
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 65, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 2, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 %p0, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
}

define [without nounwind] { i32, i32 } @catch(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  %call = call i32 @wasmc_exception_reference(ptr @wasm.exception, i32 72)
  %mrv = insertvalue { i32, i32 } poison, i32 %load, 0
  %mrv.2 = insertvalue { i32, i32 } %mrv, i32 %call, 1
  ret { i32, i32 } %mrv.2
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp, label %catch, label %next
returned:
  call void @wasmc_trap(UNREACHABLE, place)
  unreachable
next:
  resume { ptr, i32 } { ptr @wasm.exception, i32 0 }
}

define void @cleanup(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr null
  %call = call i32 @wasmc_exception_reference(ptr @wasm.exception, i32 90)
  %icmp = icmp eq i32 %call, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
returned:
  ret void
trap:
  call void @wasmc_trap(NULL_EXCEPTION_REFERENCE, place)
  unreachable
next:
  call void @wasmc_exception_from_reference(ptr @wasm.exception, i32 %call)
  store i32 102, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
}
