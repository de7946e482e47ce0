@wasm.0.table.0 = internal global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 4, i64 4294967295, i64 4, i64 0 }
@wasm.0.table.0.elements = internal global [4 x ptr] [ptr null, ptr @wasm.0.ref.0, ptr null, ptr null]
@wasm.0.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 0 }
@wasm.0.memories = internal global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer

define internal fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  %1 = phi i32 [ %0, %body ]
  ret i32 %1
}

define internal fastcc i32 @wasm.0.func.1(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %2 = icmp uge i64 %1, %table.size
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %8, %next4 ]
  ret i32 %3

trap:
  call void @wasmc_trap_element(i32 7, i32 71, i64 %1)
  unreachable

next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %4 = getelementptr ptr, ptr %table.elements, i64 %1
  %element = load ptr, ptr %4, align 8, !tbaa table
  %5 = icmp eq ptr %element, null
  br i1 %5, label %trap1, label %next2, !prof {!"branch_weights", i32 1, i32 2000}

trap1:
  call void @wasmc_trap_element(i32 8, i32 71, i64 %1)
  unreachable

next2:
  %type_id = load i32, ptr %element, align 4
  %6 = icmp ne i32 %type_id, 1
  br i1 %6, label %trap3, label %next4, !prof {!"branch_weights", i32 1, i32 2000}

trap3:
  call void @wasmc_trap(i32 9, i32 71)
  unreachable

next4:
  %7 = getelementptr i8, ptr %element, i64 8
  %code = load ptr, ptr %7, align 8
  %8 = notail call fastcc i32 %code(i32 %0)
  br label %return
}

define internal fastcc void @wasm.0.func.2(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %2 = icmp uge i64 %1, %table.size
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  ret void

trap:
  call void @wasmc_trap(i32 6, i32 81)
  unreachable

next:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %3 = getelementptr ptr, ptr %table.elements, i64 %1
  store ptr null, ptr %3, align 8, !tbaa table
  br label %return
}
