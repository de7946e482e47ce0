@wasm.0.global.0 = internal global i32 0
@wasm.0.global.1 = internal global i32 7
@wasm.0.data.0 = internal global { ptr, i64 } zeroinitializer
@wasm.0.data.0.bytes = internal constant [1 x i8] c"8"

define i32 @get(i32 %p0) {
  notail call void @wasmc_gc_table_init(ptr @wasm.0.table.0, ptr @wasm.0.elem.0, i64 0, i64 1, i64 1, i32 112)
  %load = load i32, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  %icmp = icmp eq i32 %load, 0
  br i1 %icmp, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next:
  %zext = zext i32 %load to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 4
  %length = load i32, ptr %gep, align 4, !tbaa length
  %icmp.2 = icmp uge i32 0, %length
  br i1 %icmp.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_ARRAY, place)
  unreachable
next.2:
  %zext.2 = zext i32 %load to i64
  %inttoptr.2 = inttoptr i64 %zext.2 to ptr
  %gep.2 = getelementptr i8, ptr %inttoptr.2, i64 8
  %gep.3 = getelementptr i8, ptr %gep.2, i64 0
  %load.2 = load i32, ptr %gep.3, align 4, !tbaa element i32
  %table.size = load i64, ptr getelementptr (i8, ptr @wasm.0.table.0, i64 8), align 8, !tbaa size
  %icmp.3 = icmp uge i64 0, %table.size
  br i1 %icmp.3, label %trap.3, label %next.3, !prof unlikely
trap.3:
  call void @wasmc_trap(OUT_OF_BOUNDS_TABLE, place)
  unreachable
next.3:
  %table.elements = load ptr, ptr @wasm.0.table.0, align 8, !tbaa size
  %gep.4 = getelementptr i32, ptr %table.elements, i64 0
  %element = load i32, ptr %gep.4, align 4, !tbaa table
  %icmp.4 = icmp eq i32 %element, 0
  br i1 %icmp.4, label %trap.4, label %next.4, !prof unlikely
trap.4:
  call void @wasmc_trap(NULL_ARRAY_REFERENCE, place)
  unreachable
next.4:
  %zext.3 = zext i32 %element to i64
  %inttoptr.3 = inttoptr i64 %zext.3 to ptr
  %gep.5 = getelementptr i8, ptr %inttoptr.3, i64 4
  %length.2 = load i32, ptr %gep.5, align 4, !tbaa length
  %load.3 = load i32, ptr @wasm.0.global.1, align 4, !tbaa global 0.1
  %icmp.5 = icmp eq i32 %load.3, 0
  br i1 %icmp.5, label %trap.5, label %next.5, !prof unlikely
trap.5:
  call void @wasmc_trap(NULL_I31_REFERENCE, place)
  unreachable
next.5:
  %lshr = lshr i32 %load.3, 1
  %add = add i32 %length.2, %lshr
  %add.2 = add i32 %load.2, %add
  ret i32 %add.2
}

define void @wasm.0.initialize.0() {
  %call = call i32 @wasmc_gc_new_array(i32 2, i32 2, i32 53)
  %zext = zext i32 %call to i64
  %inttoptr = inttoptr i64 %zext to ptr
  %gep = getelementptr i8, ptr %inttoptr, i64 8
  %gep.2 = getelementptr i8, ptr %gep, i64 0
  store i32 1, ptr %gep.2, align 4, !tbaa element i32
  %zext.2 = zext i32 %call to i64
  %inttoptr.2 = inttoptr i64 %zext.2 to ptr
  %gep.3 = getelementptr i8, ptr %inttoptr.2, i64 8
  %gep.4 = getelementptr i8, ptr %gep.3, i64 4
  store i32 2, ptr %gep.4, align 4, !tbaa element i32
  store i32 %call, ptr @wasm.0.global.0, align 4
  %call.2 = call i32 @wasmc_gc_new_array(i32 2, i32 5, i32 34)
  call void @wasmc_gc_table_fill(ptr @wasm.0.table.0, i64 0, i32 %call.2, i64 2, i32 -1)
  %load = load i32, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  store i32 %load, ptr @wasm.0.elem.0.elements, align 4
  %call.3 = call i32 @wasmc_gc_new_array(i32 2, i32 4, i32 86)
  store i32 %call.3, ptr getelementptr (i8, ptr @wasm.0.elem.0.elements, i64 4), align 4
  %load.2 = load i32, ptr @wasm.0.global.0, align 4, !tbaa global 0.0
  store i32 %load.2, ptr @wasm.0.elem.1.elements, align 4
  call void @wasmc_gc_table_init(ptr @wasm.0.table.0, ptr @wasm.0.elem.1, i64 1, i64 0, i64 1, i32 -1)
  store i64 0, ptr getelementptr (i8, ptr @wasm.0.elem.1, i64 8), align 8
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 getelementptr nusw nuw (i8, ptr inttoptr (i64 memory.6 to ptr), i64 8), ptr align 1 @wasm.0.data.0.bytes, i64 1, i1 false)
  ret void
}
