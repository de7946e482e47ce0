@wasm.0.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.0.elem.0 = internal global { ptr, i64 } { ptr @wasm.0.elem.0.elements, i64 0 }
@wasm.0.memories = internal global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer

define internal fastcc void @wasm.0.func.0() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  ret void
}

define internal fastcc ptr @wasm.0.func.1() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  %0 = phi ptr [ @wasm.0.ref.0, %body ]
  ret ptr %0
}

define internal fastcc i32 @wasm.0.func.2(ptr %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = icmp eq ptr %0, null
  %2 = zext i1 %1 to i32
  br label %return

return:
  %3 = phi i32 [ %2, %body ]
  ret i32 %3
}

define internal fastcc void @wasm.0.func.3(ptr %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = icmp eq ptr %0, null
  br i1 %1, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  ret void

trap:
  call void @wasmc_trap(i32 13, i32 108)
  unreachable

next:
  br label %return
}

define internal fastcc i32 @wasm.0.func.4(ptr %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = icmp eq ptr %0, null
  br i1 %1, label %block.end, label %next

return:
  %2 = phi i32 [ 1, %next ], [ 0, %block.end ]
  ret i32 %2

block.end:
  br label %return

next:
  br label %return
}
