define void @throws(i32 %p0) [without nounwind] {
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 86, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 2, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 %p0, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
}

define i32 @catch(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  %alloca = alloca { { ptr, i32, i32 }, [2 x i64] }, align 8
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
block.end:
  %phi = phi i32 [ 0, %returned ], [ %load, %catch ], [ -1, %next ]
  ret i32 %phi
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
          catch ptr null
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp, label %catch, label %next
returned:
  br label %block.end
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  br label %block.end
next:
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %alloca, ptr align 8 @wasm.exception, i64 32, i1 false)
  br label %block.end
}

define void @rethrow(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp, label %catch, label %next
returned:
  ret void
catch:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  store ptr @wasm.0.tag.0, ptr @wasm.exception, align 8
  store i32 117, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  store i32 2, ptr getelementptr (i8, ptr @wasm.exception, i64 12), align 4
  store i32 %load, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
next:
  resume { ptr, i32 } { ptr @wasm.exception, i32 0 }
}

define void @rethrow-any(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  %alloca = alloca { { ptr, i32, i32 }, [2 x i64] }, align 8
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr null
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %alloca, ptr align 8 @wasm.exception, i64 32, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 @wasm.exception, ptr align 8 %alloca, i64 32, i1 false)
  store i32 130, ptr getelementptr (i8, ptr @wasm.exception, i64 8), align 4
  call void @wasmc_throw(ptr @wasm.exception)
  unreachable
returned:
  ret void
}

define i32 @delegate(i32 %p0) personality ptr @wasmc_personality [without nounwind] {
  %alloca = alloca { { ptr, i32, i32 }, [2 x i64] }, align 8
  invoke fastcc void @throws(i32 %p0)
          to label %returned unwind label %landing
block.end:
  %phi = phi i32 [ %phi.2, %block.end.2 ], [ %load, %catch.2 ]
  ret i32 %phi
block.end.2:
  %phi.2 = phi i32 [ 1, %returned ], [ 2, %catch ]
  br label %block.end
landing:
  %landingpad = landingpad { ptr, i32 }
          catch ptr @wasm.0.tag.0
  %tag = load ptr, ptr @wasm.exception, align 8
  %icmp = icmp eq ptr %tag, @wasm.0.tag.0
  br i1 %icmp, label %catch.2, label %next
returned:
  br label %block.end.2
catch:
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %alloca, ptr align 8 @wasm.exception, i64 32, i1 false)
  br label %block.end.2
catch.2:
  %load = load i32, ptr getelementptr (i8, ptr @wasm.exception, i64 16), align 8
  br label %block.end
next:
  resume { ptr, i32 } { ptr @wasm.exception, i32 0 }
}
