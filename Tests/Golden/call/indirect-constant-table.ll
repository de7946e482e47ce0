@wasm.0.table.0 = internal constant [2 x { ptr, i64 }] [{ ptr, i64 } { ptr @wasm.0.func.0, i64 1 }, { ptr, i64 } { ptr @wasm.0.func.1, i64 2 }]
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

define internal fastcc void @wasm.0.func.1() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  ret void
}

define internal fastcc i32 @wasm.0.func.2(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = icmp uge i64 %1, 2
  br i1 %2, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  %3 = phi i32 [ %8, %next3 ]
  ret i32 %3

trap:
  call void @wasmc_trap_element(i32 7, i32 69, i64 %1)
  unreachable

next:
  %entry1 = getelementptr { ptr, i64 }, ptr @wasm.0.table.0, i64 %1
  %4 = getelementptr i8, ptr %entry1, i64 8
  %type_id = load i64, ptr %4, align 8
  %5 = icmp ne i64 %type_id, 1
  br i1 %5, label %trap2, label %next3, !prof {!"branch_weights", i32 1, i32 2000}

trap2:
  %6 = icmp eq i64 %type_id, 0
  %7 = select i1 %6, i32 8, i32 9
  call void @wasmc_trap_element(i32 %7, i32 69, i64 %1)
  unreachable

next3:
  %code = load ptr, ptr %entry1, align 8
  %8 = notail call fastcc i32 %code(i32 %0)
  br label %return
}
