@wasm.0.data.0 = internal global { ptr, i64 } { ptr @wasm.0.data.0.bytes, i64 3 }
@wasm.0.data.0.bytes = internal constant [3 x i8] c"abc"

define void @memory.fill(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p2 to i64
  %trunc = trunc i32 %p1 to i8
  %zext.2 = zext i32 %p0 to i64
  %icmp = icmp ugt i64 %zext, 65536
  %sub = sub i64 65536, %zext
  %icmp.2 = icmp ugt i64 %zext.2, %sub
  %or = or i1 %icmp, %icmp.2
  br i1 %or, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  call void @llvm.memset.p0.i64(ptr align 1 %gep, i8 %trunc, i64 %zext, i1 false), !tbaa memory
  ret void
}

define void @memory.copy(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p2 to i64
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  %icmp = icmp ugt i64 %zext, 65536
  %sub = sub i64 65536, %zext
  %icmp.2 = icmp ugt i64 %zext.2, %sub
  %or = or i1 %icmp, %icmp.2
  br i1 %or, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.2
  %icmp.3 = icmp ugt i64 %zext, 65536
  %sub.2 = sub i64 65536, %zext
  %icmp.4 = icmp ugt i64 %zext.3, %sub.2
  %or.2 = or i1 %icmp.3, %icmp.4
  br i1 %or.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep.2 = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.3
  call void @llvm.memmove.p0.p0.i64(ptr align 1 %gep.2, ptr align 1 %gep, i64 %zext, i1 false), !tbaa memory
  ret void
}

define void @memory.init(i32 %p0, i32 %p1, i32 %p2) {
  %zext = zext i32 %p2 to i64
  %zext.2 = zext i32 %p1 to i64
  %zext.3 = zext i32 %p0 to i64
  %data.size = load i64, ptr getelementptr (i8, ptr @wasm.0.data.0, i64 8), align 8
  %icmp = icmp ugt i64 %zext, %data.size
  %sub = sub i64 %data.size, %zext
  %icmp.2 = icmp ugt i64 %zext.2, %sub
  %or = or i1 %icmp, %icmp.2
  br i1 %or, label %trap, label %next, !prof unlikely
trap:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next:
  %data.bytes = load ptr, ptr @wasm.0.data.0, align 8
  %icmp.3 = icmp ugt i64 %zext, 65536
  %sub.2 = sub i64 65536, %zext
  %icmp.4 = icmp ugt i64 %zext.3, %sub.2
  %or.2 = or i1 %icmp.3, %icmp.4
  br i1 %or.2, label %trap.2, label %next.2, !prof unlikely
trap.2:
  call void @wasmc_trap(OUT_OF_BOUNDS_MEMORY, place)
  unreachable
next.2:
  %gep = getelementptr nusw nuw i8, ptr inttoptr (i64 memory.0 to ptr), i64 %zext.3
  %gep.2 = getelementptr i8, ptr %data.bytes, i64 %zext.2
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 %gep, ptr align 1 %gep.2, i64 %zext, i1 false)
  ret void
}

define void @data.drop() {
  store i64 0, ptr getelementptr (i8, ptr @wasm.0.data.0, i64 8), align 8
  ret void
}
