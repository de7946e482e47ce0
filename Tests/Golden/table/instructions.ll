@wasm.0.table.0 = internal global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 2, i64 10, i64 2, i64 0 }
@wasm.0.table.0.elements = internal global [2 x ptr] zeroinitializer
@wasm.0.memories = internal global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer

define internal fastcc ptr @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %2 = icmp uge i64 %1, %table.size
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi ptr [ %element, %next ]
  ret ptr %3

trap:
  call void @wasmc_trap(i32 6, i32 109)
  unreachable

next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %4 = getelementptr ptr, ptr %table.elements, i64 %1
  %element = load ptr, ptr %4, align 8, !tbaa table
  br label %return
}

define internal fastcc void @wasm.0.func.1(i32 %0, ptr %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = zext i32 %0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %3 = icmp uge i64 %2, %table.size
  br i1 %3, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  ret void

trap:
  call void @wasmc_trap(i32 6, i32 118)
  unreachable

next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %4 = getelementptr ptr, ptr %table.elements, i64 %2
  store ptr %1, ptr %4, align 8, !tbaa table
  br label %return
}

define internal fastcc i32 @wasm.0.func.2() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %0 = trunc i64 %table.size to i32
  br label %return

return:
  %1 = phi i32 [ %0, %body ]
  ret i32 %1
}

define internal fastcc i32 @wasm.0.func.3(ptr %0, i32 %1) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %2 = zext i32 %1 to i64
  %3 = call i64 @wasmc_table_grow(ptr @wasm.0.table.0, ptr %0, i64 %2)
  %4 = trunc i64 %3 to i32
  br label %return

return:
  %5 = phi i32 [ %4, %body ]
  ret i32 %5
}

define internal fastcc void @wasm.0.func.4(i32 %0, ptr %1, i32 %2) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %3 = zext i32 %2 to i64
  %4 = zext i32 %0 to i64
  call void @wasmc_table_fill(ptr @wasm.0.table.0, i64 %4, ptr %1, i64 %3, i32 145)
  br label %return

return:
  ret void
}

define internal fastcc void @wasm.0.func.5(i32 %0, i32 %1, i32 %2) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %3 = zext i32 %2 to i64
  %4 = zext i32 %1 to i64
  %5 = zext i32 %0 to i64
  call void @wasmc_table_copy(ptr @wasm.0.table.0, ptr @wasm.0.table.0, i64 %5, i64 %4, i64 %3, i32 157)
  br label %return

return:
  ret void
}
