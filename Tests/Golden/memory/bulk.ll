define internal fastcc void @wasm.0.func.0(i32 %0, i32 %1, i32 %2) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %3 = zext i32 %2 to i64
  %4 = trunc i32 %1 to i8
  %5 = zext i32 %0 to i64
  %6 = icmp ugt i64 %3, 65536
  %7 = sub i64 65536, %3
  %8 = icmp ugt i64 %5, %7
  %9 = or i1 %6, %8
  br i1 %9, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  ret void

trap:
  call void @wasmc_trap(i32 5, i32 66)
  unreachable

next:
  %10 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %5
  call void @llvm.memset.p0.i64(ptr align 1 %10, i8 %4, i64 %3, i1 false), !tbaa memory
  br label %return
}

define internal fastcc void @wasm.0.func.1(i32 %0, i32 %1, i32 %2) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %3 = zext i32 %2 to i64
  %4 = zext i32 %1 to i64
  %5 = zext i32 %0 to i64
  %6 = icmp ugt i64 %3, 65536
  %7 = sub i64 65536, %3
  %8 = icmp ugt i64 %4, %7
  %9 = or i1 %6, %8
  br i1 %9, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  ret void

trap:
  call void @wasmc_trap(i32 5, i32 78)
  unreachable

next:
  %10 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %4
  %11 = icmp ugt i64 %3, 65536
  %12 = sub i64 65536, %3
  %13 = icmp ugt i64 %5, %12
  %14 = or i1 %11, %13
  br i1 %14, label %trap1, label %next2, !prof {!"branch_weights", i32 1, i32 2000}

trap1:
  call void @wasmc_trap(i32 5, i32 78)
  unreachable

next2:
  %15 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %5
  call void @llvm.memmove.p0.p0.i64(ptr align 1 %15, ptr align 1 %10, i64 %3, i1 false), !tbaa memory
  br label %return
}

define internal fastcc void @wasm.0.func.2(i32 %0, i32 %1, i32 %2) [nounwind] section "wasmc_text" {
entry:
  br label %body

body:
  %3 = zext i32 %2 to i64
  %4 = zext i32 %1 to i64
  %5 = zext i32 %0 to i64
  %data.size = load i64, ptr getelementptr (i8, ptr @wasm.0.data.0, i64 8), align 8
  %6 = icmp ugt i64 %3, %data.size
  %7 = sub i64 %data.size, %3
  %8 = icmp ugt i64 %4, %7
  %9 = or i1 %6, %8
  br i1 %9, label %trap, label %next, !prof {!"branch_weights", i32 1, i32 2000}

return:
  ret void

trap:
  call void @wasmc_trap(i32 5, i32 91)
  unreachable

next:
  %data.bytes = load ptr, ptr @wasm.0.data.0, align 8
  %10 = icmp ugt i64 %3, 65536
  %11 = sub i64 65536, %3
  %12 = icmp ugt i64 %5, %11
  %13 = or i1 %10, %12
  br i1 %13, label %trap1, label %next2, !prof {!"branch_weights", i32 1, i32 2000}

trap1:
  call void @wasmc_trap(i32 5, i32 91)
  unreachable

next2:
  %14 = getelementptr nusw nuw i8, ptr inttoptr (i64 65536 to ptr), i64 %5
  %15 = getelementptr i8, ptr %data.bytes, i64 %4
  call void @llvm.memcpy.p0.p0.i64(ptr align 1 %14, ptr align 1 %15, i64 %3, i1 false)
  store i64 0, ptr getelementptr (i8, ptr @wasm.0.data.0, i64 8), align 8
  br label %return
}
