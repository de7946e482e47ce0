define hidden fastcc i32 @wasm.0.func.0(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 12884967424 to ptr), i64 %1
  %3 = load volatile i32, ptr %2, align 1, !tbaa memory
  br label %return

return:
  %4 = phi i32 [ %3, %body ]
  ret i32 %4
}


define hidden fastcc void @wasm.1.func.1() [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  br label %return

return:
  ret void
}

define hidden fastcc i32 @wasm.1.func.2(i32 %0) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %1 = zext i32 %0 to i64
  %2 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %1
  %3 = load volatile i32, ptr %2, align 1, !tbaa memory
  store volatile i32 %3, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  %4 = zext i32 %0 to i64
  %5 = getelementptr nusw nuw i8, ptr inttoptr (i64 12884967424 to ptr), i64 %4
  %6 = load volatile i32, ptr %5, align 1, !tbaa memory
  %7 = notail call fastcc i32 @wasm.0.func.0(i32 %0)
  %8 = add i32 %6, %7
  br label %return

return:
  %9 = phi i32 [ %8, %body ]
  ret i32 %9
}

@wasm.0.global.0 = hidden global i32 1
@wasm.0.table.0.elements = internal global [2 x ptr] zeroinitializer
@wasm.0.table.0 = hidden global { ptr, i64, i64, i64, i64 } { ptr @wasm.0.table.0.elements, i64 2, i64 4294967295, i64 2, i64 0 }
@wasm.0.memories = hidden global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer
@wasm.0.memory_descs = internal constant [1 x { i64, i64, i64, i64, i32, i32 }] [{ i64, i64, i64, i64, i32, i32 } { i64 1, i64 65536, i64 12884967424, i64 4295032832, i32 16, i32 0 }]
@wasm.1.elem.0.elements = internal constant [0 x ptr] zeroinitializer
@wasm.1.elem.0 = hidden global { ptr, i64 } { ptr @wasm.1.elem.0.elements, i64 0 }
@wasm.1.memories = hidden global [1 x { ptr, i64, i64, i64, i64, i32, i32 }] zeroinitializer
@wasm.1.elem.0.active = internal constant [1 x ptr] [ptr @wasm.1.ref.1]
@wasm.1.memory_descs = internal constant [1 x { i64, i64, i64, i64, i32, i32 }] [{ i64, i64, i64, i64, i32, i32 } { i64 1, i64 65536, i64 65536, i64 4295032832, i32 16, i32 0 }]
@wasm.1.elem_segments = internal constant [1 x { ptr, i64, ptr, i64 }] [{ ptr, i64, ptr, i64 } { ptr @wasm.0.table.0, i64 0, ptr @wasm.1.elem.0.active, i64 1 }]
